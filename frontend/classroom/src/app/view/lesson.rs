//! A lesson on the screen, without its panes: story, tasks, questions, help, and how it ends.

use popglass_lessons::{
    QuestionView, TaskView,
    format::{Answer, HINTS, QuestionText, Texts},
    lessons,
};

use super::{panes::subject_of, texts_of};
use crate::{
    app::{
        address::{Place, hash_of},
        build::Recording,
        model::{Model, Screen},
        play::{Origin, Play, Said, Show},
        rich::{Paragraph, paragraphs},
        update::{can_keep, place_of},
    },
    i18n::texts,
};

/// A task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskVm {
    /// The lesson's name for it.
    pub id: String,
    /// What is to be done.
    pub text: Vec<Paragraph>,
    /// It is met.
    pub is_met: bool,
    /// For one that is open and where something like it was seen: what was expected, and what was seen.
    pub difference: Option<(String, String)>,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// With words.
    Text,
    /// With a whole number.
    Number,
    /// With one of the options.
    One,
    /// With some of the options.
    Some,
}

/// An option of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionVm {
    /// The lesson's name for it.
    pub key: String,
    /// What it says.
    pub text: Vec<Paragraph>,
}

/// A question.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionVm {
    /// The lesson's name for it.
    pub id: String,
    /// From 1.
    pub number: usize,
    /// The question.
    pub text: Vec<Paragraph>,
    /// How it is answered.
    pub kind: AnswerKind,
    /// What can be chosen.
    pub options: Vec<OptionVm>,
    /// The task that comes first, if it is still open.
    pub after: Option<Vec<Paragraph>>,
    /// The last answer.
    pub given: Option<String>,
    /// Whether that was right.
    pub is_right: bool,
    /// What is said to a wrong answer.
    pub wrong: Vec<Paragraph>,
}

/// The solution while it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownVm {
    /// The steps so far, in words.
    pub steps: Vec<Paragraph>,
    /// How many there are.
    pub all: usize,
}

/// What is said to a finished lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct FinishedVm {
    /// What was learned.
    pub praise: Vec<Paragraph>,
    /// What to remember.
    pub card: Vec<Paragraph>,
    /// It was shown, and so does not count.
    pub was_shown: bool,
    /// It was only tried out: this way can be made the solution.
    pub can_record: bool,
    /// The next lesson: number, title and address.
    pub next: Option<(u32, String, String)>,
}

/// A lesson.
#[derive(Debug, Clone, PartialEq)]
pub struct LessonVm {
    /// Its number; nothing for a teacher's scenario.
    pub number: Option<u32>,
    /// It is being built, and only tried out.
    pub is_tried: bool,
    /// Moves so far can be made a wrong way or a dead end of what is being built.
    pub can_keep: bool,
    /// What its draws come from.
    pub seed: u32,
    /// What it is called.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What the learner will be able to do.
    pub goal: Vec<Paragraph>,
    /// What it is about.
    pub story: Vec<Paragraph>,
    /// What is to be done.
    pub tasks: Vec<TaskVm>,
    /// What is asked.
    pub questions: Vec<QuestionVm>,
    /// The hints that were asked for.
    pub hints: Vec<Vec<Paragraph>>,
    /// How many hints there are.
    pub hints_max: usize,
    /// There is a solution to be shown.
    pub can_show: bool,
    /// Whether to show the solution is asked.
    pub is_show_asked: bool,
    /// The solution, while it is shown.
    pub shown: Option<ShownVm>,
    /// How the goal was lost.
    pub dead_end: Option<Vec<Paragraph>>,
    /// It is finished.
    pub finished: Option<FinishedVm>,
    /// There is something to take back.
    pub can_undo: bool,
    /// Moves so far and moves of the solution, if they are to be counted.
    pub score: Option<(usize, usize)>,
    /// What did not work just now.
    pub misstep: Option<String>,
    /// What was said of the last moves.
    pub said: Vec<Said>,
    /// The lesson's own address.
    pub address: String,
}

