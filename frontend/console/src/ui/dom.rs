//! Small pieces of the page that are built by hand, where many small texts come and go: each is an element with a text,
//! and text never becomes markup.

use leptos::prelude::document;
use web_sys::Element;

/// An element with a class and a text.
pub(super) fn piece(tag: &str, class: &str, text: &str) -> Element {
    let element = document().create_element(tag).expect("every tag here is a name");
    element.set_class_name(class);
    element.set_text_content(Some(text));
    element
}

/// Puts a piece behind what an element has already.
pub(super) fn append(parent: &Element, piece: &Element) {
    // It fails only for a piece that holds its own parent.
    let _ = parent.append_child(piece);
}

/// The same with a new piece, unless there is no text.
pub(super) fn append_text(parent: &Element, tag: &str, class: &str, text: &str) {
    if !text.is_empty() {
        append(parent, &piece(tag, class, text));
    }
}
