//! The server's end where a bearer token logs in: OAUTHBEARER (RFC 7628) and XOAUTH2. It says no by a challenge with a
//! reason in JSON, as the large providers do, and refuses once that is answered.

use alloc::string::{String, ToString as _};

use super::{End, Secrets, Verdict};
use crate::sasl::{
    digest,
    gs2::{Flag, Header},
    wire,
};

/// Takes a token, or the answer to its refusal.
#[derive(Debug)]
pub(super) struct Bearer {
    form: Form,
    is_refused: bool,
}

#[derive(Debug)]
enum Form {
    XOAuth2,
    OAuthBearer,
}

impl Bearer {
    pub(super) fn xoauth2() -> Self {
        Self { form: Form::XOAuth2, is_refused: false }
    }

    pub(super) fn oauthbearer() -> Self {
        Self { form: Form::OAuthBearer, is_refused: false }
    }
}

impl Form {
    /// User and token of a client's message.
    fn read<'a>(&self, message: &'a str) -> Option<(String, &'a str)> {
        match self {
            Self::XOAuth2 => {
                let (user, rest) = message.strip_prefix("user=")?.split_once('\x01')?;
                Some((user.to_string(), rest.strip_prefix("auth=Bearer ")?.strip_suffix("\x01\x01")?))
            }
            // Host and port are not compared: a server behind a proxy does not know its own.
            Self::OAuthBearer => {
                let (header, _, rest) = Header::read(message)?;
                let user = header.authorization.filter(|_| header.flag != Flag::TlsExporter)?;
                let mut pairs = rest.strip_prefix('\x01')?.strip_suffix("\x01\x01")?.split('\x01');
                Some((user, pairs.find_map(|pair| pair.strip_prefix("auth=Bearer "))?))
            }
        }
    }

    /// Why the token is refused: by RFC 7628 §3.2.2, and as Google words it.
    fn refusal(&self) -> &'static [u8] {
        match self {
            Self::OAuthBearer => br#"{"status":"invalid_token"}"#,
            Self::XOAuth2 => br#"{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}"#,
        }
    }
}

impl End for Bearer {
    fn respond(&mut self, response: &[u8], secrets: Secrets<'_>) -> Option<Verdict> {
        if self.is_refused {
            return None;
        }
        let (user, token) = self.form.read(wire::clean(response)?)?;
        let expected = secrets(&user);
        if expected.is_some_and(|expected| digest::same(token.as_bytes(), expected.expose().as_bytes())) {
            return Some(Verdict::Accept(user));
        }
        self.is_refused = true;
        Some(Verdict::Ask(self.form.refusal().to_vec()))
    }
}
