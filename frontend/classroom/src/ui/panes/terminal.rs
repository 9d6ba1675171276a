//! A terminal: door, conversation, input. The conversation is silent; the lesson's announcer tells what is new.

use std::sync::Arc;

use leptos::{html, prelude::*};

use super::{pane_part, tools::Tools};
use crate::{
    app::{
        Door, Form, Move, Msg, Step,
        view::{GuideVm, LineKind, LineVm, TerminalVm, TokenVm},
    },
    i18n::Texts,
    ui::{
        icon::Icon,
        runtime::{say, use_dispatch, use_explain, use_language, use_texts},
    },
};

/// One terminal's view model.
#[derive(Clone, Copy)]
struct Its(Memo<Option<TerminalVm>>);

impl Its {
    fn part<T: PartialEq + Default + Send + Sync + 'static>(self, of: fn(&TerminalVm) -> T) -> Memo<T> {
        Memo::new(move |_| self.0.with(|it| it.as_ref().map(of).unwrap_or_default()))
    }
}

#[component]
pub(super) fn Terminal(name: String) -> impl IntoView {
    let t = use_texts();
    let all = pane_part(|panes| panes.terminals.clone());
    let known = name.clone();
    let its = Its(Memo::new(move |_| all.with(|all| all.iter().find(|it| it.name == known).cloned())));
    let server = its.part(|it| it.server.clone());
    let standing = its.part(|it| (it.door.is_some(), it.is_protected));
    let refusal = its.part(|it| it.refusal.clone());
    let tools = its.part(|it| it.tools);
    let id = format!("terminal-{name}");
    let (titled, labelled, named) = (name.clone(), id.clone(), name.clone());
    view! {
        <section class="pane terminal" aria-labelledby=labelled data-testid="terminal" data-name=named>
            <div class="pane-head">
                <h2 id=id>{move || (t().panes.terminal)(&titled, &server.get())}</h2>
                <p class="terminal-standing" data-connected=move || standing.get().0.to_string()>
                    {move || standing.get().1.then(|| Icon::Lock.draw())}
                    {move || { let (connected, protected) = standing.get(); (t().panes.standing)(connected, protected) }}
                </p>
            </div>
            <Doors name=name.clone() its />
            {move || refusal.get().map(|(what, advice)| view! {
                <div class="notice notice-error trouble"><p class="trouble-what">{what}</p><p>{advice}</p></div>
            })}
            <Conversation name=name.clone() its />
            <Input name=name.clone() its />
            <Tools name chosen=tools />
        </section>
    }
}

#[component]
fn Doors(name: String, its: Its) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let doors = its.part(|it| it.doors.clone());
    let connected = its.part(|it| it.door.is_some());
    let chosen = RwSignal::new(doors.with_untracked(|doors| doors.first().copied()));
    let select_id = format!("door-{name}");
    let label_id = select_id.clone();
    let press = move |_| {
        if connected.get_untracked() {
            dispatch.send(Msg::Moved(Move::HangUp(name.clone())));
        } else if let Some(door) = chosen.get_untracked() {
            dispatch.send(Msg::Moved(Move::Connect(name.clone(), door)));
            dispatch.send(Msg::InputWanted(name.clone()));
        }
    };
    let option = move |(index, door): (usize, Door)| {
        view! {
            <option value=index.to_string() prop:selected=move || chosen.get() == Some(door)>{(t().moves.door)(door)}</option>
        }
    };
    view! {
        <div class="terminal-doors">
            {move || match doors.get().as_slice() {
                [only] => view! { <span class="muted">{(t().moves.door)(*only)}</span> }.into_any(),
                several => view! {
                    <label class="visually-hidden" for=label_id.clone()>{t().panes.door}</label>
                    <select
                        id=select_id.clone()
                        data-testid="door"
                        prop:disabled=move || connected.get()
                        on:change=move |event| {
                            let index: Option<usize> = event_target_value(&event).parse().ok();
                            chosen.set(index.and_then(|index| doors.with_untracked(|doors| doors.get(index).copied())));
                        }
                    >
                        {several.iter().copied().enumerate().map(option).collect_view()}
                    </select>
                }.into_any(),
            }}
            <button class="button" class:button-main=move || !connected.get() type="button" data-testid="connect" on:click=press>
                {move || if connected.get() { t().panes.hang_up } else { t().panes.connect }}
            </button>
        </div>
    }
}

