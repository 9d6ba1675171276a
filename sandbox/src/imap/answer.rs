//! What is answered to commands that look: logging in, folders, SELECT, STATUS, FETCH, SEARCH.

use std::borrow::Cow;

use imap_types::{
    bounded_static::IntoBoundedStatic as _,
    command::CommandBody,
    core::{NonEmptyVec, QuotedChar, Tag},
    fetch::{MacroOrMessageDataItemNames, MessageDataItemName},
    flag::{Flag, FlagNameAttribute, FlagPerm},
    mailbox::{ListMailbox, Mailbox},
    response::{Capability, Code, Data, Status},
    search::SearchKey,
    sequence::SequenceSet,
    status::{StatusDataItem, StatusDataItemName},
};

use crate::{
    imap::{
        fetch::{self, number},
        search::Candidate,
        server::{Ending, Fetching, Server},
        view::View,
    },
    mailbox::{Folder, INBOX, Message},
};

const NO_FOLDER: Ending = Ending::No("there is no such folder");
pub(super) const NOTHING_SELECTED: Ending = Ending::Bad("select a folder first");

/// What stands between a folder and one within it.
const DELIMITER: char = '/';

pub(super) fn capability() -> NonEmptyVec<Capability<'static>> {
    NonEmptyVec::try_from(vec![Capability::Imap4Rev1, Capability::Idle, Capability::Move]).expect("there are three")
}

/// A folder's name; `INBOX` in any case of letters is that (RFC 3501 §5.1). Nothing if it is not ASCII.
pub(super) fn name_of(mailbox: &Mailbox<'_>) -> Option<String> {
    let name = match mailbox {
        Mailbox::Inbox => return Some(INBOX.to_owned()),
        Mailbox::Other(other) => String::from_utf8(other.inner().as_ref().to_vec()).ok()?,
    };
    let plain = name.bytes().all(|octet| matches!(octet, b' '..=b'~') && !matches!(octet, b'%' | b'*'));
    plain.then(|| name.trim_end_matches(DELIMITER).to_owned()).filter(|name| !name.is_empty())
}

fn mailbox_named(name: &str) -> Mailbox<'static> {
    Mailbox::try_from(name.to_owned()).unwrap_or(Mailbox::Inbox)
}

impl Server {
    pub(super) fn log_in(&mut self, user: &[u8], password: &[u8]) -> Ending {
        let user = String::from_utf8_lossy(user).into_owned();
        let right = self.world.password_of(&user).is_some_and(|expected| expected.expose().as_bytes() == password);
        if !right {
            self.failed_logins += 1;
            // RFC 5530 §3.
            return Ending::No("[AUTHENTICATIONFAILED] user name or password is wrong");
        }
        self.user = Some(user);
        Ending::Ok("welcome")
    }

    /// Commands of a user who is logged in.
    pub(super) fn answer_user(&mut self, tag: &Tag<'static>, body: CommandBody<'_>, user: &str) -> Ending {
        match body {
            CommandBody::List { reference, mailbox_wildcard } => self.list(user, &reference, &mailbox_wildcard),
            CommandBody::Create { mailbox } => match name_of(&mailbox) {
                Some(name) if self.world.create_folder(user, &name) => Ending::Ok("created"),
                _ => Ending::No("it is there already, or no more are possible, or that is no name"),
            },
            CommandBody::Select { mailbox } => self.select(tag, user, &mailbox, false),
            CommandBody::Examine { mailbox } => self.select(tag, user, &mailbox, true),
            CommandBody::Status { mailbox, item_names } => self.folder_status(user, mailbox, &item_names),
            CommandBody::Fetch { sequence_set, macro_or_item_names, uid } => {
                self.fetch(tag, &sequence_set, macro_or_item_names, uid)
            }
            CommandBody::Search { charset, criteria, uid } => {
                let known = charset.is_none_or(|charset| {
                    ["US-ASCII", "UTF-8"].iter().any(|known| charset.as_ref().eq_ignore_ascii_case(known))
                });
                if known {
                    self.search(&criteria, uid)
                } else {
                    Ending::No("[BADCHARSET (US-ASCII UTF-8)] say it in UTF-8")
                }
            }
            body => self.answer_change(body, user),
        }
    }

