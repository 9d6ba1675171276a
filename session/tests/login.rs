//! How a login ends, told apart by whose fault it is; and what the transcript shows of what a server did wrong. The
//! server is a list of what it says.

#![expect(clippy::unwrap_used, reason = "a test that fails says where")]

use popglass_protocol::{
    deviation::Rule,
    login::{Method, NoMethod, Wish},
    sasl::{ChallengeFault, Mechanism, Nonce, Unfit},
    secret::Secret,
    tunnel::{Address, TlsEnds},
};
use popglass_session::{
    Effect, LinkEvent, LinkOrder, Session,
    command::{Route, SessionCommand},
    event::{EndReason, Item, SessionEvent},
    refusal::LoginFault,
    security::Trust,
};

const GREETING: &str = "+OK <1.2@pop.example>\r\n";
const REFUSED: &str = "-ERR [AUTH] Application-specific password required\r\n";

/// What a session makes of a server that says these things, one after each write of the client.
struct Heard {
    events: Vec<SessionEvent>,
    wire: String,
}

fn hear(wish: Wish, tls: TlsEnds, user: &str, says: &[&str]) -> Heard {
    let mut session = Session::new();
    let target = Address { host: "pop.example".into(), port: 995 };
    let password = Secret::new("tanstaaf".into());
    let route = Route::Bridge { target, tls };
    session.handle_command(
        SessionCommand::Connect { route, wish, user: user.into(), password, trust: Trust::default() },
        0,
    );
    let (mut heard, mut says) = (Heard { events: Vec::new(), wire: String::new() }, says.iter());
    while let Some(effect) = session.poll_effect() {
        let answers = match effect {
            Effect::Event(event, _) => {
                heard.events.push(event);
                false
            }
            Effect::Link(LinkOrder::Open { .. }) => {
                let nonce = Nonce::parse("rOprNGfwEbeRWgbNEkqO").unwrap();
                session.handle_link(LinkEvent::Opened { secured: None, exporter: None, nonce }, 0);
                true
            }
            Effect::Link(LinkOrder::Send(octets)) => {
                heard.wire.push_str(std::str::from_utf8(&octets).unwrap());
                true
            }
            Effect::Link(LinkOrder::Close | LinkOrder::Learn { .. } | LinkOrder::StartTls)
            | Effect::Keep(_)
            | Effect::DropKept
            | Effect::Grant(_)
            | Effect::Read(_) => false,
        };
        if answers {
            session.handle_octets(says.next().copied().unwrap_or_default().as_bytes(), 0);
        }
    }
    heard
}

impl Heard {
    fn ending(&self) -> Option<&EndReason> {
        self.events.iter().find_map(|event| match event {
            SessionEvent::Ended(ending) => Some(&ending.reason),
            _ => None,
        })
    }

    fn method(&self) -> Option<Method> {
        self.events.iter().find_map(|event| match event {
            SessionEvent::LoggedIn(method) => Some(*method),
            _ => None,
        })
    }
}

fn sasl(mechanism: Mechanism) -> Method {
    Method::Sasl(mechanism)
}

#[test]
fn the_chosen_or_the_strongest_method_logs_in() {
    use Mechanism::{CramMd5, Plain};
    const ALL: &str = "+OK\r\nUSER\r\nSASL PLAIN CRAM-MD5\r\n.\r\n";
    let challenge = "+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n";
    for (wish, tls, says, method) in [
        (Wish::Automatic, TlsEnds::Bridge, &[GREETING, ALL, challenge, "+OK\r\n"][..], sasl(CramMd5)),
        (Wish::Exactly(sasl(Plain)), TlsEnds::Bridge, &[GREETING, ALL, "+OK\r\n"], sasl(Plain)),
        (Wish::Exactly(Method::Apop), TlsEnds::Nowhere, &[GREETING, ALL, "+OK\r\n"], Method::Apop),
        (Wish::Automatic, TlsEnds::Nowhere, &[GREETING, "-ERR\r\n", "+OK\r\n", "+OK\r\n"], Method::UserPass),
    ] {
        let heard = hear(wish, tls, "tim", says);
        assert_eq!(heard.method(), Some(method), "{wish:?} {:?}", heard.ending());
    }
}

