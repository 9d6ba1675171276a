//! A POP3 server of few words for one connection, in the clear or in TLS, with faults to choose. It remembers what it
//! was told. Knows nothing of the program under test.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread::{self, JoinHandle},
};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How this server is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Manners {
    pub(crate) greeting: Option<&'static str>,
    /// Lines of CAPA besides `UIDL` and `PIPELINING`.
    pub(crate) capabilities: &'static str,
    /// Answers where it would have said something else: a command's beginning, and what is said instead. An empty answer
    /// ends the connection.
    pub(crate) instead: &'static [(&'static str, &'static str)],
}

pub(crate) const MESSAGES: [(&str, &str); 3] =
    [("id/1", "Subject: one\r\n\r\n.stuffed\r\n"), ("id-2", "Subject: two\r\n\r\n"), ("id/1", "\r\nthree\r\n")];
pub(crate) const USER: &str = "ada";
pub(crate) const PASSWORD: &str = "correct horse battery";
/// `\0ada\0correct horse battery` in base64.
pub(crate) const PLAIN: &str = "AGFkYQBjb3JyZWN0IGhvcnNlIGJhdHRlcnk=";

/// Starts a server; its port, and what it was told in the end.
pub(crate) fn start(manners: Manners, tls: Option<Arc<ServerConfig>>) -> (u16, JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a port");
    let port = listener.local_addr().expect("it is bound").port();
    let served = thread::spawn(move || {
        let (socket, _) = listener.accept().expect("somebody comes");
        match tls {
            Some(config) => {
                let tls = ServerConnection::new(config).expect("the configuration is sound");
                serve(&manners, StreamOwned::new(tls, socket))
            }
            None => serve::<TcpStream>(&manners, socket),
        }
    });
    (port, served)
}

fn serve<S: Read + Write>(manners: &Manners, stream: S) -> Vec<String> {
    let mut stream = BufReader::with_capacity(1, stream);
    let mut told = Vec::new();
    let greeting = manners.greeting.unwrap_or("+OK ready\r\n");
    if stream.get_mut().write_all(greeting.as_bytes()).is_err() {
        return told;
    }
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).unwrap_or(0) == 0 {
            return told;
        }
        let line = line.trim_end_matches("\r\n").to_owned();
        let instead = manners.instead.iter().find(|(beginning, _)| line.starts_with(beginning));
        let answer = instead.map_or_else(|| answer(manners, &line), |(_, answer)| (*answer).to_owned());
        let ends = line == "QUIT" || answer.is_empty() || !answer.ends_with('\n');
        told.push(line);
        if stream.get_mut().write_all(answer.as_bytes()).and_then(|()| stream.get_mut().flush()).is_err() || ends {
            return told;
        }
    }
}

fn answer(manners: &Manners, line: &str) -> String {
    let (keyword, argument) = line.split_once(' ').unwrap_or((line, ""));
    let chosen = argument.split(' ').next().and_then(|number| number.parse::<usize>().ok());
    let message = chosen.and_then(|number| MESSAGES.get(number.wrapping_sub(1)));
    let listing = |entry: &dyn Fn(usize, &(&str, &str)) -> String| {
        let lines: String = MESSAGES.iter().enumerate().map(|(index, message)| entry(index + 1, message)).collect();
        format!("+OK\r\n{lines}.\r\n")
    };
    match (keyword, message) {
        ("CAPA", _) => format!("+OK\r\nUIDL\r\nPIPELINING\r\n{}.\r\n", manners.capabilities),
        ("USER", _) | ("QUIT" | "NOOP", _) => "+OK\r\n".to_owned(),
        ("PASS", _) if argument == PASSWORD => "+OK in\r\n".to_owned(),
        ("AUTH", _) if argument == format!("PLAIN {PLAIN}") => "+OK in\r\n".to_owned(),
        ("PASS" | "AUTH", _) => "-ERR [AUTH] wrong\r\n".to_owned(),
        ("LIST", _) => listing(&|number, (_, body)| format!("{number} {}\r\n", body.len())),
        ("UIDL", _) => listing(&|number, (id, _)| format!("{number} {id}\r\n")),
        ("RETR" | "TOP", Some((_, body))) => {
            let stuffed = body.replace("\r\n.", "\r\n..");
            format!("+OK\r\n{stuffed}.\r\n")
        }
        ("DELE", Some(_)) => "+OK\r\n".to_owned(),
        _ => "-ERR no\r\n".to_owned(),
    }
}
