//! A message of 1 GiB through the protocol crate's command-line client, from a server that makes it up: how much memory
//! does the client's process take at its worst moment?

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    process::{Command, Stdio},
};

use popglass_bench::{Figures, LINE_OCTETS, message};
use popglass_tests::folders;

const MESSAGE_OCTETS: usize = 1024 * 1024 * 1024;

#[test]
fn a_message_of_a_gibibyte_through_the_command_line_client() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("a bound socket has an address");
    let folder = tempfile::tempdir().expect("a folder for the message");
    let mut client = Command::new(folders::target("native").join("examples").join("pop3"))
        .arg(format!("pop://ada@{address}"))
        .args(["--plain", "--password-env", "PASSWORD", "fetch", "--all", "--to"])
        .arg(folder.path())
        .env("PASSWORD", "secret")
        .stdin(Stdio::null())
        .spawn()
        .expect("the client can be started");
    let (socket, _) = listener.accept().expect("the client comes");
    let peak = serve(socket, || peak_of(client.id()));
    assert!(client.wait().expect("it ends").success(), "it fetched the message");
    let files: Vec<_> = fs::read_dir(folder.path()).expect("it is there").collect::<Result<_, _>>().expect("it lists");
    assert_eq!(files.len(), 1);
    assert!(files[0].metadata().expect("it is a file").len() >= MESSAGE_OCTETS as u64, "the whole message is there");
    let mut figures = Figures::default();
    figures.add_count("stream_1g_peak_resident_octets", peak);
    println!("{figures}");
    fs::write(folders::target("bench").join("stream.json"), format!("{figures}\n")).expect("the report is written");
}

/// A maildrop of one message. The client waits for the answer to QUIT when its memory is looked at: all is behind it.
fn serve(mut socket: TcpStream, peak: impl Fn() -> u64) -> u64 {
    let lines_in_piece = message(64 * LINE_OCTETS);
    let piece = &lines_in_piece[b"+OK\r\n".len()..lines_in_piece.len() - b".\r\n".len()];
    let pieces = MESSAGE_OCTETS.div_ceil(piece.len());
    let reader = BufReader::new(socket.try_clone().expect("a second handle"));
    let mut say = |text: &str| socket.write_all(text.as_bytes()).expect("the client reads");
    say("+OK ready\r\n");
    for line in reader.lines() {
        let line = line.expect("the client speaks until QUIT");
        match line.split(' ').next().unwrap_or_default() {
            "CAPA" => say("+OK\r\nUSER\r\nUIDL\r\nPIPELINING\r\n.\r\n"),
            "LIST" => say(&format!("+OK\r\n1 {}\r\n.\r\n", pieces * piece.len())),
            "UIDL" => say("+OK\r\n1 one\r\n.\r\n"),
            "RETR" => {
                say("+OK\r\n");
                let text = std::str::from_utf8(piece).expect("base64 is ASCII");
                (0..pieces).for_each(|_| say(text));
                say(".\r\n");
            }
            "QUIT" => {
                let peak = peak();
                say("+OK\r\n");
                return peak;
            }
            _ => say("+OK\r\n"),
        }
    }
    panic!("the client went without QUIT");
}

/// The most memory that a process has had, as the system counts.
fn peak_of(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).expect("the process is there");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the system counts");
    line.split_whitespace().next().and_then(|kilobytes| kilobytes.parse::<u64>().ok()).expect("a number") * 1024
}
