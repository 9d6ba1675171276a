//! A POP3 server whose TLS behaves badly on order, on a port with TLS at once and on one with STLS. It notes every octet
//! that it gets, as it came over the wire and as it was after TLS: a test can say that nothing secret was sent.

use std::{
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, crypto::ring};

use crate::{chains::Chain, secrets};

/// What it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Behaviour {
    /// Nothing bad, until [`RudeTls::end`] is called.
    Good,
    /// Speaks POP3 without TLS on the port for TLS, and answers a handshake with -ERR.
    Plain,
    /// Ends TCP behind the ClientHello.
    CutAfterHello,
    /// Ends TCP in the midst of its part of the handshake.
    CutInHandshake,
    /// Answers the ClientHello with the alert handshake_failure (40).
    AlertHandshake,
    /// Answers the ClientHello with the alert protocol_version (70), as a server of before 2008 does.
    AlertVersion,
    /// Writes a second line behind `+OK` to STLS, in the same write.
    InjectAtOnce,
    /// Writes a line in the clear between the ClientHello and its answer.
    InjectLater,
    /// Ends TCP in the midst of the large message, without TLS's goodbye.
    CutInMessage,
    /// Sends a fatal alert in the midst of the large message.
    AlertInMessage,
    /// Sends a record that no key opens in the midst of the large message.
    GarbageInMessage,
}

/// How [`RudeTls::end`] ends what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// With TLS's goodbye (close_notify).
    Polite,
    /// TCP ends, and that is all.
    Abrupt,
}

/// What the server got, over all connections.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// As it came over the wire.
    pub wire: Vec<u8>,
    /// What was inside TLS.
    pub decrypted: Vec<u8>,
    /// How many connections there were.
    pub connections: usize,
}

/// The server.
#[derive(Debug)]
pub struct RudeTls {
    /// POP3 with STLS.
    pub pop3: SocketAddr,
    /// POP3S.
    pub pop3s: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    ending: watch::Sender<Option<Ending>>,
    _listeners: JoinSet<()>,
}

/// The messages that it serves. The second is the large one.
pub const MESSAGES: usize = 3;
/// The place at which the large one breaks off; more is there.
pub const BROKEN_AFTER_OCTETS: usize = 200_000;
const LARGE_OCTETS: usize = 600_000;

impl RudeTls {
    /// Starts it with this chain.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start(behaviour: Behaviour, chain: &Chain) -> Self {
        let tls = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("ring knows them")
            .with_no_client_auth()
            .with_single_cert(chain.sent.clone(), chain.private_key())
            .expect("key and certificate go together");
        let (tls, seen, ending) = (Arc::new(tls), Arc::default(), watch::Sender::new(None));
        let mut listeners = JoinSet::new();
        let mut addresses = Vec::new();
        for at_once in [false, true] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
            addresses.push(listener.local_addr().expect("a bound socket has an address"));
            let host =
                Host { behaviour, tls: Arc::clone(&tls), seen: Arc::clone(&seen), ending: ending.subscribe(), at_once };
            listeners.spawn(accept(listener, host));
        }
        Self { pop3: addresses[0], pop3s: addresses[1], seen, ending, _listeners: listeners }
    }

    /// What it got so far.
    #[must_use]
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends every connection.
    pub fn end(&self, ending: Ending) {
        self.ending.send_replace(Some(ending));
    }

    /// From here on connections last again.
    pub fn mend(&self) {
        self.ending.send_replace(None);
    }
}

impl Seen {
    /// The lines inside TLS.
    #[must_use]
    pub fn commands(&self) -> Vec<String> {
        String::from_utf8_lossy(&self.decrypted).lines().map(str::to_owned).collect()
    }

    /// Whether any of this was sent, in the clear or inside TLS, as it is or in base64.
    #[must_use]
    pub fn holds(&self, secret: &str) -> bool {
        [&self.wire, &self.decrypted].into_iter().any(|octets| secrets::holds(octets, secret))
    }
}

#[derive(Clone)]
struct Host {
    behaviour: Behaviour,
    tls: Arc<ServerConfig>,
    seen: Arc<Mutex<Seen>>,
    ending: watch::Receiver<Option<Ending>>,
    at_once: bool,
}

async fn accept(listener: TcpListener, host: Host) {
    let mut sessions = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        host.note(|seen| seen.connections += 1);
        let host = host.clone();
        // A session that breaks is what most of them are here for.
        sessions.spawn(async move { drop(serve(stream, host).await) });
    }
}

