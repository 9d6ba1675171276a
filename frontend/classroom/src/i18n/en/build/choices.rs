//! English: what can be chosen in the scenario builder.

use popglass_lessons::format::{AttackerSetup, Certificate, Leave, What};

use crate::app::{GoalKind, QuestionKind};

pub(super) fn attacker(attacker: AttackerSetup) -> &'static str {
    match attacker {
        AttackerSetup::Listens => "somebody who only listens",
        AttackerSetup::StripsStls => "somebody who takes STLS out of what the server offers",
        AttackerSetup::InjectsAfterStls => "somebody who slips in a line behind STLS",
        AttackerSetup::FalseCertificate => "somebody who shows a false certificate",
    }
}

pub(super) fn certificate(certificate: Certificate) -> &'static str {
    match certificate {
        Certificate::Good => "in order",
        Certificate::Expired => "expired",
        Certificate::WrongName => "for another host",
        Certificate::SelfSigned => "vouched for by nobody",
        Certificate::UnknownAuthority => "from an unknown authority",
    }
}

pub(super) fn fault_place(place: &str) -> &str {
    match place {
        "any" => "any command",
        "greeting" => "the greeting",
        keyword => keyword,
    }
}

pub(super) fn fault_kind(kind: &str) -> &'static str {
    match kind {
        "refuse" => "refuses with -ERR",
        "hang-up" => "hangs up before doing anything",
        "cut" => "breaks off within the answer",
        "delay" => "answers late",
        "swallow" => "does it, and never answers",
        "lie sizes" => "tells wrong sizes",
        "lie count" => "tells a wrong number of messages",
        "answer-twice" => "answers twice",
        "lie unique-id-repeated" => "gives all messages one unique-id",
        "lie unique-id-missing" => "leaves the first unique-id out",
        "lie not-stuffed" => "forgets to double dots",
        "lie bare-line-feeds" => "ends lines with LF alone",
        "before" => "says something else before the answer",
        "after" => "says something else behind the answer",
        _ => "says something else in place of the answer",
    }
}

pub(super) fn leave(leave: Leave) -> &'static str {
    match leave {
        Leave::Always => "leaves messages on the server",
        Leave::Never => "deletes them as soon as they are fetched",
        Leave::Days(_) => "deletes them some days after fetching",
    }
}

pub(super) fn goal_kind(kind: GoalKind) -> &'static str {
    match kind {
        GoalKind::Happened => "something happens",
        GoalKind::InOrder => "several things happen, in this order",
        GoalKind::InOneSession => "the same, within one connection",
        GoalKind::Without => "something happens, and another thing not before",
        GoalKind::MaildropIs => "a mailbox holds exactly these messages",
        GoalKind::MaildropLacks => "one of these messages is gone from a mailbox",
        GoalKind::DeviceHolds => "a device holds exactly these messages",
        GoalKind::Answered => "a question is answered rightly",
        GoalKind::AnsweredAtLeast => "several questions are answered rightly",
        GoalKind::All => "all of these goals are reached",
        GoalKind::Any => "one of these goals is reached",
        GoalKind::AtOnce => "all of these hold at the same moment",
    }
}

pub(super) fn question_kind(kind: QuestionKind) -> &'static str {
    match kind {
        QuestionKind::Text => "a word; capitals do not count",
        QuestionKind::AnyOf => "one of several words",
        QuestionKind::Exactly => "exactly this, capitals and blanks too",
        QuestionKind::Number => "a number",
        QuestionKind::Choice => "one of several options",
        QuestionKind::Choices => "all right ones of several options",
    }
}

pub(super) fn what(what: What) -> &'static str {
    match what {
        What::Command => "a command is answered",
        What::State => "a session comes to a state",
        What::Retrieved => "a whole message is fetched",
        What::Previewed => "a header is fetched with TOP",
        What::Quit => "a session ends with QUIT",
        What::Broken => "a connection ends without QUIT",
        What::Connected => "a connection stands",
        What::ConnectionRefused => "your own side refuses a connection",
        What::Credentials => "name and password cross the wire",
        What::Fetched => "a device fetches mail",
        What::FetchFailed => "a device cannot fetch",
        What::Read => "a message is read on a device",
        What::Configured => "a device’s setting is changed",
        What::Delivered => "a message arrives",
        What::Days => "days go by",
    }
}
