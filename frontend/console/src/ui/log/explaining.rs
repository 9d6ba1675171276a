//! How lines of the log are asked about: pressed, reached with the arrows, or pointed at for a while.

use std::time::Duration;

use leptos::{html::Div, prelude::*};
use web_sys::{KeyboardEvent, MouseEvent};

use super::tokens;
use crate::{
    app::Msg,
    ui::runtime::{use_dispatch, use_texts, use_views},
};

/// Whoever points at a line for so long wants to know something about it.
const POINTED_AT: Duration = Duration::from_millis(300);

/// What the log hears.
pub(super) struct Explaining<Clicked, Pressed, PointedAt> {
    pub(super) clicked: Clicked,
    pub(super) pressed: Pressed,
    pub(super) pointed_at: PointedAt,
}

pub(super) fn explaining(
    log: NodeRef<Div>,
) -> Explaining<impl Fn(MouseEvent) + 'static, impl Fn(KeyboardEvent) + 'static, impl Fn(MouseEvent) + 'static> {
    let (console, t, dispatch) = (use_views().console, use_texts(), use_dispatch());
    let explained = Memo::new(move |_| console.with(|console| console.explained.clone()));
    Effect::new(move || {
        let (explained, t) = (explained.get(), t());
        if let Some(log) = log.get() {
            tokens::show(&log, explained.as_deref(), console.with_untracked(|console| console.hex), t);
        }
    });
    let clicked = move |event: MouseEvent| {
        let selects = window().get_selection().ok().flatten().is_some_and(|selection| !selection.is_collapsed());
        if let Some(sequence) = tokens::entry_of(event.target()).filter(|_| !selects) {
            dispatch.send(Msg::EntryPressed(sequence));
        }
    };
    let pressed = move |event: KeyboardEvent| {
        let Some(log) = log.get_untracked() else { return };
        let is_open = explained.with_untracked(|explained| explained.as_ref().is_some_and(|explained| explained.open));
        match (event.key().as_str(), tokens::entry_of(event.target())) {
            _ if event.ctrl_key() || event.alt_key() || event.meta_key() => return,
            ("Enter" | " ", Some(sequence)) => dispatch.send(Msg::EntryPressed(sequence)),
            ("Escape", _) if is_open => dispatch.send(Msg::ExplanationClosed),
            (key, _) => match tokens::move_focus(&log, key, console.with_untracked(|console| console.sides)) {
                Some(sequence) => dispatch.send(Msg::EntryReached(sequence)),
                None => return,
            },
        }
        event.prevent_default();
    };
    let pointed = StoredValue::new(0);
    let pointed_at = move |event: MouseEvent| {
        let sequence = tokens::entry_of(event.target()).unwrap_or(0);
        if pointed.get_value() != sequence {
            pointed.set_value(sequence);
            let tell = move || {
                if sequence != 0 && pointed.try_get_value() == Some(sequence) {
                    dispatch.send(Msg::EntryPointedAt(sequence));
                }
            };
            set_timeout(tell, POINTED_AT);
        }
    };
    Explaining { clicked, pressed, pointed_at }
}
