//! The examples that the RFCs print, octet by octet, at both ends.

use popglass_protocol::{
    limits,
    sasl::{
        ChallengeFault, ChannelBinding, Credentials, Endpoint, Mechanism, Nonce, SaslText, Unfit, apop_digest,
        client::authenticator,
        server::{ServerFacts, Step, server_exchange},
    },
    secret::Secret,
};

use crate::{BINDING, bound, client, credentials, decode, encode, facts, pencil, server, text};

/// A login as an RFC prints it: what client and server say in turn.
struct Login {
    mechanism: Mechanism,
    credentials: Credentials,
    nonces: (&'static str, &'static str),
    salt: &'static str,
    client: &'static [&'static str],
    server: &'static [&'static str],
}

fn check(login: &Login) {
    let Login { mechanism, credentials, .. } = login;
    let nonce = |text| Nonce::parse(text).unwrap();
    let mut end = authenticator(*mechanism, credentials, &nonce(login.nonces.0), &ChannelBinding::Unsupported).unwrap();
    let facts = ServerFacts { salt: decode(login.salt), ..facts(ChannelBinding::Unsupported) };
    let mut other = server_exchange(*mechanism, &facts, &nonce(login.nonces.1));
    let secrets = |user: &str| (user == credentials.identity).then(|| credentials.secret.clone());
    assert_eq!(end.initial_response(), Some(text(login.client[0])), "{mechanism}");
    for (said, answer) in login.client.iter().zip(login.server) {
        assert_eq!(other.handle_response(&text(said), &secrets), Step::Challenge(encode(answer)), "{mechanism}");
    }
    let accepted = Step::Accepted { user: credentials.identity.clone() };
    assert_eq!(other.handle_response(&text(login.client.last().unwrap()), &secrets), accepted, "{mechanism}");
    for (heard, answer) in login.server.iter().zip(&login.client[1..]) {
        assert_eq!(end.respond(encode(heard).as_bytes()), Ok(text(answer)), "{mechanism}");
    }
    assert!(end.server_proven(), "{mechanism}");
}

#[test]
fn logins_go_as_the_rfcs_print_them() {
    let endpoint = Some(Endpoint { host: "server.example.com".into(), port: 143 });
    let oauth = "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==";
    let login = |mechanism, identity, secret, client| Login {
        mechanism,
        credentials: Credentials { endpoint: endpoint.clone(), ..credentials(identity, secret) },
        nonces: ("c", "s"),
        salt: "",
        client,
        server: &[],
    };
    // RFC 4616 §4; RFC 7628 §4.1; Google's description of XOAUTH2.
    check(&login(Mechanism::Plain, "tim", "tanstaaftanstaaf", &["\0tim\0tanstaaftanstaaf"]));
    check(&login(
        Mechanism::OAuthBearer,
        "user@example.com",
        oauth,
        &["n,a=user@example.com,\x01host=server.example.com\x01port=143\x01\
         auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\x01\x01"],
    ));
    check(&login(
        Mechanism::XOAuth2,
        "someuser@example.com",
        "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg",
        &["user=someuser@example.com\x01auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\x01\x01"],
    ));
    // RFC 5802 §5
    check(&Login {
        mechanism: Mechanism::ScramSha1,
        credentials: credentials("user", "pencil"),
        nonces: ("fyko+d2lbbFgONRv9qkxdawL", "3rfcNHYJY1ZVvWVs7j"),
        salt: "QSXCR+Q6sek8bf92",
        client: &[
            "n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL",
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            "",
        ],
        server: &[
            "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096",
            "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=",
        ],
    });
    // RFC 7677 §3
    check(&Login {
        mechanism: Mechanism::ScramSha256,
        credentials: credentials("user", "pencil"),
        nonces: ("rOprNGfwEbeRWgbNEkqO", "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"),
        salt: "W22ZaJ0SNY7soEsUEjb6gQ==",
        client: &[
            "n,,n=user,r=rOprNGfwEbeRWgbNEkqO",
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,\
             p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            "",
        ],
        server: &[
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096",
            "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=",
        ],
    });
}

#[test]
fn digests_are_those_of_the_rfcs() {
    // RFC 1939 §7
    assert_eq!(apop_digest("<1896.697170952@dbc.mtview.ca.us>", "tanstaaf"), "c4c9334bac560ecc979e58001b3e22fb");
    // RFC 2195 §2
    let mut end = client(Mechanism::CramMd5, &credentials("tim", "tanstaaftanstaaf")).unwrap();
    let challenge = encode("<1896.697170952@postoffice.reston.mci.net>");
    assert_eq!(end.respond(challenge.as_bytes()), Ok(text("tim b913a602c7eda7a495b4e6e7334d3890")));
}

