//! Which servers may be dialled. Pure: no resolver, no socket. Only this module can make an [`Approved`], and
//! `dial.rs` takes nothing else.

use std::net::{IpAddr, SocketAddr};

use popglass_protocol::tunnel::{Address, Target, TlsEnds};

use crate::address::{Reach, reach};

/// Whose word is taken for a server's certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    /// The system's roots and the operator's CA file.
    Operator,
    /// The demo's own CA, made at start, and it alone.
    Demo,
}

/// One line of the operator's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Host and port, compared exactly.
    pub address: Address,
    /// Where TLS may end, best first.
    pub modes: Vec<TlsEnds>,
    /// Whether the name may stand for a private address.
    pub allow_private: bool,
    /// Who vouches for its certificate.
    pub trust: Trust,
}

/// The operator's whole list. What is not on it is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Policy {
    rules: Vec<Rule>,
}

impl Policy {
    /// Takes the list.
    ///
    /// # Errors
    /// Says, for people, which line contradicts itself or another.
    pub fn new(rules: Vec<Rule>) -> Result<Self, String> {
        let mut policy = Self::default();
        for rule in rules {
            policy.add(rule)?;
        }
        Ok(policy)
    }

    /// Takes one more line.
    ///
    /// # Errors
    /// Says, for people, what it contradicts.
    pub fn add(&mut self, rule: Rule) -> Result<(), String> {
        let address = &rule.address;
        if rule.modes.is_empty() {
            return Err(format!("target {address} has no security: say page, stls, tls or plain"));
        }
        let at_once = |mode: &TlsEnds| matches!(mode, TlsEnds::Page | TlsEnds::Bridge);
        if rule.modes.iter().any(at_once) && !rule.modes.iter().all(at_once) {
            return Err(format!(
                "target {address} cannot be `page` or `tls` and also `stls` or `plain`: a port begins with TLS, or without"
            ));
        }
        if self.rules.iter().any(|other| other.address == *address) {
            return Err(format!("target {address} is listed twice"));
        }
        if address.host.parse().is_ok_and(|literal| reach(literal) == Reach::Never) {
            return Err(format!(
                "target {address} is link-local, multicast or a metadata service, never a mail server"
            ));
        }
        self.rules.push(rule);
        Ok(())
    }

    /// The lines, in the operator's order.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What the Hello offers.
    #[must_use]
    pub fn targets(&self) -> Vec<Target> {
        self.rules.iter().map(|rule| Target { address: rule.address.clone(), modes: rule.modes.clone() }).collect()
    }

    /// The right to dial `address` in this mode, if the operator listed exactly that.
    #[must_use]
    pub fn approve(&self, address: &Address, mode: TlsEnds) -> Option<Approved> {
        let rule = self.rules.iter().find(|rule| rule.address == *address && rule.modes.contains(&mode))?;
        let literal = rule.address.host.parse::<IpAddr>().is_ok();
        Some(Approved {
            address: rule.address.clone(),
            mode,
            trust: rule.trust,
            // Who wrote the number knows where it leads; a name's answer is up to others.
            private_allowed: rule.allow_private || literal,
        })
    }
}

/// The right to dial one server. Nothing outside this module can make one.
#[derive(Debug, Clone)]
pub struct Approved {
    address: Address,
    mode: TlsEnds,
    trust: Trust,
    private_allowed: bool,
}

impl Approved {
    /// Host and port, as listed.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Where TLS ends.
    #[must_use]
    pub fn mode(&self) -> TlsEnds {
        self.mode
    }

    /// Who vouches for its certificate.
    #[must_use]
    pub fn trust(&self) -> Trust {
        self.trust
    }

