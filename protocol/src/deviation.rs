//! What a server did that the RFCs do not allow, and the client took all the same: tolerated, never hidden. In strict
//! mode each of them but [`Rule::MalformedAccepted`] ends the session instead. Knows the rules, not how they were found broken.

use alloc::string::String;
use core::fmt;

use crate::{limits, types::printable};

/// One fault that was tolerated. Each rule is reported once a reply, however often the reply breaks it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Deviation {
    /// The rule that was broken.
    pub rule: Rule,
    /// The octets that show it, made printable and shortened to [`limits::DEVIATION_OCTETS_MAX`]; empty where the fault
    /// is that something is missing.
    pub octets: String,
}

impl Deviation {
    /// A fault, shown by these octets.
    #[must_use]
    pub fn new(rule: Rule, octets: &[u8]) -> Self {
        let shown = octets.get(..limits::DEVIATION_OCTETS_MAX).unwrap_or(octets);
        Self { rule, octets: printable(shown) }
    }

    /// Where the rule stands.
    #[must_use]
    pub fn rfc(&self) -> &'static str {
        self.rule.rfc()
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.rule.description(), self.rule.rfc())
    }
}

/// Rules that were broken, each at most once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RuleSet(u32);

impl RuleSet {
    /// Adds a rule; true if it is new.
    pub fn insert(&mut self, rule: Rule) -> bool {
        let before = self.0;
        self.0 |= 1 << rule as u32;
        self.0 != before
    }

    /// The rules, in the order of [`Rule::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Rule> {
        Rule::ALL.iter().copied().filter(move |rule| self.0 & (1 << *rule as u32) != 0)
    }

    /// No rule was broken.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident, $rfc:literal, $description:literal;)+) => {
        /// A rule that servers break, and that the client can do without.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        pub enum Rule {
            $(#[doc = concat!($description, " (", $rfc, ").")] #[doc = ""] $(#[$doc])* $name,)+
        }

        impl Rule {
            /// All of them, for tables and tests.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// Where the rule stands.
            #[must_use]
            pub fn rfc(self) -> &'static str {
                match self { $(Self::$name => $rfc,)+ }
            }

            /// What was done against it, in English, for people who know POP3.
            #[must_use]
            pub fn description(self) -> &'static str {
                match self { $(Self::$name => $description,)+ }
            }
        }
    };
}

rules! {
    BareLineFeed, "RFC 1939 §3", "a line ends in a bare LF instead of CRLF";
    EmptyLine, "RFC 1939 §3", "an empty line stands where a reply should begin";
    StatusSeparator, "RFC 1939 §3", "no single blank stands between status indicator and text";
    StatusLineLong, "RFC 2449 §4", "a status line is longer than 512 octets";
    StatusNotAscii, "RFC 1939 §3", "a status line holds octets outside printable ASCII, and UTF8 was not spoken";
    CapabilityLineLong, "RFC 2449 §5", "a line of CAPA is longer than 512 octets";
    CapabilityArguments, "RFC 2449 §6", "a capability has arguments that its specification does not know";
    DotNotStuffed, "RFC 1939 §3", "a line of a multi-line response begins with a dot that was not doubled";
    TerminatorCut, "RFC 1939 §3", "the line that ends a multi-line response has no line end";
    ListingBlanks, "RFC 1939 §5", "more or other than single blanks stand in a line of a listing";
    SizeUnreadable, "RFC 1939 §5", "a size is not a number";
    SizeWrong, "RFC 1939 §11", "a message has another number of octets than LIST said";
    CountWrong, "RFC 1939 §5", "STAT counts other messages than LIST lists";
    NumberGap, "RFC 1939 §4", "message numbers do not run from 1 without a gap, although nothing was marked";
    NumberRepeated, "RFC 1939 §4", "a listing names a message number twice, or not in order";
    UniqueIdMissing, "RFC 1939 §7", "a message has no unique-id";
    UniqueIdRepeated, "RFC 1939 §7", "two messages have the same unique-id, which only identical ones may";
    UniqueIdLong, "RFC 1939 §7", "a unique-id is longer than 70 octets";
    UniqueIdCharacters, "RFC 1939 §7", "a unique-id holds octets outside 0x21 to 0x7E";
    AnsweredTwice, "RFC 1939 §3", "a reply came that nobody asked for: a command was answered twice";
    UnaskedRefusal, "RFC 1939 §3", "-ERR came although nothing was asked, as before a server hangs up";
    ContinuationAsOk, "RFC 5034 §4", "+OK stands where a challenge (+) should";
    ContinuationWithText, "RFC 5034 §4", "text stands in a challenge that should be empty";
    /// Told of typed lines alone, and never the end of a session: who types a wrong line wants to see what comes of it.
    MalformedAccepted, "RFC 1939 §3", "+OK answers a line that is no command but resembles one";
}
