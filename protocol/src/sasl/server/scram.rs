//! The server's end of SCRAM (RFC 5802 §5). Knows the order of the messages; the arithmetic is elsewhere. A name that
//! does not exist is refused where a wrong password is, after the same work.

use alloc::{format, string::String, vec::Vec};
use core::mem;

use super::{End, Secrets, ServerFacts, Verdict};
use crate::{
    sasl::{
        ChannelBinding, Mechanism, Nonce, digest,
        gs2::{Flag, Header, unescape},
        prepare::prepare_or_keep,
        scram::{Fields, Hash, Keys},
        wire,
    },
    secret::Secret,
};

/// One login by SCRAM.
#[derive(Debug)]
pub(super) struct Scram {
    mechanism: Mechanism,
    hash: Hash,
    facts: ServerFacts,
    nonce: String,
    state: State,
}

#[derive(Debug)]
enum State {
    ExpectClientFirst,
    ExpectClientFinal(ExpectClientFinal),
    ExpectEmpty { user: String },
    Over,
}

#[derive(Debug)]
struct ExpectClientFinal {
    user: String,
    /// Whether the user exists; if not, the keys are of an empty password.
    is_known: bool,
    keys: Keys,
    binding: Secret<Vec<u8>>,
    nonce: String,
    /// Both first messages, as the proofs cover them.
    auth_message: String,
}

impl Scram {
    pub(super) fn new(mechanism: Mechanism, hash: Hash, facts: &ServerFacts, nonce: &Nonce) -> Self {
        let (facts, nonce) = (facts.clone(), nonce.as_str().into());
        Self { mechanism, hash, facts, nonce, state: State::ExpectClientFirst }
    }

    /// Header, name and nonce: the answer is salt and rounds.
    fn handle_first(&self, message: &str, secrets: Secrets<'_>) -> Option<(State, Vec<u8>)> {
        let (header, header_text, bare) = Header::read(message)?;
        let bound: &[u8] = match (header.flag, self.mechanism.binds_channel()) {
            (Flag::TlsExporter, true) => self.facts.channel.data()?,
            (Flag::Unsupported, false) => &[],
            // RFC 5802 §6: somebody struck -PLUS from the list that the client saw.
            (Flag::NotOffered, false) if !matches!(self.facts.channel, ChannelBinding::TlsExporter(_)) => &[],
            _ => return None,
        };
        let mut fields = Fields::of(bare);
        let name = unescape(fields.next("n=")?).filter(|name| !name.is_empty())?;
        let client_nonce = Nonce::parse(fields.next("r=")?)?;
        if header.authorization.is_some_and(|identity| identity != name) {
            return None;
        }
        let user = prepare_or_keep(&name).into_owned();
        let (salt, iterations) = (&self.facts.salt, self.facts.iterations.get());
        let secret = secrets(&user);
        let password = secret.as_ref().map_or("", |secret| secret.expose());
        let keys = Keys::derive(self.hash, &prepare_or_keep(password), salt, iterations);
        let nonce = format!("{}{}", client_nonce.as_str(), self.nonce);
        let server_first = format!("r={nonce},s={},i={iterations}", wire::encode(salt));
        let next = ExpectClientFinal {
            user,
            is_known: secret.is_some(),
            keys,
            binding: Secret::new([header_text.as_bytes(), bound].concat()),
            nonce,
            auth_message: format!("{bare},{server_first}"),
        };
        Some((State::ExpectClientFinal(next), server_first.into_bytes()))
    }
}

impl ExpectClientFinal {
    /// Channel, nonce and proof: the answer is the server's own proof.
    fn handle(self, message: &str) -> Option<(State, Vec<u8>)> {
        let (without_proof, proof) = message.rsplit_once(",p=")?;
        let mut fields = Fields::of(without_proof);
        let is_bound = digest::same(&wire::decode(fields.next("c=")?)?, self.binding.expose());
        let is_current = fields.next("r=")? == self.nonce;
        let auth_message = format!("{},{without_proof}", self.auth_message);
        let is_right = digest::same(&wire::decode(proof)?, &self.keys.proof(&auth_message));
        if !(self.is_known && is_bound && is_current && is_right) {
            return None;
        }
        let verifier = format!("v={}", wire::encode(self.keys.server_signature(&auth_message)));
        Some((State::ExpectEmpty { user: self.user }, verifier.into_bytes()))
    }
}

impl End for Scram {
    fn respond(&mut self, response: &[u8], secrets: Secrets<'_>) -> Option<Verdict> {
        let message = wire::clean(response)?;
        let (state, challenge) = match mem::replace(&mut self.state, State::Over) {
            State::ExpectClientFirst => self.handle_first(message, secrets)?,
            State::ExpectClientFinal(expect) => expect.handle(message)?,
            State::ExpectEmpty { user } => return message.is_empty().then_some(Verdict::Accept(user)),
            State::Over => return None,
        };
        self.state = state;
        Some(Verdict::Ask(challenge))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_proof_alone_is_not_enough() {
        let check = |is_known, binding: &str, nonce: &str, is_accepted: bool| {
            let keys = || Keys::derive(Hash::Sha256, "", b"salt", 1);
            let expect = ExpectClientFinal {
                user: "user".into(),
                is_known,
                keys: keys(),
                binding: Secret::new(b"n,,".to_vec()),
                nonce: "cs".into(),
                auth_message: "first,first".into(),
            };
            let without_proof = format!("c={},r={nonce}", wire::encode(binding));
            let proof = keys().proof(&format!("first,first,{without_proof}"));
            let answer = expect.handle(&format!("{without_proof},p={}", wire::encode(proof)));
            assert_eq!(answer.is_some(), is_accepted, "{is_known} {binding} {nonce}");
        };
        check(true, "n,,", "cs", true);
        // Nobody knows this name: the keys are of an empty password, which anybody can prove.
        check(false, "n,,", "cs", false);
        check(true, "y,,", "cs", false);
        check(true, "n,,", "c", false);
    }
}
