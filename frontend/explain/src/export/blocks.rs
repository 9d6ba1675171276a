//! The blocks of a pcapng file (draft-ietf-opsawg-pcapng): a section, one Ethernet interface, packets with comments.
//! Three kinds of block, written only; the crate that could, pcap-file, has no release of its present form yet. Knows no
//! packet's content.

const SECTION: u32 = 0x0A0D_0D0A;
const INTERFACE: u32 = 1;
const PACKET: u32 = 6;
const BYTE_ORDER: u32 = 0x1A2B_3C4D;
const ETHERNET: u16 = 1;
const OPTION_END: u16 = 0;
const OPTION_COMMENT: u16 = 1;
const OPTION_APPLICATION: u16 = 4;

/// Octets of one option: its length is a number of 16 bits.
const OPTION_OCTETS_MAX: usize = 60_000;

/// A file that grows.
#[derive(Debug)]
pub(super) struct File {
    octets: Vec<u8>,
}

impl File {
    pub(super) fn new(application: &str, comment: &str) -> Self {
        let mut file = Self { octets: Vec::new() };
        let mut section = Vec::new();
        section.extend(BYTE_ORDER.to_le_bytes());
        // Version 1.0, and a length that is not told.
        section.extend([1, 0, 0, 0]);
        section.extend(u64::MAX.to_le_bytes());
        option(&mut section, OPTION_COMMENT, comment);
        option(&mut section, OPTION_APPLICATION, application);
        end_of_options(&mut section);
        file.block(SECTION, &section);
        let mut interface = Vec::new();
        interface.extend(ETHERNET.to_le_bytes());
        // Reserved, and no limit to a packet's length.
        interface.extend([0; 2 + 4]);
        file.block(INTERFACE, &interface);
        file
    }

    /// Adds a packet at a time in microseconds since 1970.
    pub(super) fn packet(&mut self, at_us: u64, packet: &[u8], comments: &[String]) {
        let mut block = Vec::with_capacity(packet.len() + 64);
        block.extend([0; 4]);
        block.extend(&(at_us >> 32).to_le_bytes()[..4]);
        block.extend(&at_us.to_le_bytes()[..4]);
        let octets = length(packet.len()).to_le_bytes();
        block.extend(octets);
        block.extend(octets);
        block.extend(packet);
        pad(&mut block);
        for comment in comments {
            option(&mut block, OPTION_COMMENT, comment);
        }
        if !comments.is_empty() {
            end_of_options(&mut block);
        }
        self.block(PACKET, &block);
    }

    pub(super) fn into_octets(self) -> Vec<u8> {
        self.octets
    }

    fn block(&mut self, kind: u32, body: &[u8]) {
        let octets = length(body.len() + 12).to_le_bytes();
        self.octets.extend(kind.to_le_bytes());
        self.octets.extend(octets);
        self.octets.extend(body);
        self.octets.extend(octets);
    }
}

fn length(octets: usize) -> u32 {
    u32::try_from(octets).expect("a packet has at most as many octets as a segment of TCP")
}

fn option(block: &mut Vec<u8>, code: u16, text: &str) {
    let mut end = text.len().min(OPTION_OCTETS_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let text = text.get(..end).unwrap_or_default();
    block.extend(code.to_le_bytes());
    block.extend(u16::try_from(text.len()).unwrap_or(u16::MAX).to_le_bytes());
    block.extend(text.as_bytes());
    pad(block);
}

fn end_of_options(block: &mut Vec<u8>) {
    block.extend(OPTION_END.to_le_bytes());
    block.extend([0; 2]);
}

/// Everything begins at a multiple of four octets.
fn pad(block: &mut Vec<u8>) {
    block.resize(block.len().next_multiple_of(4), 0);
}