    fn list(&mut self, user: &str, reference: &Mailbox<'_>, pattern: &ListMailbox<'_>) -> Ending {
        let delimiter = QuotedChar::try_from(DELIMITER).ok();
        let pattern = match pattern {
            ListMailbox::Token(token) => token.as_ref(),
            ListMailbox::String(string) => string.as_ref(),
        };
        if pattern.is_empty() {
            // RFC 3501 §6.3.8: a question for the delimiter.
            let mailbox = Mailbox::try_from("").expect("an empty name can be written");
            self.data(Data::List { items: vec![FlagNameAttribute::Noselect], delimiter, mailbox });
            return Ending::Ok("that is what separates");
        }
        let reference: &[u8] = match reference {
            Mailbox::Inbox => INBOX.as_bytes(),
            Mailbox::Other(other) => other.inner().as_ref(),
        };
        let pattern = [reference, pattern].concat();
        for name in self.world.folders(user) {
            let fits = matches(&pattern, name.as_bytes()) || name == INBOX && pattern.eq_ignore_ascii_case(b"INBOX");
            if fits {
                self.data(Data::List { items: Vec::new(), delimiter, mailbox: mailbox_named(&name) });
            }
        }
        Ending::Ok("listed")
    }

    fn select(&mut self, tag: &Tag<'static>, user: &str, mailbox: &Mailbox<'_>, read_only: bool) -> Ending {
        // RFC 3501 §6.3.1: even a SELECT that fails leaves what was selected.
        self.view = None;
        let look = |folder: &Folder| (folder.uid_validity, folder.uid_next(), folder.messages.clone());
        let name = name_of(mailbox);
        let found =
            name.as_ref().and_then(|name| self.world.with(user, |mailbox| mailbox.folder(name).map(look)).flatten());
        let (Some(name), Some((uid_validity, uid_next, messages))) = (name, found) else { return NO_FOLDER };
        let flags = [Flag::Answered, Flag::Flagged, Flag::Deleted, Flag::Seen, Flag::Draft];
        let permanent = if read_only { Vec::new() } else { flags.clone().map(FlagPerm::Flag).to_vec() };
        self.data(Data::Flags(flags.to_vec()));
        self.data(Data::Exists(messages.len() as u32));
        self.data(Data::Recent(0));
        if let Some(first) = (1..).zip(&messages).find(|(_, message)| !message.flags.seen).map(|(first, _)| first) {
            self.status(Status::ok(None, Some(Code::Unseen(number(first))), "the first that nobody has seen"));
        }
        self.status(Status::ok(None, Some(Code::PermanentFlags(permanent)), "flags that stay"));
        self.status(Status::ok(None, Some(Code::UidNext(number(uid_next))), "the next UID"));
        self.status(Status::ok(None, Some(Code::UidValidity(number(uid_validity))), "UIDs hold as long as this"));
        self.view = Some(View::new(&name, read_only, &messages));
        let code = if read_only { Code::ReadOnly } else { Code::ReadWrite };
        self.status(Status::ok(Some(tag.clone()), Some(code), "selected"));
        Ending::Said
    }

    fn folder_status(&mut self, user: &str, mailbox: Mailbox<'_>, names: &[StatusDataItemName]) -> Ending {
        let count = |messages: &[Message], wanted: fn(&&Message) -> bool| messages.iter().filter(wanted).count() as u32;
        let look = |folder: &Folder| {
            let item = |name: &StatusDataItemName| match name {
                StatusDataItemName::Messages => StatusDataItem::Messages(folder.messages.len() as u32),
                StatusDataItemName::Recent => StatusDataItem::Recent(0),
                StatusDataItemName::UidNext => StatusDataItem::UidNext(number(folder.uid_next())),
                StatusDataItemName::UidValidity => StatusDataItem::UidValidity(number(folder.uid_validity)),
                StatusDataItemName::Unseen => {
                    StatusDataItem::Unseen(count(&folder.messages, |message| !message.flags.seen))
                }
                StatusDataItemName::Deleted => {
                    StatusDataItem::Deleted(count(&folder.messages, |message| message.flags.deleted))
                }
                StatusDataItemName::DeletedStorage => {
                    let deleted = folder.messages.iter().filter(|message| message.flags.deleted);
                    StatusDataItem::DeletedStorage(deleted.map(|message| message.octets.len() as u64).sum())
                }
            };
            names.iter().map(item).collect::<Vec<_>>()
        };
        let name = name_of(&mailbox);
        let items = name.and_then(|name| self.world.with(user, |mailbox| mailbox.folder(&name).map(look)).flatten());
        let Some(items) = items else { return NO_FOLDER };
        self.data(Data::Status { mailbox, items: Cow::Owned(items) });
        Ending::Ok("that is how it is")
    }

