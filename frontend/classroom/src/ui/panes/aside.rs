//! What stands beside the conversation: what an eavesdropper reads, the recorded handshake, mail on its way, and the
//! messages that were fetched.

use leptos::prelude::*;

use super::{
    drawn::{RecordedWay, Ways},
    pane_part,
    terminal::{kind_name, who},
};
use crate::{
    app::view::{LineVm, OctetsVm, ReadingVm, RecordVm, RelayVm, WireVm, view_handshake},
    i18n::{Texts, texts},
    ui::runtime::{say, use_language, use_texts},
};

#[component]
pub(super) fn Wires() -> impl IntoView {
    let t = use_texts();
    let wires = pane_part(|panes| panes.wires.clone());
    view! {
        <section class="pane wire" aria-labelledby="wire-heading" data-testid="pane-wire">
            <h2 id="wire-heading">{say(|t| t.panes.wire)}</h2>
            <p class="muted">{say(|t| t.panes.wire_lead)}</p>
            <Ways />
            {move || {
                let wires = wires.get();
                if wires.is_empty() {
                    view! { <p class="muted">{t().panes.wire_nothing}</p> }.into_any()
                } else {
                    wires.into_iter().enumerate().map(|(place, wire)| heard(&wire, place == 0, t())).collect_view().into_any()
                }
            }}
        </section>
    }
}

/// The newest connection is open; earlier ones are folded.
fn heard(wire: &WireVm, is_newest: bool, t: &'static Texts) -> impl IntoView + use<> {
    let title = (t.panes.wire_of)(&wire.by, wire.session);
    let rows = wire.lines.iter().map(|line| {
        view! {
            <div class="line" data-kind=kind_name(line.kind) data-testid="wire-line">
                {who(line.kind, t)}
                <span class="line-text">{line.text.clone()}</span>
            </div>
        }
    });
    let name = wire.server_name.as_ref().map(|name| (t.panes.wire_name)(name));
    let sealed = (wire.sealed_octets > 0).then(|| (t.panes.wire_sum)(wire.sealed_octets));
    view! {
        <details open=is_newest>
            <summary>{title.clone()}</summary>
            {name.map(|name| view! { <p>{name}</p> })}
            {sealed.map(|sealed| view! { <p>{sealed}</p> })}
            <div class="terminal-log" tabindex="0" role="group" aria-label=title>{rows.collect_view()}</div>
        </details>
    }
}

#[component]
pub(super) fn Readings() -> impl IntoView {
    let t = use_texts();
    let readings = pane_part(|panes| panes.readings.clone());
    view! {
        <section class="pane" aria-labelledby="reader-heading" data-testid="pane-reader">
            <h2 id="reader-heading">{say(|t| t.panes.reader)}</h2>
            {move || {
                let readings = readings.get();
                if readings.is_empty() {
                    view! { <p class="muted">{t().panes.reader_nothing}</p> }.into_any()
                } else {
                    readings.into_iter().map(|reading| letter(reading, t())).collect_view().into_any()
                }
            }}
        </section>
    }
}

fn letter(reading: ReadingVm, t: &'static Texts) -> impl IntoView {
    let fields = reading.fields.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> });
    view! {
        <article class="letter" data-testid="letter">
            <dl>{fields.collect_view()}</dl>
            <div class="letter-body" tabindex="0" role="group" aria-label=t.panes.reader>{reading.body}</div>
            {reading.is_cut.then(|| view! { <p class="muted">{t.panes.cut}</p> })}
        </article>
    }
}

/// The recorded session, record by record; each is unfolded when it is wanted.
#[component]
pub(super) fn Handshake() -> impl IntoView {
    let language = use_language();
    view! {
        <section class="pane wire" aria-labelledby="handshake-heading" data-testid="pane-handshake">
            <h2 id="handshake-heading">{say(|t| t.panes.handshake)}</h2>
            <p class="muted">{say(|t| t.panes.handshake_lead)}</p>
            <p class="lesson-tools">
                <a class="button" href="session.pcapng" download="" data-testid="handshake-capture">
                    {say(|t| t.panes.handshake_capture)}
                </a>
                <a class="button" href="keys.log" download="">{say(|t| t.panes.handshake_keys)}</a>
            </p>
            <RecordedWay />
            {move || {
                let t = texts(language.get());
                let records = view_handshake(language.get()).into_iter().zip(1..);
                records.map(|(one, number)| record(one, number, t)).collect_view()
            }}
        </section>
    }
}

fn record(record: RecordVm, number: usize, t: &'static Texts) -> impl IntoView {
    let opened = RwSignal::new(false);
    let parts = StoredValue::new((record.outside, record.inside));
    let list = |parts: &[OctetsVm]| {
        let row = |part: &OctetsVm| {
            view! {
                <div>
                    <dt><strong>{part.title.clone()}</strong> " " <code>{part.octets.clone()}</code></dt>
                    <dd>{part.text} " " <span class="muted">{part.rfc}</span></dd>
                </div>
            }
        };
        view! { <dl class="octets">{parts.iter().map(row).collect_view()}</dl> }
    };
    let body = move || {
        opened.get().then(|| {
            parts.with_value(|(outside, inside)| {
                view! {
                    {list(outside)}
                    {(!inside.is_empty()).then(|| view! { <h3>{t.panes.handshake_inside}</h3> {list(inside)} })}
                }
            })
        })
    };
    view! {
        <details on:toggle=move |_| opened.set(true)>
            <summary class="line" data-kind=kind_name(record.from)>
                {who(record.from, t)}
                <span class="line-text">{(t.panes.handshake_record)(number, record.octets)}</span>
            </summary>
            {body}
        </details>
    }
}

/// Mail on its way from server to server, where some was sent.
#[component]
pub(super) fn Relays() -> impl IntoView {
    let t = use_texts();
    let relays = pane_part(|panes| panes.relays.clone());
    move || {
        let relays = relays.get();
        (!relays.is_empty()).then(|| {
            let hop = |relay: RelayVm| {
                let title = (t().panes.relay)(&relay.from, &relay.to);
                view! {
                    <details>
                        <summary>{title.clone()}</summary>
                        <div class="terminal-log" tabindex="0" role="group" aria-label=title>
                            {relay.lines.iter().map(|line| conversation_line(line, t())).collect_view()}
                        </div>
                    </details>
                }
            };
            view! {
                <section class="pane wire" aria-labelledby="relays-heading" data-testid="pane-relays">
                    <h2 id="relays-heading">{t().panes.relays}</h2>
                    {relays.into_iter().map(hop).collect_view()}
                </section>
            }
        })
    }
}

fn conversation_line(line: &LineVm, t: &'static Texts) -> impl IntoView + use<> {
    view! {
        <div class="line" data-kind=kind_name(line.kind)>
            {who(line.kind, t)}
            <span class="line-text">{line.text.clone()}</span>
        </div>
    }
}
