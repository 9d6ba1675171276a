//! The scenario builder: a draft that a teacher changes field by field, what is wrong with what was typed, and the way
//! back. Knows no screen and no storage; what it looks like is in `view::build`.

mod acts;
mod check;
mod choices;
mod faults;
mod fields;
mod goals;
mod lacks;
mod letter;
mod mail;
mod msg;
mod names;
mod place;
mod slot;
mod starts;
mod ways;

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
};

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    Classroom,
    scenario::{Draft, SCENARIO_OCTETS_MAX},
};

use self::check::Check;
pub use self::{
    acts::{Act, Way},
    check::{CHECK_SEEDS, CHECK_WAIT_MS},
    choices::QuestionKind,
    goals::{GoalKind, Preset},
    lacks::{Lack, Spot},
    msg::{BuildMsg, Notice},
    place::{
        DeviceField, EventField, FaultField, Field, GoalField, GoalOf, MessageField, Node, Part, QuestionField, Row,
        ServerField, TerminalField, UserField, Words,
    },
    slot::{AREA_OCTETS_MAX, LINE_OCTETS_MAX, ON, Refusal},
    starts::Beginning,
    ways::Recording,
};
pub(super) use self::{
    check::{Astray, Checked},
    faults::{FaultLine, GREETING, KINDS, lines as fault_lines, places as fault_places},
    fields::{ATTACKERS, CERTIFICATES, LEAVES, SECURITIES, STATES, keywords, option_keys, read},
    goals::{WHATS, at as goal_at, events, fields_of, kinds_at, parts as goal_parts},
};
use super::effect::{Effect, FocusTarget};
use crate::i18n::texts;

/// Changes that can be taken back.
pub const UNDO_MAX: usize = 30;

/// The builder.
#[derive(Debug)]
pub(super) struct Build {
    pub(super) draft: Draft,
    /// What was typed and not taken, by field.
    pub(super) refused: BTreeMap<Field, (String, Refusal)>,
    pub(super) open: BTreeSet<Part>,
    undo: Vec<Draft>,
    /// Nothing has changed since it was saved or loaded.
    pub(super) is_saved: bool,
    pub(super) link: Option<String>,
    pub(super) notice: Option<Notice>,
    check: Check,
    /// Of the draft, as soon as somebody has asked.
    lacks: OnceCell<Vec<(Spot, Lack)>>,
    /// What is said of the last wish was not seen yet: the builder is shown next.
    notice_waits: bool,
    is_guarded: bool,
}

