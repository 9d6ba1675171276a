//! The client's end of each mechanism. Knows no server and no line of POP3; draws no random numbers.

mod cram_md5;
mod login;
mod one_message;
mod scram;
mod token;

use alloc::boxed::Box;

use super::{Authenticator, ChannelBinding, Credentials, Mechanism, Nonce, Unfit, scram::Hash, wire};

/// The client's end for one login.
///
/// The nonce serves SCRAM only, and must be new for each login. PLAIN, LOGIN and CRAM-MD5 send or hash name and
/// password as they are given, in UTF-8, since their RFCs leave preparing to the server or do not know of it
/// (RFC 4616 §2, RFC 2195 §2); SCRAM prepares them (RFC 5802 §5.1).
///
/// # Errors
/// The credentials do not fit the mechanism.
///
/// ```
/// use popglass_protocol::{sasl::{client::authenticator, *}, secret::Secret};
/// let credentials =
///     Credentials { identity: "tim".into(), secret: Secret::new("tanstaaftanstaaf".into()), ..Credentials::default() };
/// let nonce = Nonce::from_octets([7; 18]); // from a random generator
/// let mut client = authenticator(Mechanism::CramMd5, &credentials, &nonce, &ChannelBinding::Unsupported)?;
/// assert_eq!(client.initial_response(), None);
/// // RFC 2195 §2
/// let response = client.respond(b"PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+");
/// assert_eq!(response.unwrap().expose(), "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw");
/// # Ok::<(), Unfit>(())
/// ```
pub fn authenticator(
    mechanism: Mechanism,
    credentials: &Credentials,
    nonce: &Nonce,
    channel: &ChannelBinding,
) -> Result<Box<dyn Authenticator>, Unfit> {
    Ok(match mechanism {
        Mechanism::Anonymous => Box::new(one_message::anonymous(credentials)?),
        Mechanism::External => Box::new(one_message::external(credentials)?),
        Mechanism::Plain => Box::new(one_message::plain(credentials)?),
        Mechanism::Login => Box::new(login::Login::new(credentials)?),
        Mechanism::CramMd5 => Box::new(cram_md5::CramMd5::new(credentials)?),
        Mechanism::XOAuth2 => Box::new(token::xoauth2(credentials)?),
        Mechanism::OAuthBearer => Box::new(token::oauthbearer(credentials)?),
        Mechanism::ScramSha1 | Mechanism::ScramSha1Plus => {
            Box::new(scram::Scram::new(mechanism, Hash::Sha1, credentials, nonce, channel)?)
        }
        Mechanism::ScramSha256 | Mechanism::ScramSha256Plus => {
            Box::new(scram::Scram::new(mechanism, Hash::Sha256, credentials, nonce, channel)?)
        }
    })
}

/// A field that may be empty.
fn clean(text: &str) -> Result<&str, Unfit> {
    wire::clean(text.as_bytes()).ok_or(Unfit::IllegalOctet)
}

/// A field that may not be empty.
fn filled(text: &str) -> Result<&str, Unfit> {
    if text.is_empty() { Err(Unfit::Empty) } else { clean(text) }
}

/// The authorization identity; an empty one says nothing (RFC 4422 §3.4.1).
fn authorization(credentials: &Credentials) -> Result<Option<&str>, Unfit> {
    credentials.authorization.as_deref().filter(|identity| !identity.is_empty()).map(clean).transpose()
}
