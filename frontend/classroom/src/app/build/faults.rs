//! The faults of a server as a list with fields. Each is a line of the script that `popglass_protocol` reads.

use popglass_protocol::{command::CommandName, server::fault::FaultScript};

/// A fault, cut into its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct FaultLine {
    /// The greeting, anything, or a keyword.
    pub(in crate::app) place: String,
    /// The how manieth time; empty for each.
    pub(in crate::app) time: String,
    pub(in crate::app) kind: String,
    pub(in crate::app) detail: String,
}

/// What can be ordered, each with a detail that makes sense to begin with; empty for none.
pub(in crate::app) const KINDS: [(&str, &str); 14] = [
    ("refuse", "Not now"),
    ("hang-up", ""),
    ("cut", "100"),
    ("delay", "30000"),
    ("swallow", ""),
    ("lie sizes", "+100"),
    ("lie count", "+1"),
    ("answer-twice", ""),
    ("lie unique-id-repeated", ""),
    ("lie unique-id-missing", ""),
    ("lie not-stuffed", ""),
    ("lie bare-line-feeds", ""),
    ("before", "\"* hello\\r\\n\""),
    ("replace", "\"hello\\r\\n\""),
];

/// Where a fault can happen, besides a command.
pub(in crate::app) const GREETING: &str = "greeting";
pub(in crate::app) const ANY: &str = "any";

/// All places where a fault can happen.
pub(in crate::app) fn places() -> Vec<&'static str> {
    let mut places = vec![ANY, GREETING];
    for name in CommandName::ALL {
        if !places.contains(&name.keyword()) {
            places.push(name.keyword());
        }
    }
    places
}

impl FaultLine {
    /// What a new fault begins as.
    pub(in crate::app) fn usual() -> Self {
        Self::of("RETR 1: refuse Not now")
    }

    pub(in crate::app) fn of(line: &str) -> Self {
        let (when, what) = line.split_once(':').unwrap_or((line, ""));
        let (place, time) = when.trim().split_once(' ').unwrap_or((when.trim(), ""));
        let what = what.trim();
        let known = KINDS.iter().map(|(kind, _)| *kind);
        let kind =
            known.filter(|kind| what == *kind || what.starts_with(&format!("{kind} "))).max_by_key(|kind| kind.len());
        let (kind, detail) = match kind {
            Some(kind) => (kind, &what[kind.len()..]),
            None => what.split_once(' ').unwrap_or((what, "")),
        };
        let place = places().into_iter().find(|known| known.eq_ignore_ascii_case(place)).unwrap_or(place);
        Self {
            place: place.to_owned(),
            time: time.trim().to_owned(),
            kind: kind.to_owned(),
            detail: detail.trim().to_owned(),
        }
    }

    pub(in crate::app) fn has_detail(&self) -> bool {
        KINDS.iter().find(|(kind, _)| *kind == self.kind).is_none_or(|(_, detail)| !detail.is_empty())
    }

    /// Chooses another kind, with its usual detail.
    pub(in crate::app) fn choose(&mut self, kind: &str) {
        if let Some((kind, detail)) = KINDS.iter().find(|(known, _)| *known == kind) {
            self.kind = (*kind).to_owned();
            self.detail = (*detail).to_owned();
        }
    }

    pub(in crate::app) fn line(&self) -> String {
        let when = format!("{} {}", self.place, if self.place == GREETING { "" } else { &self.time });
        let what = format!("{} {}", self.kind, self.detail);
        format!("{}: {}", when.trim(), what.trim())
    }

    pub(in crate::app) fn is_understood(&self) -> bool {
        self.line().parse::<FaultScript>().is_ok()
    }
}

/// The faults of a script, without empty lines and remarks.
pub(in crate::app) fn lines(script: &str) -> impl Iterator<Item = &str> {
    script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Changes one fault of a script.
pub(in crate::app) fn change(script: &mut String, place: usize, to: Option<&FaultLine>) {
    let kept = lines(script).enumerate().filter_map(|(at, line)| match (at == place, to) {
        (true, to) => to.map(FaultLine::line),
        (false, _) => Some(line.to_owned()),
    });
    *script = kept.map(|line| format!("{line}\n")).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_fault_is_understood_with_its_usual_detail() {
        for (kind, detail) in KINDS {
            let mut fault = FaultLine::usual();
            fault.choose(kind);
            assert!(fault.is_understood(), "{}", fault.line());
            assert_eq!(FaultLine::of(&fault.line()), fault, "{kind} {detail}");
        }
        for place in places() {
            let fault = FaultLine { place: place.to_owned(), time: String::new(), ..FaultLine::usual() };
            assert!(fault.is_understood(), "{}", fault.line());
            assert_eq!(FaultLine::of(&fault.line()), fault);
        }
    }

    #[test]
    fn a_script_is_changed_line_by_line() {
        let mut script = "# odd\nRETR 2: cut 100\n\nSTAT: explode".to_owned();
        assert!(!FaultLine::of(lines(&script).nth(1).unwrap()).is_understood());
        change(&mut script, 1, Some(&FaultLine::usual()));
        assert_eq!(script, "RETR 2: cut 100\nRETR 1: refuse Not now\n");
        change(&mut script, 0, None);
        assert_eq!(script, "RETR 1: refuse Not now\n");
    }
}
