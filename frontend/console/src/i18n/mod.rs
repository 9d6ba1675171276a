//! Every text around the explanations, in every language: one struct, one constant a language, so that a missing text does
//! not compile. Knows no DOM. What the page's transcript says of a line, the console says in the page's own words.

mod de;
mod en;

/// The list of all texts.
#[expect(missing_docs, reason = "a text is named after where it stands, and its words are its description")]
mod texts;

pub use popglass_frontend::i18n::Language;
pub use texts::Texts;

/// The texts of a language.
#[must_use]
pub fn texts(language: Language) -> &'static Texts {
    match language {
        Language::En => &en::TEXTS,
        Language::De => &de::TEXTS,
    }
}
