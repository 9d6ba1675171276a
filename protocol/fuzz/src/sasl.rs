//! SASL: arbitrary challenges prove nothing to a client, arbitrary responses let nobody in, and the two ends of each
//! mechanism agree if and only if they know the same. Knows no line of POP3.

use popglass_protocol::{
    limits,
    sasl::{
        ChannelBinding, Credentials, Mechanism, Nonce, SaslText,
        client::authenticator,
        server::{ServerExchange, ServerFacts, Step, server_exchange},
    },
    secret::Secret,
};

/// Rounds that a challenge may ask for here: more would only take time.
const ITERATIONS_DIGITS_MAX: usize = 4;

/// First octet: which mechanism; first line: name, second: secret, third: the secret that the server knows; the other
/// lines are challenges and responses, as octets or in base64.
pub fn run(input: &[u8]) {
    let Some((first, text)) = input.split_first() else { return };
    let mechanism = Mechanism::ALL[usize::from(*first) % Mechanism::ALL.len()];
    let mut lines = text.split(|octet| *octet == b'\n');
    let mut word = || String::from_utf8_lossy(lines.next().unwrap_or_default()).into_owned();
    let (identity, secret, known) = (word(), word(), word());
    let said: Vec<&[u8]> = lines.collect();
    against_strangers(mechanism, &identity, &secret, &said);
    against_each_other(mechanism, &identity, &secret, &known);
}

fn credentials(identity: &str, secret: &str) -> Credentials {
    Credentials { identity: identity.into(), secret: Secret::new(secret.into()), ..Credentials::default() }
}

fn channel() -> ChannelBinding {
    ChannelBinding::TlsExporter(Secret::new([5; ChannelBinding::EXPORTER_OCTETS]))
}

fn server(mechanism: Mechanism) -> ServerExchange {
    let facts = ServerFacts {
        host: "mail.example".into(),
        salt: b"salt".to_vec(),
        iterations: limits::SCRAM_ITERATIONS_MIN.try_into().expect("it is not zero"),
        channel: if mechanism.binds_channel() { channel() } else { ChannelBinding::Unsupported },
        external: None,
    };
    server_exchange(mechanism, &facts, &Nonce::from_octets([9; limits::SCRAM_NONCE_OCTETS]))
}

fn against_strangers(mechanism: Mechanism, identity: &str, secret: &str, said: &[&[u8]]) {
    let nonce = Nonce::from_octets([7; limits::SCRAM_NONCE_OCTETS]);
    let mut server = server(mechanism);
    server.challenge();
    let nobody = |_: &str| None;
    for response in said {
        let response = str::from_utf8(response).ok().and_then(SaslText::parse).unwrap_or_else(|| base64(response));
        let step = server.handle_response(&response, &nobody);
        let needs_no_secret = mechanism == Mechanism::Anonymous;
        assert!(needs_no_secret || !matches!(step, Step::Accepted { .. }));
    }
    let channel = channel();
    let Ok(mut client) = authenticator(mechanism, &credentials(identity, secret), &nonce, &channel) else { return };
    let scram = client.initial_response().is_some() && !client.server_proven();
    for challenge in said.iter().filter(|challenge| !asks_for_much(challenge)) {
        let _ = client.respond(challenge);
        let _ = client.respond(base64(challenge).expose().as_bytes());
        assert!(!scram || !client.server_proven(), "nobody knows the server's signature");
    }
}

fn asks_for_much(challenge: &[u8]) -> bool {
    challenge.split(|octet| !octet.is_ascii_digit()).any(|digits| digits.len() > ITERATIONS_DIGITS_MAX)
}

fn against_each_other(mechanism: Mechanism, identity: &str, secret: &str, known: &str) {
    let nonce = Nonce::from_octets([7; limits::SCRAM_NONCE_OCTETS]);
    let channel = channel();
    let Ok(mut client) = authenticator(mechanism, &credentials(identity, secret), &nonce, &channel) else { return };
    let mut server = server(mechanism);
    let secrets = |user: &str| (user == identity).then(|| Secret::new(known.into()));
    let mut response = match client.initial_response() {
        Some(response) => response,
        None => match client.respond(server.challenge().as_bytes()) {
            Ok(response) => response,
            Err(_) => return,
        },
    };
    for _ in 0..limits::SASL_ROUNDS_MAX {
        match server.handle_response(&response, &secrets) {
            Step::Challenge(challenge) => match client.respond(challenge.as_bytes()) {
                Ok(next) => response = next,
                Err(_) => break,
            },
            Step::Accepted { user } => {
                assert!(client.server_proven(), "{mechanism}");
                let needs_no_secret = matches!(mechanism, Mechanism::Anonymous | Mechanism::External);
                // HMAC fills keys up with NUL (RFC 2104 §2), which no client can send: there the two are the same.
                let same = secret == known.trim_end_matches('\0');
                assert!(needs_no_secret || (user == identity && same), "{mechanism}");
                return;
            }
            Step::Rejected => break,
        }
    }
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_graphic());
    let fit = plain(identity) && plain(secret) && mechanism != Mechanism::External;
    assert!(!fit || secret != known, "{mechanism}: who knows the secret is let in");
}

/// Base64 with padding (RFC 4648 §4).
fn base64(octets: &[u8]) -> SaslText {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in octets.chunks(3) {
        let bits = group.iter().fold(0_u32, |bits, octet| bits << 8 | u32::from(*octet)) << (8 * (3 - group.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= group.len() { char::from(digit) } else { '=' });
        }
    }
    SaslText::parse(&text).expect("it is base64")
}
