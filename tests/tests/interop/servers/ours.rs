//! Our client for the command line at one server: each way to log in that it speaks, all messages, deletions, refusals.

use std::{collections::BTreeSet, thread};

use popglass_protocol::{deviation::Rule, sasl::Mechanism};
use popglass_tests::{
    dovecot,
    pop3_program::Call,
    poplib::Security,
    servers::{PASSWORD, RunningServer, USER},
};
use tempfile::TempDir;

use super::rows::{COMMANDS, Row};

/// `--help` tells what they mean.
const DONE: Option<i32> = Some(0);
const LOGIN_REFUSED: Option<i32> = Some(4);
const MISBEHAVED: Option<i32> = Some(6);

const AUTOMATIC: &str = "*";

/// Logs in and lists by every way, fetches by the first and by the one that the client chooses itself; the messages are
/// those that poplib had from the same server.
pub(crate) fn check_reading(server: &RunningServer, row: &Row, witnessed: &[Vec<u8>]) {
    let mut tolerated = BTreeSet::new();
    for &mechanism in row.mechanisms {
        let Some(auth) = auth(mechanism) else { continue };
        let call = call(server, row.security, &auth);
        let run = call.run(&["list"]);
        if mechanism == "EXTERNAL" {
            // It has no certificate to show.
            assert_eq!(run.code, LOGIN_REFUSED, "{call:?}: {}", run.errors);
            continue;
        }
        assert_eq!(run.code, DONE, "{call:?}: {}", run.errors);
        assert_eq!(run.logins(), [mechanism], "{call:?}");
        let listed = run.listed();
        assert_eq!(listed.len(), witnessed.len(), "{call:?}");
        tolerated.extend(run.tolerated());
        if mechanism == row.mechanisms[0] {
            let folder = folder();
            let (run, messages) = call.fetch_all(&folder.path().join("mail"), &listed, &[]);
            assert_same(&call, server, &messages, witnessed);
            tolerated.extend(run.tolerated());
        }
    }
    tolerated.extend(check_automatic(server, row, witnessed));
    assert_eq!(tolerated, row.deviations.iter().copied().collect(), "{:?} by {:?}", row.maker, row.security);
}

fn check_automatic(server: &RunningServer, row: &Row, witnessed: &[Vec<u8>]) -> BTreeSet<Rule> {
    let call = call(server, row.security, AUTOMATIC);
    let list = call.run(&["list"]);
    assert_eq!(list.code, DONE, "{call:?}: {}", list.errors);
    let strict = call.run(&["list", "--strict"]);
    let (options, code): (&[&str], _) =
        if row.deviations.is_empty() { (&["--strict"], DONE) } else { (&[], MISBEHAVED) };
    assert_eq!(strict.code, code, "{call:?}: {}", strict.errors);
    let folder = folder();
    let (run, messages) = call.fetch_all(&folder.path().join("mail"), &list.listed(), options);
    assert_same(&call, server, &messages, witnessed);
    assert_eq!(run.logins(), row.automatic, "{call:?}");
    // Who insists on the bound mechanism gets it or nothing.
    for bound in row.automatic.iter().filter(|mechanism| mechanism.ends_with("-PLUS")) {
        let call = Call { auth: bound, ..call };
        let run = call.run(&["list"]);
        assert_eq!((run.code, run.logins()), (LOGIN_REFUSED, vec![*bound]), "{call:?}: {}", run.errors);
    }
    run.tolerated()
}

/// Deletes these; whether they are gone, the server's store tells.
pub(crate) fn delete(server: &RunningServer, row: &Row, numbers: [usize; 2]) {
    let call = call(server, row.security, AUTOMATIC);
    let numbers = numbers.map(|number| number.to_string());
    let run = call.run(&["delete", &numbers[0], &numbers[1]]);
    assert_eq!(run.code, DONE, "{call:?}: {}", run.errors);
    assert!(run.errors.contains("deleted on the server: 2"), "{}", run.errors);
}

/// The server refuses a wrong secret, whatever it is that proves it. Side by side: some let who fails wait for seconds.
pub(crate) fn check_wrong_passwords(server: &RunningServer, row: &Row) {
    thread::scope(|scope| {
        for &mechanism in row.mechanisms.iter().filter(|mechanism| !["ANONYMOUS", "EXTERNAL"].contains(mechanism)) {
            let Some(auth) = auth(mechanism) else { continue };
            scope.spawn(move || {
                let call = Call { secret: "close-sesame", ..call(server, row.security, &auth) };
                let run = call.run(&["list"]);
                assert_eq!((run.code, run.logins()), (LOGIN_REFUSED, vec![mechanism]), "{call:?}: {}", run.errors);
            });
        }
    });
}

fn call<'a>(server: &'a RunningServer, security: Security, auth: &'a str) -> Call<'a> {
    let takes_token = Mechanism::of_name(auth).is_some_and(Mechanism::takes_token);
    Call {
        server: server.address(security),
        security,
        auth,
        user: USER,
        secret: if takes_token { dovecot::TOKEN } else { PASSWORD },
        authority: &server.certificates.authority,
    }
}

/// As a URL has it; nothing for mechanisms that the client does not speak.
fn auth(mechanism: &str) -> Option<String> {
    if COMMANDS.contains(&mechanism) {
        return Some(format!("+{mechanism}"));
    }
    Mechanism::of_name(mechanism).map(|mechanism| mechanism.as_str().to_owned())
}

fn folder() -> TempDir {
    tempfile::Builder::new().prefix("popglass-pop3").tempdir().expect("a folder for messages")
}

/// As they were delivered: a server that writes notes into its messages has more to note each time.
fn assert_same(call: &Call<'_>, server: &RunningServer, fetched: &[Vec<u8>], witnessed: &[Vec<u8>]) {
    assert_eq!(fetched.len(), witnessed.len(), "{call:?}");
    for (place, (fetched, witnessed)) in fetched.iter().zip(witnessed).enumerate() {
        let (fetched, witnessed) = (server.as_delivered(fetched), server.as_delivered(witnessed));
        let same = fetched.iter().zip(&witnessed).take_while(|(fetched, witnessed)| fetched == witnessed).count();
        assert!(
            fetched == witnessed,
            "{call:?}: message {place} differs at {same}: {:.200} instead of {:.200}",
            fetched[same..].escape_ascii().to_string(),
            witnessed[same..].escape_ascii().to_string(),
        );
    }
}
