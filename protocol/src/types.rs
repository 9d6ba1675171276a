//! Values of POP3 that are valid by construction: numbers, octets, unique-ids, names and passwords.
//! Knows nothing of lines, commands or states.

use alloc::{borrow::ToOwned, string::String};
use core::{fmt, num::NonZeroU32, str};

use crate::{limits, secret::Secret};

/// A message's number within one session. RFC 1939 §4: messages are numbered from 1; zero cannot be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MessageNumber(NonZeroU32);

impl MessageNumber {
    /// The number, or nothing for zero.
    ///
    /// ```
    /// use popglass_protocol::types::MessageNumber;
    /// assert!(MessageNumber::new(0).is_none());
    /// ```
    #[must_use]
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// The number for a position in a list that starts at zero; nothing if it would not fit.
    #[must_use]
    pub fn from_index(index: usize) -> Option<Self> {
        u32::try_from(index).ok()?.checked_add(1).and_then(Self::new)
    }

    /// Reads decimal digits as a server or client writes them; leading zeros are tolerated.
    #[must_use]
    pub fn parse(digits: &[u8]) -> Option<Self> {
        parse_decimal(digits).and_then(|number| u32::try_from(number).ok()).and_then(Self::new)
    }

    /// The plain number, 1 or more.
    #[must_use]
    pub fn as_u32(self) -> u32 {
        self.0.get()
    }

    /// The position in a list that starts at zero.
    #[must_use]
    pub fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

impl fmt::Display for MessageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A count of octets. RFC 1939 §11: sizes count CRLF line ends, before dot-stuffing. Advisory: servers get it wrong.
pub type Octets = u64;

/// A message's unique-id: what names it across sessions. RFC 1939 §7: 1 to 70 characters from 0x21 to 0x7E.
///
/// Servers in the field send longer ones and other octets; any non-empty one up to
/// [`limits::UNIQUE_ID_OCTETS_MAX`] is kept, printable or escaped.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UniqueId(String);

impl UniqueId {
    /// Takes the octets as the server sent them; octets outside printable ASCII are written `\xNN`.
    #[must_use]
    pub fn parse(octets: &[u8]) -> Option<Self> {
        if octets.is_empty() || octets.len() > limits::UNIQUE_ID_OCTETS_MAX {
            return None;
        }
        // `escape_ascii` quotes a backslash too, so two different ids can never be written the same.
        let is_itself = |octet: &u8| octet.is_ascii_graphic() && !matches!(octet, b'\\' | b'\'' | b'"');
        Some(Self(match str::from_utf8(octets) {
            // As all ids of RFC 1939 that come in their hundred thousands: copied at once.
            Ok(text) if octets.iter().all(is_itself) => text.to_owned(),
            _ => octets.escape_ascii().map(char::from).collect(),
        }))
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a user name or password cannot be sent. Raised before a single octet of it reaches the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum CredentialError {
    /// Nothing was given.
    Empty,
    /// It holds CR, LF or NUL, which would end the command and start another (RFC 1939 §3: one command a line).
    ControlCharacter,
    /// The command line would pass 255 octets (RFC 2449 §4).
    TooLong,
}

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::ControlCharacter => "it holds a line break or NUL, which POP3 cannot carry",
            Self::TooLong => "it does not fit a POP3 command line of 255 octets",
        })
    }
}

impl core::error::Error for CredentialError {}

fn check_credential(text: &str) -> Result<(), CredentialError> {
    if text.is_empty() {
        return Err(CredentialError::Empty);
    }
    if text.bytes().any(|octet| matches!(octet, b'\r' | b'\n' | 0)) {
        return Err(CredentialError::ControlCharacter);
    }
    if text.len() > limits::CREDENTIAL_OCTETS_MAX {
        return Err(CredentialError::TooLong);
    }
    Ok(())
}

/// A user name that can be sent in `USER` (RFC 1939 §7).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName(String);

