//! Devices that fetch by themselves, and the clock that the learner moves.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    pane_part,
    terminal::{kind_name, who},
};
use crate::{
    app::{
        Leave, Move, Msg, Security,
        view::{DeviceVm, HeldVm, LineVm},
    },
    i18n::{Texts, texts},
    ui::runtime::{Dispatch, say, use_dispatch, use_language, use_texts},
};

/// Days after which a device may delete what it fetched, to choose from.
const LEAVE_DAYS: [u32; 4] = [1, 3, 7, 14];

const SECURITIES: [Security; 4] = [Security::Clear, Security::StlsIfOffered, Security::Stls, Security::Tls];

#[component]
pub(super) fn Devices() -> impl IntoView {
    let names = pane_part(|panes| panes.devices.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
    view! {
        <section class="pane" aria-labelledby="devices-heading" data-testid="pane-devices">
            <h2 id="devices-heading">{say(|t| t.panes.devices)}</h2>
            <div class="devices">
                <For each=move || names.get() key=Clone::clone children=|name| view! { <Device name /> } />
            </div>
        </section>
    }
}

#[component]
fn Device(name: String) -> impl IntoView {
    let t = use_texts();
    let language = use_language();
    let dispatch = use_dispatch();
    let all = pane_part(|panes| panes.devices.clone());
    let known = name.clone();
    let its = Memo::new(move |_| all.with(|all| all.iter().find(|it| it.name == known).cloned()));
    let part =
        move |of: fn(&DeviceVm) -> Vec<u32>| Memo::new(move |_| its.with(|it| it.as_ref().map(of).unwrap_or_default()));
    let cuts = part(|it| it.cuts.clone());
    let held = Memo::new(move |_| its.with(|it| it.as_ref().map(|it| it.held.clone()).unwrap_or_default()));
    let last = Memo::new(move |_| its.with(|it| it.as_ref().and_then(|it| it.last.clone())));
    let lines = Memo::new(move |_| its.with(|it| it.as_ref().map(|it| Arc::clone(&it.lines)).unwrap_or_default()));
    let id = format!("device-{name}");
    let (labelled, named) = (id.clone(), name.clone());
    let fetching = name.clone();
    let titled = name.clone();
    let of = name.clone();
    view! {
        <section class="device" aria-labelledby=labelled data-testid="device" data-name=named>
            <h3 id=id>{move || (t().panes.device)(&titled)}</h3>
            {move || its.get().map(|it| settings(&it, t(), dispatch))}
            <div class="lesson-tools">
                <button
                    class="button button-main"
                    type="button"
                    data-testid="fetch"
                    on:click=move |_| dispatch.send(Msg::Moved(Move::Fetch(fetching.clone())))
                >
                    {say(|t| t.panes.fetch)}
                </button>
                {move || cuts.get().into_iter().map(|ordinal| {
                    let name = name.clone();
                    view! {
                        <button
                            class="button"
                            type="button"
                            data-testid="fetch-cut"
                            on:click=move |_| dispatch.send(Msg::Moved(Move::FetchCut(name.clone(), ordinal)))
                        >
                            {(t().panes.fetch_cut)(ordinal)}
                        </button>
                    }
                }).collect_view()}
            </div>
            {move || last.get().map(|said| view! {
                <p data-testid="device-last"><strong>{t().panes.last_said}</strong> " " {said}</p>
            })}
            <h4>{say(|t| t.panes.held)}</h4>
            {move || held_list(&of, held.get(), texts(language.get()), dispatch)}
            {move || (!lines.with(|lines| lines.is_empty())).then(|| conversation(&lines.get(), t()))}
        </section>
    }
}

fn settings(device: &DeviceVm, t: &'static Texts, dispatch: Dispatch) -> impl IntoView + use<> {
    if !device.is_configurable {
        let security = device.security.map(|security| (t.moves.security)(security));
        return view! {
            <ul class="device-facts muted">
                <li>{(t.moves.leave)(device.leave)}</li>
                {security.map(|security| view! { <li>{security}</li> })}
            </ul>
        }
        .into_any();
    }
    let (leave_id, security_id) = (format!("leave-{}", device.name), format!("security-{}", device.name));
    let mut leaves = vec![Leave::Always, Leave::Never];
    leaves.extend(LEAVE_DAYS.map(Leave::Days));
    if !leaves.contains(&device.leave) {
        leaves.push(device.leave);
    }
    let shown = leaves.clone().into_iter().enumerate().map(|(index, leave)| {
        view! {
            <option value=index.to_string() selected=leave == device.leave>{(t.moves.leave)(leave)}</option>
        }
    });
    let shown = shown.collect_view();
    let (to_leave, to_secure) = (device.name.clone(), device.name.clone());
    let security = device.security.map(|chosen| {
        let options = SECURITIES.into_iter().enumerate().map(|(index, one)| {
            view! {
                <option value=index.to_string() selected=one == chosen>{(t.moves.security)(one)}</option>
            }
        });
        view! {
            <label for=security_id.clone()>{t.panes.security}</label>
            <select id=security_id data-testid="security" on:change=move |event| {
                let index: Option<usize> = event_target_value(&event).parse().ok();
                if let Some(one) = index.and_then(|index| SECURITIES.get(index)) {
                    dispatch.send(Msg::Moved(Move::SetSecurity(to_secure.clone(), *one)));
                }
            }>{options.collect_view()}</select>
        }
    });
    view! {
        <div class="device-settings">
            <label for=leave_id.clone()>{t.panes.leave}</label>
            <select id=leave_id data-testid="leave" on:change=move |event| {
                let index: Option<usize> = event_target_value(&event).parse().ok();
                if let Some(leave) = index.and_then(|index| leaves.get(index)) {
                    dispatch.send(Msg::Moved(Move::SetLeave(to_leave.clone(), *leave)));
                }
            }>{shown}</select>
            {security}
        </div>
    }
    .into_any()
}

fn held_list(device: &str, held: Vec<HeldVm>, t: &'static Texts, dispatch: Dispatch) -> AnyView {
    if held.is_empty() {
        return view! { <p class="muted">{t.panes.held_none}</p> }.into_any();
    }
    let row = |message: HeldVm| {
        let (name, id) = (device.to_owned(), message.id.clone());
        let state = if message.is_read { t.panes.is_read } else { t.panes.unread };
        let read = (!message.is_read).then(|| {
            view! {
                <button
                    class="button"
                    type="button"
                    data-testid="read"
                    aria-label=(t.panes.read_message)(&message.subject)
                    on:click=move |_| dispatch.send(Msg::Moved(Move::Read(name.clone(), id.clone())))
                >
                    {t.panes.read}
                </button>
            }
        });
        view! {
            <li class="held" data-testid="held" class:held-new=!message.is_read>
                <span>{message.subject.clone()}</span>
                <span class="held-state">{state}</span>
                {read}
            </li>
        }
    };
    view! { <ul class="held-list">{held.into_iter().map(row).collect_view()}</ul> }.into_any()
}

/// What the device and the server said, for whoever wants to know; shown when asked for.
fn conversation(lines: &[LineVm], t: &'static Texts) -> impl IntoView + use<> {
    let rows = lines.iter().map(|line| {
        view! {
            <div class="line" data-kind=kind_name(line.kind)>
                {who(line.kind, t)}
                <span class="line-text">{line.text.clone()}</span>
            </div>
        }
    });
    view! {
        <details class="device-lines">
            <summary>{t.panes.what_was_said}</summary>
            <div class="terminal-log" tabindex="0" role="group" aria-label=t.panes.what_was_said>{rows.collect_view()}</div>
        </details>
    }
}

/// The clock and what may arrive, where a lesson has them.
#[component]
pub(super) fn Clock() -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let time = pane_part(|panes| panes.time.clone());
    move || {
        let time = time.get();
        if time.steps.is_empty() && time.arrivals.is_empty() {
            return None;
        }
        let has_days = !time.steps.is_empty();
        let days = time.steps.into_iter().map(|days| view! {
            <button class="button" type="button" data-testid="days" on:click=move |_| dispatch.send(Msg::Moved(Move::Days(days)))>
                {(t().panes.days_go_by)(days)}
            </button>
        });
        let next = time.arrivals.first().cloned().map(|id| view! {
            <button class="button" type="button" data-testid="arrive" on:click=move |_| dispatch.send(Msg::Moved(Move::Arrive(id.clone())))>
                {t().panes.arrive}
            </button>
        });
        Some(view! {
            <section class="pane clock" aria-label=t().panes.time data-testid="pane-time">
                {has_days.then(|| view! { <strong data-testid="day">{(t().panes.day)(time.day + 1)}</strong> })}
                {days.collect_view()}
                {next}
            </section>
        })
    }
}
