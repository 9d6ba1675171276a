//! The example `pop3`, our client for the command line, as a child process: how it is called, and what came of a call.
//! Every run is searched for the secret. Knows no mechanism and no server.

use std::{
    collections::{BTreeSet, HashMap},
    fs,
    net::SocketAddr,
    path::Path,
    process::Command,
};

use popglass_protocol::deviation::{Deviation, Rule};

use crate::{folders, poplib::Security, secrets::disguises};

/// All that one server, one kind of connection and one way to log in make of a call; the task comes with the run.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// Where the server listens for this kind of connection.
    pub server: SocketAddr,
    /// What protects the connection.
    pub security: Security,
    /// As a URL has it (RFC 2384 §3): `*`, `+USER`, `+APOP`, or a SASL mechanism.
    pub auth: &'a str,
    /// The user's name.
    pub user: &'a str,
    /// The password, or the token.
    pub secret: &'a str,
    /// The certificate authority to trust, as a PEM file.
    pub authority: &'a Path,
}

/// What came of a run.
#[derive(Debug)]
pub struct Run {
    /// How it ended: a number from the table in `--help`.
    pub code: Option<i32>,
    /// Standard output.
    pub output: String,
    /// Standard error: the transcript, and what else there was to say.
    pub errors: String,
}

/// A message as `list` prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// What LIST tells.
    pub octets: usize,
    /// What UIDL tells.
    pub unique_id: String,
}

impl Call<'_> {
    /// Runs the program to its end with this task and its options, the transcript shown.
    ///
    /// # Panics
    /// If the program was not built, or if the secret stands in what it prints, as it is or in base64.
    #[must_use]
    pub fn run(&self, task: &[&str]) -> Run {
        let scheme = if self.security == Security::Tls { "pops" } else { "pop" };
        let url = format!("{scheme}://{};AUTH={}@localhost:{}", self.user, self.auth, self.server.port());
        let mut program = Command::new(folders::pop3_program());
        program.arg(url).args(task).args(["--transcript", "--password-env", "POP3_PASSWORD", "--ca"]);
        program.arg(self.authority).env("POP3_PASSWORD", self.secret);
        if self.security == Security::Plain {
            program.arg("--plain");
        }
        let output = program.output().expect("the program can be started");
        let text = |octets: Vec<u8>| String::from_utf8(octets).expect("it prints UTF-8");
        let run = Run { code: output.status.code(), output: text(output.stdout), errors: text(output.stderr) };
        for secret in disguises(self.secret) {
            let shown = run.output.contains(&secret) || run.errors.contains(&secret);
            assert!(!shown, "{self:?} {task:?}: {secret} was printed:\n{}\n{}", run.output, run.errors);
        }
        run
    }

    /// Fetches every message into this folder. They are told by their unique-ids, in the order of `listed`.
    ///
    /// # Panics
    /// If the program fails, or if the folder then holds other files.
    #[must_use]
    pub fn fetch_all(&self, folder: &Path, listed: &[Listed], options: &[&str]) -> (Run, Vec<Vec<u8>>) {
        let to = folder.to_str().expect("our folders' names are ASCII");
        let run = self.run(&[&["fetch", "--all", "--to", to], options].concat());
        assert_eq!(run.code, Some(0), "{self:?}: {}", run.errors);
        let mut seen = HashMap::new();
        let messages = listed.iter().map(|one| {
            let occurrence = seen.entry(&one.unique_id).and_modify(|count| *count += 1).or_insert(1);
            let file = folder.join(file_name(&one.unique_id, *occurrence));
            fs::read(&file).unwrap_or_else(|error| panic!("{self:?}: {}: {error}", file.display()))
        });
        let messages: Vec<_> = messages.collect();
        assert_eq!(fs::read_dir(folder).expect("it was made").count(), listed.len(), "{self:?}");
        (run, messages)
    }
}

impl Run {
    /// What `list` printed.
    ///
    /// # Panics
    /// If it is not numbers from 1 on, each with octets and a unique-id.
    #[must_use]
    pub fn listed(&self) -> Vec<Listed> {
        let lines = self.output.lines().enumerate().map(|(place, line)| {
            let fields: Vec<_> = line.split('\t').collect();
            let [number, octets, unique_id] = fields[..] else { panic!("not as documented: {line}") };
            assert_eq!(number, (place + 1).to_string(), "{line}");
            Listed { octets: octets.parse().expect("octets are a number"), unique_id: unique_id.to_owned() }
        });
        lines.collect()
    }

    /// The commands that began a login, in their order: `USER`, `APOP`, or AUTH's mechanism.
    #[must_use]
    pub fn logins(&self) -> Vec<&str> {
        let commands = self.errors.lines().filter_map(|line| line.strip_prefix("C: ")?.split_once(' '));
        let login = commands.filter_map(|(keyword, rest)| match keyword {
            "AUTH" => rest.split(' ').next(),
            "USER" | "APOP" => Some(keyword),
            _ => None,
        });
        login.collect()
    }

    /// The rules that the server broke, as the program says at its end.
    ///
    /// # Panics
    /// If it names a rule that there is not.
    #[must_use]
    pub fn tolerated(&self) -> BTreeSet<Rule> {
        let told = self.errors.lines().filter_map(|line| line.strip_prefix("pop3: tolerated "));
        let rule = |told: &str| {
            let (_, text) = told.split_once(" times: ")?;
            Rule::ALL.iter().copied().find(|&rule| Deviation::new(rule, b"").to_string() == text)
        };
        told.map(|told| rule(told).unwrap_or_else(|| panic!("no such rule: {told}"))).collect()
    }
}

/// As the program names a message's file: letters, digits and `._-` stay, but for a dot or hyphen in front; messages with
/// one unique-id are counted.
fn file_name(unique_id: &str, occurrence: usize) -> String {
    let encode = |(place, octet): (usize, u8)| match octet {
        b'.' | b'-' if place > 0 => char::from(octet).to_string(),
        b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(octet).to_string(),
        _ => format!("%{octet:02X}"),
    };
    let stem: String = unique_id.bytes().enumerate().map(encode).collect();
    if occurrence == 1 { format!("{stem}.eml") } else { format!("{stem}~{occurrence}.eml") }
}
