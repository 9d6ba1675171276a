//! Dot-stuffing: content comes back as it went in, and arbitrary octets mean the same in any reads. Knows no session.

use popglass_protocol::codec::multiline::{Stuffer, Unstuffer};

use crate::cuts::Cuts;

/// Takes the octets as content, then as what stands on the wire.
pub fn run(input: &[u8]) {
    let mut cuts = Cuts::of(input);
    let mut wire = Vec::new();
    let mut stuffer = Stuffer::default();
    for piece in cuts.pieces(input) {
        stuffer.encode(piece, &mut wire);
    }
    stuffer.finish(&mut wire);
    wire.extend_from_slice(b"+OK");
    let there_and_back = unstuff(&mut cuts.pieces(&wire).into_iter(), 1 + cuts.below(40));
    let mut expected = input.to_vec();
    if !input.is_empty() && !input.ends_with(b"\n") {
        expected.extend_from_slice(if input.ends_with(b"\r") { b"\n" } else { b"\r\n" });
    }
    assert!(there_and_back.ended);
    assert_eq!(there_and_back.content, expected);
    assert_eq!(there_and_back.rest, b"+OK");
    assert_eq!(there_and_back.lines, expected.iter().filter(|octet| **octet == b'\n').count() as u64);

    let whole = unstuff(&mut [input].into_iter(), usize::MAX);
    let cut = unstuff(&mut cuts.pieces(input).into_iter(), 1 + cuts.below(40));
    assert_eq!(cut, whole);
    // No octet is lost but dots in front of dots, and what ended the response.
    let dropped = input.len() - whole.rest.len() - whole.content.len();
    assert!(whole.ended || !input.windows(5).any(|window| window == b"\r\n.\r\n"));
    assert!(dropped as u64 <= whole.terminator.len() as u64 + whole.lines + 3);
}

#[derive(Debug, PartialEq)]
struct Unstuffed {
    content: Vec<u8>,
    rest: Vec<u8>,
    ended: bool,
    lines: u64,
    faults: String,
    terminator: &'static [u8],
}

fn unstuff(pieces: &mut dyn Iterator<Item = &[u8]>, out_octets_max: usize) -> Unstuffed {
    let (mut unstuffer, mut content, mut rest, mut ended) = (Unstuffer::default(), Vec::new(), Vec::new(), false);
    for mut piece in pieces {
        while !ended && !piece.is_empty() {
            let before = (content.len(), piece.len());
            ended = unstuffer.decode(&mut piece, &mut content, out_octets_max);
            assert!(content.len() - before.0 <= out_octets_max.saturating_add(2));
            assert!(piece.len() < before.1, "it goes on");
        }
        rest.extend_from_slice(piece);
    }
    assert_eq!(unstuffer.octets(), content.len() as u64);
    let (lines, faults) = (unstuffer.lines(), format!("{:?}", unstuffer.faults()));
    Unstuffed { content, rest, ended, lines, faults, terminator: unstuffer.terminator() }
}