impl UserName {
    /// Refuses what would break out of the command line.
    ///
    /// # Errors
    /// [`CredentialError`] if it is empty, too long, or holds CR, LF or NUL.
    pub fn parse(text: &str) -> Result<Self, CredentialError> {
        check_credential(text).map(|()| Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password that can be sent in `PASS` (RFC 1939 §7): the rest of the line, blanks included, nothing trimmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Password(Secret<String>);

impl Password {
    /// Refuses what would break out of the command line.
    ///
    /// # Errors
    /// [`CredentialError`] if it is empty, too long, or holds CR, LF or NUL.
    pub fn parse(text: &str) -> Result<Self, CredentialError> {
        check_credential(text).map(|()| Self(Secret::new(text.to_owned())))
    }

    /// The password itself, for the one place that writes it to the wire.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// The digest that `APOP` sends (RFC 1939 §7): 32 lower-case hexadecimal digits. As good as the password to whoever
/// can try passwords against it, so it never shows itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApopDigest(Secret<String>);

impl ApopDigest {
    /// Takes 32 hexadecimal digits; upper case, which some clients send, is made lower case.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (text.len() == 32 && text.bytes().all(|octet| octet.is_ascii_hexdigit()))
            .then(|| Self(Secret::new(text.to_ascii_lowercase())))
    }

    /// The digits.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }
}

/// A language for the server's texts (RFC 6856 §3): a tag by RFC 5646, or `*` for the server's own choice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LanguageTag(String);

impl LanguageTag {
    /// Takes letters, digits and hyphens, up to [`limits::LANGUAGE_TAG_OCTETS_MAX`].
    #[must_use]
    pub fn parse(octets: &[u8]) -> Option<Self> {
        let legal = |octet: &u8| octet.is_ascii_alphanumeric() || *octet == b'-';
        let tag = !octets.is_empty() && octets.len() <= limits::LANGUAGE_TAG_OCTETS_MAX && octets.iter().all(legal);
        (tag || octets == b"*").then(|| Self(octets.iter().copied().map(char::from).collect()))
    }

    /// The tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The greeting's stamp that `APOP` digests (RFC 1939 §7): a message-id, angle brackets included.
///
/// Only what RFC 5322 §3.6.4 calls a msg-id is taken. A server in the middle could choose the stamp such that MD5
/// gives the password away bit by bit; in a valid msg-id it has no room to (CVE-2007-1558).
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Stamp(String);

impl Stamp {
    /// Looks for the first `<…>` of a greeting's text; nothing if there is none, or if it is no msg-id.
    ///
    /// ```
    /// use popglass_protocol::types::Stamp;
    /// let stamp = Stamp::find("POP3 server ready <1896.697170952@dbc.mtview.ca.us>").unwrap();
    /// assert_eq!(stamp.as_str(), "<1896.697170952@dbc.mtview.ca.us>");
    /// assert!(Stamp::find("ready <not a message-id>").is_none());
    /// ```
    #[must_use]
    pub fn find(greeting: &str) -> Option<Self> {
        let from = greeting.get(greeting.find('<')?..)?;
        let stamp = from.get(..=from.find('>')?)?;
        let (left, right) = stamp.strip_prefix('<')?.strip_suffix('>')?.split_once('@')?;
        let bracketed = right.strip_prefix('[').and_then(|literal| literal.strip_suffix(']'));
        let right_is_legal = match bracketed {
            Some(literal) => literal.bytes().all(|octet| octet.is_ascii_graphic() && !b"[]\\".contains(&octet)),
            None => is_dot_atom(right),
        };
        (is_dot_atom(left) && right_is_legal && stamp.len() <= limits::STAMP_OCTETS_MAX).then(|| Self(stamp.into()))
    }

    /// The stamp, brackets included.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// RFC 5322 §3.2.3: atoms, joined by single dots.
fn is_dot_atom(text: &str) -> bool {
    let legal = |octet: u8| octet.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&octet);
    text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(legal))
}

/// Reads decimal digits, leading zeros among them; anything else, and what passes `u64`, is nothing.
#[must_use]
pub fn parse_decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u64, |number, octet| {
        let digit = char::from(*octet).to_digit(10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// A line as text for people: printable ASCII and valid UTF-8 stay, anything else is written `\xNN`.
#[must_use]
pub fn printable(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        for character in chunk.valid().chars() {
            if character.is_control() {
                text.extend(character.escape_default());
            } else {
                text.push(character);
            }
        }
        text.extend(chunk.invalid().escape_ascii().map(char::from));
    }
    text
}
