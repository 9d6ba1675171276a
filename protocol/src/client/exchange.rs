//! A SASL exchange within AUTH (RFC 5034 §4): challenges answered, the client's first words held back until there is
//! room for them, and no login without proof. Knows no mechanism; an [`Authenticator`] does.

use alloc::{boxed::Box, format, string::String};
use core::fmt;

use crate::{
    client::{Client, CommandId, Error, Event, Limit, Misbehaviour, Output},
    command::{Command, CommandName},
    deviation::Rule,
    limits,
    reply::Reply,
    sasl::{Authenticator, ChallengeFault, SaslText},
    transcript::Meaning,
    types::printable,
};

/// An exchange that an authenticator conducts.
pub(super) struct Exchange {
    /// Its AUTH. No other command's answer is taken for its.
    pub(super) id: CommandId,
    authenticator: Box<dyn Authenticator>,
    /// The initial response, if the command's line had no room for it, until the server asks.
    held: Option<SaslText>,
    /// The client has said something of its own.
    spoken: bool,
    rounds: u32,
    /// The client said `*`.
    broken_off: bool,
    fault: Option<ChallengeFault>,
}

/// What the authenticator knows is nobody's business.
impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("mechanism", &self.authenticator.mechanism()).finish_non_exhaustive()
    }
}

impl Exchange {
    pub(super) fn new(
        id: CommandId,
        authenticator: Box<dyn Authenticator>,
        held: Option<SaslText>,
        command: &Command,
    ) -> Self {
        let spoken = matches!(command, Command::Auth { initial_response: Some(_), .. });
        Self { id, authenticator, held, spoken, rounds: 0, broken_off: false, fault: None }
    }

    /// Nobody can be logged in before the client has said who it is: this `+OK` is a challenge (some servers of old).
    pub(super) fn must_speak_first(&self) -> bool {
        !self.spoken && !self.broken_off
    }
}

/// What the client says next.
enum Next {
    Response(SaslText),
    BreakOff,
    Ask(String),
}

impl Client {
    /// `+ challenge`, or `+OK challenge` from a server that knows no better.
    pub(super) fn receive_challenge(&mut self, challenge: &[u8]) -> Result<(), Error> {
        let challenge = challenge.trim_ascii();
        let Some(exchange) = self.exchange_in_flight() else {
            return self.answer_challenge(Next::Ask(printable(challenge)));
        };
        exchange.rounds += 1;
        if exchange.rounds > limits::SASL_ROUNDS_MAX {
            return Err(Error::LimitExceeded(Limit::Exchange));
        }
        if exchange.broken_off {
            return Err(Error::PeerMisbehaved(Misbehaviour::BadReply(CommandName::Auth)));
        }
        exchange.spoken = true;
        if let Some(held) = exchange.held.take() {
            if !challenge.is_empty() {
                self.deviate(Rule::ContinuationWithText, challenge)?;
            }
            return self.answer_challenge(Next::Response(held));
        }
        let next = match exchange.authenticator.respond(challenge) {
            Ok(response) => Next::Response(response),
            Err(fault) => {
                exchange.fault = Some(fault);
                Next::BreakOff
            }
        };
        self.answer_challenge(next)
    }

    /// The exchange of the AUTH that is answered now.
    pub(super) fn exchange_in_flight(&mut self) -> Option<&mut Exchange> {
        let id = self.in_flight.front()?.id;
        self.exchange.as_mut().filter(|exchange| exchange.id == id)
    }

    fn answer_challenge(&mut self, next: Next) -> Result<(), Error> {
        match next {
            Next::Response(response) => self.send_response(&response),
            Next::BreakOff => self.send_exchange_cancelled(),
            Next::Ask(text) => {
                if let Some(sent) = self.in_flight.front() {
                    let id = sent.id;
                    self.challenge_open = true;
                    self.event(Event::Challenge { id, text });
                }
            }
        }
        Ok(())
    }

    /// An authenticator conducts the exchange in flight, not the user.
    pub(super) fn is_conducted(&self) -> bool {
        let id = self.in_flight.front().map(|sent| sent.id);
        self.exchange.as_ref().is_some_and(|exchange| Some(exchange.id) == id)
    }

    /// `+OK` cannot be the end of the exchange yet.
    pub(super) fn client_must_speak_first(&mut self) -> bool {
        match self.exchange_in_flight() {
            Some(exchange) => exchange.must_speak_first(),
            None => self.in_flight.front().is_some_and(|sent| sent.must_speak),
        }
    }

    pub(super) fn send_response(&mut self, response: &SaslText) {
        self.send_response_text(response.expose());
    }

    /// The response to the challenge that is open, whatever it says.
    pub(super) fn send_response_text(&mut self, text: &str) {
        self.client_spoke();
        let line = format!("{text}\r\n");
        let masked = |mask: &str| if text.is_empty() { String::new() } else { mask.into() };
        self.record_sent(Meaning::Response(CommandName::Auth), masked, line.len());
        // One write a line: servers and middleboxes exist that take a read for a line.
        self.outputs.push_back(Output::Transmit(line.into_bytes()));
    }

    fn client_spoke(&mut self) {
        self.challenge_open = false;
        if let Some(sent) = self.in_flight.front_mut() {
            sent.must_speak = false;
        }
    }

    pub(super) fn send_exchange_cancelled(&mut self) {
        self.client_spoke();
        if let Some(exchange) = self.exchange_in_flight() {
            exchange.broken_off = true;
        }
        self.record_sent(Meaning::ExchangeCancelled(CommandName::Auth), |_| "*".into(), 3);
        self.outputs.push_back(Output::Transmit(b"*\r\n".to_vec()));
    }

    /// `+OK` to AUTH.
    pub(super) fn receive_login_accepted(&mut self) -> Result<(), Error> {
        if let Some(exchange) = self.take_exchange()
            && (exchange.broken_off || !exchange.authenticator.server_proven())
        {
            return Err(Error::PeerMisbehaved(Misbehaviour::NotProven));
        }
        self.complete(true, Reply::LoggedIn);
        Ok(())
    }

    /// `-ERR` to AUTH: the reply, if it was the client that broke off.
    pub(super) fn take_exchange_fault(&mut self) -> Option<Reply> {
        self.take_exchange()?.fault.map(Reply::LoginAborted)
    }

    fn take_exchange(&mut self) -> Option<Exchange> {
        let id = self.in_flight.front()?.id;
        self.exchange.take_if(|exchange| exchange.id == id)
    }
}
