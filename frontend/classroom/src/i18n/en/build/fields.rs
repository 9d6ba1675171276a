//! English: the fields of the scenario builder.

use popglass_lessons::format::{Door, Pane};

use crate::{
    app::{
        DeviceField, EventField, FaultField, Field, GoalField, MessageField, QuestionField, ServerField, TerminalField,
        UserField, Words,
    },
    i18n::{Language, en::lesson::MOVES},
};

pub(super) fn field(field: &Field) -> String {
    let said = match field {
        Field::Minutes => "Minutes it takes",
        Field::HasLanguage(Language::En) => "Texts in English",
        Field::HasLanguage(Language::De) => "Texts in German",
        Field::Words(_, words) => return text(*words),
        Field::Attacker => "On the wire sits",
        Field::Days => "Days that can go by",
        Field::Pane(pane) => shown(*pane),
        Field::Server(_, it) => server(*it),
        Field::Fault(_, _, FaultField::Place) => "At",
        Field::Fault(_, _, FaultField::Time) => "Which time",
        Field::Fault(_, _, FaultField::Kind) => "the server",
        Field::Fault(_, _, FaultField::Detail) => "Detail",
        Field::User(_, _, UserField::Name) => "Name",
        Field::User(_, _, UserField::Password) => "Password",
        Field::User(_, _, UserField::Shuffled) => "Messages in an order that the seed decides",
        Field::Message(_, _, _, it) => message(*it),
        Field::Terminal(_, TerminalField::Name) => "Name",
        Field::Terminal(_, TerminalField::Server) => "Server",
        Field::Door(_, door) => return format!("Door: {}", (MOVES.door)(*door)),
        Field::Device(_, it) => device(*it),
        Field::Question(_, QuestionField::Kind) => "The answer is",
        Field::Question(_, QuestionField::Answer) => "Right answer",
        Field::Question(_, QuestionField::After) => "It can be answered",
        Field::LeavesOpen(_) => "It must leave open",
        Field::IsRight(..) => "This option is right",
        Field::Goal(_, it) => goal(*it),
        Field::Member(_, id) => id,
        Field::Event(_, _, _, it) => event(*it),
    };
    said.to_owned()
}

fn text(words: Words) -> String {
    match words {
        Words::Title => "Title".into(),
        Words::Goal => "Goal in one sentence".into(),
        Words::Story => "Story".into(),
        Words::Hint(place) => format!("Hint {}", place + 1),
        Words::Praise => "Praise at the end".into(),
        Words::Card => "Card to remember".into(),
        Words::Task(_) => "What is to be done".into(),
        Words::Question(_) => "Question".into(),
        Words::Wrong(_) => "What is said to a wrong answer".into(),
        Words::DeadEnd(_) => "What is said to learners".into(),
        Words::Option(..) => "Option".into(),
    }
}

fn shown(pane: Pane) -> &'static str {
    match pane {
        Pane::Terminals => "Show the terminals",
        Pane::Maildrops => "Show what lies on the server",
        Pane::State => "Show the state picture",
        Pane::Devices => "Show the devices",
        Pane::Wire => "Show what an eavesdropper sees",
        Pane::Reader => "Show fetched messages as a mail program does",
        Pane::Handshake => "Show a TLS handshake, octet by octet",
    }
}

fn server(field: ServerField) -> &'static str {
    match field {
        ServerField::Name => "Host name",
        ServerField::Minimal => "Old server: no CAPA, TOP, UIDL",
        ServerField::Stls => "Offers STLS",
        ServerField::Apop => "Offers APOP",
        ServerField::SecretsNeedTls => "Takes passwords only under TLS",
        ServerField::Certificate => "Certificate",
    }
}

fn message(field: MessageField) -> &'static str {
    match field {
        MessageField::From => "From",
        MessageField::To => "To",
        MessageField::Subject => "Subject",
        MessageField::Date => "Date",
        MessageField::Body => "Text",
        MessageField::Filler => "Octets of filler",
        MessageField::Later => "Arrives later, when learners want it",
        MessageField::Owner => "Lies in the mailbox of",
        MessageField::Raw => "The whole message, as on the wire",
        MessageField::AttachmentName => "Attachment, file name",
        MessageField::Attachment => "Attachment, text in it",
    }
}

fn device(field: DeviceField) -> &'static str {
    match field {
        DeviceField::Name => "Name",
        DeviceField::User => "Fetches mail of",
        DeviceField::Leave => "With fetched messages it",
        DeviceField::Days => "Days",
        DeviceField::Security => "Encryption",
        DeviceField::Configurable => "Learners may change its settings",
    }
}

fn goal(field: GoalField) -> &'static str {
    match field {
        GoalField::Kind => "Goal",
        GoalField::Question => "Which question",
        GoalField::Count => "How many at least",
        GoalField::User => "Mailbox of",
        GoalField::Device => "Device",
    }
}

fn event(field: EventField) -> &'static str {
    match field {
        EventField::What => "What happens",
        EventField::Command => "Command",
        EventField::Argument => "With this behind it",
        EventField::Accepted => "Answer",
        EventField::Message => "Message",
        EventField::State => "State",
        EventField::User => "User",
        EventField::By => "Where",
        EventField::Tls => "Protection",
        EventField::AtLeast => "At least",
        EventField::AtMost => "At most",
        EventField::Containing => "Text that must be in it",
    }
}

pub(super) fn hint(field: &Field) -> &'static str {
    match field {
        Field::Days => "Empty: time stands still. For devices that delete after some days.",
        Field::Server(_, ServerField::Name) => "Letters, digits, dots, such as mail.example.",
        Field::Fault(_, _, FaultField::Time) => "Empty: each time.",
        Field::Fault(_, _, FaultField::Detail) => "A number, or words to say; octets in quotation marks.",
        Field::User(_, _, UserField::Name) => "As typed behind USER.",
        Field::Message(_, _, _, MessageField::Filler) => "0: none. For large messages.",
        Field::Message(_, _, _, MessageField::AttachmentName) => "Empty: no attachment. Such as map.txt.",
        Field::Message(_, _, _, MessageField::Raw) => "Header, empty line, text. For whoever wants to do it by hand.",
        Field::Terminal(_, TerminalField::Name) => "Short, such as a.",
        Field::Door(_, Door::Smtp | Door::Imap) => "Another protocol on the same server.",
        Field::Event(_, _, _, EventField::AtLeast | EventField::AtMost) => {
            "Of deleted or fetched messages, of lost marks, or of days. Empty: any number."
        }
        _ => "",
    }
}
