//! One row. It follows its own view model, so a header that comes redraws one row and not fifty.

use leptos::prelude::*;
use popglass_mail_worker::wire::Address;

use crate::{
    app::{
        Key, Msg, Step,
        terms::MessageNumber,
        view::{HeaderVm, RowVm},
    },
    i18n::{Language, Texts},
    io::format_date,
    ui::{
        icon::Icon,
        runtime::{use_dispatch, use_language, use_texts},
    },
};

#[component]
pub(super) fn Row(number: MessageNumber, row: Memo<Option<RowVm>>) -> impl IntoView {
    let language = use_language();
    let dispatch = use_dispatch();
    let flag = move |of: fn(&RowVm) -> bool| Memo::new(move |_| row.with(|row| row.as_ref().is_some_and(of)));
    let marked = flag(|row| row.marked);
    let selected = flag(|row| row.selected);
    let seen = flag(|row| row.seen);
    let header = Memo::new(move |_| row.with(|row| row.as_ref().map(|row| row.header.clone())));
    let octets = row.with_untracked(|row| row.as_ref().map_or(0, |row| row.octets));
    view! {
        <div
            class="row"
            role="row"
            id=format!("row-{number}")
            data-testid="row"
            data-number=number.to_string()
            data-marked=move || marked.get().to_string()
            data-seen=move || seen.get().to_string()
            aria-selected=move || selected.get().to_string()
            tabindex=move || if selected.get() { "0" } else { "-1" }
            on:click=move |_| dispatch.send(Msg::OpenPressed(number))
            on:focus=move |_| dispatch.send(Msg::RowSelected(number))
            on:keydown=move |event| {
                if let Some(msg) = row_key(&event) {
                    event.prevent_default();
                    dispatch.send(msg);
                }
            }
        >
            {move || header.get().map(|header| cells(number, &header, seen, language.get()))}
            <span class="row-size" role="gridcell" data-testid="row-size">{move || language.get().octets(octets)}</span>
            <span class="row-action" role="gridcell"><MarkButton number marked selected /></span>
        </div>
    }
}

/// Keys that mean something on a row itself; arrows belong to scrolling elsewhere.
fn row_key(event: &web_sys::KeyboardEvent) -> Option<Msg> {
    // A button within the row has its own Enter.
    if event.target() != event.current_target() || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return None;
    }
    Some(match event.key().as_str() {
        // The chosen row: the focus follows an arrow key some frames later than quick fingers.
        "Enter" => Msg::KeyPressed(Key::Open),
        "ArrowDown" => Msg::SelectionMoved(Step::Next),
        "ArrowUp" => Msg::SelectionMoved(Step::Previous),
        "Home" => Msg::SelectionMoved(Step::First),
        "End" => Msg::SelectionMoved(Step::Last),
        _ => return None,
    })
}

fn cells(number: MessageNumber, header: &HeaderVm, seen: Memo<bool>, language: Language) -> impl IntoView + use<> {
    let t = language.texts();
    let (from, subject, date, attachments) = match header {
        HeaderVm::Known(summary) => (
            sender(summary.from.as_ref(), t),
            summary.subject.clone().unwrap_or_else(|| t.mailbox.no_subject.to_owned()),
            summary.date_ms.map(|date_ms| format_date(date_ms, language, false)),
            summary.attachments_likely,
        ),
        HeaderVm::Awaited => (placeholder(number, t).into_any(), t.mailbox.header_awaited.to_owned(), None, false),
        HeaderVm::Refused => (placeholder(number, t).into_any(), t.mailbox.header_refused.to_owned(), None, false),
        HeaderVm::Unreadable => {
            (placeholder(number, t).into_any(), t.mailbox.header_unreadable.to_owned(), None, false)
        }
        HeaderVm::Stopped => (placeholder(number, t).into_any(), t.mailbox.header_stopped.to_owned(), None, false),
    };
    let is_known = matches!(header, HeaderVm::Known(_));
    let is_awaited = *header == HeaderVm::Awaited;
    view! {
        <span class="row-from" role="gridcell" data-testid="row-from">{from}</span>
        <span class="row-subject" role="gridcell" class:row-plain=!is_known class:row-awaited=is_awaited>
            <Show when=move || !seen.get()>
                <span
                    class="row-new"
                    title=t.mailbox.unread_here
                ><span class="visually-hidden">{t.mailbox.unread_here}</span></span>
            </Show>
            <span class="row-subject-text" data-testid="row-subject">{subject}</span>
            {attachments.then(|| view! {
                <span class="row-attachment" data-testid="row-attachment" title=t.mailbox.attachments_likely>
                    {Icon::Paperclip.draw()}
                    <span class="visually-hidden">{t.mailbox.attachments_likely}</span>
                </span>
            })}
            <span class="row-marked">{t.mailbox.marked}</span>
        </span>
        <span class="row-date" role="gridcell" data-testid="row-date">{date}</span>
    }
}

fn placeholder(number: MessageNumber, t: &'static Texts) -> impl IntoView {
    view! { <span class="row-name">{(t.mailbox.message_number)(number)}</span> }
}

/// The address stands beside the name, since a name can say anything.
fn sender(from: Option<&Address>, t: &'static Texts) -> AnyView {
    match from {
        None => view! { <span class="row-name row-plain">{t.mailbox.no_sender}</span> }.into_any(),
        Some(Address { name: Some(name), address }) => view! {
            <span class="row-name">{name.clone()}</span>
            <span class="row-address">{address.clone()}</span>
        }
        .into_any(),
        Some(Address { name: None, address }) => view! { <span class="row-name">{address.clone()}</span> }.into_any(),
    }
}

/// One button that changes its meaning, so that the focus stays on it. As in every grid, Tab comes to the chosen row
/// alone: nobody wants to press it fifty times.
#[component]
fn MarkButton(number: MessageNumber, marked: Memo<bool>, selected: Memo<bool>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let label = move || if marked.get() { (t().mailbox.unmark)(number) } else { (t().mailbox.mark)(number) };
    view! {
        <button
            class="button button-icon"
            type="button"
            data-testid=move || if marked.get() { "row-undo" } else { "row-delete" }
            tabindex=move || if selected.get() { "0" } else { "-1" }
            aria-label=label
            title=label
            on:click=move |event| {
                event.stop_propagation();
                let marked = marked.get_untracked();
                dispatch.send(if marked { Msg::UnmarkPressed(number) } else { Msg::MarkPressed(number) });
            }
        >
            {move || if marked.get() { Icon::Undo.draw() } else { Icon::Bin.draw() }}
        </button>
    }
}
