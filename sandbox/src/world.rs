//! Users and their mailboxes, shared by every session of the same world. Knows no POP3: what a session may do with a
//! mailbox is in `maildrop`.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use popglass_protocol::{secret::Secret, server::LoginRefusal, types::UniqueId};

use crate::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, postcards, samples};

/// A mail world. A clone is the same world: what one session deletes is gone for the others, too.
#[derive(Debug, Clone)]
pub struct World {
    mailboxes: Arc<Mutex<BTreeMap<String, Mailbox>>>,
}

impl World {
    /// A fresh world with the sample messages of [`samples`], oldest first.
    #[must_use]
    pub fn demo() -> Self {
        Self::of_demo_user("demo", samples::all().iter().map(samples::Sample::shared))
    }

    /// A fresh world with so many small messages, oldest first: for paging, and for tests.
    #[must_use]
    pub fn demo_large(messages: usize) -> Self {
        Self::of_demo_user("large", postcards::all(messages).map(Arc::new))
    }

    /// The series goes into the unique-ids, so that no client takes one world's messages for another's.
    fn of_demo_user(series: &str, messages: impl Iterator<Item = Arc<Vec<u8>>>) -> Self {
        let messages = messages.zip(1..).map(|(octets, number)| Message::new(series, number, octets)).collect();
        let mailbox = Mailbox { password: Secret::new(DEMO_PASSWORD.to_owned()), locked: false, messages };
        Self { mailboxes: Arc::new(Mutex::new(BTreeMap::from([(DEMO_USER.to_owned(), mailbox)]))) }
    }

    /// What one POP3 session is served. Any number of them may stand side by side; the lock sorts them out.
    #[must_use]
    pub fn session(&self) -> SandboxMaildrop {
        SandboxMaildrop::new(self.clone())
    }

    /// Takes the exclusive lock; the messages are the session's snapshot.
    pub(crate) fn lock(&self, user: &str, password: &str) -> Result<Vec<Message>, LoginRefusal> {
        let mut mailboxes = self.mailboxes();
        let mailbox = mailboxes.get_mut(user).ok_or(LoginRefusal::Credentials)?;
        if mailbox.password.expose() != password {
            return Err(LoginRefusal::Credentials);
        }
        if mailbox.locked {
            return Err(LoginRefusal::InUse);
        }
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
