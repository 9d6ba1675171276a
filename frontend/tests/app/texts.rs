//! Both languages: everything a session can say has words of its own, in each of them.

use std::collections::BTreeSet;

use popglass_frontend::{
    app::{BridgeFault, HopPicture, Protection, TrustError, WISHES},
    i18n::{Language, Texts, Trouble},
};
use popglass_protocol::{
    command::CommandName,
    deviation::Rule,
    login::{Method, NoMethod, Wish},
    reply::{Refusal, ResponseCode, SystemFault},
    sasl::{ChallengeFault, Mechanism, Unfit},
    transcript::Meaning,
    tunnel::{Address, FailReason, TlsEnds},
    types::{CredentialError, MessageNumber},
};
use popglass_session::{
    event::{Deletion, Doubt, Doubtful, EndReason, Note, Phase, Reconciled},
    refusal::LoginFault,
    security::{Bilingual, TlsFault, TlsRefusal, Told, Vouched},
};

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
            Meaning::Challenge(command),
            Meaning::Response(command),
            Meaning::ExchangeCancelled(command),
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
        EndReason::SandboxMissing,
        EndReason::BridgeLost,
        EndReason::ServerClosed,
        EndReason::TimedOut,
        EndReason::TlsOutOfPlace,
        EndReason::NoTls(None),
        EndReason::NoTls(Some(refusal(CommandName::Stls, None))),
        EndReason::TlsMissing,
        EndReason::TlsRefused(Box::new(tls_refusal(TlsFault::Expired))),
        EndReason::PeerMisbehaved { detail: "a bare LF".into() },
        EndReason::LimitExceeded { detail: "a line of 9000 octets".into() },
        EndReason::CommandRefused(refusal(CommandName::Stat, None)),
        EndReason::NoMethod(NoMethod::Nothing),
        EndReason::NoMethod(NoMethod::NoChannelBinding(Mechanism::ScramSha256Plus)),
    ];
    for method in METHODS {
        reasons.extend([NoMethod::NotOffered(method), NoMethod::Exposed(method)].map(EndReason::NoMethod));
        reasons.extend(UNFIT.map(|reason| EndReason::Unfit { method, reason }));
    }
    reasons.extend(CHALLENGE_FAULTS.map(EndReason::LoginAborted));
    reasons.extend(FAIL_REASONS.map(EndReason::BridgeFailed));
    for password in [false, true] {
        for error in [CredentialError::Empty, CredentialError::ControlCharacter, CredentialError::TooLong] {
            reasons.push(EndReason::Credentials { password, error });
        }
    }
    for code in [
        Some(ResponseCode::System(SystemFault::Temporary)),
        Some(ResponseCode::System(SystemFault::Permanent)),
        Some(ResponseCode::Utf8),
        Some(ResponseCode::Other("X".into())),
    ] {
        reasons.push(EndReason::CommandRefused(refusal(CommandName::Stat, code)));
    }
    reasons.extend(LOGIN_FAULTS.map(|fault| EndReason::LoginRefused {
        method: Method::UserPass,
        refusal: refusal(CommandName::Pass, None),
        fault,
    }));
    reasons
}

fn told() -> Bilingual<Told> {
    let told = |what: &str, advice: &str| Told { what: what.into(), advice: advice.into() };
    Bilingual { en: told("It has expired.", "Wait."), de: told("Es ist abgelaufen.", "Warte.") }
}

fn tls_refusal(fault: TlsFault) -> TlsRefusal {
    TlsRefusal { fault, told: told(), certificates: Bilingual::default(), pin: None }
}

const METHODS: [Method; 3] = [Method::UserPass, Method::Apop, Method::Sasl(Mechanism::ScramSha256)];

const UNFIT: [Unfit; 6] =
    [Unfit::Empty, Unfit::IllegalOctet, Unfit::TooLong, Unfit::Prohibited, Unfit::NotAscii, Unfit::NoChannelBinding];

const CHALLENGE_FAULTS: [ChallengeFault; 4] = [
    ChallengeFault::NotBase64,
    ChallengeFault::Unexpected,
    ChallengeFault::ServerNotProven,
    ChallengeFault::Iterations,
];

const LOGIN_FAULTS: [LoginFault; 9] = [
    LoginFault::Credentials,
    LoginFault::AppPassword,
    LoginFault::Token,
    LoginFault::SwitchedOff,
    LoginFault::WebLogin,
    LoginFault::InUse,
    LoginFault::TooSoon,
    LoginFault::ServerForNow,
    LoginFault::ServerForGood,
];

