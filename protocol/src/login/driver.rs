//! A login, carried out: CAPA, STLS where it is wanted, CAPA again, the chosen method. Follows the client's events and
//! sends its commands; knows no connection and draws no random numbers.
//!
//! Nothing secret is sent before the wish for TLS is fulfilled: a server, or somebody in between, that does not offer
//! STLS, refuses it, or says more than it was asked ends the login.

use alloc::boxed::Box;

use crate::{
    client::{Client, CommandId, Event},
    command::Command,
    login::{Method, NoMethod, Offer, Protection, Wish, choose},
    reply::{Refusal, Reply},
    sasl::{
        Authenticator, ChallengeFault, ChannelBinding, Credentials, Mechanism, Nonce, Unfit, apop_digest,
        client::authenticator,
    },
    types::{ApopDigest, CredentialError, Password, UserName},
};

/// Who logs in, and how.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Which method.
    pub wish: Wish,
    /// What protects the connection now.
    pub protection: Protection,
    /// STLS comes first, and without it there is no login.
    pub start_tls: bool,
    /// Name and password, or token.
    pub credentials: Credentials,
    /// New for each login.
    pub nonce: Nonce,
    /// What the TLS connection below exports, if it stands already.
    pub channel: ChannelBinding,
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The maildrop is open.
    LoggedIn(Method),
    /// The server refused.
    Refused {
        /// What was tried.
        method: Method,
        /// What the server said.
        refusal: Refusal,
    },
    /// The server did not keep to the mechanism, or did not prove itself; the client broke off.
    Aborted {
        /// What was tried.
        method: Method,
        /// What was wrong.
        fault: ChallengeFault,
    },
    /// There is no way to log in that the user asked for or agreed to. No credential was sent.
    NoMethod(NoMethod),
    /// The method cannot carry the name or the password. Nothing was sent.
    Unfit {
        /// Which.
        method: Method,
        /// Why not.
        reason: Unfit,
    },
    /// TLS was asked for, and the server does not offer it, or refused. No credential was sent.
    NoTls(Option<Refusal>),
}

/// A login under way.
#[derive(Debug)]
pub struct Login {
    plan: Plan,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Greeting,
    Capabilities(CommandId),
    Stls(CommandId),
    Utf8(CommandId),
    /// The last command's answer decides; USER may be refused before.
    LoggingIn {
        method: Method,
        first: CommandId,
        last: CommandId,
    },
    Over,
}

