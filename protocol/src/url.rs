//! POP URLs (RFC 2384): `pop://[user[;AUTH=type]@]host[:port]`, and `pops://` for TLS from the first octet, which
//! RFC 2384 does not know: it is the customary name for what RFC 8314 §3.1 describes. Parses and prints. Opens nothing
//! and knows no password: RFC 2384 §3 keeps passwords out of URLs.

use alloc::{string::String, vec::Vec};
use core::{
    fmt::{self, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

use crate::{
    limits,
    login::{Method, Wish},
    sasl::MechanismName,
    types::{CredentialError, UserName},
};

/// Where a maildrop is, whose it is, and how to log in. Every value of this type can be printed and read back.
///
/// ```
/// use popglass_protocol::{login::{Method, Wish}, url::{PopUrl, Scheme}};
///
/// let url: PopUrl = "pop://rg;AUTH=+APOP@mail.eudora.com:8110".parse().unwrap();
/// assert_eq!(url.scheme, Scheme::Pop);
/// assert_eq!(url.user.as_ref().unwrap().as_str(), "rg");
/// assert_eq!(url.wish(), Ok(Wish::Exactly(Method::Apop)));
/// assert_eq!(url.port, 8110);
/// assert_eq!(url.to_string(), "pop://rg;AUTH=+APOP@mail.eudora.com:8110");
///
/// let address = "pops://ada%40example.org@pop.example.org".parse::<PopUrl>().unwrap();
/// assert_eq!((address.user.unwrap().as_str(), address.port), ("ada@example.org", 995));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PopUrl {
    /// How the connection begins.
    pub scheme: Scheme,
    /// Whose maildrop. Without a name the program asks for one (RFC 2384 §4).
    pub user: Option<UserName>,
    /// How to log in.
    pub auth: Auth,
    /// The server.
    pub host: Host,
    /// Its port; where the URL names none, that of the scheme.
    pub port: u16,
}

impl PopUrl {
    /// What the URL asks of the login, see [`Auth::wish`].
    ///
    /// # Errors
    /// [`UrlError::NotSpoken`].
    pub fn wish(&self) -> Result<Wish, UrlError> {
        self.auth.wish()
    }
}

/// How the connection begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// `pop`: in the clear, on port 110 (RFC 2384 §3). The RFC does not say how TLS comes in. Here it means: STLS
    /// (RFC 2595 §4) before any credential, or no login; only a user who agrees to show everything can lift that,
    /// a URL cannot.
    Pop,
    /// `pops`: in TLS from the first octet, on port 995 (RFC 8314 §3.1). Not in RFC 2384.
    Pops,
}

impl Scheme {
    /// The word before `://`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pop => "pop",
            Self::Pops => "pops",
        }
    }

    /// The port where the URL names none.
    #[must_use]
    pub fn port_default(self) -> u16 {
        match self {
            Self::Pop => 110,
            Self::Pops => 995,
        }
    }
}

/// What stands behind `;AUTH=` (RFC 2384 §4).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Auth {
    /// `*`, or no `;AUTH=` at all, which means the same: the client chooses.
    #[default]
    Any,
    /// `+APOP`.
    Apop,
    /// `+USER`: USER and PASS. RFC 2384 leaves room for such extensions behind `+`, and has no other name for it.
    UserPass,
    /// A SASL mechanism's name, whether it is spoken here or not.
    Sasl(MechanismName),
}

impl Auth {
    /// Reads what stands behind `;AUTH=`, not percent-encoded and without regard to case.
    ///
    /// # Errors
    /// [`UrlError::Extension`] or [`UrlError::MechanismName`].
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        match text.strip_prefix('+') {
            Some(name) if name.eq_ignore_ascii_case("APOP") => Ok(Self::Apop),
            Some(name) if name.eq_ignore_ascii_case("USER") => Ok(Self::UserPass),
            Some(_) => Err(UrlError::Extension),
            None if text == "*" => Ok(Self::Any),
            None => MechanismName::parse(text.as_bytes()).map(Self::Sasl).ok_or(UrlError::MechanismName),
        }
    }

    /// What is asked of the login. Nothing is ever put in the place of a mechanism that was asked for by name: a URL can
    /// come from anybody, and so could a weaker choice (RFC 2384 §9).
    ///
    /// # Errors
    /// [`UrlError::NotSpoken`] if the mechanism is one that this crate does not speak.
    pub fn wish(&self) -> Result<Wish, UrlError> {
        match self {
            Self::Any => Ok(Wish::Automatic),
            Self::Apop => Ok(Wish::Exactly(Method::Apop)),
            Self::UserPass => Ok(Wish::Exactly(Method::UserPass)),
            Self::Sasl(name) => match name.known() {
                Some(mechanism) => Ok(Wish::Exactly(Method::Sasl(mechanism))),
                None => Err(UrlError::NotSpoken(name.clone())),
            },
        }
    }
}

