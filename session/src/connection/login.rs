//! The login: which plan, and what its outcome means for the session. The protocol's driver carries it out.

use popglass_protocol::{
    login::{
        Protection,
        driver::{Outcome, Plan},
    },
    sasl::{ChannelBinding, Credentials, Endpoint, Nonce},
    secret::Secret,
    tunnel::TlsEnds,
};

use crate::{
    Millis,
    account::Account,
    command::Route,
    connection::Connection,
    event::{EndReason, Phase, SessionEvent},
    refusal::LoginFault,
};

/// What is done with an account on a connection that stands; nothing where the user logs in by hand.
pub(super) fn plan(account: &Account, nonce: Nonce, exporter: Option<[u8; 32]>) -> Option<Plan> {
    let known = account.credentials.as_ref()?;
    let (protection, start_tls, endpoint) = match &account.route {
        Route::Sandbox => (Protection::Protected, false, None),
        Route::Bridge { target, tls } => {
            let protection = match tls {
                TlsEnds::Page | TlsEnds::Bridge => Protection::Protected,
                TlsEnds::PageStls => Protection::Open,
                // The form says who can read along before anything is typed: who goes on agrees.
                TlsEnds::Nowhere => Protection::OpenAgreed,
            };
            let endpoint = Endpoint { host: target.host.clone(), port: target.port };
            (protection, *tls == TlsEnds::PageStls, Some(endpoint))
        }
    };
    Some(Plan {
        wish: known.wish,
        protection,
        start_tls,
        credentials: Credentials {
            identity: known.user.clone(),
            authorization: None,
            secret: known.secret.clone(),
            endpoint,
        },
        nonce,
        channel: channel(exporter),
    })
}

/// What ties the login to the TLS connection: it must end in the page for that.
fn channel(exporter: Option<[u8; 32]>) -> ChannelBinding {
    exporter.map_or(ChannelBinding::Unsupported, |octets| ChannelBinding::TlsExporter(Secret::new(octets)))
}

impl Connection {
    /// TLS stands after STLS: the login goes on, and what the server can do is asked anew.
    pub(crate) fn handle_secured(&mut self, exporter: Option<[u8; 32]>, now: Millis) {
        self.last_heard = now;
        self.securing = false;
        self.client.handle_tls_ready();
        if let Some(login) = &mut self.login {
            login.handle_tls_ready(&mut self.client, channel(exporter));
        }
        let phase = if self.is_by_hand() { Phase::ByHand } else { Phase::Greeting };
        self.tell(SessionEvent::Phase(phase));
    }

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
            Outcome::NoTls(refusal) => self.end(EndReason::NoTls(refusal)),
        }
    }
}
