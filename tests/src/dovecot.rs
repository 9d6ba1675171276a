//! Debian's Dovecot, started for one test: ports, certificate authority and Maildirs of its own, gone with the test.
//! Knows the exact octets that it serves.

use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::{PermissionsExt as _, chown},
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

use crate::{certificates::Certificates, chains::Chain, ports, processes::Processes, store, wait};

/// A running Dovecot.
#[derive(Debug)]
pub struct Dovecot {
    folder: TempDir,
    processes: Processes,
    owner: Owner,
    /// What the server shows, and what it trusts.
    pub certificates: Certificates,
    /// POP3, with STLS.
    pub pop3: SocketAddr,
    /// POP3S.
    pub pop3s: SocketAddr,
}

/// The ways to log in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mechanisms {
    /// USER and PASS, and SASL's PLAIN.
    Plain,
    /// All that take a password, but for APOP.
    Passwords,
    /// Every SASL mechanism that Dovecot has and that needs no other server, and APOP: with the password, with
    /// [`TOKEN`], with the client's certificate, and with nothing at all (ANONYMOUS), always into the same maildrop.
    All,
}

/// The versions of TLS that it speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Versions {
    /// 1.2 and 1.3.
    Usual,
    /// 1.2 alone.
    Only12,
    /// 1.3 alone.
    Only13,
    /// 1.0 and 1.1, as before 2008.
    Old,
}

/// Who meets clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receptionist {
    /// A process that was started for this client: Dovecot's default. It knows no tickets of others, so nobody can resume
    /// TLS.
    Fresh,
    /// One process for all; clients can resume TLS.
    Same,
    /// One process for all; it gives no tickets of TLS 1.3 away.
    SameWithoutTickets,
}

/// How it is set up.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// The ways to log in.
    pub mechanisms: Mechanisms,
    /// The versions of TLS.
    pub versions: Versions,
    /// The only cipher suites, in OpenSSL's words: of TLS 1.3 if the version is that alone, else of TLS 1.2.
    pub suites: Option<&'a str>,
    /// What it shows; without one, a certificate of [`Certificates`].
    pub chain: Option<&'a Chain>,
    /// Who meets clients.
    pub receptionist: Receptionist,
}

impl Default for Setup<'_> {
    fn default() -> Self {
        Self {
            mechanisms: Mechanisms::Plain,
            versions: Versions::Usual,
            suites: None,
            chain: None,
            receptionist: Receptionist::Fresh,
        }
    }
}

