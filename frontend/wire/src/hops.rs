//! The way of the mail, stop by stop, and what can be read at each: facts for one connection, without a word of any
//! language. It says what `app::hops` of the page draws, in more detail and with strangers on the way.

use popglass_protocol::tunnel::TlsEnds;
use serde::{Deserialize, Serialize};

/// Somewhere on the way, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Place {
    /// The browser's page, which speaks POP3.
    Page,
    /// Whoever listens between page and bridge: in the same Wi-Fi, or at the provider's.
    WifiListener,
    /// The bridge, and who runs it.
    Bridge,
    /// Whoever listens between bridge and mail server.
    NetworkBehind,
    /// The mail server, and who runs it.
    Server,
}

impl Place {
    /// All of them, from page to server.
    pub const ALL: [Self; 5] = [Self::Page, Self::WifiListener, Self::Bridge, Self::NetworkBehind, Self::Server];
}

/// How the page reaches the bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum WayToBridge {
    /// It is on the same computer: nobody is between.
    Local,
    /// WebSocket over TLS (`wss:`).
    Encrypted,
    /// WebSocket in the clear (`ws:`).
    Open,
}

/// What can be read at a place. The addresses of the two ends of that stretch, and when how many octets go which way, are
/// seen everywhere: that is `sizes_and_times`, and it is missing only where there is nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readable {
    /// The password, if it is sent as one (USER/PASS, PLAIN), and every other command.
    pub password: bool,
    /// The mail and everything else that the server says.
    pub mail: bool,
    /// POP3 before STLS: the greeting, the list of capabilities, and that TLS was asked for.
    pub before_tls: bool,
    /// Which mail server it is: from the tunnel's first words, from the name in the ClientHello (RFC 6066 §3), or by its
    /// address.
    pub server_name: bool,
    /// When how many octets go which way.
    pub sizes_and_times: bool,
}

impl Readable {
    /// There is nobody.
    const NOTHING: Self =
        Self { password: false, mail: false, before_tls: false, server_name: false, sizes_and_times: false };
    const ALL: Self = Self { password: true, mail: true, before_tls: true, server_name: true, sizes_and_times: true };
    const SIZES: Self = Self { sizes_and_times: true, ..Self::NOTHING };
    const TLS: Self = Self { server_name: true, ..Self::SIZES };
    const STLS: Self = Self { before_tls: true, ..Self::TLS };

    /// What is seen of a connection to the mail server on a stretch that protects nothing itself.
    fn of_tls(is_plain: bool, tls: TlsEnds) -> Self {
        match tls {
            _ if is_plain => Self::ALL,
            TlsEnds::PageStls => Self::STLS,
            TlsEnds::Page | TlsEnds::Bridge | TlsEnds::Nowhere => Self::TLS,
        }
    }
}

/// What can be read at this place. The page itself must have come unchanged: over HTTPS, or from this computer; if not,
/// whoever brought it could have put in anything, and no row of this table holds.
#[must_use]
pub fn readable(place: Place, tls: TlsEnds, way: WayToBridge) -> Readable {
    match (place, way) {
        (Place::Page | Place::Server, _) => Readable::ALL,
        (Place::WifiListener, WayToBridge::Local) => Readable::NOTHING,
        (Place::WifiListener, WayToBridge::Encrypted) => Readable::SIZES,
        (Place::WifiListener, WayToBridge::Open) | (Place::Bridge, _) => Readable::of_tls(!tls.in_page(), tls),
        (Place::NetworkBehind, _) => match tls {
            TlsEnds::Nowhere => Readable::ALL,
            // The bridge does implicit TLS alone.
            TlsEnds::Page | TlsEnds::PageStls | TlsEnds::Bridge => Readable::of_tls(false, tls),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_what_follows_from_where_tls_ends() {
        use WayToBridge::{Encrypted, Local, Open};
        const N: Readable = Readable::NOTHING;
        const S: Readable = Readable::SIZES;
        const A: Readable = Readable::ALL;
        // Wi-Fi, bridge, network behind it.
        for (tls, way, expected) in [
            (TlsEnds::Nowhere, Open, [A, A, A]),
            (TlsEnds::Nowhere, Encrypted, [S, A, A]),
            (TlsEnds::Nowhere, Local, [N, A, A]),
            (TlsEnds::Bridge, Open, [A, A, Readable::TLS]),
            (TlsEnds::Bridge, Encrypted, [S, A, Readable::TLS]),
            (TlsEnds::Bridge, Local, [N, A, Readable::TLS]),
            (TlsEnds::Page, Open, [Readable::TLS; 3]),
            (TlsEnds::Page, Encrypted, [S, Readable::TLS, Readable::TLS]),
            (TlsEnds::Page, Local, [N, Readable::TLS, Readable::TLS]),
            (TlsEnds::PageStls, Open, [Readable::STLS; 3]),
            (TlsEnds::PageStls, Encrypted, [S, Readable::STLS, Readable::STLS]),
            (TlsEnds::PageStls, Local, [N, Readable::STLS, Readable::STLS]),
        ] {
            let between = [Place::WifiListener, Place::Bridge, Place::NetworkBehind];
            assert_eq!(between.map(|place| readable(place, tls, way)), expected, "{tls:?} {way:?}");
            assert_eq!([Place::Page, Place::Server].map(|place| readable(place, tls, way)), [A, A]);
        }
    }
}
