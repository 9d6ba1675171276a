//! What a session really offers at this moment, and how CAPA says it. One place decides; the commands ask it, too.

use alloc::{format, string::String, vec::Vec};

use crate::{
    capability::{Capabilities, Expire, Kept, LoginDelay, REGISTRY, Where},
    sasl::Mechanism,
    server::{Maildrop, Server, Tls},
    state::State,
};

impl<D: Maildrop> Server<D> {
    /// What CAPA answers now (RFC 2449 §5): nothing that the session does not offer, and nothing that is of no use in
    /// this state; but TOP and UIDL before the login, too, since most clients ask only then.
    pub fn capabilities(&self) -> Capabilities {
        let authorization = self.state != State::Transaction;
        let mechanisms = self.mechanisms();
        let mut capabilities = Capabilities {
            top: self.config.top,
            user: authorization && self.offers_user_pass(),
            sasl: (authorization && !mechanisms.is_empty())
                .then(|| mechanisms.into_iter().map(Mechanism::name).collect()),
            response_codes: true,
            // Who has no clock cannot enforce it.
            login_delay: self.clock.now.and_then(|_| self.maildrop.login_delay()),
            pipelining: true,
            expire: self.maildrop.expire(),
            uidl: self.config.uidl,
            implementation: self.config.implementation.clone(),
            stls: authorization && self.offers_stls(),
            auth_response_code: authorization,
            utf8: self.config.utf8.filter(|_| authorization),
            lang: self.config.lang,
            lines: Vec::new(),
        };
        capabilities.lines = REGISTRY.iter().filter_map(|row| line(&capabilities, row.tag)).collect();
        debug_assert!(
            REGISTRY.iter().all(|row| authorization
                || row.valid_in != Where::Authorization
                || line(&capabilities, row.tag).is_none()),
            "nothing about the login is announced after it"
        );
        capabilities
    }

    pub(super) fn offers_stls(&self) -> bool {
        self.config.stls && self.facts.tls == Tls::Off && !self.utf8
    }

    pub(super) fn offers_user_pass(&self) -> bool {
        self.config.user_pass && self.takes_secrets()
    }

    /// Whether a secret may cross the connection as it is.
    pub(super) fn takes_secrets(&self) -> bool {
        self.config.secrets_in_clear || self.facts.tls == Tls::On
    }

    /// The mechanisms that AUTH takes now.
    pub(super) fn mechanisms(&self) -> Vec<Mechanism> {
        let offered = |mechanism: &Mechanism| {
            let needs_nonce = mechanism.takes_password() && !mechanism.exposes_secret();
            cfg!(feature = "sasl")
                && (!needs_nonce || self.randomness.is_some())
                && (!mechanism.exposes_secret() || self.takes_secrets())
                && (!mechanism.binds_channel() || self.facts.binding.is_some())
                && (*mechanism != Mechanism::External || self.facts.external.is_some())
        };
        self.config.mechanisms.iter().copied().filter(offered).collect()
    }
}

/// A line of CAPA; nothing if it is not offered.
fn line(capabilities: &Capabilities, tag: &str) -> Option<String> {
    let with = |arguments: String| format!("{tag} {arguments}");
    let user = |per_user: bool| if per_user { " USER" } else { "" };
    match tag {
        "TOP" => capabilities.top.then(|| tag.into()),
        "USER" => capabilities.user.then(|| tag.into()),
        "SASL" => capabilities.sasl.as_ref().map(|names| {
            let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
            with(names.join(" "))
        }),
        "RESP-CODES" => capabilities.response_codes.then(|| tag.into()),
        "LOGIN-DELAY" => capabilities
            .login_delay
            .map(|LoginDelay { seconds, per_user }| with(format!("{seconds}{}", user(per_user)))),
        "PIPELINING" => capabilities.pipelining.then(|| tag.into()),
        "EXPIRE" => capabilities.expire.map(|Expire { kept, per_user }| match kept {
            Kept::Never => with(format!("NEVER{}", user(per_user))),
            Kept::Days(days) => with(format!("{days}{}", user(per_user))),
        }),
        "UIDL" => capabilities.uidl.then(|| tag.into()),
        "IMPLEMENTATION" => capabilities.implementation.clone().map(with),
        "STLS" => capabilities.stls.then(|| tag.into()),
        "AUTH-RESP-CODE" => capabilities.auth_response_code.then(|| tag.into()),
        "UTF8" => capabilities.utf8.map(|utf8| if utf8.user { with("USER".into()) } else { tag.into() }),
        "LANG" => capabilities.lang.then(|| tag.into()),
        _ => None,
    }
}
