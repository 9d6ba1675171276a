//! Live logins with rsasl, an implementation by others: our client at its server, and its client at our server.
//! It has no CRAM-MD5; for that there are the recordings of GNU SASL.

use std::{io::Cursor, sync::Arc};

use popglass_protocol::sasl::{
    Mechanism, SaslText,
    server::{ServerExchange, Step},
};
use rsasl::{
    callback::{Context, Request, SessionCallback, SessionData},
    mechanisms::{
        anonymous, external, login,
        oauthbearer::{
            self,
            properties::{OAuthBearerError, OAuthBearerErrored, OAuthBearerValidate},
        },
        plain,
        scram::{self, properties::ScramStoredPassword},
        xoauth2::{
            self,
            properties::{XOAuth2Error, XOAuth2Validate},
        },
    },
    mechname::Mechname,
    prelude::{SASLClient, SASLConfig, SASLServer, Session, SessionError, State, Validation},
    property::{AuthId, AuthzId, ChannelBindings, OAuthBearerToken, OverrideCBType, Password},
    registry::{Mechanism as Registered, Registry},
    validate::{Validate, ValidationError},
};

use crate::{BINDING, SALT, client, credentials, decode, encode, pencil, server};

/// The mechanisms that rsasl has.
fn mechanisms() -> impl Iterator<Item = Mechanism> {
    Mechanism::ALL.into_iter().filter(|mechanism| *mechanism != Mechanism::CramMd5)
}

fn needs_secret(mechanism: Mechanism) -> bool {
    mechanism.takes_password() || mechanism.takes_token()
}

/// What rsasl registers by itself lacks -PLUS.
static REGISTRY: [Registered; 10] = [
    scram::SCRAM_SHA256_PLUS,
    scram::SCRAM_SHA256,
    scram::SCRAM_SHA1_PLUS,
    scram::SCRAM_SHA1,
    plain::PLAIN,
    login::LOGIN,
    oauthbearer::OAUTHBEARER,
    xoauth2::XOAUTH2,
    external::EXTERNAL,
    anonymous::ANONYMOUS,
];

/// What rsasl asks its host: both ends have the same answers.
struct Host {
    is_server: bool,
    mechanism: Mechanism,
    secret: &'static str,
}

/// Whether rsasl's host lets the client in.
struct Accepted;

impl Validation for Accepted {
    type Value = bool;
}

impl Host {
    fn config(is_server: bool, mechanism: Mechanism, secret: &'static str) -> Arc<SASLConfig> {
        SASLConfig::builder()
            .with_registry(Registry::with_mechanisms(&REGISTRY))
            .with_callback(Self { is_server, mechanism, secret })
            .unwrap()
    }

    /// Stored and server key for the password `pencil`, as `gsasl --mkpasswd` derives them.
    fn keys(&self) -> [Vec<u8>; 2] {
        let keys = if self.mechanism.as_str().contains("256") {
            ["WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=", "wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU="]
        } else {
            ["g2pEzX2tMaoibxTD4YfBJkq1y8w=", "ZGkNjsmKwVX5C5z80vGxHZ02jOI="]
        };
        keys.map(decode)
    }

    /// For OAUTHBEARER, rsasl's server hands over the scheme with the token.
    fn is_token(&self, context: &Context<'_>) -> bool {
        let token = context.get_ref::<OAuthBearerToken>();
        token.map(|token| token.strip_prefix("Bearer ").unwrap_or(token)) == Some(self.secret)
    }
}

impl SessionCallback for Host {
    fn enable_channel_binding(&self) -> bool {
        true
    }

