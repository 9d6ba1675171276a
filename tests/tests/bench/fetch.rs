//! A thousand messages of 4 KB from Dovecot over a line of 50 ms: the protocol crate's command-line client beside three
//! others, and with windows of different sizes. Every message is on the disk to stay when a client ends, but for curl,
//! which has no word for that.

use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant, SystemTime},
};

use popglass_bench::Figures;
use popglass_tests::{
    chaos::{Chaos, Piece, Way},
    dovecot::Dovecot,
    folders,
};
use tempfile::TempDir;

const USER: &str = "ada";
const PASSWORD: &str = "correct-horse";
const MESSAGES: usize = 1000;
const MESSAGE_OCTETS: usize = 4096;
const DELAY_EACH_WAY: Duration = Duration::from_millis(25);
/// The slow ones take a minute each.
const ROUNDS: usize = 3;
const FAST_RUNS_A_ROUND: usize = 3;
/// The last is more than there are messages.
const WINDOWS: [u16; 7] = [1, 16, 64, 100, 256, 512, 1024];
const WINDOW_RUNS: usize = 5;

/// What a fetch is measured with.
struct Range {
    line: Chaos,
    messages: Vec<Vec<u8>>,
    /// Kept to the end: a file system may be slow to create files where many were deleted a moment ago, and would charge
    /// one client for what another left.
    folders: Vec<TempDir>,
}

type Client = fn(SocketAddr, &Path) -> Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_messages_over_a_slow_line() {
    let messages: Vec<_> = (1..=MESSAGES).map(message).collect();
    let dovecot = Dovecot::start(USER, PASSWORD, &messages).await;
    let mut range = Range { line: Chaos::start(DELAY_EACH_WAY).await, messages, folders: Vec::new() };
    range.line.forward_to(dovecot.pop3);
    let mut figures = Figures::default();
    compare_clients(&mut range, &mut figures).await;
    compare_windows(&mut range, &mut figures).await;
    fs::write(folders::target("bench").join("fetch.json"), format!("{figures}\n")).expect("the report is written");
}

/// In turns, so that all meet the same machine.
async fn compare_clients(range: &mut Range, figures: &mut Figures) {
    let [mut ours, mut by_mpop, mut by_curl, mut by_poplib] = [(); 4].map(|()| Vec::new());
    let (mut until_retr, mut retr) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for _ in 0..FAST_RUNS_A_ROUND {
            ours.push(range.run(pop3).await);
            let (before, within) = phases(&range.line.pieces());
            until_retr.push(before);
            retr.push(within);
            by_mpop.push(range.run(mpop).await);
        }
        by_curl.push(range.run(curl).await);
        by_poplib.push(range.run(poplib).await);
    }
    figures.add("fetch_ours_seconds", ours);
    figures.add("fetch_ours_until_first_retr_seconds", until_retr);
    figures.add("fetch_ours_first_retr_to_last_octet_seconds", retr);
    figures.add("fetch_mpop_seconds", by_mpop);
    figures.add("fetch_curl_seconds", by_curl);
    figures.add("fetch_poplib_seconds", by_poplib);
}

async fn compare_windows(range: &mut Range, figures: &mut Figures) {
    let mut seconds = WINDOWS.map(|_| Vec::new());
    for run in 0..WINDOW_RUNS {
        for (window, seconds) in WINDOWS.iter().zip(&mut seconds) {
            // One at a time takes a minute, and always the same.
            if *window > 1 || run == 0 {
                seconds.push(range.run_with(pop3, &["--window", &window.to_string()]).await);
            }
        }
    }
    for (window, seconds) in WINDOWS.iter().zip(seconds) {
        figures.add(format!("fetch_ours_window_{window}_seconds"), seconds);
    }
}

impl Range {
    async fn run(&mut self, client: Client) -> f64 {
        self.run_with(client, &[]).await
    }

    /// Seconds from start to end of the client's process. Looks at what it left.
    async fn run_with(&mut self, client: Client, arguments: &[&str]) -> f64 {
        let folder = tempfile::tempdir().expect("a folder for the messages");
        let mut command = client(self.line.address, folder.path());
        command.args(arguments);
        let program = command.get_program().display().to_string();
        let start = Instant::now();
        let output = tokio::task::spawn_blocking(move || command.output()).await.expect("the thread comes back");
        let seconds = start.elapsed().as_secs_f64();
        let output = output.unwrap_or_else(|error| panic!("cannot start {program}: {error}"));
        assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
        println!("{program} {}: {seconds:.3} s", arguments.join(" "));
        assert_eq!(self.stored(&folder), self.messages.len(), "{program} fetched all of them");
        self.folders.push(folder);
        seconds
    }

