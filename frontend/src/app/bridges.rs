//! Which bridge the page talks to: the one that it came from, or, on a site that names others, the one that was chosen.
//! Reads what people write for a bridge. Opens nothing.

use std::net::IpAddr;

use super::{
    hops::{PageOrigin, Protection},
    remembered::Remembered,
};

/// What the site says about bridges. A page that comes out of a bridge says nothing, and talks to that one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BridgesConfig {
    /// Tunnels to choose from, as URLs.
    pub urls: Vec<String>,
    /// The user may name any other one.
    pub any: bool,
}

/// The longest name of a bridge that is taken, in octets.
const BRIDGE_OCTETS_MAX: usize = 512;

/// The path that a bridge without one gets: where `popglass-bridge` listens.
const PATH: &str = "/tunnel";

/// Why something is no bridge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BridgeFault {
    /// Nothing was written.
    Empty,
    /// Not a host name, not a URL.
    Malformed,
    /// A URL, but not one of a WebSocket or of a web server.
    Scheme,
    /// Not encrypted, which a page that came over HTTPS may not use.
    Unencrypted,
}

/// Which bridge is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum BridgeChosen {
    /// The one that the page came from.
    Own,
    /// This tunnel.
    Tunnel(String),
    /// The user has to name one first.
    Unnamed,
}

impl BridgesConfig {
    /// The page was put on a site of its own, and bridges are elsewhere.
    pub(super) fn is_site(&self) -> bool {
        self.any || !self.urls.is_empty()
    }

    /// What is on the list and can be used from a page of this origin, completed; what cannot is left out.
    #[must_use]
    pub fn usable(self, page_origin: &str) -> Self {
        let urls = self.urls.iter().filter_map(|url| complete_bridge(url, page_origin).ok()).collect();
        Self { urls, any: self.any }
    }

    pub(super) fn chosen(&self, wanted: &Remembered, page_origin: &str) -> BridgeChosen {
        if !self.is_site() {
            return BridgeChosen::Own;
        }
        let wanted = wanted.bridge.as_ref().filter(|url| {
            // What this browser kept may be older than the site's list, or than its HTTPS.
            self.urls.contains(url) || self.any && complete_bridge(url, page_origin).as_ref() == Ok(*url)
        });
        wanted.or(self.urls.first()).cloned().map_or(BridgeChosen::Unnamed, BridgeChosen::Tunnel)
    }
}

impl BridgeChosen {
    /// Page and bridge come from different places, as far as a browser can tell.
    pub(super) fn is_elsewhere(&self, page_origin: &str) -> bool {
        match self {
            Self::Own => false,
            Self::Tunnel(url) => origin_of(url).as_deref() != Some(page_origin),
            Self::Unnamed => true,
        }
    }

    /// What keeps strangers out between page and bridge.
    pub(super) fn protection(&self, page: PageOrigin<'_>) -> Protection {
        let (encrypted, local) = match self {
            Self::Own | Self::Unnamed => (page.origin.starts_with("https:"), page.secure),
            Self::Tunnel(url) => (url.starts_with("wss:"), origin_of(url).is_some_and(|origin| is_local(&origin))),
        };
        match (encrypted, local) {
            (true, _) => Protection::Encrypted,
            (false, true) => Protection::Local,
            (false, false) => Protection::Open,
        }
    }
}

