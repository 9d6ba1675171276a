//! Keeps servers running beside one another until someone presses Ctrl-C or one of them ends; then ends them all. It does
//! not know what they serve.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process_group};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

use crate::workshop::{Failure, Outcome};

/// How long a server may take to end its sessions.
const END_TIMEOUT: Duration = Duration::from_secs(10);
/// How long a server may take until it answers, and how often we ask.
const READY_TIMEOUT: Duration = Duration::from_secs(30);
const READY_INTERVAL: Duration = Duration::from_millis(50);

/// Servers that were started and have not ended.
pub(crate) struct Servers {
    running: Vec<(&'static str, Pid)>,
    happenings: Receiver<Happening>,
    sender: Sender<Happening>,
}

enum Happening {
    Stop,
    Ended(&'static str, std::io::Result<ExitStatus>),
}

impl Servers {
    /// From here on Ctrl-C is an order to end the servers, and no longer ends this program by itself.
    pub(crate) fn new() -> Outcome<Self> {
        let (sender, happenings) = mpsc::channel();
        let mut signals = Signals::new([SIGINT, SIGTERM, SIGHUP]).map_err(Failure::during("handling Ctrl-C"))?;
        let stop = sender.clone();
        thread::spawn(move || {
            for _ in signals.forever() {
                if stop.send(Happening::Stop).is_err() {
                    break;
                }
            }
        });
        Ok(Self { running: Vec::new(), happenings, sender })
    }

    /// Starts one more server.
    pub(crate) fn start(&mut self, name: &'static str, command: &mut Command) -> Outcome {
        // In a group of its own, so that the terminal's Ctrl-C does not reach it beside our own signal: a bridge takes the
        // second one for "at once". What it starts itself, such as Trunk's builds, ends with it.
        let child = command.process_group(0).spawn().map_err(Failure::during(format!("starting {name}")))?;
        self.running.push((name, pid_of(&child)));
        let ended = self.sender.clone();
        thread::spawn(move || {
            let mut child = child;
            // Nobody listens any more only when we are ending ourselves.
            let _ = ended.send(Happening::Ended(name, child.wait()));
        });
        Ok(())
    }

    /// Waits until `is_ready`; `false` if someone asked for the end before.
    pub(crate) fn wait_until(&mut self, is_ready: impl Fn() -> bool) -> Outcome<bool> {
        let deadline = Instant::now() + READY_TIMEOUT;
        while !is_ready() {
            match self.happenings.recv_timeout(READY_INTERVAL) {
                Ok(Happening::Stop) => return Ok(false),
                Ok(Happening::Ended(name, status)) => return Err(self.ended(name, status)),
                Err(_) if Instant::now() > deadline => {
                    return Err(Failure::new(format!("the server does not answer after {READY_TIMEOUT:?}")));
                }
                Err(_) => {}
            }
        }
        Ok(true)
    }

    /// Waits until someone asks for the end. A server that ends by itself is a failure.
    pub(crate) fn wait(&mut self) -> Outcome {
        match self.happenings.recv().expect("we hold a sender ourselves") {
            Happening::Stop => Ok(()),
            Happening::Ended(name, status) => Err(self.ended(name, status)),
        }
    }

    /// Asks every server to end and waits for it; who asks again, or a server that does not listen, gets it at once.
    pub(crate) fn end(mut self) {
        self.signal(Signal::TERM);
        let deadline = Instant::now() + END_TIMEOUT;
        while !self.running.is_empty() {
            match self.happenings.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(Happening::Ended(name, _)) => self.running.retain(|(running, _)| *running != name),
                Ok(Happening::Stop) | Err(_) => return self.signal(Signal::KILL),
            }
        }
    }

    fn ended(&mut self, name: &'static str, status: std::io::Result<ExitStatus>) -> Failure {
        self.running.retain(|(running, _)| *running != name);
        match status {
            Ok(status) => Failure::new(format!("{name} ended by itself ({status})")),
            Err(error) => Failure::during(name)(error),
        }
    }

    fn signal(&self, signal: Signal) {
        for (_, pid) in &self.running {
            // A server that has just ended by itself needs no signal.
            let _ = kill_process_group(*pid, signal);
        }
    }
}

fn pid_of(child: &Child) -> Pid {
    let number = i32::try_from(child.id()).expect("a process id fits the system's own type");
    Pid::from_raw(number).expect("only the idle process has number zero")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_ends_by_itself_is_a_failure_and_ends_the_others() {
        let mut servers = Servers::new().unwrap();
        servers.start("lasting", Command::new("sleep").arg("600")).unwrap();
        servers.start("brief", &mut Command::new("true")).unwrap();
        let failure = servers.wait().unwrap_err().to_string();
        assert!(failure.starts_with("brief ended by itself"), "{failure}");
        let lasting = servers.running[0].1;
        servers.end();
        assert!(rustix::process::test_kill_process(lasting).is_err(), "the lasting server still runs");
    }

    #[test]
    fn waiting_for_a_server_stops_when_it_ends() {
        let mut servers = Servers::new().unwrap();
        servers.start("brief", &mut Command::new("false")).unwrap();
        assert!(servers.wait_until(|| false).is_err());
    }
}
