//! Somebody between client and server, or a server that means no good: whatever they inject, strip, refuse or claim, the
//! login ends before a name or a password is shown to them. The classes are those of the "NO STARTTLS" study.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use base64::{Engine as _, engine::general_purpose::STANDARD};
use popglass_protocol::{
    client::{Client, Config, Error, Misbehaviour, Output},
    limits,
    login::{
        Method, NoMethod, Protection, Wish,
        driver::{Login, Outcome, Plan},
    },
    sasl::{ChallengeFault, ChannelBinding, Credentials, Mechanism, Nonce},
    secret::Secret,
};

const NAME: &str = "ada.lovelace";
const PASSWORD: &str = "tanstaaf-7Xq";
const NONCE: &str = "rOprNGfwEbeRWgbNEkqO";

/// What a server says: to nothing (the greeting), or to a line that begins so. Each text is one read. `TLS ` in front
/// means: within TLS.
type Says<'a> = &'a [(&'a str, &'a [&'a str])];

/// How a login went.
#[derive(Debug, Default)]
struct Ended {
    outcome: Option<Outcome>,
    error: Option<Error>,
    in_the_clear: Vec<u8>,
    in_tls: Vec<u8>,
}

struct Session<'a> {
    client: Client,
    login: Login,
    says: Says<'a>,
    tls: bool,
    /// What was transmitted and not answered yet.
    pending: Vec<u8>,
    ended: Ended,
}

fn plan(wish: Wish, protection: Protection, start_tls: bool) -> Plan {
    Plan {
        wish,
        protection,
        start_tls,
        credentials: Credentials {
            identity: NAME.into(),
            secret: Secret::new(PASSWORD.into()),
            ..Credentials::default()
        },
        nonce: Nonce::parse(NONCE).unwrap(),
        channel: ChannelBinding::Unsupported,
    }
}

/// Carries a login out against such a server, and makes sure that nothing was shown in the clear.
fn ended(plan: Plan, says: Says<'_>) -> Ended {
    let ended = carried_out(plan, says);
    assert_shows_nothing(&ended.in_the_clear);
    ended
}

fn carried_out(plan: Plan, says: Says<'_>) -> Ended {
    let mut session = Session {
        client: Client::with_config(Config::default()),
        login: Login::new(plan),
        says,
        tls: false,
        pending: Vec::new(),
        ended: Ended::default(),
    };
    session.hear("");
    while let Some(end) = session.pending.iter().position(|octet| *octet == b'\n') {
        let line: Vec<u8> = session.pending.drain(..=end).collect();
        session.hear(&format!("{}{}", if session.tls { "TLS " } else { "" }, line.escape_ascii()));
    }
    session.ended
}

impl Session<'_> {
    /// The server says what it says to this; the first row that fits is used.
    fn hear(&mut self, line: &str) {
        let fits = |trigger: &str| if trigger.is_empty() { line.is_empty() } else { line.starts_with(trigger) };
        let Some((_, reads)) = self.says.iter().find(|(trigger, _)| fits(trigger)) else { return };
        for read in *reads {
            self.client.handle_input(read.as_bytes());
            self.drain();
        }
    }

    fn drain(&mut self) {
        loop {
            match self.client.poll_output() {
                Ok(Output::Idle) => break,
                Ok(Output::Transmit(octets)) => {
                    let sent = if self.tls { &mut self.ended.in_tls } else { &mut self.ended.in_the_clear };
                    sent.extend_from_slice(&octets);
                    self.pending.extend(octets);
                }
                Ok(Output::UpgradeTls) => {
                    // What is left of the read comes before the handshake is over; a later read is decrypted.
                    let upgraded = self.says.iter().any(|(trigger, _)| trigger.starts_with("TLS "));
                    if upgraded {
                        self.tls = true;
                        self.client.handle_tls_ready();
                        self.login.handle_tls_ready(&mut self.client, ChannelBinding::Unsupported);
                    }
                }
                Ok(Output::Event(event)) => {
                    if let Some(outcome) = self.login.handle_event(&mut self.client, &event) {
                        assert!(self.ended.outcome.replace(outcome).is_none(), "one outcome");
                    }
                }
                Err(error) => {
                    self.ended.error = Some(error);
                    break;
                }
            }
        }
    }
}

/// Name or password stands there, plain or in base64, wherever in a group of three octets it begins; or a digest.
fn shows(wire: &[u8]) -> bool {
    let text = wire.escape_ascii().to_string();
    let mut traces: Vec<String> = ["USER ", "PASS ", "APOP "].map(String::from).into();
    for secret in [NAME, PASSWORD] {
        traces.push(secret.into());
        for lead in ["", "x", "xx"] {
            let encoded = STANDARD.encode(format!("{lead}{secret}"));
            // The first and the last group may depend on what stands around.
            traces.push(encoded[4..encoded.len() - 4].into());
        }
    }
    traces.iter().any(|trace| text.contains(trace))
}

fn assert_shows_nothing(wire: &[u8]) {
    assert!(!shows(wire), "{}", wire.escape_ascii());
}

#[test]
fn what_these_tests_look_for_they_would_find() {
    let plain = STANDARD.encode(format!("\0{NAME}\0{PASSWORD}"));
    let (login_name, login_password) = (STANDARD.encode(NAME), STANDARD.encode(PASSWORD));
    let scram = STANDARD.encode(format!("n,,n={NAME},r={NONCE}"));
    for line in [&format!("PASS {PASSWORD}"), &format!("AUTH PLAIN {plain}"), &login_name, &login_password, &scram] {
        assert!(shows(line.as_bytes()), "{line}");
    }
    assert!(!shows(b"CAPA\r\nSTLS\r\nQUIT\r\n"));
}

fn wishes() -> impl Iterator<Item = Wish> {
    let methods = [Method::UserPass, Method::Apop].into_iter().chain(Mechanism::ALL.map(Method::Sasl));
    methods.map(Wish::Exactly).chain([Wish::Automatic])
}

/// Whatever the user wishes, and even if they would have agreed to show their password.
fn check_every_wish(says: Says<'_>, is_expected: impl Fn(&Ended) -> bool) {
    for wish in wishes() {
        for protection in [Protection::Open, Protection::OpenAgreed] {
            let ended = ended(plan(wish, protection, true), says);
            assert!(is_expected(&ended), "{says:?} {wish:?}: {ended:?}");
            assert!(ended.in_tls.is_empty());
        }
    }
}

fn misbehaviour(ended: &Ended) -> Option<&Misbehaviour> {
    match &ended.error {
        Some(Error::PeerMisbehaved(misbehaviour)) => Some(misbehaviour),
        _ => None,
    }
}

const GREETING: &[&str] = &["+OK ready <1896.697170952@dbc.mtview.ca.us>\r\n"];
const CAPABILITIES: &[&str] = &["+OK\r\nSTLS\r\nUSER\r\nPIPELINING\r\nSASL PLAIN LOGIN SCRAM-SHA-256\r\n.\r\n"];

#[test]
fn octets_behind_the_reply_to_stls_end_the_session() {
    for reads in [
        &["+OK\r\n+OK\r\n"][..],
        &["+OK\r\n", "+OK\r\n"],
        &["+OK\r\n "],
        &["+OK\r\n", "+"],
        &["+OK\r\n\r\n"],
        &["+OK\r\n+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"],
        &["+OK\r\n", "+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"],
        &["+OK", "\r", "\n+OK\r\nUSER\r\n.\r\n+OK\r\n+OK\r\n"],
    ] {
        check_every_wish(&[("", GREETING), ("CAPA", CAPABILITIES), ("STLS", reads)], |ended| {
            misbehaviour(ended) == Some(&Misbehaviour::PlaintextAfterStls) && ended.outcome.is_none()
        });
    }
}

#[test]
fn plaintext_in_the_read_of_the_stls_reply_ends_the_session_though_tls_stands() {
    // The host has upgraded before it asks again: what was taken in the clear is held against the server all the same.
    let says: Says<'_> = &[
        ("", GREETING),
        ("CAPA", CAPABILITIES),
        ("STLS", &["+OK\r\n+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"]),
        ("TLS CAPA", &["+OK\r\nUSER\r\n.\r\n"]),
    ];
    check_every_wish(says, |ended| misbehaviour(ended) == Some(&Misbehaviour::PlaintextAfterStls));
}

