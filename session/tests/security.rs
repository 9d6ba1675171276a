//! TLS that ends in the page, as the session sees it: STLS comes first where it is wanted, nothing secret goes before
//! TLS stands, and every failure says what it was. Server and TLS are lists of what they say.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use std::collections::VecDeque;

use popglass_protocol::{
    login::{Method, Wish},
    sasl::{Mechanism, Nonce},
    secret::Secret,
    tunnel::{Address, TlsEnds, TlsSummary},
    types::MessageNumber,
};
use popglass_session::{
    Effect, LinkEvent, LinkOrder, Read, Reading, Session,
    command::{Route, SessionCommand},
    event::{Deletion, EndReason, Ending, Item, Note, Phase, SessionEvent},
    limits,
    security::{Bilingual, Sections, Secured, TlsFault, TlsRefusal, Told, Trust, Vouched},
};

const GREETING: &str = "+OK ready\r\n";
const WITH_STLS: &str = "+OK\r\nUSER\r\nSTLS\r\n.\r\n";
const IN_TLS: &str = "+OK\r\nUSER\r\nUIDL\r\n.\r\n";

/// What comes next from the outside.
#[derive(Clone)]
enum Next {
    Says(&'static str),
    TlsStands,
    Link(LinkEvent),
    Command(SessionCommand),
    Milliseconds(u64),
}
use Next::{Link, Says, TlsStands};

/// A session, and all that was heard of it.
#[derive(Default)]
struct Heard {
    session: Session,
    events: Vec<SessionEvent>,
    orders: Vec<LinkOrder>,
    read: Vec<Reading>,
    wire: String,
    now: u64,
}

impl Heard {
    /// Connects this way, and lets one thing after the other happen.
    fn of(tls: TlsEnds, nexts: &[Next]) -> Self {
        let mut heard = Self::default();
        heard.session.handle_command(connect(tls, Trust::default()), 0);
        heard.drain();
        heard.go_on(nexts);
        heard
    }

    fn go_on(&mut self, nexts: &[Next]) {
        for next in VecDeque::from(nexts.to_vec()) {
            match next {
                Says(text) => self.session.handle_octets(text.as_bytes(), self.now),
                TlsStands => {
                    let stands = LinkEvent::Secured { secured: secured(TlsEnds::PageStls), exporter: None };
                    self.session.handle_link(stands, self.now);
                }
                Link(event) => self.session.handle_link(event, self.now),
                Next::Command(command) => self.session.handle_command(command, self.now),
                Next::Milliseconds(milliseconds) => {
                    self.now += milliseconds;
                    self.session.handle_time(self.now);
                }
            }
            self.drain();
        }
    }

    fn drain(&mut self) {
        while let Some(effect) = self.session.poll_effect() {
            match effect {
                Effect::Event(event, _) => self.events.push(event),
                Effect::Link(LinkOrder::Send(octets)) => self.wire.push_str(std::str::from_utf8(&octets).unwrap()),
                Effect::Link(order) => self.orders.push(order),
                Effect::Read(reading) => self.read.push(reading),
                Effect::Keep(_) | Effect::DropKept | Effect::Grant(_) => {}
            }
        }
    }

    fn ending(&self) -> &Ending {
        let endings = self.events.iter().rev().find_map(|event| match event {
            SessionEvent::Ended(ending) => Some(ending),
            _ => None,
        });
        endings.unwrap_or_else(|| panic!("it goes on: {:?}", self.wire))
    }

