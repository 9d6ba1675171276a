//! What crosses the border between page and session worker: every command and every event arrives as it was sent; what
//! is none of them is refused, and nothing that comes makes the reader panic.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use std::{collections::BTreeSet, fmt::Debug};

use popglass_protocol::{
    command::CommandName,
    deviation::{Deviation, Rule},
    login::{Method, NoMethod, Wish},
    reply::{Refusal, ResponseCode, SystemFault},
    sasl::{ChallengeFault, Mechanism, Unfit},
    secret::Secret,
    state::State,
    transcript::{Direction, Line, Meaning},
    tunnel::{Address, Demo, FailReason, Hello, Limits, Target, TlsEnds, TlsSummary},
    types::{CredentialError, MessageNumber, UniqueId},
};
use popglass_session::{
    border::{LOST, Malformed, decode, encode},
    command::{Pace, Route, SessionCommand},
    event::{
        BridgeState, Deletion, Doubt, Doubtful, EndReason, Ending, Entry, HeldLine, Item, LineFault, MailboxEntry,
        Note, Phase, Progress, Reconciled, SessionEvent,
    },
    refusal::LoginFault,
    security::{
        Authority, Bilingual, Section, Sections, Secured, TlsEvent, TlsFault, TlsOrder, TlsRefusal, Told, Trust,
        Vouched,
    },
};
use serde::{Serialize, de::DeserializeOwned};

/// Each arrives as it was sent; cut short or with something behind it, it is refused.
fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(all: &[T]) {
    for words in all {
        let octets = encode(words);
        assert_eq!(decode::<T>(&octets).as_ref(), Ok(words));
        for cut in 0..octets.len() {
            assert_eq!(decode::<T>(&octets[..cut]), Err(Malformed), "{words:?} cut at {cut}");
        }
        assert_eq!(decode::<T>(&[&octets[..], &[0]].concat()), Err(Malformed), "{words:?} and more");
        for place in 0..octets.len() {
            let mut changed = octets.clone();
            changed[place] ^= 0xFF;
            // It may mean something else now; it must not panic, nor ask for more memory than there is.
            let _ = decode::<T>(&changed);
        }
    }
}

fn number(of: u32) -> MessageNumber {
    MessageNumber::new(of).unwrap()
}

fn address() -> Address {
    Address { host: "2001:db8::1".into(), port: 995 }
}

fn secured() -> Secured {
    let summary = TlsSummary {
        version: "TLSv1.3".into(),
        suite: "TLS13_AES_256_GCM_SHA384".into(),
        server_name: "pop.example".into(),
        chain: vec!["MIIB".into(), "MIIC".into()],
    };
    Secured { ends: TlsEnds::PageStls, summary, vouched: Vouched::OwnAuthority, resumed: true }
}

fn sections() -> Sections {
    let of = |heading: &str| vec![Section { heading: heading.into(), rows: vec![("a".into(), "ä\n“b”".into())] }];
    Bilingual { en: of("Connection"), de: of("Verbindung") }
}

fn refused(code: Option<ResponseCode>) -> Refusal {
    Refusal { command: CommandName::Pass, code, text: "no \\x00".into() }
}

fn tls_refusals() -> Vec<TlsRefusal> {
    let told = |what: &str| Told { what: what.into(), advice: "…".into() };
    let refusal = |fault| TlsRefusal {
        fault,
        told: Bilingual { en: told("Expired"), de: told("Abgelaufen") },
        certificates: sections(),
        pin: (fault == TlsFault::SelfSigned).then(|| "0123abcd".into()),
    };
    TlsFault::ALL.into_iter().map(refusal).collect()
}

fn trust() -> Trust {
    Trust { authorities: vec!["MIID".into()], pins: vec!["ab".into(), "cd".into()], demo: Some("MIIE".into()) }
}

