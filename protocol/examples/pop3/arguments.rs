//! The command line. Knows no connection; a password is not among the arguments, where every process could read it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use popglass_protocol::{
    client::{self, Config, Window},
    types::MessageNumber,
    url::{Auth, PopUrl, Scheme},
};

use crate::failure::{EXIT_CODES, Ending, Failure};

/// A POP3 client: lists, fetches, shows and deletes messages.
#[derive(Debug, Parser)]
#[command(name = "pop3", after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// pops://user@host[:port] for TLS at once, pop://user@host[:port] for TLS by STLS; `;AUTH=SCRAM-SHA-256` and the
    /// like behind the user name choose how to log in (RFC 2384)
    url: String,
    #[command(subcommand)]
    pub(crate) task: Task,
    #[command(flatten)]
    pub(crate) options: Options,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Task {
    /// Prints number, octets and unique-id of each message, separated by tabs
    List,
    /// Writes messages to files named by their unique-ids; what is there already is not fetched again
    Fetch(Fetch),
    /// Prints a message's header and the first lines of its body
    Top {
        /// The message's number, as `list` tells
        #[arg(value_parser = number)]
        number: MessageNumber,
        /// How many lines of the body
        #[arg(default_value_t = 0)]
        lines: u32,
    },
    /// Deletes messages: marks them, and makes the marks good with QUIT
    Delete {
        /// The messages' numbers, as `list` tells
        #[arg(required = true, value_parser = number)]
        numbers: Vec<MessageNumber>,
    },
    /// Sends the commands that you type, and shows all that is said; you log in yourself
    Console,
}

/// Which messages to fetch, and where to.
#[derive(Debug, Args)]
pub(crate) struct Fetch {
    /// The messages' numbers, as `list` tells
    #[arg(value_parser = number, required_unless_present = "all", conflicts_with = "all")]
    pub(crate) numbers: Vec<MessageNumber>,
    /// All messages
    #[arg(long)]
    pub(crate) all: bool,
    /// The folder to write to; it is made if it is missing
    #[arg(long = "to", value_name = "DIR")]
    pub(crate) folder: PathBuf,
    /// Deletes from the server what is safely on this disk, now or since an earlier run
    #[arg(long)]
    pub(crate) delete: bool,
}

/// How to do it.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// Trusts the certificates in this PEM file, too
    #[arg(long, value_name = "FILE", global = true)]
    pub(crate) ca: Option<PathBuf>,
    /// Agrees to no TLS: everybody on the way can read passwords and mail
    #[arg(long, global = true)]
    pub(crate) plain: bool,
    /// Overrides the URL's choice: *, +APOP, +USER, or a SASL mechanism; for XOAUTH2 and OAUTHBEARER the password is the
    /// token
    #[arg(long, value_name = "TYPE", global = true)]
    auth: Option<String>,
    /// Reads the password from the first line of this file
    #[arg(long, value_name = "FILE", global = true, conflicts_with = "password_env")]
    pub(crate) password_file: Option<PathBuf>,
    /// Reads the password from this environment variable
    #[arg(long, value_name = "NAME", global = true)]
    pub(crate) password_env: Option<String>,
    /// How many commands may be unanswered; 1 sends one at a time
    #[arg(long, value_name = "N", global = true, value_parser = clap::value_parser!(u16).range(1..))]
    window: Option<u16>,
    /// When to send commands before earlier ones are answered
    #[arg(long, value_enum, value_name = "WHEN", global = true, default_value_t)]
    pipelining: Pipelining,
    /// Shows all that is said on standard error, without passwords
    #[arg(long, global = true)]
    pub(crate) transcript: bool,
    /// Ends the session at whatever breaks an RFC, instead of tolerating it
    #[arg(long, global = true)]
    strict: bool,
}

/// When to pipeline.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Pipelining {
    /// Where the server announces it
    #[default]
    Announced,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

fn number(text: &str) -> Result<MessageNumber, &'static str> {
    MessageNumber::parse(text.as_bytes()).ok_or("a message number is 1 or more")
}

impl Arguments {
    /// The URL, with the login as the options have it. It is read here and not by clap, which would repeat a wrong one in
    /// its error, and with it the password that somebody wrote there.
    pub(crate) fn url(&self) -> Result<PopUrl, Failure> {
        let usage = |error: &dyn std::fmt::Display| {
            Failure::new(Ending::Usage, format!("the URL or --auth cannot be used: {error}"), "correct it; see --help")
        };
        let mut url: PopUrl = self.url.parse().map_err(|error| usage(&error))?;
        if let Some(auth) = &self.options.auth {
            url.auth = Auth::parse(auth).map_err(|error| usage(&error))?;
        }
        url.wish().map_err(|error| usage(&error))?;
        if self.options.plain && url.scheme == Scheme::Pops {
            return Err(usage(&"--plain goes with pop://, not with pops://, which is TLS from the start"));
        }
        Ok(url)
    }
}

impl Options {
    /// How the client is to behave.
    pub(crate) fn config(&self) -> Config {
        let window = Window::default();
        Config {
            strict: self.strict,
            pipelining: match self.pipelining {
                Pipelining::Announced => client::Pipelining::Announced,
                Pipelining::Always => client::Pipelining::Always,
                Pipelining::Never => client::Pipelining::Never,
            },
            window: match self.window {
                None => window,
                // A wish for more commands is a wish for their octets, too.
                Some(commands) => Window {
                    commands_max: commands.into(),
                    command_octets_max: window.command_octets_max.max(usize::from(commands) * COMMAND_OCTETS),
                    ..window
                },
            },
        }
    }
}

/// `RETR 1000000` with its CRLF: what most commands need at most.
const COMMAND_OCTETS: usize = 14;

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::Arguments;

    #[test]
    fn the_command_line_is_sound_and_read_as_documented() {
        Arguments::command().debug_assert();
        for (line, understood) in [
            ("pop3 pops://a@h list", true),
            ("pop3 --strict pops://a@h list --transcript --window 1", true),
            ("pop3 pops://a@h fetch --all --to x", true),
            ("pop3 pops://a@h fetch 1 2 3 --to x --delete", true),
            ("pop3 pops://a@h fetch --to x", false),
            ("pop3 pops://a@h fetch 1 --all --to x", false),
            ("pop3 pops://a@h fetch --all", false),
            ("pop3 pops://a@h top 1 20", true),
            ("pop3 pops://a@h top 0", false),
            ("pop3 pops://a@h delete", false),
            ("pop3 pops://a@h delete 4 2", true),
            ("pop3 pops://a@h list --window 0", false),
            ("pop3 pops://a@h list --password secret", false),
            ("pop3 pops://a@h list --password-file a --password-env B", false),
        ] {
            assert_eq!(Arguments::try_parse_from(line.split(' ')).is_ok(), understood, "{line}");
        }
    }

    #[test]
    fn a_url_that_cannot_be_used_is_refused_without_being_repeated() {
        for line in [
            "pop3 pop://a:secret@h list",
            "pop3 pops://a@h list --plain",
            "pop3 pop://a;AUTH=SCRAM-MD5@h list",
            "pop3 pop://a@h list --auth +LOGIN",
        ] {
            let arguments = Arguments::try_parse_from(line.split(' ')).expect("clap leaves the URL alone");
            let failure = arguments.url().expect_err(line).to_string();
            assert!(!failure.contains("secret"), "{failure}");
        }
    }
}
