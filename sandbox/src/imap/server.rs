//! One IMAP session's server: which command is next, in which state it is allowed, and when the client is told of
//! changes. What the commands do is in `answer` and `change`. Knows no sockets.

use std::{collections::VecDeque, mem};

use imap_codec::{CommandCodec, GreetingCodec, ResponseCodec, decode::Decoder as _, encode::Encoder as _};
use imap_types::{
    bounded_static::IntoBoundedStatic as _,
    command::{Command, CommandBody},
    core::{Tag, Text},
    fetch::{MessageDataItem, MessageDataItemName},
    response::{Data, Greeting, Response, Status},
};

use crate::{
    World,
    imap::{
        BAD_COMMANDS_MAX, FAILED_LOGINS_MAX, Output,
        answer::capability,
        fetch,
        framing::{Found, Input},
        view::{Change, View},
    },
    mailbox::Message,
};

/// A session's server. Drain [`Server::poll_output`] until [`Output::Idle`] after every call that changes it.
#[derive(Debug)]
pub struct Server {
    pub(super) world: World,
    greeted: bool,
    over: bool,
    /// Who logged in.
    pub(super) user: Option<String>,
    /// The folder that is selected.
    pub(super) view: Option<View>,
    /// IDLE under way, to be ended by DONE.
    idling: Option<Tag<'static>>,
    input: Input,
    queue: VecDeque<Item>,
    pub(super) failed_logins: u32,
    bad_commands: u32,
}

/// What is still to be said.
#[derive(Debug)]
enum Item {
    Octets(Vec<u8>),
    /// One message at a time, so that no more than one is held twice.
    Fetch(Fetching),
    Close,
}

/// A FETCH under way.
#[derive(Debug)]
pub(super) struct Fetching {
    pub(super) tag: Tag<'static>,
    /// Sequence numbers and UIDs still to come.
    pub(super) left: VecDeque<(u32, u32)>,
    pub(super) names: Vec<MessageDataItemName<'static>>,
    pub(super) by_uid: bool,
}

