//! The panes of a lesson: terminals, maildrops, devices, the wire, the session's state, messages that were fetched.

use std::sync::Arc;

use popglass_lessons::{
    Classroom, DeviceView, Fetch, MaildropView, TerminalView,
    format::{Door, Leave, Move, Pane, Security, What},
};
use popglass_protocol::state::State;

use super::{
    drawn::Drawn,
    guide::{GuideVm, PictureVm, guide, picture},
    lines::{LineVm, lines_shown, pop3_line, smtp_kind},
    post::routes,
    reading::{ReadingVm, letter, readings},
    ways::ways,
    wire::{WireVm, wires},
};
use crate::{
    app::{
        model::{Model, Screen},
        play::Play,
        tools::Tools,
    },
    i18n::{Language, texts},
};

/// A terminal.
#[derive(Debug, Clone, PartialEq)]
pub struct TerminalVm {
    /// Its name.
    pub name: String,
    /// The server's name.
    pub server: String,
    /// The doors that can be chosen.
    pub doors: Vec<Door>,
    /// The door through which it is connected.
    pub door: Option<Door>,
    /// TLS protects it.
    pub is_protected: bool,
    /// Why TLS was refused, and what to do.
    pub refusal: Option<(String, String)>,
    /// What was said, as far and as it is to be shown.
    pub lines: Arc<Vec<LineVm>>,
    /// What was chosen of that.
    pub tools: Tools,
    /// What stands in its input.
    pub typed: String,
    /// What that will do, and what else could be typed.
    pub guide: GuideVm,
    /// Where the session stands, drawn; only if the lesson shows it.
    pub picture: Option<PictureVm>,
}

/// A message in a maildrop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessageVm {
    /// Its number for a session that begins now.
    pub number: usize,
    /// Its subject.
    pub subject: String,
    /// Its size.
    pub octets: u64,
    /// Its unique-id.
    pub unique_id: String,
    /// A session has marked it for deletion.
    pub is_marked: bool,
    /// It was read, as IMAP knows it.
    pub is_seen: bool,
}

/// A maildrop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaildropVm {
    /// Whose, with the server's name: `ada@mail.example`.
    pub owner: String,
    /// Somebody holds it; empty if it is not known who.
    pub holder: Option<String>,
    /// What lies there.
    pub messages: Vec<MessageVm>,
}

/// A message on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldVm {
    /// The lesson's name for it.
    pub id: String,
    /// Its subject.
    pub subject: String,
    /// It was read on this device.
    pub is_read: bool,
}

/// A device.
#[derive(Debug, Clone, PartialEq)]
pub struct DeviceVm {
    /// Its name.
    pub name: String,
    /// Whose mail it fetches.
    pub user: String,
    /// What becomes of messages on the server.
    pub leave: Leave,
    /// How it protects its connection; nothing if the lesson is not about that.
    pub security: Option<Security>,
    /// The learner may change the settings.
    pub is_configurable: bool,
    /// The places at which the line may be made to break.
    pub cuts: Vec<u32>,
    /// What it has.
    pub held: Vec<HeldVm>,
    /// How it went last, in words.
    pub last: Option<String>,
    /// What was said then.
    pub lines: Arc<Vec<LineVm>>,
}

/// The clock, where a lesson has one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimeVm {
    /// Days since the beginning.
    pub day: u32,
    /// The steps in which it can be moved on.
    pub steps: Vec<u32>,
    /// Messages that may arrive, in their order.
    pub arrivals: Vec<String>,
}

/// A session between two servers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelayVm {
    /// The domain whose server is the client.
    pub from: String,
    /// The domain whose server it is.
    pub to: String,
    /// What they said.
    pub lines: Arc<Vec<LineVm>>,
}

