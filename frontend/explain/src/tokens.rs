//! Every piece of a line in words. The cuts are `protocol::grammar`'s; the sentences are the texts'.

use popglass_protocol::{
    grammar::{self, Token},
    transcript::Line,
    types::printable,
};

use crate::{
    texts,
    words::{Language, TokenText},
};

/// Explains every token of a line of a transcript, in order: together they are the whole line.
#[must_use]
pub fn explain_line(language: Language, line: &Line) -> Vec<TokenText> {
    in_words(language, line.text.as_bytes(), grammar::line_tokens(line))
}

/// Explains every token of a line that is being typed as a command.
#[must_use]
pub fn explain_typed(language: Language, typed: &[u8]) -> Vec<TokenText> {
    in_words(language, typed, grammar::command_tokens(typed))
}

fn in_words(language: Language, line: &[u8], tokens: Vec<Token>) -> Vec<TokenText> {
    let texts = &texts::of(language).tokens;
    let words = tokens.into_iter().map(|Token { range, role }| {
        // A secret is in no sentence.
        let piece = if role.is_secret() { &[] } else { line.get(range.clone()).unwrap_or_default() };
        TokenText {
            start: range.start,
            end: range.end,
            role,
            name: (texts.name)(role).into(),
            what: (texts.what)(role, &printable(piece)),
            rfc: role.rfc().into(),
        }
    });
    words.collect()
}
