//! What can be done with a terminal's conversation; folded, so that the pane stays calm.

use leptos::prelude::*;

use crate::{
    app::{Form, Msg, Side, Tool, Tools as Chosen},
    ui::runtime::{say, use_dispatch, use_texts},
};

#[component]
pub(super) fn Tools(name: String, chosen: Memo<Chosen>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let (side_id, form_id) = (format!("side-{name}"), format!("form-{name}"));
    let (side_for, form_for) = (side_id.clone(), form_id.clone());
    let terminal = StoredValue::new(name);
    let do_it = move |tool: Tool| dispatch.send(Msg::Used { terminal: terminal.get_value(), tool });
    let sides = move |(index, side): (usize, Side)| {
        view! {
            <option value=index.to_string() prop:selected=move || chosen.get().side == side>
                {move || t().bench.tools.sides[index]}
            </option>
        }
    };
    let forms = move |(index, form): (usize, Form)| {
        view! {
            <option value=index.to_string() prop:selected=move || chosen.get().form == form>
                {move || t().bench.tools.forms[index]}
            </option>
        }
    };
    view! {
        <details class="terminal-tools" data-testid="tools">
            <summary>{say(|t| t.bench.tools.heading)}</summary>
            <div class="tools-choices">
                <label for=side_for>{say(|t| t.bench.tools.side)}</label>
                <select id=side_id data-testid="side" on:change=move |event| {
                    if let Some(side) = chosen_of(&Side::ALL, &event) {
                        do_it(Tool::Show(side));
                    }
                }>{Side::ALL.into_iter().enumerate().map(sides).collect_view()}</select>
                <label for=form_for>{say(|t| t.bench.tools.form)}</label>
                <select id=form_id data-testid="form" on:change=move |event| {
                    if let Some(form) = chosen_of(&Form::ALL, &event) {
                        do_it(Tool::ShowAs(form));
                    }
                }>{Form::ALL.into_iter().enumerate().map(forms).collect_view()}</select>
            </div>
            <div class="lesson-tools">
                <button class="button" type="button" data-testid="copy" on:click=move |_| do_it(Tool::Copy)>
                    {say(|t| t.bench.tools.copy)}
                </button>
                <button class="button" type="button" data-testid="save-text" on:click=move |_| do_it(Tool::SaveText)>
                    {say(|t| t.bench.tools.save_text)}
                </button>
                <button class="button" type="button" data-testid="save-packets" on:click=move |_| do_it(Tool::SavePackets)>
                    {say(|t| t.bench.tools.save_packets)}
                </button>
            </div>
            <p class="muted">{say(|t| t.bench.tools.save_lead)}</p>
        </details>
    }
}

fn chosen_of<T: Copy>(all: &[T], event: &web_sys::Event) -> Option<T> {
    let index: usize = event_target_value(event).parse().ok()?;
    all.get(index).copied()
}
