//! The client's end of SCRAM (RFC 5802 §5): it proves that it knows the password, and wants the same of the server.
//! Knows the order of the messages; the arithmetic is elsewhere.

use alloc::{format, string::String, vec::Vec};
use core::mem;

use super::{authorization, filled};
use crate::{
    limits,
    sasl::{
        Authenticator, ChallengeFault, ChannelBinding, Credentials, Mechanism, Nonce, SaslText, Unfit, digest, gs2,
        prepare::prepare,
        scram::{Fields, Hash, Keys, client_first_bare},
        wire,
    },
    secret::Secret,
};

/// One login by SCRAM.
#[derive(Debug)]
pub(super) struct Scram {
    mechanism: Mechanism,
    header: String,
    state: State,
}

#[derive(Debug)]
enum State {
    ExpectServerFirst(ExpectServerFirst),
    ExpectServerFinal {
        server_signature: Secret<Vec<u8>>,
    },
    Proven,
    /// Refused, or at fault: nothing more is understood.
    Over,
}

#[derive(Debug)]
struct ExpectServerFirst {
    hash: Hash,
    /// The header, and behind it what the channel is bound to: `c=` repeats it under the proof.
    binding: Secret<Vec<u8>>,
    first_bare: String,
    nonce: String,
    password: Secret<String>,
}

impl Scram {
    /// Takes what goes into the first message.
    pub(super) fn new(
        mechanism: Mechanism,
        hash: Hash,
        credentials: &Credentials,
        nonce: &Nonce,
        channel: &ChannelBinding,
    ) -> Result<Self, Unfit> {
        let identity = prepare(filled(&credentials.identity)?)?;
        let password = Secret::new(prepare(filled(credentials.secret.expose())?)?);
        let bound = if mechanism.binds_channel() { channel.data().ok_or(Unfit::NoChannelBinding)? } else { &[] };
        let flag = match channel {
            ChannelBinding::TlsExporter(_) if mechanism.binds_channel() => {
                &*format!("p={}", ChannelBinding::EXPORTER_NAME)
            }
            ChannelBinding::NotOffered => "y",
            ChannelBinding::Unsupported | ChannelBinding::TlsExporter(_) => "n",
        };
        let authorization = authorization(credentials)?.map(prepare).transpose()?;
        let header = gs2::header(flag, authorization.as_deref());
        let expect = ExpectServerFirst {
            hash,
            binding: Secret::new([header.as_bytes(), bound].concat()),
            first_bare: client_first_bare(&identity, nonce.as_str()),
            nonce: nonce.as_str().into(),
            password,
        };
        Ok(Self { mechanism, header, state: State::ExpectServerFirst(expect) })
    }

    /// Handles a message in the state that awaits it, and returns what follows.
    fn handle(state: State, message: &str) -> Result<(State, SaslText), ChallengeFault> {
        match state {
            // RFC 5802 §7: the server refuses in words of its own; its -ERR follows, and tells what to do.
            State::ExpectServerFirst(_) | State::ExpectServerFinal { .. } if message.starts_with("e=") => {
                Ok((State::Over, SaslText::default()))
            }
            State::ExpectServerFirst(expect) => expect.handle(message),
            State::ExpectServerFinal { server_signature } => {
                let signature = Fields::of(message).next("v=").and_then(wire::decode);
                let signature = signature.ok_or(ChallengeFault::Unexpected)?;
                if !digest::same(&signature, server_signature.expose()) {
                    return Err(ChallengeFault::ServerNotProven);
                }
                Ok((State::Proven, SaslText::default()))
            }
            State::Proven | State::Over => Err(ChallengeFault::Unexpected),
        }
    }
}

impl ExpectServerFirst {
    /// `r=nonce,s=salt,i=rounds`: the answer is the proof.
    fn handle(self, server_first: &str) -> Result<(State, SaslText), ChallengeFault> {
        let mut fields = Fields::of(server_first);
        let nonce = fields.next("r=").ok_or(ChallengeFault::Unexpected)?;
        let salt = fields.next("s=").and_then(wire::decode).ok_or(ChallengeFault::Unexpected)?;
        let iterations = fields.next("i=").filter(|count| count.bytes().all(|octet| octet.is_ascii_digit()));
        // More digits than a number of 32 bits are still a number, and too many rounds.
        let iterations = match iterations {
            None | Some("") => return Err(ChallengeFault::Unexpected),
            Some(count) => count.parse().unwrap_or(u32::MAX),
        };
        // A server that adds nothing of its own to the nonce could play back an old exchange (RFC 5802 §5.1).
        if !nonce.starts_with(&self.nonce) || nonce.len() == self.nonce.len() || Nonce::parse(nonce).is_none() {
            return Err(ChallengeFault::ServerNotProven);
        }
        if salt.is_empty() {
            return Err(ChallengeFault::Unexpected);
        }
        if !(limits::SCRAM_ITERATIONS_MIN..=limits::SCRAM_ITERATIONS_MAX).contains(&iterations) {
            return Err(ChallengeFault::Iterations);
        }
        let without_proof = format!("c={},r={nonce}", wire::encode(self.binding.expose()));
        let auth_message = format!("{},{server_first},{without_proof}", self.first_bare);
        let keys = Keys::derive(self.hash, self.password.expose(), &salt, iterations);
        let response = wire::response(format!("{without_proof},p={}", wire::encode(keys.proof(&auth_message))));
        let server_signature = Secret::new(keys.server_signature(&auth_message));
        Ok((State::ExpectServerFinal { server_signature }, response))
    }
}

impl Authenticator for Scram {
    fn mechanism(&self) -> Mechanism {
        self.mechanism
    }

    fn initial_response(&mut self) -> Option<SaslText> {
        match &self.state {
            State::ExpectServerFirst(expect) => Some(wire::response(format!("{}{}", self.header, expect.first_bare))),
            State::ExpectServerFinal { .. } | State::Proven | State::Over => None,
        }
    }

    fn respond(&mut self, challenge: &[u8]) -> Result<SaslText, ChallengeFault> {
        let state = mem::replace(&mut self.state, State::Over);
        let challenge = wire::challenge(challenge)?;
        let message = wire::clean(&challenge).ok_or(ChallengeFault::Unexpected)?;
        let (state, response) = Self::handle(state, message)?;
        self.state = state;
        Ok(response)
    }

    fn server_proven(&self) -> bool {
        matches!(self.state, State::Proven)
    }
}
