//! The builder's screen: parts that unfold, fields with what is wrong beside them, buttons. Only what is unfolded is there.

mod options;
mod parts;
mod ways;

use std::collections::BTreeMap;

use popglass_frontend::i18n::Language;
use popglass_lessons::{
    format::BadLine,
    lessons,
    scenario::{Draft, ScenarioFlaw},
};

pub use self::ways::{WayFaultVm, WaysKind, WaysVm};
use super::texts_of;
use crate::{
    app::{
        address::{Place, hash_of},
        build::{Act, Beginning, Build, Field, Lack, Notice, Part, Refusal, Spot},
        model::{Model, Screen},
        rich::Paragraph,
    },
    i18n::{Texts, texts},
};

/// How a field is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A line.
    Line,
    /// Several lines, of which so many are shown.
    Area(u32),
    /// Several lines as on the wire.
    Wire(u32),
    /// A whole number.
    Number,
    /// One of its options.
    Select,
    /// Yes or no.
    Check,
}

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldVm {
    /// What it is called.
    pub label: String,
    /// How it is filled in.
    pub kind: FieldKind,
    /// What stands in it.
    pub value: String,
    /// Values that can be chosen, with their words.
    pub options: Vec<(String, String)>,
    /// What helps to fill it in.
    pub hint: String,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// The language of what stands in it.
    pub language: Option<Language>,
    /// It takes a whole line of the form.
    pub is_wide: bool,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActVm {
    /// What it does.
    pub act: Act,
    /// What it says.
    pub label: String,
    /// What it says to those who do not see where it stands.
    pub name: String,
    /// It can be pressed.
    pub is_on: bool,
}

/// A part of the screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PartVm {
    /// Its heading; empty if it needs none.
    pub title: String,
    /// A word on it.
    pub note: String,
    /// Whether it is unfolded; nothing if it cannot be folded.
    pub is_open: Option<bool>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The parts within it.
    pub parts: Vec<Part>,
    /// The moves of a way, with what takes each away.
    pub steps: Vec<StepVm>,
    /// Buttons that move it or take it away.
    pub tools: Vec<ActVm>,
    /// Buttons that add something to it.
    pub adds: Vec<ActVm>,
    /// What is wrong with it, beyond its fields.
    pub problem: Option<String>,
    /// How many things are lacking in it, for whoever sees it folded.
    pub lacks: usize,
}

/// A move of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepVm {
    /// What is done.
    pub words: Paragraph,
    /// From here on the way leads somewhere else.
    pub is_astray: bool,
    /// What takes it away.
    pub remove: ActVm,
}

/// What is lacking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LackVm {
    /// Where.
    pub spot: Spot,
    /// What.
    pub text: String,
}

/// What is said of the last wish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeVm {
    /// The words.
    pub text: String,
    /// The line that it is about.
    pub line: Option<String>,
    /// What a program said of it, in English.
    pub detail: Option<String>,
    /// Something did not work.
    pub is_error: bool,
}

/// The builder.
#[derive(Debug, Clone, PartialEq)]
pub struct BuildVm {
    /// What it can begin as: word and name, first the examples, then the lessons.
    pub examples: Vec<(String, String)>,
    /// The same, of the lessons.
    pub lessons: Vec<(String, String)>,
    /// Nothing has changed since it was saved.
    pub is_saved: bool,
    /// There is something to take back.
    pub can_undo: bool,
    /// What is lacking.
    pub lacks: Vec<LackVm>,
    /// Whether its ways lead where they should; nothing where that cannot be known.
    pub ways: Option<WaysVm>,
    /// What is said of the last wish.
    pub notice: Option<NoticeVm>,
    /// The whole link, if there is one.
    pub link: Option<String>,
    /// Where it is tried out.
    pub try_address: String,
    /// The parts that are there, by what they are.
    pub parts: BTreeMap<Part, PartVm>,
    /// The fields that are there, by what they are.
    pub fields: BTreeMap<Field, FieldVm>,
}

