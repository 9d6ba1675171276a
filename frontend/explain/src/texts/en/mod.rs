//! English.

mod forecast;
mod glossary;
mod refusal;
mod tokens;

use popglass_protocol::{command::CommandName, grammar::Argument, state::State};
use popglass_session::event::Note;

use super::{ExportTexts, PictureTexts, Texts, numbers};

pub(super) const TEXTS: Texts = Texts {
    tokens: tokens::TOKENS,
    forecast: forecast::FORECAST,
    picture: PictureTexts {
        title: "The states of a POP3 session",
        state: |state| match state {
            State::Greeting => "connected",
            State::Authorization => "AUTHORIZATION",
            State::UserGiven => "AUTHORIZATION, user named",
            State::Transaction => "TRANSACTION",
            State::Update => "UPDATE",
            State::Closed => "closed",
        },
        here: "you are here",
        greeting: "the server greets",
        deletes: "the server deletes what is marked",
        no_connection: "There is no connection.",
        state_is: |state| format!("State: {state}."),
        allowed: |commands| format!("Allowed here: {commands}."),
        nothing_allowed: "No command is allowed here.",
        maildrop: |user, server| match (user, server) {
            ("", "") => "The maildrop on the server".into(),
            ("", server) => format!("The maildrop on {server}"),
            (user, "") => format!("The maildrop of {user}"),
            (user, server) => format!("The maildrop of {user} on {server}"),
        },
        maildrop_unknown: "What is in the maildrop is not known yet.",
        messages: |count| match count {
            0 => "It is empty.".into(),
            1 => "It holds 1 message.".into(),
            _ => format!("It holds {count} messages."),
        },
        marked: |marked| format!("Marked: {}.", numbers(marked, AND)),
        nothing_marked: "Nothing is marked.",
        quit: |gone, stay| match (gone, stay) {
            (0, _) => "QUIT would delete nothing.".into(),
            (1, 0) => "QUIT would delete 1 message; none stays.".into(),
            (1, 1) => "QUIT would delete 1 message; 1 stays.".into(),
            (1, stay) => format!("QUIT would delete 1 message; {stay} stay."),
            (gone, 0) => format!("QUIT would delete {gone} messages; none stays."),
            (gone, 1) => format!("QUIT would delete {gone} messages; 1 stays."),
            (gone, stay) => format!("QUIT would delete {gone} messages; {stay} stay."),
        },
        more: |count| format!("and {count} more"),
        leads: |command, from, to| format!("{command} leads from {from} to {to}."),
        locked: "Locked by this session: nobody else can open it now.",
    },
    export: ExportTexts {
        title: "Transcript of Popglass, times in UTC",
        legend: &[
            "C: the client (this page) · S: the server",
            "- something that happened to the connection · ! the server broke a rule in what came before",
            "•••••••• a secret that is not shown",
        ],
        client: "C:",
        server: "S:",
        note,
        deviation: |deviation| format!("{}: {} ({})", deviation.rule.description(), deviation.octets, deviation.rfc()),
        folded: |lines, octets| format!("… {lines} more lines of the same message, {octets} octets, not kept"),
        made_up: "Made by Popglass from its transcript. The lines are real; addresses, TCP and the number of packets are made up.",
        after_tls: "STLS: TLS begins here. What follows travelled encrypted and is shown decrypted, as a connection of its own.",
        masked: "The secret was left out.",
        shortened: |octets| format!("Shortened: on the wire the line had {octets} octets."),
    },
    command,
    value: |command, argument, value| match (command, argument) {
        (CommandName::Dele, Argument::MessageNumber) => format!("Marks message {value} for deletion."),
        (CommandName::Retr, Argument::MessageNumber) => format!("Fetches message {value}."),
        (CommandName::Top, Argument::MessageNumber) => format!("The header of message {value}, and lines of its body."),
        (CommandName::List | CommandName::ListOne, Argument::MessageNumber) => format!("The size of message {value}."),
        (CommandName::Uidl | CommandName::UidlOne, Argument::MessageNumber) => {
            format!("The unique-id of message {value}.")
        }
        (_, Argument::LineCount) if value == "0" => "The header alone.".into(),
        (_, Argument::LineCount) => format!("The header and the first {value} lines of the body."),
        (_, Argument::Mechanism) => tokens::mechanism(value),
        (_, Argument::LanguageTag) if value == "*" => "Whatever language the server likes best.".into(),
        (_, Argument::LanguageTag) => format!("The language with the tag {value}."),
        _ => command_sentence(command),
    },
    argument_short: |argument| match argument {
        Argument::Keyword => "command",
        Argument::UserName => "name",
        Argument::Password => "password",
        Argument::Digest => "digest",
        Argument::Mechanism => "mechanism",
        Argument::InitialResponse => "response",
        Argument::MessageNumber => "n",
        Argument::LineCount => "lines",
        Argument::LanguageTag => "language",
    },
    refusal: refusal::refusal,
    glossary: glossary::GLOSSARY,
};

const AND: &str = "and";
const OR: &str = "or";

fn command_sentence(name: CommandName) -> String {
    command(name).into()
}

fn command(command: CommandName) -> &'static str {
    match command {
        CommandName::Capa => "Asks which extensions the server has.",
        CommandName::User => "Says whose mailbox it is about. PASS has to follow.",
        CommandName::Pass => "Gives the password. It travels as it is, so only TLS keeps it from others.",
        CommandName::Apop => "Logs in with a digest of the greeting’s stamp and the password, instead of the password.",
        CommandName::Auth => "Logs in by a SASL mechanism, in questions and answers.",
        CommandName::AuthList => "Asks which mechanisms there are, as it was done before CAPA.",
        CommandName::Stls => "Asks to start TLS on this connection.",
        CommandName::Utf8 => "Asks to send names and messages in all of the world’s scripts.",
        CommandName::Lang => "Asks in which languages the server can speak.",
        CommandName::LangOne => "Asks the server to speak this language.",
        CommandName::Stat => "Asks how many messages there are, and how many octets they have together.",
        CommandName::List => "Asks for number and size of every message.",
        CommandName::ListOne => "Asks for the size of one message.",
        CommandName::Uidl => "Asks for the unique-id of every message.",
        CommandName::UidlOne => "Asks for the unique-id of one message.",
        CommandName::Top => "Asks for the header of a message and some lines of its body.",
        CommandName::Retr => "Asks for a whole message.",
        CommandName::Dele => "Marks a message for deletion. QUIT deletes it.",
        CommandName::Rset => "Takes back all marks of this session.",
        CommandName::Noop => "Does nothing, but shows that the client is still there.",
        CommandName::Quit => "Ends the session. After a login, what is marked is deleted now.",
    }
}

fn note(note: &Note) -> String {
    match note {
        Note::SandboxOpened => "the practice server in the page’s memory answers".into(),
        Note::Dialling { target, .. } => format!("the bridge calls {target}"),
        Note::Connected { .. } => "connected".into(),
        Note::TlsStands { version, suite } => format!("TLS stands: {version}, {suite}"),
        Note::TlsFailed(_) => "TLS failed".into(),
        Note::ClosedByClient => "the client closed the connection".into(),
        Note::ClosedByServer => "the server closed the connection".into(),
        Note::BridgeFailed(_) => "the bridge gave up".into(),
    }
}
