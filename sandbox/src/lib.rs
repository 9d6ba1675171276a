//! A whole mail world in memory: sample maildrops, served to `popglass_protocol::server`. The page runs it where there
//! is no server, and the bridge serves it as its demo. No I/O, no clock, no randomness: every world begins the same.
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

mod maildrop;
mod photo;
mod postcards;
pub mod samples;
mod world;

pub use maildrop::SandboxMaildrop;
pub use world::World;

/// The user of [`World::demo`] and [`World::demo_large`].
pub const DEMO_USER: &str = "ada";

/// The password that goes with [`DEMO_USER`]. There is nothing to protect.
pub const DEMO_PASSWORD: &str = "lovelace";
