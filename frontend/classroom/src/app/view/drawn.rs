//! A way, drawn: stops, and between each two a line. The drawing is a list of words, so whoever hears it hears all that is
//! to be seen. Knows neither mail nor TLS.

/// How a stop looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// An end of the way, who may read.
    End,
    /// Somebody between, who reads along.
    Reads,
    /// Somebody between, who cannot read what counts.
    Sealed,
    /// The mail is here.
    Here,
    /// It was here.
    Passed,
    /// It has not come so far.
    Ahead,
    /// It goes no further.
    Failed,
}

impl Mark {
    /// Its name in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::End => "end",
            Self::Reads => "reads",
            Self::Sealed => "sealed",
            Self::Here => "here",
            Self::Passed => "passed",
            Self::Ahead => "ahead",
            Self::Failed => "failed",
        }
    }
}

/// A stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// Who or what is there.
    pub name: String,
    /// What is to be said of it.
    pub says: String,
    /// How it looks.
    pub mark: Mark,
}

/// How a line between two stops looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// Whoever is there can read.
    Open,
    /// Encrypted.
    Sealed,
    /// Something goes along here, one way.
    Step,
}

/// A line between two stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What stands beside it.
    pub text: String,
    /// How it looks.
    pub kind: LinkKind,
}

/// A way: one link fewer than stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// What it shows.
    pub title: String,
    /// The stops, in their order.
    pub stops: Vec<Stop>,
    /// What is between them.
    pub links: Vec<Link>,
}
