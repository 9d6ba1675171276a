//! POP3 itself, sans-I/O: values, codecs, one transition table, a client and a server over it, login methods, a
//! redacting transcript, and the words of the tunnel. No I/O, no clock, no randomness, no logging, no `std`.
//!
//! ```text
//!            what to do                                       what happened
//!  host ──▶ send(Command) ─┐                              ┌─▶ Event::{Reply, Chunk, Line, Deviation, …} ──▶ host
//!                          ▼                              │
//!                 ┌─ queue ─ window ─ in flight ─ reply ──┤            one table (`state`) says which
//!                 │                     ▲                 │            command goes in which state, and
//!                 ▼                     │                 └─▶ UpgradeTls   what its reply looks like
//!         Output::Transmit        handle_input
//!                 │                     │
//!  wire ◀─────────┘                     └──────── wire       `codec`: lines, listings, dot-stuffing
//! ```
//!
//! The host owns the connection. Its loop is all there is to write:
//!
//! ```
//! use std::io::{Read, Write};
//! use popglass_protocol::client::{Client, Event, Output};
//!
//! /// Carries octets between a client and a connection until `stop` has seen what it waits for.
//! fn converse(
//!     client: &mut Client,
//!     connection: &mut (impl Read + Write),
//!     mut stop: impl FnMut(&mut Client, Event) -> bool,
//! ) -> Result<(), Box<dyn std::error::Error>> {
//!     let mut read = vec![0; 64 * 1024];
//!     loop {
//!         match client.poll_output()? {
//!             Output::Transmit(octets) => connection.write_all(&octets)?,
//!             Output::Event(event) if stop(client, event.clone()) => return Ok(()),
//!             Output::Event(_) => {}
//!             Output::UpgradeTls => return Err("wrap the connection in TLS, then call handle_tls_ready".into()),
//!             Output::Idle => match connection.read(&mut read)? {
//!                 0 => return Err("the server hung up".into()),
//!                 count => client.handle_input(&read[..count]),
//!             },
//!         }
//!     }
//! }
//! # struct Wire(Vec<&'static [u8]>);
//! # impl Read for Wire {
//! #     fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> { self.0.remove(0).read(to) }
//! # }
//! # impl Write for Wire {
//! #     fn write(&mut self, octets: &[u8]) -> std::io::Result<usize> { Ok(octets.len()) }
//! #     fn flush(&mut self) -> std::io::Result<()> { Ok(()) }
//! # }
//! # use popglass_protocol::{command::Command, reply::Reply};
//! # let mut client = Client::new();
//! # client.send(Command::Quit);
//! # converse(&mut client, &mut Wire(vec![b"+OK hello\r\n", b"+OK bye\r\n"]), |_, event| {
//! #     matches!(event, Event::Reply { reply: Reply::Goodbye, .. })
//! # }).unwrap();
//! ```
//!
//! `examples/pop3` is a whole command-line client over it, with TLS, timeouts and files.
//!
//! # What is implemented
//!
//! | RFC | What | Client | Server |
//! |---|---|---|---|
//! | 1939 (STD 53) | USER PASS APOP STAT LIST UIDL RETR TOP DELE RSET NOOP QUIT, dot-stuffing | yes | yes, autologout and lock too |
//! | 1957 | replies without text | taken | – |
//! | 2449 | CAPA with all registered capabilities and their arguments, PIPELINING, response codes, line limits | yes | yes |
//! | 2595, 8314 | STLS, with a barrier against injected plaintext; implicit TLS is the host's | yes | yes |
//! | 1734, 5034 | AUTH, with and without initial response; the mechanisms with the feature `sasl` | yes | yes |
//! | 3206 | `[AUTH]`, `[SYS/TEMP]`, `[SYS/PERM]`, AUTH-RESP-CODE | yes | yes |
//! | 6856 | UTF8, LANG, `[UTF8]` | yes | yes |
//! | 2384 | `pop:` URLs (and `pops:`) | `url` | – |
//! | 4616, 4505, 4422 | PLAIN, ANONYMOUS, EXTERNAL; LOGIN from before the RFCs | yes | yes |
//! | 2195 | CRAM-MD5 | yes | yes |
//! | 5802, 7677, 9266 | SCRAM-SHA-1, SCRAM-SHA-256, both with -PLUS by `tls-exporter` | yes | yes |
//! | 7628 | OAUTHBEARER, and XOAUTH2 as large providers speak it | yes | yes |
//!
//! What servers do against the RFCs, and the client takes all the same, is in [`deviation`]; every maximum is in
//! [`limits`]. Dependencies: none but those of the features `sasl` (digests, base64), `saslprep` (its tables) and
//! `serde`.
#![no_std]

extern crate alloc;

pub mod capability;
pub mod client;
pub mod codec;
pub mod command;
pub mod deviation;
pub mod grammar;
pub mod limits;
pub mod login;
pub mod reply;
pub mod sasl;
pub mod secrecy;
pub mod secret;
pub mod server;
pub mod state;
pub mod transcript;
#[cfg(feature = "serde")]
pub mod tunnel;
pub mod types;
pub mod url;
