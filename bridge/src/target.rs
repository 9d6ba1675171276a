//! A target in the operator's words, as a flag or in the settings file, made into a [`Rule`]: which words there are, what
//! holds where none is said, and what a rule means in plain text. What contradicts is `policy.rs`'s to refuse.

use popglass_protocol::tunnel::TlsEnds;
use serde::Deserialize;

use crate::{
    origin::parse_address,
    policy::{Rule, Trust},
};

/// A target of the settings file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FileTarget {
    address: String,
    #[serde(default)]
    security: Vec<Security>,
    #[serde(default)]
    allow_private: bool,
}

/// Where TLS ends, in the operator's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Security {
    Page,
    Stls,
    Tls,
    Plain,
}

impl Security {
    const WORDS: [(&str, Self); 4] =
        [("page", Self::Page), ("stls", Self::Stls), ("tls", Self::Tls), ("plain", Self::Plain)];
}

impl From<Security> for TlsEnds {
    fn from(security: Security) -> Self {
        match security {
            Security::Page => Self::Page,
            Security::Stls => Self::PageStls,
            Security::Tls => Self::Bridge,
            Security::Plain => Self::Nowhere,
        }
    }
}

/// A target of the settings file, as a rule.
///
/// # Errors
/// Says, for people, what is wrong with it.
pub(crate) fn from_file(target: &FileTarget, blind: bool) -> Result<Rule, String> {
    rule(&target.address, &target.security, target.allow_private, blind)
}

/// A target as a flag: the address, then words.
///
/// # Errors
/// Says, for people, what is wrong with it.
pub(crate) fn from_flag(text: &str, blind: bool) -> Result<Rule, String> {
    let mut words = text.split(',');
    let address = words.next().unwrap_or_default();
    let mut security = Vec::new();
    let mut allow_private = false;
    for word in words {
        match Security::WORDS.iter().find(|(known, _)| *known == word) {
            Some((_, known)) => security.push(*known),
            None if word == "private" => allow_private = true,
            None => return Err(format!("target {address}: {word:?} is not one of page, stls, tls, plain, private")),
        }
    }
    rule(address, &security, allow_private, blind)
}

/// RFC 1939 §3: the port of POP3 that begins without TLS.
const PLAIN_PORT: u16 = 110;

fn rule(address: &str, security: &[Security], allow_private: bool, blind: bool) -> Result<Rule, String> {
    let address = parse_address(address).map_err(|reason| format!("target {reason}"))?;
    let mut modes = Vec::new();
    for mode in security.iter().copied().map(TlsEnds::from) {
        if !modes.contains(&mode) {
            modes.push(mode);
        }
    }
    if modes.is_empty() {
        modes = match address.port {
            PLAIN_PORT => vec![TlsEnds::PageStls],
            _ if blind => vec![TlsEnds::Page],
            _ => vec![TlsEnds::Page, TlsEnds::Bridge],
        };
    }
    if blind && !modes.iter().all(|mode| mode.in_page()) {
        return Err(format!(
            "target {address} says `tls` or `plain`, where the bridge can read along, but the bridge is to be blind: \
             say `page` (or `stls`, on a port that begins without TLS), or leave `blind` out"
        ));
    }
    Ok(Rule { address, modes, allow_private, trust: Trust::Operator })
}

/// A target's rule in plain words.
pub(crate) fn describe(rule: &Rule) -> String {
    let mut text = String::new();
    for (position, mode) in rule.modes.iter().enumerate() {
        text.push_str(if position == 0 { "" } else { ", or " });
        text.push_str(match mode {
            TlsEnds::Page => "TLS ends in the page",
            TlsEnds::PageStls => "TLS ends in the page, which asks for it by STLS",
            TlsEnds::Bridge => "TLS ends in the bridge",
            TlsEnds::Nowhere => "NO TLS, everybody on the way can read along",
        });
    }
    if rule.allow_private {
        text.push_str("; may be a private address");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use TlsEnds::{Bridge, Nowhere, Page, PageStls};

    #[test]
    fn the_words_say_where_tls_ends_and_the_port_where_no_word_does() {
        let rows: &[(&str, bool, &[TlsEnds])] = &[
            ("a.test:995", false, &[Page, Bridge]),
            ("a.test:1995", false, &[Page, Bridge]),
            ("a.test:110", false, &[PageStls]),
            ("a.test:995,private", false, &[Page, Bridge]),
            ("a.test:995,tls", false, &[Bridge]),
            ("a.test:995,tls,page", false, &[Bridge, Page]),
            ("a.test:995,page,page,tls,page", false, &[Page, Bridge]),
            ("a.test:110,stls,plain", false, &[PageStls, Nowhere]),
            ("a.test:110,plain", false, &[Nowhere]),
            ("a.test:2110,stls", false, &[PageStls]),
            ("a.test:110,page", false, &[Page]),
            ("a.test:995", true, &[Page]),
            ("a.test:1995", true, &[Page]),
            ("a.test:110", true, &[PageStls]),
            ("a.test:995,page", true, &[Page]),
            ("a.test:2110,stls", true, &[PageStls]),
        ];
        for (text, blind, expected) in rows {
            assert_eq!(from_flag(text, *blind).unwrap().modes, *expected, "{text} {blind}");
        }
    }

    #[test]
    fn a_blind_bridge_takes_no_target_where_it_could_read_along() {
        for words in ["tls", "plain", "page,tls", "stls,plain"] {
            let refusal = from_flag(&format!("a.test:995,{words}"), true).unwrap_err();
            assert!(refusal.contains("a.test:995") && refusal.contains("blind"), "{words}: {refusal}");
        }
    }

    #[test]
    fn every_mode_is_told_in_plain_words() {
        let check = |text: &str, expected: &str| assert_eq!(describe(&from_flag(text, false).unwrap()), expected);
        check("a.test:995", "TLS ends in the page, or TLS ends in the bridge");
        check("a.test:110,private", "TLS ends in the page, which asks for it by STLS; may be a private address");
        check("a.test:110,plain", "NO TLS, everybody on the way can read along");
    }
}