impl Host {
    fn note(&self, note: impl FnOnce(&mut Seen)) {
        note(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// A connection, with TLS or still without.
struct Line {
    stream: TcpStream,
    tls: Option<ServerConnection>,
    /// Plain text that came and was not looked at yet.
    waiting: Vec<u8>,
    host: Host,
}

async fn serve(stream: TcpStream, host: Host) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut ending = host.ending.clone();
    let mut line = Line { stream, tls: None, waiting: Vec::new(), host };
    let ended = tokio::select! {
        outcome = line.converse() => return outcome,
        Ok(ending) = ending.wait_for(Option::is_some) => *ending,
    };
    match (ended, &mut line.tls) {
        (Some(Ending::Polite), Some(tls)) => {
            tls.send_close_notify();
            line.flush().await?;
        }
        (Some(Ending::Abrupt | Ending::Polite) | None, _) => {}
    }
    line.hang_up().await
}

impl Line {
    async fn converse(&mut self) -> io::Result<()> {
        let behaviour = self.host.behaviour;
        if self.host.at_once && behaviour != Behaviour::Plain && !self.begin_tls().await? {
            return self.hang_up().await;
        }
        self.say(b"+OK rude\r\n").await?;
        while let Some(command) = self.hear().await? {
            let mut words = command.split(' ');
            let name = words.next().unwrap_or_default().to_ascii_uppercase();
            let number = words.next().and_then(|word| word.parse().ok()).unwrap_or(0);
            match name.as_str() {
                "STLS" if self.tls.is_none() && !self.host.at_once => {
                    let injected: &[u8] = if behaviour == Behaviour::InjectAtOnce { INJECTED } else { b"" };
                    self.say(&[b"+OK begin TLS\r\n", injected].concat()).await?;
                    if !self.begin_tls().await? {
                        return self.hang_up().await;
                    }
                }
                "RETR" if number == 2 => {
                    if !self.tell_large_message().await? {
                        return self.hang_up().await;
                    }
                }
                "QUIT" => {
                    self.say(b"+OK\r\n").await?;
                    if let Some(tls) = &mut self.tls {
                        tls.send_close_notify();
                        self.flush().await?;
                    }
                    return self.hang_up().await;
                }
                name => {
                    let answer = answer(name, number, self.tls.is_some());
                    self.say(answer.as_bytes()).await?;
                }
            }
        }
        Ok(())
    }

    /// The handshake, as far as it goes; false if the connection is to end.
    async fn begin_tls(&mut self) -> io::Result<bool> {
        let mut tls = ServerConnection::new(Arc::clone(&self.host.tls)).expect("the configuration is valid");
        tls.set_buffer_limit(None);
        let behaviour = self.host.behaviour;
        let mut first = true;
        while tls.is_handshaking() {
            let octets = self.read().await?;
            if octets.is_empty() {
                return Ok(false);
            }
            if first {
                match behaviour {
                    Behaviour::CutAfterHello => return Ok(false),
                    Behaviour::AlertHandshake | Behaviour::AlertVersion => {
                        let alert = if behaviour == Behaviour::AlertVersion { 70 } else { 40 };
                        // RFC 8446 §5.1 and §6: type alert, a version, a length, fatal.
                        self.stream.write_all(&[21, 3, 3, 0, 2, 2, alert]).await?;
                        return Ok(false);
                    }
                    Behaviour::InjectLater => self.stream.write_all(INJECTED).await?,
                    _ => {}
                }
                first = false;
            }
            let outcome = take(&mut tls, &octets);
            let mut flight = Vec::new();
            while tls.wants_write() {
                tls.write_tls(&mut flight)?;
            }
            if behaviour == Behaviour::CutInHandshake {
                self.stream.write_all(&flight[..flight.len() / 2]).await?;
                return Ok(false);
            }
            self.stream.write_all(&flight).await?;
            outcome?;
        }
        self.tls = Some(tls);
        // Commands may have come with the client's last flight.
        self.collect()?;
        Ok(true)
    }

    /// RETR of the large message; false if the connection is to end.
    async fn tell_large_message(&mut self) -> io::Result<bool> {
        let text = message(2);
        let whole = [b"+OK\r\n", text.as_slice(), b".\r\n"].concat();
        match (self.host.behaviour, &mut self.tls) {
            (Behaviour::CutInMessage, _) => {
                self.say(&whole[..BROKEN_AFTER_OCTETS]).await?;
                Ok(false)
            }
            (Behaviour::AlertInMessage, Some(_)) => {
                self.say(&whole[..BROKEN_AFTER_OCTETS]).await?;
                // A record that rustls cannot open makes it send an alert of its own, under the session's keys.
                if let Some(tls) = &mut self.tls {
                    assert!(take(tls, &GARBAGE).is_err(), "garbage is no record");
                }
                self.flush().await?;
                Ok(false)
            }
            (Behaviour::GarbageInMessage, Some(_)) => {
                self.say(&whole[..BROKEN_AFTER_OCTETS]).await?;
                self.stream.write_all(&GARBAGE).await?;
                Ok(false)
            }
            _ => {
                self.say(&whole).await?;
                Ok(true)
            }
        }
    }

    async fn say(&mut self, octets: &[u8]) -> io::Result<()> {
        match &mut self.tls {
            Some(tls) => {
                tls.writer().write_all(octets)?;
                self.flush().await
            }
            None => self.stream.write_all(octets).await,
        }
    }

    async fn flush(&mut self) -> io::Result<()> {
        let mut octets = Vec::new();
        if let Some(tls) = &mut self.tls {
            while tls.wants_write() {
                tls.write_tls(&mut octets)?;
            }
        }
        self.stream.write_all(&octets).await
    }

    /// The next line; nothing at the end.
    async fn hear(&mut self) -> io::Result<Option<String>> {
        loop {
            if let Some(end) = self.waiting.iter().position(|&octet| octet == b'\n') {
                let line: Vec<u8> = self.waiting.drain(..=end).collect();
                return Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()));
            }
            let octets = self.read().await?;
            if octets.is_empty() {
                return Ok(None);
            }
            match &mut self.tls {
                Some(tls) => {
                    let outcome = take(tls, &octets);
                    self.flush().await?;
                    outcome?;
                    self.collect()?;
                }
                None => self.waiting.extend(octets),
            }
        }
    }

