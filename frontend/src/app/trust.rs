//! Whom the user trusts besides the public authorities, for each server apart, and how much of it this browser keeps.
//! Reads no certificate: names and dates come from the TLS module, which checks them anew before it uses them.

use popglass_protocol::tunnel::{Address, Hello};
use popglass_session::security::{Authority, Bilingual, Told, Trust};

use super::{bridges::is_loopback, remembered::Lines};

/// Servers with trust of their own.
pub const TRUST_SERVERS_MAX: usize = 32;

/// Authorities and pins of one server, together.
pub const TRUST_ENTRIES_MAX: usize = 16;

/// All certificates that are kept, together, in octets of base64: far below what a browser lets a site keep.
pub const TRUST_OCTETS_MAX: usize = 256 * 1024;

/// The longest text that is read for certificates, in octets: a list of all public authorities is about 230,000.
pub const AUTHORITY_TEXT_OCTETS_MAX: usize = 512 * 1024;

/// SHA-256, in hexadecimal.
const PIN_OCTETS: usize = 64;

/// What is trusted for each server, by its host and port.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustKept(Vec<ServerTrust>);

/// What is trusted for one server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct ServerTrust {
    server: String,
    authorities: Vec<Authority>,
    pins: Vec<String>,
}

/// One thing that is trusted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustEntry {
    /// An authority that the user added.
    Authority(Authority),
    /// The SHA-256 of a certificate that the user accepted.
    Pin(String),
    /// The authority of the bridge's demo server.
    Demo,
}

/// Why no authority was added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustError {
    /// The TLS module found nothing to trust in it.
    Told(Bilingual<Told>),
    /// The TLS module could not be loaded.
    TlsMissing,
    /// Nothing was given.
    Empty,
    /// The text is longer than [`AUTHORITY_TEXT_OCTETS_MAX`].
    TooLong,
    /// There is no room for more.
    Full,
}

/// There is no room for more; nothing was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

impl TrustKept {
    /// Adds authorities for a server, each once.
    pub(super) fn add_authorities(&mut self, server: &Address, authorities: Vec<Authority>) -> Result<(), Full> {
        self.add(server, |trust| {
            for authority in authorities {
                if !trust.authorities.iter().any(|known| known.der == authority.der) {
                    trust.authorities.push(authority);
                }
            }
        })
    }

    /// Adds the SHA-256 of a server's certificate.
    pub(super) fn add_pin(&mut self, server: &Address, pin: String) -> Result<(), Full> {
        self.add(server, |trust| {
            if !trust.pins.contains(&pin) {
                trust.pins.push(pin);
            }
        })
    }

    fn add(&mut self, server: &Address, change: impl FnOnce(&mut ServerTrust)) -> Result<(), Full> {
        let mut changed = self.clone();
        let server = server.to_string();
        let mut trust = match changed.0.iter().position(|trust| trust.server == server) {
            Some(place) => changed.0.remove(place),
            None => ServerTrust { server, ..ServerTrust::default() },
        };
        change(&mut trust);
        changed.0.push(trust);
        let fits = changed.0.len() <= TRUST_SERVERS_MAX
            && changed.0.iter().all(|trust| trust.entries() <= TRUST_ENTRIES_MAX)
            && changed.0.iter().map(ServerTrust::octets).sum::<usize>() <= TRUST_OCTETS_MAX;
        if fits {
            *self = changed;
        }
        fits.then_some(()).ok_or(Full)
    }

    /// A server, and then what is trusted for it.
    pub(super) fn write(&self, lines: &mut Lines) {
        for trust in &self.0 {
            lines.add("server", &trust.server);
            for Authority { name, der, not_after_ms } in &trust.authorities {
                lines.add("authority", &format_args!("{not_after_ms} {der} {name}"));
            }
            for pin in &trust.pins {
                lines.add("pin", pin);
            }
        }
    }

    /// One line of it.
    pub(super) fn read(&mut self, word: &str, value: &str) {
        if word == "server" {
            self.0.push(ServerTrust { server: value.to_owned(), ..ServerTrust::default() });
        }
        let Some(trust) = self.0.last_mut() else { return };
        match word {
            "authority" => trust.authorities.extend(read_authority(value)),
            "pin" if is_pin(value) => trust.pins.push(value.to_owned()),
            _ => {}
        }
    }

    /// Takes one thing back.
    pub(super) fn remove(&mut self, server: &Address, entry: &TrustEntry) {
        let server = server.to_string();
        for trust in self.0.iter_mut().filter(|trust| trust.server == server) {
            match entry {
                TrustEntry::Authority(gone) => trust.authorities.retain(|known| known.der != gone.der),
                TrustEntry::Pin(gone) => trust.pins.retain(|known| known != gone),
                TrustEntry::Demo => {}
            }
        }
        self.leave_out_the_empty();
    }

    /// Servers for which nothing is trusted.
    pub(super) fn leave_out_the_empty(&mut self) {
        self.0.retain(|trust| trust.entries() > 0);
    }

    fn of(&self, server: &Address) -> Option<&ServerTrust> {
        let server = server.to_string();
        self.0.iter().find(|trust| trust.server == server)
    }

