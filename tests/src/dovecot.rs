//! Debian's Dovecot, started for one test: ports, certificate authority and Maildirs of its own, gone with the test.
//! Knows the exact octets that it serves.

use std::{
    fs,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt as _, net::TcpStream};

use crate::{processes::Processes, wait};

/// A running Dovecot.
#[derive(Debug)]
pub struct Dovecot {
    folder: TempDir,
    processes: Processes,
    owner: Owner,
    /// POP3, with STLS.
    pub pop3: SocketAddr,
    /// POP3S.
    pub pop3s: SocketAddr,
}

/// Who owns the mail and runs Dovecot's parts: Dovecot refuses to serve mail as root.
#[derive(Debug, Clone)]
struct Owner {
    name: String,
    group: String,
    user_id: u32,
    group_id: u32,
    root: bool,
}

impl Dovecot {
    /// Starts one with a single user and these messages, given in the octets to be served (CRLF line ends).
    ///
    /// # Panics
    /// If Dovecot is not installed or does not start.
    pub async fn start(user: &str, password: &str, messages: &[Vec<u8>]) -> Self {
        let folder = tempfile::Builder::new().prefix("popglass-dovecot").tempdir().expect("a folder for Dovecot");
        // A folder for temporary files is closed to others; the owner of the mail may be another than the test's user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("the folder is ours");
        let owner = Owner::find();
        write_certificates(folder.path());
        fs::write(folder.path().join("users"), format!("{user}:{{PLAIN}}{password}\n")).expect("written users");
        write_maildir(&maildir(folder.path(), user), messages, &owner);
        let [pop3, pop3s] = free_ports();
        fs::write(folder.path().join("dovecot.conf"), configuration(folder.path(), &owner, pop3, pop3s))
            .expect("written configuration");
        let mut processes = Processes::start(
            Command::new("/usr/sbin/dovecot").arg("-F").arg("-c").arg(folder.path().join("dovecot.conf")),
        );
        let greeting = wait::until(wait::PATIENCE, async || match processes.ended() {
            Some(status) => Some(Err(status)),
            None => greeting(pop3).await.map(Ok),
        })
        .await;
        let server = Self { folder, processes, owner, pop3, pop3s };
        assert!(matches!(greeting, Some(Ok(_))), "Dovecot did not start: {greeting:?}\n{}", server.log());
        server
    }

    /// The certificate authority that signed the server's certificate, as a PEM file.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.folder.path().join("authority.pem")
    }

    /// What Dovecot wrote to its log and to stderr.
    #[must_use]
    pub fn log(&self) -> String {
        let log = fs::read_to_string(self.folder.path().join("dovecot.log")).unwrap_or_default();
        format!("{log}{}", self.processes.output())
    }

    /// The places, in the list given to [`Self::start`], of the messages that lie in the Maildir now.
    ///
    /// # Panics
    /// If a message does not hold the octets it was written with.
    #[must_use]
    pub fn messages_on_disk(&self, user: &str, messages: &[Vec<u8>]) -> Vec<usize> {
        let maildir = maildir(self.folder.path(), user);
        let mut places = Vec::new();
        for folder in ["cur", "new"] {
            for entry in fs::read_dir(maildir.join(folder)).expect("the Maildir is there") {
                let entry = entry.expect("the Maildir can be listed");
                let name = entry.file_name().into_string().expect("we named it");
                let place = place_of(&name).unwrap_or_else(|| panic!("a message nobody wrote: {name}"));
                let stored = fs::read(entry.path()).expect("the message can be read");
                assert!(stored == without_carriage_returns(&messages[place]), "message {place} changed on disk");
                places.push(place);
            }
        }
        places.sort_unstable();
        places
    }

    /// Ends Dovecot and all its sessions at once, without a word to its clients.
    pub fn kill(&mut self) {
        self.processes.kill();
    }

    /// Who owns the mail; a test that adds files must hand them over.
    #[must_use]
    pub fn owner_ids(&self) -> (u32, u32) {
        (self.owner.user_id, self.owner.group_id)
    }
}

impl Owner {
    fn find() -> Self {
        let user_id = rustix::process::geteuid().as_raw();
        let group_id = rustix::process::getegid().as_raw();
        if user_id == 0 {
            let (name, group) = ("nobody".to_owned(), "nogroup".to_owned());
            return Self { name, group, user_id: 65_534, group_id: 65_534, root: true };
        }
        Self { name: id("-un"), group: id("-gn"), user_id, group_id, root: false }
    }
}