/// A token that XOAUTH2 and OAUTHBEARER accept for the user `alex`: a JSON Web Token, signed by HMAC-SHA256 with the
/// key that is given to Dovecot, valid until the year 2100.
pub const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
    eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwic3ViIjoiYWxleCIsImlhdCI6MTc2NzIyNTYwMCwiZXhwIjo0MTAyNDQ0ODAwfQ.\
    Vvm2UV1v7iD97SBY9jFPebSL2SJLm48MX8SKnn2-us0";

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
    /// Starts one with a single user and these messages, given in the octets to be served (CRLF line ends). It offers
    /// USER and PASS, and SASL's PLAIN.
    ///
    /// # Panics
    /// If Dovecot is not installed or does not start.
    pub async fn start(user: &str, password: &str, messages: &[Vec<u8>]) -> Self {
        Self::start_as(Setup::default(), user, password, messages).await
    }

    /// As [`Self::start`], with these ways to log in.
    ///
    /// # Panics
    /// If Dovecot is not installed or does not start.
    pub async fn start_offering(mechanisms: Mechanisms, user: &str, password: &str, messages: &[Vec<u8>]) -> Self {
        Self::start_as(Setup { mechanisms, ..Setup::default() }, user, password, messages).await
    }

    /// As [`Self::start`], set up like this.
    ///
    /// # Panics
    /// If Dovecot is not installed or does not start.
    pub async fn start_as(setup: Setup<'_>, user: &str, password: &str, messages: &[Vec<u8>]) -> Self {
        let folder = tempfile::Builder::new().prefix("popglass-dovecot").tempdir().expect("a folder for Dovecot");
        // A folder for temporary files is closed to others; the owner of the mail may be another than the test's user.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("the folder is ours");
        let owner = Owner::find();
        let certificates = Certificates::write(folder.path(), user);
        if let Some(chain) = setup.chain {
            certificates.replace_server(chain);
        }
        fs::write(folder.path().join("users"), format!("{user}:{{PLAIN}}{password}\n")).expect("written users");
        // In `cur`, with names that keep their order: Dovecot numbers them so.
        store::write_maildir(&maildir(folder.path(), user), messages);
        if owner.root {
            hand_over(&folder.path().join("mail"), &owner);
        }
        let [pop3, pop3s] = ports::free();
        let mut text = configuration(folder.path(), &owner, pop3, pop3s);
        text.push_str(&configuration_of_tls(folder.path(), &setup));
        text.push_str(&match setup.mechanisms {
            Mechanisms::Plain => "auth_mechanisms = plain\n".to_owned(),
            Mechanisms::Passwords => "auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256\n".to_owned(),
            Mechanisms::All => configuration_of_mechanisms(folder.path(), user),
        });
        fs::write(folder.path().join("dovecot.conf"), text).expect("written configuration");
        let mut program = Command::new("/usr/sbin/dovecot");
        program.arg("-F").arg("-c").arg(folder.path().join("dovecot.conf"));
        // OpenSSL reads it; Dovecot hands the variable on to its parts, as its own settings say.
        program.env("OPENSSL_CONF", folder.path().join("openssl.cnf"));
        let mut processes = Processes::start(&mut program);
        let greeting = wait::until(wait::PATIENCE, async || match processes.ended() {
            Some(status) => Some(Err(status)),
            None => ports::greeting(pop3).await.map(Ok),
        })
        .await;
        let server = Self { folder, processes, owner, certificates, pop3, pop3s };
        assert!(matches!(greeting, Some(Ok(_))), "Dovecot did not start: {greeting:?}\n{}", server.log());
        server
    }

    /// The certificate authority that signed the server's certificate, as a PEM file.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.certificates.authority.clone()
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
                assert!(stored == store::with_line_feeds(&messages[place]), "message {place} changed on disk");
                places.push(place);
            }
        }
        places.sort_unstable();
        places
    }

    /// The messages that lie in the Maildir now, in the order of their names, with CRLF line ends.
    #[must_use]
    pub fn stored(&self, user: &str) -> Vec<Vec<u8>> {
        store::read_maildir(&maildir(self.folder.path(), user))
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
ssl = yes
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
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

/// What is added so that every mechanism works. Those that need no password have databases of their own, which the
/// others never ask. Who fails is not made to wait.
/// Versions and suites. Dovecot has a word for the oldest version and none for the newest, so OpenSSL is told.
fn configuration_of_tls(folder: &Path, setup: &Setup<'_>) -> String {
    let (oldest, newest) = match setup.versions {
        Versions::Usual => ("TLSv1.2", "TLSv1.3"),
        Versions::Only12 => ("TLSv1.2", "TLSv1.2"),
        Versions::Only13 => ("TLSv1.3", "TLSv1.3"),
        Versions::Old => ("TLSv1", "TLSv1.1"),
    };
    let mut dovecot = format!("ssl_min_protocol = {oldest}\n");
    match (setup.versions, setup.suites) {
        (Versions::Only13, Some(suites)) => dovecot.push_str(&format!("ssl_cipher_suites = {suites}\n")),
        (_, Some(suites)) => dovecot.push_str(&format!("ssl_cipher_list = {suites}\n")),
        // Debian's OpenSSL takes them for too weak otherwise.
        (Versions::Old, None) => dovecot.push_str("ssl_cipher_list = ALL:@SECLEVEL=0\n"),
        (_, None) => {}
    }
    let tickets = if setup.receptionist == Receptionist::SameWithoutTickets { "NumTickets = 0\n" } else { "" };
    let text = format!(
        "openssl_conf = all\n[all]\nssl_conf = tls\n[tls]\nsystem_default = limits\n[limits]\n\
         MinProtocol = {oldest}\nMaxProtocol = {newest}\n{tickets}"
    );
    fs::write(folder.join("openssl.cnf"), text).expect("written configuration");
    dovecot.push_str("import_environment = $import_environment OPENSSL_CONF\n");
    if setup.receptionist != Receptionist::Fresh {
        dovecot
            .push_str("service pop3-login {\n  service_count = 0\n  process_min_avail = 1\n  process_limit = 1\n}\n");
    }
    dovecot
}

fn configuration_of_mechanisms(folder: &Path, user: &str) -> String {
    let keys = folder.join("keys");
    let key = keys.join("default").join("HS256");
    fs::create_dir_all(&key).expect("a folder for the key");
    fs::write(key.join("default"), TOKEN_KEY).expect("written key");
    let tokens = format!(
        "introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={}/\nusername_attribute = sub\n",
        keys.display()
    );
    fs::write(folder.join("oauth2.conf"), tokens).expect("written configuration");
    let folder = folder.display();
    format!(
        "auth_mechanisms = plain login cram-md5 digest-md5 scram-sha-1 scram-sha-256 apop anonymous external xoauth2 \
         oauthbearer
auth_anonymous_username = {user}
auth_ssl_username_from_cert = yes
ssl_ca = <{folder}/authority.pem
ssl_verify_client_cert = yes
ssl_require_crl = no
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = static
  mechanisms = external
  args = nopassword=y
}}
auth_failure_delay = 0
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"
    )
}

/// Base64 of the key that [`TOKEN`] is signed with.
const TOKEN_KEY: &str = "YSBrZXkgdGhhdCBvbmx5IHRlc3RzIG1heSBrbm93";
