//! A mail program and a mail server at the two ends of a link: the program careful, as ours is, or careless, as some were.

use popglass_protocol::{
    client::{Client, Error, Event, Misbehaviour, Output},
    command::Command,
    reply::Reply,
    server::{Config, Output as ServerOutput, Server},
    state::State,
    types::{Password, UserName},
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, World};
use popglass_session::security::TlsFault;
use popglass_wire::{
    attacker::Attacker,
    identity::Identity,
    link::{ClientTls, ClientTrust, Link, ServerTls},
};

/// 15 January 2027, 08:00:00 UTC.
pub(crate) const NOW_MS: u64 = 1_800_000_000_000;

/// How the connection begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Plain,
    Stls,
    Tls,
}

/// Whether the program insists on TLS, and takes a refusal for a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    Careful,
    Careless,
}

/// Why the program ended the session before it logged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ended {
    /// There was no TLS to be had.
    NoTls,
    Refused(TlsFault),
    Misbehaved(Misbehaviour),
}

pub(crate) struct Scene {
    pub(crate) link: Link,
    server: Server<SandboxMaildrop>,
    is_upgrading: bool,
}

impl Scene {
    pub(crate) fn new(kind: Kind, identity: Identity, trust: &ClientTrust, attacker: &Attacker) -> Self {
        let server = Server::new(World::demo().session(), Config { stls: kind == Kind::Stls, ..Config::default() });
        let (link, server) = match kind {
            Kind::Plain => (Link::plain(NOW_MS), server),
            Kind::Stls => (Link::starting_plain(identity, trust, NOW_MS), server),
            Kind::Tls => (Link::tls(identity, trust, NOW_MS), server.in_tls()),
        };
        Self { link: link.with_attacker(attacker), server, is_upgrading: false }
    }

    /// Lets everything happen that can happen without the client.
    pub(crate) fn pump(&mut self) {
        loop {
            self.link.pump();
            if self.is_upgrading && self.link.server_tls() == ServerTls::Standing {
                self.is_upgrading = false;
                self.server.handle_tls_ready();
            }
            let heard = self.link.server_received();
            self.server.handle_input(&heard);
            let mut is_idle = heard.is_empty();
            loop {
                match self.server.poll_output() {
                    ServerOutput::Transmit(octets) => self.link.server_send(&octets),
                    ServerOutput::UpgradeTls => {
                        self.is_upgrading = true;
                        self.link.server_start_tls();
                    }
                    ServerOutput::Close => self.link.server_close(),
                    ServerOutput::Idle => break,
                }
                is_idle = false;
            }
            if is_idle {
                return;
            }
        }
    }

    /// Somebody is logged in, as far as the server knows.
    pub(crate) fn is_logged_in(&self) -> bool {
        self.server.state() == State::Transaction
    }

    /// The password passed where somebody listens, or came into the attacker's hands.
    pub(crate) fn is_leaked(&self) -> bool {
        let password = DEMO_PASSWORD.as_bytes();
        [self.link.tap(), self.link.tap_behind(), self.link.attacker_read()].iter().any(|tap| tap.contains(password))
    }

    /// Logs in as our own client does, which asks for TLS and ends the session where there is none.
    pub(crate) fn log_in_carefully(&mut self, kind: Kind) -> Result<(), Ended> {
        if kind == Kind::Plain {
            return Err(Ended::NoTls);
        }
        let mut client = Client::new();
        let ready = |client: &mut Client| {
            let (user, password) = (UserName::parse(DEMO_USER).unwrap(), Password::parse(DEMO_PASSWORD).unwrap());
            client.send(Command::User(user));
            client.send(Command::Pass(password));
        };
        client.send(Command::Capa);
        loop {
            self.pump();
            if let ClientTls::Refused(refusal) = self.link.client_tls() {
                return Err(Ended::Refused(refusal.fault));
            }
            client.handle_input(&self.link.client_received());
            let mut is_idle = false;
            while !is_idle {
                match client.poll_output() {
                    Ok(Output::Transmit(octets)) => {
                        self.link.client_send(&octets);
                        break;
                    }
                    Ok(Output::UpgradeTls) => {
                        self.link.client_start_tls();
                        self.pump();
                        if let ClientTls::Refused(refusal) = self.link.client_tls() {
                            return Err(Ended::Refused(refusal.fault));
                        }
                        client.handle_tls_ready();
                        ready(&mut client);
                    }
                    Ok(Output::Event(Event::Reply { reply, .. })) => match reply {
                        Reply::Capabilities(_) if kind == Kind::Tls => ready(&mut client),
                        Reply::Capabilities(capabilities) if capabilities.stls => {
                            client.send(Command::Stls);
                        }
                        Reply::Capabilities(_) | Reply::Refused(_) => {
                            self.link.client_close();
                            return Err(Ended::NoTls);
                        }
                        Reply::LoggedIn => return Ok(()),
                        _ => {}
                    },
                    Ok(Output::Event(_)) => {}
                    Ok(Output::Idle) => is_idle = true,
                    Err(Error::PeerMisbehaved(misbehaviour)) => {
                        self.link.client_close();
                        return Err(Ended::Misbehaved(misbehaviour));
                    }
                    Err(Error::LimitExceeded(limit)) => panic!("{limit:?}"),
                }
            }
        }
    }

    /// Logs in as a careless program does: it asks for TLS, goes on without, and keeps what it had read before. Gives what
    /// it took for the server's answer to its first command after that, and the fingerprint of a certificate that was
    /// refused.
    pub(crate) fn log_in_carelessly(&mut self, kind: Kind) -> Result<String, String> {
        self.pump();
        if kind == Kind::Stls {
            self.link.client_send(b"STLS\r\n");
            self.pump();
        }
        let mut read = self.link.client_received();
        if kind == Kind::Stls {
            let mut lines = read.split_inclusive(|octet| *octet == b'\n');
            let (_greeting, answer) = (lines.next(), lines.next().unwrap().to_vec());
            read = lines.flatten().copied().collect();
            if answer.starts_with(b"+OK") {
                self.link.client_start_tls();
                self.pump();
            }
        } else {
            read.clear();
        }
        if let ClientTls::Refused(refusal) = self.link.client_tls() {
            return Err(refusal.pin.clone().unwrap());
        }
        self.link.client_send(format!("USER {DEMO_USER}\r\n").as_bytes());
        self.pump();
        self.link.client_send(format!("PASS {DEMO_PASSWORD}\r\n").as_bytes());
        self.pump();
        read.extend(self.link.client_received());
        let first = read.split(|octet| *octet == b'\r').next().unwrap();
        Ok(String::from_utf8(first.to_vec()).unwrap())
    }
}
