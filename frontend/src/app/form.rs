//! What the connect form offers and what is chosen in it, out of what the bridge said. Never knows a password.

use popglass_protocol::{
    login::{Method, Wish},
    sasl::Mechanism,
    tunnel::{Address, Hello, Target, TlsEnds},
};
use serde::{Deserialize, Serialize};

use crate::i18n::Language;

/// The colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Theme {
    /// As the system says.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Its name in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme with this name in markup.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == name)
    }
}

/// What this browser keeps between visits: everything of the form but the password.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// The language, if the user chose one.
    pub language: Option<Language>,
    /// The colours.
    pub theme: Theme,
    /// The user switched the single-letter shortcuts off (WCAG 2.1.4).
    pub shortcuts_off: bool,
    /// The server.
    pub host: Option<String>,
    /// The port.
    pub port: Option<u16>,
    /// Where TLS ends.
    pub tls: Option<TlsEnds>,
    /// By which method.
    pub wish: Wish,
    /// The user name.
    pub user: String,
}

/// The ways to log in that the form offers, weakest first behind the choice of all who need not choose. EXTERNAL and the
/// -PLUS mechanisms are left out: they need TLS that ends in the page.
pub const WISHES: [Wish; 11] = [
    Wish::Automatic,
    Wish::Exactly(Method::UserPass),
    Wish::Exactly(Method::Apop),
    Wish::Exactly(Method::Sasl(Mechanism::Plain)),
    Wish::Exactly(Method::Sasl(Mechanism::Login)),
    Wish::Exactly(Method::Sasl(Mechanism::CramMd5)),
    Wish::Exactly(Method::Sasl(Mechanism::ScramSha1)),
    Wish::Exactly(Method::Sasl(Mechanism::ScramSha256)),
    Wish::Exactly(Method::Sasl(Mechanism::OAuthBearer)),
    Wish::Exactly(Method::Sasl(Mechanism::XOAuth2)),
    Wish::Exactly(Method::Sasl(Mechanism::Anonymous)),
];

/// What the form asks for besides the user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretKind {
    /// A password.
    Password,
    /// A bearer token, which the provider issues.
    Token,
    /// Nothing: a guest has no secret.
    None,
}

impl SecretKind {
    /// What this way to log in takes.
    #[must_use]
    pub fn of(wish: Wish) -> Self {
        match wish {
            Wish::Exactly(Method::Sasl(mechanism)) if mechanism.takes_token() => Self::Token,
            Wish::Exactly(Method::Sasl(mechanism)) if !mechanism.takes_password() => Self::None,
            Wish::Automatic | Wish::Exactly(Method::UserPass | Method::Apop | Method::Sasl(_)) => Self::Password,
        }
    }
}

/// What a press on the connect button would dial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The server.
    pub target: Address,
    /// Where TLS ends.
    pub tls: TlsEnds,
}

/// The ways to this server that this page can go: it does not speak TLS itself yet.
fn modes(target: &Target) -> impl Iterator<Item = TlsEnds> {
    target.modes.iter().copied().filter(|tls| matches!(tls, TlsEnds::Bridge | TlsEnds::Nowhere))
}

fn usable(hello: &Hello) -> impl Iterator<Item = &Target> {
    hello.targets.iter().filter(|target| modes(target).next().is_some())
}

/// The hosts on offer, each once, in the operator's order.
pub(super) fn hosts(hello: &Hello) -> Vec<String> {
    let mut hosts = Vec::new();
    for target in usable(hello) {
        if !hosts.contains(&target.address.host) {
            hosts.push(target.address.host.clone());
        }
    }
    hosts
}

/// The ports of this host.
pub(super) fn ports(hello: &Hello, host: &str) -> Vec<u16> {
    let mut ports = Vec::new();
    for target in usable(hello).filter(|target| target.address.host == host) {
        if !ports.contains(&target.address.port) {
            ports.push(target.address.port);
        }
    }
    ports
}

/// The ways to secure a connection to this address, best first.
pub(super) fn securities(hello: &Hello, address: &Address) -> Vec<TlsEnds> {
    let mut securities = Vec::new();
    for tls in usable(hello).filter(|target| target.address == *address).flat_map(modes) {
        if !securities.contains(&tls) {
            securities.push(tls);
        }
    }
    securities
}

/// What the user wants as far as the bridge offers it; its first offer for the rest. Nothing if it offers nothing.
pub(super) fn choose(hello: &Hello, wanted: &Remembered) -> Option<Choice> {
    let hosts = hosts(hello);
    let host = wanted.host.as_ref().filter(|host| hosts.contains(host)).or(hosts.first())?.clone();
    let ports = ports(hello, &host);
    // A port that encrypts comes before one that does not, whatever the operator's order, unless the user chose.
    let encrypts =
        |port: &&u16| securities(hello, &Address { host: host.clone(), port: **port }).contains(&TlsEnds::Bridge);
    let port = *wanted
        .port
        .as_ref()
        .filter(|port| ports.contains(port))
        .or_else(|| ports.iter().find(encrypts))
        .or(ports.first())?;
    let target = Address { host, port };
    let securities = securities(hello, &target);
    let tls = wanted.tls.filter(|tls| securities.contains(tls)).or(securities.first().copied())?;
    Some(Choice { target, tls })
}
