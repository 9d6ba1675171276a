//! What the connect form offers and what is chosen in it, out of what the bridge said. Never knows a password.

use popglass_protocol::{
    login::{Method, Wish},
    sasl::Mechanism,
    tunnel::{Address, Hello, TlsEnds},
};

use super::remembered::Remembered;

/// The colours of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// The ways to log in that the form offers, weakest first behind the choice of all who need not choose. EXTERNAL is left
/// out: it needs a certificate of the user's.
pub const WISHES: [Wish; 13] = [
    Wish::Automatic,
    Wish::Exactly(Method::UserPass),
    Wish::Exactly(Method::Apop),
    Wish::Exactly(Method::Sasl(Mechanism::Plain)),
    Wish::Exactly(Method::Sasl(Mechanism::Login)),
    Wish::Exactly(Method::Sasl(Mechanism::CramMd5)),
    Wish::Exactly(Method::Sasl(Mechanism::ScramSha1)),
    Wish::Exactly(Method::Sasl(Mechanism::ScramSha1Plus)),
    Wish::Exactly(Method::Sasl(Mechanism::ScramSha256)),
    Wish::Exactly(Method::Sasl(Mechanism::ScramSha256Plus)),
    Wish::Exactly(Method::Sasl(Mechanism::OAuthBearer)),
    Wish::Exactly(Method::Sasl(Mechanism::XOAuth2)),
    Wish::Exactly(Method::Sasl(Mechanism::Anonymous)),
];

/// Whether this way to log in can be gone where TLS ends there: -PLUS binds the login to TLS of the page's own.
pub(super) fn fits(wish: Wish, tls: TlsEnds) -> bool {
    match wish {
        Wish::Exactly(Method::Sasl(mechanism)) => !mechanism.binds_channel() || tls.in_page(),
        Wish::Automatic | Wish::Exactly(Method::UserPass | Method::Apop) => true,
    }
}

/// The way to log in that is gone: as the user wishes, or automatically where that cannot be.
pub(super) fn wish_for(wanted: Wish, tls: TlsEnds) -> Wish {
    if fits(wanted, tls) { wanted } else { Wish::Automatic }
}

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

/// Where TLS can end. The more of the way is encrypted, the sooner it is taken. At once comes before asking, since nobody on
/// the way can make a server look as if it did not know STLS.
pub const SECURITIES: [TlsEnds; 4] = [TlsEnds::Page, TlsEnds::PageStls, TlsEnds::Bridge, TlsEnds::Nowhere];

/// Its name in markup and in what is kept, as the tunnel writes it.
#[must_use]
pub fn security_word(tls: TlsEnds) -> &'static str {
    match tls {
        TlsEnds::Page => "page",
        TlsEnds::PageStls => "page_stls",
        TlsEnds::Bridge => "bridge",
        TlsEnds::Nowhere => "nowhere",
    }
}

/// The hosts on offer, each once, in the operator's order.
pub(super) fn hosts(hello: &Hello) -> Vec<String> {
    let mut hosts = Vec::new();
    for target in hello.targets.iter().filter(|target| !target.modes.is_empty()) {
        if !hosts.contains(&target.address.host) {
            hosts.push(target.address.host.clone());
        }
    }
    hosts
}

/// The ports of this host, in the operator's order.
pub(super) fn ports(hello: &Hello, host: &str) -> Vec<u16> {
    let mut ports = Vec::new();
    for target in hello.targets.iter().filter(|target| target.address.host == host && !target.modes.is_empty()) {
        if !ports.contains(&target.address.port) {
            ports.push(target.address.port);
        }
    }
    ports
}

/// The ways to secure a connection to this address, best first, whatever the operator's order.
pub(super) fn securities(hello: &Hello, address: &Address) -> Vec<TlsEnds> {
    let here =
        |tls: &TlsEnds| hello.targets.iter().any(|target| target.address == *address && target.modes.contains(tls));
    SECURITIES.into_iter().filter(here).collect()
}

/// What the user wants as far as the bridge offers it; the best way for the rest. Nothing if it offers nothing.
pub(super) fn choose(hello: &Hello, wanted: &Remembered) -> Option<Choice> {
    let hosts = hosts(hello);
    let host = wanted.host.as_ref().filter(|host| hosts.contains(host)).or(hosts.first())?.clone();
    let ports = ports(hello, &host);
    let best_of = |port: &&u16| {
        let address = Address { host: host.clone(), port: **port };
        let best = securities(hello, &address).first().copied();
        SECURITIES.iter().position(|tls| Some(*tls) == best)
    };
    let chosen = wanted.port.as_ref().filter(|port| ports.contains(port));
    let port = *chosen.or_else(|| ports.iter().min_by_key(best_of))?;
    let target = Address { host, port };
    let securities = securities(hello, &target);
    let tls = wanted.security.filter(|tls| securities.contains(tls)).or(securities.first().copied())?;
    Some(Choice { target, tls })
}