fn id(flag: &str) -> String {
    let output = Command::new("id").arg(flag).output().expect("`id` is part of every system");
    String::from_utf8(output.stdout).expect("a name is ASCII").trim().to_owned()
}

fn maildir(folder: &Path, user: &str) -> PathBuf {
    folder.join("mail").join(user)
}

/// Ports that the system says are free. Another process may take one before Dovecot does; the start then fails aloud.
fn free_ports() -> [SocketAddr; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("a bound socket has an address"))
}

async fn greeting(address: SocketAddr) -> Option<String> {
    let mut buffer = [0; 256];
    let mut stream = TcpStream::connect(address).await.ok()?;
    let count = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut buffer)).await.ok()?.ok()?;
    let line = String::from_utf8_lossy(&buffer[..count]).into_owned();
    line.starts_with("+OK").then_some(line)
}

/// Messages lie in `cur` with names that keep their order: Dovecot numbers them so.
fn write_maildir(maildir: &Path, messages: &[Vec<u8>], owner: &Owner) {
    for folder in ["cur", "new", "tmp"] {
        fs::create_dir_all(maildir.join(folder)).expect("a new Maildir");
    }
    for (place, message) in messages.iter().enumerate() {
        assert!(message.ends_with(b"\r\n"), "message {place} does not end in CRLF, Dovecot would add one");
        let path = maildir.join("cur").join(format!("{}.M{place:06}.popglass:2,", 1_700_000_000 + place));
        fs::write(path, without_carriage_returns(message)).expect("a new message");
    }
    if owner.root {
        hand_over(maildir.parent().expect("it lies in the mail folder"), owner);
    }
}

fn hand_over(path: &Path, owner: &Owner) {
    chown(path, Some(owner.user_id), Some(owner.group_id)).expect("root may hand over files");
    if path.is_dir() {
        for entry in fs::read_dir(path).expect("we made the folder") {
            hand_over(&entry.expect("we made the entry").path(), owner);
        }
    }
}

fn place_of(name: &str) -> Option<usize> {
    name.split_once(".M")?.1.split_once('.')?.0.parse().ok()
}

/// Maildir keeps bare line feeds; Dovecot sends CRLF again. Only CRLF pairs may occur, so nothing is lost.
fn without_carriage_returns(message: &[u8]) -> Vec<u8> {
    message.iter().copied().filter(|&octet| octet != b'\r').collect()
}

fn write_certificates(folder: &Path) {
    let authority_key = KeyPair::generate().expect("a key");
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority.distinguished_name = common_name("Popglass test authority");
    let authority_certificate = authority.self_signed(&authority_key).expect("a certificate of our own");
    let issuer = Issuer::new(authority, authority_key);
    let server_key = KeyPair::generate().expect("a key");
    let mut server = CertificateParams::new(vec!["localhost".to_owned(), "127.0.0.1".to_owned()]).expect("valid names");
    server.distinguished_name = common_name("localhost");
    let server_certificate = server.signed_by(&server_key, &issuer).expect("a certificate signed by our own");
    for (name, text) in [
        ("authority.pem", authority_certificate.pem()),
        ("server.pem", server_certificate.pem()),
        ("server.key", server_key.serialize_pem()),
    ] {
        fs::write(folder.join(name), text).expect("written certificate");
    }
}

fn common_name(name: &str) -> DistinguishedName {
    let mut names = DistinguishedName::new();
    names.push(DnType::CommonName, name);
    names
}

fn configuration(folder: &Path, owner: &Owner, pop3: SocketAddr, pop3s: SocketAddr) -> String {
    let folder = folder.display();
    let (pop3, pop3s) = (pop3.port(), pop3s.port());
    let Owner { name, group, user_id, group_id, root } = owner;
    // As root Dovecot's own users do the work that meets the network; otherwise everything runs as the test's user.
    let users = if *root {
        String::new()
    } else {
        format!("default_internal_user = {name}\ndefault_internal_group = {group}\ndefault_login_user = {name}\n")
    };
    format!(
        "protocols = pop3
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
auth_debug = no
{users}disable_plaintext_auth = no
auth_mechanisms = plain
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
ssl_min_protocol = TLSv1.2
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
mail_max_userip_connections = 100
passdb {{
  driver = passwd-file
  args = username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user_id} gid={group_id} home={folder}/mail/%u
}}
service pop3-login {{
  chroot =
  inet_listener pop3 {{
    port = {pop3}
  }}
  inet_listener pop3s {{
    port = {pop3s}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    )
}
