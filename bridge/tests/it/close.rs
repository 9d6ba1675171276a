//! The end of a session, from every side: not one octet is lost. The classic fault of this kind of program.

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use futures_util::{SinkExt as _, StreamExt as _};
use popglass_protocol::tunnel::{CREDIT_OCTETS_FIRST, FailReason, TlsEnds};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    sync::mpsc,
};
use tokio_tungstenite::tungstenite::Message;

use crate::support::{Ended, Page, bridge, echo, plain_bridge, soon, upstream};

const MEBIBYTE: usize = 1024 * 1024;

/// The greeting, then octets of which none is like its neighbours.
fn burst(length: usize) -> Vec<u8> {
    let mut octets = b"+OK\r\n".to_vec();
    octets.extend((octets.len()..length).map(|position| (position.wrapping_mul(2_654_435_761) >> 13) as u8));
    octets
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_sends_before_its_fin_arrives_whole() {
    for (length, granting, rounds) in
        [(CREDIT_OCTETS_FIRST as usize, false, 60), (MEBIBYTE + 77, true, 60), (5, false, 200), (5 * MEBIBYTE, true, 4)]
    {
        let expected = Arc::new(burst(length));
        let served = Arc::clone(&expected);
        let server = upstream(move |mut stream| {
            let octets = Arc::clone(&served);
            async move { stream.write_all(&octets).await.unwrap() }
        })
        .await;
        let running = plain_bridge(server).await;
        for round in 0..rounds {
            let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
            let ended = page.read_to_end(granting).await;
            assert_eq!((ended.code, ended.reason), (1000, None), "{length} octets, round {round}");
            assert!(ended.octets == *expected, "{length} octets, round {round}: {} arrived", ended.octets.len());
        }
    }
}

/// A server that greets with `greeting` and tells what it was sent until the page's FIN, and whether it was a FIN.
async fn recorder(greeting: Vec<u8>) -> (SocketAddr, mpsc::UnboundedReceiver<(Vec<u8>, bool)>) {
    let (record, recorded) = mpsc::unbounded_channel();
    let server = upstream(move |mut stream| {
        let (record, greeting) = (record.clone(), greeting.clone());
        async move {
            let (mut reader, mut writer) = stream.split();
            let mut octets = Vec::new();
            let (_, read) = tokio::join!(writer.write_all(&greeting), reader.read_to_end(&mut octets));
            record.send((octets, read.is_ok())).unwrap();
        }
    })
    .await;
    (server, recorded)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_page_sends_before_it_leaves_arrives_whole() {
    #[derive(Debug, Clone, Copy)]
    enum Leaving {
        WithClose,
        Abruptly,
    }
    // The second server is in the middle of a message: its octets, unread, must not turn our FIN into a reset.
    for (greeting, rounds) in [(5, 150), (3 * MEBIBYTE, 30)] {
        let (server, mut recorded) = recorder(burst(greeting)).await;
        let running = plain_bridge(server).await;
        for leaving in [Leaving::WithClose, Leaving::Abruptly] {
            for round in 0..rounds {
                let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
                page.read_octets(5).await;
                page.send_octets(b"DELE 1\r\n").await;
                page.send_octets(b"QUIT\r\n").await;
                if matches!(leaving, Leaving::WithClose) {
                    page.socket.send(Message::Close(None)).await.unwrap();
                }
                drop(page);
                let (octets, was_fin) = soon(recorded.recv()).await.unwrap();
                assert_eq!(
                    (String::from_utf8_lossy(&octets).as_ref(), was_fin),
                    ("DELE 1\r\nQUIT\r\n", true),
                    "{leaving:?}, round {round}, greeting of {greeting}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_page_that_closes_is_answered_and_the_server_hears_no_quit_of_ours() {
    let (server, mut recorded) = recorder(b"+OK\r\n".to_vec()).await;
    let running = plain_bridge(server).await;
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    page.read_octets(5).await;
    page.socket.send(Message::Close(None)).await.unwrap();
    let answer = soon(page.socket.next()).await.unwrap().unwrap();
    assert!(answer.is_close(), "{answer:?}");
    assert_eq!(soon(recorded.recv()).await.unwrap(), (Vec::new(), true));
}

#[tokio::test]
async fn a_reset_is_told_from_an_end() {
    let server = upstream(|mut stream| async move {
        stream.write_all(b"+OK\r\n").await.unwrap();
        let mut command = [0; 6];
        stream.read_exact(&mut command).await.unwrap();
        stream.set_zero_linger().unwrap();
    })
    .await;
    let running = plain_bridge(server).await;
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    page.read_octets(5).await;
    page.send_octets(b"STAT\r\n").await;
    let ended = page.read_to_end(true).await;
    assert_eq!(ended, Ended { octets: Vec::new(), reason: Some(FailReason::UpstreamReset), code: 4499 });
}

#[tokio::test]
async fn a_server_is_read_no_further_than_the_page_grants() {
    const WHOLE: usize = 64 * MEBIBYTE;
    let sent = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&sent);
    let server = upstream(move |mut stream| {
        let counter = Arc::clone(&counter);
        async move {
            let octets = burst(WHOLE);
            for piece in octets.chunks(64 * 1024) {
                if stream.write_all(piece).await.is_err() {
                    return;
                }
                counter.fetch_add(piece.len(), Ordering::Relaxed);
            }
        }
    })
    .await;
    let running = plain_bridge(server).await;
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    let expected = burst(2 * MEBIBYTE);
    let mut octets = page.read_octets(CREDIT_OCTETS_FIRST as usize).await;
    for granted in [0, 1, 100, 20_000, 0] {
        if granted > 0 {
            page.grant(granted).await;
            octets.extend(page.read_octets(granted as usize).await);
        }
        // The answer to a ping comes behind whatever the bridge had still to send.
        for _ in 0..20 {
            page.socket.send(Message::Ping(Vec::new().into())).await.unwrap();
            let answer = soon(page.socket.next()).await.unwrap().unwrap();
            assert!(answer.is_pong(), "octets came without credit: {} of them", answer.len());
        }
    }
    assert_eq!(octets.len(), CREDIT_OCTETS_FIRST as usize + 20_101);
    assert!(octets == expected[..octets.len()], "the octets are the server's, in order");
    assert!(sent.load(Ordering::Relaxed) < WHOLE / 2, "what was not granted stays with the server");
}

#[tokio::test]
async fn a_session_in_which_nothing_moves_is_ended() {
    let server = upstream(echo).await;
    let running = bridge(&[format!("{server},plain")], |config| {
        config.bounds.idle_timeout = Duration::from_millis(200);
    })
    .await;
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    let ended = page.read_to_end(true).await;
    assert_eq!(ended, Ended { octets: b"+OK\r\n".to_vec(), reason: Some(FailReason::Idle), code: 4408 });
}

#[tokio::test]
async fn a_page_that_does_not_answer_pings_is_given_up() {
    let (server, mut recorded) = recorder(b"+OK\r\n".to_vec()).await;
    let interval = Duration::from_millis(100);
    let running = bridge(&[format!("{server},plain")], |config| config.bounds.ping_interval = interval).await;

    // Answers, since reading does: alive after many more pings than may be missed.
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    page.read_octets(5).await;
    for _ in 0..8 {
        let message = soon(page.socket.next()).await.unwrap().unwrap();
        assert!(message.is_ping(), "{message:?}");
    }
    page.send_octets(b"NOOP\r\n").await;
    page.socket.send(Message::Close(None)).await.unwrap();
    assert_eq!(soon(recorded.recv()).await.unwrap(), (b"NOOP\r\n".to_vec(), true));

    // Does not read, so does not answer.
    let (page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    assert_eq!(soon(recorded.recv()).await.unwrap(), (Vec::new(), true));
    drop(page);
}

#[tokio::test]
async fn the_end_of_the_bridge_is_told_to_every_page() {
    let (server, mut recorded) = recorder(b"+OK\r\n".to_vec()).await;
    let running = bridge(&[format!("{server},plain")], |config| config.bounds.grace = Duration::from_millis(300)).await;
    let (mut waiting, _) = Page::connect(running.address).await;
    let (mut relaying, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    relaying.read_octets(5).await;
    running.stop.send(()).unwrap();
    let expected = Ended { octets: Vec::new(), reason: Some(FailReason::ShuttingDown), code: 1001 };
    assert_eq!(waiting.read_to_end(false).await, expected);
    // Still in its grace: a QUIT said now is heard.
    relaying.send_octets(b"QUIT\r\n").await;
    assert_eq!(relaying.read_to_end(false).await, expected);
    assert_eq!(soon(recorded.recv()).await.unwrap(), (b"QUIT\r\n".to_vec(), true));
    soon(running.task).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_bridge_whose_sessions_have_ended_waits_for_nothing() {
    let server = upstream(echo).await;
    let running = bridge(&[format!("{server},plain")], |config| config.bounds.grace = Duration::from_secs(3600)).await;
    let (mut page, _) = Page::open(running.address, &server.to_string(), TlsEnds::Nowhere).await;
    running.stop.send(()).unwrap();
    page.socket.send(Message::Close(None)).await.unwrap();
    drop(page);
    soon(running.task).await.unwrap().unwrap();
}
