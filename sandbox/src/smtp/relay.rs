//! A server as client: it hands a message to the next server in a real SMTP session (RFC 5321 §2.1, §4.5.4). Knows no
//! world.

use crate::smtp::{Delivery, LINES_MAX, Line, Output, Server};

/// What came of it.
#[derive(Debug)]
pub(super) struct Relayed {
    /// The lines of the session, the first [`LINES_MAX`].
    pub(super) lines: Vec<Line>,
    /// Recipients that the next server did not take, each with its reply.
    pub(super) refused: Vec<(String, String)>,
}

/// A client's end of a connection to a server in memory.
struct Client<'a> {
    server: &'a mut Server,
    lines: Vec<Line>,
}

/// The last line of a reply: its code stands first (RFC 5321 §4.2).
struct Reply {
    text: String,
    all: String,
}

impl Reply {
    fn is(&self, first_digit: char) -> bool {
        self.text.starts_with(first_digit)
    }
}

/// Delivers, and says QUIT.
pub(super) fn relay(host: &str, delivery: &Delivery, server: &mut Server) -> Relayed {
    let mut client = Client { server, lines: Vec::new() };
    let refused = client.send(host, delivery);
    client.say("QUIT");
    Relayed { lines: client.lines, refused }
}

impl Client<'_> {
    fn send(&mut self, host: &str, delivery: &Delivery) -> Vec<(String, String)> {
        let everybody =
            |reply: Reply| delivery.recipients.iter().map(|one| (one.clone(), reply.text.clone())).collect();
        let greeting = self.answer();
        if !greeting.is('2') {
            return everybody(greeting);
        }
        let mut hello = self.say(&format!("EHLO {host}"));
        if hello.is('5') {
            hello = self.say(&format!("HELO {host}"));
        }
        let reply = self.say(&mail_from(delivery, &hello.all));
        if !reply.is('2') {
            return everybody(reply);
        }
        let mut refused = Vec::new();
        for recipient in &delivery.recipients {
            let reply = self.say(&format!("RCPT TO:<{recipient}>"));
            if !reply.is('2') {
                refused.push((recipient.clone(), reply.text));
            }
        }
        if refused.len() == delivery.recipients.len() {
            return refused;
        }
        let mut reply = self.say("DATA");
        if reply.is('3') {
            for line in content_lines(&delivery.message) {
                // RFC 5321 §4.5.2: a dot at the beginning of a line gets another.
                let dot: &[u8] = if line.starts_with(b".") { b"." } else { b"" };
                self.write(&[dot, line].concat());
                self.drain(&mut Vec::new());
            }
            reply = self.say(".");
        }
        if reply.is('2') { refused } else { everybody(reply) }
    }

    fn say(&mut self, line: &str) -> Reply {
        self.write(line.as_bytes());
        self.answer()
    }

    fn write(&mut self, line: &[u8]) {
        self.server.handle_input(&[line, b"\r\n"].concat());
    }

    fn drain(&mut self, octets: &mut Vec<u8>) {
        loop {
            match self.server.poll_output() {
                Output::Transmit(piece) => octets.extend(piece),
                Output::Close => {}
                Output::Idle => break,
            }
        }
        while let Some(line) = self.server.poll_line() {
            if self.lines.len() < LINES_MAX {
                self.lines.push(line);
            }
        }
    }

    /// What the server says until it waits.
    fn answer(&mut self) -> Reply {
        let mut octets = Vec::new();
        self.drain(&mut octets);
        let all = String::from_utf8_lossy(&octets).into_owned();
        let text = all.lines().last().unwrap_or("421 no answer").to_owned();
        Reply { text, all }
    }
}

/// RFC 1870 §5 and RFC 6152 §2: what the server announced may be declared, and nothing else. A message in eight bits goes to
/// a server without 8BITMIME all the same, as most servers do it, though RFC 6152 §3 would have it encoded or returned.
fn mail_from(delivery: &Delivery, announced: &str) -> String {
    let announces =
        |keyword: &str| announced.lines().any(|line| line.get(4..).is_some_and(|line| line.starts_with(keyword)));
    let mut line = format!("MAIL FROM:<{}>", delivery.reverse_path);
    if announces("SIZE") {
        line.push_str(&format!(" SIZE={}", delivery.message.len()));
    }
    if announces("8BITMIME") && !delivery.message.is_ascii() {
        line.push_str(" BODY=8BITMIME");
    }
    line
}

/// The lines of a message that ends in CRLF, without their ends.
fn content_lines(message: &[u8]) -> impl Iterator<Item = &[u8]> {
    message.split_inclusive(|octet| *octet == b'\n').map(|line| line.strip_suffix(b"\r\n").unwrap_or(line))
}
