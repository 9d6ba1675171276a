//! The bridges that a site's page may use, as a person writes them and as the page reads them. Pure.

use serde::Deserialize;
use url::{Host, Url};

/// The path of the tunnel on a bridge (docs/tunnel.md).
const TUNNEL_PATH: &str = "/tunnel";

/// What a site's page may connect to, besides its own origin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bridges {
    /// The tunnels, as WebSocket URLs, in the order in which they are offered.
    pub(crate) tunnels: Vec<String>,
    /// Whether the user may name another one.
    pub(crate) any: bool,
}

/// The settings file of a site.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    bridges: Vec<String>,
    #[serde(default)]
    any_bridge: bool,
}

impl Bridges {
    /// Reads bridges as flags name them.
    ///
    /// # Errors
    /// Says, for people, which is none.
    pub(crate) fn parse<Text: AsRef<str>>(texts: &[Text], any: bool) -> Result<Self, String> {
        let mut tunnels = Vec::new();
        for text in texts {
            let tunnel = tunnel(text.as_ref())?;
            if tunnels.contains(&tunnel) {
                return Err(format!("bridge {tunnel} is named twice"));
            }
            tunnels.push(tunnel);
        }
        Ok(Self { tunnels, any })
    }

    /// Reads the settings file.
    ///
    /// # Errors
    /// Says, for people, what is wrong with it, also an unknown key.
    pub(crate) fn parse_file(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
        Self::parse(&file.bridges, file.any_bridge)
    }

    /// What `connect-src` names besides `'self'`.
    pub(crate) fn sockets(&self) -> Vec<String> {
        if !self.any {
            return self.tunnels.clone();
        }
        // Loopback without TLS only where it was asked for: elsewhere it would let the page feel for local servers.
        let loopback = self.tunnels.iter().any(|tunnel| tunnel.starts_with("ws://"));
        let local: &[&str] = if loopback { &["ws://127.0.0.1:*", "ws://localhost:*"] } else { &[] };
        std::iter::once(&"wss:").chain(local).map(|&source| source.to_owned()).collect()
    }
}

/// `https://host`, `wss://host/path`, and on loopback `http` and `ws`, as the URL of the tunnel.
fn tunnel(text: &str) -> Result<String, String> {
    let refusal = |reason: &str| format!("bridge {text:?} {reason}");
    let url = Url::parse(text).map_err(|_| refusal("is no URL: write https://bridge.example.org"))?;
    let (scheme, is_address) = match url.scheme() {
        "https" => ("wss", true),
        "http" => ("ws", true),
        "wss" => ("wss", false),
        "ws" => ("ws", false),
        _ => return Err(refusal("must begin with https:// or wss://")),
    };
    let host = match url.host() {
        Some(Host::Domain(name)) if is_plain(name, "-_.") => name.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(_)) => return Err(refusal("is an IPv6 address, which a policy cannot name: use a host name")),
        Some(Host::Domain(_)) | None => return Err(refusal("has no host name")),
    };
    if scheme == "ws" && host != "127.0.0.1" && host != "localhost" {
        return Err(refusal(
            "has no TLS, and browsers do not let an https page use it: put a web server with TLS in front of the bridge. \
             Without TLS only 127.0.0.1 and localhost can be named",
        ));
    }
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return Err(refusal("must be scheme, host, port and path alone"));
    }
    let path = match url.path() {
        path if !is_plain(path, "-_.~/") => {
            return Err(refusal("has characters in its path that a policy cannot hold"));
        }
        path if is_address && path != "/" => {
            return Err(refusal("has a path: name the tunnel itself, as wss://host/path"));
        }
        // A folder: the tunnel in it. The page completes what a user names in the same way.
        path => path.strip_suffix('/').map_or(path.to_owned(), |folder| format!("{folder}{TUNNEL_PATH}")),
    };
    let port = url.port().filter(|port| Some(*port) != default_port(scheme));
    Ok(format!("{scheme}://{host}{}{path}", port.map_or(String::new(), |port| format!(":{port}"))))
}

fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "wss" => Some(443),
        "ws" => Some(80),
        _ => None,
    }
}