    /// Of the addresses that the name resolved to, those that may be dialled. Dialling them, and not the name again,
    /// leaves a name that changes its answer (DNS rebinding) nothing to gain.
    #[must_use]
    pub fn admit(&self, resolved: impl IntoIterator<Item = IpAddr>) -> Vec<SocketAddr> {
        let worst = if self.private_allowed { Reach::Private } else { Reach::Public };
        let mut admitted = Vec::new();
        for address in resolved {
            let endpoint = SocketAddr::new(address, self.address.port);
            if reach(address) <= worst && !admitted.contains(&endpoint) {
                admitted.push(endpoint);
            }
        }
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(host: &str, port: u16, modes: &[TlsEnds], allow_private: bool) -> Rule {
        let address = Address { host: host.to_owned(), port };
        Rule { address, modes: modes.to_vec(), allow_private, trust: Trust::Operator }
    }

    fn policy() -> Policy {
        Policy::new(vec![
            rule("pop.example.org", 995, &[TlsEnds::Bridge, TlsEnds::Page], false),
            rule("pop.example.org", 110, &[TlsEnds::PageStls, TlsEnds::Nowhere], false),
            rule("lan.example.org", 995, &[TlsEnds::Bridge], true),
            rule("10.1.2.3", 110, &[TlsEnds::Nowhere], false),
        ])
        .unwrap()
    }

    #[test]
    fn only_what_is_listed_is_approved() {
        let rows = [
            ("pop.example.org", 995, TlsEnds::Bridge, true),
            ("pop.example.org", 995, TlsEnds::Page, true),
            ("pop.example.org", 995, TlsEnds::Nowhere, false),
            ("pop.example.org", 110, TlsEnds::Nowhere, true),
            ("pop.example.org", 110, TlsEnds::PageStls, true),
            ("pop.example.org", 110, TlsEnds::Bridge, false),
            ("pop.example.org", 110, TlsEnds::Page, false),
            ("pop.example.org", 995, TlsEnds::PageStls, false),
            ("pop.example.org", 25, TlsEnds::Nowhere, false),
            ("POP.example.org", 995, TlsEnds::Bridge, false),
            ("pop.example.org.", 995, TlsEnds::Bridge, false),
            ("evil.pop.example.org", 995, TlsEnds::Bridge, false),
            ("pop.example.org.evil.test", 995, TlsEnds::Bridge, false),
            ("10.1.2.3", 110, TlsEnds::Nowhere, true),
            ("10.1.2.4", 110, TlsEnds::Nowhere, false),
            ("::ffff:10.1.2.3", 110, TlsEnds::Nowhere, false),
            ("", 0, TlsEnds::Nowhere, false),
        ];
        for (host, port, mode, expected) in rows {
            let address = Address { host: host.to_owned(), port };
            assert_eq!(policy().approve(&address, mode).is_some(), expected, "{address} {mode:?}");
            assert!(Policy::default().approve(&address, mode).is_none(), "an empty list approves nothing");
        }
    }

    #[test]
    fn resolved_addresses_are_each_checked() {
        type Row = (&'static str, u16, TlsEnds, &'static [&'static str], &'static [&'static str]);
        let rows: &[Row] = &[
            ("pop.example.org", 995, TlsEnds::Bridge, &["1.1.1.1", "127.0.0.1", "1.1.1.1"], &["1.1.1.1:995"]),
            ("pop.example.org", 995, TlsEnds::Bridge, &["10.0.0.1", "::1", "169.254.169.254"], &[]),
            ("lan.example.org", 995, TlsEnds::Bridge, &["10.0.0.1", "::1"], &["10.0.0.1:995", "[::1]:995"]),
            ("lan.example.org", 995, TlsEnds::Bridge, &["169.254.169.254", "fe80::1", "0.0.0.0"], &[]),
            ("10.1.2.3", 110, TlsEnds::Nowhere, &["10.1.2.3"], &["10.1.2.3:110"]),
        ];
        for (host, port, mode, resolved, expected) in rows {
            let approved = policy().approve(&Address { host: (*host).to_owned(), port: *port }, *mode).unwrap();
            let admitted = approved.admit(resolved.iter().map(|text| text.parse().unwrap()));
            let admitted: Vec<String> = admitted.iter().map(ToString::to_string).collect();
            assert_eq!(admitted, *expected, "{host} {resolved:?}");
        }
    }

    #[test]
    fn lines_that_contradict_are_refused() {
        let listed = || rule("a.test", 995, &[TlsEnds::Bridge], false);
        let rows = [
            (vec![listed(), listed()], "listed twice"),
            (vec![rule("a.test", 995, &[], false)], "no security"),
            (vec![rule("a.test", 995, &[TlsEnds::Bridge, TlsEnds::Nowhere], false)], "with TLS, or without"),
            (vec![rule("a.test", 995, &[TlsEnds::Bridge, TlsEnds::PageStls], false)], "with TLS, or without"),
            (vec![rule("a.test", 995, &[TlsEnds::Page, TlsEnds::PageStls], false)], "with TLS, or without"),
            (vec![rule("a.test", 110, &[TlsEnds::Nowhere, TlsEnds::Page], false)], "with TLS, or without"),
            (vec![rule("a.test", 1, &[TlsEnds::PageStls, TlsEnds::Nowhere, TlsEnds::Bridge], false)], "or without"),
            (vec![rule("169.254.169.254", 110, &[TlsEnds::Nowhere], true)], "never a mail server"),
            (vec![rule("::ffff:169.254.169.254", 110, &[TlsEnds::Nowhere], true)], "never a mail server"),
        ];
        for (rules, expected) in rows {
            let refusal = Policy::new(rules).unwrap_err();
            assert!(refusal.contains(expected), "{refusal}");
        }
    }
}
