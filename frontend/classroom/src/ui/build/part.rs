//! A part of the builder's form: heading, buttons, fields, and the parts within it.

use leptos::prelude::*;

use super::{build_part, field::FieldView, ways::Steps};
use crate::{
    app::{
        BuildMsg, Msg, Part,
        view::{ActVm, PartVm},
    },
    ui::{
        icon::Icon,
        runtime::{say, use_dispatch},
    },
};

/// What is there of a part, drawn anew only when that changes.
fn of<T: PartialEq + Clone + Default + Send + Sync + 'static>(part: &Part, of: fn(&PartVm) -> T) -> Memo<T> {
    let part = part.clone();
    build_part(move |build| build.parts.get(&part).map(of).unwrap_or_default())
}

#[component]
pub(super) fn PartView(part: Part, level: u32) -> AnyView {
    let is_shown = of(&part, |part| part.is_open != Some(false));
    let id = part.id();
    let fields = of(&part, |part| part.fields.clone());
    let parts = of(&part, |part| part.parts.clone());
    let note = of(&part, |part| part.note.clone());
    let problem = of(&part, |part| part.problem.clone());
    let adds = of(&part, |part| part.adds.clone());
    let steps = of(&part, |part| part.steps.clone());
    let is_foldable = part.is_foldable();
    view! {
        <section
            class="build-part"
            // Only the largest parts are landmarks.
            role=(level > 2).then_some("group")
            id=id.clone()
            tabindex="-1"
            data-level=level
            data-testid="part"
            data-part=id.clone()
            data-foldable=is_foldable.to_string()
            aria-labelledby=format!("{id}-title")
        >
            <Head part level />
            <Show when=move || is_shown.get()>
                <div class="build-body">
                    {move || Some(note.get()).filter(|note| !note.is_empty()).map(|note| view! { <p class="muted">{note}</p> })}
                    {move || problem.get().map(|problem| view! {
                        <p class="build-problem">{Icon::Warning.draw()} <span>{problem}</span></p>
                    })}
                    <Steps steps />
                    <div class="build-fields">
                        <For each=move || fields.get() key=Clone::clone children=|field| view! { <FieldView field /> } />
                    </div>
                    <For
                        each=move || parts.get()
                        key=Clone::clone
                        children=move |part| view! { <PartView part level=level + 1 /> }
                    />
                    <Adds adds />
                </div>
            </Show>
        </section>
    }
    .into_any()
}

#[component]
fn Head(part: Part, level: u32) -> impl IntoView {
    let dispatch = use_dispatch();
    let title = of(&part, |part| part.title.clone());
    let is_open = of(&part, |part| part.is_open);
    let lacks = of(&part, |part| part.lacks);
    let tools = of(&part, |part| part.tools.clone());
    let id = format!("{}-title", part.id());
    let label = move || {
        view! {
            <span class="build-title">{move || title.get()}</span>
            {move || (lacks.get() > 0).then(|| view! { <span class="build-badge">{Icon::Warning.draw()}{lacks.get()}</span> })}
        }
    };
    let inner = if part.is_foldable() {
        let folded = part.clone();
        view! {
            <button
                class="build-fold"
                type="button"
                data-testid="fold"
                aria-expanded=move || (is_open.get() == Some(true)).to_string()
                on:click=move |_| {
                    let open = is_open.get_untracked() != Some(true);
                    dispatch.send(Msg::Build(BuildMsg::Folded(folded.clone(), open)));
                }
            >
                {label()}
            </button>
        }
        .into_any()
    } else {
        label().into_any()
    };
    let heading = match level {
        2 => view! { <h2 id=id>{inner}</h2> }.into_any(),
        3 => view! { <h3 id=id>{inner}</h3> }.into_any(),
        4 => view! { <h4 id=id>{inner}</h4> }.into_any(),
        _ => view! { <h5 id=id>{inner}</h5> }.into_any(),
    };
    view! {
        <div class="build-head">
            {heading}
            <span class="build-moves">{move || tools.get().into_iter().map(|act| button(act, true)).collect_view()}</span>
        </div>
    }
}

pub(super) fn button(act: ActVm, is_small: bool) -> impl IntoView {
    let dispatch = use_dispatch();
    let ActVm { act, label, name, is_on } = act;
    let testid = format!("act-{act:?}").chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    view! {
        <button
            class=if is_small { "button build-small" } else { "button" }
            type="button"
            data-testid=testid
            aria-label=name
            aria-disabled=(!is_on).to_string()
            on:click=move |_| if is_on { dispatch.send(Msg::Build(BuildMsg::Pressed(act.clone()))) }
        >
            {label}
        </button>
    }
}

#[component]
fn Adds(adds: Memo<Vec<ActVm>>) -> impl IntoView {
    let say_add = say(|t| t.build.add);
    move || {
        let adds = adds.get();
        (!adds.is_empty()).then(|| {
            let is_list = adds.len() > 2;
            view! {
                <div class="build-adds">
                    {is_list.then(|| view! { <span class="muted">{say_add}</span> })}
                    {adds.into_iter().map(|act| button(act, false)).collect_view()}
                </div>
            }
        })
    }
}
