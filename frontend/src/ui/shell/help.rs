//! The sheet of shortcuts: the browser's own dialog, so that focus and Escape are its business.

use leptos::{html::Dialog, prelude::*};

use crate::{
    app::Msg,
    ui::{
        button::button,
        runtime::{say, use_dispatch, use_texts, use_views},
    },
};

#[component]
pub(super) fn Help() -> impl IntoView {
    let shell = use_views().shell;
    let t = use_texts();
    let dispatch = use_dispatch();
    let sheet = NodeRef::<Dialog>::new();
    let open = Memo::new(move |_| shell.with(|shell| shell.help_open));
    Effect::new(move || {
        let Some(sheet) = sheet.get() else { return };
        if open.get() && !sheet.open() {
            let _ = sheet.show_modal();
        } else if !open.get() && sheet.open() {
            sheet.close();
        }
    });
    view! {
        <dialog
            class="help"
            data-testid="help"
            node_ref=sheet
            aria-labelledby="help-heading"
            on:close=move |_| dispatch.send(Msg::HelpShown(false))
        >
            <h2 id="help-heading">{say(|t| t.help.heading)}</h2>
            <dl class="help-keys">
                {move || t()
                    .help
                    .keys
                    .iter()
                    .map(|(keys, meaning)| view! {
                        <div>
                            <dt><kbd>{*keys}</kbd></dt>
                            <dd>{*meaning}</dd>
                        </div>
                    })
                    .collect_view()}
            </dl>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || shell.with(|shell| shell.shortcuts_on)
                    on:change=move |event| dispatch.send(Msg::ShortcutsSwitched(event_target_checked(&event)))
                />
                <span>{say(|t| t.help.letters_on)}</span>
            </label>
            {button("button", "help-close", |t| t.help.close, || Msg::HelpShown(false))}
        </dialog>
    }
}