#[test]
fn every_refused_login_has_its_own_advice() {
    for language in Language::ALL {
        let told: BTreeSet<_> = LOGIN_FAULTS
            .map(|fault| {
                let refusal = refusal(CommandName::Pass, None);
                let reason = EndReason::LoginRefused { method: Method::UserPass, refusal, fault };
                (language.texts().connect.trouble)(&reason).what
            })
            .into();
        assert_eq!(told.len(), LOGIN_FAULTS.len(), "{language:?}: {told:#?}");
    }
}

#[test]
fn every_rule_has_a_sentence_of_its_own() {
    for language in Language::ALL {
        let sentences: BTreeSet<_> = Rule::ALL.iter().map(|rule| (language.texts().transcript.rule)(*rule)).collect();
        assert_eq!(sentences.len(), Rule::ALL.len());
        assert!(sentences.iter().all(|sentence| sentence.ends_with('.')), "{language:?}");
    }
    for rule in Rule::ALL {
        check(&format!("{rule:?}"), (en().transcript.rule)(*rule), (de().transcript.rule)(*rule));
    }
}

#[test]
fn every_way_to_log_in_is_named_and_explained() {
    for wish in WISHES {
        let name = format!("{wish:?}");
        check(&name, (en().sign_in.explanation)(wish), (de().sign_in.explanation)(wish));
        if let Wish::Exactly(method) = wish {
            // Names of mechanisms are the same on the wire and in every language.
            assert_eq!((en().sign_in.method_name)(wish), method.to_string());
            assert_eq!((de().sign_in.method_name)(wish), method.to_string());
            check(&name, &(en().sign_in.signed_in)(method), &(de().sign_in.signed_in)(method));
        }
    }
}

#[test]
fn what_an_earlier_session_left_open_is_told_in_one_sentence_each() {
    let numbers = |plain: &[u32]| plain.iter().filter_map(|number| MessageNumber::new(*number)).collect::<Vec<_>>();
    let doubts = [Doubt::SharedWithUnmarked, Doubt::CountChanged, Doubt::SizeChanged, Doubt::ListingIncomplete];
    for (deleted, remaining, unrecognised) in [(1, &[][..], 0), (2, &[3][..], 1), (0, &[3, 7][..], 4)] {
        for why in doubts {
            let told = Reconciled {
                deleted,
                remaining: numbers(remaining),
                doubtful: vec![Doubtful { numbers: numbers(&[1, 2]), why }],
                unrecognised,
            };
            let (en, de) = ((en().mailbox.reconciled)(&told), (de().mailbox.reconciled)(&told));
            let expected = [deleted > 0, !remaining.is_empty(), true, unrecognised > 0];
            assert_eq!(en.len(), expected.iter().filter(|told| **told).count());
            assert_eq!(en.len(), de.len());
            en.iter().zip(&de).for_each(|(en, de)| check(&format!("{told:?}"), en, de));
        }
    }
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
        (Deletion::DeletedUnread { numbers: numbers() }, "besides numbers 3, 7", "außer den Nummern 3, 7"),
        (Deletion::DeletedUnread { numbers: Vec::new() }, "at least one message.", "mindestens eine Nachricht"),
        (Deletion::NothingDeleted { numbers: Vec::new() }, "Nothing was deleted. What", "Nichts wurde gelöscht. Was"),
        (Deletion::Unknown { numbers: Vec::new() }, "What was marked may be", "Was vorgemerkt war, kann"),
        (Deletion::NothingDeleted { numbers: numbers() }, "Nothing was deleted", "Nichts wurde gelöscht"),
        (Deletion::Unknown { numbers: numbers() }, "may be deleted or not", "gelöscht sein oder nicht"),
    ] {
        for (said, expected) in [
            ((en().ended.deletion)(&deletion, Some(10)), en_says),
            ((de().ended.deletion)(&deletion, Some(10)), de_says),
        ] {
            assert!(said.contains(expected), "{deletion:?}: {said}");
        }
    }
}