/// A server's name or address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Host {
    /// A name of the DNS, in lower case; names outside ASCII in their `xn--` form.
    Name(HostName),
    /// An IPv4 or IPv6 address; the latter stands in square brackets (RFC 3986 §3.2.2).
    Address(IpAddr),
}

/// A name of the DNS, valid by construction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostName(String);

impl HostName {
    /// The name, in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Host {
    fn parse(text: &str) -> Result<Self, UrlError> {
        if let Some(literal) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            return literal
                .parse::<Ipv6Addr>()
                .map(|address| Self::Address(address.into()))
                .map_err(|_| UrlError::Host);
        }
        if let Ok(address) = text.parse::<Ipv4Addr>() {
            return Ok(Self::Address(address.into()));
        }
        let legal = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_');
        let label_is_legal = |label: &str| !label.is_empty() && label.bytes().all(legal);
        let labels = text.strip_suffix('.').unwrap_or(text);
        // A name whose last label is a number is a mistyped address (RFC 3986 §7.4 warns of lenient readers).
        let last_is_number = labels.rsplit('.').next().is_some_and(|last| last.bytes().all(|o| o.is_ascii_digit()));
        let fits = text.len() <= limits::HOST_NAME_OCTETS_MAX;
        (fits && !last_is_number && labels.split('.').all(label_is_legal))
            .then(|| Self::Name(HostName(text.to_ascii_lowercase())))
            .ok_or(UrlError::Host)
    }
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(&name.0),
            Self::Address(IpAddr::V4(address)) => address.fmt(f),
            Self::Address(IpAddr::V6(address)) => write!(f, "[{address}]"),
        }
    }
}

/// Why a text is no POP URL, in words that say what to do. Never repeats the text: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlError {
    /// It does not begin with `pop://` or `pops://`.
    Scheme,
    /// It holds blanks, control characters, or characters outside ASCII (RFC 3986 §2).
    NotPrintable,
    /// It holds a password, or a colon in the user name (RFC 2384 §3).
    Password,
    /// A character in the user name has to be percent-encoded (RFC 2384 §4).
    Unencoded(char),
    /// A percent sign without two hexadecimal digits, or octets that are no UTF-8.
    Encoding,
    /// An `@` or `;` stands where a user name should.
    NoUser,
    /// The user name cannot be sent.
    User(CredentialError),
    /// A parameter other than `;AUTH=`, or more than one.
    Parameter,
    /// Behind `;AUTH=+` stands neither `APOP` nor `USER`.
    Extension,
    /// What stands behind `;AUTH=` is no mechanism's name (RFC 4422 §3.1).
    MechanismName,
    /// The mechanism is well named, but not spoken here.
    NotSpoken(MechanismName),
    /// The host is missing, or no name and no address.
    Host,
    /// What stands behind the host's colon is no port.
    Port,
    /// Something follows host and port (RFC 2384 §3: the URL names a maildrop, not a message).
    Path,
}

impl fmt::Display for UrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scheme => "a POP URL begins with pops:// (TLS at once) or pop:// (TLS by STLS)",
            Self::NotPrintable => "a URL holds printable ASCII only; percent-encode blanks and other characters",
            Self::Password => {
                "a POP URL holds no password; leave it out, and write a colon in a user name as %3A (RFC 2384 §3)"
            }
            Self::Unencoded(character) => {
                return write!(f, "write the {character} in the user name as %{:02X}", u32::from(*character));
            }
            Self::Encoding => "a percent sign is followed by two hexadecimal digits, and what they say is UTF-8",
            Self::NoUser => "no user name stands before @; leave out the @, or name the user",
            Self::User(reason) => return write!(f, "the user name cannot be sent: {reason}"),
            Self::Parameter => "the one parameter is ;AUTH=; write a semicolon in a user name as %3B",
            Self::Extension => "behind ;AUTH=+ comes APOP or USER; a SASL mechanism is written without the plus",
            Self::MechanismName => "behind ;AUTH= comes *, +APOP, +USER, or a SASL mechanism such as SCRAM-SHA-256",
            Self::NotSpoken(name) => {
                return write!(f, "the mechanism {} is not spoken here; name another, or none", name.as_str());
            }
            Self::Host => "the host is a name in ASCII, an IPv4 address, or an IPv6 address in square brackets",
            Self::Port => "a port is a number from 1 to 65535",
            Self::Path => "nothing follows host and port: the URL names a maildrop, not a message (RFC 2384 §3)",
        })
    }
}

impl core::error::Error for UrlError {}

impl FromStr for PopUrl {
    type Err = UrlError;

