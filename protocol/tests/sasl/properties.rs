//! What holds for whatever the other end says.

use popglass_protocol::sasl::{ChallengeFault, Mechanism, SaslText, server::Step};
use proptest::prelude::*;

use crate::{client, credentials, encode, pencil, server};

fn mechanism() -> impl Strategy<Value = Mechanism> {
    prop::sample::select(Mechanism::ALL.to_vec())
}

/// Octets that look like an exchange here and there.
fn message() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..80),
        "([rsivcepnmay]=[A-Za-z0-9+/=]{0,12},?){0,5}".prop_map(String::into_bytes),
        "(user=|n,a=|\\PC|\x01auth=Bearer |\x01|\x00){0,8}".prop_map(String::into_bytes),
    ]
}

fn is_scram(mechanism: Mechanism) -> bool {
    mechanism.as_str().starts_with("SCRAM")
}

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn no_challenge_panics_or_proves_anything(
        mechanism in mechanism(),
        challenges in prop::collection::vec((message(), any::<bool>()), 0..4),
    ) {
        let mut end = client(mechanism, &credentials("user", "pencil")).unwrap();
        end.initial_response();
        for (octets, is_encoded) in challenges {
            let challenge = if is_encoded { encode(&octets).into_bytes() } else { octets };
            let _ = end.respond(&challenge);
            prop_assert!(!is_scram(mechanism) || !end.server_proven());
        }
    }

    #[test]
    fn no_response_panics_or_logs_in(
        mechanism in mechanism(),
        responses in prop::collection::vec(message(), 1..4),
    ) {
        prop_assume!(!matches!(mechanism, Mechanism::Anonymous | Mechanism::External));
        let mut end = server(mechanism);
        end.challenge();
        for octets in responses {
            let response = SaslText::parse(&encode(&octets)).unwrap();
            let is_accepted = matches!(end.handle_response(&response, &pencil), Step::Accepted { .. });
            prop_assert!(!is_accepted, "{:?}", octets);
        }
    }

}

proptest! {
    // Each case derives keys twice.
    #![proptest_config(cases(24))]

    #[test]
    fn only_the_right_signature_proves_the_server(
        mechanism in prop::sample::select(
            Mechanism::ALL.into_iter().filter(|each| is_scram(*each)).collect::<Vec<_>>()
        ),
        change in any::<prop::sample::Index>(),
        bit in 0..8_u8,
    ) {
        let mut end = client(mechanism, &credentials("user", "pencil")).unwrap();
        let mut other = server(mechanism);
        let mut response = end.initial_response().unwrap();
        let mut challenges = Vec::new();
        while let Step::Challenge(challenge) = other.handle_response(&response, &pencil) {
            prop_assert!(!end.server_proven());
            challenges.push(challenge.clone());
            if challenges.len() == 2 {
                break;
            }
            response = end.respond(challenge.as_bytes()).unwrap();
        }
        let signature = String::from_utf8(crate::decode(&challenges[1])).unwrap();
        let mut octets = crate::decode(signature.strip_prefix("v=").unwrap());
        let position = change.index(octets.len());
        octets[position] ^= 1 << bit;
        let forged = encode(format!("v={}", encode(&octets)));
        prop_assert_eq!(end.respond(forged.as_bytes()), Err(ChallengeFault::ServerNotProven));
        prop_assert!(!end.server_proven());
        // The right one comes too late.
        prop_assert_eq!(end.respond(challenges[1].as_bytes()), Err(ChallengeFault::Unexpected));
        prop_assert!(!end.server_proven());
    }
}
