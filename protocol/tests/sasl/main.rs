//! SASL at both ends: the RFCs' own examples, recorded logins of GNU SASL, and live ones against rsasl.

#![expect(clippy::unwrap_used, reason = "a test stops at what it does not expect")]

mod properties;
mod recorded;
mod rsasl_peer;
mod vectors;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use popglass_protocol::{
    sasl::{
        Authenticator, ChannelBinding, Credentials, Mechanism, Nonce, SaslText, Unfit,
        client::authenticator,
        server::{ServerExchange, ServerFacts, Step, server_exchange},
    },
    secret::Secret,
};

/// Stands in for what TLS exports.
const BINDING: [u8; 32] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
    31,
];

const SALT: &str = "W22ZaJ0SNY7soEsUEjb6gQ==";

fn encode(octets: impl AsRef<[u8]>) -> String {
    STANDARD.encode(octets)
}

fn decode(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap()
}

fn text(octets: impl AsRef<[u8]>) -> SaslText {
    SaslText::parse(&encode(octets)).unwrap()
}

fn bound() -> ChannelBinding {
    ChannelBinding::TlsExporter(Secret::new(BINDING))
}

/// What the mechanism needs of the channel, at either end.
fn channel(mechanism: Mechanism) -> ChannelBinding {
    if mechanism.binds_channel() { bound() } else { ChannelBinding::Unsupported }
}

fn credentials(identity: &str, secret: &str) -> Credentials {
    Credentials { identity: identity.into(), secret: Secret::new(secret.into()), ..Credentials::default() }
}

fn client(mechanism: Mechanism, credentials: &Credentials) -> Result<Box<dyn Authenticator>, Unfit> {
    authenticator(mechanism, credentials, &Nonce::from_octets([1; 18]), &channel(mechanism))
}

fn facts(channel: ChannelBinding) -> ServerFacts {
    ServerFacts {
        host: "mail.example".into(),
        salt: decode(SALT),
        iterations: 4096.try_into().unwrap(),
        channel,
        external: Some("user".into()),
    }
}

fn server(mechanism: Mechanism) -> ServerExchange {
    server_exchange(mechanism, &facts(channel(mechanism)), &Nonce::from_octets([2; 18]))
}

/// One account.
fn pencil(user: &str) -> Option<Secret<String>> {
    (user == "user").then(|| Secret::new("pencil".into()))
}

/// Lets both ends talk until the server has decided, or the client gives up.
fn talk(client: &mut dyn Authenticator, server: &mut ServerExchange) -> (Option<Step>, bool) {
    let mut response = client.initial_response();
    loop {
        let step = match &response {
            Some(response) => server.handle_response(response, &pencil),
            None => Step::Challenge(server.challenge()),
        };
        let Step::Challenge(challenge) = step else { return (Some(step), client.server_proven()) };
        match client.respond(challenge.as_bytes()) {
            Ok(answer) => response = Some(answer),
            Err(_) => return (None, client.server_proven()),
        }
    }
}

#[test]
fn both_ends_understand_each_other() {
    for mechanism in Mechanism::ALL {
        let mut end = client(mechanism, &credentials("user", "pencil")).unwrap();
        assert_eq!(end.mechanism(), mechanism);
        let user = if mechanism == Mechanism::Anonymous { "anonymous" } else { "user" };
        let accepted = Some(Step::Accepted { user: user.into() });
        let mut other = server(mechanism);
        assert_eq!(talk(&mut *end, &mut other), (accepted, true), "{mechanism}");
        // What is decided stays so.
        assert_eq!(other.handle_response(&SaslText::default(), &pencil), Step::Rejected, "{mechanism}");
    }
}

#[test]
fn a_wrong_name_or_secret_is_rejected() {
    let needs_secret = |mechanism: &Mechanism| mechanism.takes_password() || mechanism.takes_token();
    for mechanism in Mechanism::ALL.into_iter().filter(needs_secret) {
        for (user, secret) in [("user", "pencils"), ("nobody", "pencil"), ("nobody", "x")] {
            let mut end = client(mechanism, &credentials(user, secret)).unwrap();
            let (step, proven) = talk(&mut *end, &mut server(mechanism));
            assert_eq!(step, Some(Step::Rejected), "{mechanism} {user}");
            let is_silent = matches!(mechanism, Mechanism::Plain | Mechanism::Login | Mechanism::CramMd5);
            assert_eq!(proven, is_silent, "{mechanism} {user}");
        }
    }
}

#[test]
fn no_secret_shows_in_debug() {
    for mechanism in Mechanism::ALL {
        let credentials = credentials("user", "pencil");
        let mut end = client(mechanism, &credentials).unwrap();
        let mut other = server(mechanism);
        let mut shown = format!("{credentials:?}{other:?}{:?}{:?}", facts(bound()), bound());
        let first = end.initial_response();
        let step = first.as_ref().map(|first| other.handle_response(first, &pencil));
        shown += &format!("{first:?}{other:?}");
        let challenge = match step {
            Some(Step::Challenge(challenge)) => challenge,
            _ => other.challenge(),
        };
        shown += &format!("{:?}{other:?}", end.respond(challenge.as_bytes()));
        let octets = format!("{:?}", "pencil".as_bytes());
        for secret in ["pencil", &encode("pencil"), octets.trim_matches(['[', ']']), "12, 13, 14, 15"] {
            assert!(!shown.contains(secret), "{mechanism}: {shown}");
        }
    }
}
