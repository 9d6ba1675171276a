//! The server's end where one message is all: PLAIN (RFC 4616), EXTERNAL (RFC 4422 appendix A), ANONYMOUS (RFC 4505).
//! Nobody acts for somebody else here: an authorization identity must be the user's own.

use alloc::string::String;

use super::{ANONYMOUS_USER, End, Secrets, ServerFacts, Verdict, accept};
use crate::{limits, sasl::wire};

/// Takes a name and a password.
#[derive(Debug)]
pub(super) struct Plain;

impl End for Plain {
    fn respond(&mut self, response: &[u8], secrets: Secrets<'_>) -> Option<Verdict> {
        let mut fields = response.split(|octet| *octet == 0).map(wire::clean);
        let (authorization, identity, password) = (fields.next()??, fields.next()??, fields.next()??);
        let is_whole = fields.next().is_none() && !identity.is_empty() && !password.is_empty();
        let is_own = authorization.is_empty() || authorization == identity;
        if is_whole && is_own { accept(identity, password, secrets) } else { None }
    }
}

/// Takes what the layers below know.
#[derive(Debug)]
pub(super) struct External {
    known: Option<String>,
}

impl External {
    pub(super) fn new(facts: &ServerFacts) -> Self {
        Self { known: facts.external.clone() }
    }
}

impl End for External {
    fn respond(&mut self, response: &[u8], _: Secrets<'_>) -> Option<Verdict> {
        let known = self.known.take()?;
        let authorization = wire::clean(response)?;
        (authorization.is_empty() || authorization == known).then_some(Verdict::Accept(known))
    }
}

/// Takes anybody. The trace is checked, and kept by nobody.
#[derive(Debug)]
pub(super) struct Anonymous;

impl End for Anonymous {
    fn respond(&mut self, response: &[u8], _: Secrets<'_>) -> Option<Verdict> {
        let is_short = wire::clean(response)?.chars().count() <= limits::ANONYMOUS_TRACE_CHARS_MAX;
        is_short.then(|| Verdict::Accept(ANONYMOUS_USER.into()))
    }
}