    fn starts_tls(&self) -> bool {
        self.orders.contains(&LinkOrder::StartTls)
    }
}

fn connect(tls: TlsEnds, trust: Trust) -> SessionCommand {
    SessionCommand::Connect {
        route: Route::Bridge { target: Address { host: "pop.example".into(), port: 110 }, tls },
        wish: Wish::Automatic,
        user: "tim".into(),
        password: Secret::new("tanstaaf".into()),
        trust,
    }
}

fn secured(ends: TlsEnds) -> Secured {
    let summary = TlsSummary {
        version: "TLSv1.3".into(),
        suite: "TLS13_CHACHA20_POLY1305_SHA256".into(),
        server_name: "pop.example".into(),
        chain: Vec::new(),
    };
    Secured { ends, summary, vouched: Vouched::PublicAuthority, resumed: false }
}

fn opened(secured: Option<Secured>, exporter: Option<[u8; 32]>) -> Next {
    Link(LinkEvent::Opened { secured, exporter, nonce: Nonce::parse("rOprNGfwEbeRWgbNEkqO").unwrap() })
}

fn refusal(fault: TlsFault) -> TlsRefusal {
    let told = Bilingual { en: Told::default(), de: Told::default() };
    TlsRefusal { fault, told, certificates: Sections::default(), pin: Some("ab".repeat(32)) }
}

#[test]
fn the_password_goes_out_only_after_stls_and_tls() {
    let plain = [opened(None, None), Says(GREETING), Says(WITH_STLS), Says("+OK begin\r\n")];
    let mut heard = Heard::of(TlsEnds::PageStls, &plain);
    assert_eq!(heard.wire, "CAPA\r\nSTLS\r\n");
    assert!(heard.starts_tls());
    assert!(heard.events.contains(&SessionEvent::Phase(Phase::Securing)));
    heard.go_on(&[TlsStands]);
    assert!(heard.events.contains(&SessionEvent::Secured(secured(TlsEnds::PageStls))));
    let noted = heard.events.iter().any(
        |event| matches!(event, SessionEvent::Transcript(entry) if matches!(entry.item, Item::Note(Note::TlsStands { .. }))),
    );
    assert!(noted, "the transcript tells that TLS stands");
    assert_eq!(heard.wire, "CAPA\r\nSTLS\r\nCAPA\r\n", "what the server said before counts no more");
    heard.go_on(&[Says(IN_TLS), Says("+OK\r\n"), Says("+OK\r\n")]);
    assert!(heard.events.contains(&SessionEvent::LoggedIn(Method::UserPass)));
}

#[test]
fn without_tls_nothing_secret_is_sent() {
    type Case<'a> = (&'a str, &'a [Next], &'a dyn Fn(&EndReason) -> bool);
    let before = [opened(None, None), Says(GREETING)];
    let cases: [Case<'_>; 7] = [
        ("not offered", &[Says("+OK\r\nUSER\r\n.\r\n")], &|end| *end == EndReason::NoTls(None)),
        ("no CAPA", &[Says("-ERR what?\r\n")], &|end| *end == EndReason::NoTls(None)),
        ("refused", &[Says(WITH_STLS), Says("-ERR not now\r\n")], &|end| matches!(end, EndReason::NoTls(Some(_)))),
        ("injected behind +OK", &[Says(WITH_STLS), Says("+OK\r\n+OK logged in\r\n")], &|end| {
            matches!(end, EndReason::PeerMisbehaved { .. })
        }),
        ("injected before TLS", &[Says(WITH_STLS), Says("+OK\r\n"), Says("+OK logged in\r\n")], &|end| {
            matches!(end, EndReason::PeerMisbehaved { .. })
        }),
        (
            "TLS fails",
            &[Says(WITH_STLS), Says("+OK\r\n"), Link(LinkEvent::TlsFailed(refusal(TlsFault::WrongName)))],
            &|end| *end == EndReason::TlsRefused(Box::new(refusal(TlsFault::WrongName))),
        ),
        (
            "TLS takes too long",
            &[Says(WITH_STLS), Says("+OK\r\n"), Next::Milliseconds(limits::CONNECT_MS_MAX)],
            &|end| *end == EndReason::TimedOut,
        ),
    ];
    for (what, then, expected) in cases {
        let heard = Heard::of(TlsEnds::PageStls, &[&before, then].concat());
        assert!(expected(&heard.ending().reason), "{what}: {:?}", heard.ending());
        assert!(heard.orders.contains(&LinkOrder::Close), "{what}: the connection is of no use any more");
        for secret in ["USER", "PASS", "AUTH", "APOP", "tanstaaf"] {
            assert!(!heard.wire.contains(secret), "{what}: {}", heard.wire);
        }
    }
}

#[test]
fn what_fails_before_the_connection_stands_says_so() {
    for (event, reason) in [
        (LinkEvent::TlsFailed(refusal(TlsFault::Expired)), EndReason::TlsRefused(Box::new(refusal(TlsFault::Expired)))),
        (LinkEvent::NoTlsModule, EndReason::TlsMissing),
    ] {
        let heard = Heard::of(TlsEnds::Page, &[Link(event)]);
        assert_eq!(*heard.ending(), Ending { reason, deletion: Deletion::NothingMarked });
        assert_eq!(heard.orders.last(), Some(&LinkOrder::Close));
        assert!(heard.wire.is_empty());
    }
}