/// How a command ends: by a tagged OK, by a tagged NO, or later.
pub(super) enum Ending {
    Ok(&'static str),
    No(&'static str),
    /// The arguments are none.
    Bad(&'static str),
    /// Tagged OK or NO with these octets of a response, already made.
    Said,
}

impl Server {
    /// A server on a fresh connection; its greeting is the first output.
    #[must_use]
    pub fn new(world: World) -> Self {
        Self {
            world,
            greeted: false,
            over: false,
            user: None,
            view: None,
            idling: None,
            input: Input::default(),
            queue: VecDeque::new(),
            failed_logins: 0,
            bad_commands: 0,
        }
    }

    /// Octets from the client, cut in any way. More than [`crate::imap::INPUT_OCTETS_MAX`] in waiting end the session.
    pub fn handle_input(&mut self, octets: &[u8]) {
        if !self.over && self.input.push(octets).is_err() {
            self.end();
        }
    }

    /// The world may have changed: a message was delivered, or another session has done something. A client that waits
    /// by IDLE is told; another learns of it with its next command (RFC 2177, RFC 3501 §5.2).
    pub fn handle_world_changed(&mut self) {
        if self.idling.is_some() {
            self.tell_changes(true);
        }
    }

    /// What to do next.
    pub fn poll_output(&mut self) -> Output {
        if !mem::replace(&mut self.greeted, true) {
            let greeting = Greeting::ok(None, "Popglass shows you IMAP").expect("it is text");
            self.queue.push_back(Item::Octets(GreetingCodec::default().encode(&greeting).dump()));
        }
        loop {
            match self.queue.pop_front() {
                Some(Item::Octets(octets)) => return Output::Transmit(octets),
                Some(Item::Close) => return Output::Close,
                Some(Item::Fetch(fetching)) => self.fetch_one(fetching),
                None if self.over || !self.take_command() => return Output::Idle,
                None => {}
            }
        }
    }

    /// False if no command is complete.
    fn take_command(&mut self) -> bool {
        match self.input.take() {
            None => return false,
            Some(Found::LiteralAnnounced) => self.queue.push_back(Item::Octets(b"+ go on\r\n".to_vec())),
            Some(Found::LineTooLong) => self.refuse_unread(b"", "the line is too long"),
            Some(Found::LiteralTooLarge { before, waits }) => {
                self.refuse_unread(&before, "the literal is too large");
                if !waits {
                    // What follows belongs to it, and may be anything.
                    self.bye("the literal is too large");
                }
            }
            Some(Found::Command(octets)) => self.handle_command(&octets),
        }
        true
    }

    fn handle_command(&mut self, octets: &[u8]) {
        if let Some(tag) = self.idling.take() {
            if octets.eq_ignore_ascii_case(b"DONE\r\n") {
                self.tell_changes(true);
                self.ok(tag, "you need not wait any more");
            } else {
                self.refuse_unread(b"", "only DONE ends IDLE");
            }
            return;
        }
        match CommandCodec::default().decode(octets) {
            Ok((_, command)) => self.answer(command),
            Err(_) => self.refuse_unread(octets, "that is no command that I know"),
        }
    }

    fn answer(&mut self, Command { tag, body }: Command<'_>) {
        let tag = tag.into_static();
        let (may_expunge, ending) = (may_expunge(&body), self.carry_out(&tag, body));
        match ending {
            Ending::Said => return,
            // What changed is told before the command's end (RFC 3501 §7).
            Ending::Ok(_) | Ending::No(_) if self.idling.is_none() => self.tell_changes(may_expunge),
            _ => {}
        }
        match ending {
            Ending::Ok(text) => self.ok(tag, text),
            Ending::No(text) => self.status(Status::no(Some(tag), None, text)),
            Ending::Bad(text) => self.refuse(Some(tag), text),
            Ending::Said => {}
        }
        if self.failed_logins >= FAILED_LOGINS_MAX {
            self.bye("too many failed logins");
        }
    }

    fn carry_out(&mut self, tag: &Tag<'static>, body: CommandBody<'_>) -> Ending {
        match (body, self.user.clone()) {
            (CommandBody::Capability, _) => {
                self.data(Data::Capability(capability()));
                Ending::Ok("that is all")
            }
            (CommandBody::Noop, _) => Ending::Ok("still here"),
            (CommandBody::Logout, _) => {
                self.status(Status::bye(None, "goodbye"));
                self.ok(tag.clone(), "logged out");
                self.end();
                Ending::Said
            }
            (CommandBody::Login { username, password }, None) => {
                self.log_in(username.as_ref(), password.declassify().as_ref())
            }
            (CommandBody::Login { .. }, Some(_)) => Ending::Bad("you are logged in already"),
            (_, None) => Ending::No("log in first"),
            (CommandBody::Idle, Some(_)) => {
                self.queue.push_back(Item::Octets(b"+ waiting for you to say DONE\r\n".to_vec()));
                self.idling = Some(tag.clone());
                self.tell_changes(true);
                Ending::Said
            }
            (body, Some(user)) => self.answer_user(tag, body, &user),
        }
    }

    /// One message of a FETCH, and its end behind the last.
    fn fetch_one(&mut self, mut fetching: Fetching) {
        let Some((number, uid)) = fetching.left.pop_front() else {
            self.tell_changes(fetching.by_uid);
            self.ok(fetching.tag, "fetched");
            return;
        };
        if let Some(message) = self.message_to_fetch(number, uid, &fetching.names) {
            let (message, marked) = message;
            let mut items = fetch::items(&message, &fetching.names);
            if marked && !fetching.names.contains(&MessageDataItemName::Flags) {
                items.push(MessageDataItem::Flags(fetch::flags(message.flags)));
            }
            if fetching.by_uid && !fetching.names.contains(&MessageDataItemName::Uid) {
                items.push(MessageDataItem::Uid(fetch::number(uid)));
            }
            self.data(Data::fetch(fetch::number(number), items).expect("at least one item was asked for"));
        }
        self.queue.push_back(Item::Fetch(fetching));
    }

    pub(super) fn begin_fetch(&mut self, fetching: Fetching) {
        self.queue.push_back(Item::Fetch(fetching));
    }

    pub(super) fn tell_changes(&mut self, may_expunge: bool) {
        let now = self.messages_now();
        let Some(view) = &mut self.view else { return };
        let Some(now) = now else {
            return;
        };
        for change in view.follow(&now, may_expunge) {
            self.data(match change {
                Change::Expunged(number) => Data::Expunge(fetch::number(number)),
                Change::Exists(count) => Data::Exists(count),
                Change::Flags(number, flags) => {
                    let items = MessageDataItem::Flags(fetch::flags(flags)).into();
                    Data::Fetch { seq: fetch::number(number), items }
                }
            });
        }
    }

    /// What lies in the selected folder now.
    pub(super) fn messages_now(&self) -> Option<Vec<Message>> {
        let (user, view) = (self.user.as_ref()?, self.view.as_ref()?);
        let look = |folder: &crate::mailbox::Folder| folder.messages.clone();
        self.world.with(user, |mailbox| mailbox.folder(&view.folder).map(look)).flatten()
    }

    pub(super) fn data(&mut self, data: Data<'_>) {
        self.respond(&Response::Data(data));
    }

    pub(super) fn ok(&mut self, tag: Tag<'static>, text: &'static str) {
        self.status(Status::ok(Some(tag), None, text));
    }

    /// A text of our own cannot fail.
    pub(super) fn status<E>(&mut self, status: Result<Status<'_>, E>) {
        if let Ok(status) = status {
            self.respond(&Response::Status(status));
        }
    }

    fn respond(&mut self, response: &Response<'_>) {
        self.queue.push_back(Item::Octets(ResponseCodec::default().encode(response).dump()));
    }

    /// BAD, with the tag that stands first if one does.
    fn refuse_unread(&mut self, octets: &[u8], text: &'static str) {
        let word = octets.split(|octet| matches!(octet, b' ' | b'\r')).next().unwrap_or_default();
        self.refuse(Tag::try_from(word.to_vec()).ok(), text);
    }

    fn refuse(&mut self, tag: Option<Tag<'static>>, text: &'static str) {
        self.status(Status::bad(tag, None, text));
        self.bad_commands += 1;
        if self.bad_commands >= BAD_COMMANDS_MAX {
            self.bye("too much that I do not understand");
        }
    }

    fn bye(&mut self, text: &'static str) {
        if !self.over {
            self.respond(&Response::Status(Status::Bye {
                code: None,
                text: Text::try_from(text).expect("it is text"),
            }));
            self.end();
        }
    }

    fn end(&mut self) {
        self.over = true;
        (self.view, self.idling) = (None, None);
        self.input.clear();
        self.queue.push_back(Item::Close);
    }
}

/// RFC 3501 §7.4.1: numbers stay as they are while they are being used.
fn may_expunge(body: &CommandBody<'_>) -> bool {
    !matches!(
        body,
        CommandBody::Fetch { uid: false, .. }
            | CommandBody::Store { uid: false, .. }
            | CommandBody::Search { uid: false, .. }
    )
}
