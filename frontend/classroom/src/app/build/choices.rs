//! Questions as a form: their kinds, and their options. Knows no texts.

use popglass_lessons::format::Answer;

/// A kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "a kind is named as in `popglass_lessons::format::Answer`")]
pub enum QuestionKind {
    Text,
    AnyOf,
    Exactly,
    Number,
    Choice,
    Choices,
}

impl QuestionKind {
    /// All of them, in the order of their values.
    pub const ALL: [Self; 6] = [Self::Text, Self::AnyOf, Self::Exactly, Self::Number, Self::Choice, Self::Choices];

    pub(super) fn of(answer: &Answer) -> Self {
        match answer {
            Answer::Text(_) => Self::Text,
            Answer::AnyOf(_) => Self::AnyOf,
            Answer::Exactly(_) => Self::Exactly,
            Answer::Number(_) => Self::Number,
            Answer::Choice(_) => Self::Choice,
            Answer::Choices { .. } => Self::Choices,
        }
    }

    /// The same answer as another kind: words stay words, options stay options.
    pub(super) fn turned(self, answer: &Answer) -> Answer {
        let word = || match answer {
            Answer::Text(word) | Answer::Exactly(word) | Answer::Number(word) => word.clone(),
            Answer::AnyOf(words) => words.first().cloned().unwrap_or_default(),
            Answer::Choice(_) | Answer::Choices { .. } => String::new(),
        };
        let options = || match answer {
            Answer::Choice(options) => options.clone(),
            Answer::Choices { right, wrong } => [right.as_slice(), wrong].concat(),
            _ => vec!["a".to_owned(), "b".to_owned()],
        };
        match self {
            Self::Text => Answer::Text(word()),
            Self::AnyOf => Answer::AnyOf(vec![word()]),
            Self::Exactly => Answer::Exactly(word()),
            Self::Number => Answer::Number(word()),
            Self::Choice => Answer::Choice(options()),
            Self::Choices => {
                let mut right = options();
                let wrong = right.split_off(1.min(right.len()));
                Answer::Choices { right, wrong }
            }
        }
    }
}

/// Adds an option with this key, a wrong one.
pub(super) fn add_option(answer: &mut Answer, key: String) {
    match answer {
        Answer::Choice(options) => options.push(key),
        Answer::Choices { wrong, .. } => wrong.push(key),
        _ => {}
    }
}

/// Takes an option out.
pub(super) fn remove_option(answer: &mut Answer, key: &str) {
    match answer {
        Answer::Choice(options) => options.retain(|known| known != key),
        Answer::Choices { right, wrong } => {
            right.retain(|known| known != key);
            wrong.retain(|known| known != key);
        }
        _ => {}
    }
}
