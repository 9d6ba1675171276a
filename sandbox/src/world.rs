//! Users and their mailboxes, shared by every session of the same world. Knows no POP3: what a session may do with a
//! mailbox is in `maildrop`.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use popglass_protocol::{capability::LoginDelay, secret::Secret, server::LoginRefusal, types::UniqueId};

use crate::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, postcards, samples};

/// A mail world. A clone is the same world: what one session deletes is gone for the others, too.
#[derive(Debug, Clone, Default)]
pub struct World {
    mailboxes: Arc<Mutex<BTreeMap<String, Mailbox>>>,
    login_delay_seconds: u32,
}

impl World {
    /// A fresh world with the sample messages of [`samples`], oldest first.
    #[must_use]
    pub fn demo() -> Self {
        let world = Self::default();
        world.add(DEMO_USER, DEMO_PASSWORD, "demo", samples::all().iter().map(samples::Sample::shared));
        world
    }

    /// A fresh world with so many small messages, oldest first: for paging, and for tests.
    #[must_use]
    pub fn demo_large(messages: usize) -> Self {
        let world = Self::default();
        world.add(DEMO_USER, DEMO_PASSWORD, "large", postcards::all(messages).map(Arc::new));
        world
    }

    /// Logins of a user must lie so many seconds apart (RFC 2449 §6.5); the session's host has to have a clock for it.
    #[must_use]
    pub fn with_login_delay(mut self, seconds: u32) -> Self {
        self.login_delay_seconds = seconds;
        self
    }

    /// A user more, or another mailbox for a user that is there; the name may hold any letters. The password serves as
    /// token, too, for the mechanisms that take one. Messages have CRLF line ends, oldest first.
    pub fn add_user(&self, user: &str, password: &str, messages: impl IntoIterator<Item = Vec<u8>>) {
        self.add(user, password, "added", messages.into_iter().map(Arc::new));
    }

    /// What lies in the user's mailbox now, oldest first; empty if there is no such user.
    #[must_use]
    pub fn messages_of(&self, user: &str) -> Vec<Arc<Vec<u8>>> {
        let mailboxes = self.mailboxes();
        let messages = mailboxes.get(user).map_or(&[][..], |mailbox| &mailbox.messages);
        messages.iter().map(|message| Arc::clone(&message.octets)).collect()
    }

    /// The series goes into the unique-ids, so that no client takes one world's messages for another's.
    fn add(&self, user: &str, password: &str, series: &str, messages: impl Iterator<Item = Arc<Vec<u8>>>) {
        let messages = messages.zip(1..).map(|(octets, number)| Message::new(series, number, octets)).collect();
        let password = Secret::new(password.to_owned());
        let mailbox = Mailbox { password, locked: false, last_login_ms: None, messages };
        self.mailboxes().insert(user.to_owned(), mailbox);
    }

    /// What one POP3 session is served. Any number of them may stand side by side; the lock sorts them out.
    #[must_use]
    pub fn session(&self) -> SandboxMaildrop {
        SandboxMaildrop::new(self.clone())
    }

    pub(crate) fn password_of(&self, user: &str) -> Option<Secret<String>> {
        self.mailboxes().get(user).map(|mailbox| mailbox.password.clone())
    }

    pub(crate) fn token_of(&self, user: &str) -> Option<Secret<String>> {
        self.password_of(user)
    }

    pub(crate) fn login_delay(&self) -> Option<LoginDelay> {
        let seconds = self.login_delay_seconds;
        (seconds > 0).then_some(LoginDelay { seconds, per_user: false })
    }

    /// Takes the exclusive lock; the messages are the session's snapshot. The time tells logins that come too soon.
    pub(crate) fn lock(&self, user: &str, now_ms: Option<u64>) -> Result<Vec<Message>, LoginRefusal> {
        let mut mailboxes = self.mailboxes();
        let mailbox = mailboxes.get_mut(user).ok_or(LoginRefusal::Credentials)?;
        if mailbox.locked {
            return Err(LoginRefusal::InUse);
        }
        let since = now_ms.zip(mailbox.last_login_ms).map(|(now, last)| now.saturating_sub(last));
        if since.is_some_and(|milliseconds| milliseconds < u64::from(self.login_delay_seconds) * 1000) {
            return Err(LoginRefusal::TooSoon);
        }
        mailbox.last_login_ms = now_ms;
        mailbox.locked = true;
        Ok(mailbox.messages.clone())
    }

    /// Gives the lock back. Only for whom [`Self::lock`] gave it to.
    pub(crate) fn unlock(&self, user: &str) {
        if let Some(mailbox) = self.mailboxes().get_mut(user) {
            mailbox.locked = false;
        }
    }

    /// Removes messages for good.
    pub(crate) fn remove(&self, user: &str, doomed: &[&UniqueId]) {
        if let Some(mailbox) = self.mailboxes().get_mut(user) {
            mailbox.messages.retain(|message| !doomed.contains(&&message.unique_id));
        }
    }

    fn mailboxes(&self) -> MutexGuard<'_, BTreeMap<String, Mailbox>> {
        // Every change is a single assignment or `retain`, so a panic elsewhere cannot have left half of one.
        self.mailboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One user's mail.
#[derive(Debug)]
struct Mailbox {
    password: Secret<String>,
    locked: bool,
    /// By the clock of the session's host; nothing if it has none.
    last_login_ms: Option<u64>,
    messages: Vec<Message>,
}

/// A message as it lies in the mailbox; cloned without its octets.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) unique_id: UniqueId,
    /// With CRLF line ends. Not `Arc<[u8]>`: making one copies, and memory that wasm has taken is never given back.
    pub(crate) octets: Arc<Vec<u8>>,
}

impl Message {
    fn new(series: &str, number: u32, octets: Arc<Vec<u8>>) -> Self {
        let unique_id = UniqueId::parse(format!("{series}.{number:06}").as_bytes());
        Self { unique_id: unique_id.expect("it is short and not empty"), octets }
    }
}
