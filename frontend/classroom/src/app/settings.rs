//! Language and colours, kept where the mail client keeps them, so that a choice holds on both sides: a line a fact. Lines
//! of others are left as they are. Knows no storage.

use popglass_frontend::{app::Theme, i18n::Language};

/// What the classroom keeps between visits besides the progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// The language, if somebody chose one.
    pub language: Option<Language>,
    /// The colours.
    pub theme: Theme,
    /// Large type, for a wall.
    pub is_large: bool,
    /// Moves are counted beside those of the solution.
    pub shows_score: bool,
}

const LANGUAGE: &str = "language";
const THEME: &str = "theme";
const LARGE: &str = "lessons-large";
const SCORE: &str = "lessons-score";
const ON: &str = "on";

impl Settings {
    /// What was kept, as far as it is understood.
    #[must_use]
    pub fn kept(text: &str) -> Self {
        let mut settings = Self::default();
        for (word, value) in text.lines().filter_map(|line| line.split_once(' ')) {
            match word {
                LANGUAGE => settings.language = Language::from_tag(value),
                THEME => settings.theme = Theme::from_name(value).unwrap_or_default(),
                LARGE => settings.is_large = value == ON,
                SCORE => settings.shows_score = value == ON,
                _ => {}
            }
        }
        settings
    }

    /// The kept text with these settings in the place of those that it had.
    #[must_use]
    pub fn written_into(self, kept: &str) -> String {
        let facts = [
            (LANGUAGE, self.language.map(Language::tag)),
            (THEME, Some(self.theme.as_str())),
            (LARGE, self.is_large.then_some(ON)),
            (SCORE, self.shows_score.then_some(ON)),
        ];
        let is_ours = |line: &str| facts.iter().any(|(word, _)| line.split(' ').next() == Some(word));
        let ours = facts.into_iter().filter_map(|(word, value)| value.map(|value| format!("{word} {value}\n")));
        ours.chain(kept.lines().filter(|line| !is_ours(line)).map(|line| format!("{line}\n"))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_lines_are_replaced_and_those_of_others_stay() {
        let settings = Settings { language: Some(Language::De), theme: Theme::Dark, ..Settings::default() };
        for (kept, expected) in [
            ("", "language de\ntheme dark\n"),
            ("theme light\nuser ada\nhost a.example\n", "language de\ntheme dark\nuser ada\nhost a.example\n"),
            ("lessons-score on\n", "language de\ntheme dark\n"),
        ] {
            let written = settings.written_into(kept);
            assert_eq!(written, expected, "{kept:?}");
            assert_eq!(Settings::kept(&written), settings);
        }
    }

    #[test]
    fn what_is_not_understood_counts_as_not_chosen() {
        assert_eq!(Settings::kept("language tlh\ntheme plaid\nnonsense"), Settings::default());
    }
}