impl Build {
    /// Goes on with what this browser kept, or begins with an example.
    pub(super) fn new(kept: &str) -> Self {
        let kept = Draft::read(kept.as_bytes()).ok();
        let is_saved = kept.is_none();
        let mut draft = kept.unwrap_or_else(|| Beginning::Three.draft());
        acts::settle(&mut draft);
        Self {
            draft,
            refused: BTreeMap::new(),
            open: BTreeSet::from([Part::Words, Part::Mail, Part::Tasks]),
            undo: Vec::new(),
            is_saved,
            link: None,
            notice: None,
            check: Check::default(),
            lacks: OnceCell::new(),
            notice_waits: false,
            is_guarded: false,
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether the ways still lead where they should: what is known of that, and whether it is being looked at. Nothing is
    /// known of what cannot be played, and of what has no way.
    pub(super) fn checked(&self) -> (Option<&Checked>, bool) {
        (self.check.found(), self.check.is_open())
    }

    /// What the draft lacks. It takes a whole classroom to tell.
    pub(super) fn lacks(&self) -> &[(Spot, Lack)] {
        self.lacks.get_or_init(|| lacks::lacks(&self.draft))
    }

    /// What is said is said on the builder's screen, which comes next.
    pub(super) fn say_there(&mut self, notice: Notice) {
        self.notice = Some(notice);
        self.notice_waits = true;
    }

    /// Whether something is to be heard first on the builder's screen; only once.
    pub(super) fn take_waiting(&mut self) -> bool {
        std::mem::take(&mut self.notice_waits)
    }

    /// It is time to walk on. True where there is something new to show.
    pub(super) fn check_due(&mut self, ticket: u32, effects: &mut Vec<Effect>) -> bool {
        self.check.go_on(ticket, effects)
    }

    /// The builder is shown.
    pub(super) fn begin(&mut self, effects: &mut Vec<Effect>) {
        self.check.start(&self.draft, effects);
    }

    /// What a field says: what was typed, even where it was not taken.
    pub(super) fn said(&self, scratch: &mut Draft, field: &Field) -> String {
        match self.refused.get(field) {
            Some((typed, _)) => typed.clone(),
            None => read(scratch, field).unwrap_or_default(),
        }
    }

    /// Remembers what there was, and tells that it is not saved any more.
    fn change(&mut self, to: Draft) {
        if to == self.draft {
            return;
        }
        let was = self.put(to);
        self.undo.push(was);
        let surplus = self.undo.len().saturating_sub(UNDO_MAX);
        self.undo.drain(..surplus);
        self.is_saved = false;
        self.link = None;
    }

    /// Another draft, with what was known of the one before forgotten. Gives that one.
    fn put(&mut self, draft: Draft) -> Draft {
        self.lacks.take();
        std::mem::replace(&mut self.draft, draft)
    }

    fn set(&mut self, field: Field, text: &str) {
        let mut draft = self.draft.clone();
        let outcome = match names::kind_of(&field) {
            Some(_) => names::rename(&mut draft, &field, text),
            None => fields::slot(&mut draft, &field).ok_or(Refusal::NoChoice).and_then(|slot| slot.write(text)),
        };
        self.notice = None;
        match outcome {
            Ok(()) => {
                self.refused.remove(&field);
                acts::settle(&mut draft);
                self.change(draft);
                if let Field::Message(server, user, ..) = field
                    && text != user.to_string()
                    && matches!(field, Field::Message(_, _, _, MessageField::Owner))
                {
                    // It has moved to another list.
                    self.open.insert(Part::User(server, user));
                    self.refused.clear();
                }
            }
            Err(refusal) => {
                let typed = text.chars().take(AREA_OCTETS_MAX).collect();
                self.refused.insert(field, (typed, refusal));
            }
        }
    }

    fn press(&mut self, act: &Act, language: Language, effects: &mut Vec<Effect>) {
        let mut draft = self.draft.clone();
        let words = |language: Language| {
            let t = &texts(language).build;
            acts::NewWords {
                task: t.new_task.to_owned(),
                question: t.new_question.to_owned(),
                wrong: t.new_wrong.to_owned(),
                subject: t.new_subject.to_owned(),
                body: t.new_body.to_owned(),
            }
        };
        self.notice = None;
        match acts::act(&mut draft, act, &words, language) {
            Ok(next) => {
                acts::settle(&mut draft);
                if act.moves_places() {
                    self.refused.clear();
                }
                if !matches!(act, Act::Move(..)) && next.is_none() {
                    self.notice = Some(Notice::Removed);
                }
                self.change(draft);
                match (next, act) {
                    (Some(field), _) => self.show(&Spot::Field(field), effects),
                    (None, Act::Move(part, way)) => {
                        let moved = place::moved(part, *way);
                        place::swap_open(&mut self.open, part, &moved);
                        effects.push(Effect::Focus(FocusTarget::Field(moved.id())));
                    }
                    (None, _) => effects.push(Effect::Focus(FocusTarget::Notice)),
                }
            }
            Err(refusal) => self.notice = Some(Notice::Refused(refusal)),
        }
    }

    /// Unfolds whatever a spot lies in, and goes there.
    fn show(&mut self, spot: &Spot, effects: &mut Vec<Effect>) {
        let mut part = Some(spot.part());
        while let Some(one) = part {
            part = one.parent();
            self.open.insert(one);
        }
        effects.push(Effect::Focus(FocusTarget::Field(spot.id())));
    }

    fn load(&mut self, octets: &[u8], effects: &mut Vec<Effect>) {
        match Draft::read(octets) {
            Ok(mut draft) => {
                acts::settle(&mut draft);
                self.refused.clear();
                self.change(draft);
                self.is_saved = true;
                self.notice = Some(Notice::Loaded);
            }
            Err(flaw) => self.notice = Some(Notice::NotLoaded(flaw)),
        }
        effects.push(Effect::Focus(FocusTarget::Notice));
    }

    fn save(&mut self, effects: &mut Vec<Effect>) {
        let text = self.draft.write();
        if text.len() > SCENARIO_OCTETS_MAX {
            self.notice = Some(Notice::TooLarge(text.len()));
            return;
        }
        let title = self.draft.english.as_ref().or(self.draft.german.as_ref()).map_or("", |texts| texts.title.as_str());
        effects.push(Effect::Save { name: file_name(title), text });
        self.is_saved = true;
        self.notice = Some(Notice::Saved);
    }

    fn make_link(&mut self, effects: &mut Vec<Effect>) {
        self.link = None;
        self.notice = Some(match (self.draft.lesson(), self.draft.to_link()) {
            (Err(_), _) => Notice::NotReady,
            (_, Err(octets)) => Notice::LinkTooLong(octets),
            (_, Ok(word)) => {
                self.link = Some(word);
                effects.push(Effect::Focus(FocusTarget::Link));
                Notice::Linked
            }
        });
    }

    /// Whoever tries the scenario out can make what was played a way of it.
    pub(super) fn record(&mut self, recording: Recording, played: &Classroom, effects: &mut Vec<Effect>) {
        let mut draft = self.draft.clone();
        let words = |language: Language| texts(language).build.ways.new_dead_end.to_owned();
        let notice = match ways::record(&mut draft, recording, played, &words) {
            Ok(way) => {
                self.change(draft);
                self.open.extend([Part::Ways, Part::Way(way)]);
                self.keep(effects);
                self.check.restart(&self.draft, false, effects);
                Notice::Recorded(way, played.moves().len())
            }
            Err(refusal) => Notice::Refused(refusal),
        };
        self.say_there(notice);
    }

    /// What the browser shall keep, in case the page is left.
    fn keep(&self, effects: &mut Vec<Effect>) {
        let text = self.draft.write();
        if text.len() <= SCENARIO_OCTETS_MAX {
            effects.push(Effect::KeepDraft(text));
        }
    }

    fn guard(&mut self, on: bool, effects: &mut Vec<Effect>) {
        if self.is_guarded != on {
            self.is_guarded = on;
            effects.push(Effect::GuardLeaving(on));
        }
    }
}

/// Applies one wish.
pub(super) fn update(build: &mut Build, msg: BuildMsg, language: Language, effects: &mut Vec<Effect>) {
    let keeps_found = match &msg {
        BuildMsg::Set(..) => true,
        BuildMsg::Pressed(act) => !act.moves_places(),
        _ => false,
    };
    let before = build.undo.len();
    let was = build.draft.clone();
    match msg {
        BuildMsg::Began(word) => {
            if let Some(beginning) = Beginning::from_word(&word) {
                let mut draft = beginning.draft();
                acts::settle(&mut draft);
                build.refused.clear();
                build.change(draft);
                build.notice = Some(Notice::Began);
                effects.push(Effect::Focus(FocusTarget::Notice));
            }
        }
        BuildMsg::Set(field, text) => build.set(field, &text),
        BuildMsg::Pressed(act) => build.press(&act, language, effects),
        BuildMsg::Folded(part, is_open) => {
            if is_open {
                build.open.insert(part);
            } else {
                build.open.remove(&part);
            }
        }
        BuildMsg::Wanted(spot) => build.show(&spot, effects),
        BuildMsg::UndoPressed => {
            if let Some(draft) = build.undo.pop() {
                build.put(draft);
                build.refused.clear();
                build.is_saved = false;
                build.link = None;
                build.notice = Some(Notice::Undone);
            }
        }
        BuildMsg::SavePressed => build.save(effects),
        BuildMsg::FileRead(octets) => build.load(&octets, effects),
        BuildMsg::LinkPressed => build.make_link(effects),
        BuildMsg::CopyPressed => effects.push(Effect::CopyLink),
        BuildMsg::Copied(done) => build.notice = Some(if done { Notice::Copied } else { Notice::NotCopied }),
        BuildMsg::DraftKept(kept) => build.guard(!kept && !build.is_saved, effects),
        BuildMsg::CheckDue(ticket) => {
            build.check_due(ticket, effects);
        }
    }
    if build.undo.len() != before || build.draft != was {
        build.keep(effects);
    }
    if build.draft != was {
        build.check.restart(&build.draft, keeps_found, effects);
    }
    if build.is_saved {
        build.guard(false, effects);
    }
}

/// A file's name, of the title's letters and digits. It ends as plain text does: over plain http browsers hold back files
/// whose kind they do not know.
fn file_name(title: &str) -> String {
    const LETTERS_MAX: usize = 40;
    let words = title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.collect::<Vec<_>>().join("-").to_lowercase().chars().take(LETTERS_MAX).collect();
    if name.is_empty() { "popglass-scenario.txt".into() } else { format!("popglass-{name}.txt") }
}
