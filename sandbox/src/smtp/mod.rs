//! The door through which mail comes into a world: SMTP (RFC 5321), without sockets, clock or randomness.
//!
//! [`Server`] is one session's server, driven as the POP3 server is: [`Server::handle_input`], then
//! [`Server::poll_output`] until [`Output::Idle`]. What it accepted comes out of [`Server::poll_delivery`]; every line
//! with its meaning out of [`Server::poll_line`]. [`Post`] carries deliveries into worlds, by another SMTP session if
//! the recipient is at another server. There is no TLS and no login here, and no timeouts: those are the host's.
//!
//! ```
//! use popglass_sandbox::{World, smtp::{Post, Output}};
//!
//! let (a, b) = (World::empty(), World::empty());
//! a.add_user("ada", "pw", []);
//! b.add_user("bob", "pw", []);
//! let mut post = Post::new();
//! post.add_domain("a.example", a);
//! post.add_domain("b.example", b.clone());
//! let mut server = post.server("a.example").expect("it was added");
//! server.handle_input(b"HELO laptop\r\nMAIL FROM:<ada@a.example>\r\nRCPT TO:<bob@b.example>\r\nDATA\r\n");
//! server.handle_input(b"Subject: hello\r\n\r\nHi Bob!\r\n.\r\n");
//! while server.poll_output() != Output::Idle {}
//! let delivery = server.poll_delivery().expect("a message was accepted");
//! let journey = post.carry("a.example", delivery, 0);
//! assert_eq!(journey.hops.len(), 1);
//! assert_eq!(b.mailbox("bob").len(), 1);
//! ```

mod command;
mod content;
mod input;
mod line;
mod path;
mod post;
mod relay;
mod server;
mod trace;

pub use line::{Direction, Line, Meaning, ReplyMeaning};
pub use post::{Arrival, Fate, Hop, Journey, Post};
pub use server::Server;

/// A command line with its CRLF (RFC 5321 §4.5.3.1.4).
pub const COMMAND_LINE_OCTETS_MAX: usize = 512;

/// A line of a message with its CRLF, the dot of transparency not counted (RFC 5321 §4.5.3.1.6).
pub const TEXT_LINE_OCTETS_MAX: usize = 1000;

/// A local part (RFC 5321 §4.5.3.1.1).
pub const LOCAL_PART_OCTETS_MAX: usize = 64;

/// A domain (RFC 5321 §4.5.3.1.2).
pub const DOMAIN_OCTETS_MAX: usize = 255;

/// Recipients of one message: RFC 5321 §4.5.3.1.8 demands at least so many.
pub const RECIPIENTS_MAX: usize = 100;

/// Octets of a message that the usual server takes. RFC 5321 §4.5.3.1.7 demands at least 64 KiB.
pub const MESSAGE_OCTETS_MAX: u64 = 1024 * 1024;

/// Refused commands after which the server ends the session.
pub const BAD_COMMANDS_MAX: u32 = 20;

/// Octets of input in waiting. A host that reads on without draining has its session ended.
pub const INPUT_OCTETS_MAX: usize = 256 * 1024;

/// Lines kept for [`Server::poll_line`]; the oldest give way.
pub const LINES_MAX: usize = 4000;

/// Messages accepted and not fetched by [`Server::poll_delivery`]; further ones are refused for now (452).
pub const DELIVERIES_MAX: usize = 16;

/// What an SMTP server is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Config {
    /// Its name: in the greeting, in EHLO's answer, and in `Received:`.
    pub host: String,
    /// The domains whose users are the world's.
    pub domains: Vec<String>,
    /// Other domains that mail can be sent on to.
    pub neighbours: Vec<String>,
    /// Sends mail on for whoever asks. Without it, only mail from one of its own domains: RFC 5321 §7.9 leaves a server
    /// free to refuse, and an open relay is what every sender of junk looks for.
    pub open_relay: bool,
    /// Knows EHLO and with it SIZE, 8BITMIME and PIPELINING. Without, clients must fall back to HELO (RFC 5321 §3.2).
    pub extended: bool,
    /// Octets of a message that are taken (RFC 1870).
    pub message_octets_max: u64,
    /// Recipients of one message; more get 452 (RFC 5321 §4.5.3.1.10).
    pub recipients_max: usize,
    /// Where the client's connection came from, as `Received:` says it (RFC 5321 §4.4).
    pub client_address: String,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            host: "mail.a.example".into(),
            domains: vec!["a.example".into()],
            neighbours: Vec::new(),
            open_relay: false,
            extended: true,
            message_octets_max: MESSAGE_OCTETS_MAX,
            recipients_max: RECIPIENTS_MAX,
            client_address: "192.0.2.1".into(),
        }
    }
}

/// What the server wants of its host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// Write these octets to the connection.
    Transmit(Vec<u8>),
    /// Write what is left, then end the connection.
    Close,
    /// Nothing to do until the host calls again.
    Idle,
}

/// A message that a server has taken responsibility for (RFC 5321 §4.2.5). The envelope is what counts; nothing of it
/// has to agree with the message's header.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Delivery {
    /// Where failures are told, without angle brackets; empty for a message that is such a report (RFC 5321 §4.5.5).
    pub reverse_path: String,
    /// Mailboxes, without angle brackets, in the order of RCPT, each once.
    pub recipients: Vec<String>,
    /// Unstuffed, CRLF line ends, this server's `Received:` on top.
    pub message: Vec<u8>,
}
