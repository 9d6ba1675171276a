//! What this browser keeps between visits, and how it is written down: one fact a line, a word and then its value. Who
//! reads it takes the lines that it knows, so that versions can add some and drop some. Not JSON, whose reader the page
//! would carry for this alone.

use std::fmt::Display;

use popglass_protocol::{
    login::{Method, Wish},
    tunnel::TlsEnds,
};

use super::{
    form::{SECURITIES, Theme, WISHES, security_word},
    trust::TrustKept,
};
use crate::i18n::Language;

/// What this browser keeps between visits: everything of the form but the password.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remembered {
    /// The language, if the user chose one.
    pub language: Option<Language>,
    /// The colours.
    pub theme: Theme,
    /// The user switched the single-letter shortcuts off (WCAG 2.1.4).
    pub shortcuts_off: bool,
    /// The bridge's tunnel, on a site that leaves the choice.
    pub bridge: Option<String>,
    /// The server.
    pub host: Option<String>,
    /// The port, if the user chose one.
    pub port: Option<u16>,
    /// Where TLS ends, if the user chose. What was merely on offer is not kept, so that a better way is taken where one
    /// comes to be offered.
    pub security: Option<TlsEnds>,
    /// By which method.
    pub wish: Wish,
    /// The user name.
    pub user: String,
    /// Whom the user trusts besides the public authorities.
    pub trust: TrustKept,
}

impl Remembered {
    /// As it is kept.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut lines = Lines::default();
        let shortcuts = self.shortcuts_off.then_some("off");
        let facts = [
            ("language", self.language.map(Language::tag)),
            ("theme", Some(self.theme.as_str())),
            ("shortcuts", shortcuts),
            ("bridge", self.bridge.as_deref()),
            ("host", self.host.as_deref()),
            ("security", self.security.map(security_word)),
            ("wish", wish_word(self.wish)),
            ("user", Some(&self.user)),
        ];
        for (word, value) in facts {
            if let Some(value) = value {
                lines.add(word, &value);
            }
        }
        if let Some(port) = self.port {
            lines.add("port", &port);
        }
        self.trust.write(&mut lines);
        lines.0
    }

    /// What was kept, as far as this version understands it; all the rest is as on a first visit. Earlier builds kept JSON,
    /// of which nothing is understood.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        let mut kept = Self::default();
        for (word, value) in text.split('\n').filter_map(|line| line.split_once(' ')) {
            match word {
                "language" => kept.language = Language::from_tag(value),
                "theme" => kept.theme = Theme::from_name(value).unwrap_or_default(),
                "shortcuts" => kept.shortcuts_off = value == "off",
                "bridge" => kept.bridge = Some(value.to_owned()),
                "host" => kept.host = Some(value.to_owned()),
                "port" => kept.port = value.parse().ok(),
                "security" => kept.security = SECURITIES.into_iter().find(|tls| security_word(*tls) == value),
                "wish" => {
                    kept.wish = WISHES.into_iter().find(|wish| wish_word(*wish) == Some(value)).unwrap_or_default()
                }
                "user" => value.clone_into(&mut kept.user),
                _ => kept.trust.read(word, value),
            }
        }
        kept.trust.leave_out_the_empty();
        kept
    }
}

/// The facts, as they are kept.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A value stays on its line, wherever it came from: the name of a server is what a bridge says, that of an authority
    /// what a certificate says, and neither may add to what is trusted.
    pub(super) fn add(&mut self, word: &str, value: &dyn Display) {
        let line = format!("{word} {value}");
        self.0.push_str(&line.replace('\n', " "));
        self.0.push('\n');
    }
}

fn wish_word(wish: Wish) -> Option<&'static str> {
    match wish {
        Wish::Automatic => None,
        Wish::Exactly(Method::UserPass) => Some("pass"),
        Wish::Exactly(Method::Apop) => Some("apop"),
        Wish::Exactly(Method::Sasl(mechanism)) => Some(mechanism.as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Remembered, SECURITIES, TrustKept, WISHES};
    use crate::{app::Theme, i18n::Language};
    use popglass_protocol::{login::Wish, tunnel::Address};
    use popglass_session::security::Authority;

    fn trust(host: &str, name: &str) -> TrustKept {
        let server = Address { host: host.to_owned(), port: 995 };
        let mut trust = TrustKept::default();
        let authority = Authority { name: name.to_owned(), der: "MIIB+/=".into(), not_after_ms: -1 };
        trust.add_authorities(&server, vec![authority]).expect("there is room");
        trust.add_pin(&server, "0a".repeat(32)).expect("there is room");
        trust
    }

    fn full() -> Remembered {
        Remembered {
            language: Some(Language::De),
            theme: Theme::Dark,
            shortcuts_off: true,
            bridge: Some("wss://bridge.example/tunnel".into()),
            host: Some("mail.example".into()),
            port: Some(995),
            security: Some(SECURITIES[1]),
            wish: WISHES[8],
            user: " ada  lovelace ".into(),
            trust: trust("::1", "Ada’s own authority"),
        }
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let mut all = vec![Remembered::default(), full()];
        all.extend(WISHES.map(|wish| Remembered { wish, ..full() }));
        all.extend(SECURITIES.map(|tls| Remembered { security: Some(tls), ..full() }));
        all.extend(Theme::ALL.map(|theme| Remembered { theme, ..full() }));
        all.extend(Language::ALL.map(|language| Remembered { language: Some(language), ..full() }));
        for kept in all {
            assert_eq!(Remembered::from_text(&kept.to_text()), kept);
        }
    }

    #[test]
    fn what_is_unknown_or_broken_costs_itself_only() {
        for text in [
            "",
            "\n\n",
            "user",
            "{\"host\":\"mail.example\",\"port\":995,\"tls\":\"bridge\",\"user\":\"ada\"}",
            "language xx\ntheme pink\nshortcuts on\nport 99999\nsecurity none\nwish EXTERNAL\nnews of tomorrow",
            "authority 1 MIIB of no server\npin of no server",
            "server a.example:995",
            "server a.example:995\nauthority soon MIIB Own\nauthority 1 MIIB",
        ] {
            let kept = Remembered::from_text(text);
            assert_eq!(kept, Remembered::default(), "{text}");
        }
        let kept = Remembered::from_text("port x\nlater words\nuser ada\nwish");
        assert_eq!(kept, Remembered { user: "ada".into(), wish: Wish::Automatic, ..Remembered::default() });
    }

    #[test]
    fn nobody_else_s_words_become_facts() {
        let pin = format!("x\nserver mail.example:995\npin {}", "f".repeat(64));
        for kept in [
            Remembered { trust: trust(&pin, "Own"), ..full() },
            Remembered { trust: trust("a.example", &pin), ..full() },
            Remembered { host: Some(pin.clone()), ..full() },
            Remembered { user: pin.clone(), ..full() },
            Remembered { bridge: Some(pin.clone()), ..full() },
        ] {
            let text = kept.to_text();
            assert!(!text.contains("\nserver mail.example") && !text.contains("\npin ff"), "{text}");
        }
    }
}
