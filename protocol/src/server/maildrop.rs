//! What a server serves, as the storage behind it must look. Knows no commands and no replies.

use alloc::string::String;

use crate::{
    capability::{Expire, LoginDelay},
    reply::SystemFault,
    secret::Secret,
    types::{MessageNumber, Octets, UniqueId},
};

/// A user's messages, as they were when the session began, and the accounts that lead to them.
///
/// Dropping a maildrop that was opened and not committed gives the lock back and removes nothing (RFC 1939 §6).
pub trait Maildrop {
    /// The user's password, which challenges are computed from; nothing for a name that does not exist.
    fn password_of(&self, user: &str) -> Option<Secret<String>>;

    /// The user's bearer token, for OAUTHBEARER and XOAUTH2.
    fn token_of(&self, _user: &str) -> Option<Secret<String>> {
        None
    }

    /// Takes the exclusive lock for a user who has proven to be that (RFC 1939 §4). `now_ms` is the host's time in
    /// milliseconds from any start, by which logins that follow too soon are told; nothing if the host has no clock.
    ///
    /// # Errors
    /// Why the maildrop stays closed.
    fn open_as(&mut self, user: &str, now_ms: Option<u64>) -> Result<(), LoginRefusal>;

    /// Checks user and password, then opens.
    ///
    /// # Errors
    /// Why the maildrop stays closed.
    fn open(&mut self, user: &str, password: &str, now_ms: Option<u64>) -> Result<(), LoginRefusal> {
        match self.password_of(user) {
            Some(expected) if expected.expose() == password => self.open_as(user, now_ms),
            Some(_) | None => Err(LoginRefusal::Credentials),
        }
    }

    /// How fast logins may follow each other (RFC 2449 §6.5): before the login as for everybody, after it as for this
    /// user. What is said here must be what [`Self::open_as`] enforces.
    fn login_delay(&self) -> Option<LoginDelay> {
        None
    }

    /// How long messages are kept (RFC 2449 §6.7): before the login as for everybody, after it as for this user.
    fn expire(&self) -> Option<Expire> {
        None
    }

    /// Messages when the session began; those marked since are counted, too.
    fn message_count(&self) -> usize;

    /// Octets of a message with CRLF line ends, before stuffing (RFC 1939 §11).
    fn octets(&self, number: MessageNumber) -> Octets;

    /// What names the message in every session (RFC 1939 §7).
    fn unique_id(&self, number: MessageNumber) -> UniqueId;

    /// The whole message with CRLF line ends, not stuffed.
    fn message(&self, number: MessageNumber) -> &[u8];

    /// UPDATE: removes what is marked and gives the lock back. Called once, at QUIT in TRANSACTION.
    ///
    /// # Errors
    /// Some or all messages could not be removed.
    fn commit(&mut self, marked: &[MessageNumber]) -> Result<(), CommitFailure>;
}

/// Why a maildrop stays closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginRefusal {
    /// User and password do not go together; which of them is wrong is nobody's business. `[AUTH]` (RFC 3206 §5).
    Credentials,
    /// Another session holds the lock. `[IN-USE]` (RFC 2449 §8.1.2).
    InUse,
    /// The last login was too short a time ago. `[LOGIN-DELAY]` (RFC 2449 §8.1.1).
    TooSoon,
    /// The storage is at fault, not the user. `[SYS/TEMP]` or `[SYS/PERM]` (RFC 3206 §4).
    System(SystemFault),
}

/// UPDATE could not remove everything (RFC 1939 §6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CommitFailure {
    /// How many messages are gone.
    pub removed: usize,
}
