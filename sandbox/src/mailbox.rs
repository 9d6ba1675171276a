//! One user's mail: folders, messages, flags, and the numbers that servers give them. Knows no sessions and no protocol.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use popglass_protocol::{secret::Secret, types::UniqueId};

/// The folder that POP3 sees, and the only one that is always there (RFC 3501 §5.1).
pub const INBOX: &str = "INBOX";

/// Folders of one user.
pub const FOLDERS_MAX: usize = 100;

/// A folder's name, in octets.
pub const FOLDER_NAME_OCTETS_MAX: usize = 128;

/// What is remembered about a message beside its octets (RFC 3501 §2.3.2). POP3 has none of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flags {
    /// `\Seen`: somebody has fetched it over IMAP.
    pub seen: bool,
    /// `\Answered`.
    pub answered: bool,
    /// `\Flagged`: somebody wants to find it again.
    pub flagged: bool,
    /// `\Deleted`: EXPUNGE removes it.
    pub deleted: bool,
    /// `\Draft`.
    pub draft: bool,
}

/// A message as it lies in a mailbox, for whoever draws it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Stored {
    /// The folder it lies in; [`INBOX`] or one that was made over IMAP.
    pub folder: String,
    /// What names it in every POP3 session (RFC 1939 §7).
    pub unique_id: UniqueId,
    /// What names it over IMAP within its folder (RFC 3501 §2.3.1.1).
    pub imap_uid: u32,
    /// With CRLF line ends, unstuffed (RFC 1939 §11).
    pub octets: u64,
    /// Its flags.
    pub flags: Flags,
}

/// One user's mail.
#[derive(Debug)]
pub(crate) struct Mailbox {
    pub(crate) password: Secret<String>,
    pub(crate) locked: bool,
    /// By the clock of the session's host; nothing if it has none.
    pub(crate) last_login_ms: Option<u64>,
    /// Goes into the unique-ids, so that no client takes one world's messages for another's.
    series: String,
    /// How far the series is.
    issued: u32,
    /// Every unique-id that a message ever had: none is given again, even if its message is gone (RFC 1939 §7).
    used: BTreeSet<UniqueId>,
    /// What the next folder's UIDVALIDITY is (RFC 3501 §2.3.1.1: never the same for another folder of that name).
    next_validity: u32,
    folders: BTreeMap<String, Folder>,
}

/// Messages in the order in which they came.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    pub(crate) uid_validity: u32,
    uids_issued: u32,
    pub(crate) messages: Vec<Message>,
}

/// A message as it lies in the mailbox; cloned without its octets.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) unique_id: UniqueId,
    /// With CRLF line ends. Not `Arc<[u8]>`: making one copies, and memory that wasm has taken is never given back.
    pub(crate) octets: Arc<Vec<u8>>,
    pub(crate) uid: u32,
    pub(crate) flags: Flags,
}

impl Mailbox {
    pub(crate) fn new(password: &str, series: &str) -> Self {
        let inbox = Folder { uid_validity: 1, ..Folder::default() };
        Self {
            password: Secret::new(password.to_owned()),
            locked: false,
            last_login_ms: None,
            series: series.to_owned(),
            issued: 0,
            used: BTreeSet::new(),
            next_validity: 2,
            folders: BTreeMap::from([(INBOX.to_owned(), inbox)]),
        }
    }

    pub(crate) fn folder(&self, name: &str) -> Option<&Folder> {
        self.folders.get(name)
    }

    pub(crate) fn folder_mut(&mut self, name: &str) -> Option<&mut Folder> {
        self.folders.get_mut(name)
    }

    pub(crate) fn folder_names(&self) -> impl Iterator<Item = &str> {
        self.folders.keys().map(String::as_str)
    }

