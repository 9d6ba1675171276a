//! Who connects, where, and how: kept so that a lost connection can be made anew. Knows no connection.

use popglass_protocol::{
    login::{Method, Wish},
    sasl::Mechanism,
    secret::Secret,
    types::{CredentialError, Password, UserName},
};

use crate::{command::Route, event::EndReason, ledger::Holder, security::Trust};

/// What a connection is for.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) route: Route,
    pub(crate) trust: Trust,
    /// Nothing where the user logs in by hand.
    pub(crate) credentials: Option<Credentials>,
    /// The last connection ended only because a transfer was too long to be cancelled: what was marked is marked again.
    pub(crate) marks_again: bool,
}

/// What the session logs in with.
#[derive(Debug, Clone)]
pub(crate) struct Credentials {
    pub(crate) wish: Wish,
    pub(crate) user: String,
    pub(crate) secret: Secret<String>,
}

impl Account {
    /// Whose maildrop; nobody knows before the user has logged in by hand.
    pub(crate) fn holder(&self) -> Option<Holder> {
        let credentials = self.credentials.as_ref()?;
        Some(Holder { route: self.route.clone(), user: credentials.user.clone() })
    }
}

impl Credentials {
    /// What cannot be sent by any method is refused before anything is dialled. The rest depends on what the server
    /// offers.
    pub(crate) fn check(&self) -> Result<(), EndReason> {
        let (needs_user, needs_secret) = match self.wish {
            Wish::Exactly(Method::Sasl(Mechanism::External | Mechanism::Anonymous)) => (false, false),
            _ => (true, true),
        };
        // A SASL response may be longer than a command line (RFC 5034 §4).
        let is_sasl = matches!(self.wish, Wish::Exactly(Method::Sasl(_)));
        let check = |needed: bool, password: bool, parsed: Option<CredentialError>| match parsed {
            Some(CredentialError::Empty) if !needed => Ok(()),
            Some(CredentialError::TooLong) if is_sasl => Ok(()),
            Some(error) => Err(EndReason::Credentials { password, error }),
            None => Ok(()),
        };
        check(needs_user, false, UserName::parse(&self.user).err())?;
        check(needs_secret, true, Password::parse(self.secret.expose()).err())
    }
}