#[test]
fn the_first_message_says_what_the_client_knows_of_the_channel() {
    let check = |mechanism, channel: ChannelBinding, authorization: Option<&str>, header: &str, data: &[u8]| {
        let credentials =
            Credentials { authorization: authorization.map(Into::into), ..credentials("a,b=c", "pencil") };
        let nonce = Nonce::parse("c").unwrap();
        let mut end = authenticator(mechanism, &credentials, &nonce, &channel).unwrap();
        assert_eq!(end.initial_response(), Some(text(format!("{header}n=a=2Cb=3Dc,r=c"))));
        let answer = end.respond(encode(format!("r=cs,s={},i=4096", encode("salt"))).as_bytes()).unwrap();
        let binding = encode([header.as_bytes(), data].concat());
        assert!(decode(answer.expose()).starts_with(format!("c={binding},r=cs,p=").as_bytes()), "{header}");
    };
    check(Mechanism::ScramSha1, ChannelBinding::Unsupported, None, "n,,", b"");
    check(Mechanism::ScramSha256, ChannelBinding::NotOffered, None, "y,,", b"");
    // The server offers -PLUS, and the user chose otherwise.
    check(Mechanism::ScramSha256, bound(), None, "n,,", b"");
    check(Mechanism::ScramSha1Plus, bound(), None, "p=tls-exporter,,", &BINDING);
    check(Mechanism::ScramSha256Plus, bound(), Some("x,y"), "p=tls-exporter,a=x=2Cy,", &BINDING);
    check(Mechanism::ScramSha256, ChannelBinding::Unsupported, Some(""), "n,,", b"");
    // RFC 9266 §2
    assert_eq!((ChannelBinding::EXPORTER_LABEL, BINDING.len()), (&b"EXPORTER-Channel-Binding"[..], 32));
}

#[test]
fn names_outside_ascii_go_as_each_mechanism_wants() {
    // Two spellings that look alike: as it is typed, and as SASLprep has it.
    let (typed, prepared) = ("ju\u{308}rgen", "j\u{fc}rgen");
    let said = |mechanism| client(mechanism, &credentials(typed, typed)).unwrap().initial_response();
    assert_eq!(said(Mechanism::Plain), Some(text(format!("\0{typed}\0{typed}"))));
    let first = said(Mechanism::ScramSha256).unwrap();
    assert!(decode(first.expose()).starts_with(format!("n,,n={prepared},r=").as_bytes()));
    // A server takes either for the same.
    let secrets = |user: &str| (user == prepared).then(|| Secret::new(prepared.into()));
    for mechanism in [Mechanism::Plain, Mechanism::ScramSha256] {
        let mut end = client(mechanism, &credentials(typed, typed)).unwrap();
        let mut other = server(mechanism);
        let mut response = end.initial_response().unwrap();
        let verdict = loop {
            match other.handle_response(&response, &secrets) {
                Step::Challenge(challenge) => response = end.respond(challenge.as_bytes()).unwrap(),
                verdict => break verdict,
            }
        };
        assert_eq!(verdict, Step::Accepted { user: prepared.into() }, "{mechanism}");
    }
}