    /// False if it is there, or if there may be no more, or if the name is no name.
    pub(crate) fn create(&mut self, name: &str) -> bool {
        let allowed = !name.is_empty() && name.len() <= FOLDER_NAME_OCTETS_MAX && self.folders.len() < FOLDERS_MAX;
        if !allowed || self.folders.contains_key(name) {
            return false;
        }
        self.folders.insert(name.to_owned(), Folder { uid_validity: self.next_validity, ..Folder::default() });
        self.next_validity += 1;
        true
    }

    pub(crate) fn inbox(&self) -> &[Message] {
        self.folders.get(INBOX).map_or(&[], |folder| &folder.messages)
    }

    /// A new message at the end of the INBOX. Without an id it gets the next of the series. Nothing if the id was used.
    pub(crate) fn append(&mut self, unique_id: Option<UniqueId>, octets: Arc<Vec<u8>>) -> Option<UniqueId> {
        let unique_id = match unique_id {
            Some(chosen) => self.used.insert(chosen.clone()).then_some(chosen)?,
            None => self.next_unique_id(),
        };
        let inbox = self.folders.get_mut(INBOX)?;
        inbox.push(unique_id.clone(), octets, Flags::default());
        Some(unique_id)
    }

    /// Takes messages of the INBOX away for good.
    pub(crate) fn remove(&mut self, doomed: &[&UniqueId]) {
        if let Some(inbox) = self.folders.get_mut(INBOX) {
            inbox.messages.retain(|message| !doomed.contains(&&message.unique_id));
        }
    }

    /// Copies of these, in this order, at the end of a folder; each is a message of its own, with its own unique-id.
    /// False if there is no such folder.
    pub(crate) fn copy(&mut self, messages: Vec<Message>, to: &str) -> bool {
        let ids: Vec<_> = messages.iter().map(|_| self.next_unique_id()).collect();
        let Some(folder) = self.folders.get_mut(to) else { return false };
        for (message, unique_id) in messages.into_iter().zip(ids) {
            folder.push(unique_id, message.octets, message.flags);
        }
        true
    }

    /// Takes these over at the end of a folder; unique-ids stay, since the messages do. False if there is no such folder.
    pub(crate) fn take_over(&mut self, messages: Vec<Message>, to: &str) -> bool {
        let Some(folder) = self.folders.get_mut(to) else { return false };
        for message in messages {
            folder.push(message.unique_id, message.octets, message.flags);
        }
        true
    }

    pub(crate) fn stored(&self) -> Vec<Stored> {
        let stored = |(name, folder): (&String, &Folder)| {
            let of_folder = folder.messages.iter().map(|message| Stored {
                folder: name.clone(),
                unique_id: message.unique_id.clone(),
                imap_uid: message.uid,
                octets: message.octets.len() as u64,
                flags: message.flags,
            });
            of_folder.collect::<Vec<_>>()
        };
        let (inbox, others): (Vec<_>, Vec<_>) = self.folders.iter().partition(|(name, _)| name.as_str() == INBOX);
        inbox.into_iter().chain(others).flat_map(stored).collect()
    }

    pub(crate) fn message(&self, unique_id: &UniqueId) -> Option<&Message> {
        self.folders.values().flat_map(|folder| &folder.messages).find(|message| message.unique_id == *unique_id)
    }

    /// The next of the series that no message had; one may have been chosen by the caller.
    fn next_unique_id(&mut self) -> UniqueId {
        loop {
            self.issued += 1;
            let text = format!("{}.{:06}", self.series, self.issued);
            let unique_id = UniqueId::parse(text.as_bytes()).expect("it is short and not empty");
            if self.used.insert(unique_id.clone()) {
                return unique_id;
            }
        }
    }
}

impl Folder {
    /// What the next message's UID will be (RFC 3501 §2.3.1.1).
    pub(crate) fn uid_next(&self) -> u32 {
        self.uids_issued + 1
    }

    fn push(&mut self, unique_id: UniqueId, octets: Arc<Vec<u8>>, flags: Flags) {
        self.uids_issued += 1;
        self.messages.push(Message { unique_id, octets, uid: self.uids_issued, flags });
    }
}
