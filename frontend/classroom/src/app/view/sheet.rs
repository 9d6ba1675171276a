//! What is printed: a lesson as a worksheet, or with its solution. The seed decides the numbers on both.

use popglass_lessons::{
    Classroom,
    format::{Answer, Plan, Texts},
    lesson,
};

use super::{lesson::OptionVm, texts_of};
use crate::{
    app::{
        address::{Place, Sheet, hash_of},
        model::{Model, Screen},
        rich::{Paragraph, paragraphs},
    },
    i18n::texts,
};

/// A question on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetQuestionVm {
    /// The question.
    pub text: Vec<Paragraph>,
    /// What can be ticked.
    pub options: Vec<OptionVm>,
    /// The right answers: one of several, unless options are ticked. Empty on a worksheet.
    pub right: Vec<Vec<Paragraph>>,
}

/// A sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetVm {
    /// Which.
    pub sheet: Sheet,
    /// The lesson's number.
    pub number: u32,
    /// The lesson's title.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What the learner will be able to do.
    pub goal: Vec<Paragraph>,
    /// What it is about.
    pub story: Vec<Paragraph>,
    /// What is to be done.
    pub tasks: Vec<Vec<Paragraph>>,
    /// What is asked.
    pub questions: Vec<SheetQuestionVm>,
    /// A way to the goal. Empty on a worksheet.
    pub way: Vec<Paragraph>,
    /// How the goal can be lost. Empty on a worksheet.
    pub dead_ends: Vec<Vec<Paragraph>>,
    /// The hints. Empty on a worksheet.
    pub hints: Vec<Vec<Paragraph>>,
    /// What to remember. Empty on a worksheet.
    pub card: Vec<Paragraph>,
    /// The lesson's address.
    pub address: String,
}

/// The sheet, where one is shown.
#[must_use]
pub fn view_sheet(model: &Model) -> Option<SheetVm> {
    let Screen::Sheet { number, seed, sheet } = model.screen else { return None };
    let lesson = lesson(number)?;
    let own = texts_of(lesson, model.language);
    let classroom = Classroom::new(&lesson.plan, u64::from(seed));
    let filled = |text: &str| paragraphs(&classroom.fill(text));
    let solved = sheet == Sheet::Solution;
    let said = texts(model.language).moves.said;
    let plan = classroom.plan();
    let way = plan.solution.iter().map(|step| paragraphs(&said(step)).into_iter().next().unwrap_or_default());
    Some(SheetVm {
        sheet,
        number,
        title: own.title.clone(),
        minutes: lesson.plan.minutes,
        goal: filled(&own.goal),
        story: filled(&own.story),
        tasks: plan.tasks.iter().filter_map(|task| own.tasks.get(&task.id)).map(|text| filled(text)).collect(),
        questions: questions(plan, own, solved, &filled),
        way: if solved { way.collect() } else { Vec::new() },
        dead_ends: texts_if(solved, own.dead_ends.values(), &filled),
        hints: texts_if(solved, own.hints.iter(), &filled),
        card: if solved { filled(&own.card) } else { Vec::new() },
        address: hash_of(Place::Lesson { number, seed: Some(seed), sheet: None }, model.language),
    })
}

fn texts_if<'a>(
    wanted: bool,
    texts: impl Iterator<Item = &'a String>,
    filled: &impl Fn(&str) -> Vec<Paragraph>,
) -> Vec<Vec<Paragraph>> {
    texts.filter(|_| wanted).map(|text| filled(text)).collect()
}

fn questions(plan: &Plan, own: &Texts, solved: bool, filled: &impl Fn(&str) -> Vec<Paragraph>) -> Vec<SheetQuestionVm> {
    let questions = plan.questions.iter().filter_map(|question| Some((question, own.questions.get(&question.id)?)));
    questions
        .map(|(question, text)| {
            let option =
                |key: &String| text.options.iter().find(|(known, _)| known == key).map(|(_, text)| filled(text));
            let written = |text: &String| vec![vec![crate::app::Piece { text: text.clone(), is_wire: true }]];
            let right = match &question.answer {
                Answer::Text(right) | Answer::Exactly(right) | Answer::Number(right) => vec![written(right)],
                Answer::AnyOf(right) => right.iter().map(written).collect(),
                Answer::Choice(options) => options.first().and_then(option).into_iter().collect(),
                Answer::Choices { right, .. } => right.iter().filter_map(option).collect(),
            };
            SheetQuestionVm {
                text: filled(&text.text),
                options: text
                    .options
                    .iter()
                    .map(|(key, text)| OptionVm { key: key.clone(), text: filled(text) })
                    .collect(),
                right: if solved { right } else { Vec::new() },
            }
        })
        .collect()
}