/// The lines, and below them what the pieces of one of them are: the one that is pointed at or chosen by the arrow keys.
#[component]
fn Conversation(name: String, its: Its) -> impl IntoView {
    let t = use_texts();
    let language = use_language();
    let explain = use_explain();
    let lines = its.part(|it| Arc::clone(&it.lines));
    let server = its.part(|it| it.server.clone());
    let form = its.part(|it| it.tools.form);
    let chosen = RwSignal::new(None::<usize>);
    let log = NodeRef::<html::Div>::new();
    Effect::new(move || {
        lines.track();
        chosen.set(None);
        request_animation_frame(move || {
            // By the next frame another lesson may be there.
            if let Some(log) = log.try_get_untracked().flatten() {
                log.set_scroll_top(log.scroll_height());
            }
        });
    });
    let keys = move |event: web_sys::KeyboardEvent| {
        let next = lines.with_untracked(|lines| chosen_by(&event.key(), lines, chosen.get_untracked()));
        let Some(next) = next else { return };
        event.prevent_default();
        chosen.set(next);
    };
    let labelled = name.clone();
    let tokens = Memo::new(move |_| {
        language.track();
        chosen.get().map(|place| explain.tokens(&name, place)).unwrap_or_default()
    });
    let row = move |line: LineVm| {
        let place = line.place;
        view! {
            <div
                class="line"
                class:line-chosen=move || chosen.get() == Some(place)
                data-kind=kind_name(line.kind)
                data-testid="line"
                on:pointerenter=move |_| chosen.set(Some(place))
            >
                {who(line.kind, t())}
                <span class="line-text">{line.text}</span>
            </div>
        }
    };
    view! {
        <div
            class="terminal-log"
            role="group"
            tabindex="0"
            aria-label=move || (t().panes.terminal)(&labelled, &server.get())
            data-testid="transcript"
            data-form=move || if form.get() == Form::Octets { "octets" } else { "text" }
            node_ref=log
            on:keydown=keys
        >
            {move || lines.with(|lines| lines.is_empty()).then(|| view! { <p class="muted">{t().panes.nothing_said}</p> })}
            <For
                each=move || lines.with(|lines| lines.as_ref().clone())
                key=move |line| (line.clone(), language.get())
                children=row
            />
        </div>
        <Tokens tokens />
    }
}

/// The line that a key leads to, by its place; nothing if the key does not choose. Not every line need be shown.
fn chosen_by(key: &str, lines: &[LineVm], chosen: Option<usize>) -> Option<Option<usize>> {
    let at = chosen.and_then(|place| lines.iter().position(|line| line.place == place));
    let line = |at: usize| lines.get(at.min(lines.len().saturating_sub(1))).map(|line| line.place);
    match (key, at) {
        ("ArrowUp", None) => Some(line(usize::MAX)),
        ("ArrowUp", Some(at)) => Some(line(at.saturating_sub(1))),
        ("ArrowDown", Some(at)) => Some(line(at + 1)),
        ("Escape", _) => Some(None),
        _ => None,
    }
}

/// What the pieces of the chosen line are.
#[component]
fn Tokens(tokens: Memo<Vec<TokenVm>>) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="tokens" aria-live="polite" data-testid="tokens">
            {move || match tokens.get() {
                none if none.is_empty() => view! { <p class="muted">{t().panes.tokens_hint}</p> }.into_any(),
                some => view! { <dl>{some.into_iter().map(token).collect_view()}</dl> }.into_any(),
            }}
        </div>
    }
}

fn token(token: TokenVm) -> impl IntoView {
    view! {
        <div class="token">
            <dt><code>{token.text}</code> " " <strong>{token.name}</strong></dt>
            <dd>{token.what} " " <span class="muted">{token.rfc}</span></dd>
        </div>
    }
}

