//! The wire, for learners: two ends in memory with real TLS between them or none ([`link`]), what somebody reads who
//! listens ([`tap`]), what somebody does who does more than that ([`attacker`]), good and bad certificates
//! ([`identity`]), who on the way can read what ([`hops`]), and a TLS 1.3 session of our own, recorded with its keys and
//! explained octet by octet ([`recorded`]).
//!
//! Knows TLS, and of POP3 no more than an attacker needs: how STLS is asked for and answered. Knows no mailbox, no
//! program that fetches mail, no browser, no socket and no clock: time is an argument. Randomness is taken by TLS alone,
//! so what is on the wire differs from run to run, and what happens there does not.
//!
//! Without the feature `live` there is no link and nothing that does TLS: what is left is a tenth as large.
//!
//! ```
//! use popglass_wire::{identity::Identity, link::{ClientTls, ClientTrust, Link}};
//!
//! let now_ms = 1_800_000_000_000;
//! let mut link = Link::tls(Identity::Good, &ClientTrust::school(), now_ms);
//! link.pump();
//! assert!(matches!(link.client_tls(), ClientTls::Standing(_)));
//! link.client_send(b"PASS lovelace\r\n");
//! link.pump();
//! assert_eq!(link.server_received(), b"PASS lovelace\r\n");
//! assert!(!link.tap().contains(b"lovelace"));
//! ```

pub mod attacker;
#[cfg(feature = "live")]
mod ends;
pub mod hops;
pub mod identity;
#[cfg(feature = "live")]
pub mod link;
mod octets;
pub mod recorded;
pub mod tap;
pub mod texts;
