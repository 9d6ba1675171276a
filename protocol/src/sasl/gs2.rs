//! The header that SCRAM (RFC 5802 §7) and OAUTHBEARER (RFC 7628 §3.1) begin with, taken from GS2 (RFC 5801 §4).
//! Knows nothing of what follows it.

use alloc::{format, string::String};

use super::ChannelBinding;

/// The flag that tells what the client knows of the channel, and the authorization identity.
pub(super) fn header(flag: &str, authorization: Option<&str>) -> String {
    match authorization {
        Some(identity) => format!("{flag},a={},", escape(identity)),
        None => format!("{flag},,"),
    }
}

/// A name with its commas and equals signs written otherwise, since those separate.
pub(super) fn escape(name: &str) -> String {
    name.replace('=', "=3D").replace(',', "=2C")
}

/// The name behind [`escape`]; nothing if an equals sign stands for itself (RFC 5802 §5.1).
pub(super) fn unescape(text: &str) -> Option<String> {
    let mut parts = text.split('=');
    let mut name = String::from(parts.next()?);
    for part in parts {
        let (letter, rest) = match part.as_bytes() {
            [b'2', b'C', ..] => (',', &part[2..]),
            [b'3', b'D', ..] => ('=', &part[2..]),
            _ => return None,
        };
        name.push(letter);
        name.push_str(rest);
    }
    Some(name)
}

/// What a client says of the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flag {
    /// `n`: it cannot bind, or does not want to.
    Unsupported,
    /// `y`: it could, and believes the server cannot.
    NotOffered,
    /// `p=tls-exporter`: it does.
    TlsExporter,
}

/// A header that was read.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// What the client says of the channel.
    pub(super) flag: Flag,
    /// As whom it wants to act.
    pub(super) authorization: Option<String>,
}

impl Header {
    /// Reads the header; returns it, its own text, and what follows.
    pub(super) fn read(message: &str) -> Option<(Self, &str, &str)> {
        let (flag, rest) = message.split_once(',')?;
        let (authorization, rest) = rest.split_once(',')?;
        let flag = match flag {
            "n" => Flag::Unsupported,
            "y" => Flag::NotOffered,
            _ if flag.strip_prefix("p=") == Some(ChannelBinding::EXPORTER_NAME) => Flag::TlsExporter,
            _ => return None,
        };
        let authorization = match authorization {
            "" => None,
            text => Some(unescape(text.strip_prefix("a=")?)?),
        };
        Some((Self { flag, authorization }, &message[..message.len() - rest.len()], rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_from_their_escapes() {
        let check = |name: &str, text: &str| {
            assert_eq!(escape(name), text);
            assert_eq!(unescape(text).as_deref(), Some(name));
        };
        check("user", "user");
        check("a,b=c", "a=2Cb=3Dc");
        check("=2C", "=3D2C");
        check("jürgen,", "jürgen=2C");
        check("", "");
    }

    #[test]
    fn a_bare_equals_sign_is_no_name() {
        for text in ["=", "a=b", "a=2", "a=2c", "=3d", "=3D=", "=2ü"] {
            assert_eq!(unescape(text), None, "{text}");
        }
    }

    #[test]
    fn headers_are_read_by_the_grammar() {
        let check = |message: &str, flag: Flag, authorization: Option<&str>, own: &str, rest: &str| {
            let header = Header { flag, authorization: authorization.map(Into::into) };
            assert_eq!(Header::read(message), Some((header, own, rest)), "{message}");
        };
        check("n,,n=user", Flag::Unsupported, None, "n,,", "n=user");
        check("y,,", Flag::NotOffered, None, "y,,", "");
        check("p=tls-exporter,a=x=2Cy,r", Flag::TlsExporter, Some("x,y"), "p=tls-exporter,a=x=2Cy,", "r");
        for message in ["", "n", "n,", "x,,", "p=tls-unique,,", "p=,,", "n,x,", "n,a==,", "F,n,,"] {
            assert_eq!(Header::read(message), None, "{message}");
        }
    }
}