#[test]
fn replies_injected_before_stls_end_the_session() {
    let whole = CAPABILITIES[0];
    let doubled = whole.repeat(2);
    let early = format!("{whole}+OK begin TLS\r\n");
    let logged_in = format!("{whole}+OK maildrop locked and ready\r\n");
    let rest = whole.strip_prefix("+OK\r\n").unwrap();
    for (says, expected) in [
        // An early +OK, as if the session were logged in already.
        (&[("", &["+OK maildrop locked and ready\r\n+OK\r\n"][..])][..], Misbehaviour::UnsolicitedReply),
        (&[("", GREETING), ("CAPA", &[doubled.as_str()])], Misbehaviour::UnsolicitedReply),
        (&[("", GREETING), ("CAPA", &[early.as_str()])], Misbehaviour::UnsolicitedReply),
        (&[("", GREETING), ("CAPA", &[logged_in.as_str()])], Misbehaviour::UnsolicitedReply),
        // The second reply to CAPA is taken for the one to STLS: what follows its first line is too much.
        (&[("", GREETING), ("CAPA", &[whole, "+OK\r\n", rest])], Misbehaviour::PlaintextAfterStls),
        (&[("", GREETING), ("CAPA", &[whole, whole])], Misbehaviour::PlaintextAfterStls),
        // The true answer to STLS follows an injected one.
        (
            &[("", GREETING), ("CAPA", &[whole, "+OK begin TLS\r\n"]), ("STLS", &["+OK begin TLS\r\n"])],
            Misbehaviour::PlaintextAfterStls,
        ),
        // A greeting said twice is taken for the answer to CAPA.
        (
            &[("", &["+OK ready\r\n", "+OK ready\r\n"]), ("CAPA", CAPABILITIES)],
            Misbehaviour::Desynchronised(popglass_protocol::command::CommandName::Capa),
        ),
        // A challenge, as if AUTH had been given.
        (
            &[("", GREETING), ("CAPA", CAPABILITIES), ("STLS", &["+ \r\n"])],
            Misbehaviour::NoStatusIndicator { line: "+ ".into() },
        ),
    ] {
        check_every_wish(says, |ended| misbehaviour(ended) == Some(&expected) && ended.outcome.is_none());
    }
}

