//! The example `pop3` as a program: what it prints, writes, sends and returns. Its server is `server`.
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

mod server;

use std::{
    env, fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    sync::{Arc, OnceLock},
};

use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use server::{MESSAGES, Manners, PASSWORD, PLAIN, USER, start};
use tempfile::tempdir;

/// Builds the example; cargo builds none for a test by itself.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let mut build = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        build.args(["build", "--quiet", "--package", "popglass-protocol", "--features", "sasl", "--example", "pop3"]);
        // What cargo tells a test of its package is none of the build's: it would build again what is built.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_CRATE_"].iter().any(|told| text.starts_with(told)) {
                build.env_remove(&name);
            }
        }
        let built = build.arg("--target-dir").arg(target).current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(built.unwrap().success(), "the example does not build");
        target.join("debug/examples/pop3")
    })
}

/// What came of a run.
struct Run {
    code: i32,
    output: String,
    errors: String,
    /// What the server was told.
    told: Vec<String>,
}

fn execute(arguments: &[&str], password: &str, input: &str) -> Output {
    let mut program = Command::new(program());
    program.args(arguments).args(["--password-env", "POP3_PASSWORD"]).env("POP3_PASSWORD", password);
    let piped = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = piped.unwrap();
    // A program that has ended does not read, and that is no fault.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// Runs the program in the clear against a server with these manners. The password is never printed.
fn run(manners: Manners, arguments: &[&str], password: &str, input: &str) -> Run {
    let (port, served) = start(manners, None);
    let url = format!("pop://{USER}@127.0.0.1:{port}");
    let output = execute(&[&[url.as_str(), "--transcript"], arguments].concat(), password, input);
    let (printed, errors) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    for secret in [password, PASSWORD, PLAIN] {
        assert!(!printed.contains(secret) && !errors.contains(secret), "a secret was printed:\n{printed}{errors}");
    }
    Run { code: output.status.code().unwrap(), output: printed, errors, told: served.join().unwrap() }
}

const USER_PASS: Manners = Manners { greeting: None, capabilities: "USER\r\n", instead: &[] };

/// The commands behind the login, without their arguments if they have none to compare.
fn told_after_login(run: &Run) -> Vec<&str> {
    let login = run.told.iter().position(|line| line.starts_with("PASS") || line.starts_with("AUTH"));
    run.told.iter().skip(login.unwrap() + 1).map(String::as_str).collect()
}

#[test]
fn list_prints_number_octets_and_unique_id() {
    let capabilities = ["USER\r\n", "SASL PLAIN\r\n", "USER\r\nRESP-CODES\r\n"];
    for capabilities in capabilities {
        let run = run(Manners { capabilities, ..Manners::default() }, &["list", "--plain"], PASSWORD, "");
        assert_eq!((run.code, run.output.as_str()), (0, "1\t26\tid/1\n2\t16\tid-2\n3\t9\tid/1\n"), "{}", run.errors);
        assert_eq!(told_after_login(&run), ["LIST", "UIDL", "QUIT"]);
        assert!(run.errors.contains("••••••••"), "{}", run.errors);
    }
}

#[test]
fn top_prints_the_message_as_it_is() {
    let run = run(USER_PASS, &["top", "1", "5", "--plain"], PASSWORD, "");
    assert_eq!((run.code, run.output.as_str()), (0, MESSAGES[0].1));
    assert_eq!(told_after_login(&run), ["TOP 1 5", "QUIT"]);
}

#[test]
fn fetch_writes_each_message_once_and_deletes_only_what_is_certain() {
    let folder = tempdir().unwrap();
    let to = folder.path().join("mail");
    let fetch = |more: &[&str], wanted: &str| {
        let arguments = [&["fetch", wanted, "--plain", "--to", to.to_str().unwrap()], more].concat();
        run(USER_PASS, &arguments, PASSWORD, "")
    };

    let first = fetch(&[], "2");
    assert_eq!(first.code, 0, "{}", first.errors);
    assert_eq!(told_after_login(&first), ["LIST", "UIDL", "RETR 2", "QUIT"]);

    let second = fetch(&[], "--all");
    assert_eq!(second.code, 0, "{}", second.errors);
    assert_eq!(told_after_login(&second), ["LIST", "UIDL", "RETR 1", "RETR 3", "QUIT"]);
    let names = ["id%2F1.eml", "id-2.eml", "id%2F1~2.eml"];
    for (name, (_, body)) in names.iter().zip(MESSAGES) {
        assert_eq!(fs::read_to_string(to.join(name)).unwrap(), body, "{name}");
    }
    assert_eq!(fs::read_dir(&to).unwrap().count(), names.len());

    // 1 and 3 have one unique-id: which of them is on the disk, nobody can tell; unless it was fetched just now.
    fs::remove_file(to.join("id%2F1~2.eml")).unwrap();
    let third = fetch(&["--delete"], "--all");
    assert_eq!(third.code, 7, "{}", third.errors);
    assert_eq!(told_after_login(&third), ["LIST", "UIDL", "RETR 3", "DELE 2", "DELE 3", "QUIT"]);
    assert!(third.errors.contains("message 1 was not deleted"), "{}", third.errors);
}

#[test]
fn one_refused_message_fails_alone() {
    let folder = tempdir().unwrap();
    let to = folder.path().to_str().unwrap();
    let manners = Manners { instead: &[("RETR 1", "-ERR gone\r\n")], ..USER_PASS };
    let fetched = run(manners, &["fetch", "1", "2", "8", "--plain", "--to", to], PASSWORD, "");
    assert_eq!(fetched.code, 7, "{}", fetched.errors);
    assert!(fetched.errors.contains("message 1 was not fetched: gone"), "{}", fetched.errors);
    assert!(fetched.errors.contains("message 8 is not in the maildrop"), "{}", fetched.errors);
    assert!(folder.path().join("id-2.eml").exists());

    let deleted = run(USER_PASS, &["delete", "2", "9", "2", "--plain"], PASSWORD, "");
    assert_eq!(deleted.code, 7, "{}", deleted.errors);
    assert_eq!(told_after_login(&deleted), ["DELE 2", "DELE 9", "QUIT"]);
    assert!(deleted.errors.contains("deleted on the server: 1"), "{}", deleted.errors);
}

#[test]
fn every_kind_of_end_has_its_exit_code_and_its_words() {
    let instead = |instead| Manners { instead, ..USER_PASS };
    let list: &[&str] = &["list", "--plain"];
    for (manners, arguments, password, code, words) in [
        (USER_PASS, list, "wrong password", 4, "[AUTH] wrong"),
        (instead(&[("LIST", "-ERR [SYS/TEMP] later\r\n")]), list, PASSWORD, 5, "LIST was refused"),
        (instead(&[("UIDL", "-ERR no\r\n")]), list, PASSWORD, 0, ""),
        (instead(&[("LIST", "")]), list, PASSWORD, 3, "ended the connection"),
        (instead(&[("LIST", "what?\r\n")]), list, PASSWORD, 6, "neither with +OK nor with -ERR"),
        (instead(&[("LIST", "+OK\n1 2\n.\n")]), list, PASSWORD, 0, "tolerated"),
        (instead(&[("LIST", "+OK\n1 2\n.\n")]), &["list", "--plain", "--strict"], PASSWORD, 6, "bare LF"),
        (instead(&[("TOP", "-ERR no\r\n")]), &["top", "1", "--plain"], PASSWORD, 5, "TOP was refused"),
        (instead(&[("QUIT", "-ERR some\r\n")]), &["delete", "1", "--plain"], PASSWORD, 5, "QUIT was refused"),
        (instead(&[("QUIT", "")]), &["delete", "1", "--plain"], PASSWORD, 3, "deleted or not"),
        (USER_PASS, &["fetch", "1", "--plain", "--to", "/dev/null/mail"], PASSWORD, 8, "/dev/null/mail"),
    ] {
        let run = run(manners.clone(), arguments, password, "");
        assert_eq!(run.code, code, "{manners:?} {arguments:?}: {}", run.errors);
        assert!(run.errors.contains(words), "{manners:?} {arguments:?}: {}", run.errors);
    }
}

#[test]
fn no_credential_is_sent_where_the_login_cannot_be_as_it_was_wished() {
    for (greeting, arguments, code, words) in [
        ("+OK\r\n", ["list", "--auth", "SCRAM-SHA-256"].as_slice(), 3, "starts no TLS"),
        ("+OK\r\n", &["list", "--auth", "SCRAM-SHA-256", "--plain"], 4, "does not offer SCRAM-SHA-256"),
        ("+OK\r\n", &["list", "--auth", "+APOP", "--plain"], 4, "does not offer APOP"),
        ("+OK\r\n", &["list"], 3, "starts no TLS"),
        ("-ERR busy\r\n", &["list", "--plain"], 3, "does not want to talk: busy"),
        ("SSH-2.0\r\n", &["list", "--plain"], 6, "SSH-2.0"),
    ] {
        let run = run(Manners { greeting: Some(greeting), ..USER_PASS }, arguments, PASSWORD, "");
        assert_eq!(run.code, code, "{arguments:?}: {}", run.errors);
        assert!(run.errors.contains(words), "{arguments:?}: {}", run.errors);
        assert!(run.told.iter().all(|line| line == "CAPA"), "{arguments:?}: {:?}", run.told);
    }
}

#[test]
fn what_cannot_be_begun_has_its_exit_code_too() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("pop://ada@127.0.0.1:{closed}");
    for (arguments, password, code) in [
        (vec!["--help"], PASSWORD, 0),
        (vec!["pop://ada@127.0.0.1"], PASSWORD, 2),
        (vec!["pop://ada:hunter2@127.0.0.1", "list"], PASSWORD, 2),
        (vec![&nobody, "list"], "", 2),
        (vec![&nobody, "list"], "two\nlines", 3),
        (vec![&nobody, "list", "--plain"], PASSWORD, 3),
        (vec![&nobody, "list", "--ca", "/dev/null"], PASSWORD, 8),
    ] {
        let output = execute(&arguments, password, "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {errors}");
        assert!(!errors.contains("hunter2"), "{errors}");
    }
}