    fn from_str(text: &str) -> Result<Self, UrlError> {
        let (scheme, rest) = text.split_once("://").ok_or(UrlError::Scheme)?;
        let scheme = [Scheme::Pop, Scheme::Pops]
            .into_iter()
            .find(|known| scheme.eq_ignore_ascii_case(known.as_str()))
            .ok_or(UrlError::Scheme)?;
        if !rest.bytes().all(|octet| octet.is_ascii_graphic()) {
            return Err(UrlError::NotPrintable);
        }
        // RFC 3986 §6.2.3: an empty path and a lone slash are the same.
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (login, server) = match rest.rsplit_once('@') {
            Some((login, server)) => (Some(login), server),
            None => (None, rest),
        };
        if server.contains(['/', '?', '#']) {
            return Err(UrlError::Path);
        }
        let (user, auth) = login.map(parse_login).transpose()?.unwrap_or_default();
        let (host, port) = split_port(server)?;
        let port = port.map_or(Some(scheme.port_default()), parse_port).ok_or(UrlError::Port)?;
        Ok(Self { scheme, user, auth, host: Host::parse(host)?, port })
    }
}

/// `user`, `user;AUTH=type` or `;AUTH=type` (RFC 2384 §8).
fn parse_login(login: &str) -> Result<(Option<UserName>, Auth), UrlError> {
    let (user, parameter) = match login.split_once(';') {
        Some((user, parameter)) => (user, Some(parameter)),
        None => (login, None),
    };
    let auth = match parameter {
        None => Auth::Any,
        Some(parameter) => {
            let (name, value) = parameter.split_once('=').ok_or(UrlError::Parameter)?;
            if !name.eq_ignore_ascii_case("AUTH") || value.contains(';') {
                return Err(UrlError::Parameter);
            }
            Auth::parse(&decode(value)?)?
        }
    };
    match (user, parameter) {
        ("", Some(_)) => Ok((None, auth)),
        ("", None) => Err(UrlError::NoUser),
        (user, _) => Ok((Some(UserName::parse(&decode(user)?).map_err(UrlError::User)?), auth)),
    }
}

/// Host and port; the host keeps its brackets, and the port is text still.
fn split_port(server: &str) -> Result<(&str, Option<&str>), UrlError> {
    match server.rsplit_once(':') {
        // The last colon belongs to the address.
        Some(_) if server.ends_with(']') => Ok((server, None)),
        Some((host, port)) => Ok((host, Some(port))),
        None => Ok((server, None)),
    }
}

fn parse_port(digits: &str) -> Option<u16> {
    let all_digits = digits.bytes().all(|octet| octet.is_ascii_digit());
    digits.parse().ok().filter(|&port| all_digits && port != 0)
}

/// What may stand for itself: the letters of RFC 2384 §8 (`achar`), all of which RFC 3986 §3.2.1 allows, too.
fn stands_for_itself(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || b"-._~!$'()*+,&=".contains(&octet)
}

fn decode(text: &str) -> Result<String, UrlError> {
    let mut octets = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&octet, tail)) = rest.split_first() {
        rest = match octet {
            b'%' => {
                let (digits, tail) = tail.split_at_checked(2).ok_or(UrlError::Encoding)?;
                octets.push(hexadecimal(digits).ok_or(UrlError::Encoding)?);
                tail
            }
            b':' => return Err(UrlError::Password),
            _ if stands_for_itself(octet) => {
                octets.push(octet);
                tail
            }
            _ => return Err(UrlError::Unencoded(char::from(octet))),
        };
    }
    String::from_utf8(octets).map_err(|_| UrlError::Encoding)
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    let digits = digits.iter().map(|&digit| char::from(digit).to_digit(16));
    let value = digits.reduce(|high, low| Some(high? * 16 + low?))??;
    u8::try_from(value).ok()
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for octet in text.bytes() {
        if stands_for_itself(octet) {
            encoded.push(char::from(octet));
        } else {
            write!(encoded, "%{octet:02X}").expect("a String takes all that is written");
        }
    }
    encoded
}

impl fmt::Display for PopUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let user = self.user.as_ref().map(|user| encode(user.as_str())).unwrap_or_default();
        let auth = match &self.auth {
            Auth::Any => "",
            Auth::Apop => "+APOP",
            Auth::UserPass => "+USER",
            Auth::Sasl(name) => name.as_str(),
        };
        write!(f, "{}://{user}", self.scheme.as_str())?;
        if !auth.is_empty() {
            write!(f, ";AUTH={auth}")?;
        }
        if !user.is_empty() || !auth.is_empty() {
            f.write_char('@')?;
        }
        write!(f, "{}", self.host)?;
        if self.port == self.scheme.port_default() { Ok(()) } else { write!(f, ":{}", self.port) }
    }
}
