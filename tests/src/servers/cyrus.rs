//! Cyrus: its master starts the POP3 servers; passwords lie in sasldb, messages in a spool that Cyrus indexes itself.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
};

use super::{
    PASSWORD, Place, Recipe, USER,
    root::{Owner, Root},
};

const SPOOL: &str = "var/spool/cyrus/mail";

#[derive(Debug)]
pub(super) struct Cyrus;

impl Recipe for Cyrus {
    fn folder(&self) -> &'static str {
        "cyrus"
    }

    fn has_tls(&self) -> bool {
        true
    }

    fn prepare(&self, root: &Root, place: &Place<'_>, _messages: &[Vec<u8>]) {
        for folder in ["db", "lock", "log", "msg", "proc", "quota", "socket", "user"] {
            root.make_folder(Owner::Server, &format!("var/lib/cyrus/{folder}"));
        }
        for folder in ["var/lib/cyrus", SPOOL, "run/cyrus/lock", "run/cyrus/proc", "run/cyrus/socket"] {
            root.make_folder(Owner::Server, folder);
        }
        let certificates = place.certificates;
        for (path, name) in [
            (&certificates.server, "etc/server.pem"),
            (&certificates.server_key, "etc/server.key"),
            (&certificates.authority, "etc/authority.pem"),
        ] {
            root.write_for(Owner::Server, 0o600, name, fs::read(path).expect("we wrote it"));
        }
        root.write("etc/imapd.conf", CONFIGURATION);
        root.write(
            "etc/cyrus.conf",
            format!(
                "START {{\n recover cmd=\"/usr/lib/cyrus/bin/ctl_cyrusdb -r\"\n}}\nSERVICES {{\n \
                 pop3 cmd=\"/usr/lib/cyrus/bin/pop3d\" listen=\"{}\"\n \
                 pop3s cmd=\"/usr/lib/cyrus/bin/pop3d -s\" listen=\"{}\"\n}}\n",
                place.pop3, place.pop3s
            ),
        );
        let arguments = ["-p", "-c", "-f", "/etc/sasldb2", "-u", "localhost", USER];
        root.run("/usr/sbin/saslpasswd2", &arguments, PASSWORD);
        root.hand_over(Owner::Server, "etc/sasldb2");
    }

    fn programs(&self, root: &Root, _place: &Place<'_>) -> Vec<Command> {
        let mut master = root.command("/usr/lib/cyrus/bin/master");
        master.args(["-p", "/run/cyrus/master.pid"]);
        vec![master]
    }

    /// The first login makes the mailbox; then the messages are laid beside its index, and Cyrus is told to look.
    fn deliver(&self, root: &Root, place: &Place<'_>, messages: &[Vec<u8>]) {
        log_in_once(place);
        let mailbox = mailbox(&root.path(SPOOL)).expect("the login has made a mailbox");
        for (place, message) in messages.iter().enumerate() {
            let path = mailbox.join(format!("{}.", place + 1));
            fs::write(path, message).expect("a new message");
        }
        root.hand_over(Owner::Server, SPOOL);
        root.run("/usr/lib/cyrus/bin/reconstruct", &[&format!("user/{USER}")], "");
    }

    fn stored(&self, root: &Root) -> Vec<Vec<u8>> {
        // The file of a deleted message goes when the mailbox is opened next.
        root.run("/usr/lib/cyrus/bin/mbexamine", &["-q", &format!("user/{USER}")], "");
        let mailbox = mailbox(&root.path(SPOOL)).expect("the mailbox is there");
        let entries = fs::read_dir(mailbox).expect("it can be listed").map(|entry| entry.expect("it can be listed"));
        let number = |path: &Path| path.file_name()?.to_str()?.strip_suffix('.')?.parse::<u32>().ok();
        let mut files: Vec<_> = entries.filter_map(|entry| Some((number(&entry.path())?, entry.path()))).collect();
        files.sort();
        files.iter().map(|(_, path)| fs::read(path).expect("a message can be read")).collect()
    }
}

/// Every mechanism that Debian's packages of SASL have and that needs no other server.
const CONFIGURATION: &str = "\
configdirectory: /var/lib/cyrus
proc_path: /run/cyrus/proc
mboxname_lockpath: /run/cyrus/lock
defaultpartition: default
partition-default: /var/spool/cyrus/mail
servername: localhost
unixhierarchysep: yes
allowapop: yes
allowplaintext: yes
popminpoll: 0
popexpiretime: 30d
failedloginpause: 0
expunge_mode: immediate
autocreate_quota: 0
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: /etc/sasldb2
sasl_mech_list: PLAIN LOGIN CRAM-MD5 DIGEST-MD5 NTLM SCRAM-SHA-1 SCRAM-SHA-224 SCRAM-SHA-256 SCRAM-SHA-384 SCRAM-SHA-512 EXTERNAL
tls_server_cert: /etc/server.pem
tls_server_key: /etc/server.key
tls_client_ca_file: /etc/authority.pem
tls_versions: tls1_2 tls1_3
";

fn log_in_once(place: &Place<'_>) {
    let stream = TcpStream::connect(place.pop3).expect("it has greeted before");
    stream.set_read_timeout(Some(crate::wait::PATIENCE)).expect("a time that is not zero");
    let mut replies = BufReader::new(&stream).lines();
    for line in ["", &format!("USER {USER}\r\n"), &format!("PASS {PASSWORD}\r\n"), "QUIT\r\n"] {
        (&stream).write_all(line.as_bytes()).expect("it listens");
        let reply = replies.next().expect("it answers").expect("it answers");
        assert!(reply.starts_with("+OK"), "Cyrus does not let the user in: {reply}");
    }
}

/// The only folder with an index. Its name is made of random letters.
fn mailbox(folder: &Path) -> Option<PathBuf> {
    if folder.join("cyrus.index").exists() {
        return Some(folder.to_owned());
    }
    let entries = fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path());
    entries.filter(|path| path.is_dir()).find_map(|path| mailbox(&path))
}
