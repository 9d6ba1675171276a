//! What is answered to commands that change the selected folder: STORE, COPY, MOVE, EXPUNGE, CLOSE.

use imap_types::{
    command::CommandBody,
    fetch::MessageDataItem,
    flag::{Flag, StoreResponse, StoreType},
    mailbox::Mailbox,
    response::Data,
    sequence::SequenceSet,
};

use crate::{
    imap::{
        answer::{NOTHING_SELECTED, name_of},
        fetch,
        server::{Ending, Server},
    },
    mailbox::{Flags, Folder},
};

const READ_ONLY: Ending = Ending::No("the folder was opened to be looked at only");

/// The flags that a STORE names, and how they are to be set.
struct Wanted {
    flags: Flags,
    kind: StoreType,
}

impl Server {
    pub(super) fn answer_change(&mut self, body: CommandBody<'_>, user: &str) -> Ending {
        let Some(view) = &self.view else {
            return match body {
                CommandBody::Store { .. }
                | CommandBody::Copy { .. }
                | CommandBody::Move { .. }
                | CommandBody::Expunge
                | CommandBody::Check
                | CommandBody::Close => NOTHING_SELECTED,
                _ => Ending::No("that is not offered here"),
            };
        };
        let (read_only, folder) = (view.read_only, view.folder.clone());
        match body {
            CommandBody::Check => Ending::Ok("all is in place"),
            CommandBody::Close => {
                if !read_only {
                    self.expunge(user, &folder);
                }
                // Nobody is told (RFC 3501 §6.4.2).
                self.view = None;
                Ending::Ok("closed")
            }
            CommandBody::Store { .. } | CommandBody::Move { .. } | CommandBody::Expunge if read_only => READ_ONLY,
            CommandBody::Expunge => {
                self.expunge(user, &folder);
                Ending::Ok("expunged")
            }
            CommandBody::Store { sequence_set, kind, response, flags, uid } => {
                let wanted = Wanted { flags: named(&flags), kind };
                self.store(user, &sequence_set, uid, &wanted, response)
            }
            CommandBody::Copy { sequence_set, mailbox, uid } => {
                self.transfer(user, &sequence_set, &mailbox, uid, false)
            }
            CommandBody::Move { sequence_set, mailbox, uid } => self.transfer(user, &sequence_set, &mailbox, uid, true),
            _ => Ending::No("that is not offered here"),
        }
    }

    fn expunge(&self, user: &str, folder: &str) {
        let expunge = |folder: &mut Folder| folder.messages.retain(|message| !message.flags.deleted);
        self.world.with_mut(user, |mailbox| mailbox.folder_mut(folder).map(expunge));
    }

    fn store(
        &mut self,
        user: &str,
        set: &SequenceSet,
        by_uid: bool,
        wanted: &Wanted,
        response: StoreResponse,
    ) -> Ending {
        let Some(view) = &mut self.view else { return NOTHING_SELECTED };
        let mut told = Vec::new();
        for (number, uid) in view.named(set, by_uid) {
            let store = |folder: &mut Folder| {
                let message = folder.messages.iter_mut().find(|message| message.uid == uid)?;
                message.flags = wanted.applied_to(message.flags);
                Some(message.flags)
            };
            let folder = &view.folder;
            let stored = self.world.with_mut(user, |mailbox| mailbox.folder_mut(folder).and_then(store)).flatten();
            if let Some(flags) = stored {
                view.told(number, flags);
                told.push((number, uid, flags));
            }
        }
        for (number, uid, flags) in told {
            if response == StoreResponse::Silent {
                continue;
            }
            let mut items = vec![MessageDataItem::Flags(fetch::flags(flags))];
            if by_uid {
                items.push(MessageDataItem::Uid(fetch::number(uid)));
            }
            self.data(Data::fetch(fetch::number(number), items).expect("there is one item"));
        }
        Ending::Ok("stored")
    }

    /// COPY (RFC 3501 §6.4.7) and MOVE (RFC 6851): all or nothing.
    fn transfer(&self, user: &str, set: &SequenceSet, to: &Mailbox<'_>, by_uid: bool, moves: bool) -> Ending {
        let Some(view) = &self.view else { return NOTHING_SELECTED };
        let uids: Vec<u32> = view.named(set, by_uid).into_iter().map(|(_, uid)| uid).collect();
        let done = self.world.with_mut(user, |mailbox| {
            let to = name_of(to).filter(|to| mailbox.folder(to).is_some())?;
            let folder = mailbox.folder_mut(&view.folder)?;
            let named = |uid: &u32| uids.binary_search(uid).is_ok();
            let messages = folder.messages.iter().filter(|message| named(&message.uid)).cloned().collect();
            if moves {
                folder.messages.retain(|message| !named(&message.uid));
                return mailbox.take_over(messages, &to).then_some(());
            }
            mailbox.copy(messages, &to).then_some(())
        });
        match done.flatten() {
            Some(()) => Ending::Ok(if moves { "moved" } else { "copied" }),
            None => Ending::No("[TRYCREATE] there is no such folder"),
        }
    }
}

impl Wanted {
    fn applied_to(&self, flags: Flags) -> Flags {
        let apply = |has: bool, named: bool| match self.kind {
            StoreType::Replace => named,
            StoreType::Add => has || named,
            StoreType::Remove => has && !named,
        };
        Flags {
            seen: apply(flags.seen, self.flags.seen),
            answered: apply(flags.answered, self.flags.answered),
            flagged: apply(flags.flagged, self.flags.flagged),
            deleted: apply(flags.deleted, self.flags.deleted),
            draft: apply(flags.draft, self.flags.draft),
        }
    }
}

/// Keywords are not kept, as PERMANENTFLAGS says.
fn named(flags: &[Flag<'_>]) -> Flags {
    Flags {
        seen: flags.contains(&Flag::Seen),
        answered: flags.contains(&Flag::Answered),
        flagged: flags.contains(&Flag::Flagged),
        deleted: flags.contains(&Flag::Deleted),
        draft: flags.contains(&Flag::Draft),
    }
}
