//! A lesson's texts in one language, as data. Knows no screen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Hints of a lesson: each says more than the one before, the last nearly all.
pub const HINTS: usize = 3;

/// A lesson's texts in one language: `en.toml`, `de.toml`. Paragraphs are separated by an empty line; what stands
/// between backticks is shown as on the wire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Texts {
    /// A few words.
    pub title: String,
    /// One sentence: what the learner will be able to do.
    pub goal: String,
    /// What it is about, before the first step.
    pub story: String,
    /// What is to be done, by task.
    pub tasks: BTreeMap<String, String>,
    /// The questions, by id.
    #[serde(default)]
    pub questions: BTreeMap<String, QuestionText>,
    /// Three, each saying more.
    pub hints: Vec<String>,
    /// What is lost and why, by dead end.
    #[serde(default)]
    pub dead_ends: BTreeMap<String, String>,
    /// What was learned, when all is done.
    pub praise: String,
    /// The lesson as a card to look things up later.
    pub card: String,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct QuestionText {
    /// The question.
    pub text: String,
    /// Its options, by key, in the order in which they are shown.
    #[serde(default)]
    pub options: Vec<(String, String)>,
    /// What is said to a wrong answer, to help on.
    pub wrong: String,
}
