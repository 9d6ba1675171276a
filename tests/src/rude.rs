//! A server that keeps to POP3's sense and not to its letter: what it says is a list, so a test knows each fault.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// A command's beginning, and what is said to it.
const ANSWERS: &[(&str, &str)] = &[
    // No carriage return.
    ("CAPA", "+OK\nUSER\r\nTOP\r\nUIDL\r\n.\r\n"),
    ("STAT", "+OK 2 60\r\n"),
    // Two blanks.
    ("LIST", "+OK\r\n1  30\r\n2 30\r\n.\r\n"),
    // The same unique-id twice.
    ("UIDL", "+OK\r\n1 same\r\n2 same\r\n.\r\n"),
    ("TOP", "+OK\r\nFrom: Rude <rude@example.org>\r\nSubject: Hello\r\n\r\n.\r\n"),
    ("QUIT", "+OK\r\n"),
    ("", "+OK\r\n"),
];

/// The server.
#[derive(Debug)]
pub struct Rude {
    /// Where it listens, without TLS.
    pub address: SocketAddr,
    task: JoinHandle<()>,
}

impl Rude {
    /// Starts it with an empty-handed maildrop of two messages.
    ///
    /// # Panics
    /// If there is no free port.
    pub async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream));
            }
        });
        Self { address, task }
    }
}

impl Drop for Rude {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(stream: TcpStream) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    drop(writer.write_all(b"+OK rude\r\n").await);
    while let Ok(Some(line)) = lines.next_line().await {
        let answer = ANSWERS.iter().find(|(command, _)| line.starts_with(command)).map_or("-ERR\r\n", |(_, said)| said);
        if writer.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}
