//! A lesson to print: a worksheet with lines to write on, or the solution. On the screen it looks as on paper.

use leptos::prelude::*;

use super::{
    icon::Icon,
    rich,
    runtime::{say, use_dispatch, use_texts, use_views},
};
use crate::{
    app::{
        Msg, Sheet,
        view::{SheetQuestionVm, SheetVm},
    },
    i18n::Texts,
};

/// Lines to write on, for a question without options.
const BLANK_LINES: usize = 2;

#[component]
pub(super) fn SheetScreen() -> impl IntoView {
    let sheet = use_views().sheet;
    let t = use_texts();
    let dispatch = use_dispatch();
    let address = move || sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.address.clone()).unwrap_or_default());
    view! {
        <div class="class-column sheet-frame" data-testid="sheet">
            <p class="sheet-tools">
                <button class="button button-main" type="button" on:click=dispatch.press(|| Msg::PrintPressed)>
                    {Icon::Print.draw()}
                    {say(|t| t.sheet.print)}
                </button>
                <a class="button" href=address>{Icon::Back.draw()} {say(|t| t.sheet.back)}</a>
            </p>
            {move || sheet.get().map(|sheet| paper(&sheet, t()))}
        </div>
    }
}

fn paper(sheet: &SheetVm, t: &'static Texts) -> impl IntoView + use<> {
    let is_blank = sheet.sheet == Sheet::Worksheet;
    let kind = format!("{} · {}", (t.teach.sheet)(sheet.sheet), (t.list.number)(sheet.number));
    view! {
        <article class="sheet" data-sheet=sheet.sheet.as_str()>
            <header class="sheet-head">
                <p class="muted">{kind} " · " {(t.list.minutes)(sheet.minutes)}</p>
                <h1 id="screen-heading" tabindex="-1">{sheet.title.clone()}</h1>
                <div class="lead">{rich::text(&sheet.goal)}</div>
                {is_blank.then(|| view! {
                    <p class="sheet-who"><span>{t.sheet.name_line}</span><span>{t.sheet.date_line}</span></p>
                })}
                <p class="muted">{t.sheet.address} " " <code>{sheet.address.clone()}</code></p>
            </header>
            <section>
                <h2>{t.lesson.story}</h2>
                {rich::text(&sheet.story)}
            </section>
            <section>
                <h2>{t.sheet.tasks}</h2>
                <ol class="sheet-tasks">
                    {sheet.tasks.iter().map(|task| view! { <li>{rich::line(task)}</li> }).collect_view()}
                </ol>
            </section>
            {(!sheet.questions.is_empty()).then(|| questions(sheet, is_blank, t))}
            {(!is_blank).then(|| solution(sheet, t))}
        </article>
    }
}

fn questions(sheet: &SheetVm, is_blank: bool, t: &'static Texts) -> impl IntoView + use<> {
    let one = |question: &SheetQuestionVm| {
        let options = question.options.iter().map(|option| view! { <li>{rich::line(&option.text)}</li> });
        let lines = (0..BLANK_LINES).map(|_| view! { <p class="sheet-line"></p> });
        let right = question.right.iter().map(|right| view! { <li>{rich::line(right)}</li> });
        view! {
            <li>
                {rich::text(&question.text)}
                {(!question.options.is_empty()).then(|| view! {
                    <p class="muted">{t.sheet.options_hint}</p>
                    <ul class="sheet-options">{options.collect_view()}</ul>
                })}
                {(is_blank && question.options.is_empty()).then(|| lines.collect_view())}
                {(!is_blank).then(|| view! {
                    <p class="sheet-answer"><strong>{t.sheet.answers}</strong></p>
                    <ul class="sheet-right">{right.collect_view()}</ul>
                })}
            </li>
        }
    };
    view! {
        <section>
            <h2>{t.sheet.questions}</h2>
            <ol class="sheet-questions">{sheet.questions.iter().map(one).collect_view()}</ol>
        </section>
    }
}

fn solution(sheet: &SheetVm, t: &'static Texts) -> impl IntoView + use<> {
    let list = |texts: &[Vec<crate::app::Paragraph>]| {
        texts.iter().map(|text| view! { <li>{rich::line(text)}</li> }).collect_view()
    };
    view! {
        <section>
            <h2>{t.sheet.way}</h2>
            <p class="muted">{t.sheet.way_lead}</p>
            <ol class="sheet-tasks">
                {sheet.way.iter().map(|step| view! { <li>{rich::words(step)}</li> }).collect_view()}
            </ol>
        </section>
        {(!sheet.dead_ends.is_empty()).then(|| view! {
            <section><h2>{t.sheet.dead_ends}</h2><ul class="sheet-right">{list(&sheet.dead_ends)}</ul></section>
        })}
        <section><h2>{t.sheet.hints}</h2><ol class="sheet-tasks">{list(&sheet.hints)}</ol></section>
        <section><h2>{t.sheet.remember}</h2>{rich::text(&sheet.card)}</section>
    }
}