    fn fetch(
        &mut self,
        tag: &Tag<'static>,
        set: &SequenceSet,
        asked: MacroOrMessageDataItemNames<'_>,
        by_uid: bool,
    ) -> Ending {
        let Some(view) = &self.view else { return NOTHING_SELECTED };
        let Some(names) = fetch::names(asked.into_static()) else {
            return Ending::No("parts of MIME are not offered here");
        };
        let left = view.named(set, by_uid).into();
        self.begin_fetch(Fetching { tag: tag.clone(), left, names, by_uid });
        Ending::Said
    }

    /// The message, if it is still there, and whether fetching it has set `\Seen`. The view then knows of that.
    pub(super) fn message_to_fetch(
        &mut self,
        number: u32,
        uid: u32,
        names: &[MessageDataItemName<'_>],
    ) -> Option<(Message, bool)> {
        let (user, view) = (self.user.as_ref()?, self.view.as_mut()?);
        let reads = !view.read_only && names.iter().any(fetch::marks_seen);
        let look = |folder: &mut Folder| {
            let message = folder.messages.iter_mut().find(|message| message.uid == uid)?;
            let marked = reads && !message.flags.seen;
            message.flags.seen |= marked;
            Some((message.clone(), marked))
        };
        let found = self.world.with_mut(user, |mailbox| mailbox.folder_mut(&view.folder).and_then(look)).flatten()?;
        if found.1 || names.contains(&MessageDataItemName::Flags) {
            view.told(number, found.0.flags);
        }
        Some(found)
    }

    fn search(&mut self, key: &SearchKey<'_>, by_uid: bool) -> Ending {
        let now = self.messages_now().unwrap_or_default();
        let Some(view) = &self.view else { return NOTHING_SELECTED };
        let all = view.all();
        let largest = all.last().copied().unwrap_or_default();
        let fits = |(number, uid): &(u32, u32)| {
            let message = now.iter().find(|message| message.uid == *uid);
            message.is_some_and(|message| Candidate { message, number: *number, largest }.fits(key))
        };
        let found = all.into_iter().filter(fits);
        let found = found.map(|(number, uid)| fetch::number(if by_uid { uid } else { number })).collect();
        self.data(Data::Search(found));
        Ending::Ok("searched")
    }
}

/// `*` stands for anything, `%` for anything without the delimiter (RFC 3501 §6.3.8). Takes time by the product of the
/// lengths, whatever the pattern.
fn matches(pattern: &[u8], name: &[u8]) -> bool {
    let mut reached = vec![false; name.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for letter in pattern {
        let mut next = vec![false; name.len() + 1];
        let mut run = false;
        for (place, slot) in next.iter_mut().enumerate() {
            let here = reached.get(place) == Some(&true);
            let before = place.checked_sub(1);
            let passed = before.and_then(|before| name.get(before)).copied();
            *slot = match letter {
                b'*' | b'%' => {
                    let goes_on = run && (*letter == b'*' || passed != Some(DELIMITER as u8));
                    run = here || goes_on;
                    run
                }
                _ => passed == Some(*letter) && before.and_then(|before| reached.get(before)) == Some(&true),
            };
        }
        reached = next;
    }
    reached.last() == Some(&true)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn rfc3501_section6_3_8_wildcards_match_with_and_without_the_delimiter() {
        for (pattern, name, expected) in [
            ("*", "INBOX", true),
            ("%", "INBOX", true),
            ("%", "Work/2026", false),
            ("*", "Work/2026", true),
            ("Work/%", "Work/2026", true),
            ("W*6", "Work/2026", true),
            ("W%6", "Work/2026", false),
            ("Work", "Work/2026", false),
            ("*********x", "aaaaaaaaaaaaaaaaaaaaaaaa", false),
            ("", "a", false),
            ("a%", "a", true),
        ] {
            assert_eq!(matches(pattern.as_bytes(), name.as_bytes()), expected, "{pattern} {name}");
        }
    }
}