fn commands() -> Vec<SessionCommand> {
    let connect = |route, wish| SessionCommand::Connect {
        route,
        wish,
        user: "ada".into(),
        password: Secret::new("π".into()),
        trust: trust(),
    };
    let ends = [TlsEnds::Page, TlsEnds::PageStls, TlsEnds::Bridge, TlsEnds::Nowhere];
    let mut commands: Vec<_> = ends
        .map(|tls| {
            connect(Route::Bridge { target: address(), tls }, Wish::Exactly(Method::Sasl(Mechanism::ScramSha256)))
        })
        .into();
    commands.extend([
        SessionCommand::LearnBridge { bridge: None },
        SessionCommand::LearnBridge { bridge: Some("wss://bridge.example/tunnel".into()) },
        connect(Route::Sandbox, Wish::Automatic),
        SessionCommand::TrustCertificate { trust: Trust { pins: vec!["0123abcd".into()], ..Trust::default() } },
        SessionCommand::ReadCertificates { secured: secured() },
        SessionCommand::ReadAuthorities { text: "-----BEGIN".into() },
        SessionCommand::ConnectByHand { route: Route::Sandbox, trust: trust() },
        SessionCommand::SendLine { line: Secret::new("PASS π".into()) },
        SessionCommand::SendLine { line: Secret::default() },
        SessionCommand::OpenMaildrop,
        SessionCommand::Pace(Pace::Play),
        SessionCommand::Pace(Pace::Slow),
        SessionCommand::Pace(Pace::Step),
        SessionCommand::NextLine,
        SessionCommand::Reconnect,
        SessionCommand::ShowPage { page: 70_000 },
        SessionCommand::Retrieve { number: number(u32::MAX) },
        SessionCommand::Cancel,
        SessionCommand::Mark { numbers: (1..300).map(number).collect() },
        SessionCommand::Unmark { numbers: Vec::new() },
        SessionCommand::MarkRemaining,
        SessionCommand::ForgetRemaining,
        SessionCommand::Finish,
        SessionCommand::Disconnect,
    ]);
    commands
}

/// A new command does not compile until it has a place here, and its place is not covered until it has a row above.
fn place_of_command(command: &SessionCommand) -> usize {
    match command {
        SessionCommand::LearnBridge { .. } => 0,
        SessionCommand::Connect { .. } => 1,
        SessionCommand::TrustCertificate { .. } => 2,
        SessionCommand::ReadCertificates { .. } => 3,
        SessionCommand::ReadAuthorities { .. } => 4,
        SessionCommand::Reconnect => 5,
        SessionCommand::ShowPage { .. } => 6,
        SessionCommand::Retrieve { .. } => 7,
        SessionCommand::Cancel => 8,
        SessionCommand::Mark { .. } => 9,
        SessionCommand::Unmark { .. } => 10,
        SessionCommand::MarkRemaining => 11,
        SessionCommand::ForgetRemaining => 12,
        SessionCommand::Finish => 13,
        SessionCommand::Disconnect => 14,
        SessionCommand::ConnectByHand { .. } => 15,
        SessionCommand::SendLine { .. } => 16,
        SessionCommand::OpenMaildrop => 17,
        SessionCommand::Pace(_) => 18,
        SessionCommand::NextLine => 19,
    }
}

fn events() -> Vec<SessionEvent> {
    let unique_id = UniqueId::parse(b"a'\\\xFF").unwrap();
    let doubtful = |why| Doubtful { numbers: vec![number(1), number(2)], why };
    let doubts = [Doubt::SharedWithUnmarked, Doubt::CountChanged, Doubt::SizeChanged, Doubt::ListingIncomplete];
    let authority = Authority { name: "CN=Ä".into(), der: "MIIF".into(), not_after_ms: i64::MIN };
    let mut events = vec![
        SessionEvent::Ready { build: "dev".into() },
        SessionEvent::Secured(secured()),
        SessionEvent::Certificates(None),
        SessionEvent::Certificates(Some(sections())),
        SessionEvent::AuthoritiesRead(None),
        SessionEvent::AuthoritiesRead(Some(Ok(vec![authority]))),
        SessionEvent::AuthoritiesRead(Some(Err(Bilingual::default()))),
        SessionEvent::LoggedIn(Method::Apop),
        SessionEvent::Mailbox(vec![
            MailboxEntry { number: number(1), octets: u64::MAX, unique_id: Some(unique_id) },
            MailboxEntry { number: number(2), octets: 0, unique_id: None },
        ]),
        SessionEvent::Reconciled(Reconciled {
            deleted: 3,
            remaining: vec![number(4)],
            doubtful: doubts.map(doubtful).into(),
            unrecognised: 5,
        }),
        SessionEvent::Header { number: number(1) },
        SessionEvent::HeaderRefused { number: number(128) },
        SessionEvent::Progress(Progress::Headers { done: 1, total: 50 }),
        SessionEvent::Progress(Progress::Message { number: number(1), octets: 1 << 40, octets_expected: 7 }),
        SessionEvent::Progress(Progress::Stopping),
        SessionEvent::TransferOver,
        SessionEvent::Retrieved { number: number(9), octets: 5_000_000 },
        SessionEvent::Refused { number: None, refusal: refused(None) },
        SessionEvent::Refused { number: Some(number(1)), refusal: refused(Some(ResponseCode::InUse)) },
        SessionEvent::Marks(vec![number(1), number(300)]),
        SessionEvent::Held(None),
    ];
    events.extend(State::ALL.map(SessionEvent::State));
    events.extend([Direction::ClientToServer, Direction::ServerToClient].map(|direction| {
        SessionEvent::Held(Some(HeldLine { direction, text: "ä".into(), rest_of_body: true, waiting: 70_000 }))
    }));
    let faults = [
        LineFault::TooLong { octets: 256, octets_max: 255 },
        LineFault::ControlCharacter,
        LineFault::NoConnection,
        LineFault::NoTls,
        LineFault::TooMany,
    ];
    events.extend(faults.map(|fault| SessionEvent::LineNotSent { line: Secret::new("x".into()), fault }));
    events.extend(bridge_states().into_iter().map(SessionEvent::Bridge));
    let phases = [Phase::Connecting, Phase::Securing, Phase::Greeting, Phase::ByHand, Phase::LoggingIn];
    events.extend(phases.into_iter().chain([Phase::Listing, Phase::Open, Phase::Finishing]).map(SessionEvent::Phase));
    events
        .extend(items().into_iter().map(|item| SessionEvent::Transcript(Entry { sequence: 1, at_ms: 1 << 41, item })));
    let ending = |(reason, deletion)| SessionEvent::Ended(Ending { reason, deletion });
    events.extend(reasons().into_iter().zip(deletions().into_iter().cycle()).map(ending));
    events
}