/// The lesson, where one is shown.
#[must_use]
pub fn view_lesson(model: &Model) -> Option<LessonVm> {
    let play = model.play.as_ref().filter(|_| matches!(model.screen, Screen::Lesson))?;
    let own = texts_of(&play.lesson, model.language);
    let filled = |text: &str| paragraphs(&play.classroom.fill(text));
    let classroom = &play.classroom;
    let t = texts(model.language);
    Some(LessonVm {
        number: (play.origin == Origin::Ours).then_some(play.lesson.number),
        is_tried: play.origin == Origin::Tried,
        can_keep: can_keep(play, Recording::Wrong),
        seed: play.seed,
        title: own.title.clone(),
        minutes: play.lesson.plan.minutes,
        goal: filled(&own.goal),
        story: filled(&own.story),
        tasks: classroom.tasks().iter().map(|task| view_task(model, play, own, task)).collect(),
        questions: classroom
            .questions()
            .iter()
            .zip(1..)
            .map(|(question, number)| view_question(play, own, question, number))
            .collect(),
        hints: own.hints.iter().take(play.hints).map(|hint| filled(hint)).collect(),
        hints_max: HINTS,
        can_show: !play.solution().is_empty(),
        is_show_asked: play.show == Show::Asked,
        shown: view_shown(model, play),
        dead_end: classroom
            .dead_end()
            .map(|dead_end| own.dead_ends.get(&dead_end.id).map(|text| filled(text)).unwrap_or_default()),
        finished: classroom.is_finished().then(|| view_finished(model, play, own)),
        can_undo: !classroom.moves().is_empty(),
        score: model.settings.shows_score.then(|| (classroom.moves().len(), play.solution().len())),
        misstep: play.misstep.as_ref().map(|misstep| (t.lesson.misstep)(misstep)),
        said: play.said.clone(),
        address: hash_of(place_of(play), model.language),
    })
}

fn view_task(model: &Model, play: &Play, own: &Texts, task: &TaskView<'_>) -> TaskVm {
    let t = texts(model.language);
    let subjects: &dyn Fn(&str) -> String = &|id| subject_of(&play.classroom, id);
    let difference = task.wanted.zip(task.seen).filter(|_| !task.met);
    TaskVm {
        id: task.id.to_owned(),
        text: own.tasks.get(task.id).map(|text| paragraphs(&play.classroom.fill(text))).unwrap_or_default(),
        is_met: task.met,
        difference: difference.map(|(goal, fact)| ((t.goals.goal)(goal, subjects), (t.goals.fact)(fact, subjects))),
    }
}

fn view_question(play: &Play, own: &Texts, view: &QuestionView<'_>, number: usize) -> QuestionVm {
    let question = view.question;
    let filled = |text: &str| paragraphs(&play.classroom.fill(text));
    let text = own.questions.get(&question.id);
    let options = |text: &QuestionText| {
        let options = text.options.iter();
        options.map(|(key, text)| OptionVm { key: key.clone(), text: filled(text) }).collect()
    };
    let after = question.after.as_ref().filter(|_| !view.open).and_then(|task| own.tasks.get(task));
    QuestionVm {
        id: question.id.clone(),
        number,
        text: text.map(|text| filled(&text.text)).unwrap_or_default(),
        kind: kind_of(&question.answer),
        options: text.map(options).unwrap_or_default(),
        after: after.map(|task| filled(task)),
        given: view.answer.map(|(given, _)| given.clone()),
        is_right: view.answer.is_some_and(|(_, right)| *right),
        wrong: text.map(|text| filled(&text.wrong)).unwrap_or_default(),
    }
}

fn kind_of(answer: &Answer) -> AnswerKind {
    match answer {
        Answer::Text(_) | Answer::AnyOf(_) | Answer::Exactly(_) => AnswerKind::Text,
        Answer::Number(_) => AnswerKind::Number,
        Answer::Choice(_) => AnswerKind::One,
        Answer::Choices { .. } => AnswerKind::Some,
    }
}

fn view_shown(model: &Model, play: &Play) -> Option<ShownVm> {
    let Show::Playing(shown) = play.show else { return None };
    let solution = play.solution();
    let said = texts(model.language).moves.said;
    let steps = solution.iter().take(shown);
    let steps = steps.map(|step| paragraphs(&said(step)).into_iter().next().unwrap_or_default());
    Some(ShownVm { steps: steps.collect(), all: solution.len() })
}

fn view_finished(model: &Model, play: &Play, own: &Texts) -> FinishedVm {
    let filled = |text: &str| paragraphs(&play.classroom.fill(text));
    let next = lessons().iter().find(|lesson| play.origin == Origin::Ours && lesson.number > play.lesson.number);
    FinishedVm {
        praise: filled(&own.praise),
        card: filled(&own.card),
        was_shown: play.was_shown,
        can_record: can_keep(play, Recording::Solution),
        next: next.map(|lesson| {
            let place = Place::Lesson { number: lesson.number, seed: None, sheet: None };
            (lesson.number, texts_of(lesson, model.language).title.clone(), hash_of(place, model.language))
        }),
    }
}