#[test]
fn stripped_and_refused_tls_ends_the_login() {
    let refused = |ended: &Ended| matches!(ended.outcome, Some(Outcome::NoTls(Some(_)))) && ended.error.is_none();
    let stripped = |ended: &Ended| ended.outcome == Some(Outcome::NoTls(None)) && ended.error.is_none();
    check_every_wish(&[("", GREETING), ("CAPA", CAPABILITIES), ("STLS", &["-ERR not now\r\n"])], refused);
    check_every_wish(&[("", GREETING), ("CAPA", &["+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n"])], stripped);
    check_every_wish(&[("", GREETING), ("CAPA", &["+OK\r\nXSTLS\r\nSTLSX\r\n.\r\n"])], stripped);
    check_every_wish(&[("", GREETING), ("CAPA", &["+OK\r\n.\r\n"])], stripped);
    check_every_wish(&[("", GREETING), ("CAPA", &["-ERR unknown command\r\n"])], stripped);
    check_every_wish(&[("", &["-ERR no\r\n"])], |ended| ended.outcome.is_none() && ended.error.is_none());
}

#[test]
fn a_list_that_was_shortened_makes_no_login_weaker() {
    let exactly = |mechanism| Wish::Exactly(Method::Sasl(mechanism));
    let scram = exactly(Mechanism::ScramSha256);
    let gone = NoMethod::NotOffered(Method::Sasl(Mechanism::ScramSha256));
    let plain = NoMethod::Exposed(Method::Sasl(Mechanism::Plain));
    let login = NoMethod::Exposed(Method::Sasl(Mechanism::Login));
    for (list, wish, expected) in [
        ("SASL PLAIN\r\n", Wish::Automatic, plain),
        ("SASL LOGIN\r\n", Wish::Automatic, login),
        ("SASL PLAIN LOGIN CRAM-MD5\r\nUSER\r\n", Wish::Automatic, NoMethod::Exposed(Method::UserPass)),
        ("USER\r\n", Wish::Automatic, NoMethod::Exposed(Method::UserPass)),
        ("SASL CRAM-MD5\r\n", Wish::Automatic, NoMethod::Nothing),
        ("SASL X-NEW KERBEROS_V4\r\n", Wish::Automatic, NoMethod::Nothing),
        ("SASL\r\n", Wish::Automatic, NoMethod::Nothing),
        ("TOP\r\n", Wish::Automatic, NoMethod::Nothing),
        ("SASL XOAUTH2 OAUTHBEARER EXTERNAL ANONYMOUS\r\n", Wish::Automatic, NoMethod::Nothing),
        ("SASL PLAIN\r\n", scram, gone),
        ("SASL LOGIN SCRAM-SHA-1\r\n", scram, gone),
        ("USER\r\n", scram, gone),
        ("SASL PLAIN\r\n", exactly(Mechanism::Plain), plain),
        ("USER\r\n", Wish::Exactly(Method::UserPass), NoMethod::Exposed(Method::UserPass)),
        ("SASL XOAUTH2\r\n", exactly(Mechanism::XOAuth2), NoMethod::Exposed(Method::Sasl(Mechanism::XOAuth2))),
    ] {
        let capabilities = format!("+OK\r\n{list}.\r\n");
        let says = [("", GREETING), ("CAPA", &[capabilities.as_str()][..])];
        // In the clear, nobody having agreed to show anything.
        let open = ended(plan(wish, Protection::Open, false), &says);
        assert_eq!(open.outcome, Some(Outcome::NoMethod(expected)), "{list:?} {wish:?}");
        assert_eq!(open.in_the_clear, b"CAPA\r\n");
    }
    // In TLS, what the list in the clear said is forgotten.
    for (list, wish, expected) in [
        ("+OK\r\nSASL PLAIN LOGIN\r\n.\r\n", scram, gone),
        ("-ERR\r\n", scram, gone),
        ("+OK\r\nSASL X-NEW\r\n.\r\n", Wish::Automatic, NoMethod::Nothing),
        ("+OK\r\nSASL\r\n.\r\n", Wish::Automatic, NoMethod::Nothing),
    ] {
        let greeting: &[&str] = &["+OK ready\r\n"];
        let says = [("", greeting), ("CAPA", CAPABILITIES), ("STLS", &["+OK\r\n"]), ("TLS CAPA", &[list])];
        let ended = ended(plan(wish, Protection::Open, true), &says);
        assert_eq!(ended.outcome, Some(Outcome::NoMethod(expected)), "{list:?} {wish:?}");
        assert_shows_nothing(&ended.in_tls);
    }
}

