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
        Some(Self(octets.escape_ascii().map(char::from).collect()))
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

/// Reads 1 to 20 decimal digits; anything else, and what passes `u64`, is nothing.
#[must_use]
pub fn parse_decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    str::from_utf8(digits).ok()?.parse().ok()
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