    /// How many files hold a message each, one of those there are. mpop and curl write line ends of their own.
    fn stored(&self, folder: &TempDir) -> usize {
        let without_carriage_returns =
            |octets: &[u8]| octets.iter().copied().filter(|octet| *octet != b'\r').collect::<Vec<_>>();
        let mut wanted: Vec<_> = self.messages.iter().map(|message| without_carriage_returns(message)).collect();
        wanted.sort();
        let new = folder.path().join("new");
        let files = fs::read_dir(if new.is_dir() { new.as_path() } else { folder.path() }).expect("it is there");
        files
            .map(|entry| fs::read(entry.expect("it can be listed").path()).expect("it can be read"))
            .filter(|octets| wanted.binary_search(&without_carriage_returns(octets)).is_ok())
            .count()
    }
}

/// 7-bit, lines of 76, no two alike.
fn message(number: usize) -> Vec<u8> {
    let mut text = format!(
        "From: Ada <ada@example.org>\r\nTo: Ada <ada@example.org>\r\nSubject: Message {number}\r\n\
         Date: Mon, 01 Jan 2024 00:00:00 +0000\r\nMessage-ID: <{number}@example.org>\r\n\r\n"
    );
    while text.len() + 2 < MESSAGE_OCTETS {
        let room = (MESSAGE_OCTETS - text.len() - 2).min(76);
        text.push_str(&format!("{number:08x}").repeat(10)[..room]);
        text.push_str("\r\n");
    }
    text.into_bytes()
}

/// From the greeting to the first RETR, and from there to the last octet that comes before QUIT; by the last connection.
fn phases(pieces: &[Piece]) -> (f64, f64) {
    let last = pieces.iter().map(|piece| piece.connection).max().expect("there was a connection");
    let passed = || pieces.iter().filter(|piece| piece.connection == last);
    let command = |name: &str| {
        let holds = |piece: &&Piece| piece.way == Way::Up && String::from_utf8_lossy(&piece.octets).contains(name);
        passed().find(holds).expect("the client sent it").at
    };
    let (begun, retr, quit) = (passed().next().expect("the greeting").at, command("RETR"), command("QUIT"));
    let arrived = passed()
        .filter(|piece| piece.way == Way::Down && piece.at <= quit)
        .map(|piece| piece.at + DELAY_EACH_WAY)
        .max();
    let seconds = |from: SystemTime, to: SystemTime| to.duration_since(from).expect("time goes on").as_secs_f64();
    (seconds(begun, retr), seconds(retr, arrived.expect("messages came")))
}

fn pop3(server: SocketAddr, folder: &Path) -> Command {
    let mut command = Command::new(program());
    command.arg(format!("pop://{USER}@{server}")).args(["--plain", "--password-env", "PASSWORD"]);
    command.env("PASSWORD", PASSWORD).args(["fetch", "--all", "--to"]).arg(folder);
    command
}

fn program() -> PathBuf {
    let path = folders::target("native").join("examples").join("pop3");
    assert!(
        path.is_file(),
        "build it: cargo build --profile native -p popglass-protocol --example pop3 --features sasl"
    );
    path
}

/// It syncs each message's file.
fn mpop(server: SocketAddr, folder: &Path) -> Command {
    for name in ["cur", "new", "tmp"] {
        fs::create_dir(folder.join(name)).expect("a new Maildir");
    }
    let mut command = Command::new("mpop");
    command.arg(format!("--host={}", server.ip())).arg(format!("--port={}", server.port()));
    command.arg(format!("--user={USER}")).arg(format!("--passwordeval=echo {PASSWORD}"));
    command.args(["--tls=off", "--auth=user", "--pipelining=on", "--keep=on", "--received-header=off", "--quiet"]);
    command.arg(format!("--delivery=maildir,{}", folder.display()));
    command.arg(format!("--uidls-file={}", folder.join("uidls").display()));
    command
}

fn curl(server: SocketAddr, folder: &Path) -> Command {
    let mut command = Command::new("curl");
    command.args(["--silent", "--show-error", "--user", &format!("{USER}:{PASSWORD}")]);
    command.arg(format!("pop3://{server}/[1-{MESSAGES}]")).arg("--output").arg(folder.join("#1.eml"));
    command
}

fn poplib(server: SocketAddr, folder: &Path) -> Command {
    let mut command = Command::new("python3");
    command.args(["-c", POPLIB, &server.ip().to_string(), &server.port().to_string(), USER, PASSWORD]).arg(folder);
    command
}

const POPLIB: &str = "
import os, poplib, sys
host, port, user, password, folder = sys.argv[1:]
client = poplib.POP3(host, int(port))
client.user(user)
client.pass_(password)
for number in range(1, len(client.list()[1]) + 1):
    lines = client.retr(number)[1]
    with open(os.path.join(folder, f'{number}.eml'), 'wb') as file:
        file.write(b''.join(line + b'\\r\\n' for line in lines))
        file.flush()
        os.fsync(file.fileno())
client.quit()
handle = os.open(folder, os.O_RDONLY)
os.fsync(handle)
";
