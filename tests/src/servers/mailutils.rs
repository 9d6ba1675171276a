//! GNU Mailutils: one program, an mbox, and a database of its own for APOP. It writes its notes into the messages.

use std::{fs, process::Command};

use super::{
    PASSWORD, Place, Recipe, USER,
    root::{Owner, Root},
};
use crate::store;

const MBOX: &str = "var/mail/alex";
const SECRETS: &str = "gdbm:///etc/apop.gdbm";

#[derive(Debug)]
pub(super) struct Mailutils;

impl Recipe for Mailutils {
    fn folder(&self) -> &'static str {
        "mailutils"
    }

    fn has_tls(&self) -> bool {
        true
    }

    fn prepare(&self, root: &Root, place: &Place<'_>, messages: &[Vec<u8>]) {
        root.write_for(Owner::User, 0o600, MBOX, store::mbox(messages));
        let certificates = place.certificates;
        for (path, name) in [(&certificates.server, "etc/server.pem"), (&certificates.server_key, "etc/server.key")] {
            root.write_for(Owner::Root, 0o600, name, fs::read(path).expect("we wrote it"));
        }
        let (file, user) = (format!("--file={SECRETS}"), format!("--user={USER}"));
        root.run("/usr/bin/popauth", &["--add", &file, &user, &format!("--password={PASSWORD}")], "");
        root.write(
            "etc/pop3d.conf",
            format!(
                "mode daemon;
foreground yes;
auth {{ authorization \"system:generic\"; authentication \"generic:system\"; }};
logging {{ syslog no; }};
tcp-wrappers {{ enable no; }};
apop-database-file \"{SECRETS}\";
apop-database-owner root;
tls {{ ssl-certificate-file /etc/server.pem; ssl-key-file /etc/server.key; }};
mailbox {{ mail-spool /var/mail; mailbox-type mbox; }};
expire 30;
server {} {{ tls-mode ondemand; }};
server {} {{ tls-mode connection; }};
",
                place.pop3, place.pop3s
            ),
        );
    }

    fn programs(&self, root: &Root, _place: &Place<'_>) -> Vec<Command> {
        let mut server = root.command("/usr/sbin/pop3d");
        server.arg("--config-file=/etc/pop3d.conf");
        vec![server]
    }

    fn stored(&self, root: &Root) -> Vec<Vec<u8>> {
        store::read_mbox(&root.path(MBOX))
    }

    fn fields_added(&self) -> &'static [&'static str] {
        &["Status", "X-Expire-Timestamp", "X-IMAPbase", "X-UID", "X-UIDL"]
    }
}