    /// What came through TLS.
    fn collect(&mut self) -> io::Result<()> {
        let Some(tls) = &mut self.tls else { return Ok(()) };
        let mut buffer = [0; 4096];
        loop {
            match tls.reader().read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(count) => {
                    self.waiting.extend(&buffer[..count]);
                    self.host.note(|seen| seen.decrypted.extend(&buffer[..count]));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
                Err(error) => return Err(error),
            }
        }
    }

    async fn read(&mut self) -> io::Result<Vec<u8>> {
        let mut buffer = vec![0; 16 * 1024];
        let count = self.stream.read(&mut buffer).await?;
        buffer.truncate(count);
        self.host.note(|seen| seen.wire.extend(&buffer));
        Ok(buffer)
    }

    /// Ends TCP as a server does that is through, and reads on until the client has gone: what it still sends, unread,
    /// would turn the end into a reset.
    async fn hang_up(&mut self) -> io::Result<()> {
        self.stream.shutdown().await?;
        while !self.read().await?.is_empty() {}
        Ok(())
    }
}

fn take(tls: &mut ServerConnection, mut octets: &[u8]) -> io::Result<()> {
    while !octets.is_empty() {
        if tls.read_tls(&mut octets)? == 0 {
            return Ok(());
        }
        tls.process_new_packets().map_err(io::Error::other)?;
    }
    Ok(())
}

/// What somebody on the way would like the client to take for the server's answer to its first command inside TLS.
pub const INJECTED: &[u8] = b"+OK injected\r\n.\r\n";

/// A record of application data by its header, and noise within.
const GARBAGE: [u8; 69] = {
    let mut record = [0xA5; 69];
    [record[0], record[1], record[2], record[3], record[4]] = [23, 3, 3, 0, 64];
    record
};

fn answer(command: &str, number: usize, tls: bool) -> String {
    let listed = |entry: fn(usize) -> String| (1..=MESSAGES).map(entry).collect::<String>();
    match command {
        "CAPA" if tls => "+OK\r\nUSER\r\nTOP\r\nUIDL\r\n.\r\n".to_owned(),
        "CAPA" => "+OK\r\nUSER\r\nTOP\r\nUIDL\r\nSTLS\r\n.\r\n".to_owned(),
        "STAT" => format!("+OK {MESSAGES} {}\r\n", (1..=MESSAGES).map(|number| message(number).len()).sum::<usize>()),
        "LIST" => format!("+OK\r\n{}.\r\n", listed(|number| format!("{number} {}\r\n", message(number).len()))),
        "UIDL" => format!("+OK\r\n{}.\r\n", listed(|number| format!("{number} rude-{number}\r\n"))),
        "TOP" => format!("+OK\r\n{}.\r\n", header(number)),
        "RETR" => format!("+OK\r\n{}.\r\n", String::from_utf8_lossy(&message(number))),
        "USER" | "PASS" | "DELE" | "RSET" | "NOOP" => "+OK\r\n".to_owned(),
        _ => "-ERR\r\n".to_owned(),
    }
}

fn header(number: usize) -> String {
    format!(
        "From: Rude <rude@example.org>\r\nSubject: {}\r\nDate: Thu, 01 Jan 2026 00:00:00 +0000\r\n\r\n",
        subject(number)
    )
}

/// The subject of the message with this number.
#[must_use]
pub fn subject(number: usize) -> String {
    format!("Rude message {number}")
}

fn message(number: usize) -> Vec<u8> {
    let mut text = header(number);
    let octets = if number == 2 { LARGE_OCTETS } else { 100 };
    while text.len() < octets {
        text.push_str("All work and no goodbye makes TLS a dull protocol.\r\n");
    }
    text.into_bytes()
}