/// The tunnel's URL, from what a person writes: `bridge.example`, `https://bridge.example`, or the URL itself. A page that
/// came over HTTPS takes an unencrypted one only on its own computer, as browsers do.
///
/// # Errors
/// It is no bridge, or not one for this page.
pub fn complete_bridge(text: &str, page_origin: &str) -> Result<String, BridgeFault> {
    let text = text.trim();
    if text.is_empty() {
        return Err(BridgeFault::Empty);
    }
    let (scheme, rest) = match text.split_once("://") {
        None => ("wss", text),
        Some((scheme, rest)) if ["wss", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            ("wss", rest)
        }
        Some((scheme, rest)) if ["ws", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => ("ws", rest),
        Some(_) => return Err(BridgeFault::Scheme),
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_written_well = |octet: u8| octet.is_ascii_graphic() && !b"\"'<>\\^`{|}?#@;".contains(&octet);
    if text.len() > BRIDGE_OCTETS_MAX || !rest.bytes().all(is_written_well) || !is_authority(authority) {
        return Err(BridgeFault::Malformed);
    }
    let authority = authority.to_ascii_lowercase();
    if scheme == "ws" && page_origin.starts_with("https:") && !is_local(&format!("http://{authority}")) {
        return Err(BridgeFault::Unencrypted);
    }
    let path = match path.strip_suffix('/') {
        Some(folder) => format!("{folder}{PATH}"),
        None if path.is_empty() => PATH.to_owned(),
        None => path.to_owned(),
    };
    Ok(format!("{scheme}://{authority}{path}"))
}

/// A host name or an IP literal, perhaps with a port.
fn is_authority(authority: &str) -> bool {
    let (host, port) = split_port(authority);
    let is_host = match host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        Some(literal) => literal.parse::<std::net::Ipv6Addr>().is_ok(),
        None => {
            let is_letter = |octet: u8| octet.is_ascii_alphanumeric() || octet == b'-' || octet == b'_';
            host.split('.').all(|label| !label.is_empty() && label.bytes().all(is_letter))
        }
    };
    is_host && port.is_none_or(|port| port.parse::<u16>().is_ok_and(|port| port > 0))
}

fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    }
}

/// The origin of the web server behind a tunnel, as a browser writes it: without the port that goes without saying.
fn origin_of(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    let (scheme, port_unsaid) = match scheme {
        "wss" => ("https", "443"),
        "ws" => ("http", "80"),
        _ => return None,
    };
    let authority = match split_port(authority) {
        (host, Some(port)) if port == port_unsaid => host,
        (_, Some(_) | None) => authority,
    };
    Some(format!("{scheme}://{authority}"))
}

fn is_local(origin: &str) -> bool {
    let authority = origin.split_once("://").map_or(origin, |(_, authority)| authority);
    let (host, _) = split_port(authority);
    is_loopback(host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host))
}

