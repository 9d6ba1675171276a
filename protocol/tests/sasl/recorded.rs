//! Logins that GNU SASL's client and server had with each other: each of our ends takes the place of one of theirs, and
//! says the same octets. tests/sasl/gsasl/record.py made the recordings.

use std::{fs, path::Path};

use popglass_protocol::sasl::{
    Mechanism, Nonce, SaslText,
    client::authenticator,
    server::{ServerFacts, Step, server_exchange},
};

use crate::{channel, credentials, decode, facts, pencil};

/// The text behind a prefix, in all lines that have it.
fn lines<'a>(recording: &'a str, prefix: &str) -> Vec<&'a str> {
    recording.lines().filter_map(|line| line.strip_prefix(prefix)).map(str::trim_start).collect()
}

/// The value of a field of SCRAM, as the recording has it.
fn field(message: &str, name: &str) -> String {
    let message = String::from_utf8(decode(message)).unwrap();
    message.split(',').find_map(|field| field.strip_prefix(name)).unwrap().into()
}

fn replay(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sasl/gsasl");
    let recording = fs::read_to_string(folder.join(name)).unwrap();
    let mechanism = Mechanism::of_name(lines(&recording, "M:")[0]).unwrap();
    let (client, server) = (lines(&recording, "C:"), lines(&recording, "S:"));
    let (client_nonce, server_nonce) = if mechanism == Mechanism::CramMd5 {
        let challenge = String::from_utf8(decode(server[0])).unwrap();
        let (nonce, host) = challenge.trim_matches(['<', '>']).split_once('@').unwrap();
        assert_eq!(host, "localhost");
        (nonce.to_owned(), nonce.to_owned())
    } else {
        let (nonce, both) = (field(client[0], "r="), field(server[0], "r="));
        let added = both.strip_prefix(&nonce).unwrap().to_owned();
        (nonce, added)
    };
    let nonce = |text: &str| Nonce::parse(text).unwrap();

    let credentials = credentials("user", "pencil");
    let mut end = authenticator(mechanism, &credentials, &nonce(&client_nonce), &channel(mechanism)).unwrap();
    let first = end.initial_response();
    let said: Vec<_> =
        first.into_iter().chain(server.iter().map(|heard| end.respond(heard.as_bytes()).unwrap())).collect();
    assert_eq!(said.iter().map(|said| said.expose()).collect::<Vec<_>>(), client, "{mechanism}: client");
    assert!(end.server_proven(), "{mechanism}");

    let facts = ServerFacts { host: "localhost".into(), ..facts(channel(mechanism)) };
    let mut other = server_exchange(mechanism, &facts, &nonce(&server_nonce));
    let mut said = Vec::new();
    if mechanism == Mechanism::CramMd5 {
        said.push(other.challenge());
    }
    let last = client.iter().map(|heard| {
        let response = SaslText::parse(heard).unwrap();
        other.handle_response(&response, &pencil)
    });
    let (challenges, verdicts): (Vec<_>, Vec<_>) = last.partition(|step| matches!(step, Step::Challenge(_)));
    said.extend(challenges.into_iter().map(|step| match step {
        Step::Challenge(challenge) => challenge,
        Step::Accepted { .. } | Step::Rejected => String::new(),
    }));
    assert_eq!(said, server, "{mechanism}: server");
    assert_eq!(verdicts, [Step::Accepted { user: "user".into() }], "{mechanism}");
}

#[test]
fn our_ends_say_what_gnu_sasl_says() {
    replay("cram_md5.exchange");
    replay("scram_sha_1.exchange");
    replay("scram_sha_1_plus.exchange");
    replay("scram_sha_256.exchange");
    replay("scram_sha_256_plus.exchange");
}