/// Only letters, digits and these: nothing that means something in a policy or in HTML.
fn is_plain(text: &str, more: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || more.contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bridge_is_named_by_its_address_or_by_its_tunnel() {
        let rows = [
            ("https://a.example", "wss://a.example/tunnel"),
            ("https://A.Example/", "wss://a.example/tunnel"),
            ("https://a.example:443", "wss://a.example/tunnel"),
            ("https://a.example:8443", "wss://a.example:8443/tunnel"),
            ("wss://a.example", "wss://a.example/tunnel"),
            ("wss://a.example/tunnel", "wss://a.example/tunnel"),
            ("wss://a.example/mail/tunnel", "wss://a.example/mail/tunnel"),
            ("wss://a.example/mail/", "wss://a.example/mail/tunnel"),
            ("https://bücher.example", "wss://xn--bcher-kva.example/tunnel"),
            ("https://192.0.2.7", "wss://192.0.2.7/tunnel"),
            ("http://127.0.0.1:8110", "ws://127.0.0.1:8110/tunnel"),
            ("ws://localhost:8110/tunnel", "ws://localhost:8110/tunnel"),
            ("http://localhost:80", "ws://localhost/tunnel"),
        ];
        for (text, expected) in rows {
            assert_eq!(tunnel(text).as_deref(), Ok(expected), "{text}");
            assert_eq!(tunnel(expected).as_deref(), Ok(expected), "what is written can be read again");
        }
    }

    #[test]
    fn what_is_no_bridge_is_refused_with_its_reason() {
        let rows = [
            ("a.example", "is no URL"),
            ("", "is no URL"),
            ("ftp://a.example", "must begin with"),
            ("http://a.example", "has no TLS"),
            ("ws://a.example/tunnel", "has no TLS"),
            ("ws://127.0.0.1.example/tunnel", "has no TLS"),
            ("https://a.example/tunnel", "name the tunnel itself"),
            ("https://[::1]:8110", "IPv6"),
            ("https://user@a.example", "alone"),
            ("wss://a.example/tunnel?x", "alone"),
            ("wss://a.example/tunnel#x", "alone"),
            ("wss://a.example/tun;nel", "in its path"),
            ("wss://a.example/tun%20nel", "in its path"),
            ("wss://a;b.example/", "host name"),
            ("wss://a,b.example/", "host name"),
            ("wss://*.example/", "host name"),
            ("wss://a'b.example/", "host name"),
        ];
        for (text, expected) in rows {
            let refusal = tunnel(text).unwrap_err();
            assert!(refusal.contains(expected), "{text}: {refusal}");
        }
        assert!(Bridges::parse(&["https://a.example", "wss://a.example"], false).unwrap_err().contains("twice"));
    }

    #[test]
    fn the_policy_names_exactly_the_bridges_or_all_with_tls() {
        let check = |texts: &[&str], any, expected: &[&str]| {
            assert_eq!(Bridges::parse(texts, any).unwrap().sockets(), expected, "{texts:?} {any}");
        };
        check(&[], false, &[]);
        check(&["https://a.example", "wss://b.example/x"], false, &["wss://a.example/tunnel", "wss://b.example/x"]);
        check(&["http://127.0.0.1:8110"], false, &["ws://127.0.0.1:8110/tunnel"]);
        check(&["https://a.example"], true, &["wss:"]);
        check(&["http://localhost:8110"], true, &["wss:", "ws://127.0.0.1:*", "ws://localhost:*"]);
    }

    #[test]
    fn the_file_says_the_same_and_nothing_unknown() {
        let file = "bridges = [\"https://a.example\"]\nany_bridge = true\n";
        assert_eq!(Bridges::parse_file(file), Bridges::parse(&["https://a.example"], true));
        for (file, expected) in
            [("bridge = []", "bridge"), ("any_bridge = 1", "any_bridge"), ("bridges = [\"x\"]", "URL")]
        {
            let refusal = Bridges::parse_file(file).unwrap_err();
            assert!(refusal.contains(expected), "{file}: {refusal}");
        }
    }
}
