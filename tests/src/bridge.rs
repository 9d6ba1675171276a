//! The real bridge as a child process: its flags in, its address and its log out. Knows nothing of its insides.

use std::{net::SocketAddr, path::Path, process::Command, time::Duration};

use crate::{folders, processes::Processes, wait};

/// A running bridge.
#[derive(Debug)]
pub struct Bridge {
    processes: Processes,
    /// Where it serves the page and the tunnel.
    pub address: SocketAddr,
}

/// How it is started.
#[derive(Debug, Clone, Default)]
pub struct Options<'a> {
    /// Servers that may be dialled, each `HOST:PORT,WORDS` as the bridge takes them.
    pub targets: &'a [String],
    /// A certificate authority to trust beside the system's.
    pub authority: Option<&'a Path>,
    /// The page is opened under this origin, if a proxy stands before the bridge.
    pub origin: Option<&'a str>,
    /// The built-in demo mail server runs.
    pub demo: bool,
    /// The operator has promised that TLS ends in the page everywhere.
    pub blind: bool,
}

impl Bridge {
    /// Starts the bridge on a port of its own choice.
    ///
    /// # Panics
    /// If it was not built or does not start.
    pub async fn start(options: Options<'_>) -> Self {
        let mut command = Command::new(folders::bridge_binary());
        // All that it may ever say: what must not be in a log is sought there.
        command.args(["--listen", "127.0.0.1:0", "--log-level", "debug"]);
        for target in options.targets {
            command.args(["--target", target]);
        }
        if let Some(authority) = options.authority {
            command.arg("--ca-file").arg(authority);
        }
        if let Some(origin) = options.origin {
            command.args(["--origin", origin]);
        }
        if options.demo {
            command.arg("--demo");
        }
        if options.blind {
            command.arg("--blind");
        }
        let mut processes = Processes::start(&mut command);
        let address = wait::must("the bridge to say where it listens", async || {
            let ended = processes.ended();
            assert!(ended.is_none(), "the bridge ended ({ended:?}):\n{}", processes.output());
            address_in(&processes.output())
        })
        .await;
        Self { processes, address }
    }

    /// The page's address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The tunnel's address, for a page from elsewhere.
    #[must_use]
    pub fn tunnel(&self) -> String {
        format!("ws://{}/tunnel", self.address)
    }

    /// The id of its process.
    #[must_use]
    pub fn process(&self) -> u32 {
        self.processes.id()
    }

    /// Everything that it has logged.
    #[must_use]
    pub fn log(&self) -> String {
        self.processes.output()
    }

    /// Asks it to end (SIGTERM), waits for that, and gives the whole log.
    ///
    /// # Panics
    /// If it does not end by itself, or not with success.
    pub async fn finish(mut self) -> String {
        self.processes.ask_to_end();
        let status = wait::until(Duration::from_secs(10), async || self.processes.ended()).await;
        assert!(status.is_some_and(|status| status.success()), "the bridge ended badly: {status:?}\n{}", self.log());
        self.log()
    }

    /// Ends it at once.
    pub fn kill(&mut self) {
        self.processes.kill();
    }
}

/// The first web address in its log.
fn address_in(log: &str) -> Option<SocketAddr> {
    let (_, rest) = log.split_once("http://")?;
    // Only a whole line: the port may still be on its way.
    let (line, _) = rest.split_once('\n')?;
    let end = line.find(|character: char| !(character.is_ascii_digit() || ".:[]".contains(character)));
    line[..end.unwrap_or(line.len())].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_found_in_the_log() {
        for (log, expected) in [
            ("serving at http://127.0.0.1:80", None),
            ("serving at http://127.0.0.1:8080/\n", Some("127.0.0.1:8080")),
            ("{\"url\":\"http://127.0.0.1:8080\",\"x\":1}\n", Some("127.0.0.1:8080")),
            ("nothing\n", None),
        ] {
            assert_eq!(address_in(log).map(|address| address.to_string()).as_deref(), expected, "{log}");
        }
    }
}
