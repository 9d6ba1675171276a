//! The recorded TLS session, opened by Wireshark's tshark: with the keys that lie in the capture it finds the POP3, and
//! without a complaint about the TCP that was made around it.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use popglass_wire::recorded;

/// What tshark says about the capture with these arguments.
fn tshark(arguments: &[&str]) -> String {
    let mut command = Command::new("tshark");
    command.args(["-n", "-r", "-"]).args(arguments);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("tshark is a part of the set-up");
    child.stdin.take().expect("it was asked for").write_all(recorded::CAPTURE).expect("tshark reads");
    let output = child.wait_with_output().expect("tshark ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("tshark writes UTF-8")
}

#[test]
fn tshark_finds_the_pop3_in_the_recorded_session() {
    let fields = ["-T", "fields", "-e", "pop.request.command", "-e", "pop.request.parameter"];
    let commands = tshark(&[&["-Y", "pop.request"][..], &fields].concat());
    assert_eq!(commands, "CAPA\t\nUSER\tada\nPASS\tlovelace\nSTAT\t\nQUIT\t\n");
    let answers = tshark(&["-Y", "pop.response", "-T", "fields", "-e", "pop.response.indicator"]);
    assert_eq!(answers.lines().collect::<Vec<_>>(), ["+OK"; 6]);
}

#[test]
fn tshark_names_the_handshake_and_finds_nothing_wrong() {
    let messages = tshark(&["-Y", "tls.handshake", "-T", "fields", "-e", "tls.handshake.type"]);
    let kinds: Vec<_> = messages.split(['\n', ',']).filter(|kind| !kind.is_empty()).collect();
    assert_eq!(kinds, ["1", "2", "8", "11", "15", "20", "20", "4"]);
    assert_eq!(tshark(&["-Y", "tls.alert_message", "-T", "fields", "-e", "tls.alert_message.desc"]), "0\n0\n");
    // 0x600000 is a warning.
    let wrong = "_ws.malformed || tcp.analysis.flags || _ws.expert.severity >= 0x600000";
    let checks = ["-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y", wrong];
    assert_eq!(tshark(&checks), "");
}
