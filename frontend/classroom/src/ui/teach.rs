//! The page for teachers: time plans, sheets to print, links.

use leptos::prelude::*;

use super::runtime::{say, use_language, use_texts};
use crate::{
    app::{Place, Sheet, hash_of, lessons},
    i18n::{Language, PlanStep, Texts, texts},
};

#[component]
pub(super) fn TeachScreen() -> impl IntoView {
    let t = use_texts();
    let language = use_language();
    let list = move |items: &'static [&'static str]| items.iter().map(|item| view! { <li>{*item}</li> }).collect_view();
    view! {
        <div class="class-column teach" data-testid="teach">
            <div class="class-head">
                <h1 id="screen-heading" tabindex="-1">{say(|t| t.teach.heading)}</h1>
                <p class="lead">{say(|t| t.teach.lead)}</p>
            </div>
            <section aria-labelledby="before-heading" class="list-group">
                <h2 id="before-heading">{say(|t| t.teach.before_heading)}</h2>
                <ul class="teach-list">{move || list(t().teach.before)}</ul>
            </section>
            <section aria-labelledby="short-heading" class="list-group">
                <h2 id="short-heading">{say(|t| t.teach.plan_short)}</h2>
                {move || plan(t().teach.plan_short_steps, language.get())}
            </section>
            <section aria-labelledby="long-heading" class="list-group">
                <h2 id="long-heading">{say(|t| t.teach.plan_long)}</h2>
                {move || plan(t().teach.plan_long_steps, language.get())}
            </section>
            <section aria-labelledby="sheets-heading" class="list-group">
                <h2 id="sheets-heading">{say(|t| t.teach.sheets_heading)}</h2>
                <p class="muted">{say(|t| t.teach.sheets_lead)}</p>
                {move || sheets(language.get())}
            </section>
            <section aria-labelledby="own-heading" class="list-group">
                <h2 id="own-heading">{say(|t| t.build.heading)}</h2>
                <p class="muted">{say(|t| t.build.teach_lead)}</p>
                <p>
                    <a class="button" href=move || hash_of(Place::Build, language.get()) data-testid="teach-build">
                        {say(|t| t.build.link_to_builder)}
                    </a>
                </p>
            </section>
            <section aria-labelledby="links-heading" class="list-group">
                <h2 id="links-heading">{say(|t| t.teach.links_heading)}</h2>
                <ul class="teach-list">{move || list(t().teach.links)}</ul>
            </section>
        </div>
    }
}

fn plan(steps: &'static [PlanStep], language: Language) -> impl IntoView {
    let t = texts(language);
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t.teach.minutes}</th>
                    <th scope="col">{t.teach.what}</th>
                    <th scope="col">{t.teach.lessons}</th>
                </tr>
            </thead>
            <tbody>
                {steps
                    .iter()
                    .map(|(minutes, what, numbers)| view! {
                        <tr>
                            <th scope="row">{*minutes}</th>
                            <td>{*what}</td>
                            <td><span class="teach-numbers">{links(numbers, language, t)}</span></td>
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

fn links(numbers: &'static [u32], language: Language, t: &'static Texts) -> impl IntoView {
    let there = numbers.iter().filter(|number| lessons().iter().any(|lesson| lesson.number == **number));
    there
        .map(|&number| {
            let address = hash_of(Place::Lesson { number, seed: None, sheet: None }, language);
            view! { <a class="teach-number" href=address aria-label=(t.list.number)(number)>{number}</a> }
        })
        .collect_view()
}

/// Every lesson with its sheets, in both languages; always with the same seed, so that sheet and solution fit.
fn sheets(language: Language) -> impl IntoView {
    const SEED: u32 = 7;
    let t = texts(language);
    let link = move |number: u32, sheet: Sheet, of: Language| {
        let address = hash_of(Place::Lesson { number, seed: Some(SEED), sheet: Some(sheet) }, of);
        let label = format!("{}, {}, {}", (t.list.number)(number), (t.teach.sheet)(sheet), of.name());
        let shown = format!("{} {}", (t.teach.sheet)(sheet), of.tag());
        view! { <a class="teach-sheet" href=address aria-label=label>{shown}</a> }
    };
    let rows = lessons().iter().map(move |lesson| {
        let title = match language {
            Language::En => &lesson.english.title,
            Language::De => &lesson.german.title,
        };
        let number = lesson.number;
        view! {
            <li>
                <span>{number} " · " {title.clone()}</span>
                <span class="teach-numbers">
                    {Language::ALL.map(|of| Sheet::ALL.map(|sheet| link(number, sheet, of)).collect_view()).collect_view()}
                </span>
            </li>
        }
    });
    view! { <ul class="teach-sheets">{rows.collect_view()}</ul> }
}
