//! Popa3d: a server for one client, on its standard input and output, and an mbox. It has neither CAPA nor TLS.

use std::process::Command;

use super::{
    Place, Recipe,
    root::{Owner, Root},
};
use crate::store;

const MBOX: &str = "var/mail/alex";

#[derive(Debug)]
pub(super) struct Popa3d;

impl Recipe for Popa3d {
    fn folder(&self) -> &'static str {
        "popa3d"
    }

    fn has_tls(&self) -> bool {
        false
    }

    fn prepare(&self, root: &Root, _place: &Place<'_>, messages: &[Vec<u8>]) {
        root.write_for(Owner::User, 0o600, MBOX, store::mbox(messages));
        root.write("etc/pam.d/popa3d", "auth required pam_unix.so nodelay\naccount required pam_unix.so\n");
    }

    fn programs(&self, root: &Root, place: &Place<'_>) -> Vec<Command> {
        let mut server = root.command("/usr/bin/tcpserver");
        // It looks nobody up in the DNS.
        server.args(["-H", "-R", "-l0", "127.0.0.1", &place.pop3.port().to_string(), "/usr/sbin/popa3d"]);
        vec![server]
    }

    fn stored(&self, root: &Root) -> Vec<Vec<u8>> {
        store::read_mbox(&root.path(MBOX))
    }
}
