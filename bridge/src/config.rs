//! Settings: flags and a TOML file, made into a [`Config`] that is valid or does not exist. A setting that is not known
//! refuses to start, because a misspelt guard is no guard. Opens nothing but the file.

use std::{
    fmt, fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    time::Duration,
};

use clap::ValueEnum;
use serde::Deserialize;
use thiserror::Error;

use crate::{
    flags::Flags,
    origin::{Origin, parse_address},
    policy::Policy,
    target::{self, FileTarget, describe},
};

/// How logs are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// How much is logged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// What stops the bridge.
    Error,
    /// What the operator should look at.
    Warn,
    /// Start, stop, and one line a session.
    #[default]
    Info,
    /// Every refusal too.
    Debug,
}

/// The settings file, as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    listen: Option<SocketAddr>,
    #[serde(default)]
    targets: Vec<FileTarget>,
    #[serde(default)]
    origins: Vec<String>,
    #[serde(default)]
    hosts: Vec<String>,
    ca_file: Option<PathBuf>,
    #[serde(default)]
    blind: bool,
    #[serde(default)]
    demo: bool,
    sessions_max: Option<u32>,
    dial_timeout_seconds: Option<u32>,
    idle_seconds: Option<u32>,
    grace_seconds: Option<u32>,
    log_format: Option<LogFormat>,
    log_level: Option<LogLevel>,
}

/// Why the bridge does not start.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// The file cannot be read or understood.
    #[error("settings file {path}: {reason}")]
    File {
        /// As given.
        path: String,
        /// For people, with the line.
        reason: String,
    },
    /// A setting has a value that it cannot have.
    #[error("{0}")]
    Setting(String),
    /// There is nothing to connect to.
    #[error(
        "there is no mail server to connect to: list one with `--target pop.example.org:995`, or try `--demo` (see --help)"
    )]
    NoTarget,
    /// Listening for the network, but for no page.
    #[error(
        "listening on {0}, which others can reach, needs the page's origin: `--origin https://mail.example.org` (see --help)"
    )]
    NoOrigin(SocketAddr),
}

/// How much and how long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bounds {
    /// Sessions at the same time.
    pub sessions_max: u32,
    /// From Hello to Open.
    pub open_timeout: Duration,
    /// Name, TCP and TLS of the mail server.
    pub dial_timeout: Duration,
    /// Without an octet in either direction.
    pub idle_timeout: Duration,
    /// Between two pings; two without an answer end the session.
    pub ping_interval: Duration,
    /// For each side to take the end of a session.
    pub linger: Duration,
    /// For sessions to finish after SIGTERM.
    pub grace: Duration,
    /// For the header of an HTTP request, and between two requests.
    pub header_timeout: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            sessions_max: 1000,
            open_timeout: Duration::from_secs(30),
            dial_timeout: Duration::from_secs(10),
            // RFC 1939 §3 gives servers ten minutes at least: theirs goes first, since they can say why.
            idle_timeout: Duration::from_secs(630),
            ping_interval: Duration::from_secs(25),
            linger: Duration::from_secs(5),
            grace: Duration::from_secs(10),
            header_timeout: Duration::from_secs(10),
        }
    }
}

/// Everything the bridge goes by.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Pages that may use the bridge, besides its own.
    pub origins: Vec<Origin>,
    /// Further names of the bridge, as the `Host` header writes them.
    pub hosts: Vec<String>,
    /// Servers that may be dialled.
    pub policy: Policy,
    /// Further certificate authorities.
    pub ca_file: Option<PathBuf>,
    /// Whether TLS ends in the page everywhere, so that the bridge can read nothing.
    pub blind: bool,
    /// Whether the demo mail server runs.
    pub demo: bool,
    /// How much and how long.
    pub bounds: Bounds,
    /// How logs are written.
    pub log_format: LogFormat,
    /// How much is logged.
    pub log_level: LogLevel,
}