/// Everything beside story and tasks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PanesVm {
    /// Which panes there are, in their order.
    pub panes: Vec<Pane>,
    /// The terminals.
    pub terminals: Vec<TerminalVm>,
    /// The maildrops.
    pub maildrops: Vec<MaildropVm>,
    /// The devices.
    pub devices: Vec<DeviceVm>,
    /// The clock.
    pub time: TimeVm,
    /// What an eavesdropper hears.
    pub wires: Vec<WireVm>,
    /// Who reads what, of the newest connection of each terminal and device.
    pub ways: Vec<Drawn>,
    /// Where mail is that was sent, or would go.
    pub routes: Vec<Drawn>,
    /// Mail on its way from server to server.
    pub relays: Vec<RelayVm>,
    /// What was fetched.
    pub readings: Vec<ReadingVm>,
}

/// The panes of the lesson that is shown.
#[must_use]
pub fn view_panes(model: &Model) -> PanesVm {
    let Some(play) = model.play.as_ref().filter(|_| matches!(model.screen, Screen::Lesson)) else {
        return PanesVm::default();
    };
    let classroom = &play.classroom;
    let plan = classroom.plan();
    let has = |pane| plan.panes.contains(&pane);
    let terminals = plan.terminals.iter().filter_map(|terminal| classroom.terminal(&terminal.name));
    let devices = plan.devices.iter().filter_map(|device| classroom.device(&device.name));
    PanesVm {
        panes: plan.panes.clone(),
        terminals: terminals.map(|terminal| view_terminal(model.language, play, &terminal)).collect(),
        maildrops: if has(Pane::Maildrops) { maildrops(classroom) } else { Vec::new() },
        devices: devices.map(|device| view_device(model.language, play, &device)).collect(),
        time: time(play),
        wires: if has(Pane::Wire) { wires(model.language, classroom) } else { Vec::new() },
        ways: if has(Pane::Wire) { ways(model.language, classroom) } else { Vec::new() },
        routes: routes(model.language, classroom),
        relays: relays(classroom),
        readings: if has(Pane::Reader) { readings(classroom) } else { Vec::new() },
    }
}

fn view_terminal(language: Language, play: &Play, terminal: &TerminalView<'_>) -> TerminalVm {
    let typed = play.typed(terminal.name);
    let plan = play.classroom.plan();
    let is_protected = matches!(terminal.tls, Some(popglass_wire::link::ClientTls::Standing(_)));
    let refusal = match terminal.tls {
        Some(popglass_wire::link::ClientTls::Refused(refusal)) => {
            let told = language.of(&refusal.told);
            Some((told.what.clone(), told.advice.clone()))
        }
        _ => None,
    };
    TerminalVm {
        name: terminal.name.to_owned(),
        server: terminal.server.to_owned(),
        doors: terminal.doors.to_vec(),
        door: terminal.door,
        is_protected,
        refusal,
        lines: Arc::new(lines_shown(language, terminal, play.tools(terminal.name))),
        tools: play.tools(terminal.name),
        typed: typed.to_owned(),
        guide: guide(language, terminal, is_protected, typed),
        picture: plan.panes.contains(&Pane::State).then(|| picture(language, &play.classroom, terminal)),
    }
}

/// The sessions between servers that carried what was sent, the newest last.
fn relays(classroom: &Classroom) -> Vec<RelayVm> {
    let hops = classroom.journeys().iter().flat_map(|sent| &sent.journey.hops);
    hops.map(|hop| RelayVm {
        from: hop.from.clone(),
        to: hop.to.clone(),
        lines: Arc::new(
            hop.lines
                .iter()
                .enumerate()
                .map(|(place, line)| LineVm { place, kind: smtp_kind(line), text: line.text.clone() })
                .collect(),
        ),
    })
    .collect()
}

fn maildrops(classroom: &Classroom) -> Vec<MaildropVm> {
    classroom.maildrops().iter().map(|maildrop| view_maildrop(classroom, maildrop)).collect()
}

