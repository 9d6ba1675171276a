//! Records a TLS 1.3 session anew: `cargo run -p popglass-wire --example record`, then `cargo fmt`. It writes the records
//! and what is in them, the keys, a capture for Wireshark, and the list of the records in `src/recorded/table.rs`. Ends
//! and records are real; the TCP around them, of which there is none in memory, is made for the capture.

mod capture;

use std::{
    error::Error,
    fmt::Write as _,
    fs,
    io::{Read as _, Write as _},
    mem,
    path::Path,
    sync::{Arc, Mutex},
    time::{SystemTime, UNIX_EPOCH},
};

use capture::Capture;
use popglass_protocol::{
    server::{Config, Output, Server},
    transcript::Direction,
};
use popglass_sandbox::{DEMO_PASSWORD, DEMO_USER, SandboxMaildrop, World};
use popglass_tls::engine::provider;
use popglass_wire::{identity::SERVER_NAME, recorded};
use rustls::{
    ClientConfig, ClientConnection, KeyLog, RootCertStore, ServerConfig, ServerConnection,
    version::{TLS12, TLS13},
};
use rustls_pki_types::{CertificateDer, PrivatePkcs8KeyDer, ServerName};

/// Type, version, length.
const HEADER_OCTETS: usize = 5;

/// The lines of SSLKEYLOGFILE.
#[derive(Debug, Default)]
struct Keys(Mutex<String>);

impl KeyLog for Keys {
    fn log(&self, label: &str, client_random: &[u8], secret: &[u8]) {
        let hexadecimal = |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<String>();
        let line = format!("{label} {} {}\n", hexadecimal(client_random), hexadecimal(secret));
        self.0.lock().expect("nobody panics while he writes").push_str(&line);
    }
}

struct Session {
    client: ClientConnection,
    server: ServerConnection,
    pop3: Server<SandboxMaildrop>,
    /// Octets that went out together.
    flights: Vec<(Direction, Vec<u8>)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let keys = Arc::new(Keys::default());
    let mut session = Session {
        client: client(&keys)?,
        server: server()?,
        pop3: Server::new(World::demo().session(), Config { greeting: "POP3 ready".into(), ..Config::default() })
            .in_tls(),
        flights: Vec::new(),
    };
    session.talk()?;
    session.answer()?;
    let (user, pass) = (format!("USER {DEMO_USER}"), format!("PASS {DEMO_PASSWORD}"));
    for line in ["CAPA", &user, &pass, "STAT", "QUIT"] {
        session.client.writer().write_all(format!("{line}\r\n").as_bytes())?;
        session.talk()?;
        session.answer()?;
    }
    session.client.send_close_notify();
    session.talk()?;
    let log = mem::take(&mut *keys.0.lock().expect("nobody panics while he writes"));
    write(&session.flights, &log)
}

fn client(keys: &Arc<Keys>) -> Result<ClientConnection, Box<dyn Error>> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from(include_bytes!("../../material/authority.der").as_slice()))?;
    let mut config = ClientConfig::builder_with_provider(Arc::new(provider()))
        // As the page asks: it could do either.
        .with_protocol_versions(&[&TLS13, &TLS12])?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.key_log = Arc::clone(keys) as _;
    Ok(ClientConnection::new(Arc::new(config), ServerName::try_from(SERVER_NAME)?)?)
}

fn server() -> Result<ServerConnection, Box<dyn Error>> {
    let chain = vec![CertificateDer::from(include_bytes!("../../material/good.der").as_slice())];
    let key = PrivatePkcs8KeyDer::from(include_bytes!("../../material/good.key.der").as_slice());
    let mut config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&TLS13])?
        .with_no_client_auth()
        .with_single_cert(chain, key.into())?;
    config.send_tls13_tickets = 1;
    Ok(ServerConnection::new(Arc::new(config))?)
}

