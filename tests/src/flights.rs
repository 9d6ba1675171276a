//! Round trips of one WebSocket connection, read off what a delaying proxy has seen. Knows WebSocket frames
//! (RFC 6455 §5.2), and of Popglass only that `open` starts a session and `credit` waits for no answer.

use std::time::{Duration, SystemTime};

use crate::chaos::{Piece, Way};

/// A frame, with the time at which its last octet came in at the proxy.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Which way it goes.
    pub way: Way,
    /// When the proxy had read all of it.
    pub at: SystemTime,
    /// It is a text frame, a control message of the tunnel.
    pub text: bool,
    /// Its payload, unmasked.
    pub payload: Vec<u8>,
}

/// The frames of the connection in which the page asked the bridge to dial, from that request on.
#[must_use]
pub fn session(pieces: &[Piece]) -> Option<Vec<Frame>> {
    let connections = pieces.iter().map(|piece| piece.connection).max()?;
    (0..=connections).find_map(|connection| {
        let mut frames = [Way::Up, Way::Down].map(|way| frames(pieces, connection, way)).concat();
        frames.sort_by_key(|frame| frame.at);
        let opened = frames.iter().position(|frame| frame.way == Way::Up && is_message(frame, "open"))?;
        Some(frames.split_off(opened))
    })
}

/// What was inside the WebSocket frames of every connection, one after the other, unmasked.
#[must_use]
pub fn payloads(pieces: &[Piece], way: Way) -> Vec<u8> {
    let connections = pieces.iter().map(|piece| piece.connection).max().map_or(0, |last| last + 1);
    (0..connections).flat_map(|connection| frames(pieces, connection, way)).flat_map(|frame| frame.payload).collect()
}

/// How many times the page had to wait for the other side before it knew what it knew at `until`.
///
/// What the page sends belongs to the round after the last answer that it has seen; what comes back belongs to the
/// round of the last request that the bridge has seen.
#[must_use]
pub fn round_trips(frames: &[Frame], delay: Duration, until: SystemTime) -> u32 {
    let mut rounds: Vec<(&Frame, u32)> = Vec::new();
    for frame in frames.iter().filter(|frame| !is_message(frame, "credit")) {
        let seen = rounds
            .iter()
            .filter(|(earlier, _)| earlier.way != frame.way && earlier.at + delay <= frame.at)
            .map(|(_, round)| *round)
            .max()
            .unwrap_or(0);
        rounds.push((frame, if frame.way == Way::Up { seen + 1 } else { seen }));
    }
    rounds
        .iter()
        .filter(|(frame, _)| frame.way == Way::Down && frame.at + delay <= until)
        .map(|(_, round)| *round)
        .max()
        .unwrap_or(0)
}

fn is_message(frame: &Frame, kind: &str) -> bool {
    frame.text
        && serde_json::from_slice::<serde_json::Value>(&frame.payload).is_ok_and(|message| message["type"] == kind)
}

/// One way of one connection as frames; nothing if it is not a WebSocket.
fn frames(pieces: &[Piece], connection: usize, way: Way) -> Vec<Frame> {
    let mut stream: Vec<u8> = Vec::new();
    let mut frames = Vec::new();
    let mut upgraded = false;
    for piece in pieces.iter().filter(|piece| piece.connection == connection && piece.way == way) {
        stream.extend(&piece.octets);
        if !upgraded {
            let Some(end) = stream.windows(4).position(|window| window == b"\r\n\r\n") else { continue };
            let head = String::from_utf8_lossy(&stream[..end]).to_ascii_lowercase();
            if !head.contains("\r\nupgrade: websocket") {
                return Vec::new();
            }
            stream.drain(..end + 4);
            upgraded = true;
        }
        while let Some((frame, length)) = first_frame(&stream, way, piece.at) {
            stream.drain(..length);
            frames.push(frame);
        }
    }
    frames
}

/// The frame at the beginning and how many octets it takes; nothing if it is not complete.
fn first_frame(stream: &[u8], way: Way, at: SystemTime) -> Option<(Frame, usize)> {
    let masked = stream.get(1)? & 0x80 != 0;
    let (length, mut header) = match stream[1] & 0x7F {
        126 => (usize::from(u16::from_be_bytes(stream.get(2..4)?.try_into().ok()?)), 4),
        127 => (usize::try_from(u64::from_be_bytes(stream.get(2..10)?.try_into().ok()?)).ok()?, 10),
        short => (usize::from(short), 2),
    };
    let mask = if masked { stream.get(header..header + 4)? } else { &[0; 4] };
    header += if masked { 4 } else { 0 };
    let payload = stream.get(header..header + length)?;
    let payload = payload.iter().zip(mask.iter().cycle()).map(|(octet, mask)| octet ^ mask).collect();
    Some((Frame { way, at, text: stream[0] & 0x0F == 1, payload }, header + length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELAY: Duration = Duration::from_millis(50);

    fn frame(way: Way, at_ms: u64) -> Frame {
        Frame { way, at: SystemTime::UNIX_EPOCH + Duration::from_millis(at_ms), text: false, payload: Vec::new() }
    }

    #[test]
    fn a_round_trip_is_a_wait_and_not_a_frame() {
        type Case = (&'static [(Way, u64)], u64, u32);
        // (what passes, when it is looked at, how many waits)
        let cases: [Case; 5] = [
            (&[(Way::Up, 0), (Way::Down, 50)], 100, 1),
            (&[(Way::Up, 0), (Way::Down, 50)], 99, 0),
            // Two requests before any answer: one wait.
            (&[(Way::Up, 0), (Way::Up, 10), (Way::Down, 50), (Way::Down, 60)], 110, 1),
            (&[(Way::Up, 0), (Way::Down, 50), (Way::Up, 100), (Way::Down, 150)], 200, 2),
            // The answer crosses a later request.
            (&[(Way::Up, 0), (Way::Up, 20), (Way::Down, 50), (Way::Up, 100), (Way::Down, 120)], 170, 1),
        ];
        for (passed, until_ms, expected) in cases {
            let frames: Vec<Frame> = passed.iter().map(|&(way, at)| frame(way, at)).collect();
            let until = SystemTime::UNIX_EPOCH + Duration::from_millis(until_ms);
            assert_eq!(round_trips(&frames, DELAY, until), expected, "{passed:?}");
        }
    }

    #[test]
    fn frames_are_read_whatever_the_cut() {
        let mut stream = b"GET /tunnel HTTP/1.1\r\nUpgrade: websocket\r\n\r\n".to_vec();
        let text = br#"{"type":"open"}"#;
        stream.extend([0x81, 0x80 | u8::try_from(text.len()).unwrap(), 1, 2, 3, 4]);
        stream.extend(text.iter().zip([1, 2, 3, 4].iter().cycle()).map(|(octet, mask)| octet ^ mask));
        stream.extend([0x82, 126, 0x01, 0x00]);
        stream.extend([7; 256]);
        for cut in 0..stream.len() {
            let piece = |octets: &[u8]| Piece {
                connection: 0,
                way: Way::Up,
                at: SystemTime::UNIX_EPOCH,
                octets: octets.to_vec(),
            };
            let frames = session(&[piece(&stream[..cut]), piece(&stream[cut..])]).unwrap();
            assert_eq!(frames.len(), 2);
            assert_eq!(frames[0].payload, text);
            assert_eq!(frames[1].payload, [7; 256]);
            let payloads = payloads(&[piece(&stream[..cut]), piece(&stream[cut..])], Way::Up);
            assert_eq!(payloads, [text.as_slice(), &[7; 256]].concat());
        }
    }
}
