//! A field of the builder's form, with its hint and with what is wrong beside it.

use leptos::prelude::*;

use super::build_part;
use crate::{
    app::{
        BuildMsg, Field, Msg, ON,
        view::{FieldKind, FieldVm},
    },
    ui::{
        icon::Icon,
        runtime::{Dispatch, use_dispatch},
    },
};

/// A field as it is now.
#[derive(Clone)]
struct Bound {
    id: String,
    field: Field,
    vm: Memo<Option<FieldVm>>,
    dispatch: Dispatch,
}

impl Bound {
    fn of<T: PartialEq + Default + Send + Sync + 'static>(&self, of: fn(&FieldVm) -> T) -> Memo<T> {
        let vm = self.vm;
        Memo::new(move |_| vm.with(|vm| vm.as_ref().map(of).unwrap_or_default()))
    }

    fn value(&self) -> Memo<String> {
        self.of(|vm| vm.value.clone())
    }

    /// What helps, and what is wrong.
    fn described(&self) -> impl Fn() -> String + Send + 'static {
        let id = self.id.clone();
        move || format!("{id}-hint {id}-problem")
    }

    fn invalid(&self) -> impl Fn() -> String + Send + 'static {
        let problem = self.of(|vm| vm.problem.is_some());
        move || problem.get().to_string()
    }

    fn send(&self, text: String) {
        self.dispatch.send(Msg::Build(BuildMsg::Set(self.field.clone(), text)));
    }
}

#[component]
pub(super) fn FieldView(field: Field) -> impl IntoView {
    let known = field.clone();
    let vm = build_part(move |build| build.fields.get(&known).cloned());
    let bound = Bound { id: field.id(), field, vm, dispatch: use_dispatch() };
    let kind = Memo::new(move |_| vm.with(|vm| vm.as_ref().map(|vm| vm.kind)));
    let (label, hint) = (bound.of(|vm| vm.label.clone()), bound.of(|vm| vm.hint.clone()));
    let problem = bound.of(|vm| vm.problem.clone());
    let is_wide = bound.of(|vm| vm.is_wide);
    let id = bound.id.clone();
    let inner = move || match kind.get() {
        Some(FieldKind::Check) => check(&bound, label).into_any(),
        Some(kind) => {
            let id = bound.id.clone();
            view! {
                <label for=id>{move || label.get()}</label>
                {control(&bound, kind)}
            }
            .into_any()
        }
        None => ().into_any(),
    };
    view! {
        <div class="build-field" class:build-wide=move || is_wide.get() data-testid="field" data-field=id.clone()>
            {inner}
            <p class="muted build-hint" id=format!("{id}-hint")>{move || hint.get()}</p>
            <p class="build-problem" id=format!("{id}-problem")>
                {move || problem.get().map(|problem| view! { {Icon::Warning.draw()} <span>{problem}</span> })}
            </p>
        </div>
    }
}

fn check(bound: &Bound, label: Memo<String>) -> impl IntoView + use<> {
    let value = bound.value();
    let changed = bound.clone();
    view! {
        <label class="check">
            <input
                type="checkbox"
                id=bound.id.clone()
                aria-describedby=bound.described()
                aria-invalid=bound.invalid()
                prop:checked=move || value.get() == ON
                on:change=move |event| changed.send(if event_target_checked(&event) { ON.to_owned() } else { String::new() })
            />
            <span>{move || label.get()}</span>
        </label>
    }
}

fn control(bound: &Bound, kind: FieldKind) -> AnyView {
    let value = bound.value();
    let language = bound.of(|vm| vm.language.map(|language| language.tag()));
    let changed = bound.clone();
    let change = move |event: web_sys::Event| changed.send(event_target_value(&event));
    match kind {
        FieldKind::Area(rows) | FieldKind::Wire(rows) => view! {
            <textarea
                id=bound.id.clone()
                class:mono=matches!(kind, FieldKind::Wire(_))
                rows=rows
                lang=move || language.get()
                aria-describedby=bound.described()
                aria-invalid=bound.invalid()
                prop:value=move || value.get()
                on:change=change
            ></textarea>
        }
        .into_any(),
        FieldKind::Select => {
            let options = bound.of(|vm| vm.options.clone());
            let shown = move || {
                let option = |(known, words): (String, String)| {
                    let same = known.clone();
                    view! { <option value=known prop:selected=move || value.get() == same>{words}</option> }
                };
                options.get().into_iter().map(option).collect_view()
            };
            view! {
                <select
                    id=bound.id.clone()
                    aria-describedby=bound.described()
                    aria-invalid=bound.invalid()
                    on:change=change
                >
                    {shown}
                </select>
            }
            .into_any()
        }
        FieldKind::Line | FieldKind::Number | FieldKind::Check => view! {
            <input
                id=bound.id.clone()
                inputmode=if kind == FieldKind::Number { "numeric" } else { "text" }
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                lang=move || language.get()
                aria-describedby=bound.described()
                aria-invalid=bound.invalid()
                prop:value=move || value.get()
                on:change=change
            />
        }
        .into_any(),
    }
}