impl Config {
    /// Reads the settings file, if one is named, and lays the flags over it.
    ///
    /// # Errors
    /// Says, for people, what keeps the bridge from starting.
    pub fn load(flags: Flags) -> Result<Self, ConfigError> {
        let file = flags.config.as_deref().map(read_file).transpose()?.unwrap_or_default();
        let listen = flags.listen.or(file.listen).unwrap_or(SocketAddr::from((Ipv4Addr::LOCALHOST, 8110)));
        let origins = file.origins.iter().chain(&flags.origins).map(|text| Origin::parse(text));
        let origins = origins.collect::<Result<Vec<_>, _>>().map_err(ConfigError::Setting)?;
        if origins.is_empty() && !listen.ip().is_loopback() {
            return Err(ConfigError::NoOrigin(listen));
        }
        let blind = flags.blind || file.blind;
        let ca_file = flags.ca_file.or(file.ca_file);
        if blind && ca_file.is_some() {
            return Err(ConfigError::Setting(NO_CA_FILE_IF_BLIND.to_owned()));
        }
        let from_file = file.targets.iter().map(|target| target::from_file(target, blind));
        let rules = from_file.chain(flags.targets.iter().map(|text| target::from_flag(text, blind)));
        let rules = rules.collect::<Result<Vec<_>, _>>().map_err(ConfigError::Setting)?;
        let demo = flags.demo || file.demo;
        if rules.is_empty() && !demo {
            return Err(ConfigError::NoTarget);
        }
        if demo && !cfg!(feature = "demo") {
            return Err(ConfigError::Setting("this bridge was built without the demo mail server".to_owned()));
        }
        let defaults = Bounds::default();
        let seconds = |name, flag: Option<u32>, file: Option<u32>, default: Duration, range: [u32; 2]| {
            within(name, flag.or(file), range).map(|chosen| chosen.map_or(default, |n| Duration::from_secs(n.into())))
        };
        let bounds = Bounds {
            sessions_max: within("sessions_max", flags.sessions_max.or(file.sessions_max), [1, 100_000])?
                .unwrap_or(defaults.sessions_max),
            dial_timeout: seconds(
                "dial_timeout_seconds",
                flags.dial_timeout_seconds,
                file.dial_timeout_seconds,
                defaults.dial_timeout,
                [1, 120],
            )?,
            idle_timeout: seconds(
                "idle_seconds",
                flags.idle_seconds,
                file.idle_seconds,
                defaults.idle_timeout,
                [10, 86_400],
            )?,
            grace: seconds("grace_seconds", flags.grace_seconds, file.grace_seconds, defaults.grace, [0, 3600])?,
            ..defaults
        };
        Ok(Self {
            listen,
            origins,
            hosts: file
                .hosts
                .iter()
                .chain(&flags.hosts)
                .map(|text| parse_host_header(text))
                .collect::<Result<_, _>>()?,
            policy: Policy::new(rules).map_err(ConfigError::Setting)?,
            ca_file,
            blind,
            demo,
            bounds,
            log_format: flags.log_format.or(file.log_format).unwrap_or_default(),
            log_level: flags.log_level.or(file.log_level).unwrap_or_default(),
        })
    }
}

const NO_CA_FILE_IF_BLIND: &str = "a blind bridge checks no certificate, so a CA file is of no use to it: \
    in the page each user can add the authority";

fn read_file(path: &Path) -> Result<File, ConfigError> {
    let refusal = |reason: String| ConfigError::File { path: path.display().to_string(), reason };
    let text = fs::read_to_string(path).map_err(|error| refusal(error.to_string()))?;
    toml::from_str(&text).map_err(|error| refusal(error.to_string()))
}

fn within(name: &str, value: Option<u32>, [least, most]: [u32; 2]) -> Result<Option<u32>, ConfigError> {
    match value {
        Some(value) if !(least..=most).contains(&value) => {
            Err(ConfigError::Setting(format!("{name} is {value}, but must be from {least} to {most}")))
        }
        _ => Ok(value),
    }
}

/// A name of the bridge as the `Host` header writes it, with a port or without.
fn parse_host_header(text: &str) -> Result<String, ConfigError> {
    let usable = parse_address(text).is_ok() || parse_address(&format!("{text}:1")).is_ok();
    if usable { Ok(text.to_ascii_lowercase()) } else { Err(ConfigError::Setting(format!("host {text:?} is no name"))) }
}

