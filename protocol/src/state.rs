//! The one transition table of POP3: which command in which state, what shape its reply has, and where `+OK` leads.
//! Client and server both read it. RFC 1939 §3-§6 draws the same picture in words. Knows no octets.

use crate::command::CommandName;

/// Where a session is (RFC 1939 §3). `UserGiven` is the half-way house between USER and PASS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum State {
    /// Connected; the server's greeting has not come yet.
    Greeting,
    /// AUTHORIZATION: who are you?
    Authorization,
    /// AUTHORIZATION, and USER was accepted: PASS comes next.
    UserGiven,
    /// TRANSACTION: the maildrop is open and locked.
    Transaction,
    /// UPDATE: QUIT was accepted in TRANSACTION; what was marked is deleted.
    Update,
    /// The session is over.
    Closed,
}

impl State {
    /// All of them, for tables and tests.
    pub const ALL: [Self; 6] =
        [Self::Greeting, Self::Authorization, Self::UserGiven, Self::Transaction, Self::Update, Self::Closed];

    /// The name that the RFC gives the state; the two half-states go by their whole.
    #[must_use]
    pub fn rfc_name(self) -> &'static str {
        match self {
            Self::Greeting | Self::Authorization | Self::UserGiven => "AUTHORIZATION",
            Self::Transaction => "TRANSACTION",
            Self::Update => "UPDATE",
            Self::Closed => "CLOSED",
        }
    }
}

/// What a reply to a command looks like once its status indicator says `+OK`. `-ERR` is always one line
/// (RFC 1939 §3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReplyShape {
    /// The status line is all.
    SingleLine,
    /// Lines of a listing follow, up to the line with a lone dot (RFC 1939 §3, multi-line response).
    Listing,
    /// A message follows, dot-stuffed, up to the line with a lone dot.
    Message,
    /// Challenges, each answered by a response line, come before the status line (RFC 5034 §4).
    Exchange,
}

/// One row: this command in this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transition {
    /// The state in which the command may be given.
    pub from: State,
    /// The command.
    pub command: CommandName,
    /// The shape of its `+OK` reply.
    pub reply: ReplyShape,
    /// Where `+OK` leads. `-ERR` leads nowhere, but for PASS, which falls back to AUTHORIZATION, and QUIT.
    pub on_ok: State,
}

const fn row(from: State, command: CommandName, reply: ReplyShape, on_ok: State) -> Transition {
    Transition { from, command, reply, on_ok }
}

/// The table. A pair that is not in it is not POP3.
pub const TRANSITIONS: &[Transition] = {
    use CommandName::{
        Apop, Auth, AuthList, Capa, Dele, Lang, LangOne, List, ListOne, Noop, Pass, Quit, Retr, Rset, Stat, Stls, Top,
        Uidl, UidlOne, User, Utf8,
    };
    use ReplyShape::{Exchange, Listing, Message, SingleLine};
    use State::{Authorization, Closed, Transaction, Update, UserGiven};
    &[
        row(Authorization, Capa, Listing, Authorization),
        row(Authorization, User, SingleLine, UserGiven),
        row(Authorization, Apop, SingleLine, Transaction),
        row(Authorization, Auth, Exchange, Transaction),
        row(Authorization, AuthList, Listing, Authorization),
        row(Authorization, Utf8, SingleLine, Authorization),
        row(Authorization, Lang, Listing, Authorization),
        row(Authorization, LangOne, SingleLine, Authorization),
        // After STLS a session is in AUTHORIZATION as if new, but without a second greeting (RFC 2595 §4).
        row(Authorization, Stls, SingleLine, Authorization),
        row(Authorization, Quit, SingleLine, Closed),
        row(UserGiven, Capa, Listing, UserGiven),
        row(UserGiven, Pass, SingleLine, Transaction),
        row(UserGiven, User, SingleLine, UserGiven),
        row(UserGiven, Quit, SingleLine, Closed),
        row(Transaction, Capa, Listing, Transaction),
        row(Transaction, Lang, Listing, Transaction),
        row(Transaction, LangOne, SingleLine, Transaction),
        row(Transaction, Stat, SingleLine, Transaction),
        row(Transaction, List, Listing, Transaction),
        row(Transaction, ListOne, SingleLine, Transaction),
        row(Transaction, Uidl, Listing, Transaction),
        row(Transaction, UidlOne, SingleLine, Transaction),
        row(Transaction, Top, Message, Transaction),
        row(Transaction, Retr, Message, Transaction),
        row(Transaction, Dele, SingleLine, Transaction),
        row(Transaction, Rset, SingleLine, Transaction),
        row(Transaction, Noop, SingleLine, Transaction),
        row(Transaction, Quit, SingleLine, Update),
    ]
};

/// The row for a command in a state, if there is one.
///
/// ```
/// use popglass_protocol::{command::CommandName, state::{State, transition}};
/// assert!(transition(State::Authorization, CommandName::Retr).is_none());
/// assert_eq!(transition(State::Transaction, CommandName::Quit).unwrap().on_ok, State::Update);
/// ```
#[must_use]
pub fn transition(from: State, command: CommandName) -> Option<&'static Transition> {
    TRANSITIONS.iter().find(|row| row.from == from && row.command == command)
}

/// What a command goes by in a state that it has no place in, for a client that lets its user type anything: a server
/// refuses it as a rule. One that says `+OK` all the same has logged the user in or agreed to TLS where the command does
/// that; any other command leaves the state as it is.
///
/// ```
/// use popglass_protocol::{command::CommandName, state::{ReplyShape, State, out_of_place}};
/// let row = out_of_place(State::Authorization, CommandName::Retr);
/// assert_eq!((row.reply, row.on_ok), (ReplyShape::Message, State::Authorization));
/// assert_eq!(out_of_place(State::Authorization, CommandName::Pass).on_ok, State::Transaction);
/// ```
#[must_use]
pub fn out_of_place(state: State, command: CommandName) -> Transition {
    let in_place = TRANSITIONS.iter().find(|row| row.command == command);
    let reply = in_place.map_or(ReplyShape::SingleLine, |row| row.reply);
    let on_ok = match (state, command) {
        (
            State::Authorization | State::UserGiven,
            CommandName::Pass | CommandName::Apop | CommandName::Auth | CommandName::Stls,
        ) => in_place.map_or(state, |row| row.on_ok),
        _ => state,
    };
    Transition { from: state, command, reply, on_ok }
}

/// The state after a reply. A refused PASS falls back to AUTHORIZATION (RFC 1939 §7); a refused QUIT in TRANSACTION
/// still ends the session: the server could not remove all messages (RFC 1939 §6).
#[must_use]
pub fn after_reply(row: &Transition, accepted: bool) -> State {
    match (accepted, row.command) {
        (true, _) => row.on_ok,
        (false, CommandName::Pass | CommandName::User) => State::Authorization,
        (false, CommandName::Quit) => State::Closed,
        (false, _) => row.from,
    }
}
