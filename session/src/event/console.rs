//! What the page is told of lines that are held, and of typed ones that were not sent. Knows no session.

use popglass_protocol::transcript::Direction;
#[cfg(doc)]
use popglass_protocol::transcript::Line;
use serde::{Deserialize, Serialize};

/// A line that is held: from the client before it is sent, from the server before it is taken in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldLine {
    /// Who says it.
    pub direction: Direction,
    /// The text, redacted and shortened like [`Line::text`].
    pub text: String,
    /// It goes on with the lines behind it, up to the end of a multi-line response whose first
    /// [`popglass_protocol::limits::TRANSCRIPT_BODY_LINES_MAX`] lines have passed: the transcript shows no more of them,
    /// and nobody wants to step through ten thousand.
    pub rest_of_body: bool,
    /// Whole lines that wait behind it, either way.
    pub waiting: usize,
}

/// Why a typed line was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineFault {
    /// With CRLF it would be longer than a command line may be (RFC 2449 §4), or a response in a SASL exchange.
    TooLong {
        /// So many octets it would have.
        octets: u64,
        /// So many it may have.
        octets_max: u64,
    },
    /// It holds CR, LF or NUL: CR and LF would end it and begin another (RFC 1939 §3), NUL is not allowed either.
    ControlCharacter,
    /// There is no connection, or it ended before the line's turn came.
    NoConnection,
    /// STLS on a connection in the clear that was opened without a place for TLS in the page: the server may agree, and
    /// then neither side could say anything.
    NoTls,
    /// Too many typed lines wait for their turn ([`popglass_protocol::limits::TYPED_LINES_MAX`]).
    TooMany,
}