#[test]
fn every_end_of_a_login_tells_whose_fault_it_was() {
    use Mechanism::{OAuthBearer, ScramSha256};
    const CAPA: &str = "+OK\r\nUSER\r\nSASL SCRAM-SHA-256 OAUTHBEARER\r\n.\r\n";
    const NO_USER: &str = "+OK\r\nUIDL\r\n.\r\n";
    let refused = |end: &EndReason| matches!(end, EndReason::LoginRefused { fault: LoginFault::AppPassword, .. });
    let scram = Wish::Exactly(sasl(ScramSha256));
    // What the server says, and whether the secret or a proof of it was sent.
    type Case<'a> = (&'a str, Wish, &'a str, &'a [&'a str], &'a dyn Fn(&EndReason) -> bool, bool);
    let cases: [Case<'_>; 6] = [
        ("refused", Wish::Exactly(Method::UserPass), "tim", &[GREETING, CAPA, "+OK\r\n", REFUSED], &refused, true),
        (
            "not offered",
            Wish::Exactly(sasl(Mechanism::CramMd5)),
            "tim",
            &[GREETING, CAPA],
            &|end| *end == EndReason::NoMethod(NoMethod::NotOffered(sasl(Mechanism::CramMd5))),
            false,
        ),
        (
            "nothing offered",
            Wish::Automatic,
            "tim",
            &["+OK\r\n", NO_USER],
            &|end| *end == EndReason::NoMethod(NoMethod::Nothing),
            false,
        ),
        (
            "a token's fields cannot hold this name",
            Wish::Exactly(sasl(OAuthBearer)),
            "t\u{1}m",
            &[GREETING, CAPA],
            &|end| *end == EndReason::Unfit { method: sasl(OAuthBearer), reason: Unfit::IllegalOctet },
            false,
        ),
        (
            "no base64",
            scram,
            "tim",
            &[GREETING, CAPA, "+ !\r\n", "-ERR\r\n"],
            &|end| matches!(end, EndReason::LoginAborted(ChallengeFault::NotBase64)),
            true,
        ),
        (
            "+OK without a proof",
            scram,
            "tim",
            &[GREETING, CAPA, "+OK\r\n"],
            &|end| *end == EndReason::LoginAborted(ChallengeFault::ServerNotProven),
            true,
        ),
    ];
    for (name, wish, user, says, expected, sent) in cases {
        let heard = hear(wish, TlsEnds::Bridge, user, says);
        let end = heard.ending().unwrap_or_else(|| panic!("{name}: the session has ended; {}", heard.wire));
        assert!(expected(end), "{name}: {end:?}");
        let began = heard.wire.contains("PASS") || heard.wire.contains("AUTH");
        assert_eq!(began, sent, "{name}: {}", heard.wire);
    }
}

#[test]
fn what_a_server_does_wrong_stands_in_the_transcript_right_behind_it() {
    let heard = hear(Wish::Automatic, TlsEnds::Bridge, "tim", &["+OK hello\n", "-ERR no CAPA\r\n"]);
    let items: Vec<_> = heard
        .events
        .iter()
        .filter_map(|event| match event {
            SessionEvent::Transcript(entry) => Some(&entry.item),
            _ => None,
        })
        .collect();
    let line = items.iter().position(|item| matches!(item, Item::Line(line) if line.text.contains("hello"))).unwrap();
    let Some(Item::Deviation(deviation)) = items.get(line + 1) else { panic!("{items:?}") };
    assert_eq!((deviation.rule, deviation.rfc()), (Rule::BareLineFeed, "RFC 1939 §3"));
}