#[test]
fn who_refuses_channel_binding_gets_the_same_proof_unbound_and_nothing_weaker() {
    let exporter = || ChannelBinding::TlsExporter(Secret::new([5; ChannelBinding::EXPORTER_OCTETS]));
    let plus = Method::Sasl(Mechanism::ScramSha256Plus);
    for (list, wish, tried) in [
        ("SCRAM-SHA-256-PLUS SCRAM-SHA-256 PLAIN", Wish::Automatic, &["SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"][..]),
        ("SCRAM-SHA-256-PLUS SCRAM-SHA-1 PLAIN LOGIN CRAM-MD5", Wish::Automatic, &["SCRAM-SHA-256-PLUS"]),
        ("SCRAM-SHA-1-PLUS PLAIN", Wish::Automatic, &["SCRAM-SHA-1-PLUS"]),
        ("SCRAM-SHA-256-PLUS SCRAM-SHA-256", Wish::Exactly(plus), &["SCRAM-SHA-256-PLUS"]),
    ] {
        let capabilities = format!("+OK\r\nUSER\r\nSASL {list}\r\n.\r\n");
        let says: Says<'_> =
            &[("", &["+OK ready\r\n"]), ("CAPA", &[&capabilities]), ("AUTH", &["-ERR no\r\n"]), ("USER", &["+OK\r\n"])];
        let plan = Plan { channel: exporter(), ..plan(wish, Protection::Protected, false) };
        let ended = carried_out(plan, says);
        let wire = String::from_utf8(ended.in_the_clear).unwrap();
        let mechanisms: Vec<&str> =
            wire.lines().filter_map(|line| line.strip_prefix("AUTH ")?.split(' ').next()).collect();
        assert_eq!(mechanisms, tried, "{list}");
        assert!(!wire.contains("USER ") && matches!(ended.outcome, Some(Outcome::Refused { .. })), "{list}: {wire}");
    }
}

#[test]
fn a_forged_stamp_is_not_digested() {
    for stamp in ["", "<>", "<a b@c>", "<a@b@c>", "<\u{1}@c>", "<@c>", "<a@>", "<a@b", "a@b>", "<\u{e4}@b>"] {
        let greeting = format!("+OK {stamp}\r\n");
        let says = [("", &[greeting.as_str()][..]), ("CAPA", &["+OK\r\nUSER\r\n.\r\n"])];
        for protection in [Protection::Open, Protection::OpenAgreed, Protection::Protected] {
            let ended = ended(plan(Wish::Exactly(Method::Apop), protection, false), &says);
            assert_eq!(ended.outcome, Some(Outcome::NoMethod(NoMethod::NotOffered(Method::Apop))), "{stamp:?}");
        }
    }
    // A well-formed one is not taken up by itself in the clear.
    let says: Says<'_> = &[("", GREETING), ("CAPA", &["+OK\r\nUSER\r\n.\r\n"])];
    let ended = ended(plan(Wish::Automatic, Protection::Open, false), says);
    assert_eq!(ended.outcome, Some(Outcome::NoMethod(NoMethod::Exposed(Method::UserPass))));
}