    fn callback(&self, _: &SessionData, context: &Context<'_>, request: &mut Request<'_>) -> Result<(), SessionError> {
        let has_token = self.is_token(context);
        request
            .satisfy::<OverrideCBType>("tls-exporter")?
            .satisfy::<ChannelBindings>(&BINDING)?
            .satisfy::<OAuthBearerValidate>(&if has_token {
                Ok(())
            } else {
                Err(OAuthBearerError::new("invalid_token", None, None))
            })?
            .satisfy::<XOAuth2Validate>(&if has_token { Ok(()) } else { Err(r#"{"status":"400"}"#) })?;
        if request.is::<OAuthBearerErrored>() {
            request.get_action::<OAuthBearerErrored>();
        }
        if request.is::<XOAuth2Error>() {
            request.get_action::<XOAuth2Error>();
        }
        if self.is_server {
            let ([stored, server], salt) = (self.keys(), decode(SALT));
            if context.get_ref::<AuthId>() == Some("user") {
                let password = ScramStoredPassword::new(4096, &salt, &stored, &server);
                request.satisfy::<ScramStoredPassword<'_>>(&password)?;
            }
            return Ok(());
        }
        request
            .satisfy::<AuthId>("user")?
            .satisfy::<Password>(self.secret.as_bytes())?
            .satisfy::<OAuthBearerToken>(self.secret)?;
        if matches!(self.mechanism, Mechanism::OAuthBearer | Mechanism::External) {
            request.satisfy::<AuthzId>("user")?;
        }
        Ok(())
    }

    fn validate(
        &self,
        _: &SessionData,
        context: &Context<'_>,
        validate: &mut Validate<'_>,
    ) -> Result<(), ValidationError> {
        let is_user = context.get_ref::<AuthId>().or(context.get_ref::<AuthzId>()) == Some("user");
        let has_secret = context.get_ref::<Password>() == Some(self.secret.as_bytes()) || self.is_token(context);
        // The exchange itself proves the secret in SCRAM, and there is none elsewhere.
        let is_proven = !matches!(self.mechanism, Mechanism::Plain | Mechanism::Login) && !self.mechanism.takes_token();
        validate.with::<Accepted, _>(|| {
            Ok(match self.mechanism {
                Mechanism::Anonymous | Mechanism::External => true,
                _ => is_user && (has_secret || is_proven),
            })
        })?;
        Ok(())
    }
}

/// One step of rsasl: what it says, and whether it wants more.
fn step<V: Validation>(session: &mut Session<V>, heard: Option<&str>) -> Option<(String, State)> {
    let mut said = Cursor::new(Vec::new());
    let state = session.step(heard.map(decode).as_deref(), &mut said).ok()?;
    Some((encode(said.into_inner()), state))
}

/// Whether our client and rsasl's server come to terms, and what our client knows of the server then.
fn log_in_at_rsasl(mechanism: Mechanism, secret: &str) -> (bool, bool) {
    let mut client = client(mechanism, &credentials("user", secret)).unwrap();
    let name = Mechname::parse(mechanism.as_str().as_bytes()).unwrap();
    let mut server =
        SASLServer::<Accepted>::new(Host::config(true, mechanism, "pencil")).start_suggested(name).unwrap();
    let mut response = client.initial_response();
    while let Some((challenge, state)) = step(&mut server, response.as_ref().map(|said| said.expose())) {
        if !challenge.is_empty() {
            match client.respond(challenge.as_bytes()) {
                Ok(answer) => response = Some(answer),
                Err(_) => return (false, client.server_proven()),
            }
        }
        if !state.is_running() {
            return (server.validation().unwrap_or(false), client.server_proven());
        }
    }
    (false, client.server_proven())
}

/// What our server says of rsasl's client.
fn log_in_at_ours(mechanism: Mechanism, secret: &'static str, mut server: ServerExchange) -> Step {
    let name = Mechname::parse(mechanism.as_str().as_bytes()).unwrap();
    let mut client = SASLClient::new(Host::config(false, mechanism, secret)).start_suggested(&[name]).unwrap();
    let mut challenge = if client.are_we_first() { None } else { Some(server.challenge()) };
    loop {
        let (response, _) = step(&mut client, challenge.as_deref()).unwrap();
        let response = SaslText::parse(&response).unwrap();
        match server.handle_response(&response, &pencil) {
            Step::Challenge(text) => challenge = Some(text),
            verdict => return verdict,
        }
    }
}

#[test]
fn our_client_logs_in_at_their_server() {
    for mechanism in mechanisms() {
        assert_eq!(log_in_at_rsasl(mechanism, "pencil"), (true, true), "{mechanism}");
        if needs_secret(mechanism) {
            let (is_accepted, is_proven) = log_in_at_rsasl(mechanism, "pencils");
            assert!(!is_accepted, "{mechanism}");
            assert_eq!(is_proven, matches!(mechanism, Mechanism::Plain | Mechanism::Login), "{mechanism}");
        }
    }
}

#[test]
fn their_client_logs_in_at_our_server() {
    for mechanism in mechanisms() {
        let user = if mechanism == Mechanism::Anonymous { "anonymous" } else { "user" };
        let accepted = Step::Accepted { user: user.into() };
        assert_eq!(log_in_at_ours(mechanism, "pencil", server(mechanism)), accepted, "{mechanism}");
        if needs_secret(mechanism) {
            assert_eq!(log_in_at_ours(mechanism, "pencils", server(mechanism)), Step::Rejected, "{mechanism}");
        }
    }
}