pub(super) fn kind_name(kind: LineKind) -> &'static str {
    match kind {
        LineKind::Client => "client",
        LineKind::Server => "server",
        LineKind::Note => "note",
    }
}

/// Who said a line: a letter for the eyes, the word for the ears.
pub(super) fn who(kind: LineKind, t: &'static Texts) -> impl IntoView {
    let (letter, word) = match kind {
        LineKind::Client => ("C", t.panes.client),
        LineKind::Server => ("S", t.panes.server),
        LineKind::Note => ("·", t.panes.note),
    };
    view! {
        <span class="line-who" title=word>
            <span aria-hidden="true">{letter}</span><span class="visually-hidden">{word}": "</span>
        </span>
    }
}

#[component]
fn Input(name: String, its: Its) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let typed = its.part(|it| it.typed.clone());
    let guide = its.part(|it| it.guide.clone());
    let is_secret = Memo::new(move |_| guide.with(|guide| guide.is_secret));
    let (id, hint_id) = (format!("input-{name}"), format!("hint-{name}"));
    let terminal = StoredValue::new(name.clone());
    let send = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let line = typed.get_untracked();
        dispatch.send(Msg::Moved(Move::Line(terminal.get_value(), line)));
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let step = match event.key().as_str() {
            "ArrowUp" => Step::Older,
            "ArrowDown" => Step::Newer,
            _ => return,
        };
        event.prevent_default();
        dispatch.send(Msg::HistoryMoved { terminal: terminal.get_value(), step });
    };
    view! {
        <form class="terminal-form" on:submit=send>
            <label class="terminal-label" for=id.clone()>{move || (t().panes.input)(&name)}</label>
            <div class="terminal-row">
                <input
                    id=id
                    class="mono"
                    data-testid="input"
                    type=move || if is_secret.get() { "password" } else { "text" }
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    aria-describedby=hint_id.clone()
                    prop:value=move || typed.get()
                    on:input=move |event| dispatch.send(Msg::Typed { terminal: terminal.get_value(), text: event_target_value(&event) })
                    on:keydown=keys
                />
                <button class="button" type="submit" data-testid="send">{say(|t| t.panes.send)}</button>
            </div>
            <div class="terminal-guide" id=hint_id data-testid="forecast">
                {move || forecast(&guide.get(), t())}
            </div>
            <Offers guide terminal />
        </form>
    }
}

fn forecast(guide: &GuideVm, t: &'static Texts) -> AnyView {
    let Some(forecast) = guide.forecast.clone() else {
        return view! { <p class="muted">{t.panes.input_hint}</p> }.into_any();
    };
    view! {
        <p class="forecast" class:forecast-refused=forecast.is_refused>
            {forecast.is_refused.then(|| Icon::Warning.draw())}
            {forecast.what} " " <span class="muted">{forecast.rfc}</span>
        </p>
        {forecast.undo.map(|undo| view! { <p class="forecast-undo">{t.panes.undo_is} " " {undo}</p> })}
        {forecast.warning.map(|warning| view! { <p class="forecast-warning">{Icon::Warning.draw()} {warning}</p> })}
    }
    .into_any()
}

/// What could be typed here; a press puts it into the input.
#[component]
fn Offers(guide: Memo<GuideVm>, terminal: StoredValue<String>) -> impl IntoView {
    let t = use_texts();
    let dispatch = use_dispatch();
    let offers = Memo::new(move |_| guide.with(|guide| guide.completions.clone()));
    let offer = move |(text, what): (String, String)| {
        let put = text.clone();
        let press = move |_| {
            dispatch.send(Msg::Typed { terminal: terminal.get_value(), text: put.clone() });
            dispatch.send(Msg::InputWanted(terminal.get_value()));
        };
        view! { <button class="offer" type="button" title=what on:click=press><code>{text}</code></button> }
    };
    view! {
        <div class="offers" role="group" aria-label=say(|t| t.panes.commands) hidden=move || offers.with(Vec::is_empty)>
            <span class="muted" aria-hidden="true">{move || t().panes.commands}</span>
            {move || offers.get().into_iter().map(|one| offer((one.text, one.what))).collect_view()}
        </div>
    }
}
