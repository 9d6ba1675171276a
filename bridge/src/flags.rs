//! The flags of the command line, with their help. Means nothing by itself: `config.rs` lays them over the settings file.

use std::{net::SocketAddr, path::PathBuf};

use clap::Parser;

use crate::config::{LogFormat, LogLevel};

const EXAMPLES: &str = "\
Examples:
  A mail server with TLS on port 995, for a page on this machine:
      popglass-bridge --target pop.example.org:995
  The built-in demo mail server; nothing else can be reached:
      popglass-bridge --demo
  Behind a web server that ends TLS for https://mail.example.org:
      popglass-bridge --listen 10.0.0.5:8110 --origin https://mail.example.org --target pop.example.org:995
  Where this bridge shall not be able to read along, whoever runs it:
      popglass-bridge --blind --target pop.example.org:995 --target pop.example.net:110
  A server in your own network that has no TLS:
      popglass-bridge --target nas.home.arpa:110,plain,private

The same as a file, for --config (flags add to its lists and override the rest):
      listen = \"127.0.0.1:8110\"
      origins = [\"https://mail.example.org\"]
      ca_file = \"/etc/popglass/ca.pem\"
      [[targets]]
      address = \"pop.example.org:995\"
      security = [\"page\"]       # page, stls, tls, plain; without it page and tls, on port 110 stls
      allow_private = false

Signals: SIGTERM and SIGINT end sessions within --grace-seconds; a second one ends the bridge at once.";

/// Serves the Popglass page, and carries its bytes to the POP3 servers that you list, and to no other.
#[derive(Debug, Default, Parser)]
#[command(name = "popglass-bridge", version, after_help = EXAMPLES)]
pub struct Flags {
    /// Settings in TOML; unknown ones refuse to start
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where to listen, an IP address and port [default: 127.0.0.1:8110]
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<SocketAddr>,
    /// A mail server that may be reached; repeatable. WORDs, best first: `page` (TLS ends in the page, the bridge cannot
    /// read along), `tls` (TLS ends in the bridge); on a port that begins without TLS: `stls` (the page asks for TLS,
    /// which ends there), `plain` (no TLS at all); and `private` (the name may stand for an address of your own network).
    /// Without a word: page and tls, on port 110 stls
    #[arg(long = "target", value_name = "HOST:PORT[,WORD...]")]
    pub targets: Vec<String>,
    /// A page that may use the bridge, besides the bridge's own on loopback; repeatable. Such as
    /// `https://mail.example.org`, compared exactly
    #[arg(long = "origin", value_name = "ORIGIN")]
    pub origins: Vec<String>,
    /// A name under which this bridge is reached, if no origin has it; repeatable
    #[arg(long = "host", value_name = "HOST[:PORT]")]
    pub hosts: Vec<String>,
    /// Certificate authorities to trust besides the system's, where TLS ends in the bridge
    #[arg(long, value_name = "PEM")]
    pub ca_file: Option<PathBuf>,
    /// TLS ends in the page, for every target: this bridge can read neither password nor mail
    #[arg(long)]
    pub blind: bool,
    /// Run a mail server with sample messages on loopback, for trying out
    #[arg(long)]
    pub demo: bool,
    /// Sessions at the same time [default: 1000]
    #[arg(long, value_name = "N")]
    pub sessions_max: Option<u32>,
    /// For name, TCP and TLS of the mail server together [default: 10]
    #[arg(long, value_name = "N")]
    pub dial_timeout_seconds: Option<u32>,
    /// A session in which nothing moves for so long is ended [default: 630]
    #[arg(long, value_name = "N")]
    pub idle_seconds: Option<u32>,
    /// How long sessions may go on after SIGTERM [default: 10]
    #[arg(long, value_name = "N")]
    pub grace_seconds: Option<u32>,
    /// How logs are written, to standard error [default: text]
    #[arg(long, value_name = "FORMAT")]
    pub log_format: Option<LogFormat>,
    /// How much is logged; never what is in the mail [default: info]
    #[arg(long, value_name = "LEVEL")]
    pub log_level: Option<LogLevel>,
    /// Print the effective policy and exit
    #[arg(long)]
    pub check: bool,
}