#[test]
fn every_note_and_phase_has_words() {
    let target = Address { host: "mail.example".into(), port: 995 };
    let mut notes =
        vec![Note::SandboxOpened, Note::Connected { tls: None }, Note::ClosedByClient, Note::ClosedByServer];
    notes.push(Note::TlsStands { version: "TLSv1.3".into(), suite: "TLS13_CHACHA20_POLY1305_SHA256".into() });
    notes.extend(TlsFault::ALL.map(Note::TlsFailed));
    for tls in WAYS {
        notes.extend([Note::Dialling { target: target.clone(), tls }, Note::Connected { tls: Some(tls) }]);
    }
    notes.extend(FAIL_REASONS.map(Note::BridgeFailed));
    for note in notes {
        let (en, de) = ((en().transcript.note_text)(&note), (de().transcript.note_text)(&note));
        check(&format!("{note:?}"), &en.0, &de.0);
        check(&format!("{note:?}"), en.1, de.1);
    }
    for phase in [
        Phase::Connecting,
        Phase::Securing,
        Phase::Greeting,
        Phase::ByHand,
        Phase::LoggingIn,
        Phase::Listing,
        Phase::Open,
        Phase::Finishing,
    ] {
        check(&format!("{phase:?}"), (en().connect.phase)(phase), (de().connect.phase)(phase));
    }
}

const WAYS: [TlsEnds; 4] = [TlsEnds::Page, TlsEnds::PageStls, TlsEnds::Bridge, TlsEnds::Nowhere];

/// Every picture that can be, and the way it is of.
fn pictures() -> Vec<(TlsEnds, HopPicture)> {
    let mut pictures = Vec::new();
    for tls in WAYS {
        use Protection::{Encrypted, Local, Open};
        for (first, apart, page_secure) in [
            (Encrypted, false, true),
            (Local, false, true),
            (Open, false, false),
            (Encrypted, true, true),
            (Encrypted, true, false),
            (Open, true, true),
        ] {
            pictures.push((
                tls,
                HopPicture {
                    first: if tls.in_page() { Encrypted } else { first },
                    second: if tls == TlsEnds::Nowhere { Open } else { Encrypted },
                    bridge_reads: !tls.in_page(),
                    apart,
                    page_secure,
                },
            ));
        }
    }
    pictures
}

#[test]
fn who_reads_along_is_said_for_every_way() {
    for (tls, picture) in pictures() {
        let (en, de) =
            ((en().connect.security_explanation)(tls, picture), (de().connect.security_explanation)(tls, picture));
        check(&format!("{tls:?}"), &en, &de);
        assert_eq!(en.contains("bridge"), picture.bridge_reads, "{tls:?}: {en}");
        assert_eq!(de.contains("Brücke"), picture.bridge_reads, "{tls:?}: {de}");
        assert_eq!(en.contains("HTTPS"), !picture.page_secure, "{tls:?}: {en}");
        assert_eq!(de.contains("HTTPS"), !picture.page_secure, "{tls:?}: {de}");
    }
}

#[test]
fn whom_one_trusts_with_the_page_is_said_for_every_picture() {
    for (_, picture) in pictures() {
        let (en, de) = ((en().security.operators)(picture), (de().security.operators)(picture));
        check(&format!("{picture:?}"), en, de);
        assert_eq!(en.contains("same place"), !picture.apart, "{en}");
        assert_eq!(de.contains("selben Ort"), !picture.apart, "{de}");
    }
}

#[test]
fn every_way_and_every_fault_around_trust_has_words_of_its_own() {
    for language in Language::ALL {
        let names: BTreeSet<_> = WAYS.map(|tls| (language.texts().connect.security_name)(tls)).into();
        assert_eq!(names.len(), WAYS.len(), "{names:?}");
        let faults = [BridgeFault::Empty, BridgeFault::Malformed, BridgeFault::Scheme, BridgeFault::Unencrypted];
        let said: BTreeSet<_> = faults.map(|fault| (language.texts().connect.bridge_fault)(fault)).into();
        assert_eq!(said.len(), faults.len(), "{said:?}");
        let vouched = [Vouched::Bridge, Vouched::PublicAuthority, Vouched::OwnAuthority, Vouched::Pin, Vouched::Demo];
        let said: BTreeSet<_> = vouched.map(|vouched| (language.texts().security.vouched)(vouched)).into();
        assert_eq!(said.len(), vouched.len(), "{said:?}");
        let origin = "https://page.example";
        assert!((language.texts().connect.page_refused_perhaps)(origin).contains(origin));
    }
    for error in
        [TrustError::Told(told()), TrustError::TlsMissing, TrustError::Empty, TrustError::TooLong, TrustError::Full]
    {
        let (en, de) = ((en().security.trust_error)(&error), (de().security.trust_error)(&error));
        check(&format!("{error:?}"), &en.what, &de.what);
        check(&format!("{error:?}"), &en.advice, &de.advice);
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
