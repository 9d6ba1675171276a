//! The server half against a script's client lines: whatever comes, in whatever reads, nothing panics, every answer is a
//! line, nothing is deleted without a login, and the same octets are answered alike. Knows no client.

use popglass_protocol::server::Output;

use crate::{
    cuts::Cuts,
    maildrop,
    script::{Script, Step},
};

/// What a server said and did.
#[derive(Debug, Default, PartialEq)]
struct Account {
    said: Vec<u8>,
    upgrades: usize,
    closes: usize,
}

/// Plays the script twice, in whole reads and in cut ones.
pub fn run(input: &[u8]) {
    let script = Script::read(input);
    let whole = play(&script, &mut |octets| vec![octets]);
    let mut cuts = Cuts::of(input);
    let cut = play(&script, &mut |octets| cuts.pieces(octets));
    assert_eq!(cut, whole);
    assert!(whole.said.starts_with(b"+OK") && whole.said.ends_with(b"\r\n"));
}

fn play(script: &Script, pieces: &mut dyn for<'a> FnMut(&'a [u8]) -> Vec<&'a [u8]>) -> Account {
    let (mut server, fate) = maildrop::server(script);
    let (mut account, mut readies) = (Account::default(), 0);
    for step in &script.steps {
        let octets = match step {
            Step::Command(line) | Step::Type(line) => [line.as_slice(), b"\r\n"].concat(),
            Step::ClientOctets(octets) => octets.clone(),
            Step::TlsReady => {
                // A host says so once it was asked to.
                if account.upgrades > readies {
                    readies += 1;
                    server.handle_tls_ready();
                }
                continue;
            }
            _ => continue,
        };
        for piece in pieces(&octets) {
            server.handle_input(piece);
            loop {
                match server.poll_output() {
                    Output::Transmit(octets) => account.said.extend(octets),
                    Output::UpgradeTls => account.upgrades += 1,
                    Output::Close => account.closes += 1,
                    Output::Idle => break,
                }
            }
        }
    }
    while let Output::Transmit(octets) = server.poll_output() {
        account.said.extend(octets);
    }
    let fate = fate.borrow();
    assert!(fate.opened || fate.committed.is_none());
    account
}
