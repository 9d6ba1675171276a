//! Six POP3 clients that nobody here has written fetch and delete from our server half, by each way to secure the line
//! and each way to log in that they know. What they deliver is compared octet by octet; where a client keeps messages
//! with bare line feeds, without the carriage returns.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
    time::{Duration, Instant},
};

use popglass_protocol::server::{Config, fault::FaultScript};
use popglass_sandbox::World;
use popglass_tests::{mails, pop3_server::Pop3Server};
use tempfile::TempDir;
use tokio::{io::AsyncReadExt as _, net::TcpStream};

const USER: &str = "alex";
const PASSWORD: &str = "open-sesame";
/// Enough for lines that are stuffed, long messages and attachments.
const MESSAGES: usize = 25;
/// What is deleted, where a client can choose.
const DOOMED: [usize; 3] = [1, 4, 25];
/// Where a client can only leave out what is large, this is large: some messages are and some are not.
const LARGE_OCTETS: usize = 5_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Security {
    Plain,
    Stls,
    Tls,
}
use Security::{Plain, Stls, Tls};

/// A server with a full maildrop, and a folder for the client.
struct Stage {
    server: Pop3Server,
    world: World,
    folder: TempDir,
    raw: Vec<Vec<u8>>,
    security: Security,
}

impl Stage {
    async fn set(security: Security) -> Self {
        Self::set_with(security, Config::complete()).await
    }

    async fn set_with(security: Security, config: Config) -> Self {
        static RAW: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| mails::raw(&mails::maildrop()[..MESSAGES]));
        let raw = RAW.clone();
        let world = World::default();
        world.add_user(USER, PASSWORD, raw.clone());
        let server = Pop3Server::start(world.clone(), config, FaultScript::default()).await;
        let folder = tempfile::Builder::new().prefix("popglass-client").tempdir().expect("a folder for the client");
        Self { server, world, folder, raw, security }
    }

    fn port(&self) -> u16 {
        if self.security == Tls { self.server.pop3s.port() } else { self.server.pop3.port() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn new_folder(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(path.join(part)).expect("the folder is ours");
        }
        path
    }

    /// Written so that nobody else can read it: clients insist on that.
    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, text).expect("the folder is ours");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("the folder is ours");
        path
    }

    fn run(&self, command: &mut Command) {
        let program = command.get_program().to_string_lossy().into_owned();
        let output = command.env("HOME", self.folder.path()).current_dir(self.folder.path()).output();
        let output = output.unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
        let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "{program} {:?}: {}\n{said}\n{complained}", self.security, output.status);
    }

    /// The numbers, from 1, of the messages that are still there, and unchanged.
    fn left(&self) -> Vec<usize> {
        let left = self.world.messages_of(USER);
        let number = |octets: &Vec<u8>| self.raw.iter().position(|raw| raw == octets).expect("a message of ours") + 1;
        left.iter().map(|octets| number(octets)).collect()
    }

    fn assert_left(&self, is_doomed: impl Fn(usize, &[u8]) -> bool) {
        let expected: Vec<usize> = self.numbers().filter(|number| !is_doomed(*number, &self.raw[number - 1])).collect();
        assert!(expected.len() < MESSAGES, "something was to be deleted");
        assert_eq!(self.left(), expected, "{:?}", self.security);
    }

    fn numbers(&self) -> impl Iterator<Item = usize> {
        1..=self.raw.len()
    }

    /// Each message in a file of its own, named by its number; equal in what is to be kept of it.
    fn assert_numbered(&self, name: &str, keep: fn(&[u8]) -> Vec<u8>) {
        for number in self.numbers() {
            let fetched = keep(&fs::read(self.path(name).join(number.to_string())).expect("it was fetched"));
            let expected = keep(&self.raw[number - 1]);
            let same = fetched.iter().zip(&expected).take_while(|(fetched, expected)| fetched == expected).count();
            assert!(
                fetched == expected,
                "message {number} differs, {:?}, at {same} of {} and {}: {}",
                self.security,
                fetched.len(),
                expected.len(),
                fetched[same..].escape_ascii(),
            );
        }
    }

    /// Messages in files whose names say nothing: all are there, each once.
    fn assert_delivered(&self, folder: &Path, clean: fn(Vec<u8>) -> Vec<u8>) {
        let files = fs::read_dir(folder).expect("the folder is there");
        let mut fetched: Vec<_> =
            files.map(|file| clean(fs::read(file.expect("listed").path()).expect("it was fetched"))).collect();
        let mut expected: Vec<_> = self.raw.iter().map(|raw| without_carriage_returns(raw)).collect();
        fetched.sort();
        expected.sort();
        assert_eq!(fetched.len(), expected.len(), "{:?}", self.security);
        for (fetched, expected) in fetched.iter().zip(&expected) {
            let (fetched, expected) = (String::from_utf8_lossy(fetched), String::from_utf8_lossy(expected));
            assert!(fetched == expected, "{:?}\n{fetched:.1500}\n---\n{expected:.1500}", self.security);
        }
    }
}

