//! What the line in the field will do, and what it can become. Built by hand: it changes with every key. It has its room
//! whether there is much to say or little, so that nothing jumps.

use leptos::{html::Div, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

use crate::{
    app::{
        Msg,
        terms::{Completion, Forecast, Verdict},
    },
    i18n::Texts,
    ui::{
        dom::{append, append_text, piece},
        runtime::{say, use_dispatch, use_texts, use_views},
    },
};

#[component]
pub(super) fn Told() -> impl IntoView {
    let line = use_views().line;
    let t = use_texts();
    let dispatch = use_dispatch();
    let (told, offered) = (NodeRef::<Div>::new(), NodeRef::<Div>::new());
    let said = Memo::new(move |_| line.with(|line| (line.can_type, line.is_empty, line.forecast.clone())));
    let completions = Memo::new(move |_| line.with(|line| line.completions.clone()));
    Effect::new(move || {
        let t = t();
        if let Some(told) = told.get() {
            told.set_text_content(None);
            said.with(|(can_type, is_empty, forecast)| match (can_type, is_empty) {
                (false, _) => show_hint(&told, t.no_session),
                (true, true) if forecast.verdict == Verdict::Nothing => show_hint(&told, t.hint),
                _ => show_forecast(&told, forecast, t),
            });
        }
    });
    Effect::new(move || {
        if let Some(offered) = offered.get() {
            offered.set_text_content(None);
            completions.with(|completions| show_completions(&offered, completions));
        }
    });
    let pressed = move |event: MouseEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let button = target.and_then(|target| target.closest("[data-place]").ok().flatten());
        let place = button.and_then(|button| button.get_attribute("data-place")?.parse().ok());
        if let Some(place) = place {
            dispatch.send(Msg::CompletionPressed(place));
        }
    };
    view! {
        <div class="console-told" id="console-told" data-testid="forecast" node_ref=told></div>
        <div
            class="console-offered"
            role="group"
            aria-label=say(|t| t.completions)
            data-testid="completions"
            node_ref=offered
            on:click=pressed
        ></div>
    }
}

fn show_hint(told: &Element, hint: &str) {
    let _ = told.set_attribute("data-verdict", "nothing");
    append_text(told, "p", "", hint);
}

fn show_forecast(told: &Element, forecast: &Forecast, t: &'static Texts) {
    let _ = told.set_attribute("data-verdict", verdict_name(forecast.verdict));
    let what = piece("p", "", "");
    append_text(&what, "strong", "", (t.verdict)(forecast.verdict));
    append_text(&what, "span", "", &forecast.what);
    append_text(&what, "small", "", &forecast.rfc);
    append(told, &what);
    if let Some(undo) = &forecast.undo {
        let line = piece("p", "", "");
        append_text(&line, "strong", "", t.undo);
        append_text(&line, "span", "", undo);
        append(told, &line);
    }
    append_text(told, "p", "console-warning", forecast.warning.as_deref().unwrap_or_default());
}

fn show_completions(offered: &Element, completions: &[Completion]) {
    for (place, completion) in completions.iter().enumerate() {
        let button = piece("button", "console-offer mono", completion.text.trim_end());
        append_text(&button, "i", "", &completion.syntax);
        for (name, value) in [
            ("type", "button"),
            ("title", completion.what.as_str()),
            ("data-testid", "completion"),
            ("data-place", &place.to_string()),
        ] {
            let _ = button.set_attribute(name, value);
        }
        append(offered, &button);
    }
}

fn verdict_name(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Nothing => "nothing",
        Verdict::Works => "works",
        Verdict::Depends => "depends",
        Verdict::Refused => "refused",
        Verdict::Unknown => "unknown",
        Verdict::Response => "response",
    }
}