/// The host is the computer itself, whichever name and server anybody gives it: 127.0.0.0/8, `::1`, `localhost`.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{BridgeChosen, BridgeFault, PageOrigin, Protection, complete_bridge, is_loopback};

    #[test]
    fn what_people_write_becomes_the_url_of_a_tunnel() {
        const HTTPS: &str = "https://site.example";
        const HTTP: &str = "http://site.example";
        let ok = |url: &str| Ok(url.to_owned());
        for (text, page, expected) in [
            ("bridge.example", HTTPS, ok("wss://bridge.example/tunnel")),
            ("  https://Bridge.Example/ ", HTTPS, ok("wss://bridge.example/tunnel")),
            ("https://bridge.example:8443", HTTPS, ok("wss://bridge.example:8443/tunnel")),
            ("https://bridge.example/mail/", HTTPS, ok("wss://bridge.example/mail/tunnel")),
            ("wss://bridge.example/other", HTTPS, ok("wss://bridge.example/other")),
            ("WSS://bridge.example", HTTPS, ok("wss://bridge.example/tunnel")),
            ("[2001:db8::1]:8443", HTTPS, ok("wss://[2001:db8::1]:8443/tunnel")),
            ("ws://127.0.0.1:8995/tunnel", HTTPS, ok("ws://127.0.0.1:8995/tunnel")),
            ("http://localhost:8995", HTTPS, ok("ws://localhost:8995/tunnel")),
            ("ws://[::1]:8995", HTTPS, ok("ws://[::1]:8995/tunnel")),
            ("ws://bridge.example", HTTP, ok("ws://bridge.example/tunnel")),
            ("ws://bridge.example", HTTPS, Err(BridgeFault::Unencrypted)),
            ("ws://127.0.0.1.example", HTTPS, Err(BridgeFault::Unencrypted)),
            ("", HTTPS, Err(BridgeFault::Empty)),
            ("   ", HTTPS, Err(BridgeFault::Empty)),
            ("ftp://bridge.example", HTTPS, Err(BridgeFault::Scheme)),
            ("javascript://bridge.example", HTTPS, Err(BridgeFault::Scheme)),
            ("bridge example", HTTPS, Err(BridgeFault::Malformed)),
            ("https://", HTTPS, Err(BridgeFault::Malformed)),
            ("wss://me@bridge.example", HTTPS, Err(BridgeFault::Malformed)),
            ("wss://bridge.example/tunnel?x", HTTPS, Err(BridgeFault::Malformed)),
            ("wss://bridge.example#x", HTTPS, Err(BridgeFault::Malformed)),
            ("bridge..example", HTTPS, Err(BridgeFault::Malformed)),
            ("bridge.example:0", HTTPS, Err(BridgeFault::Malformed)),
            ("bridge.example:99999", HTTPS, Err(BridgeFault::Malformed)),
            ("brücke.example", HTTPS, Err(BridgeFault::Malformed)),
            ("[::1", HTTPS, Err(BridgeFault::Malformed)),
        ] {
            assert_eq!(complete_bridge(text, page), expected, "{text:?} on {page}");
        }
        assert_eq!(complete_bridge(&"a".repeat(600), HTTPS), Err(BridgeFault::Malformed));
    }

    #[test]
    fn a_completed_url_stays_as_it_is() {
        for text in ["bridge.example", "https://bridge.example/mail/", "ws://localhost:1/"] {
            let once = complete_bridge(text, "").expect("these are bridges");
            assert_eq!(complete_bridge(&once, ""), Ok(once.clone()));
        }
    }

    #[test]
    fn a_bridge_is_elsewhere_unless_its_origin_is_the_pages() {
        use Protection::{Encrypted, Local, Open};
        for (bridge, page, elsewhere, protection) in [
            ("wss://a.example/tunnel", "https://a.example", false, Encrypted),
            ("wss://a.example:443/tunnel", "https://a.example", false, Encrypted),
            ("wss://a.example:8443/tunnel", "https://a.example", true, Encrypted),
            ("wss://b.example/tunnel", "https://a.example", true, Encrypted),
            ("ws://a.example/tunnel", "http://a.example", false, Open),
            ("ws://a.example:80/tunnel", "http://a.example", false, Open),
            ("ws://127.0.0.1:1/tunnel", "http://127.0.0.1:1", false, Local),
            ("ws://[::1]:1/tunnel", "http://127.0.0.1:1", true, Local),
        ] {
            let chosen = BridgeChosen::Tunnel(bridge.to_owned());
            assert_eq!(chosen.is_elsewhere(page), elsewhere, "{bridge} {page}");
            assert_eq!(chosen.protection(PageOrigin { origin: page, secure: false }), protection, "{bridge}");
        }
        for (origin, secure, protection) in [
            ("https://a.example", true, Encrypted),
            ("http://127.0.0.1:8080", true, Local),
            ("http://a.example", false, Open),
        ] {
            assert!(!BridgeChosen::Own.is_elsewhere(origin));
            assert_eq!(BridgeChosen::Own.protection(PageOrigin { origin, secure }), protection, "{origin}");
        }
    }

    #[test]
    fn only_the_computer_itself_is_loopback() {
        for host in ["127.0.0.1", "127.255.0.9", "::1", "localhost", "LocalHost"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "127.0.0.1.example",
            "localhost.example",
            "xlocalhost",
            "localhost.",
            "128.0.0.1",
            "0.0.0.0",
            "::",
            "::2",
            "::ffff:127.0.0.1",
            "127.1",
            "0177.0.0.1",
            "2130706433",
            "",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
