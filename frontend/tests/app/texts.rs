//! Both languages: everything a session can say has words of its own, in each of them.

use std::collections::BTreeSet;

use popglass_frontend::i18n::{Language, Texts, Trouble};
use popglass_protocol::{
    command::CommandName,
    reply::{Refusal, ResponseCode},
    transcript::Meaning,
    tunnel::{Address, FailReason, TlsEnds},
    types::{CredentialError, MessageNumber},
};
use popglass_session::event::{Deletion, EndReason, Note, Phase};

fn en() -> &'static Texts {
    Language::En.texts()
}

fn de() -> &'static Texts {
    Language::De.texts()
}

/// Says something in each language, and not the same.
fn check(what: &str, en: &str, de: &str) {
    assert!(en.len() > 3 && de.len() > 3, "{what}: {en:?} {de:?}");
    assert_ne!(en, de, "{what}");
}

fn meanings() -> Vec<Meaning> {
    let mut meanings = vec![Meaning::Greeting, Meaning::GreetingRefused, Meaning::UnknownCommand, Meaning::Unexpected];
    for command in CommandName::ALL {
        meanings.extend([
            Meaning::Command(command),
            Meaning::Accepted(command),
            Meaning::Refused(command),
            Meaning::Body(command),
            Meaning::BodyFolded { command, lines: 12 },
            Meaning::BodyEnd(command),
        ]);
    }
    meanings
}

#[test]
fn every_line_of_a_transcript_is_explained_in_one_sentence() {
    for meaning in meanings() {
        let (en, de) = ((en().transcript.explain)(meaning), (de().transcript.explain)(meaning));
        check(&format!("{meaning:?}"), &en, &de);
        assert!(en.ends_with('.') && de.ends_with('.'), "{meaning:?}");
    }
}

#[test]
fn what_is_asked_accepted_and_refused_differs_from_command_to_command() {
    for language in Language::ALL {
        for kind in [Meaning::Command, Meaning::Accepted, Meaning::Refused] {
            let texts: BTreeSet<_> =
                CommandName::ALL.iter().map(|command| (language.texts().transcript.explain)(kind(*command))).collect();
            // LIST n, RETR and DELE may be refused for the same reasons; the rest has reasons of its own.
            assert!(texts.len() + 2 >= CommandName::ALL.len(), "{language:?}: {texts:#?}");
        }
    }
}

fn refusal(command: CommandName, code: Option<ResponseCode>) -> Refusal {
    Refusal { command, code, text: "the server's words".into() }
}

const FAIL_REASONS: [FailReason; 18] = [
    FailReason::BadMessage,
    FailReason::OpenTimeout,
    FailReason::NotAllowed,
    FailReason::UnknownHost,
    FailReason::DialTimeout,
    FailReason::Unreachable,
    FailReason::TlsFailed,
    FailReason::TlsNotSpoken,
    FailReason::NotMail,
    FailReason::CertificateExpired,
    FailReason::CertificateNotYetValid,
    FailReason::CertificateWrongName,
    FailReason::CertificateUnknownIssuer,
    FailReason::CertificateInvalid,
    FailReason::UpstreamReset,
    FailReason::Idle,
    FailReason::Full,
    FailReason::ShuttingDown,
];

fn reasons() -> Vec<EndReason> {
    let mut reasons = vec![
        EndReason::Finished,
        EndReason::Disconnected,
        EndReason::Cancelled,
        EndReason::GreetingRefused { text: "busy".into() },
        EndReason::BridgeUnreachable,
        EndReason::BridgeLost,
        EndReason::ServerClosed,
        EndReason::TimedOut,
        EndReason::PeerMisbehaved { detail: "a bare LF".into() },
        EndReason::LimitExceeded { detail: "a line of 9000 octets".into() },
        EndReason::CommandRefused(refusal(CommandName::Stat, None)),
    ];
    reasons.extend(FAIL_REASONS.map(EndReason::BridgeFailed));
    for password in [false, true] {
        for error in [CredentialError::Empty, CredentialError::ControlCharacter, CredentialError::TooLong] {
            reasons.push(EndReason::Credentials { password, error });
        }
    }
    for code in [
        None,
        Some(ResponseCode::InUse),
        Some(ResponseCode::LoginDelay),
        Some(ResponseCode::Auth),
        Some(ResponseCode::SystemTemporary),
        Some(ResponseCode::SystemPermanent),
        Some(ResponseCode::Other("X".into())),
    ] {
        reasons.push(EndReason::LoginRefused(refusal(CommandName::Pass, code)));
    }
    reasons
}