fn view_maildrop(classroom: &Classroom, maildrop: &MaildropView) -> MaildropVm {
    let opened = classroom.facts().iter().rev().find(|fact| {
        fact.what == What::State && fact.state == State::Transaction.rfc_name() && fact.user == maildrop.user
    });
    let messages = maildrop.messages.iter().map(|message| MessageVm {
        number: message.number,
        subject: message.subject.clone(),
        octets: message.octets,
        unique_id: message.unique_id.clone(),
        is_marked: message.marked,
        is_seen: message.seen,
    });
    MaildropVm {
        owner: format!("{}@{}", maildrop.user, maildrop.server),
        holder: maildrop.locked.then(|| opened.map(|fact| fact.by.clone()).unwrap_or_default()),
        messages: messages.collect(),
    }
}

fn view_device(language: Language, play: &Play, device: &DeviceView<'_>) -> DeviceVm {
    let plan = play.classroom.plan();
    let cuts = moves_of(play).filter_map(|step| match step {
        Move::FetchCut(name, ordinal) if name == device.name => Some(*ordinal),
        _ => None,
    });
    let chooses_security = moves_of(play).any(|step| matches!(step, Move::SetSecurity(..)));
    let held = device.kept.iter().map(|kept| {
        let (fields, _) = letter(&kept.octets);
        HeldVm {
            id: kept.message.clone(),
            subject: fields
                .into_iter()
                .find(|(name, _)| name.eq_ignore_ascii_case("subject"))
                .map_or_else(|| kept.message.clone(), |(_, value)| value),
            is_read: kept.read,
        }
    });
    let subject = |message: &String| subject_of(&play.classroom, message);
    let last = device.last.map(|fetch| Fetch {
        new: fetch.new.iter().map(subject).collect(),
        deleted: fetch.deleted.iter().map(subject).collect(),
        failure: fetch.failure.clone(),
    });
    DeviceVm {
        name: device.name.to_owned(),
        user: device.user.to_owned(),
        leave: device.settings.leave,
        security: (chooses_security || plan.panes.contains(&Pane::Wire)).then_some(device.settings.security),
        is_configurable: device.configurable,
        cuts: sorted(cuts),
        held: held.collect(),
        last: last.as_ref().map(texts(language).panes.fetched),
        lines: Arc::new(device.lines.iter().enumerate().map(|(place, line)| pop3_line(place, line)).collect()),
    }
}

/// Every move that the lesson knows of: what it offers beyond the usual is what leads somewhere in it.
fn moves_of(play: &Play) -> impl Iterator<Item = &Move> {
    let plan = play.classroom.plan();
    let ways = plan.dead_ends.iter().flat_map(|dead_end| &dead_end.way);
    plan.solution.iter().chain(&plan.offers).chain(plan.wrong.iter().flat_map(|wrong| &wrong.moves)).chain(ways)
}

fn sorted(numbers: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

fn time(play: &Play) -> TimeVm {
    let plan = play.classroom.plan();
    let days = moves_of(play).filter_map(|step| match step {
        Move::Days(days) => Some(*days),
        _ => None,
    });
    let has_come = |id: &String| play.classroom.moves().contains(&Move::Arrive(id.clone()));
    let later = plan.messages().filter(|message| message.later && !has_come(&message.id));
    let mut steps = sorted(days);
    if !steps.is_empty() && !steps.contains(&1) {
        steps.insert(0, 1);
    }
    TimeVm { day: play.classroom.day(), steps, arrivals: later.map(|message| message.id.clone()).collect() }
}

/// The subject of one of the lesson's messages, or its name.
pub(super) fn subject_of(classroom: &Classroom, id: &str) -> String {
    let text =
        classroom.plan().messages().find(|message| message.id == id).map(|message| classroom.fill(&message.text));
    let fields = text.map(|text| letter(text.as_bytes()).0).unwrap_or_default();
    let subject = fields.into_iter().find(|(name, _)| name.eq_ignore_ascii_case("subject"));
    subject.map_or_else(|| id.to_owned(), |(_, value)| value)
}
