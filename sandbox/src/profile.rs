//! Servers as data: what one offers and what it does wrong, by names that a lesson can hold. Knows no world until it is
//! asked for a server over one.
//!
//! A profile starts from what RFC 1939 alone demands of a server (§7 calls the rest optional) and adds what it offers.
//! Its faults are lines as [`FaultScript`] reads them, such as `RETR 2: cut 100`.
//!
//! | Server | How | What the RFCs say |
//! |---|---|---|
//! | without UIDL and TOP | neither among the offers | optional (RFC 1939 §7) |
//! | without CAPA | not among the offers | an extension (RFC 2449 §5) |
//! | with APOP | [`Offer::Apop`], and randomness | optional (RFC 1939 §7) |
//! | with STLS | [`Offer::Stls`] | an extension (RFC 2595 §4); passwords in clear are obsolete (RFC 8314 §3) |
//! | that leaks who exists | [`Offer::TellsWhoExists`] | allowed (RFC 1939 §7, USER), warned of (§13) |
//! | that hangs | `RETR: swallow` | against RFC 1939 §3: each command is answered; who waits needs a limit |
//! | that cuts RETR | `RETR 1: cut 100` | a lost connection is no QUIT: nothing is deleted (RFC 1939 §6) |
//! | that refuses midway | `RETR 2: refuse [SYS/TEMP] …` | any command may fail (RFC 1939 §3; the code is RFC 3206 §4) |
//! | that gives wrong sizes | `LIST: lie sizes +7` | against RFC 1939 §11: sizes are exact, counted with CRLF |

use popglass_protocol::{
    capability::Utf8,
    sasl::Mechanism,
    server::{
        Config, Server,
        fault::{FaultScript, ScriptError},
    },
};

use crate::{SandboxMaildrop, World};

/// Something a server may offer and may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "kebab-case"))]
pub enum Offer {
    /// CAPA (RFC 2449 §5).
    Capa,
    /// USER and PASS (RFC 1939 §7: optional, if there is another way).
    UserPass,
    /// USER, PASS and PLAIN without TLS, too; obsolete by RFC 8314 §3, and how POP3 was for 20 years.
    SecretsInClear,
    /// APOP (RFC 1939 §7). Needs randomness, and `popglass-protocol` built with `sasl`.
    Apop,
    /// STLS (RFC 2595 §4). The host must be able to start TLS.
    Stls,
    /// TOP (RFC 1939 §7).
    Top,
    /// UIDL (RFC 1939 §7).
    Uidl,
    /// UTF8, names and passwords too (RFC 6856 §2).
    Utf8,
    /// LANG (RFC 6856 §3).
    Lang,
    /// USER says whether there is such a user (RFC 1939 §7 allows it, §13 warns of it).
    TellsWhoExists,
}

/// A server as a lesson describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
pub struct Profile {
    /// The text of the greeting; nothing for the usual one.
    pub greeting: Option<String>,
    /// What it offers.
    pub offers: Vec<Offer>,
    /// Mechanisms of AUTH by their registered names, such as `SCRAM-SHA-256` (RFC 5034).
    pub mechanisms: Vec<String>,
    /// What it does wrong, a line each: `STAT: lie count +1`.
    pub faults: Vec<String>,
}

/// Why a profile makes no server.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// There is no mechanism of this name.
    #[error("the mechanism {0} is not known")]
    Mechanism(String),
    /// A fault cannot be read; its line counts from 1.
    #[error("faults: {0}")]
    Fault(ScriptError),
}

/// Everything that needs nothing of the host, and nothing wrong.
impl Default for Profile {
    fn default() -> Self {
        let offers = vec![Offer::Capa, Offer::UserPass, Offer::SecretsInClear, Offer::Top, Offer::Uidl];
        Self { greeting: None, offers, mechanisms: Vec::new(), faults: Vec::new() }
    }
}

impl Profile {
    /// The least that RFC 1939 §7 leaves of a server: USER, PASS, QUIT, STAT, LIST, RETR, DELE, NOOP, RSET.
    #[must_use]
    pub fn least() -> Self {
        Self { offers: vec![Offer::UserPass, Offer::SecretsInClear], ..Self::default() }
    }

    /// Offers this, too.
    #[must_use]
    pub fn with(mut self, offer: Offer) -> Self {
        if !self.offers(offer) {
            self.offers.push(offer);
        }
        self
    }

    /// Does not offer this.
    #[must_use]
    pub fn without(mut self, offer: Offer) -> Self {
        self.offers.retain(|offered| *offered != offer);
        self
    }

    /// Does this wrong, too: a line such as `RETR 2: cut 100`.
    #[must_use]
    pub fn with_fault(mut self, line: &str) -> Self {
        self.faults.push(line.to_owned());
        self
    }

    /// Whether it offers this.
    #[must_use]
    pub fn offers(&self, offer: Offer) -> bool {
        self.offers.contains(&offer)
    }

    /// What the protocol's server is told to offer.
    ///
    /// # Errors
    /// A mechanism is not known.
    pub fn config(&self) -> Result<Config, ProfileError> {
        let usual = Config::default();
        let mechanism = |name: &String| Mechanism::of_name(name).ok_or_else(|| ProfileError::Mechanism(name.clone()));
        Ok(Config {
            greeting: self.greeting.clone().unwrap_or(usual.greeting),
            capa: self.offers(Offer::Capa),
            user_pass: self.offers(Offer::UserPass),
            secrets_in_clear: self.offers(Offer::SecretsInClear),
            apop: self.offers(Offer::Apop),
            stls: self.offers(Offer::Stls),
            top: self.offers(Offer::Top),
            uidl: self.offers(Offer::Uidl),
            utf8: self.offers(Offer::Utf8).then_some(Utf8 { user: true }),
            lang: self.offers(Offer::Lang),
            tells_who_exists: self.offers(Offer::TellsWhoExists),
            mechanisms: self.mechanisms.iter().map(mechanism).collect::<Result<_, _>>()?,
            ..usual
        })
    }

    /// What the protocol's server is told to do wrong.
    ///
    /// # Errors
    /// A line is no fault.
    pub fn fault_script(&self) -> Result<FaultScript, ProfileError> {
        self.faults.join("\n").parse().map_err(ProfileError::Fault)
    }

    /// A server over this world for one session. Its host may still give it randomness and tell it the time.
    ///
    /// # Errors
    /// Something in the profile is not known.
    pub fn server(&self, world: &World) -> Result<Server<SandboxMaildrop>, ProfileError> {
        Ok(Server::new(world.session(), self.config()?).with_faults(self.fault_script()?))
    }
}

#[cfg(test)]
mod tests;