fn whole(message: &[u8]) -> Vec<u8> {
    message.to_vec()
}

fn without_carriage_returns(message: &[u8]) -> Vec<u8> {
    message.iter().copied().filter(|&octet| octet != b'\r').collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_host_keeps_the_delays_of_a_script_of_faults() {
    let faults = "greeting: delay 300\n".parse().expect("a script");
    let server = Pop3Server::start(World::demo_large(1), Config::complete(), faults).await;
    let begun = Instant::now();
    let mut stream = TcpStream::connect(server.pop3).await.expect("it listens");
    let mut octets = [0; 256];
    let count = stream.read(&mut octets).await.expect("it greets");
    assert!(octets[..count].starts_with(b"+OK ") && begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test(flavor = "multi_thread")]
async fn curl_fetches_and_deletes() {
    let user = format!("{USER}:{PASSWORD}");
    let rows = ["user", "+APOP", "PLAIN", "LOGIN", "CRAM-MD5", "OAUTHBEARER", "XOAUTH2"];
    for (method, security) in rows.into_iter().flat_map(|row| [(row, Plain), (row, Stls), (row, Tls)]) {
        // USER and PASS are what curl takes only where there is nothing else.
        let config = if method == "user" { Config::default() } else { Config::complete() };
        let stage = Stage::set_with(security, config).await;
        let curl = |arguments: &[&str], place: &str| {
            let mut curl = Command::new("curl");
            curl.args(["--silent", "--show-error", "--max-time", "60", "--cacert"]).arg(stage.server.authority());
            curl.args(["--user", &user]);
            if method != "user" {
                curl.args(["--login-options", &format!("AUTH={method}")]);
            }
            if method.contains("AUTH") {
                curl.args(["--oauth2-bearer", PASSWORD]);
            }
            if security == Stls {
                curl.arg("--ssl-reqd");
            }
            let scheme = if security == Tls { "pop3s" } else { "pop3" };
            curl.args(arguments).arg(format!("{scheme}://localhost:{}/{place}", stage.port()));
            stage.run(&mut curl);
        };
        fs::create_dir(stage.path("fetched")).expect("the folder is ours");
        curl(&["--output", "fetched/#1"], &format!("[1-{MESSAGES}]"));
        stage.assert_numbered("fetched", whole);
        // One session: the numbers stay.
        let doomed = DOOMED.map(|number| number.to_string()).join(",");
        curl(&["--head", "--request", "DELE"], &format!("{{{doomed}}}"));
        stage.assert_left(|number, _| DOOMED.contains(&number));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mpop_fetches_and_deletes() {
    let rows = ["user", "apop", "plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256", "oauthbearer", "xoauth2"];
    for (method, security) in rows.into_iter().flat_map(|row| [(row, Plain), (row, Stls), (row, Tls)]) {
        let stage = Stage::set(security).await;
        let mpop = |name: &str, more: &str| {
            let folder = stage.new_folder(name);
            let configuration = format!(
                "account default\nhost localhost\nport {}\nuser {USER}\npassword {PASSWORD}\nauth {method}\ntls {}\n\
                 tls_starttls {}\ntls_trust_file {}\nuidls_file {name}.uidls\nreceived_header off\nonly_new off\n\
                 delivery maildir {}\n{more}",
                stage.port(),
                if security == Plain { "off" } else { "on" },
                if security == Stls { "on" } else { "off" },
                stage.server.authority().display(),
                folder.display(),
            );
            let path = stage.write("mpoprc", &configuration);
            stage.run(Command::new("mpop").arg("--file").arg(path).arg("--quiet"));
            folder.join("new")
        };
        stage.assert_delivered(&mpop("all", "keep on\n"), std::convert::identity);
        mpop("small", &format!("keep off\nskipsize {LARGE_OCTETS}\n"));
        stage.assert_left(|_, message| message.len() < LARGE_OCTETS);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fetchmail_fetches_and_deletes() {
    for (method, protocol, security) in ["password", "cram-md5", "apop"]
        .into_iter()
        .flat_map(|row| [(row, Plain), (row, Stls), (row, Tls)])
        .map(|(method, security)| match method {
            "apop" => ("password", "apop", security),
            method => (method, "pop3", security),
        })
    {
        let stage = Stage::set(security).await;
        let fetchmail = |name: &str, more: &str| {
            let folder = stage.new_folder(name);
            let tls = match security {
                Plain => "sslproto ''".to_owned(),
                Stls => "sslproto 'TLS1.2+'".to_owned(),
                Tls => "ssl".to_owned(),
            };
            let authority = stage.server.authority();
            let configuration = format!(
                "set invisible\npoll localhost protocol {protocol} service {} auth {method}\n\
                 user '{USER}' password '{PASSWORD}' fetchall no rewrite {tls} sslcertfile '{}' {more}\n\
                 mda \"sh -c 'cat > {}/$$'\"\n",
                stage.port(),
                authority.display(),
                folder.join("new").display(),
            );
            let path = stage.write("fetchmailrc", &configuration);
            let mut fetchmail = Command::new("fetchmail");
            fetchmail.arg("--fetchmailrc").arg(path).args(["--nosyslog", "--nodetach", "--pidfile"]);
            stage.run(fetchmail.arg(stage.path("pid")).env("FETCHMAILHOME", stage.folder.path()));
            folder.join("new")
        };
        stage.assert_delivered(&fetchmail("all", "keep"), std::convert::identity);
        fetchmail("small", &format!("nokeep limit {LARGE_OCTETS}"));
        stage.assert_left(|_, message| message.len() <= LARGE_OCTETS);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn getmail_fetches_and_deletes() {
    for (apop, security) in [(false, Plain), (true, Plain), (false, Tls)] {
        let stage = Stage::set(security).await;
        let getmail = |name: &str, options: &str| {
            let folder = stage.new_folder(name);
            let retriever = if security == Tls {
                format!("SimplePOP3SSLRetriever\nca_certs = {}", stage.server.authority().display())
            } else {
                format!("SimplePOP3Retriever\nuse_apop = {apop}")
            };
            let configuration = format!(
                "[retriever]\ntype = {retriever}\nserver = localhost\nport = {}\nusername = {USER}\n\
                 password = {PASSWORD}\n[destination]\ntype = MDA_external\npath = /bin/sh\n\
                 arguments = ('-c', 'cat > {}/$$')\nallow_root_commands = true\n[options]\nverbose = 0\n\
                 read_all = true\nreceived = false\ndelivered_to = false\n{options}",
                stage.port(),
                folder.join("new").display(),
            );
            let path = stage.write("getmailrc", &configuration);
            stage.run(Command::new("getmail").arg("--getmaildir").arg(&folder).arg("--rcfile").arg(path));
            folder.join("new")
        };
        stage.assert_delivered(&getmail("all", ""), without_return_path);
        getmail("small", &format!("delete = true\nmax_message_size = {LARGE_OCTETS}\n"));
        stage.assert_left(|_, message| message.len() <= LARGE_OCTETS);
    }
}

/// The one line that getmail puts in front of every message.
fn without_return_path(message: Vec<u8>) -> Vec<u8> {
    let line_end = message.iter().position(|&octet| octet == b'\n').map_or(0, |place| place + 1);
    if message.starts_with(b"Return-Path: ") { message[line_end..].to_vec() } else { message }
}

#[tokio::test(flavor = "multi_thread")]
async fn poplib_fetches_and_deletes() {
    for (method, security) in
        ["user", "apop", "utf8"].into_iter().flat_map(|row| [(row, Plain), (row, Stls), (row, Tls)])
    {
        check_script("python3", "-c", POPLIB, method, security, whole).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn net_pop3_fetches_and_deletes() {
    for (method, security) in
        ["user", "apop", "PLAIN", "CRAM-MD5"].into_iter().flat_map(|row| [(row, Plain), (row, Stls), (row, Tls)])
    {
        // It takes carriage returns out, but for those that come in TLS behind STLS.
        check_script("perl", "-e", NET_POP3, method, security, without_carriage_returns).await;
    }
}

/// A script that writes every message into a file named by its number, deletes some, and quits.
async fn check_script(
    program: &str,
    flag: &str,
    script: &str,
    method: &str,
    security: Security,
    keep: fn(&[u8]) -> Vec<u8>,
) {
    let stage = Stage::set(security).await;
    fs::create_dir(stage.path("fetched")).expect("the folder is ours");
    let mut command = Command::new(program);
    command.args([flag, script, &stage.port().to_string(), &format!("{security:?}"), method, USER, PASSWORD]);
    command.arg(stage.server.authority()).args(DOOMED.map(|number| number.to_string()));
    stage.run(&mut command);
    stage.assert_numbered("fetched", keep);
    stage.assert_left(|number, _| DOOMED.contains(&number));
}

const POPLIB: &str = "
import poplib, ssl, sys
port, security, method, user, password, authority = sys.argv[1:7]
poplib._MAXLINE = 1 << 24
context = ssl.create_default_context(cafile=authority)
if security == 'Tls':
    client = poplib.POP3_SSL('localhost', int(port), context=context)
else:
    client = poplib.POP3('localhost', int(port))
if security == 'Stls':
    client.stls(context)
if method == 'apop':
    client.apop(user, password)
else:
    if method == 'utf8':
        client.utf8()
    client.user(user)
    client.pass_(password)
for number in range(1, client.stat()[0] + 1):
    _, lines, octets = client.retr(number)
    open('fetched/%d' % number, 'wb').write(b''.join(line + b'\\r\\n' for line in lines))
for number in sys.argv[7:]:
    client.dele(int(number))
client.quit()
";

const NET_POP3: &str = "
use strict; use Net::POP3; use Authen::SASL;
my ($port, $security, $method, $user, $password, $authority, @doomed) = @ARGV;
my %tls = (SSL_ca_file => $authority, SSL_verifycn_name => 'localhost');
my $client = Net::POP3->new('localhost', Port => $port, Timeout => 60, SSL => $security eq 'Tls', %tls)
    or die \"no connection: $@\";
if ($security eq 'Stls') { $client->starttls(%tls) or die 'no TLS: ' . $client->message; }
my $count = $method eq 'user' ? $client->login($user, $password)
    : $method eq 'apop' ? $client->apop($user, $password)
    : $client->auth(Authen::SASL->new(mechanism => $method, callback => { user => $user, authname => $user, pass => $password }));
$count or die 'no login: ', $client->message;
for my $number (sort { $a <=> $b } keys %{$client->list}) {
    open(my $file, '>:raw', \"fetched/$number\") or die $!;
    print $file @{$client->get($number)};
    close $file;
}
$client->delete($_) or die $client->message for @doomed;
$client->quit or die $client->message;
";
