//! The blind proof: with TLS in the page the bridge learns neither password nor mail. Both of its sockets are captured, and
//! its memory is searched while it has its hands full. The same search with TLS in the bridge finds both: so it can see.

use std::{collections::BTreeSet, time::Duration};

use popglass_tests::{
    bridge::{self, Bridge},
    browser::Options,
    chaos::{Chaos, Way as Direction},
    dovecot::Dovecot,
    flights, memory,
    page::{Page, part},
    screens::row,
    secrets,
    stage::{USER, Way},
    wait,
};

const PASSWORD: &str = "canary-6180 tell nobody";
/// The subject of every message; in the large one it is every line of the text, too.
const SUBJECT: &str = "Canary 2718: what the bridge must not read";
const LARGE_OCTETS: usize = 3_000_000;
const SECRETS: [&str; 2] = [PASSWORD, SUBJECT];

/// Between bridge and server: long enough to stop the line while the answer to the password is on its way.
const DELAY: Duration = Duration::from_millis(400);

/// What could be seen of one session.
#[derive(Debug, Default)]
struct Witness {
    /// The secrets in the bridge's memory, over all searches.
    memory: BTreeSet<String>,
    memory_octets: usize,
    /// The secrets in what page and bridge sent each other, out of the WebSocket's frames and as it went over the wire.
    page_side: BTreeSet<String>,
    page_side_octets: usize,
    /// The secrets in what bridge and server sent each other.
    server_side: BTreeSet<String>,
    server_side_octets: usize,
}

/// Everything between browser and mail server, with somebody who listens on both sides of the bridge.
struct Wire {
    page: Page,
    before: Chaos,
    bridge: Bridge,
    behind: Chaos,
    _dovecot: Dovecot,
}

impl Wire {
    async fn lay(way: Way) -> Self {
        let dovecot = Dovecot::start(USER, PASSWORD, &maildrop()).await;
        let behind = Chaos::start(DELAY).await;
        behind.forward_to(if way == Way::PageStls { dovecot.pop3 } else { dovecot.pop3s });
        let before = Chaos::start(Duration::ZERO).await;
        let origin = format!("http://{}", before.address);
        // Where it may be: as the operator promises it.
        let (words, blind) = match way {
            Way::Page => ("page", true),
            Way::PageStls => ("stls", true),
            Way::Bridge => (way.words(), false),
        };
        let authority = dovecot.authority();
        let bridge = Bridge::start(bridge::Options {
            targets: &[format!("localhost:{},{words},private", behind.address.port())],
            authority: (!blind).then_some(authority.as_path()),
            origin: Some(&origin),
            blind,
            ..bridge::Options::default()
        })
        .await;
        before.forward_to(bridge.address);
        let page = Page::open(&format!("{origin}/"), Options::default()).await;
        page.shown(&part("security-select")).await;
        page.choose(&part("security-select"), way.value()).await;
        if way != Way::Bridge {
            let authority = std::fs::read_to_string(dovecot.authority()).expect("we wrote it");
            page.trust_authority(&authority).await;
        }
        Self { page, before, bridge, behind, _dovecot: dovecot }
    }

    /// Logs in by this method, lists, reads and finishes; looks into the bridge's memory on the way.
    async fn session(&self, method: &str, witness: &mut Witness) {
        let page = &self.page;
        page.choose_method(method).await;
        self.log_in(method).await;
        self.look(witness);
        self.behind.mend();
        page.mailbox().await;
        assert!(page.rows().await.iter().all(|row| row.subject == SUBJECT), "the page can read");
        self.look(witness);

        // The page's side stands still in the middle of the large message: what the bridge has taken, it still has.
        let (before, behind) = (self.before.octets(Direction::Down), self.behind.octets(Direction::Down));
        self.before.hold();
        page.click(&format!("{} {}", row(2), part("row-subject"))).await;
        wait::must("the bridge to have taken its fill", async || {
            let taken = self.behind.octets(Direction::Down) - behind;
            (taken > 500_000 && self.before.octets(Direction::Down) - before > 500_000).then_some(())
        })
        .await;
        self.look(witness);
        self.before.mend();
        page.text_where(&part("reader-text"), |text| text.contains(SUBJECT)).await;
        self.look(witness);
        page.back().await;
        page.finish().await;
        self.look(witness);
        page.click(&part("new-session-button")).await;
    }