/// The effective policy, for `--check`.
impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "listen    {}", self.listen)?;
        for origin in Origin::own(self.listen).iter().chain(&self.origins) {
            writeln!(f, "origin    {origin}")?;
        }
        for host in &self.hosts {
            writeln!(f, "host      {host}")?;
        }
        if self.blind {
            writeln!(f, "blind     TLS ends in the page everywhere; this bridge can read neither password nor mail")?;
        }
        for rule in self.policy.rules() {
            writeln!(f, "target    {}: {}", rule.address, describe(rule))?;
        }
        if self.demo {
            writeln!(f, "target    the demo mail server, on loopback")?;
        }
        let ca_file = self.ca_file.as_ref().map_or("none".to_owned(), |path| path.display().to_string());
        writeln!(f, "CA file   {ca_file}")?;
        let Bounds { sessions_max, dial_timeout, idle_timeout, grace, .. } = &self.bounds;
        writeln!(
            f,
            "bounds    {sessions_max} sessions, {} s to dial, {} s idle, {} s grace",
            dial_timeout.as_secs(),
            idle_timeout.as_secs(),
            grace.as_secs()
        )
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;

    fn load(file: &str, flags: &[&str]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bridge.toml");
        fs::write(&path, file).unwrap();
        let path = path.display().to_string();
        let arguments = ["popglass-bridge", "--config", &path].into_iter().chain(flags.iter().copied());
        let flags = Flags::try_parse_from(arguments).map_err(|error| error.to_string())?;
        Config::load(flags).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_unclear_refuses_to_start() {
        let target = "[[targets]]\naddress = \"a.test:995\"\n";
        let rows: &[(&str, &[&str], &str)] = &[
            ("", &[], "no mail server to connect to"),
            ("targetz = []", &["--target", "a.test:995"], "unknown field `targetz`"),
            ("[[targets]]\naddress = \"a.test:995\"\nsecurty = [\"tls\"]", &[], "unknown field `securty`"),
            ("[[targets]]\naddress = \"a.test:995\"\nsecurity = [\"ssl\"]", &[], "unknown variant `ssl`"),
            ("[[targets]]\nsecurity = [\"tls\"]", &[], "missing field `address`"),
            ("listen = 8110", &[], "settings file"),
            ("not toml", &[], "settings file"),
            (target, &["--unknown"], "unexpected argument"),
            (target, &["--target", "a.test:995"], "listed twice"),
            (target, &["--target", "b.test"], "has no port"),
            (target, &["--target", "b.test:995,ssl"], "not one of page, stls, tls, plain, private"),
            (target, &["--target", "b.test:995,tls,plain"], "begins with TLS, or without"),
            (target, &["--target", "b.test:995,page,stls"], "begins with TLS, or without"),
            (target, &["--blind", "--target", "b.test:995,tls"], "target b.test:995 says `tls` or `plain`"),
            (target, &["--blind", "--target", "b.test:110,stls,plain"], "is to be blind"),
            (target, &["--blind", "--ca-file", "ca.pem"], "checks no certificate"),
            (
                "blind = true\n[[targets]]\naddress = \"a.test:995\"\nsecurity = [\"page\", \"tls\"]",
                &[],
                "is to be blind",
            ),
            (target, &["--target", "169.254.169.254:995"], "never a mail server"),
            (target, &["--origin", "*"], "must begin with"),
            (target, &["--origin", "https://a.test/"], "nothing behind"),
            (target, &["--host", "https://a.test"], "is no name"),
            (target, &["--listen", "0.0.0.0:8110"], "needs the page's origin"),
            (target, &["--listen", "localhost:8110"], "invalid"),
            (target, &["--sessions-max", "0"], "from 1 to 100000"),
            (target, &["--idle-seconds", "1"], "from 10 to 86400"),
            (target, &["--dial-timeout-seconds", "0"], "from 1 to 120"),
            (target, &["--log-format", "xml"], "possible values: text, json"),
        ];
        for (file, flags, expected) in rows {
            let refusal = load(file, flags).err().unwrap_or_else(|| panic!("{file:?} {flags:?} was accepted"));
            assert!(refusal.contains(expected), "{file:?} {flags:?}: {refusal}");
        }
    }

    #[test]
    fn flags_lie_over_the_file() {
        let file = "listen = \"127.0.0.1:1\"\norigins = [\"https://a.test\"]\nidle_seconds = 60\n\
            [[targets]]\naddress = \"a.test:995\"\nsecurity = [\"tls\", \"page\"]\nallow_private = true";
        let flags = ["--listen", "127.0.0.1:2", "--origin", "http://b.test:8080", "--target", "10.0.0.1:110,plain"];
        let config = load(file, &flags).unwrap();
        assert_eq!(
            config.to_string(),
            "listen    127.0.0.1:2\n\
             origin    http://127.0.0.1:2\n\
             origin    http://localhost:2\n\
             origin    https://a.test\n\
             origin    http://b.test:8080\n\
             target    a.test:995: TLS ends in the bridge, or TLS ends in the page; may be a private address\n\
             target    10.0.0.1:110: NO TLS, everybody on the way can read along\n\
             CA file   none\n\
             bounds    1000 sessions, 10 s to dial, 60 s idle, 10 s grace\n"
        );
    }

    #[test]
    fn a_blind_bridge_says_so_and_offers_tls_in_the_page_alone() {
        let file = "[[targets]]\naddress = \"a.test:995\"\n";
        for (file, flags) in [(format!("blind = true\n{file}"), &[][..]), (file.to_owned(), &["--blind"])] {
            let flags: Vec<&str> = flags.iter().chain(&["--target", "b.test:110", "--demo"]).copied().collect();
            let config = load(&file, &flags).unwrap();
            assert!(config.blind);
            let text = config.to_string();
            for line in [
                "blind     TLS ends in the page everywhere; this bridge can read neither password nor mail\n",
                "target    a.test:995: TLS ends in the page\n",
                "target    b.test:110: TLS ends in the page, which asks for it by STLS\n",
            ] {
                assert!(text.contains(line), "{text}");
            }
        }
    }
}
