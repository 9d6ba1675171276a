//! From the greeting to the open maildrop: who, with what, and what to say when it fails. Knows no mechanism and no task.

use std::io::{self, IsTerminal as _, Write as _};

use popglass_protocol::{
    client::Event,
    login::{
        Method, NoMethod, Protection, Wish,
        driver::{Login, Outcome, Plan},
    },
    reply::Refusal,
    sasl::{ChannelBinding, Credentials, Endpoint, Mechanism, Nonce},
    secret::Secret,
    types::UserName,
    url::{PopUrl, Scheme},
};
use rustls::crypto::ring;

use crate::{
    arguments::Options,
    failure::{Ending, Failure},
    password::password,
    session::{Session, Step, refused},
};

/// What the login will need, asked for before there is a connection that could time out meanwhile.
pub(crate) fn plan(url: &PopUrl, options: &Options) -> Result<Plan, Failure> {
    let wish = url.wish().map_err(|error| Failure::new(Ending::Usage, error.to_string(), "see --help"))?;
    let (needs_user, needs_secret) = match wish {
        Wish::Exactly(Method::Sasl(Mechanism::Anonymous | Mechanism::External)) => (false, false),
        Wish::Automatic | Wish::Exactly(_) => (true, true),
    };
    let identity = match &url.user {
        Some(user) => user.as_str().to_owned(),
        None if needs_user => ask_user()?,
        None => String::new(),
    };
    let secret = if needs_secret { password(options, &identity)? } else { Secret::default() };
    let mut random = [0; _];
    ring::default_provider().secure_random.fill(&mut random).map_err(|_| {
        Failure::new(Ending::Unreachable, "the system has no random numbers to give", "try again later")
    })?;
    let start_tls = url.scheme == Scheme::Pop && !options.plain;
    Ok(Plan {
        wish,
        protection: match url.scheme {
            Scheme::Pops => Protection::Protected,
            Scheme::Pop if options.plain => Protection::OpenAgreed,
            Scheme::Pop => Protection::Open,
        },
        start_tls,
        credentials: Credentials {
            identity,
            authorization: None,
            secret,
            endpoint: Some(Endpoint { host: url.host.to_string(), port: url.port }),
        },
        nonce: Nonce::from_octets(random),
        channel: ChannelBinding::Unsupported,
    })
}

/// RFC 2384 §4: a URL without a user name makes the program ask for one.
fn ask_user() -> Result<String, Failure> {
    let unusable = |what: &str| Failure::new(Ending::Usage, what, "name the user in the URL: pops://user@host");
    if !io::stdin().is_terminal() {
        return Err(unusable("the URL names no user, and there is no terminal to ask"));
    }
    eprint!("User name: ");
    let mut line = String::new();
    io::stderr()
        .flush()
        .and_then(|()| io::stdin().read_line(&mut line))
        .map_err(|error| unusable(&error.to_string()))?;
    let user = UserName::parse(line.trim_end_matches(['\r', '\n']));
    user.map(|user| user.as_str().to_owned()).map_err(|error| unusable(&format!("the user name: {error}")))
}

/// Waits for the greeting, starts TLS where the plan says so, and logs in.
pub(crate) fn log_in(session: &mut Session, mut plan: Plan) -> Result<(), Failure> {
    plan.channel = session.link.channel_binding();
    let mut login = Login::new(plan);
    loop {
        match session.step()? {
            Step::TlsStands => {
                session.client.handle_tls_ready();
                login.handle_tls_ready(&mut session.client, session.link.channel_binding());
            }
            Step::Event(Event::GreetingRefused { text }) => {
                let what = format!("the server does not want to talk: {text}");
                return Err(Failure::new(Ending::Unreachable, what, "try again later"));
            }
            Step::Event(event) => match login.handle_event(&mut session.client, &event) {
                Some(Outcome::LoggedIn(_)) => return Ok(()),
                Some(outcome) => return Err(login_failure(&outcome)),
                None => {}
            },
        }
    }
}

fn login_failure(outcome: &Outcome) -> Failure {
    let failed = |what: String, advice: &str| Failure::new(Ending::LoginRefused, what, advice);
    match outcome {
        Outcome::LoggedIn(_) => failed("the login succeeded".to_owned(), "nothing"),
        Outcome::Refused { method, refusal } => refused_by(*method, refusal),
        Outcome::Aborted { method, fault } => Failure::new(
            Ending::Misbehaved,
            format!("the login by {method} was broken off: {fault}"),
            "if the password is right, the server is not what it claims to be, or its operator must repair it",
        ),
        Outcome::Unfit { method, reason } => Failure::new(
            Ending::Usage,
            format!("{method} cannot be used: {reason}"),
            "choose another method with --auth, or see that name and password are right",
        ),
        Outcome::NoTls(refusal) => {
            let said = refusal.as_ref().map(|refusal| format!(": {}", refusal.text)).unwrap_or_default();
            Failure::new(
                Ending::Unreachable,
                format!("the server starts no TLS by STLS{said}; no password was sent"),
                "use pops://; or, where nobody can listen, --plain",
            )
        }
        Outcome::NoMethod(NoMethod::NotOffered(method)) => {
            failed(format!("the server does not offer {method}; no password was sent"), "choose another with --auth")
        }
        Outcome::NoMethod(NoMethod::Exposed(method)) => failed(
            format!("{method} would show the password to everybody on the way; it was not sent"),
            "use pops://; or, where nobody can listen, --plain",
        ),
        Outcome::NoMethod(NoMethod::NoChannelBinding(mechanism)) => failed(
            format!("{mechanism} needs TLS 1.3, which this connection is not"),
            "choose another with --auth, such as the same without -PLUS",
        ),
        Outcome::NoMethod(NoMethod::Nothing) => failed(
            "the server offers no way to log in with a password; none was sent".to_owned(),
            "for a token choose --auth OAUTHBEARER or XOAUTH2",
        ),
    }
}

/// `[AUTH]` blames the credentials (RFC 3206 §5); without a code nobody knows.
fn refused_by(method: Method, refusal: &Refusal) -> Failure {
    let failure = refused(Ending::LoginRefused, refusal);
    match &refusal.code {
        Some(_) => failure,
        None => Failure::new(
            Ending::LoginRefused,
            format!("the server refused the login by {method}: {}", refusal.text),
            "check name and password; some providers want a password made for this program, or a token",
        ),
    }
}
