//! The login: which plan, and what its outcome means for the session. The protocol's driver carries it out.

use popglass_protocol::{
    login::{
        Protection,
        driver::{Outcome, Plan},
    },
    sasl::{ChannelBinding, Credentials, Endpoint, Nonce},
    tunnel::TlsEnds,
};

use crate::{
    command::Route,
    connection::Connection,
    event::{EndReason, SessionEvent},
    refusal::LoginFault,
    session::Account,
};

/// What is done with an account on a connection that stands.
pub(super) fn plan(account: &Account, nonce: Nonce) -> Plan {
    let (protection, endpoint) = match &account.route {
        Route::Sandbox => (Protection::Protected, None),
        Route::Bridge { target, tls } => {
            let protection = match tls {
                TlsEnds::Page | TlsEnds::Bridge => Protection::Protected,
                // The form says who can read along before anything is typed: who goes on agrees.
                TlsEnds::Nowhere => Protection::OpenAgreed,
            };
            (protection, Some(Endpoint { host: target.host.clone(), port: target.port }))
        }
    };
    Plan {
        wish: account.wish,
        protection,
        start_tls: false,
        credentials: Credentials {
            identity: account.user.clone(),
            authorization: None,
            secret: account.secret.clone(),
            endpoint,
        },
        nonce,
        // TLS ends in the bridge or nowhere.
        channel: ChannelBinding::Unsupported,
    }
}

impl Connection {
    pub(super) fn login_over(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::LoggedIn(method) => {
                self.tell(SessionEvent::LoggedIn(method));
                self.look_around();
            }
            Outcome::Refused { method, refusal } => {
                let fault = LoginFault::of(&refusal);
                self.end(EndReason::LoginRefused { method, refusal, fault });
            }
            Outcome::Aborted { fault, .. } => self.end(EndReason::LoginAborted(fault)),
            Outcome::NoMethod(none) => self.end(EndReason::NoMethod(none)),
            Outcome::Unfit { method, reason } => self.end(EndReason::Unfit { method, reason }),
            Outcome::NoTls(_) => unreachable!("the plan never asks for STLS"),
        }
    }
}
