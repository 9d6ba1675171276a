//! The harness of the journeys: a real mail server, the real bridge, a real browser, and proxies that break things
//! on purpose. Knows what a user sees and what lies on disk; knows nothing of how Popglass is built inside.

pub mod accessibility;
pub mod bridge;
pub mod browser;
pub mod canary;
pub mod certificates;
pub mod chains;
pub mod chaos;
pub mod dovecot;
pub mod flights;
pub mod folders;
pub mod hostile;
pub mod mails;
pub mod memory;
pub mod native;
pub mod net_log;
pub mod page;
pub mod pop3_program;
pub mod pop3_server;
pub mod poplib;
pub mod ports;
pub mod processes;
pub mod rude;
pub mod rude_tls;
pub mod screens;
pub mod secrets;
pub mod servers;
pub mod site;
pub mod stage;
mod store;
pub mod tls_client;
pub mod trust;
pub mod wait;
