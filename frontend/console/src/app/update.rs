//! One message in, orders out: the only place where the model changes.

use std::sync::Arc;

use popglass_explain::{as_pcapng, as_text, completions, explain_line, explain_refusal};
use popglass_frontend::app::Logged;
use popglass_protocol::{
    client::command_meant,
    codec::request::parse_request,
    command::CommandName,
    secret::Secret,
    transcript::{
        Direction::{ClientToServer, ServerToClient},
        Line, Meaning,
    },
};
use popglass_session::{
    command::{Pace, SessionCommand},
    event::{BridgeState, Entry, Item, LineFault, Phase, SessionEvent},
};

use super::{
    effect::{Effect, FocusTarget},
    model::{Explained, Model, News, Sides},
    msg::{Export, Msg, Step},
    view::{completion_of, speak},
};

/// Applies one message.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let mut effects = Vec::new();
    match msg {
        Msg::Heard(event) => heard(model, event, &mut effects),
        Msg::Copied(done) => model.news = Some(News::Copied(done)),
        Msg::LanguageChosen(language) => {
            if model.language != language {
                model.language = language;
                // The lines are drawn anew, without what was below them.
                model.explained = None;
            }
        }
        Msg::Closed => choose_pace(model, Pace::Play, &mut effects),
        Msg::MaildropPressed => {
            if model.can_open() {
                model.opening = true;
                effects.push(Effect::Session(SessionCommand::OpenMaildrop));
            }
        }
        Msg::LineTyped(line) => {
            model.line.set(line);
            model.news = None;
        }
        Msg::LineSent => send(model, &mut effects),
        Msg::LineRecalled(step) => recall(model, step, &mut effects),
        Msg::CompletionPressed(place) => {
            complete(model, place, &mut effects);
            effects.push(Effect::Focus(FocusTarget::Line));
        }
        Msg::CompletionTaken => {
            if let Some(place) = completion_of(model) {
                complete(model, place, &mut effects);
                model.line.completed = true;
            }
        }
        Msg::PaceChosen(pace) => choose_pace(model, pace, &mut effects),
        Msg::FullSpeedPressed => {
            choose_pace(model, Pace::Play, &mut effects);
            // The button goes away; the focus must not.
            effects.push(Effect::Focus(FocusTarget::Line));
        }
        Msg::NextLinePressed => {
            if model.held.is_some() {
                effects.push(Effect::Session(SessionCommand::NextLine));
            }
        }
        Msg::EntryPressed(sequence) => {
            let was_open = model.explained.as_ref().is_some_and(|known| known.sequence == sequence && known.open);
            explain(model, sequence, !was_open);
        }
        Msg::EntryReached(sequence) => explain(model, sequence, true),
        Msg::EntryPointedAt(sequence) => {
            if !model.explained.as_ref().is_some_and(|known| known.open || known.sequence == sequence) {
                explain(model, sequence, false);
            }
        }
        Msg::ExplanationClosed => model.explained = None,
        Msg::HexChosen(hex) => {
            model.explained = None;
            model.hex = hex;
        }
        Msg::SidesChosen(sides) => model.sides = sides,
        Msg::ExportPressed(export) => export_as(model, export, &mut effects),
        Msg::PictureToggled => model.picture_open = !model.picture_open,
    }
    effects
}

fn heard(model: &mut Model, event: SessionEvent, effects: &mut Vec<Effect>) {
    match event {
        SessionEvent::Transcript(entry) => {
            model.facts.follow(&entry.item);
            follow_typed(model, &entry);
            model.transcript.push(entry);
        }
        SessionEvent::Phase(phase) => follow_phase(model, phase),
        SessionEvent::Bridge(BridgeState::Known(hello)) => model.demo = hello.demo,
        SessionEvent::State(state) => model.facts.state = Some(state),
        SessionEvent::Secured(_) => model.facts.secured = true,
        SessionEvent::Mailbox(entries) => model.facts.open(&entries),
        SessionEvent::Marks(numbers) => model.facts.marked = numbers,
        SessionEvent::Held(held) => model.held = held,
        SessionEvent::LineNotSent { line, fault } => not_sent(model, line, fault, effects),
        SessionEvent::Ended(_) => {
            model.phase = None;
            model.by_hand = false;
            model.facts.end();
            model.held = None;
            model.typed = None;
            model.answer_awaited = false;
        }
        // The mail client's own.
        SessionEvent::Ready { .. }
        | SessionEvent::Bridge(BridgeState::Unreachable)
        | SessionEvent::Certificates(_)
        | SessionEvent::AuthoritiesRead(_)
        | SessionEvent::LoggedIn(_)
        | SessionEvent::Reconciled(_)
        | SessionEvent::Header { .. }
        | SessionEvent::HeaderRefused { .. }
        | SessionEvent::Progress(_)
        | SessionEvent::TransferOver
        | SessionEvent::Retrieved { .. }
        | SessionEvent::Refused { .. } => {}
    }
}

