//! docs/tunnel.md and the types say the same.

use popglass_protocol::tunnel::{BridgeMessage, FailReason, Failed, PageMessage};

const DOCUMENT: &str = include_str!("../../../docs/tunnel.md");

#[test]
fn every_example_is_a_message() {
    let mut examples = 0;
    for line in DOCUMENT.lines() {
        let written = match line.split_once(": {") {
            Some(("B", rest)) => {
                let text = format!("{{{rest}");
                let message: BridgeMessage =
                    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{line}: {error}"));
                (serde_json::to_value(message).unwrap(), text)
            }
            Some(("P", rest)) => {
                let text = format!("{{{rest}");
                let message: PageMessage =
                    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{line}: {error}"));
                (serde_json::to_value(message).unwrap(), text)
            }
            _ => continue,
        };
        assert_eq!(written.0, serde_json::from_str::<serde_json::Value>(&written.1).unwrap(), "{line}");
        examples += 1;
    }
    assert_eq!(examples, 7);
}

#[test]
fn every_reason_is_listed_with_its_code() {
    let rows = DOCUMENT.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | "));
    let mut listed = Vec::new();
    for (name, rest) in rows {
        let message = format!("{{\"type\":\"failed\",\"reason\":\"{name}\"}}");
        let Ok(BridgeMessage::Failed(Failed { reason })) = serde_json::from_str(&message) else { panic!("{name}") };
        let code = rest.split(' ').next().unwrap();
        assert_eq!(code, reason.close_code().as_u16().to_string(), "{name}");
        listed.push(reason);
    }
    // Matching every reason by name makes a new one fail to compile here until it is listed.
    let number = |reason: FailReason| match reason {
        FailReason::BadMessage => 1,
        FailReason::OpenTimeout => 2,
        FailReason::NotAllowed => 3,
        FailReason::UnknownHost => 4,
        FailReason::DialTimeout => 5,
        FailReason::Unreachable => 6,
        FailReason::TlsFailed => 7,
        FailReason::TlsNotSpoken => 8,
        FailReason::NotMail => 9,
        FailReason::CertificateExpired => 10,
        FailReason::CertificateNotYetValid => 11,
        FailReason::CertificateWrongName => 12,
        FailReason::CertificateUnknownIssuer => 13,
        FailReason::CertificateInvalid => 14,
        FailReason::UpstreamReset => 15,
        FailReason::Idle => 16,
        FailReason::Full => 17,
        FailReason::ShuttingDown => 18,
    };
    let numbers: Vec<i32> = listed.into_iter().map(number).collect();
    assert_eq!(numbers, (1..=18).collect::<Vec<_>>());
}