    /// Sends the password and stops the line before the answer to it comes.
    async fn log_in(&self, method: &str) {
        let page = &self.page;
        // Open from here on: it tells when the password goes.
        page.transcript().await;
        let command = if method == "USER/PASS" { "client: PASS".to_owned() } else { format!("client: AUTH {method}") };
        let asked = async || page.transcript().await.iter().filter(|line| line.starts_with(&command)).count();
        let before = asked().await;
        page.log_in(USER, PASSWORD).await;
        page.must("the password to go", async || (asked().await > before).then_some(())).await;
        self.behind.hold();
        // It is on its way to the server for so long.
        let up = self.behind.octets(Direction::Up);
        assert!(up > 0, "something went up");
        page.click(&part("transcript-toggle")).await;
        assert!(!page.is_shown(&part("mailbox")).await, "the line was stopped in time");
    }

    fn look(&self, witness: &mut Witness) {
        let search = memory::search(self.bridge.process(), &SECRETS);
        witness.memory.extend(search.found);
        witness.memory_octets = witness.memory_octets.max(search.octets);
    }

    /// What was on the wires, at the end.
    fn listen(&self, witness: &mut Witness) {
        for direction in [Direction::Up, Direction::Down] {
            let inside = flights::payloads(&self.before.pieces(), direction);
            let (before, behind) = (self.before.stream(direction), self.behind.stream(direction));
            witness.page_side.extend(found(&inside).chain(found(&before)));
            witness.page_side_octets += inside.len();
            witness.server_side.extend(found(&behind));
            witness.server_side_octets += behind.len();
        }
    }
}

fn found(octets: &[u8]) -> impl Iterator<Item = String> {
    SECRETS.into_iter().filter(|secret| secrets::holds(octets, secret)).map(str::to_owned)
}

fn maildrop() -> Vec<Vec<u8>> {
    let text = |octets: usize| {
        let header = format!(
            "From: Ada <ada@example.org>\r\nTo: Alex <alex@example.org>\r\nSubject: {SUBJECT}\r\n\
             Date: Thu, 01 Jan 2026 00:00:00 +0000\r\n\r\n"
        );
        let lines = format!("{SUBJECT}\r\n").repeat(octets / (SUBJECT.len() + 2) + 1);
        format!("{header}{lines}").into_bytes()
    };
    [text(10), text(LARGE_OCTETS), text(10)].to_vec()
}

async fn witness(way: Way) -> Witness {
    let wire = Wire::lay(way).await;
    let mut witness = Witness::default();
    for method in ["USER/PASS", "PLAIN"] {
        wire.session(method, &mut witness).await;
    }
    wire.listen(&mut witness);
    println!("{way:?}: {witness:?}");
    assert!(witness.memory_octets > 500_000, "{way:?}: that is no whole memory: {witness:?}");
    let carried = 2 * LARGE_OCTETS;
    let heard = witness.page_side_octets.min(witness.server_side_octets);
    assert!(heard > carried, "{way:?}: {carried} octets of mail were fetched, so something was not heard: {witness:?}");
    let log = wire.bridge.finish().await;
    assert!(found(log.as_bytes()).next().is_none(), "{way:?}: the bridge's log tells");
    witness
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bridge_without_tls_of_its_own_learns_neither_password_nor_subject() {
    for way in [Way::Page, Way::PageStls] {
        let witness = witness(way).await;
        for place in [&witness.memory, &witness.page_side, &witness.server_side] {
            assert!(place.is_empty(), "{way:?}: {witness:?}");
        }
    }
}

/// Without this, the proof above would prove nothing.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_search_finds_both_where_tls_ends_in_the_bridge() {
    let witness = witness(Way::Bridge).await;
    let both: BTreeSet<_> = SECRETS.iter().map(|secret| (*secret).to_owned()).collect();
    assert_eq!(witness.memory, both, "{witness:?}");
    assert_eq!(witness.page_side, both, "{witness:?}");
    assert!(witness.server_side.is_empty(), "there it is TLS: {witness:?}");
}
