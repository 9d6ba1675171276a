//! Python's poplib as a witness: a POP3 client that nobody here has written.

use std::{net::SocketAddr, path::Path, process::Command};

use base64::{Engine as _, prelude::BASE64_STANDARD};

/// Every message of a maildrop, fetched over POP3S, in the order of the server.
///
/// # Panics
/// If Python is not there, or it cannot fetch them.
#[must_use]
pub fn fetch_all(server: SocketAddr, authority: &Path, user: &str, password: &str) -> Vec<Vec<u8>> {
    let output = Command::new("python3")
        .args(["-c", SCRIPT])
        .args([&server.ip().to_string(), &server.port().to_string()])
        .arg(authority)
        .args([user, password])
        .output()
        .expect("python3 can be started");
    assert!(output.status.success(), "poplib failed: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("base64 is ASCII");
    text.lines().map(|line| BASE64_STANDARD.decode(line).expect("base64")).collect()
}

const SCRIPT: &str = "
import base64, poplib, ssl, sys
host, port, authority, user, password = sys.argv[1:]
poplib._MAXLINE = 1 << 24
client = poplib.POP3_SSL(host, int(port), context=ssl.create_default_context(cafile=authority))
client.user(user)
client.pass_(password)
for number in range(1, client.stat()[0] + 1):
    _, lines, _ = client.retr(number)
    print(base64.b64encode(b''.join(line + b'\\r\\n' for line in lines)).decode())
client.quit()
";
