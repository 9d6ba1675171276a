//! Transcripts as files: text, and packets, read back by etherparse's reading half; tshark reads them in the
//! interoperability tests.

use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use popglass_explain::{POP3_PORT, Talk, as_pcapng, as_text, talks_as_pcapng, words::Language};
use popglass_protocol::{
    command::{CommandName, PASSWORD_MASK},
    deviation::{Deviation, Rule},
    state::State,
    transcript::{Direction, Meaning},
};
use popglass_session::event::{Entry, Item, Note};
use proptest::prelude::*;

use crate::school::{LANGUAGES, asked, line, said};

/// 23 November 2026, 09:31:02.500 UTC.
const BEGIN_MS: u64 = 1_795_426_262_500;

fn entries(items: Vec<Item>) -> Vec<Entry> {
    let entry = |(place, item)| Entry { sequence: place as u64 + 1, at_ms: BEGIN_MS + place as u64, item };
    items.into_iter().enumerate().map(entry).collect()
}

/// A login, a message whose lines are not all kept, and the end; then a second session that is refused.
fn transcript() -> Vec<Entry> {
    let (authorization, transaction) = (State::Authorization, State::Transaction);
    let folded = Meaning::BodyFolded { command: CommandName::Retr, lines: 7 };
    entries(vec![
        Item::Note(Note::SandboxOpened),
        Item::Note(Note::Connected { tls: None }),
        Item::Line(said(State::Greeting, Meaning::Greeting, "+OK hello")),
        Item::Line(asked(authorization, CommandName::User, "USER ada")),
        Item::Line(said(authorization, Meaning::Accepted(CommandName::User), "+OK")),
        Item::Line(asked(State::UserGiven, CommandName::Pass, &format!("PASS {PASSWORD_MASK}"))),
        Item::Line(said(State::UserGiven, Meaning::Accepted(CommandName::Pass), "+OK")),
        Item::Deviation(Deviation::new(Rule::BareLineFeed, b"+OK")),
        Item::Line(asked(transaction, CommandName::Retr, "RETR 1")),
        Item::Line(said(transaction, Meaning::Accepted(CommandName::Retr), "+OK 120 octets")),
        Item::Line(said(transaction, Meaning::Body(CommandName::Retr), "Subject: x")),
        Item::Line(said(transaction, folded, "")),
        Item::Line(said(transaction, Meaning::BodyEnd(CommandName::Retr), ".")),
        Item::Line(asked(transaction, CommandName::Quit, "QUIT")),
        Item::Line(said(transaction, Meaning::Accepted(CommandName::Quit), "+OK bye")),
        Item::Note(Note::ClosedByServer),
        Item::Line(said(State::Greeting, Meaning::GreetingRefused, "-ERR [SYS/TEMP] not now")),
    ])
}

#[test]
fn text_has_a_line_for_every_entry_with_its_time() {
    let text = as_text(Language::En, &transcript());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "Transcript of Popglass, times in UTC");
    assert_eq!(lines[5], "2026-11-23");
    assert_eq!(lines[6], "09:31:02.500 -  the practice server in the page’s memory answers");
    assert_eq!(lines[9], "09:31:02.503 C: USER ada");
    assert_eq!(lines[11], "09:31:02.505 C: PASS ••••••••");
    assert!(lines[13].starts_with("09:31:02.507 !  a line ends in a bare LF"), "{}", lines[13]);
    assert_eq!(lines[17], "09:31:02.511 S: … 7 more lines of the same message, 2 octets, not kept");
    assert_eq!(lines.len(), 6 + transcript().len());
    let german = as_text(Language::De, &transcript());
    assert_eq!(german.lines().count(), lines.len());
    assert!(german.contains("der Übungsserver im Speicher der Seite antwortet"));
}

/// The first port that a client takes for itself (RFC 6335 §6).
const CLIENT_PORT_MIN: u16 = 49_152;

/// A packet as it was read back.
struct Packet {
    at_us: u64,
    server_port: u16,
    client_port: u16,
    from_client: bool,
    sequence: u32,
    acknowledged: u32,
    syn: bool,
    fin: bool,
    octets: Vec<u8>,
}

fn word(octets: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(octets[at..at + 4].try_into().expect("four octets"))
}

/// The packets of a file, with every length, checksum and block looked at.
fn read_back(file: &[u8]) -> Vec<Packet> {
    let (mut at, mut packets, mut kinds) = (0, Vec::new(), Vec::new());
    while at < file.len() {
        let (kind, length) = (word(file, at), word(file, at + 4) as usize);
        assert_eq!(length % 4, 0);
        assert_eq!(word(file, at + length - 4) as usize, length);
        kinds.push(kind);
        if kind == 6 {
            let captured = word(file, at + 20) as usize;
            let at_us = (u64::from(word(file, at + 12)) << 32) | u64::from(word(file, at + 16));
            packets.push(read_packet(at_us, &file[at + 28..at + 28 + captured]));
        }
        at += length;
    }
    assert_eq!(kinds[..2], [0x0A0D_0D0A, 1]);
    packets
}

fn read_packet(at_us: u64, octets: &[u8]) -> Packet {
    let packet = SlicedPacket::from_ethernet(octets).expect("it is a packet");
    let (Some(NetSlice::Ipv4(ip)), Some(TransportSlice::Tcp(tcp))) = (packet.net, packet.transport) else {
        panic!("it is TCP over IP");
    };
    let header = ip.header().to_header();
    assert_eq!(header.header_checksum, header.calc_header_checksum());
    assert_eq!(tcp.to_header().calc_checksum_ipv4(&header, tcp.payload()), Ok(tcp.checksum()));
    let from_client = tcp.destination_port() < CLIENT_PORT_MIN;
    Packet {
        at_us,
        server_port: if from_client { tcp.destination_port() } else { tcp.source_port() },
        client_port: if from_client { tcp.source_port() } else { tcp.destination_port() },
        from_client,
        sequence: tcp.sequence_number(),
        acknowledged: tcp.acknowledgment_number(),
        syn: tcp.syn(),
        fin: tcp.fin(),
        octets: tcp.payload().to_vec(),
    }
}

