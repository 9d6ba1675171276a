//! Every text around the lessons, in every language: one struct, one constant a language, so that a missing text does not
//! compile. What the lessons themselves say is in their folders. Knows no DOM.

mod de;
mod en;

/// The texts of the workbench's tools and drawings.
#[expect(missing_docs, reason = "a text is named after where it stands, and its words are its description")]
mod bench;
/// The texts of the builder.
#[expect(missing_docs, reason = "a text is named after where it stands, and its words are its description")]
mod build_texts;
/// The list of all texts.
#[expect(missing_docs, reason = "a text is named after where it stands, and its words are its description")]
mod texts;

pub use bench::{BenchTexts, PostTexts, ToolTexts, WayTexts};
/// The texts of the builder's ways.
#[expect(missing_docs, reason = "a text is named after where it stands, and its words are its description")]
mod way_texts;

pub use build_texts::BuildTexts;
pub use popglass_frontend::i18n::{Language, NO_BREAK_SPACE};
pub use texts::{
    GoalTexts, LessonTexts, ListTexts, MoveTexts, PaneTexts, PlanStep, SheetTexts, ShellTexts, Subjects, TeachTexts,
    Texts,
};
pub use way_texts::{BuildWayTexts, WayFault};

/// The texts of a language.
#[must_use]
pub fn texts(language: Language) -> &'static Texts {
    match language {
        Language::En => &en::TEXTS,
        Language::De => &de::TEXTS,
    }
}
