//! How the program ends: one exit code for each kind of end, and an error that says what happened, whose fault it is
//! and what to do. Knows no connection.

use std::{fmt, path::Path, process::ExitCode};

/// What a script can tell apart by the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The arguments, the URL or the password cannot be used.
    Usage = 2,
    /// No connection, no TLS, or the connection was lost.
    Unreachable = 3,
    /// The server, or our own caution, did not let us log in.
    LoginRefused = 4,
    /// The server answered `-ERR` to a command that the task needs.
    Refused = 5,
    /// The server broke the rules, or a limit.
    Misbehaved = 6,
    /// All is done but for some messages.
    Incomplete = 7,
    /// A local file cannot be read or written.
    Files = 8,
}

/// The table of exit codes in `--help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  2  the arguments, the URL or the password cannot be used
  3  the server cannot be reached, TLS failed, or the connection was lost
  4  the login was refused, or would have shown the password to others
  5  the server refused a command (-ERR)
  6  the server broke the rules of POP3
  7  done, but for some messages; they are named on standard error
  8  a local file cannot be read or written

Only `delete` and `fetch --delete` delete anything, and only with QUIT, which is never sent after an error or Ctrl-C.";

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        // The enum's own numbers, all below 256.
        Self::from(ending as u8)
    }
}

/// Why the program ends early, or not with everything done.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) ending: Ending,
    pub(crate) what: String,
    advice: String,
}

impl Failure {
    pub(crate) fn new(ending: Ending, what: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { ending, what: what.into(), advice: advice.into() }
    }

    /// A local file is in the way.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Self {
        Self::new(
            Ending::Files,
            format!("{}: {error}", path.display()),
            "check the path, its permissions and free space",
        )
    }

    fn blame(&self) -> &'static str {
        match self.ending {
            Ending::Usage => "how the program was called",
            Ending::Unreachable => "the address, the network, or the server",
            Ending::LoginRefused => "name, password or method, as far as the server tells",
            Ending::Refused => "the server refused",
            Ending::Misbehaved => "the server: it broke the rules of POP3",
            Ending::Incomplete => "the server refused these messages",
            Ending::Files => "this machine's files",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "pop3: {}", self.what)?;
        writeln!(f, "      at fault: {}", self.blame())?;
        write!(f, "      to do: {}", self.advice)
    }
}

#[cfg(test)]
mod tests {
    use super::{EXIT_CODES, Ending};

    #[test]
    fn every_exit_code_is_in_the_help() {
        for ending in [
            Ending::Usage,
            Ending::Unreachable,
            Ending::LoginRefused,
            Ending::Refused,
            Ending::Misbehaved,
            Ending::Incomplete,
            Ending::Files,
        ] {
            assert!(EXIT_CODES.contains(&format!("\n  {}  ", ending as u8)), "{ending:?}");
        }
    }
}