#[test]
fn an_end_that_the_worker_could_not_tell_is_written_as_it_would_have_written_it() {
    let ending = Ending { reason: EndReason::BridgeLost, deletion: Deletion::Unknown { numbers: Vec::new() } };
    assert_eq!(encode(&SessionEvent::Ended(ending)), LOST);
}

/// As [`place_of_command`].
fn place_of_event(event: &SessionEvent) -> usize {
    match event {
        SessionEvent::Ready { .. } => 0,
        SessionEvent::Bridge(_) => 1,
        SessionEvent::Phase(_) => 2,
        SessionEvent::Transcript(_) => 3,
        SessionEvent::Secured(_) => 4,
        SessionEvent::Certificates(_) => 5,
        SessionEvent::AuthoritiesRead(_) => 6,
        SessionEvent::LoggedIn(_) => 7,
        SessionEvent::Mailbox(_) => 8,
        SessionEvent::Reconciled(_) => 9,
        SessionEvent::Header { .. } => 10,
        SessionEvent::HeaderRefused { .. } => 11,
        SessionEvent::Progress(_) => 12,
        SessionEvent::TransferOver => 13,
        SessionEvent::Retrieved { .. } => 14,
        SessionEvent::Refused { .. } => 15,
        SessionEvent::Marks(_) => 16,
        SessionEvent::Ended(_) => 17,
        SessionEvent::State(_) => 18,
        SessionEvent::Held(_) => 19,
        SessionEvent::LineNotSent { .. } => 20,
    }
}

fn bridge_states() -> Vec<BridgeState> {
    let hello = Hello {
        version: 1,
        targets: vec![
            Target { address: address(), modes: vec![TlsEnds::Page, TlsEnds::PageStls] },
            Target { address: address(), modes: vec![TlsEnds::Bridge, TlsEnds::Nowhere] },
        ],
        limits: Limits { credit_octets_first: 1, credit_octets_max: u64::MAX, idle_seconds: 600 },
        demo: Some(Demo { user: "ada".into(), password: "lovelace".into(), authority: "MIIB".into() }),
    };
    vec![BridgeState::Known(Hello { demo: None, ..hello.clone() }), BridgeState::Known(hello), BridgeState::Unreachable]
}

fn items() -> Vec<Item> {
    let meanings = [
        Meaning::Greeting,
        Meaning::GreetingRefused,
        Meaning::Command(CommandName::User),
        Meaning::Challenge(CommandName::Auth),
        Meaning::Response(CommandName::Auth),
        Meaning::ExchangeCancelled(CommandName::Auth),
        Meaning::Accepted(CommandName::Quit),
        Meaning::Refused(CommandName::Top),
        Meaning::Body(CommandName::Retr),
        Meaning::BodyFolded { command: CommandName::Retr, lines: 66_000 },
        Meaning::BodyEnd(CommandName::List),
        Meaning::UnknownCommand,
        Meaning::Unexpected,
    ];
    let directions = [Direction::ClientToServer, Direction::ServerToClient];
    let line = |(meaning, direction)| {
        Item::Line(Line {
            direction,
            state: State::Transaction,
            meaning,
            text: "+OK “ä”".into(),
            wire: "+OK “ä”\r\n".into(),
            octets: 14,
        })
    };
    let mut items: Vec<_> = meanings.into_iter().zip(directions.into_iter().cycle()).map(line).collect();
    items.extend(Rule::ALL.iter().map(|rule| Item::Deviation(Deviation::new(*rule, b"\x00."))));
    let notes = [
        Note::SandboxOpened,
        Note::Dialling { target: address(), tls: TlsEnds::Page },
        Note::Connected { tls: None },
        Note::Connected { tls: Some(TlsEnds::Bridge) },
        Note::TlsStands { version: "TLSv1.2".into(), suite: "TLS_ECDHE".into() },
        Note::TlsFailed(TlsFault::Truncated),
        Note::ClosedByClient,
        Note::ClosedByServer,
        Note::BridgeFailed(FailReason::Idle),
    ];
    items.extend(notes.map(Item::Note));
    items
}

