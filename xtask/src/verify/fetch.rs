//! Fetches files as a browser would be given them, with curl as the program. It does not know what they should be.

use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::thread;

use crate::workshop::{Failure, Outcome, Workshop};

/// One answer, head and all; the page's largest file has less than a tenth of it.
const ANSWER_OCTETS_MAX: u64 = 64 * 1024 * 1024;
const ANSWER_SECONDS_MAX: &str = "120";
const CONNECT_SECONDS_MAX: &str = "15";
const COMPLAINT_OCTETS_MAX: u64 = 4 * 1024;

/// How a file is asked for. A server could answer the two differently, and browsers use the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    Identity,
    Compressed,
}

/// What a server answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    /// Uncompressed.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// A header's value; the name in lower case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Fetches one file. Redirects are not followed: what lies elsewhere is another page.
pub(super) fn fetch(workshop: &Workshop, url: &str, coding: Coding) -> Outcome<Answer> {
    let mut curl = workshop.command("curl");
    // First: no settings of the user's.
    curl.args(["--disable", "--silent", "--show-error", "--include", "--suppress-connect-headers", "--globoff"]);
    curl.args(["--proto", "=http,https", "--connect-timeout", CONNECT_SECONDS_MAX, "--max-time", ANSWER_SECONDS_MAX]);
    if coding == Coding::Compressed {
        curl.arg("--compressed");
    }
    let octets = run(curl.args(["--url", url])).map_err(Failure::during(url))?;
    parse(&octets).ok_or_else(|| Failure::new(format!("{url}: the answer is no HTTP")))
}

fn run(curl: &mut Command) -> io::Result<Vec<u8>> {
    let mut child = curl.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let (Some(output), Some(complaints)) = (child.stdout.take(), child.stderr.take()) else {
        return Err(io::Error::other("curl has no output"));
    };
    // Beside the output, so that neither waits for the other.
    let complaints = thread::spawn(move || {
        let mut text = String::new();
        let _ = complaints.take(COMPLAINT_OCTETS_MAX).read_to_string(&mut text);
        text
    });
    let mut octets = Vec::new();
    output.take(ANSWER_OCTETS_MAX + 1).read_to_end(&mut octets)?;
    if octets.len() as u64 > ANSWER_OCTETS_MAX {
        child.kill()?;
        child.wait()?;
        return Err(io::Error::other(format!("more than {ANSWER_OCTETS_MAX} octets")));
    }
    let status = child.wait()?;
    let complaints = complaints.join().unwrap_or_default();
    if status.success() { Ok(octets) } else { Err(io::Error::other(complaints.trim().to_owned())) }
}

/// Head and body of what `curl --include` writes; interim answers (103) come before the real one.
fn parse(mut octets: &[u8]) -> Option<Answer> {
    loop {
        let end = octets.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&octets[..end]).ok()?;
        octets = &octets[end + 4..];
        let mut lines = head.split("\r\n");
        let status: u16 = lines.next()?.strip_prefix("HTTP/")?.split(' ').nth(1)?.parse().ok()?;
        if (100..200).contains(&status) {
            continue;
        }
        let headers = lines.filter_map(|line| line.split_once(':'));
        let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned())).collect();
        return Some(Answer { status, headers, body: octets.to_vec() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_taken_apart() {
        let answer =
            parse(b"HTTP/1.1 200 OK\r\nX: 1\r\nContent-Security-Policy:  a: b \r\n\r\nbody\r\n\r\nmore").unwrap();
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("content-security-policy"), Some("a: b"));
        assert_eq!(answer.header("y"), None);
        assert_eq!(answer.body, b"body\r\n\r\nmore");
        let answer = parse(b"HTTP/2 103 \r\nlink: x\r\n\r\nHTTP/2 404 \r\n\r\n").unwrap();
        assert_eq!((answer.status, answer.body.as_slice()), (404, &b""[..]));
        for octets in
            [&b""[..], b"<html>", b"HTTP/1.1 200 OK\r\nX: 1\r\n", b"ICY 200 OK\r\n\r\n", b"HTTP/1.1 x\r\n\r\n"]
        {
            assert_eq!(parse(octets), None, "{}", octets.escape_ascii());
        }
    }
}