/// What each side said, by connection; sequence numbers have no gap.
fn streams(packets: &[Packet]) -> Vec<(u16, Vec<u8>, Vec<u8>)> {
    let mut streams: Vec<(u16, Vec<u8>, Vec<u8>)> = Vec::new();
    let mut next = [0_u32; 2];
    for packet in packets {
        if packet.syn && packet.from_client {
            streams.push((packet.client_port, Vec::new(), Vec::new()));
            next = [packet.sequence, 0];
        }
        let stream = streams.last_mut().expect("it began with SYN");
        assert_eq!(stream.0, packet.client_port);
        let (side, said) = if packet.from_client { (0, &mut stream.1) } else { (1, &mut stream.2) };
        if packet.syn && side == 1 {
            next[1] = packet.sequence;
        }
        assert_eq!(packet.sequence, next[side]);
        if !(packet.syn && side == 0) {
            assert_eq!(packet.acknowledged, next[1 - side]);
        }
        next[side] += u32::try_from(packet.octets.len()).expect("it is short") + u32::from(packet.syn || packet.fin);
        said.extend(&packet.octets);
    }
    streams
}

#[test]
fn packets_carry_the_lines_in_connections_of_their_own() {
    let file = as_pcapng(Language::De, &transcript());
    let packets = read_back(&file);
    assert!(packets.is_sorted_by_key(|packet| packet.at_us));
    assert_eq!(packets[0].at_us, (BEGIN_MS + 2) * 1000);
    let streams = streams(&packets);
    assert_eq!(streams.len(), 2);
    assert_ne!(streams[0].0, streams[1].0);
    assert_eq!(String::from_utf8_lossy(&streams[0].1), "USER ada\r\nPASS ••••••••\r\nRETR 1\r\nQUIT\r\n");
    let said = "+OK hello\r\n+OK\r\n+OK\r\n+OK 120 octets\r\nSubject: x\r\n.\r\n+OK bye\r\n";
    assert_eq!(String::from_utf8_lossy(&streams[0].2), said);
    assert_eq!(streams[1].2, b"-ERR [SYS/TEMP] not now\r\n");
    let comment = "7 weitere Zeilen derselben Nachricht";
    assert!(String::from_utf8_lossy(&file).contains(comment), "what is left out is said");
}

#[test]
fn what_follows_stls_is_a_connection_of_its_own_with_a_comment() {
    let authorization = State::Authorization;
    let file = as_pcapng(
        Language::En,
        &entries(vec![
            Item::Line(said(State::Greeting, Meaning::Greeting, "+OK")),
            Item::Line(asked(authorization, CommandName::Stls, "STLS")),
            Item::Line(said(authorization, Meaning::Accepted(CommandName::Stls), "+OK")),
            Item::Line(asked(authorization, CommandName::Capa, "CAPA")),
        ]),
    );
    let streams = streams(&read_back(&file));
    assert_eq!(streams.iter().map(|stream| stream.1.as_slice()).collect::<Vec<_>>(), [&b"STLS\r\n"[..], b"CAPA\r\n"]);
    assert!(String::from_utf8_lossy(&file).contains("travelled encrypted"));
}

#[test]
fn each_talk_goes_to_the_port_of_its_protocol() {
    let closed = State::Closed;
    let talk = |port, hello: &str| Talk {
        port,
        entries: entries(vec![
            Item::Note(Note::SandboxOpened),
            Item::Line(said(closed, Meaning::Unexpected, hello)),
            Item::Line(line(Direction::ClientToServer, closed, Meaning::UnknownCommand, "QUIT")),
        ]),
    };
    let talks = [talk(25, "220 mail.example"), talk(POP3_PORT, "+OK"), talk(143, "* OK ready")];
    let packets = read_back(&talks_as_pcapng(Language::En, &talks));
    let mut ports: Vec<u16> = packets.iter().map(|packet| packet.server_port).collect();
    ports.dedup();
    assert_eq!(ports, [25, POP3_PORT, 143]);
    let streams = streams(&packets);
    assert_eq!(streams.len(), talks.len());
    assert!(streams.iter().all(|stream| stream.1 == b"QUIT\r\n"));
    assert_eq!(streams[0].2, b"220 mail.example\r\n");
}

#[test]
fn nothing_at_all_is_a_file_too() {
    for language in LANGUAGES {
        assert!(read_back(&as_pcapng(language, &[])).is_empty());
        assert!(as_text(language, &[]).lines().count() > 1);
    }
}

proptest! {
    #[test]
    fn any_lines_make_a_file_that_can_be_read(texts in proptest::collection::vec((any::<String>(), any::<bool>()), 0..20)) {
        let mut sent = [Vec::new(), Vec::new()];
        let mut items = Vec::new();
        for (text, client) in texts {
            let carried = [text.as_bytes(), b"\r\n"].concat();
            sent[usize::from(!client)].extend(carried);
            items.push(Item::Line(if client {
                asked(State::Transaction, CommandName::Noop, &text)
            } else {
                said(State::Transaction, Meaning::Body(CommandName::Retr), &text)
            }));
        }
        let streams = streams(&read_back(&as_pcapng(Language::En, &entries(items))));
        prop_assert!(streams.len() <= 1);
        if let Some(stream) = streams.first() {
            prop_assert_eq!(&stream.1, &sent[0]);
            prop_assert_eq!(&stream.2, &sent[1]);
        }
    }
}