fn reasons() -> Vec<EndReason> {
    let system = ResponseCode::System(SystemFault::Temporary);
    let mut reasons = vec![
        EndReason::Finished,
        EndReason::Disconnected,
        EndReason::Cancelled,
        EndReason::Credentials { password: true, error: CredentialError::TooLong },
        EndReason::NoMethod(NoMethod::Exposed(Method::UserPass)),
        EndReason::NoMethod(NoMethod::NoChannelBinding(Mechanism::ScramSha1Plus)),
        EndReason::Unfit { method: Method::UserPass, reason: Unfit::NotAscii },
        EndReason::LoginRefused {
            method: Method::Apop,
            refusal: refused(Some(system)),
            fault: LoginFault::ServerForNow,
        },
        EndReason::LoginAborted(ChallengeFault::ServerNotProven),
        EndReason::CommandRefused(refused(Some(ResponseCode::Other("X".into())))),
        EndReason::GreetingRefused { text: "busy".into() },
        EndReason::NoTls(None),
        EndReason::NoTls(Some(refused(None))),
        EndReason::TlsOutOfPlace,
        EndReason::TlsMissing,
        EndReason::BridgeUnreachable,
        EndReason::SandboxMissing,
        EndReason::BridgeLost,
        EndReason::BridgeFailed(FailReason::CertificateUnknownIssuer),
        EndReason::ServerClosed,
        EndReason::TimedOut,
        EndReason::PeerMisbehaved { detail: "two replies".into() },
        EndReason::LimitExceeded { detail: String::new() },
    ];
    reasons.extend(tls_refusals().into_iter().map(|refusal| EndReason::TlsRefused(Box::new(refusal))));
    reasons
}

fn deletions() -> Vec<Deletion> {
    let numbers = vec![number(1), number(2)];
    vec![
        Deletion::NothingMarked,
        Deletion::Deleted { numbers: numbers.clone() },
        Deletion::DeletedUnread { numbers: numbers.clone() },
        Deletion::Partial { numbers: numbers.clone(), refusal: refused(Some(ResponseCode::Auth)) },
        Deletion::NothingDeleted { numbers: numbers.clone() },
        Deletion::Unknown { numbers },
    ]
}

#[test]
fn every_command_arrives_as_it_was_sent() {
    let commands = commands();
    let places: BTreeSet<_> = commands.iter().map(place_of_command).collect();
    assert!(places.into_iter().eq(0..20), "every command has a row");
    check(&commands);
}

#[test]
fn every_event_arrives_as_it_was_sent() {
    let events = events();
    let places: BTreeSet<_> = events.iter().map(place_of_event).collect();
    assert!(places.into_iter().eq(0..21), "every event has a row");
    check(&events);
}

#[test]
fn the_words_of_the_tls_module_can_cross_too() {
    check(&[TlsOrder { server_name: "pop.example".into(), ends: TlsEnds::Page, trust: trust() }]);
    check(&[
        TlsEvent::Ready { secured: secured(), exporter: Some([7; 32]) },
        TlsEvent::Ready { secured: secured(), exporter: None },
        TlsEvent::Ended,
    ]);
    check(&tls_refusals().into_iter().map(TlsEvent::Failed).collect::<Vec<_>>());
}

#[test]
fn a_length_beyond_the_octets_is_refused_before_memory_is_taken_for_it() {
    // A Mailbox that claims 2^64 - 1 entries, and a Ready whose build claims to be as long.
    for first in [8, 0] {
        let octets = [&[first][..], &[0xFF; 9], &[1]].concat();
        assert_eq!(decode::<SessionEvent>(&octets), Err(Malformed));
    }
}

#[test]
fn what_is_no_word_at_all_is_refused() {
    for octets in [&b""[..], b"\xFF", b"{\"Ready\":{}}", &[0x80; 64]] {
        assert_eq!(decode::<SessionEvent>(octets), Err(Malformed));
        assert_eq!(decode::<SessionCommand>(octets), Err(Malformed));
    }
}