#[test]
fn every_end_has_a_reason_and_an_advice() {
    for reason in reasons() {
        let (en, de): (Trouble, Trouble) = ((en().connect.trouble)(&reason), (de().connect.trouble)(&reason));
        check(&format!("{reason:?}"), &en.what, &de.what);
        check(&format!("{reason:?}"), &en.advice, &de.advice);
        assert_eq!(en.quote, de.quote, "the server's words are its own");
    }
}

#[test]
fn every_fate_of_the_marks_is_told_truthfully() {
    let numbers = || vec![MessageNumber::new(3).unwrap(), MessageNumber::new(7).unwrap()];
    for (deletion, en_says, de_says) in [
        (Deletion::NothingMarked, "nothing was deleted", "nichts gelöscht"),
        (
            Deletion::Deleted { numbers: numbers() },
            "deleted 2 messages (numbers 3, 7). 8",
            "2 Nachrichten gelöscht (Nummern 3, 7). 8",
        ),
        (
            Deletion::Partial { numbers: numbers(), refusal: refusal(CommandName::Quit, None) },
            "could not delete everything",
            "nicht alles Vorgemerkte löschen",
        ),
        (Deletion::NothingDeleted { numbers: numbers() }, "Nothing was deleted", "Nichts wurde gelöscht"),
        (Deletion::Unknown { numbers: numbers() }, "may be deleted or not", "gelöscht sein oder nicht"),
    ] {
        for (said, expected) in
            [((en().ended.deletion)(&deletion, 10), en_says), ((de().ended.deletion)(&deletion, 10), de_says)]
        {
            assert!(said.contains(expected), "{deletion:?}: {said}");
        }
    }
}

#[test]
fn every_note_and_phase_has_words() {
    let target = Address { host: "mail.example".into(), port: 995 };
    let mut notes =
        vec![Note::SandboxOpened, Note::Connected { tls: None }, Note::ClosedByClient, Note::ClosedByServer];
    for tls in [TlsEnds::Page, TlsEnds::Bridge, TlsEnds::Nowhere] {
        notes.extend([Note::Dialling { target: target.clone(), tls }, Note::Connected { tls: Some(tls) }]);
    }
    notes.extend(FAIL_REASONS.map(Note::BridgeFailed));
    for note in notes {
        let (en, de) = ((en().transcript.note_text)(&note), (de().transcript.note_text)(&note));
        check(&format!("{note:?}"), &en.0, &de.0);
        check(&format!("{note:?}"), en.1, de.1);
    }
    for phase in [Phase::Connecting, Phase::Greeting, Phase::LoggingIn, Phase::Listing, Phase::Open, Phase::Finishing] {
        check(&format!("{phase:?}"), (en().connect.phase)(phase), (de().connect.phase)(phase));
    }
}

#[test]
fn who_reads_along_is_said_for_every_way() {
    for tls in [TlsEnds::Page, TlsEnds::Bridge, TlsEnds::Nowhere] {
        for page_secure in [false, true] {
            let said = (en().connect.security_explanation)(tls, page_secure);
            check(&format!("{tls:?}"), &said, &(de().connect.security_explanation)(tls, page_secure));
            let bridge_reads = said.contains("bridge");
            assert_eq!(bridge_reads, tls != TlsEnds::Page, "{said}");
        }
    }
}

#[test]
fn the_browser_chooses_the_language() {
    for (tags, expected) in [
        (&["de-AT", "en"][..], Language::De),
        (&["fr", "DE"][..], Language::De),
        (&["en-GB", "de"][..], Language::En),
        (&["fr"][..], Language::En),
        (&[][..], Language::En),
    ] {
        assert_eq!(Language::preferred(tags.iter().copied()), expected, "{tags:?}");
    }
}
