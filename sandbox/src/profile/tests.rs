//! Each kind of server that the table names, made of data and spoken to.

use popglass_protocol::server::Output;

use super::{Profile, ProfileError};
use crate::World;

/// What the server of this profile says to these lines, read as one text; `|` is where the connection ends.
fn answers(profile: &str, lines: &[&str]) -> String {
    let profile: Profile = serde_json::from_str(profile).expect("the profile can be read");
    let world = World::empty();
    world.add_user("ada", "pw", [b"Subject: one\r\n\r\n.dot\r\n".to_vec(), b"Subject: two\r\n\r\nhi\r\n".to_vec()]);
    let mut server = profile.server(&world).expect("the profile makes a server").with_randomness([7; 32]);
    let mut said = Vec::new();
    let mut drain = |server: &mut popglass_protocol::server::Server<_>| loop {
        match server.poll_output() {
            Output::Transmit(octets) => said.extend(octets),
            Output::Close => said.extend(b"|"),
            Output::UpgradeTls => said.extend(b"[TLS]"),
            Output::Idle => break,
        }
    };
    drain(&mut server);
    for line in lines {
        server.handle_input(format!("{line}\r\n").as_bytes());
        drain(&mut server);
    }
    String::from_utf8(said).expect("the answers are text")
}

#[test]
fn each_kind_of_server_is_made_of_data() {
    const LOGIN: [&str; 2] = ["USER ada", "PASS pw"];
    let check = |profile: &str, lines: &[&str], says: &[&str]| {
        let lines: Vec<_> = LOGIN.into_iter().chain(lines.iter().copied()).collect();
        let said = answers(profile, &lines);
        for part in says {
            assert!(said.contains(part), "{profile}: {part:?} is not in {said}");
        }
    };
    check("{}", &["UIDL 1", "TOP 1 0"], &["+OK 1 added.000001", "+OK top"]);
    let without = r#"{"offers":["user-pass","secrets-in-clear"]}"#;
    check(
        without,
        &["UIDL", "TOP 1 0", "CAPA", "LIST 1"],
        &["-ERR not offered\r\n-ERR not offered\r\n-ERR", "+OK 1 22"],
    );
    check(r#"{"offers":["user-pass","secrets-in-clear","apop"]}"#, &[], &["+OK Popglass <"]);
    check(r#"{"faults":["RETR 1: cut 30"]}"#, &["RETR 1", "RETR 2"], &["+OK 22 octets\r\nSubject: one\r\n\r|"]);
    check(r#"{"faults":["RETR: swallow"]}"#, &["RETR 1", "NOOP"], &["octets)\r\n+OK still here"]);
    check(r#"{"faults":["RETR 2: refuse [SYS/TEMP] later"]}"#, &["RETR 1", "RETR 2"], &[".\r\n-ERR [SYS/TEMP] later"]);
    check(r#"{"faults":["LIST: lie sizes +7"]}"#, &["LIST 1", "STAT"], &["+OK 1 29\r\n+OK 2 42"]);
    check(r#"{"greeting":"hello"}"#, &[], &["+OK hello\r\n"]);
    let leaks = answers(r#"{"offers":["user-pass","secrets-in-clear","tells-who-exists"]}"#, &["USER eve", "USER ada"]);
    assert!(leaks.contains("-ERR nobody") && leaks.contains("+OK now the password"), "{leaks}");
    let stls = answers(r#"{"offers":["capa","user-pass","stls"]}"#, &["USER ada", "STLS"]);
    assert!(stls.contains("-ERR start TLS first") && stls.ends_with("+OK begin TLS now\r\n[TLS]"), "{stls}");
}

#[test]
fn a_profile_survives_being_written_and_read() {
    for profile in [Profile::default(), Profile::least().with(super::Offer::TellsWhoExists).with_fault("RETR: swallow")]
    {
        let text = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&text).unwrap(), profile, "{text}");
    }
    assert!(serde_json::from_str::<Profile>(r#"{"offer":[]}"#).is_err(), "a mistyped name is told");
}

#[test]
fn what_is_not_known_is_told_and_not_left_out() {
    let unknown = Profile { mechanisms: vec!["ROT13".into()], ..Profile::default() };
    assert_eq!(unknown.config(), Err(ProfileError::Mechanism("ROT13".into())));
    let misspelt = Profile::default().with_fault("RETR: swallow").with_fault("RETR: explode");
    assert!(matches!(misspelt.fault_script(), Err(ProfileError::Fault(error)) if error.line == 2));
}
