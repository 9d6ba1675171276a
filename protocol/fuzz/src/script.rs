//! Scripts: what both sides say, one step a line. A superset of what `protocol/tests/transcripts` holds. Lines that mean
//! nothing are left out, so that every input is a script. Knows no client and no server.
//!
//! | Mark | Means |
//! |---|---|
//! | `S: text` | the server says it, with CRLF |
//! | `L: text` | the same with a bare LF |
//! | `s: text` | the same without a line end |
//! | `F: n x`  | the server says `n` times the first octet of `x` |
//! | `C: line` | the client gives this command; against a server: this line |
//! | `K: line` | a user types this line, whatever it says; against a server: the same |
//! | `c: text` | against a server: octets without a line end |
//! | `A: NAME` | the client logs in by this mechanism |
//! | `E: n m`  | the client fetches message `m` and expects `n` octets |
//! | `X: n`    | the client cancels everything, and lets `n` octets be drained |
//! | `R: text` | the client answers a challenge by hand; `*` breaks off |
//! | `T:`      | TLS stands |
//! | `W: c o r`| the window: commands, their octets, octets of replies |
//! | `O: word` | `strict`, `always`, `never` |
//! | `U: u p`  | user and password of the maildrop |
//! | `M: id`   | a message of the maildrop, and `| ` its lines, and `m ` a piece without a line end |

/// Octets that one line can make the server say at most.
const FILLER_OCTETS_MAX: usize = 100_000;

/// One line of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// The server says this.
    Server(Vec<u8>),
    /// The client gives this command, without a line end.
    Command(Vec<u8>),
    /// A user types this line.
    Type(Vec<u8>),
    /// The client's octets as they are.
    ClientOctets(Vec<u8>),
    /// AUTH by this mechanism.
    Authenticate(Vec<u8>),
    /// RETR with an expected size.
    Fetch {
        /// Which message.
        number: u32,
        /// The octets that are expected.
        octets: u64,
    },
    /// Everything is cancelled.
    Cancel(u64),
    /// A response by hand.
    Respond(Vec<u8>),
    /// TLS stands.
    TlsReady,
}

/// A script, read.
#[derive(Debug, Default)]
pub struct Script {
    /// What happens, in order.
    pub steps: Vec<Step>,
    /// Refuse every deviation.
    pub strict: bool,
    /// Pipelining by `Some(always)`, or as announced.
    pub pipelining: Option<bool>,
    /// Commands, their octets, and octets of replies in flight.
    pub window: Option<(usize, usize, u64)>,
    /// Who may log in.
    pub user: String,
    /// With what.
    pub password: String,
    /// Unique-ids and messages.
    pub messages: Vec<(Vec<u8>, Vec<u8>)>,
}

impl Script {
    /// Reads any octets as a script.
    #[must_use]
    pub fn read(input: &[u8]) -> Self {
        let mut script = Self { user: "ada".into(), password: "pw".into(), ..Self::default() };
        for line in input.split(|octet| *octet == b'\n') {
            let Some((mark, text)) = line.split_first_chunk::<2>() else { continue };
            script.take_line(mark, text.strip_prefix(b" ").unwrap_or(text));
        }
        script
    }

    fn take_line(&mut self, mark: &[u8; 2], text: &[u8]) {
        let numbers = numbers(text);
        let number = |place: usize| numbers.get(place).copied();
        match mark {
            b"S:" => self.steps.push(Step::Server([text, b"\r\n"].concat())),
            b"L:" => self.steps.push(Step::Server([text, b"\n"].concat())),
            b"s:" => self.steps.push(Step::Server(text.to_vec())),
            b"F:" => {
                let octets = usize::try_from(number(0).unwrap_or(0)).unwrap_or(usize::MAX).min(FILLER_OCTETS_MAX);
                let octet = text.split(|octet| *octet == b' ').nth(1).and_then(|word| word.first()).unwrap_or(&b'x');
                self.steps.push(Step::Server(vec![*octet; octets]));
            }
            b"C:" => self.steps.push(Step::Command(text.to_vec())),
            b"K:" => self.steps.push(Step::Type(text.to_vec())),
            b"c:" => self.steps.push(Step::ClientOctets(text.to_vec())),
            b"A:" => self.steps.push(Step::Authenticate(text.to_vec())),
            b"E:" => {
                let message = number(1).and_then(|number| u32::try_from(number).ok()).unwrap_or(1);
                self.steps.push(Step::Fetch { number: message, octets: number(0).unwrap_or(0) });
            }
            b"X:" => self.steps.push(Step::Cancel(number(0).unwrap_or(0))),
            b"R:" => self.steps.push(Step::Respond(text.to_vec())),
            b"T:" => self.steps.push(Step::TlsReady),
            b"W:" => {
                let size = |place| number(place).and_then(|number| usize::try_from(number).ok()).unwrap_or(0);
                self.window = Some((size(0), size(1), number(2).unwrap_or(0)));
            }
            b"O:" => match text {
                b"strict" => self.strict = true,
                b"always" => self.pipelining = Some(true),
                b"never" => self.pipelining = Some(false),
                _ => {}
            },
            b"U:" => {
                let text = String::from_utf8_lossy(text);
                if let Some((user, password)) = text.split_once(' ') {
                    (self.user, self.password) = (user.into(), password.into());
                }
            }
            b"M:" => self.messages.push((text.to_vec(), Vec::new())),
            b"| " | b"m " => {
                if let Some((_, message)) = self.messages.last_mut() {
                    message.extend_from_slice(text);
                    message.extend_from_slice(if mark == b"| " { b"\r\n" } else { b"" });
                }
            }
            _ => {}
        }
    }
}

fn numbers(text: &[u8]) -> Vec<u64> {
    text.split(|octet| *octet == b' ').filter_map(|word| str::from_utf8(word).ok()?.parse().ok()).collect()
}
