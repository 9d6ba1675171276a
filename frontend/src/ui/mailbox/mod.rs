//! The mailbox: what is in it, how it is reached, what is marked, and the way out.

mod pending;
mod reconciled;
mod row;

use leptos::prelude::*;

pub(super) use self::pending::PendingBar;
use self::{reconciled::Reconciled, row::Row};
use super::{
    button::button,
    certificates::Certificates,
    hops::Hops,
    icon::Icon,
    runtime::{say, use_dispatch, use_texts, use_views},
};
use crate::app::terms::MessageNumber;
use crate::app::{
    Msg, Step,
    view::{HopsVm, MailboxVm, RowVm},
};

/// A projection of the mailbox; the default while another screen is about to be shown.
pub(super) fn project<T>(of: fn(&MailboxVm) -> T) -> Memo<T>
where
    T: Default + PartialEq + Send + Sync + 'static,
{
    let mailbox = use_views().mailbox;
    Memo::new(move |_| mailbox.with(|mailbox| mailbox.as_ref().map(of)).unwrap_or_default())
}

#[component]
pub(super) fn MailboxScreen() -> impl IntoView {
    let t = use_texts();
    let size = project(|mailbox| (mailbox.count, mailbox.octets));
    let is_empty = Memo::new(move |_| size.get().0 == 0);
    view! {
        <div class="mailbox" data-testid="mailbox">
            <div class="mailbox-head">
                <div>
                    <h1 id="screen-heading" tabindex="-1">{say(|t| t.mailbox.heading)}</h1>
                    <p class="mailbox-count" data-testid="mailbox-count">
                        {move || (t().mailbox.count)(size.get().0, size.get().1)}
                    </p>
                </div>
                <Exits />
            </div>
            <Connection />
            <Reconciled />
            <Stopped />
            <Show when=move || !is_empty.get() fallback=Empty>
                <List />
                <Pager />
            </Show>
        </div>
    }
}

#[component]
fn Exits() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let state = project(|mailbox| (mailbox.finishing, mailbox.marked > 0));
    view! {
        <div class="mailbox-exits">
            <button
                class="button"
                type="button"
                data-testid="disconnect-button"
                title=say(|t| t.mailbox.disconnect_explanation)
                on:click=dispatch.press(|| Msg::DisconnectPressed)
            >
                {say(|t| t.mailbox.disconnect)}
            </button>
            <button
                class="button button-main"
                type="button"
                data-testid="finish-button"
                aria-disabled=move || state.get().0.to_string()
                on:click=dispatch.press(|| Msg::FinishPressed)
            >
                {move || match state.get() {
                    (true, _) => t().mailbox.finishing,
                    (false, true) => t().mailbox.finish_and_delete,
                    (false, false) => t().mailbox.finish,
                }}
            </button>
        </div>
    }
}

/// Which way the session goes, and who can read along.
#[component]
fn Connection() -> impl IntoView {
    let mailbox = use_views().mailbox;
    let t = use_texts();
    let hops = Memo::new(move |_| mailbox.with(|mailbox| mailbox.as_ref().map(|mailbox| mailbox.hops.clone())));
    let picture = Memo::new(move |_| hops.with(|hops| hops.as_ref().and_then(|hops| hops.picture)));
    let open = Memo::new(move |_| hops.with(|hops| hops.as_ref().is_some_and(HopsVm::is_open)));
    let said = move |say: fn(&HopsVm) -> String| hops.get().map(|hops| say(&hops));
    view! {
        <details class="hops">
            <summary>
                {move || if open.get() { Icon::Open.draw() } else { Icon::Lock.draw() }}
                <span>{move || said(t().mailbox.route)}</span>
                <span class="visually-hidden">" – "{say(|t| t.mailbox.connection)}</span>
            </summary>
            <div class="hops-details">
                <Hops picture />
                <ul>
                    {move || hops.get().map(|hops| {
                        (t().mailbox.hops)(&hops).into_iter().map(|line| view! { <li>{line}</li> }).collect_view()
                    })}
                </ul>
                <Certificates />
            </div>
        </details>
    }
}

#[component]
fn Stopped() -> impl IntoView {
    let stopped = project(|mailbox| mailbox.headers_stopped);
    view! {
        <Show when=move || stopped.get()>
            <div class="notice">
                {button("button", "headers-fetch", |t| t.mailbox.headers_fetch, || Msg::HeadersWanted)}
            </div>
        </Show>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <div class="empty" data-testid="mailbox-empty">
            {Icon::Logo.draw()}
            <p class="trouble-what">{say(|t| t.mailbox.empty)}</p>
            <p>{say(|t| t.mailbox.empty_advice)}</p>
        </div>
    }
}

#[component]
fn List() -> impl IntoView {
    let mailbox = use_views().mailbox;
    let numbers = project(|mailbox| mailbox.rows.iter().map(|row| row.number).collect::<Vec<_>>());
    let row_of =
        move |number: MessageNumber| Memo::new(move |_| mailbox.with(|mailbox| find(mailbox.as_ref(), number)));
    view! {
        <div
            class="list"
            role="grid"
            aria-labelledby="screen-heading"
            aria-rowcount=move || (numbers.with(Vec::len) + 1).to_string()
        >
            <div class="list-head" role="row">
                <span role="columnheader">{say(|t| t.mailbox.column_from)}</span>
                <span role="columnheader">{say(|t| t.mailbox.column_subject)}</span>
                <span role="columnheader">{say(|t| t.mailbox.column_date)}</span>
                <span role="columnheader" class="list-size">{say(|t| t.mailbox.column_size)}</span>
                <span
                    role="columnheader"
                ><span class="visually-hidden">{say(|t| t.mailbox.column_actions)}</span></span>
            </div>
            <For
                each=move || numbers.get()
                key=|number| *number
                children=move |number| view! { <Row number row=row_of(number) /> }
            />
        </div>
    }
}

fn find(mailbox: Option<&MailboxVm>, number: MessageNumber) -> Option<RowVm> {
    mailbox?.rows.iter().find(|row| row.number == number).cloned()
}

#[component]
fn Pager() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let place = project(|mailbox| (mailbox.page, mailbox.pages));
    let at_first = move || place.get().0 == 0;
    let at_last = move || place.get().0 + 1 >= place.get().1;
    view! {
        <Show when=move || { place.get().1 > 1 }>
            <nav class="pager" aria-label=say(|t| t.mailbox.heading)>
                <button
                    class="button"
                    type="button"
                    data-testid="page-previous"
                    aria-disabled=move || at_first().to_string()
                    on:click=dispatch.press(|| Msg::PageTurned(Step::Previous))
                >
                    {say(|t| t.mailbox.previous_page)}
                </button>
                <p data-testid="page-status" role="status">
                    {move || (t().mailbox.page_status)(place.get().0 + 1, place.get().1)}
                </p>
                <button
                    class="button"
                    type="button"
                    data-testid="page-next"
                    aria-disabled=move || at_last().to_string()
                    on:click=dispatch.press(|| Msg::PageTurned(Step::Next))
                >
                    {say(|t| t.mailbox.next_page)}
                </button>
            </nav>
        </Show>
    }
}
