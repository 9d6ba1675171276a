//! The questions: each a form of its own, with what is said to the answer below it.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

use super::part;
use crate::{
    app::{
        Move, Msg,
        view::{AnswerKind, QuestionVm},
    },
    ui::{
        icon::Icon,
        rich,
        runtime::{say, use_dispatch, use_language, use_texts},
    },
};

#[component]
pub(super) fn Questions() -> impl IntoView {
    let language = use_language();
    let questions = part(|lesson| lesson.questions.clone());
    let ids = Memo::new(move |_| questions.with(|all| all.iter().map(|one| one.id.clone()).collect::<Vec<_>>()));
    view! {
        <Show when=move || !ids.with(Vec::is_empty)>
            <section aria-labelledby="questions-heading" class="lesson-part">
                <h2 id="questions-heading">{say(|t| t.lesson.questions)}</h2>
                <For
                    each=move || ids.get()
                    key=move |id| (id.clone(), language.get())
                    children=move |id| view! { <QuestionForm id questions /> }
                />
            </section>
        </Show>
    }
}

#[component]
fn QuestionForm(id: String, questions: Memo<Vec<QuestionVm>>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let known = id.clone();
    let question = Memo::new(move |_| questions.with(|all| all.iter().find(|one| one.id == known).cloned()));
    // What is asked does not change while the form is there; only what was answered does.
    let asked = question.get_untracked();
    let form = NodeRef::<html::Form>::new();
    let waits = Memo::new(move |_| question.with(|one| one.as_ref().and_then(|one| one.after.clone())));
    let outcome = Memo::new(move |_| {
        question.with(|one| one.as_ref().and_then(|one| one.given.as_ref().map(|_| (one.is_right, one.wrong.clone()))))
    });
    // Undone, begun anew or shown: the fields follow the answer.
    let given =
        Memo::new(move |_| question.with(|one| one.as_ref().and_then(|one| one.given.clone())).unwrap_or_default());
    let kind = asked.as_ref().map_or(AnswerKind::Text, |one| one.kind);
    let sent = id.clone();
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if let Some(form) = form.get_untracked().filter(|_| waits.with_untracked(Option::is_none)) {
            dispatch.send(Msg::Moved(Move::Answer(sent.clone(), answer_in(&form))));
        }
    };
    view! {
        <form class="question" node_ref=form on:submit=submit data-testid="question" data-id=id.clone()>
            {asked.map(|asked| fields(&asked, given, t()))}
            {move || waits.get().map(|task| view! {
                <p class="muted" data-testid="question-waits">
                    {t().lesson.question_after} " " {rich::line(&task)}
                </p>
            })}
            <button
                class="button"
                type="submit"
                data-testid="check"
                aria-disabled=move || waits.with(Option::is_some).to_string()
            >
                {say(|t| t.lesson.check)}
            </button>
            // Told aloud by the announcer, together with the tasks that are done now.
            <div class="question-outcome" data-testid="outcome" data-kind=format!("{kind:?}")>
                {move || outcome.get().map(|(right, wrong)| if right {
                    view! { <p class="question-right">{Icon::Done.draw()} {t().lesson.right}</p> }.into_any()
                } else {
                    view! { <div class="question-wrong">{rich::text(&wrong)}</div> }.into_any()
                })}
            </div>
        </form>
    }
}

fn fields(question: &QuestionVm, given: Memo<String>, t: &'static crate::i18n::Texts) -> AnyView {
    let id = format!("question-{}", question.id);
    let heading = (t.lesson.question)(question.number);
    match question.kind {
        AnswerKind::Text | AnswerKind::Number => {
            let mode = if question.kind == AnswerKind::Number { "numeric" } else { "text" };
            view! {
                <p class="question-number">{heading}</p>
                <label class="question-text" for=id.clone()>{rich::text(&question.text)}</label>
                <input
                    id=id
                    data-testid="answer"
                    inputmode=mode
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    prop:value=move || given.get()
                />
            }
            .into_any()
        }
        AnswerKind::One | AnswerKind::Some => {
            let (kind, hint) = match question.kind {
                AnswerKind::One => ("radio", t.lesson.choose_one),
                _ => ("checkbox", t.lesson.choose_some),
            };
            let options = question.options.iter().map(|option| {
                let key = option.key.clone();
                view! {
                    <label class="question-option">
                        <input
                            type=kind
                            name=id.clone()
                            value=option.key.clone()
                            prop:checked=move || given.with(|given| given.split_whitespace().any(|given| given == key))
                        />
                        <span>{rich::line(&option.text)}</span>
                    </label>
                }
            });
            view! {
                <fieldset class="question-options">
                    <legend><span class="question-number">{heading}</span> {rich::text(&question.text)}</legend>
                    <p class="muted">{hint}</p>
                    {options.collect_view()}
                </fieldset>
            }
            .into_any()
        }
    }
}

/// What was typed or chosen; several options are separated by blanks.
fn answer_in(form: &web_sys::HtmlFormElement) -> String {
    let mut given = Vec::new();
    for index in 0..u32::try_from(form.length()).unwrap_or(0) {
        let Some(input) = form.get_with_index(index).and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok())
        else {
            continue;
        };
        if !matches!(input.type_().as_str(), "radio" | "checkbox") {
            return input.value();
        }
        if input.checked() {
            given.push(input.value());
        }
    }
    given.join(" ")
}
