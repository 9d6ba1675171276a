//! English: why a session ended, what became of the marks, and what to do.

use popglass_protocol::{
    reply::{Refusal, ResponseCode, SystemFault},
    tunnel::FailReason,
    types::CredentialError,
};
use popglass_session::event::{Deletion, EndReason};

use super::sign_in;
use crate::{
    app::Ended,
    i18n::{
        Language::En,
        list_of_numbers,
        texts::{EndedTexts, Trouble},
    },
};

pub(super) const ENDED: EndedTexts = EndedTexts {
    heading: |ended| match ended {
        Ended::Session { reason: EndReason::Finished, .. } => "Finished",
        Ended::Session { reason: EndReason::Disconnected | EndReason::Cancelled, .. } => "You left the session",
        Ended::Session { .. } => "The session broke off",
        Ended::Crashed { .. } => "Something in this page broke",
    },
    crashed,
    deletion_heading: "What was deleted?",
    deletion,
    reconnect: "Log in again",
    new_session: "To the start",
};

fn crashed(quit_sent: bool, at_start: bool) -> Trouble {
    if at_start {
        return Trouble::plain(
            "The part of this page that speaks POP3 could not start.",
            "Reload the page. If that does not help, try a newer browser.",
        );
    }
    if quit_sent {
        return Trouble::plain(
            "The part of this page that speaks POP3 crashed while it was finishing.",
            "QUIT may have reached the server, so marked messages may be deleted. Reload the page and log in to see.",
        );
    }
    Trouble::plain(
        "The part of this page that speaks POP3 crashed.",
        "Nothing was deleted, since QUIT had not been sent. Reload the page and log in again.",
    )
}

fn deletion(deletion: &Deletion, messages: Option<usize>) -> String {
    match deletion {
        Deletion::NothingMarked => "Nothing was marked, so nothing was deleted.".to_owned(),
        Deletion::Deleted { numbers } => {
            let left = messages.map(|messages| messages.saturating_sub(numbers.len()));
            let what = match numbers.len() {
                1 => format!("The server deleted 1 message (number {}).", list_of_numbers(numbers)),
                count => {
                    format!(
                        "The server deleted {} messages (numbers {}).",
                        En.count(count as u64),
                        list_of_numbers(numbers)
                    )
                }
            };
            match left {
                None => what,
                Some(0) => format!("{what} The mailbox is empty now."),
                Some(1) => format!("{what} 1 message is left."),
                Some(left) => format!("{what} {} messages are left.", En.count(left as u64)),
            }
        }
        Deletion::DeletedUnread { numbers } => {
            let others = match numbers.as_slice() {
                [] => String::new(),
                numbers => format!(" besides numbers {}", list_of_numbers(numbers)),
            };
            format!(
                "The server deleted at least one message{others}. Which one, only the server knows: it took a DELE that you typed, although the number in it cannot be read with certainty. Log in again to see what is left."
            )
        }
        Deletion::Partial { numbers, refusal } => format!(
            "The server could not delete everything that was marked (numbers {}). It said: “{}”. Log in again to see what is left.",
            list_of_numbers(numbers),
            refusal.text
        ),
        Deletion::NothingDeleted { numbers } => match numbers.len() {
            0 => "Nothing was deleted. What was marked, the server forgets without QUIT.".to_owned(),
            1 => format!(
                "Nothing was deleted. Message {} was marked, but without QUIT the server forgets the mark.",
                list_of_numbers(numbers)
            ),
            count => format!(
                "Nothing was deleted. {} messages were marked, but without QUIT the server forgets the marks.",
                En.count(count as u64)
            ),
        },
        Deletion::Unknown { numbers } if numbers.is_empty() => {
            "Nobody can tell: QUIT was sent, but its answer never came. What was marked may be deleted or not. Log in again to see."
                .to_owned()
        }
        Deletion::Unknown { numbers } => format!(
            "Nobody can tell: QUIT was sent, but its answer never came. Messages {} may be deleted or not. Log in again to see.",
            list_of_numbers(numbers)
        ),
    }
}