    /// Everything that is trusted for this server besides the public authorities.
    pub(super) fn entries(&self, server: &Address, hello: &Hello) -> Vec<TrustEntry> {
        let own = self.of(server).into_iter().flat_map(|trust| {
            let authorities = trust.authorities.iter().cloned().map(TrustEntry::Authority);
            authorities.chain(trust.pins.iter().cloned().map(TrustEntry::Pin))
        });
        demo_authority(server, hello).map(|_| TrustEntry::Demo).into_iter().chain(own).collect()
    }

    /// The same, for the session.
    pub(super) fn trust(&self, server: &Address, hello: &Hello) -> Trust {
        let own = self.of(server);
        Trust {
            authorities: own.into_iter().flat_map(|own| &own.authorities).map(|own| own.der.clone()).collect(),
            pins: own.map(|own| own.pins.clone()).unwrap_or_default(),
            demo: demo_authority(server, hello).map(str::to_owned),
        }
    }
}

fn read_authority(value: &str) -> Option<Authority> {
    let (not_after_ms, value) = value.split_once(' ')?;
    let (der, name) = value.split_once(' ')?;
    Some(Authority { name: name.to_owned(), der: der.to_owned(), not_after_ms: not_after_ms.parse().ok()? })
}

impl ServerTrust {
    fn entries(&self) -> usize {
        self.authorities.len() + self.pins.len()
    }

    fn octets(&self) -> usize {
        let authorities = self.authorities.iter().map(|authority| authority.name.len() + authority.der.len());
        self.server.len() + authorities.sum::<usize>() + self.pins.iter().map(String::len).sum::<usize>()
    }
}

/// The demo's authority, for a server on the bridge's own computer alone: whoever runs a bridge may claim a demo, and could
/// with its authority pose as every other server.
fn demo_authority<'hello>(server: &Address, hello: &'hello Hello) -> Option<&'hello str> {
    hello.demo.as_ref().filter(|_| is_loopback(&server.host)).map(|demo| demo.authority.as_str())
}

/// A pin has one way to be written.
pub(super) fn is_pin(pin: &str) -> bool {
    pin.len() == PIN_OCTETS && pin.bytes().all(|octet| matches!(octet, b'0'..=b'9' | b'a'..=b'f'))
}

/// A fingerprint as people compare it: pairs in capitals, with colons between.
#[must_use]
pub fn fingerprint(pin: &str) -> String {
    let mut written = String::with_capacity(pin.len() * 3 / 2);
    for (place, letter) in pin.chars().enumerate() {
        if place > 0 && place % 2 == 0 {
            written.push(':');
        }
        written.push(letter.to_ascii_uppercase());
    }
    written
}

#[cfg(test)]
mod tests {
    use popglass_protocol::tunnel::Address;
    use popglass_session::security::Authority;

    use super::{Full, TRUST_ENTRIES_MAX, TRUST_OCTETS_MAX, TRUST_SERVERS_MAX, TrustKept, fingerprint, is_pin};

    fn server(port: usize) -> Address {
        Address { host: "mail.example".into(), port: u16::try_from(port).expect("tests use small numbers") }
    }

    fn authority(name: &str, octets: usize) -> Authority {
        Authority { name: name.into(), der: format!("{name}{}", "A".repeat(octets)), not_after_ms: 0 }
    }

    #[test]
    fn what_is_kept_has_an_end_and_what_does_not_fit_changes_nothing() {
        let mut kept = TrustKept::default();
        for entry in 0..TRUST_ENTRIES_MAX {
            assert_eq!(kept.add_pin(&server(1), format!("{entry:064x}")), Ok(()));
        }
        let before = kept.clone();
        assert_eq!(kept.add_pin(&server(1), "f".repeat(64)), Err(Full));
        assert_eq!(kept.add_authorities(&server(2), vec![authority("large", TRUST_OCTETS_MAX)]), Err(Full));
        let many = (0..=TRUST_ENTRIES_MAX).map(|entry| authority(&entry.to_string(), 1)).collect();
        assert_eq!(kept.add_authorities(&server(2), many), Err(Full), "all or none");
        assert_eq!(kept, before);
        for port in 2..=TRUST_SERVERS_MAX {
            assert_eq!(kept.add_pin(&server(port), "a".repeat(64)), Ok(()));
        }
        assert_eq!(kept.add_pin(&server(TRUST_SERVERS_MAX + 1), "a".repeat(64)), Err(Full));
        assert_eq!(kept.add_pin(&server(1), format!("{:064x}", 1)), Ok(()), "what is there already needs no room");
    }

    #[test]
    fn a_pin_is_a_fingerprint_in_small_letters() {
        for (pin, expected) in [
            ("0123456789abcdef".repeat(4), true),
            ("0123456789ABCDEF".repeat(4), false),
            ("0123456789abcdef".repeat(3), false),
            (String::new(), false),
            ("g".repeat(64), false),
        ] {
            assert_eq!(is_pin(&pin), expected, "{pin}");
        }
        assert_eq!(fingerprint("0aff10"), "0A:FF:10");
    }
}
