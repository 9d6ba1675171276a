//! TLS that ends in the page, against the demo: rustls stands where the page will be, at once and after STLS, and trusts
//! what the Hello names. The bridge sees ciphertext and logs neither password nor mail.

use std::{
    io::{Read as _, Write as _},
    sync::Arc,
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use popglass_protocol::tunnel::{Address, Hello, TlsEnds};
use rustls_pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, ClientConnection, Error as TlsError, RootCertStore, crypto::ring};

use crate::{process::Process, support::Page};

/// The page's end of TLS inside the tunnel.
struct SecurePage {
    page: Page,
    tls: ClientConnection,
    /// Every octet that the bridge has carried, both ways.
    carried: Vec<u8>,
}

impl SecurePage {
    /// Opens the target and brings TLS about, asking for it by STLS where the server begins without.
    async fn open(process: &Process, target: &Address, mode: TlsEnds, authority: &str) -> Result<Self, TlsError> {
        let (mut page, opened) = Page::open(process.address, &target.to_string(), mode).await;
        assert_eq!(opened.tls, None, "the bridge knows nothing of this TLS");
        let mut carried = Vec::new();
        if mode == TlsEnds::PageStls {
            for command in ["", "STLS\r\n"] {
                if !command.is_empty() {
                    page.send_octets(command.as_bytes()).await;
                }
                let line = page.read_octets(1).await;
                assert!(line.starts_with(b"+OK") && line.ends_with(b"\r\n"), "{}", line.escape_ascii());
                carried.extend(line);
            }
        }
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from(BASE64.decode(authority).unwrap())).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let name = ServerName::try_from(target.host.clone()).unwrap();
        let tls = ClientConnection::new(Arc::new(config), name).unwrap();
        let mut secure = Self { page, tls, carried };
        while secure.tls.is_handshaking() {
            secure.flush().await;
            secure.receive().await?;
        }
        Ok(secure)
    }

    async fn flush(&mut self) {
        while self.tls.wants_write() {
            let mut ciphertext = Vec::new();
            self.tls.write_tls(&mut ciphertext).unwrap();
            self.page.send_octets(&ciphertext).await;
            self.carried.extend(ciphertext);
        }
    }

    async fn receive(&mut self) -> Result<(), TlsError> {
        let ciphertext = self.page.read_octets(1).await;
        let mut rest = ciphertext.as_slice();
        while !rest.is_empty() {
            self.tls.read_tls(&mut rest).unwrap();
            self.tls.process_new_packets()?;
        }
        self.carried.extend(ciphertext);
        Ok(())
    }

    /// Says a command and reads to the end of its answer.
    async fn say(&mut self, command: &str, end: &str) -> String {
        self.tls.writer().write_all(command.as_bytes()).unwrap();
        self.flush().await;
        let mut answer = Vec::new();
        loop {
            // It has no more for now: that is no end.
            let _ = self.tls.reader().read_to_end(&mut answer);
            if answer.ends_with(end.as_bytes()) {
                return String::from_utf8(answer).unwrap();
            }
            self.receive().await.unwrap();
        }
    }
}

/// Reads the first message of the demo, and returns its subject and all that the bridge has carried.
async fn read_a_message(process: &Process, hello: &Hello, target: &Address, mode: TlsEnds) -> (String, Vec<u8>) {
    let demo = hello.demo.as_ref().unwrap();
    let mut page = SecurePage::open(process, target, mode, &demo.authority).await.unwrap();
    if mode == TlsEnds::Page {
        assert!(page.say("", "\r\n").await.starts_with("+OK"), "the greeting");
    }
    for command in [format!("USER {}\r\n", demo.user), format!("PASS {}\r\n", demo.password)] {
        let answer = page.say(&command, "\r\n").await;
        assert!(answer.starts_with("+OK"), "{answer}");
    }
    let message = page.say("RETR 1\r\n", "\r\n.\r\n").await;
    let subject = message.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap().to_owned();
    assert!(subject.len() > 3, "{subject}");
    assert!(page.say("QUIT\r\n", "\r\n").await.starts_with("+OK"));
    page.tls.send_close_notify();
    page.flush().await;
    let ended = page.page.read_to_end(true).await;
    assert_eq!((ended.code, ended.reason), (1000, None));
    (subject, page.carried)
}

fn contains(octets: &[u8], text: &str) -> bool {
    octets.windows(text.len()).any(|window| window == text.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_bridge_carries_ciphertext_and_its_log_holds_neither_password_nor_subject() {
    let both = [vec![TlsEnds::Page, TlsEnds::Bridge], vec![TlsEnds::PageStls, TlsEnds::Nowhere]];
    let blind = [vec![TlsEnds::Page], vec![TlsEnds::PageStls]];
    for (arguments, modes) in [(&["--demo"][..], both), (&["--demo", "--blind"], blind)] {
        let process = Process::start(arguments);
        let (_page, hello) = Page::connect(process.address).await;
        let demo = hello.demo.clone().unwrap();
        let offered: Vec<_> = hello.targets.iter().map(|target| target.modes.clone()).collect();
        assert_eq!(offered, modes, "{arguments:?}");
        let mut subjects = Vec::new();
        for target in &hello.targets {
            let (subject, carried) = read_a_message(&process, &hello, &target.address, target.modes[0]).await;
            for secret in [&subject, &demo.password] {
                assert!(!contains(&carried, secret), "{secret} in the clear, {:?}", target.modes[0]);
            }
            subjects.push(subject);
        }

        process.signal("TERM");
        let (code, log) = tokio::task::spawn_blocking(|| process.wait()).await.unwrap();
        assert_eq!(code, Some(0), "{log}");
        assert_eq!(log.contains("blind: TLS ends in the page"), arguments.contains(&"--blind"), "{log}");
        // The demo's login is for everybody and announced at the start; nothing else holds it.
        let (announced, rest): (Vec<_>, Vec<_>) = log.lines().partition(|line| line.contains("this is its login"));
        assert_eq!(announced.len(), 1, "{log}");
        assert_eq!(rest.iter().filter(|line| line.contains("\"ended\"")).count(), 2, "{log}");
        for secret in subjects.iter().chain([&demo.password]) {
            assert!(rest.iter().all(|line| !line.contains(secret.as_str())), "{secret}: {log}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_demos_authority_vouches_for_nothing() {
    let (process, other) = (Process::start(&["--demo"]), Process::start(&["--demo"]));
    let (_page, hello) = Page::connect(process.address).await;
    let (_page, stranger) = Page::connect(other.address).await;
    let authority = stranger.demo.unwrap().authority;
    for target in &hello.targets {
        let refusal = SecurePage::open(&process, &target.address, target.modes[0], &authority).await.err();
        assert!(matches!(refusal, Some(TlsError::InvalidCertificate(_))), "{:?}: {refusal:?}", target.modes);
    }
}