pub(super) fn trouble(reason: &EndReason) -> Trouble {
    match reason {
        EndReason::Finished => {
            Trouble::plain("You finished, and the server said goodbye.", "There is nothing left to do.")
        }
        EndReason::Disconnected => Trouble::plain("You hung up without QUIT.", "Log in again whenever you like."),
        EndReason::Cancelled => Trouble::plain(
            "You cancelled a transfer that had too much left to read it to its end.",
            "POP3 cannot interrupt a transfer, so the connection was closed instead. Log in again to go on; your marks come back.",
        ),
        EndReason::Credentials { password, error } => credentials(*password, *error),
        EndReason::NoMethod(none) => sign_in::no_method(*none),
        EndReason::Unfit { method, reason } => sign_in::unfit(*method, *reason),
        EndReason::LoginRefused { refusal, fault, .. } => sign_in::refused(*fault, refusal),
        EndReason::LoginAborted(fault) => sign_in::aborted(*fault),
        EndReason::CommandRefused(refusal) => self::refusal(refusal),
        EndReason::GreetingRefused { text } => Trouble::quoting(
            "The server does not want to talk right now.",
            "It may be busy or under maintenance. Try again in a few minutes.",
            text,
        ),
        EndReason::NoTls(refusal) => Trouble::quoting(
            "The server does not offer TLS on this port (STLS).",
            "No password was sent. Ask the provider for its port with TLS, mostly 995. If this server offered STLS before, somebody on the way may have removed it.",
            refusal.as_ref().map_or("", |refusal| &refusal.text),
        ),
        EndReason::TlsOutOfPlace => Trouble::plain(
            "The server agreed to STLS, but TLS cannot begin on this connection.",
            "From here on neither side could understand the other, so the connection was closed. Nothing was deleted.",
        ),
        EndReason::TlsRefused(refusal) => Trouble::told(&refusal.told.en),
        EndReason::TlsMissing => Trouble::plain(
            "The part of this page that speaks TLS could not be loaded, or broke down.",
            "No password was sent in the clear. Check your network connection and try again; if that does not help, reload the page.",
        ),
        EndReason::BridgeUnreachable => Trouble::plain(
            "The bridge does not answer.",
            "Check your network connection, or ask whoever runs the bridge. The practice mailbox works all the same.",
        ),
        EndReason::SandboxMissing => Trouble::plain(
            "The practice mailbox could not be loaded.",
            "Check your network connection and try again; if that does not help, reload the page.",
        ),
        EndReason::BridgeLost => Trouble::plain(
            "The connection to the bridge was lost.",
            "Check your network connection, then log in again.",
        ),
        EndReason::BridgeFailed(reason) => {
            let (what, advice) = bridge_failure(*reason);
            Trouble::plain(what, advice)
        }
        EndReason::ServerClosed => Trouble::plain(
            "The mail server ended the connection.",
            "Log in again; servers also do this after a long pause.",
        ),
        EndReason::TimedOut => {
            Trouble::plain("The mail server did not answer in time.", "Wait a moment, then log in again.")
        }
        EndReason::PeerMisbehaved { detail } => Trouble::quoting(
            "The server did not keep to the rules of POP3.",
            "Is this really a POP3 server? The transcript shows what it said.",
            detail,
        ),
        EndReason::LimitExceeded { detail } => Trouble::quoting(
            "The server sent more than this page takes.",
            "The transcript shows how far it came.",
            detail,
        ),
    }
}

fn credentials(password: bool, error: CredentialError) -> Trouble {
    match (password, error) {
        (false, CredentialError::Empty) => Trouble::plain("The user name is missing.", "Type it in."),
        (true, CredentialError::Empty) => Trouble::plain("The password is missing.", "Type it in."),
        (false, CredentialError::ControlCharacter) => Trouble::plain(
            "The user name holds a line break or another character that POP3 cannot carry.",
            "Nothing was sent. Type the name instead of pasting it.",
        ),
        (true, CredentialError::ControlCharacter) => Trouble::plain(
            "The password holds a line break or another character that POP3 cannot carry.",
            "Nothing was sent. Type the password instead of pasting it.",
        ),
        (false, CredentialError::TooLong) => Trouble::plain(
            "The user name is too long for POP3.",
            "A command line has room for 255 octets. Nothing was sent.",
        ),
        (true, CredentialError::TooLong) => Trouble::plain(
            "The password is too long for POP3.",
            "A command line has room for 255 octets. Nothing was sent.",
        ),
    }
}

