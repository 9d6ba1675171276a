//! Which pages may use the bridge: origins, compared exactly. WebSockets know no CORS, so without this any page in the
//! visitor's browser could use his bridge. Knows nothing of requests: `server.rs` brings the headers' text.

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
};

/// An origin as a browser writes it: scheme, host, and the port unless it is the scheme's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    secure: bool,
    authority: String,
}

impl Origin {
    /// Reads what an operator wrote, such as `https://mail.example.org`.
    ///
    /// # Errors
    /// Says what is wrong with it, for people.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (secure, rest) = match text.split_once("://") {
            Some(("http", rest)) => (false, rest),
            Some(("https", rest)) => (true, rest),
            _ => return Err(format!("origin {text:?} must begin with http:// or https://")),
        };
        if rest.contains(['/', '?', '#', '@', '*']) {
            return Err(format!("origin {text:?} must be scheme, host and port alone, with nothing behind them"));
        }
        let default_port = if secure { 443 } else { 80 };
        let authority =
            if rest.ends_with(']') || !rest.contains(':') { format!("{rest}:{default_port}") } else { rest.to_owned() };
        let address = parse_address(&authority).map_err(|reason| format!("origin {text:?}: {reason}"))?;
        let mut authority = address.to_string();
        if address.port == default_port {
            authority.truncate(authority.len() - format!(":{default_port}").len());
        }
        Ok(Self { secure, authority })
    }

    /// The pages that the bridge serves itself where it listens on loopback; elsewhere it cannot know its names.
    #[must_use]
    pub fn own(listen: SocketAddr) -> Vec<Self> {
        if !listen.ip().is_loopback() {
            return Vec::new();
        }
        let names = [SocketAddr::new(listen.ip(), listen.port()).to_string(), format!("localhost:{}", listen.port())];
        names.iter().map(|name| Self::parse(&format!("http://{name}")).expect("an address is an authority")).collect()
    }

    /// Host and port, as the `Host` header names them.
    #[must_use]
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Where this origin's WebSockets go.
    #[must_use]
    pub fn web_socket(&self) -> String {
        format!("{}://{}", if self.secure { "wss" } else { "ws" }, self.authority)
    }

    /// Whether a request's `Origin` header is this origin. Browsers write it in one way only, so octets decide.
    #[must_use]
    pub fn matches(&self, header: &str) -> bool {
        let (scheme, rest) = header.split_once("://").unwrap_or_default();
        scheme == if self.secure { "https" } else { "http" } && rest == self.authority
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.secure { "https" } else { "http" }, self.authority)
    }
}

use popglass_protocol::tunnel::Address;

/// Reads `host:port` or `[IPv6]:port`; a name is lower-cased.
///
/// # Errors
/// Says what is wrong with it, for people.
pub fn parse_address(text: &str) -> Result<Address, String> {
    let (host, port) = text.rsplit_once(':').ok_or_else(|| format!("{text:?} has no port"))?;
    let port = match port.parse::<u16>() {
        Ok(port) if port > 0 && port.to_string() == *text_behind_colon(text) => port,
        _ => return Err(format!("{text:?} has no port from 1 to 65535")),
    };
    Ok(Address { host: parse_host(host).ok_or_else(|| format!("{host:?} is no host name and no IP address"))?, port })
}

fn text_behind_colon(text: &str) -> &str {
    text.rsplit_once(':').map_or("", |(_, port)| port)
}

/// A host name in lower case, an IPv4 address, or an IPv6 address out of its brackets.
fn parse_host(text: &str) -> Option<String> {
    if let Some(literal) = text.strip_prefix('[') {
        let literal = literal.strip_suffix(']')?;
        return literal.parse::<std::net::Ipv6Addr>().ok().map(|address| address.to_string());
    }
    if text.parse::<IpAddr>().is_ok_and(|address| address.is_ipv4()) {
        return Some(text.to_owned());
    }
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|octet| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'_'))
    };
    (text.len() <= 253 && text.split('.').all(label)).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_matches_itself_and_nothing_else() {
        let rows: &[(&str, &str, bool)] = &[
            ("https://mail.example.org", "https://mail.example.org", true),
            ("https://mail.example.org:443", "https://mail.example.org", true),
            ("https://Mail.Example.org", "https://mail.example.org", true),
            ("http://localhost:8110", "http://localhost:8110", true),
            ("http://[::1]:8110", "http://[::1]:8110", true),
            ("http://localhost", "http://localhost", true),
            ("https://mail.example.org", "http://mail.example.org", false),
            ("https://mail.example.org", "https://mail.example.org:8443", false),
            ("https://mail.example.org", "https://mail.example.org.evil.test", false),
            ("https://mail.example.org", "https://evilmail.example.org", false),
            ("https://mail.example.org", "https://mail.example.org/", false),
            ("http://localhost:8110", "http://localhost:81101", false),
            ("http://localhost:8110", "http://127.0.0.1:8110", false),
            ("http://localhost:8110", "null", false),
            ("http://localhost:8110", "", false),
        ];
        for (listed, header, expected) in rows {
            assert_eq!(Origin::parse(listed).unwrap().matches(header), *expected, "{listed} {header}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        let rows = [
            "",
            "*",
            "null",
            "mail.example.org",
            "ftp://a.test",
            "https://",
            "https://*.example.org",
            "https://a.test/",
            "https://u@a.test",
            "https://a.test:0",
            "https://a.test:+443",
            "https://a.test:99999",
            "https://a b.test",
        ];
        for text in rows {
            assert!(Origin::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_address_is_host_and_port() {
        let rows = [
            ("pop.example.org:995", Some(("pop.example.org", 995))),
            ("POP.Example.org:995", Some(("pop.example.org", 995))),
            ("192.0.2.1:110", Some(("192.0.2.1", 110))),
            ("[2001:db8::1]:995", Some(("2001:db8::1", 995))),
            ("2001:db8::1:995", None),
            ("pop.example.org", None),
            ("pop.example.org:", None),
            ("pop.example.org:0", None),
            (":995", None),
            ("pop..example.org:995", None),
            ("pop.example.org.:995", None),
            ("pop/x:995", None),
        ];
        for (text, expected) in rows {
            let expected = expected.map(|(host, port)| Address { host: host.to_owned(), port });
            assert_eq!(parse_address(text).ok(), expected, "{text}");
        }
    }
}