#[test]
fn a_login_is_tied_to_tls_that_ends_in_the_page_alone() {
    const PLUS: &str = "+OK\r\nSASL SCRAM-SHA-256 SCRAM-SHA-256-PLUS\r\n.\r\n";
    for (exporter, mechanism) in [(Some([7; 32]), Mechanism::ScramSha256Plus), (None, Mechanism::ScramSha256)] {
        let start = opened(Some(secured(TlsEnds::Page)), exporter);
        let heard = Heard::of(TlsEnds::Page, &[start, Says(GREETING), Says(PLUS)]);
        assert!(heard.wire.contains(&format!("AUTH {mechanism} ")), "{}", heard.wire);
    }
}

/// Logged in, two messages, the first marked.
fn marked() -> Heard {
    let start = opened(Some(secured(TlsEnds::Page)), None);
    let mut heard = Heard::of(TlsEnds::Page, &[start, Says(GREETING), Says(IN_TLS), Says("+OK\r\n"), Says("+OK\r\n")]);
    heard.go_on(&[Says(IN_TLS), Says("+OK 2 20\r\n"), Says("+OK\r\n1 10\r\n2 10\r\n.\r\n")]);
    heard.go_on(&[Says("+OK\r\n1 a\r\n2 b\r\n.\r\n")]);
    let numbers = vec![MessageNumber::new(1).unwrap()];
    heard.go_on(&[Next::Command(SessionCommand::Mark { numbers })]);
    heard
}

#[test]
fn a_truncated_connection_deletes_nothing_and_does_not_pass_for_an_end() {
    for (quits, unknown) in [(false, false), (true, true)] {
        let mut heard = marked();
        assert!(heard.wire.ends_with("DELE 1\r\n") || heard.wire.contains("TOP"), "{}", heard.wire);
        if quits {
            heard.go_on(&[Says("+OK\r\n.\r\n"), Says("+OK\r\n.\r\n"), Says("+OK\r\n")]);
            heard.go_on(&[Next::Command(SessionCommand::Finish)]);
            assert!(heard.wire.ends_with("QUIT\r\n"), "{}", heard.wire);
        }
        heard.go_on(&[Link(LinkEvent::TlsFailed(refusal(TlsFault::Truncated)))]);
        let Ending { reason, deletion } = heard.ending();
        assert_eq!(*reason, EndReason::TlsRefused(Box::new(refusal(TlsFault::Truncated))));
        assert_eq!(matches!(deletion, Deletion::Unknown { .. }), unknown, "{deletion:?}");
    }
}

#[test]
fn a_certificate_that_the_user_accepts_is_trusted_from_then_on() {
    let failed = Link(LinkEvent::TlsFailed(refusal(TlsFault::SelfSigned)));
    let mut heard = Heard::of(TlsEnds::Page, std::slice::from_ref(&failed));
    let pin = "ab".repeat(32);
    let trust = |heard: &Heard| {
        heard.orders.iter().rev().find_map(|order| match order {
            LinkOrder::Open { trust, .. } => Some(trust.pins.clone()),
            _ => None,
        })
    };
    assert_eq!(trust(&heard), Some(Vec::new()));
    for _ in 0..2 {
        let trusted = Trust { pins: vec![pin.clone()], ..Trust::default() };
        heard.go_on(&[Next::Command(SessionCommand::TrustCertificate { trust: trusted }), failed.clone()]);
        assert_eq!(trust(&heard), Some(vec![pin.clone()]), "nobody else, and for the next try, too");
    }
    heard.go_on(&[Next::Command(SessionCommand::Reconnect)]);
    assert_eq!(trust(&heard), Some(vec![pin]));
}

#[test]
fn what_is_to_be_read_goes_out_and_what_was_read_comes_back() {
    let mut heard = Heard::default();
    let (asked, text) = (secured(TlsEnds::Bridge), "-----BEGIN".to_owned());
    heard.go_on(&[
        Next::Command(SessionCommand::ReadCertificates { secured: asked.clone() }),
        Next::Command(SessionCommand::ReadAuthorities { text: text.clone() }),
    ]);
    assert_eq!(heard.read, [Reading::Certificates(asked), Reading::Authorities(text)]);
    heard.session.handle_reading(Read::Certificates(Some(Sections::default())));
    heard.session.handle_reading(Read::Authorities(None));
    heard.drain();
    let expected = [SessionEvent::Certificates(Some(Sections::default())), SessionEvent::AuthoritiesRead(None)];
    assert_eq!(heard.events, expected);
}