pub(super) fn refusal(refusal: &Refusal) -> Trouble {
    let (what, advice) = match &refusal.code {
        Some(ResponseCode::System(SystemFault::Permanent)) => {
            ("The server has a problem that will not pass by itself.", "Only whoever runs the server can help.")
        }
        Some(ResponseCode::System(SystemFault::Temporary | SystemFault::Unspecified)) => {
            ("The server has a problem that may pass.", "Try again in a few minutes.")
        }
        Some(ResponseCode::Utf8) => (
            "This mailbox holds mail that needs UTF-8, and the server did not agree to send it.",
            "The transcript shows what the server said.",
        ),
        Some(ResponseCode::InUse | ResponseCode::LoginDelay | ResponseCode::Auth | ResponseCode::Other(_)) | None => (
            "The server refused a command that the session needs.",
            "The transcript shows which one, and what it said.",
        ),
    };
    Trouble::quoting(what, advice, &refusal.text)
}

pub(super) fn bridge_failure(reason: FailReason) -> (&'static str, &'static str) {
    match reason {
        FailReason::BadMessage => (
            "The bridge did not understand this page.",
            "Reload the page: page and bridge may be of different versions.",
        ),
        FailReason::OpenTimeout => ("This page took too long to tell the bridge where to go.", "Try again."),
        FailReason::NotAllowed => (
            "The bridge may not reach this server in this way.",
            "Choose another server or encryption, or ask whoever runs the bridge.",
        ),
        FailReason::UnknownHost => {
            ("There is no server of this name.", "Ask whoever runs the bridge to check the name.")
        }
        FailReason::DialTimeout => {
            ("The mail server did not answer the bridge in time.", "Try again in a few minutes.")
        }
        FailReason::Unreachable => {
            ("The bridge cannot reach the mail server.", "It may be down, or the port may be wrong. Try again later.")
        }
        FailReason::TlsFailed => (
            "Bridge and mail server could not agree on an encryption.",
            "Nothing was sent. Ask whoever runs the server.",
        ),
        FailReason::TlsNotSpoken => (
            "The mail server does not speak TLS on this port.",
            "Nothing was sent. Port 995 usually does; choose another port.",
        ),
        FailReason::CertificateExpired => {
            ("The mail server’s certificate has expired.", "Nothing was sent. Whoever runs the server has to renew it.")
        }
        FailReason::CertificateNotYetValid => {
            ("The mail server’s certificate is not valid yet.", "Nothing was sent. Somebody’s clock may be wrong.")
        }
        FailReason::CertificateWrongName => (
            "The mail server’s certificate is for another name.",
            "Nothing was sent. Check the server’s name; somebody might be posing as it.",
        ),
        FailReason::CertificateUnknownIssuer => (
            "The bridge does not trust the issuer of the mail server’s certificate.",
            "Nothing was sent. Whoever runs the bridge can add the issuer, if it is the right one.",
        ),
        FailReason::CertificateInvalid => {
            ("The mail server’s certificate is not acceptable.", "Nothing was sent. Ask whoever runs the server.")
        }
        FailReason::NotMail => (
            "What answers on this port does not sound like a POP3 server.",
            "Choose another port: 995 with TLS, 110 without.",
        ),
        FailReason::UpstreamReset => ("The mail server broke the connection.", "Log in again to go on."),
        FailReason::Idle => ("Nothing moved for too long, so the bridge hung up.", "Log in again to go on."),
        FailReason::Full => ("The bridge has no room for another session.", "Try again in a few minutes."),
        FailReason::ShuttingDown => ("The bridge is being stopped.", "Try again in a few minutes."),
    }
}