/// What is being drawn.
struct Drawing<'a> {
    build: &'a Build,
    language: Language,
    t: &'static Texts,
    /// Values are read through it; it stays as it is.
    scratch: Draft,
    lacks: Vec<(Spot, Lack)>,
    parts: BTreeMap<Part, PartVm>,
    fields: BTreeMap<Field, FieldVm>,
}

/// The builder, where it is shown.
#[must_use]
pub fn view_build(model: &Model) -> Option<BuildVm> {
    let build = model.build.as_ref().filter(|_| matches!(model.screen, Screen::Build))?;
    let language = model.language;
    let t = texts(language);
    let mut found = build.lacks().to_vec();
    found.extend(
        build.refused.iter().map(|(field, (_, refusal))| (Spot::Field(field.clone()), Lack::Refused(refusal.clone()))),
    );
    let mut drawing = Drawing {
        build,
        language,
        t,
        scratch: build.draft.clone(),
        lacks: found,
        parts: BTreeMap::new(),
        fields: BTreeMap::new(),
    };
    for part in Part::TOP {
        drawing.draw(part);
    }
    let page = &model.page;
    let ways = drawing.ways();
    let Drawing { lacks, parts, fields, .. } = drawing;
    Some(BuildVm {
        examples: Beginning::EXAMPLES.map(|it| (it.word(), (t.build.beginning)(it).to_owned())).to_vec(),
        lessons: lessons()
            .iter()
            .map(|lesson| {
                let word = Beginning::Lesson(lesson.number).word();
                (word, format!("{} · {}", lesson.number, texts_of(lesson, language).title))
            })
            .collect(),
        is_saved: build.is_saved,
        can_undo: build.can_undo(),
        lacks: lacks
            .into_iter()
            .map(|(spot, lack)| LackVm { text: told(build, language, &spot, &lack), spot })
            .collect(),
        ways,
        notice: build.notice.as_ref().map(|notice| NoticeVm {
            text: (t.build.notice)(notice),
            line: bad_line(notice).map(|bad| bad.shown.clone()).filter(|shown| !shown.trim().is_empty()),
            detail: bad_line(notice).map(|bad| bad.said.clone()),
            is_error: notice.is_error(),
        }),
        link: build.link.as_ref().map(|word| {
            format!("{page}{}", hash_of(Place::Scenario { word: Some(word.clone()), seed: None }, language))
        }),
        try_address: hash_of(Place::Try, language),
        parts,
        fields,
    })
}

/// The line that cannot be read, if a notice is about one.
fn bad_line(notice: &Notice) -> Option<&BadLine> {
    match notice {
        Notice::NotLoaded(ScenarioFlaw::Unreadable(bad)) => Some(bad),
        _ => None,
    }
}

/// What is lacking, with its place in words.
fn told(build: &Build, language: Language, spot: &Spot, lack: &Lack) -> String {
    let t = texts(language);
    let mut place: Vec<String> = Vec::new();
    let mut part = Some(spot.part());
    while let Some(one) = part {
        let title = parts::title(build, language, &one);
        if !title.is_empty() {
            place.insert(0, title);
        }
        part = one.parent();
    }
    if let Spot::Field(field) = spot {
        place.push(options::label(build, t, field));
    }
    format!("{}: {}", place.join(" › "), (t.build.lack)(lack))
}

/// What is wrong, in words that stand beside the field.
fn beside(t: &Texts, lack: &Lack) -> String {
    match lack {
        Lack::Refused(refusal) => (t.build.refusal)(refusal),
        other => (t.build.lack)(other),
    }
}

/// Whether somebody typed what was not taken.
fn refusal_of<'a>(build: &'a Build, field: &Field) -> Option<&'a Refusal> {
    build.refused.get(field).map(|(_, refusal)| refusal)
}
