//! A whole mail world in memory: maildrops, served to `popglass_protocol::server`. The page runs it where there is no
//! server, the bridge serves it as its demo, and lessons are played in it: there mail also comes in by SMTP ([`smtp`]), is
//! looked at by IMAP (feature `imap`), and servers are made of data ([`profile`]). No I/O, no clock, no randomness: every
//! world begins the same.
//!
//! ```
//! use popglass_protocol::server::{LoginRefusal, Maildrop};
//! use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, World};
//!
//! let world = World::demo();
//! let mut one = world.session();
//! assert_eq!(one.open(DEMO_USER, DEMO_PASSWORD, None), Ok(()));
//! assert_eq!(world.session().open(DEMO_USER, DEMO_PASSWORD, None), Err(LoginRefusal::InUse));
//! ```

#[cfg(feature = "imap")]
pub mod imap;
#[cfg_attr(not(feature = "imap"), expect(dead_code, reason = "only IMAP changes flags and folders"))]
mod mailbox;
mod maildrop;
mod photo;
mod postcards;
pub mod profile;
pub mod samples;
pub mod smtp;
mod world;

pub use mailbox::{FOLDER_NAME_OCTETS_MAX, FOLDERS_MAX, Flags, INBOX, Stored};
pub use maildrop::SandboxMaildrop;
pub use world::World;

/// The user of [`World::demo`] and [`World::demo_large`].
pub const DEMO_USER: &str = "ada";

/// The password that goes with [`DEMO_USER`]. There is nothing to protect.
pub const DEMO_PASSWORD: &str = "lovelace";