#[test]
fn a_broken_fetch_deletes_nothing_and_leaves_no_half_message() {
    let folder = tempdir().unwrap();
    let manners = Manners { instead: &[("RETR 2", "+OK\r\nSubject: cut off")], ..USER_PASS };
    let to = folder.path().to_str().unwrap();
    let run = run(manners, &["fetch", "--all", "--delete", "--plain", "--to", to], PASSWORD, "");
    assert_eq!(run.code, 3, "{}", run.errors);
    assert!(!run.told.iter().any(|line| line.starts_with("DELE") || line == "QUIT"), "{:?}", run.told);
    assert!(!folder.path().join("id-2.eml").exists());
}

#[test]
fn the_console_sends_what_is_typed_and_masks_the_password() {
    let input = format!("noop\nUSER {USER}\nXYZ\nPASS {PASSWORD}\nRETR 2\nDELE 1\n");
    let plain = run(USER_PASS, &["console", "--plain"], PASSWORD, &input);
    assert_eq!(plain.code, 0, "{}", plain.errors);
    assert_eq!(plain.told, ["USER ada", &format!("PASS {PASSWORD}"), "RETR 2", "DELE 1"]);
    for words in ["NOOP cannot be given in AUTHORIZATION", "no such command", "C: PASS ••••••••", "S: Subject: two"]
    {
        assert!(plain.errors.contains(words), "{words}: {}", plain.errors);
    }
    let open = run(USER_PASS, &["console"], PASSWORD, &format!("USER {USER}\nPASS {PASSWORD}\nQUIT\n"));
    assert_eq!((open.code, open.told), (0, vec!["USER ada".to_owned(), "QUIT".to_owned()]), "{}", open.errors);
}

#[test]
fn tls_is_checked_against_the_given_authority() {
    let key = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let folder = tempdir().unwrap();
    let ca = folder.path().join("ca.pem");
    fs::write(&ca, key.cert.pem()).unwrap();
    let private = PrivateKeyDer::Pkcs8(key.signing_key.serialize_der().into());
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![key.cert.der().clone()], private)
        .unwrap();
    let config = Arc::new(config);
    for (host, trusted, code, words) in [
        ("localhost", true, 0, ""),
        ("localhost", false, 3, "--ca FILE"),
        ("127.0.0.1", true, 3, "host name that the certificate is made out to"),
    ] {
        let (port, served) = start(USER_PASS, Some(Arc::clone(&config)));
        let url = format!("pops://{USER}@{host}:{port}");
        let mut arguments = vec![url.as_str(), "list"];
        arguments.extend(trusted.then_some(["--ca", ca.to_str().unwrap()]).into_iter().flatten());
        let output = execute(&arguments, PASSWORD, "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{host} {trusted}: {errors}");
        assert!(errors.contains(words), "{host} {trusted}: {errors}");
        assert_eq!(served.join().unwrap().is_empty(), code != 0, "{host} {trusted}");
    }
}
