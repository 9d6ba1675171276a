//! AUTH (RFC 5034 §4): challenges behind `+ `, responses, and what they end in; and what is drawn from the host's
//! randomness. The mechanisms' arithmetic is in `sasl::server`.

use alloc::{format, string::String, vec::Vec};
use core::{num::NonZeroU32, str};

use sha2::{Digest as _, Sha256};

use crate::{
    command::CommandName,
    limits,
    sasl::{
        ChannelBinding, Mechanism, MechanismName, Nonce, SaslText,
        server::{ServerExchange, ServerFacts, Step, server_exchange},
    },
    server::{LoginRefusal, Maildrop, Misdeed, Server, fault, fault::Lies, text::Text, told_before},
    state::{after_reply, transition},
    types::Stamp,
};

/// The session's exchanges.
#[derive(Debug, Default)]
pub(super) struct Exchanges {
    under_way: Option<Exchange>,
    begun: u32,
}

impl Exchanges {
    /// Whether the client's next line is a response.
    pub(super) fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }
}

#[derive(Debug)]
struct Exchange {
    mechanism: ServerExchange,
    rounds: u32,
}

/// What APOP must send.
pub(super) fn apop_digest(stamp: &Stamp, password: &str) -> String {
    crate::sasl::apop_digest(stamp.as_str(), password)
}

impl<D: Maildrop> Server<D> {
    /// The greeting's stamp; nothing if APOP is not offered.
    pub(super) fn stamp(&self) -> Option<Stamp> {
        let octets = self.derive("stamp", 0).filter(|_| self.config.apop)?;
        let digits = octets.iter().take(16).map(|octet| format!("{octet:02x}"));
        let digits: String = digits.collect();
        Stamp::find(&format!("<{digits}@{}>", self.config.host))
    }

    /// Octets that tell nothing about the randomness they come from, nor about one another.
    fn derive(&self, purpose: &str, count: u32) -> Option<[u8; 32]> {
        let seed = self.randomness.as_ref()?;
        let hash = Sha256::new().chain_update(seed.expose()).chain_update(count.to_be_bytes()).chain_update(purpose);
        Some(hash.finalize().into())
    }

    pub(super) fn answer_auth(&mut self, name: &MechanismName, initial_response: Option<&SaslText>) -> bool {
        let known = name.known();
        let Some(mechanism) = known.filter(|mechanism| self.mechanisms().contains(mechanism)) else {
            let needs_tls = known.is_some_and(|known| {
                self.config.mechanisms.contains(&known) && known.exposes_secret() && !self.takes_secrets()
            });
            return self.refuse(if needs_tls { Text::NeedsTls } else { Text::NotOffered });
        };
        self.exchanges.begun += 1;
        let mut nonce = [0; limits::SCRAM_NONCE_OCTETS];
        // Who has no randomness offers no mechanism that looks at the nonce.
        let random = self.derive("nonce", self.exchanges.begun).unwrap_or_default();
        nonce.iter_mut().zip(random).for_each(|(octet, random)| *octet = random);
        let mut exchange = server_exchange(mechanism, &self.sasl_facts(), &Nonce::from_octets(nonce));
        match initial_response {
            Some(response) => self.go_on(Exchange { mechanism: exchange, rounds: 1 }, response),
            None => {
                self.say(&format!("+ {}", exchange.challenge()));
                self.exchanges.under_way = Some(Exchange { mechanism: exchange, rounds: 1 });
                true
            }
        }
    }

    fn sasl_facts(&self) -> ServerFacts {
        let channel = match &self.facts.binding {
            Some(exported) if self.mechanisms().into_iter().any(Mechanism::binds_channel) => {
                ChannelBinding::TlsExporter(exported.clone())
            }
            Some(_) | None => ChannelBinding::Unsupported,
        };
        ServerFacts {
            host: self.config.host.clone(),
            salt: self.derive("salt", 0).unwrap_or_default().into(),
            iterations: NonZeroU32::new(limits::SCRAM_ITERATIONS_MIN).unwrap_or(NonZeroU32::MIN),
            channel,
            external: self.facts.external.clone(),
        }
    }

    /// A line of the client within an exchange.
    pub(super) fn answer_response(&mut self, line: &[u8]) -> Vec<Misdeed> {
        let misdeeds = self.faults.at_command(Some(CommandName::Auth));
        self.lies = Lies::of(&misdeeds);
        let Some(exchange) = self.exchanges.under_way.take() else { return misdeeds };
        let accepted = match (told_before(&misdeeds), str::from_utf8(line).ok()) {
            (Some(Misdeed::Refuse { code, text }), _) => {
                self.say(&format!("-ERR {}", fault::refusal(code.as_ref(), text)));
                false
            }
            (Some(_), _) => {
                self.cut();
                return Vec::new();
            }
            (None, Some("*")) => {
                // RFC 5034 §4: the client breaks off, and is refused.
                self.bad_commands += 1;
                self.refuse(Text::LoginCancelled)
            }
            (None, text) => match text.and_then(SaslText::parse) {
                Some(response) => self.go_on(exchange, &response),
                None => {
                    self.refuse_bad_command(Text::BadCommand);
                    false
                }
            },
        };
        if let Some(row) = transition(self.state, CommandName::Auth).filter(|_| !self.exchanges.is_under_way()) {
            self.state = after_reply(row, accepted);
        }
        misdeeds
    }

    fn go_on(&mut self, mut exchange: Exchange, response: &SaslText) -> bool {
        let maildrop = &self.maildrop;
        let takes_token = exchange.mechanism.mechanism().takes_token();
        let secrets = |user: &str| if takes_token { maildrop.token_of(user) } else { maildrop.password_of(user) };
        exchange.rounds += 1;
        match exchange.mechanism.handle_response(response, &secrets) {
            Step::Challenge(challenge) if exchange.rounds <= limits::SASL_ROUNDS_MAX => {
                self.say(&format!("+ {challenge}"));
                self.exchanges.under_way = Some(exchange);
                true
            }
            Step::Accepted { user } => {
                let opened = self.maildrop.open_as(&user, self.clock.now);
                self.log_in(opened)
            }
            Step::Challenge(_) | Step::Rejected => self.log_in(Err(LoginRefusal::Credentials)),
        }
    }

    pub(super) fn drop_exchange(&mut self) {
        self.exchanges.under_way = None;
    }
}
