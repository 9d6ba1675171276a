//! Courier: couriertcpd waits for clients, and authdaemond knows the user from a `userdb` with a secret for each kind of
//! challenge.

use std::process::Command;

use super::{
    PASSWORD, PASSWORD_HASH, Place, Recipe, USER,
    root::{Owner, Root},
};
use crate::store;

const MAILDIR: &str = "home/alex/Maildir";
const MECHANISMS: &str = "PLAIN LOGIN CRAM-MD5 CRAM-SHA1 CRAM-SHA256";
const LOGIN: &str = "/usr/lib/courier/courier/courierpop3login";
const POP3D: &str = "/usr/lib/courier/courier/courierpop3d";

/// Where authdaemond finds accounts, and where it listens.
const ACCOUNTS: [(&str, &str); 4] = [
    ("authmodulelist", "authuserdb"),
    ("authmodulelistorig", "authuserdb"),
    ("daemons", "3"),
    ("authdaemonvar", "/run/courier/authdaemon"),
];

#[derive(Debug)]
pub(super) struct Courier;

impl Recipe for Courier {
    fn folder(&self) -> &'static str {
        "courier"
    }

    fn has_tls(&self) -> bool {
        true
    }

    fn prepare(&self, root: &Root, place: &Place<'_>, messages: &[Vec<u8>]) {
        root.make_folder(Owner::User, &format!("home/{USER}"));
        store::write_maildir(&root.path(MAILDIR), messages);
        root.hand_over(Owner::User, MAILDIR);
        root.make_folder(Owner::Server, "run/courier/authdaemon");
        // The certificate's key lies behind it in the same file; the program that does TLS runs as the server's account.
        let certificates = place.certificates;
        let pem =
            [&certificates.server, &certificates.server_key].map(|path| std::fs::read(path).expect("we wrote it"));
        root.write_for(Owner::Server, 0o600, "etc/server.pem", pem.concat());
        root.write("etc/authority.pem", std::fs::read(&certificates.authority).expect("we wrote it"));
        // The daemon asks its environment which modules to use, those who ask the daemon ask this file.
        root.write("etc/courier/authdaemonrc", ACCOUNTS.map(|(name, value)| format!("{name}={value}\n")).concat());
        // The secret of a challenge is kept as a digest that is half computed; Courier's own program does that half.
        let secrets = ["hmac-md5", "hmac-sha1", "hmac-sha256"].map(|kind| {
            let secret = root.run("/usr/sbin/userdbpw", &[&format!("-{kind}")], &format!("{PASSWORD}\n"));
            format!("{kind}pw={}", secret.trim())
        });
        let account = format!("home=/home/{USER}|uid={user}|gid={user}|_=", user = Owner::User.id());
        let secrets = format!("pop3pw={PASSWORD_HASH}|{}", secrets.join("|"));
        for (name, fields) in [("userdb", account), ("userdbshadow", secrets)] {
            // As `makeuserdb` calls it, which would need Perl.
            let arguments = ["-", &format!("/etc/courier/{name}.tmp"), &format!("/etc/courier/{name}.dat")];
            root.run("/usr/lib/courier/courier-authlib/makedatprog", &arguments, &format!("{USER}\t{fields}\n\n.\n"));
        }
    }

    fn programs(&self, root: &Root, place: &Place<'_>) -> Vec<Command> {
        let mut accounts = root.command("/usr/lib/courier/courier-authlib/authdaemond");
        accounts.envs(ACCOUNTS);
        let mut pop3 = listener(root, &place.pop3.port().to_string());
        pop3.args([LOGIN, POP3D, "Maildir"]).env("POP3_STARTTLS", "YES");
        let mut pop3s = listener(root, &place.pop3s.port().to_string());
        pop3s.args(["/usr/bin/couriertls", "-server", "-tcpd", "-user=courier", LOGIN, POP3D, "Maildir"]);
        pop3s.env("POP3_STARTTLS", "NO").env("POP3_TLS", "1");
        vec![accounts, pop3, pop3s]
    }

    fn stored(&self, root: &Root) -> Vec<Vec<u8>> {
        store::read_maildir(&root.path(MAILDIR))
    }
}

fn listener(root: &Root, port: &str) -> Command {
    let mut command = root.command("/usr/sbin/couriertcpd");
    command.args(["-address=127.0.0.1", "-maxprocs=40", "-maxperip=40", "-nodnslookup", "-noidentlookup", port]);
    command.env("POP3AUTH", MECHANISMS).env("POP3AUTH_TLS", MECHANISMS);
    command.env("POP3_TLS_REQUIRED", "0").env("POP3_PROXY", "0").env("MAILDIRPATH", "Maildir");
    command.env("MIME_UNICODE_MESSAGE_TYPE", "message/global");
    command.env("COURIERTLS", "/usr/bin/couriertls").env("TLS_CERTFILE", "/etc/server.pem");
    // A client may show a certificate: then EXTERNAL is offered too, for the user that is its common name.
    command.env("TLS_VERIFYPEER", "PEER").env("TLS_TRUSTCERTS", "/etc/authority.pem").env("TLS_EXTERNAL", "cn");
    command
}
