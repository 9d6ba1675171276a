//! A line of the log, piece by piece: the pieces are marked in the line, each with its meaning for whoever points at it,
//! and listed below the line once it is pressed or reached. Built by hand: a row is drawn once, and few are explained.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::{
    app::{Explained, Sides},
    i18n::Texts,
    ui::dom::{append, append_text, piece},
};

/// What is listed below a line; there is one such list.
const LIST: &str = "entry-tokens";

/// Shows what is explained in this log, and nothing else.
pub(super) fn show(log: &Element, explained: Option<&Explained>, hex: bool, t: &'static Texts) {
    if let Some(list) = first(log, &format!(".{LIST}")) {
        list.remove();
    }
    if let Some(line) = first(log, "[aria-expanded='true']") {
        let _ = line.set_attribute("aria-expanded", "false");
        let _ = line.remove_attribute("aria-describedby");
    }
    let Some(explained) = explained else { return };
    let entry = first(log, &format!("[data-sequence='{}']", explained.sequence));
    let Some((entry, line)) = entry.and_then(|entry| first(&entry, ".entry-text").map(|line| (entry, line))) else {
        return;
    };
    if !hex {
        mark(&line, explained);
    }
    if explained.open {
        let _ = line.set_attribute("aria-expanded", "true");
        let _ = line.set_attribute("aria-describedby", LIST);
        let list = list(explained, t);
        append(&entry, &list);
        let into_view = ScrollIntoViewOptions::new();
        into_view.set_block(ScrollLogicalPosition::Nearest);
        list.scroll_into_view_with_scroll_into_view_options(&into_view);
    }
}

fn first(within: &Element, css: &str) -> Option<Element> {
    within.query_selector(css).ok().flatten()
}

/// Takes the line apart, in place.
fn mark(line: &Element, explained: &Explained) {
    if line.child_element_count() > 0 || explained.tokens.is_empty() {
        return;
    }
    line.set_text_content(None);
    for token in &explained.tokens {
        let text = explained.text.get(token.start..token.end).unwrap_or_default();
        let span = piece("span", "token", text);
        if !text.trim().is_empty() {
            let _ = span.set_attribute("title", &format!("{}: {} ({})", token.name, token.what, token.rfc));
        }
        append(line, &span);
    }
}

fn list(explained: &Explained, t: &'static Texts) -> Element {
    let list = piece("div", LIST, "");
    for (name, value) in [("id", LIST), ("role", "group"), ("aria-label", t.explained), ("data-testid", "explanation")]
    {
        let _ = list.set_attribute(name, value);
    }
    if let Some(refusal) = &explained.refusal {
        append_text(&list, "p", "entry-refusal", &refusal.what);
        append_text(&list, "p", "", &refusal.advice);
    }
    let all = piece("dl", "", "");
    for token in &explained.tokens {
        let text = explained.text.get(token.start..token.end).unwrap_or_default();
        // Blanks say nothing by themselves.
        if text.is_empty() || !text.trim().is_empty() {
            let (pair, name) = (piece("div", "", ""), piece("dt", "", ""));
            append_text(&name, "code", "mono", text);
            append_text(&name, "b", "", &token.name);
            append(&pair, &name);
            let what = piece("dd", "", &token.what);
            append_text(&what, "small", "", &token.rfc);
            append(&pair, &what);
            append(&all, &pair);
        }
    }
    append(&list, &all);
    list
}

/// The entry of the log whose line this is in, if any.
pub(super) fn entry_of(target: Option<web_sys::EventTarget>) -> Option<u64> {
    let line = target?.dyn_into::<Element>().ok()?.closest("[aria-expanded]").ok()??;
    sequence_of(&line)
}

fn sequence_of(line: &Element) -> Option<u64> {
    line.closest("[data-sequence]").ok()??.get_attribute("data-sequence")?.parse().ok()
}

/// Moves the focus to another line: from the log itself to its newest one. Gives the entry that it came to.
pub(super) fn move_focus(log: &Element, key: &str, sides: Sides) -> Option<u64> {
    let shown = match sides {
        Sides::Both => ".entry-text[aria-expanded]",
        Sides::Client => "[data-direction='client'] .entry-text[aria-expanded]",
        Sides::Server => "[data-direction='server'] .entry-text[aria-expanded]",
    };
    let lines = log.query_selector_all(shown).ok()?;
    let focused = leptos::prelude::document().active_element();
    let lines: Vec<HtmlElement> = (0..lines.length()).filter_map(|place| lines.item(place)?.dyn_into().ok()).collect();
    let here = focused.and_then(|focused| lines.iter().position(|line| **line == focused));
    let last = lines.len().checked_sub(1)?;
    let there = match (key, here) {
        ("Home", _) => 0,
        ("End", _) | ("ArrowUp" | "ArrowDown", None) => last,
        ("ArrowUp", Some(here)) => here.saturating_sub(1),
        ("ArrowDown", Some(here)) => last.min(here + 1),
        _ => return None,
    };
    let line = lines.get(there)?;
    let _ = line.focus();
    sequence_of(line)
}