impl Login {
    /// A login that begins with the greeting.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        Self { plan, stage: Stage::Greeting }
    }

    /// Follows what happened, and sends what comes next. Tells the outcome once; until then the host sends nothing of
    /// its own.
    pub fn handle_event(&mut self, client: &mut Client, event: &Event) -> Option<Outcome> {
        match (self.stage, event) {
            (Stage::Greeting, Event::Greeting { .. }) => {
                self.stage = Stage::Capabilities(client.send(Command::Capa));
                None
            }
            (Stage::Capabilities(asked), Event::Reply { id, .. }) if *id == asked => self.capabilities_known(client),
            (Stage::Stls(asked), Event::Reply { id, reply: Reply::Refused(refusal) }) if *id == asked => {
                self.end(Outcome::NoTls(Some(refusal.clone())))
            }
            // Refused or not: what is no UTF-8 server takes what it always took.
            (Stage::Utf8(asked), Event::Reply { id, .. }) if *id == asked => self.log_in(client),
            (Stage::LoggingIn { method, first, last }, Event::Reply { id, reply }) if *id == first || *id == last => {
                let outcome = match reply {
                    Reply::LoggedIn => Outcome::LoggedIn(method),
                    Reply::Refused(refusal) => match self.unbound(client, method) {
                        Some(mechanism) => {
                            self.plan.channel = ChannelBinding::Unsupported;
                            self.plan.wish = Wish::Exactly(Method::Sasl(mechanism));
                            return self.log_in(client);
                        }
                        None => Outcome::Refused { method, refusal: refusal.clone() },
                    },
                    Reply::LoginAborted(fault) => Outcome::Aborted { method, fault: *fault },
                    _ => return None,
                };
                self.end(outcome)
            }
            _ => None,
        }
    }

    /// TLS stands after [`crate::client::Output::UpgradeTls`], and the client was told. What the server can do is asked
    /// anew, since before anybody could have answered (RFC 2595 §4).
    pub fn handle_tls_ready(&mut self, client: &mut Client, channel: ChannelBinding) {
        if matches!(self.stage, Stage::Stls(_)) {
            self.plan.protection = Protection::Protected;
            self.plan.start_tls = false;
            self.plan.channel = channel;
            self.stage = Stage::Capabilities(client.send(Command::Capa));
        }
    }

    /// A server can offer -PLUS and yet not know `tls-exporter`: Cyrus knows `tls-unique` alone, which TLS 1.3 does not
    /// have (RFC 9266 §1). Where nobody insisted on -PLUS, the same proof is tried unbound, once, and nothing weaker:
    /// whoever refuses -PLUS must not get a password for it. The transcript shows both attempts.
    fn unbound(&self, client: &Client, method: Method) -> Option<Mechanism> {
        let unbound = match method {
            Method::Sasl(Mechanism::ScramSha1Plus) => Mechanism::ScramSha1,
            Method::Sasl(Mechanism::ScramSha256Plus) => Mechanism::ScramSha256,
            Method::Sasl(_) | Method::Apop | Method::UserPass => return None,
        };
        (self.plan.wish == Wish::Automatic && client.capabilities().offers(unbound)).then_some(unbound)
    }

    /// A server without CAPA is an old one: it can still log in.
    fn capabilities_known(&mut self, client: &mut Client) -> Option<Outcome> {
        if self.plan.start_tls {
            if !client.capabilities().stls {
                return self.end(Outcome::NoTls(None));
            }
            self.stage = Stage::Stls(client.send(Command::Stls));
            return None;
        }
        if client.capabilities().utf8.is_some() {
            // Messages then come as they are, not in a substitute that has other octets (RFC 6856 §2.1).
            self.stage = Stage::Utf8(client.send(Command::Utf8));
            return None;
        }
        self.log_in(client)
    }

    fn log_in(&mut self, client: &mut Client) -> Option<Outcome> {
        let binds = matches!(self.plan.channel, ChannelBinding::TlsExporter(_));
        if binds && !client.capabilities().sasl.iter().flatten().any(|name| name.as_str().ends_with("-PLUS")) {
            self.plan.channel = ChannelBinding::NotOffered;
        }
        let offer = Offer {
            capabilities: client.capabilities(),
            stamp: client.stamp(),
            protection: self.plan.protection,
            channel_binding: matches!(self.plan.channel, ChannelBinding::TlsExporter(_)),
        };
        let method = match choose(self.plan.wish, &offer, |method| self.message(client, method).is_ok()) {
            Ok(method) => method,
            Err(none) => return self.end(Outcome::NoMethod(none)),
        };
        let (first, last) = match self.message(client, method) {
            Ok(Message::UserPass(user, password)) => {
                (client.send(Command::User(user)), client.send(Command::Pass(password)))
            }
            Ok(Message::Command(command)) => {
                let id = client.send(command);
                (id, id)
            }
            Ok(Message::Exchange(authenticator)) => {
                let id = client.authenticate(authenticator);
                (id, id)
            }
            Err(reason) => return self.end(Outcome::Unfit { method, reason }),
        };
        self.stage = Stage::LoggingIn { method, first, last };
        None
    }

    /// What a method sends; nothing of it has been sent yet.
    fn message(&self, client: &Client, method: Method) -> Result<Message, Unfit> {
        let Plan { credentials, nonce, channel, .. } = &self.plan;
        let user = || UserName::parse(&credentials.identity).map_err(unfit);
        match method {
            Method::UserPass => {
                let password = Password::parse(credentials.secret.expose()).map_err(unfit)?;
                Ok(Message::UserPass(user()?, password))
            }
            Method::Apop => {
                let user = user()?;
                // Blanks separate APOP's arguments (RFC 1939 §7).
                let stamp = client.stamp().filter(|_| !user.as_str().contains(' ')).ok_or(Unfit::IllegalOctet)?;
                let digest = apop_digest(stamp.as_str(), credentials.secret.expose());
                let digest = ApopDigest::parse(&digest).expect("MD5 in hexadecimal has 32 digits");
                let command = Command::Apop { user, digest };
                if command.fits_line() { Ok(Message::Command(command)) } else { Err(Unfit::TooLong) }
            }
            Method::Sasl(mechanism) => authenticator(mechanism, credentials, nonce, channel).map(Message::Exchange),
        }
    }

    fn end(&mut self, outcome: Outcome) -> Option<Outcome> {
        self.stage = Stage::Over;
        Some(outcome)
    }
}

enum Message {
    UserPass(UserName, Password),
    Command(Command),
    Exchange(Box<dyn Authenticator>),
}

fn unfit(error: CredentialError) -> Unfit {
    match error {
        CredentialError::Empty => Unfit::Empty,
        CredentialError::ControlCharacter => Unfit::IllegalOctet,
        CredentialError::TooLong => Unfit::TooLong,
    }
}