#[test]
fn a_refused_token_is_answered_as_each_mechanism_wants() {
    // RFC 7628 §4.3; Google's description of XOAUTH2.
    for (mechanism, answer) in [(Mechanism::OAuthBearer, "AQ=="), (Mechanism::XOAuth2, "")] {
        let mut end = client(mechanism, &credentials("user", "stale")).unwrap();
        let challenge = encode(r#"{"status":"invalid_token","scope":"example_scope"}"#);
        end.initial_response();
        assert!(end.server_proven(), "{mechanism}");
        assert_eq!(end.respond(challenge.as_bytes()).unwrap().expose(), answer, "{mechanism}");
        assert!(!end.server_proven(), "{mechanism}");
        assert_eq!(end.respond(challenge.as_bytes()), Err(ChallengeFault::Unexpected), "{mechanism}");

        let mut other = server(mechanism);
        let first = client(mechanism, &credentials("user", "stale")).unwrap().initial_response().unwrap();
        let valid = client(mechanism, &credentials("user", "pencil")).unwrap().initial_response().unwrap();
        assert!(matches!(other.handle_response(&first, &pencil), Step::Challenge(_)), "{mechanism}");
        assert_eq!(other.handle_response(&valid, &pencil), Step::Rejected, "{mechanism}");
    }
}

#[test]
fn challenges_that_make_no_sense_end_the_exchange() {
    let check = |mechanism, challenges: &[&str], fault| {
        let mut end = client(mechanism, &credentials("user", "pencil")).unwrap();
        end.initial_response();
        let (last, before) = challenges.split_last().unwrap();
        for challenge in before {
            end.respond(encode(challenge).as_bytes()).unwrap();
        }
        assert_eq!(end.respond(encode(last).as_bytes()), Err(fault), "{mechanism} {challenges:?}");
    };
    let scram = |first: &str, fault| {
        let nonce = encode([1; 18]);
        check(Mechanism::ScramSha256, &[&first.replace("NONCE", &nonce)], fault);
    };
    scram("", ChallengeFault::Unexpected);
    scram("r=NONCEx", ChallengeFault::Unexpected);
    scram("r=NONCEx,s=,i=4096", ChallengeFault::Unexpected);
    scram("r=NONCEx,s=%,i=4096", ChallengeFault::Unexpected);
    scram("r=NONCEx,s=c2FsdA==,i=", ChallengeFault::Unexpected);
    scram("r=NONCEx,s=c2FsdA==,i=+4096", ChallengeFault::Unexpected);
    scram("s=c2FsdA==,r=NONCEx,i=4096", ChallengeFault::Unexpected);
    scram("m=x,r=NONCEx,s=c2FsdA==,i=4096", ChallengeFault::Unexpected);
    scram("r=NONCE,s=c2FsdA==,i=4096", ChallengeFault::ServerNotProven);
    scram("r=other,s=c2FsdA==,i=4096", ChallengeFault::ServerNotProven);
    scram("r=NONCE\u{fc},s=c2FsdA==,i=4096", ChallengeFault::ServerNotProven);
    scram("r=NONCEx,s=c2FsdA==,i=0", ChallengeFault::Iterations);
    scram("r=NONCEx,s=c2FsdA==,i=4095", ChallengeFault::Iterations);
    scram(&format!("r=NONCEx,s=c2FsdA==,i={}", limits::SCRAM_ITERATIONS_MAX + 1), ChallengeFault::Iterations);
    scram("r=NONCEx,s=c2FsdA==,i=99999999999999999999", ChallengeFault::Iterations);
    check(Mechanism::Plain, &[""], ChallengeFault::Unexpected);
    check(Mechanism::External, &["x"], ChallengeFault::Unexpected);
    check(Mechanism::Anonymous, &["x"], ChallengeFault::Unexpected);
    check(Mechanism::XOAuth2, &[""], ChallengeFault::Unexpected);
    check(Mechanism::Login, &["Name", "Password", "Again"], ChallengeFault::Unexpected);
    check(Mechanism::CramMd5, &[""], ChallengeFault::Unexpected);
    check(Mechanism::CramMd5, &["<a@b>", "<a@b>"], ChallengeFault::Unexpected);
}

#[test]
fn a_server_that_refuses_in_its_own_words_is_answered_and_not_believed() {
    let mut end = client(Mechanism::ScramSha256, &credentials("user", "pencil")).unwrap();
    end.initial_response();
    assert_eq!(end.respond(encode("e=invalid-proof").as_bytes()), Ok(SaslText::default()));
    assert!(!end.server_proven());
    assert_eq!(end.respond(encode("v=AAAA").as_bytes()), Err(ChallengeFault::Unexpected));
}

#[test]
fn credentials_that_do_not_fit_are_not_sent() {
    let check = |mechanism, credentials: &Credentials, unfit| {
        let nonce = Nonce::from_octets([1; 18]);
        let answer = authenticator(mechanism, credentials, &nonce, &ChannelBinding::Unsupported);
        assert_eq!(answer.map(|_| ()), Err(unfit), "{mechanism} {credentials:?}");
    };
    for mechanism in Mechanism::ALL.into_iter().filter(|each| each.takes_password() && !each.binds_channel()) {
        check(mechanism, &credentials("", "pencil"), Unfit::Empty);
        check(mechanism, &credentials("user", ""), Unfit::Empty);
        for bad in ["a\rb", "a\nb", "a\0b"] {
            check(mechanism, &credentials(bad, "pencil"), Unfit::IllegalOctet);
            check(mechanism, &credentials("user", bad), Unfit::IllegalOctet);
        }
    }
    for mechanism in [Mechanism::XOAuth2, Mechanism::OAuthBearer] {
        check(mechanism, &credentials("user", ""), Unfit::Empty);
        check(mechanism, &credentials("us\x01er", "token"), Unfit::IllegalOctet);
        check(mechanism, &credentials("user", "to ken"), Unfit::IllegalOctet);
        check(mechanism, &credentials("user", "t\u{f6}ken"), Unfit::IllegalOctet);
    }
    for mechanism in [Mechanism::ScramSha1Plus, Mechanism::ScramSha256Plus] {
        check(mechanism, &credentials("user", "pencil"), Unfit::NoChannelBinding);
    }
    check(Mechanism::ScramSha256, &credentials("user", "pen\u{e000}cil"), Unfit::Prohibited);
    check(Mechanism::Anonymous, &credentials(&"x".repeat(256), ""), Unfit::TooLong);
    check(Mechanism::Anonymous, &credentials("x\r\nDELE 1", ""), Unfit::IllegalOctet);
    let authorization =
        |identity: &str| Credentials { authorization: Some(identity.into()), ..credentials("user", "pencil") };
    check(Mechanism::Plain, &authorization("a\0b"), Unfit::IllegalOctet);
    check(Mechanism::External, &authorization("a\r\nb"), Unfit::IllegalOctet);
}

#[test]
fn a_server_refuses_what_could_slip_through() {
    let check = |mechanism: Mechanism, responses: &[&str]| {
        let mut other = server(mechanism);
        if !mechanism.binds_channel() {
            other.challenge();
        }
        let (last, before) = responses.split_last().unwrap();
        for response in before {
            assert!(matches!(other.handle_response(&text(response), &pencil), Step::Challenge(_)));
        }
        assert_eq!(other.handle_response(&text(last), &pencil), Step::Rejected, "{mechanism} {responses:?}");
    };
    for bad in ["us\rer", "us\ner", "us\0er", ""] {
        check(Mechanism::Plain, &[&format!("\0{bad}\0pencil")]);
        check(Mechanism::Plain, &[&format!("\0user\0{bad}")]);
        check(Mechanism::Login, &[bad]);
        check(Mechanism::Login, &["user", bad]);
        check(Mechanism::ScramSha256, &[&format!("n,,n={bad},r=c")]);
        check(Mechanism::XOAuth2, &[&format!("user={bad}\r\x01auth=Bearer pencil\x01\x01")]);
    }
    check(Mechanism::Plain, &["other\0user\0pencil"]);
    check(Mechanism::Plain, &["user\0pencil"]);
    check(Mechanism::Plain, &["\0user\0pencil\0"]);
    check(Mechanism::External, &["other"]);
    check(Mechanism::Anonymous, &["x\r\nDELE 1"]);
    check(Mechanism::ScramSha256, &["n,a=other,n=user,r=c"]);
    check(Mechanism::ScramSha256, &["n,,m=x,n=user,r=c"]);
    check(Mechanism::ScramSha256, &["p=tls-exporter,,n=user,r=c"]);
    check(Mechanism::ScramSha256Plus, &["n,,n=user,r=c"]);
    check(Mechanism::ScramSha256Plus, &["y,,n=user,r=c"]);
    check(Mechanism::ScramSha256Plus, &["p=tls-unique,,n=user,r=c"]);
    check(Mechanism::ScramSha256, &["n,,n=user,r=c", "c=biws,r=c,p=AAAA"]);
}

#[test]
fn a_struck_offer_of_channel_binding_comes_to_light() {
    // RFC 5802 §6: the client could bind, the server offers it, and somebody took the offer out of the list.
    let mut end = authenticator(
        Mechanism::ScramSha256,
        &credentials("user", "pencil"),
        &Nonce::from_octets([1; 18]),
        &ChannelBinding::NotOffered,
    )
    .unwrap();
    let first = end.initial_response().unwrap();
    let nonce = Nonce::from_octets([2; 18]);
    let mut binding = server_exchange(Mechanism::ScramSha256, &facts(bound()), &nonce);
    assert_eq!(binding.handle_response(&first, &pencil), Step::Rejected);
    let mut plain = server_exchange(Mechanism::ScramSha256, &facts(ChannelBinding::Unsupported), &nonce);
    assert!(matches!(plain.handle_response(&first, &pencil), Step::Challenge(_)));
}

#[test]
fn another_channel_is_refused() {
    let other_channel = ChannelBinding::TlsExporter(Secret::new([7; 32]));
    for mechanism in [Mechanism::ScramSha1Plus, Mechanism::ScramSha256Plus] {
        let mut end = client(mechanism, &credentials("user", "pencil")).unwrap();
        let mut other = server_exchange(mechanism, &facts(other_channel.clone()), &Nonce::from_octets([2; 18]));
        assert_eq!(crate::talk(&mut *end, &mut other), (Some(Step::Rejected), false), "{mechanism}");
    }
}

#[test]
fn cram_md5_takes_no_answer_before_its_question() {
    let mut asked = server(Mechanism::CramMd5);
    let challenge = asked.challenge();
    let answer = client(Mechanism::CramMd5, &credentials("user", "pencil")).unwrap().respond(challenge.as_bytes());
    let answer = answer.unwrap();
    assert_eq!(server(Mechanism::CramMd5).handle_response(&answer, &pencil), Step::Rejected);
    assert_eq!(asked.handle_response(&answer, &pencil), Step::Accepted { user: "user".into() });
}
