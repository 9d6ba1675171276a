//! Paragraphs of a lesson's text; what stands on the wire is set as code.

use leptos::prelude::*;

use crate::app::{Paragraph, Piece};

/// The pieces of one paragraph, for wherever a line of text fits.
pub(super) fn words(paragraph: &Paragraph) -> impl IntoView + use<> {
    paragraph.iter().cloned().map(piece).collect_view()
}

fn piece(piece: Piece) -> AnyView {
    if piece.is_wire { view! { <code>{piece.text}</code> }.into_any() } else { piece.text.into_any() }
}

/// Paragraphs below each other.
pub(super) fn text(paragraphs: &[Paragraph]) -> impl IntoView + use<> {
    paragraphs.iter().map(|paragraph| view! { <p class="prose">{words(paragraph)}</p> }).collect_view()
}

/// Paragraphs in one line, for options and lists.
pub(super) fn line(paragraphs: &[Paragraph]) -> impl IntoView + use<> {
    paragraphs.iter().map(words).collect_view()
}