impl Session {
    /// Moves everything, until nothing moves.
    fn talk(&mut self) -> Result<(), Box<dyn Error>> {
        loop {
            let (mut up, mut down) = (Vec::new(), Vec::new());
            while self.client.wants_write() {
                self.client.write_tls(&mut up)?;
            }
            if !up.is_empty() {
                self.server.read_tls(&mut up.as_slice())?;
                self.server.process_new_packets()?;
                self.flights.push((Direction::ClientToServer, up.clone()));
            }
            while self.server.wants_write() {
                self.server.write_tls(&mut down)?;
            }
            if !down.is_empty() {
                self.client.read_tls(&mut down.as_slice())?;
                self.client.process_new_packets()?;
                self.flights.push((Direction::ServerToClient, down.clone()));
            }
            if up.is_empty() && down.is_empty() {
                return Ok(());
            }
        }
    }

    /// The POP3 server reads what came, and answers.
    fn answer(&mut self) -> Result<(), Box<dyn Error>> {
        let mut asked = Vec::new();
        // The reader's error says only that there is nothing more.
        let _ = self.server.reader().read_to_end(&mut asked);
        self.pop3.handle_input(&asked);
        let mut answer = Vec::new();
        loop {
            match self.pop3.poll_output() {
                Output::Transmit(octets) => answer.extend(octets),
                Output::UpgradeTls => return Err("STLS within TLS".into()),
                Output::Close => {
                    self.server.writer().write_all(&mem::take(&mut answer))?;
                    self.server.send_close_notify();
                    break;
                }
                Output::Idle => break,
            }
        }
        self.server.writer().write_all(&answer)?;
        self.talk()
    }
}

fn write(flights: &[(Direction, Vec<u8>)], log: &str) -> Result<(), Box<dyn Error>> {
    let crate_folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = crate_folder.join("recording");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let records: Vec<(Direction, &[u8])> =
        flights.iter().flat_map(|(direction, octets)| cut(octets).map(|record| (*direction, record))).collect();
    let opened = recorded::open_all(&records, log).ok_or("the keys do not fit")?;
    let mut table = String::from(
        "//! The records, in order. Written by `examples/record`: change that, and not this.\n\n\
         use super::{Direction, Record};\n\npub(super) const RECORDS: &[Record] = &[\n",
    );
    for (index, ((direction, record), inner)) in records.iter().zip(&opened).enumerate() {
        let name = format!(
            "{:02}-{}",
            index + 1,
            match direction {
                Direction::ClientToServer => "client",
                Direction::ServerToClient => "server",
            }
        );
        fs::write(folder.join(format!("{name}.record.bin")), record)?;
        let inner = match inner {
            Some(inner) => {
                fs::write(folder.join(format!("{name}.inner.bin")), inner)?;
                format!("Some(include_bytes!(\"../../recording/{name}.inner.bin\"))")
            }
            None => "None".into(),
        };
        writeln!(
            table,
            "Record {{ direction: Direction::{direction:?}, wire: include_bytes!(\"../../recording/{name}.record.bin\"), inner: {inner} }},"
        )?;
    }
    table.push_str("];\n");
    fs::write(folder.join("keys.log"), log)?;
    fs::write(crate_folder.join("src/recorded/table.rs"), table)?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros();
    let mut capture = Capture::new(log, u64::try_from(now)?);
    capture.open();
    for (direction, octets) in flights {
        capture.send(*direction, octets);
    }
    capture.close();
    fs::write(folder.join("session.pcapng"), capture.into_octets())?;
    println!("{} records in {} flights", records.len(), flights.len());
    Ok(())
}

/// The records of a flight.
fn cut(mut octets: &[u8]) -> impl Iterator<Item = &[u8]> {
    std::iter::from_fn(move || {
        let length = octets.get(3..HEADER_OCTETS)?;
        let (record, rest) = octets.split_at(HEADER_OCTETS + usize::from(u16::from_be_bytes([length[0], length[1]])));
        octets = rest;
        Some(record)
    })
}
