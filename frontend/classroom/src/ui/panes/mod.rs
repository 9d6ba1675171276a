//! The workbench beside the story: the panes that a lesson names, in its order.

mod aside;
mod device;
mod drawn;
mod maildrop;
mod terminal;
mod tools;

use leptos::prelude::*;

use self::{
    aside::{Handshake, Readings, Relays, Wires},
    device::{Clock, Devices},
    drawn::Routes,
    maildrop::Maildrops,
    terminal::Terminal,
};
use super::{
    lesson::part,
    runtime::{say, use_texts, use_views},
};
use crate::app::{Pane, view::PanesVm};

#[component]
pub(super) fn Workbench() -> impl IntoView {
    let panes = pane_part(|panes| panes.panes.clone());
    let names = pane_part(|panes| panes.terminals.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
    let misstep = part(|lesson| lesson.misstep.clone());
    view! {
        <section class="workbench" aria-label=say(|t| t.panes.workbench) data-testid="workbench">
            <div role="alert" class="lesson-alert">
                {move || misstep.get().map(|text| view! { <p class="notice notice-error" data-testid="misstep">{text}</p> })}
            </div>
            <Clock />
            {move || panes.get().into_iter().map(|pane| match pane {
                Pane::Terminals => view! {
                    <For each=move || names.get() key=Clone::clone children=|name| view! { <Terminal name /> } />
                    // What is typed there may be a letter.
                    <Routes />
                    <Relays />
                }.into_any(),
                Pane::Maildrops => view! { <Maildrops /> }.into_any(),
                Pane::State => view! { <Pictures /> }.into_any(),
                Pane::Devices => view! { <Devices /> }.into_any(),
                Pane::Wire => view! { <Wires /> }.into_any(),
                Pane::Reader => view! { <Readings /> }.into_any(),
                Pane::Handshake => view! { <Handshake /> }.into_any(),
            }).collect_view()}
        </section>
    }
}

/// A part of the panes, drawn anew only when that part changes.
pub(super) fn pane_part<T: PartialEq + Send + Sync + 'static>(of: fn(&PanesVm) -> T) -> Memo<T> {
    let panes = use_views().panes;
    Memo::new(move |_| panes.with(of))
}

/// Where each terminal's session stands.
#[component]
fn Pictures() -> impl IntoView {
    let pictures = pane_part(|panes| {
        let with_picture =
            |it: &crate::app::view::TerminalVm| Some((it.name.clone(), it.server.clone(), it.picture.clone()?));
        panes.terminals.iter().filter_map(with_picture).collect::<Vec<_>>()
    });
    let t = use_texts();
    view! {
        <section class="pane" aria-labelledby="state-heading" data-testid="pane-state">
            <h2 id="state-heading">{say(|t| t.panes.state)}</h2>
            {move || {
                let all = pictures.get();
                let many = all.len() > 1;
                all.into_iter().map(|(name, server, picture)| view! {
                    {many.then(|| view! { <h3>{(t().panes.terminal)(&name, &server)}</h3> })}
                    // Drawn by our own code from our own table; the text says all that it shows.
                    <div class="state-picture" aria-hidden="true" inner_html=picture.svg></div>
                    <p class="visually-hidden">{picture.text}</p>
                }).collect_view()
            }}
        </section>
    }
}
