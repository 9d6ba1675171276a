//! Users and their mailboxes, shared by every session of the same world. Knows no POP3: what a session may do with a
//! mailbox is in `maildrop`; nor SMTP and IMAP, whose doors are in `smtp` and `imap`.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use popglass_protocol::{capability::LoginDelay, secret::Secret, server::LoginRefusal, types::UniqueId};

use crate::{
    DEMO_PASSWORD, DEMO_USER, SandboxMaildrop,
    mailbox::{Mailbox, Message, Stored},
    postcards, samples,
};

/// A mail world. A clone is the same world: what one session deletes is gone for the others, too.
#[derive(Debug, Clone, Default)]
pub struct World {
    mailboxes: Arc<Mutex<BTreeMap<String, Mailbox>>>,
    login_delay_seconds: u32,
}

impl World {
    /// A world without users.
    ///
    /// ```
    /// use popglass_sandbox::World;
    ///
    /// let world = World::empty();
    /// world.add_user("ada", "lovelace", []);
    /// assert!(world.deliver("ada", b"Subject: hello\r\n\r\nHi!\r\n".to_vec()).is_some());
    /// assert_eq!(world.mailbox("ada").len(), 1);
    /// ```
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

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

    /// What lies in the user's INBOX now, oldest first; empty if there is no such user.
    #[must_use]
    pub fn messages_of(&self, user: &str) -> Vec<Arc<Vec<u8>>> {
        self.with(user, |mailbox| mailbox.inbox().iter().map(|message| Arc::clone(&message.octets)).collect())
            .unwrap_or_default()
    }

    /// A new message (CRLF line ends) at the end of the user's INBOX. Sessions that are open do not see it: their
    /// maildrop is as it was when it was locked (RFC 1939 §4). Gives the unique-id; nothing if there is no such user.
    pub fn deliver(&self, user: &str, message: Vec<u8>) -> Option<UniqueId> {
        self.with_mut(user, |mailbox| mailbox.append(None, Arc::new(message))).flatten()
    }

    /// As [`Self::deliver`], with a unique-id of the caller's choice. False if there is no such user, or if a message of
    /// this user ever had that id, even one that is gone (RFC 1939 §7: it is not used again).
    pub fn deliver_as(&self, user: &str, unique_id: UniqueId, message: Vec<u8>) -> bool {
        self.with_mut(user, |mailbox| mailbox.append(Some(unique_id), Arc::new(message))).flatten().is_some()
    }

    /// The users, in the order of their names.
    #[must_use]
    pub fn users(&self) -> Vec<String> {
        self.mailboxes().keys().cloned().collect()
    }

    /// Whether there is such a user.
    #[must_use]
    pub fn has_user(&self, user: &str) -> bool {
        self.mailboxes().contains_key(user)
    }

    /// Whether a POP3 session holds the user's maildrop (RFC 1939 §4). IMAP and new mail do not ask for that lock.
    #[must_use]
    pub fn locked(&self, user: &str) -> bool {
        self.with(user, |mailbox| mailbox.locked).unwrap_or_default()
    }

    /// All that lies in the user's mailbox now, the INBOX first and then the other folders by name, each in its order:
    /// a message's place among those of the INBOX, from 1, is its number in the next POP3 session. Empty if there is no
    /// such user.
    #[must_use]
    pub fn mailbox(&self, user: &str) -> Vec<Stored> {
        self.with(user, Mailbox::stored).unwrap_or_default()
    }

    /// The octets of one message, wherever it lies.
    #[must_use]
    pub fn message(&self, user: &str, unique_id: &UniqueId) -> Option<Arc<Vec<u8>>> {
        self.with(user, |mailbox| mailbox.message(unique_id).map(|message| Arc::clone(&message.octets))).flatten()
    }

    /// The user's folders; `INBOX` is one of them. POP3 sees no other.
    #[must_use]
    pub fn folders(&self, user: &str) -> Vec<String> {
        self.with(user, |mailbox| mailbox.folder_names().map(str::to_owned).collect()).unwrap_or_default()
    }

    /// A new, empty folder. False if it is there already, if there is no such user, or if a limit is reached.
    pub fn create_folder(&self, user: &str, name: &str) -> bool {
        self.with_mut(user, |mailbox| mailbox.create(name)).unwrap_or_default()
    }

    /// As [`Self::add_user`], each message with a unique-id of the caller's choice. Messages whose id came before are left
    /// out.
    pub fn add_user_with(&self, user: &str, password: &str, messages: impl IntoIterator<Item = (UniqueId, Vec<u8>)>) {
        let mut mailbox = Mailbox::new(password, "added");
        for (unique_id, octets) in messages {
            mailbox.append(Some(unique_id), Arc::new(octets));
        }
        self.mailboxes().insert(user.to_owned(), mailbox);
    }

    fn add(&self, user: &str, password: &str, series: &str, messages: impl Iterator<Item = Arc<Vec<u8>>>) {
        let mut mailbox = Mailbox::new(password, series);
        for octets in messages {
            mailbox.append(None, octets);
        }
        self.mailboxes().insert(user.to_owned(), mailbox);
    }

    /// What one POP3 session is served. Any number of them may stand side by side; the lock sorts them out.
    #[must_use]
    pub fn session(&self) -> SandboxMaildrop {
        SandboxMaildrop::new(self.clone())
    }

    pub(crate) fn password_of(&self, user: &str) -> Option<Secret<String>> {
        self.with(user, |mailbox| mailbox.password.clone())
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
        Ok(mailbox.inbox().to_vec())
    }

    /// Gives the lock back. Only for whom [`Self::lock`] gave it to.
    pub(crate) fn unlock(&self, user: &str) {
        self.with_mut(user, |mailbox| mailbox.locked = false);
    }

    /// Removes messages for good.
    pub(crate) fn remove(&self, user: &str, doomed: &[&UniqueId]) {
        self.with_mut(user, |mailbox| mailbox.remove(doomed));
    }

    pub(crate) fn with<T>(&self, user: &str, look: impl FnOnce(&Mailbox) -> T) -> Option<T> {
        self.mailboxes().get(user).map(look)
    }

    pub(crate) fn with_mut<T>(&self, user: &str, change: impl FnOnce(&mut Mailbox) -> T) -> Option<T> {
        self.mailboxes().get_mut(user).map(change)
    }

    fn mailboxes(&self) -> MutexGuard<'_, BTreeMap<String, Mailbox>> {
        // Nothing panics between two halves of a change, so a panic elsewhere cannot have left one.
        self.mailboxes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