/// A server that pretends within SCRAM, in TLS: it has a certificate, but does not know the password.
fn check_scram(server_says: &[&str], error: Option<&Misbehaviour>, outcome: Option<ChallengeFault>) {
    let method = Method::Sasl(Mechanism::ScramSha256);
    let mut says: Vec<(&str, &[&str])> = vec![
        ("", GREETING),
        ("CAPA", CAPABILITIES),
        ("STLS", &["+OK\r\n"]),
        ("TLS CAPA", &["+OK\r\nSASL SCRAM-SHA-256\r\n.\r\n"]),
    ];
    for (place, said) in server_says.iter().enumerate() {
        says.push((if place == 0 { "TLS AUTH" } else { "TLS " }, std::slice::from_ref(said)));
    }
    // Each line is answered by the next row: rows that were used are left behind.
    let mut rows = says.as_slice();
    let mut session = Session {
        client: Client::new(),
        login: Login::new(plan(Wish::Exactly(method), Protection::Open, true)),
        says: rows,
        tls: false,
        pending: Vec::new(),
        ended: Ended::default(),
    };
    session.hear("");
    while let Some(end) = session.pending.iter().position(|octet| *octet == b'\n') {
        let line: Vec<u8> = session.pending.drain(..=end).collect();
        rows = rows.get(1..).unwrap_or_default();
        session.says = rows;
        session.hear(&format!("{}{}", if session.tls { "TLS " } else { "" }, line.escape_ascii()));
    }
    let ended = session.ended;
    assert_shows_nothing(&ended.in_the_clear);
    assert!(!String::from_utf8(ended.in_tls.clone()).unwrap().contains(PASSWORD));
    assert_eq!(misbehaviour(&ended), error, "{server_says:?}");
    let expected = outcome.map(|fault| Outcome::Aborted { method, fault });
    assert_eq!(ended.outcome, expected, "{server_says:?}");
}

#[test]
fn nobody_is_logged_in_by_a_server_that_proves_nothing() {
    let challenge = |text: &str| format!("+ {}\r\n", STANDARD.encode(text));
    let first = challenge(&format!("r={NONCE}server,s=c2FsdA==,i=4096"));
    let (first, wrong) = (first.as_str(), challenge(&format!("v={}", STANDARD.encode([0; 32]))));
    let (wrong, refusal) = (wrong.as_str(), challenge("e=other-error"));
    let other_nonce = challenge("r=other,s=c2FsdA==,i=4096");
    let few = challenge(&format!("r={NONCE}server,s=c2FsdA==,i=1"));
    let many = challenge(&format!("r={NONCE}server,s=c2FsdA==,i={}", limits::SCRAM_ITERATIONS_MAX + 1));
    let not_proven = Some(&Misbehaviour::NotProven);
    // +OK at once, instead of the signature, behind a wrong one (the client has said `*`), and behind a refusal.
    check_scram(&["+OK logged in\r\n"], not_proven, None);
    check_scram(&[first, "+OK logged in\r\n"], not_proven, None);
    check_scram(&[first, wrong, "+OK logged in\r\n"], not_proven, None);
    check_scram(&[first, &refusal, "+OK logged in\r\n"], not_proven, None);
    check_scram(&["+ not base64!\r\n", "+OK logged in\r\n"], not_proven, None);
    // The server takes note that the client broke off.
    check_scram(&[first, wrong, "-ERR\r\n"], None, Some(ChallengeFault::ServerNotProven));
    check_scram(&[&other_nonce, "-ERR\r\n"], None, Some(ChallengeFault::ServerNotProven));
    check_scram(&[&few, "-ERR\r\n"], None, Some(ChallengeFault::Iterations));
    check_scram(&[&many, "-ERR\r\n"], None, Some(ChallengeFault::Iterations));
    check_scram(&["+ not base64!\r\n", "-ERR\r\n"], None, Some(ChallengeFault::NotBase64));
    // It goes on asking, although the client broke off.
    let bad = Misbehaviour::BadReply(popglass_protocol::command::CommandName::Auth);
    check_scram(&[first, wrong, first], Some(&bad), None);
}
