//! POP3 servers of five makers from Debian, each started for one test with ports, certificates and a maildrop of its own.
//! Each tells what it serves and, from its own store, what is left there; nobody here speaks POP3.

mod courier;
mod cyrus;
mod mailutils;
mod popa3d;
mod root;

use std::{fmt, net::SocketAddr, process::Command};

use tempfile::TempDir;

use crate::{
    certificates::Certificates,
    dovecot::{Dovecot, Mechanisms},
    poplib::Security,
    ports,
    processes::Processes,
    store, wait,
};
use root::Root;

/// The user of every server.
pub const USER: &str = "alex";

/// The user's password: with a blank, which PASS must take as it is (RFC 1939, section 7).
pub const PASSWORD: &str = "open sesame";

/// The password as `crypt` keeps it, by SHA-512.
const PASSWORD_HASH: &str =
    "$6$popglass$RVp5zc86X9V1..qoT8FncqDPMbG1s2bNcROYGHkNmO/cTXF3rGmQxWzJR7Ey53an8l8MgjiHe6iTYXQtmY2Af0";

/// Whose server it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Maker {
    /// Dovecot, with every mechanism it has.
    Dovecot,
    /// Courier.
    Courier,
    /// Cyrus.
    Cyrus,
    /// GNU Mailutils.
    Mailutils,
    /// Popa3d: RFC 1939 as it was, without extensions.
    Popa3d,
}

/// A server that runs and ends with the test.
#[derive(Debug)]
pub struct RunningServer {
    /// Whose it is.
    pub maker: Maker,
    /// POP3; with STLS, where the server has TLS at all.
    pub pop3: SocketAddr,
    /// POP3S, where the server has it.
    pub pop3s: Option<SocketAddr>,
    /// What it shows and what it trusts.
    pub certificates: Certificates,
    house: House,
}

/// What it runs in.
#[derive(Debug)]
enum House {
    /// Installed on the machine.
    Machine(Box<Dovecot>),
    /// In a folder of its own. In the order of their end: processes first.
    Folder { processes: Vec<Processes>, root: Root, recipe: &'static dyn Recipe, _certificates: TempDir },
}

/// What is particular to one server that runs in a folder of its own.
trait Recipe: fmt::Debug + Sync {
    /// The folder's name.
    fn folder(&self) -> &'static str;
    /// Whether it can do TLS.
    fn has_tls(&self) -> bool;
    /// Writes configuration and, where the store is plain files, the messages.
    fn prepare(&self, root: &Root, place: &Place<'_>, messages: &[Vec<u8>]);
    /// The programs to run, in this order. None may turn itself into a daemon.
    fn programs(&self, root: &Root, place: &Place<'_>) -> Vec<Command>;
    /// Puts the messages there, where that takes a running server.
    fn deliver(&self, _root: &Root, _place: &Place<'_>, _messages: &[Vec<u8>]) {}
    /// The messages in the store, in its order, with CRLF line ends.
    fn stored(&self, root: &Root) -> Vec<Vec<u8>>;
    /// Header fields that the server itself adds to messages.
    fn fields_added(&self) -> &'static [&'static str] {
        &[]
    }
}

/// Where a server shall listen, and with which certificates.
#[derive(Debug)]
struct Place<'a> {
    pop3: SocketAddr,
    pop3s: SocketAddr,
    certificates: &'a Certificates,
}

impl RunningServer {
    /// Starts one with these messages, given in the octets to be served (CRLF line ends).
    ///
    /// # Panics
    /// If it was not set up (`cargo xtask test --only interop` does), if this is not root, or if it does not start.
    pub async fn start(maker: Maker, messages: &[Vec<u8>]) -> Self {
        let recipe: &'static dyn Recipe = match maker {
            Maker::Dovecot => {
                let dovecot = Dovecot::start_offering(Mechanisms::All, USER, PASSWORD, messages).await;
                return Self {
                    maker,
                    pop3: dovecot.pop3,
                    pop3s: Some(dovecot.pop3s),
                    certificates: dovecot.certificates.clone(),
                    house: House::Machine(Box::new(dovecot)),
                };
            }
            Maker::Courier => &courier::Courier,
            Maker::Cyrus => &cyrus::Cyrus,
            Maker::Mailutils => &mailutils::Mailutils,
            Maker::Popa3d => &popa3d::Popa3d,
        };
        let folder = tempfile::Builder::new().prefix("popglass-certificates").tempdir().expect("a folder");
        let certificates = Certificates::write(folder.path(), USER);
        let root = Root::copy(recipe.folder());
        let [pop3, pop3s] = ports::free();
        let place = Place { pop3, pop3s, certificates: &certificates };
        recipe.prepare(&root, &place, messages);
        let mut processes: Vec<_> = recipe.programs(&root, &place).iter_mut().map(Processes::start).collect();
        let greeting = wait::until(wait::PATIENCE, async || {
            if let Some(status) = processes.iter_mut().find_map(Processes::ended) {
                return Some(Err(status));
            }
            ports::greeting(pop3).await.map(Ok)
        })
        .await;
        assert!(matches!(greeting, Some(Ok(_))), "{maker:?} did not start: {greeting:?}\n{}", log(&processes));
        recipe.deliver(&root, &place, messages);
        let house = House::Folder { processes, root, recipe, _certificates: folder };
        Self { maker, pop3, pop3s: recipe.has_tls().then_some(pop3s), certificates, house }
    }

    /// Where it listens for this kind of connection.
    ///
    /// # Panics
    /// If it does not.
    #[must_use]
    pub fn address(&self, security: Security) -> SocketAddr {
        match security {
            Security::Plain | Security::Stls => self.pop3,
            Security::Tls => self.pop3s.expect("the server has TLS"),
        }
    }

    /// The messages that are left in the server's own store, as they were delivered, in its order.
    ///
    /// # Panics
    /// If the store cannot be read.
    #[must_use]
    pub fn messages_left(&self) -> Vec<Vec<u8>> {
        match &self.house {
            House::Machine(dovecot) => dovecot.stored(USER),
            House::Folder { root, recipe, .. } => {
                recipe.stored(root).iter().map(|message| self.as_delivered(message)).collect()
            }
        }
    }

    /// A message less the header fields that the server itself has added.
    #[must_use]
    pub fn as_delivered(&self, message: &[u8]) -> Vec<u8> {
        match &self.house {
            House::Machine(_) => message.to_vec(),
            House::Folder { recipe, .. } => store::without_fields(message, recipe.fields_added()),
        }
    }

    /// What it wrote to its log, as far as it has one.
    #[must_use]
    pub fn log(&self) -> String {
        match &self.house {
            House::Machine(dovecot) => dovecot.log(),
            House::Folder { processes, .. } => log(processes),
        }
    }
}

fn log(processes: &[Processes]) -> String {
    processes.iter().map(Processes::output).collect()
}
