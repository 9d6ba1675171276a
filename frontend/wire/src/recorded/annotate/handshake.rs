//! The messages of the handshake (RFC 8446 §4).

use popglass_protocol::transcript::Direction;

use super::{Cutter, Part, Who, certificate, extensions};

/// Of both hellos (RFC 8446 §4.1.2).
const RANDOM_OCTETS: usize = 32;

/// One message.
pub(super) fn message(cutter: &mut Cutter<'_>, direction: Direction) -> Option<()> {
    let kind = cutter.octet(Part::MessageType)?;
    let octets = cutter.number(3, |_| Part::MessageLength)?;
    let end = cutter.at() + octets;
    match kind {
        1 => hello(cutter, Who::Client),
        2 => hello(cutter, Who::Server),
        4 => ticket(cutter),
        8 => extensions::all(cutter, Who::Server),
        11 => certificates(cutter),
        15 => {
            cutter.number_16(Part::SignatureScheme)?;
            cutter.opaque(2, Part::SignatureLength, Part::Signature).map(|_| ())
        }
        20 => cutter.take(octets, Part::VerifyData(Who::of(direction))).map(|_| ()),
        _ => cutter.take(octets, Part::Unknown).map(|_| ()),
    }?;
    // A message that is longer than what is known of it.
    if cutter.at() < end {
        cutter.take(end - cutter.at(), Part::Unknown)?;
    }
    Some(())
}

fn hello(cutter: &mut Cutter<'_>, who: Who) -> Option<()> {
    cutter.take(2, Part::LegacyVersion)?;
    cutter.take(RANDOM_OCTETS, Part::Random(who))?;
    cutter.opaque(1, Part::SessionIdLength, Part::SessionId(who))?;
    match who {
        Who::Client => {
            cutter.list(2, Part::SuitesLength, |cutter| cutter.number_16(Part::Suite).map(|_| ()))?;
            cutter.opaque(1, Part::CompressionsLength, Part::Compression)?;
        }
        Who::Server => {
            cutter.number_16(Part::SuiteChosen)?;
            cutter.take(1, Part::Compression)?;
        }
    }
    extensions::all(cutter, who)
}

/// RFC 8446 §4.4.2.
fn certificates(cutter: &mut Cutter<'_>) -> Option<()> {
    cutter.opaque(1, Part::ContextLength, Part::Context)?;
    cutter.list(3, Part::CertificatesLength, |cutter| {
        let octets = cutter.number(3, |_| Part::CertificateLength)?;
        certificate::cut(cutter, octets)?;
        extensions::all(cutter, Who::Server)
    })
}

/// RFC 8446 §4.6.1.
fn ticket(cutter: &mut Cutter<'_>) -> Option<()> {
    cutter.take(4, Part::TicketLifetime)?;
    cutter.take(4, Part::TicketAgeAdd)?;
    cutter.opaque(1, Part::TicketNonceLength, Part::TicketNonce)?;
    cutter.opaque(2, Part::TicketLength, Part::Ticket)?;
    extensions::all(cutter, Who::Server)
}