fn follow_phase(model: &mut Model, phase: Phase) {
    model.phase = Some(phase);
    // The server may have refused to list; then the user may ask again.
    model.opening &= phase == Phase::Listing;
    model.by_hand = phase == Phase::ByHand || model.by_hand && phase != Phase::Open;
}

/// The page says answers aloud, but neither those to TOP, of which a mailbox asks fifty, nor challenges: where the line was
/// typed, the console does.
fn follow_typed(model: &mut Model, entry: &Entry) {
    let Item::Line(line) = &entry.item else { return };
    match line.direction {
        ClientToServer => {
            model.answer_awaited = model.typed.as_ref().is_some_and(|typed| *typed == line.text);
            if model.answer_awaited {
                model.typed = None;
            }
        }
        ServerToClient => {
            let left_out = matches!(line.meaning, Meaning::Accepted(CommandName::Top) | Meaning::Challenge(_));
            if std::mem::take(&mut model.answer_awaited) && left_out {
                model.news = Some(News::Answer(line.text.clone()));
            }
        }
    }
}

fn send(model: &mut Model, effects: &mut Vec<Effect>) {
    if !model.can_type() {
        model.line.not_sent = Some(LineFault::NoConnection);
        return;
    }
    let line = model.line.text.clone();
    if !model.is_secret() {
        model.line.keep(line.expose());
        model.typed = Some(line.expose().clone());
    }
    // What is typed from here on may be its response, also before the server has asked for one.
    model.facts.exchange |= command_meant(line.expose()) == Some(CommandName::Auth);
    model.news = None;
    fill(model, Secret::default(), effects);
    effects.push(Effect::Session(SessionCommand::SendLine { line }));
}

fn fill(model: &mut Model, line: Secret<String>, effects: &mut Vec<Effect>) {
    model.line.set(line.clone());
    effects.push(Effect::FillLine(line));
}

/// A line comes back: into the field, unless something else was typed meanwhile.
fn not_sent(model: &mut Model, line: Secret<String>, fault: LineFault, effects: &mut Vec<Effect>) {
    model.facts.exchange &= command_meant(line.expose()) != Some(CommandName::Auth);
    if model.line.text.expose().is_empty() {
        let is_command = parse_request(line.expose().as_bytes()).is_ok();
        fill(model, line, effects);
        model.line.is_hidden = !is_command;
    }
    model.line.not_sent = Some(fault);
    model.typed = None;
}

/// Up and down through the history, and out of it below its newest line.
fn recall(model: &mut Model, step: Step, effects: &mut Vec<Effect>) {
    if let Some(line) = model.line.recall(step == Step::Older) {
        effects.push(Effect::FillLine(Secret::new(line)));
    }
}

/// Takes over what the line can become.
fn complete(model: &mut Model, place: usize, effects: &mut Vec<Effect>) {
    let offered = completions(speak(model.language), &model.situation(), model.line.text.expose());
    if let Some(completion) = offered.into_iter().nth(place) {
        fill(model, Secret::new(completion.text), effects);
    }
}

fn choose_pace(model: &mut Model, pace: Pace, effects: &mut Vec<Effect>) {
    if model.pace != pace {
        model.pace = pace;
        effects.push(Effect::Session(SessionCommand::Pace(pace)));
    }
}

/// Takes a line of the transcript apart; notes and what is folded have no pieces.
fn explain(model: &mut Model, sequence: u64, open: bool) {
    let Some(logged) = model.entry(sequence) else { return };
    let Item::Line(line) = &logged.entry.item else { return };
    if matches!(line.meaning, Meaning::BodyFolded { .. }) {
        return;
    }
    model.explained = Some(Arc::new(Explained {
        sequence,
        open,
        text: line.text.clone(),
        tokens: explain_line(speak(model.language), line),
        refusal: refusal_of(model, line),
    }));
}

fn refusal_of(model: &Model, line: &Line) -> Option<popglass_session::security::Told> {
    explain_refusal(speak(model.language), line)
}

fn export_as(model: &Model, export: Export, effects: &mut Vec<Effect>) {
    // Wireshark needs both sides to see a conversation.
    let wanted = |logged: &Logged| export == Export::Pcapng || is_shown(logged, model.sides);
    let entries: Vec<Entry> =
        model.transcript.entries().iter().filter(|logged| wanted(logged)).map(|logged| logged.entry.clone()).collect();
    let language = speak(model.language);
    effects.push(match export {
        Export::Copy => Effect::Copy(as_text(language, &entries)),
        Export::Text => {
            Effect::Save { name: "popglass-transcript.txt", octets: as_text(language, &entries).into_bytes() }
        }
        Export::Pcapng => Effect::Save { name: "popglass-transcript.pcapng", octets: as_pcapng(language, &entries) },
    });
}

fn is_shown(logged: &Logged, sides: Sides) -> bool {
    match (&logged.entry.item, sides) {
        (_, Sides::Both) | (Item::Note(_), _) => true,
        (Item::Line(line), Sides::Client) => line.direction == ClientToServer,
        (Item::Line(line), Sides::Server) => line.direction == ServerToClient,
        (Item::Deviation(_), sides) => sides == Sides::Server,
    }
}
