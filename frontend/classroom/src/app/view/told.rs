//! What is said aloud after a move: one announcement, whatever came of it. Long replies are counted, not read.

use popglass_frontend::i18n::Language;
use popglass_lessons::format::Move;

use super::{
    lesson_tasks_met,
    lines::{LineKind, LineVm, lines_of},
    texts_of,
};
use crate::{app::play::Play, i18n::texts};

/// What was known before a move.
pub(in crate::app) struct Before {
    /// By terminal: how many lines there were.
    lines: Vec<usize>,
    /// Which tasks were met.
    met: Vec<bool>,
}

impl Before {
    pub(in crate::app) fn of(play: &Play) -> Self {
        let classroom = &play.classroom;
        let terminals = classroom.plan().terminals.iter();
        Self {
            lines: terminals.map(|it| classroom.terminal(&it.name).map_or(0, |view| view.lines.len())).collect(),
            met: lesson_tasks_met(play),
        }
    }

    pub(in crate::app) fn was_finished(&self) -> bool {
        self.met.iter().all(|met| *met)
    }
}

/// What came of a move, in one text.
pub(in crate::app) fn announcement(play: &Play, before: &Before, step: &Move, language: Language) -> String {
    let t = texts(language);
    let mut said: Vec<String> = Vec::new();
    let classroom = &play.classroom;
    for (setup, known) in classroom.plan().terminals.iter().zip(&before.lines) {
        let Some(view) = classroom.terminal(&setup.name) else { continue };
        let lines = lines_of(language, &view);
        // A terminal that is full drops its oldest lines: then what is new cannot be told by count.
        let new: Vec<&LineVm> = lines.iter().skip((*known).min(lines.len())).collect();
        said.extend(of_lines(&new, language));
    }
    match step {
        Move::Fetch(device) | Move::FetchCut(device, _) => {
            let last = classroom.device(device).and_then(|view| view.last.cloned());
            said.extend(last.map(|last| format!("{device}: {}", (t.panes.fetched)(&last))));
        }
        Move::Days(_) => said.push((t.panes.day)(classroom.day())),
        Move::Answer(question, _) => {
            let views = classroom.questions();
            let answer = views.iter().find(|view| view.question.id == *question).and_then(|view| view.answer);
            let own = texts_of(&play.lesson, language);
            let wrong = || own.questions.get(question).map(|text| classroom.fill(&text.wrong)).unwrap_or_default();
            said.push(if answer.is_some_and(|(_, right)| *right) { t.lesson.right.to_owned() } else { wrong() });
        }
        _ => {}
    }
    let own = texts_of(&play.lesson, language);
    let tasks = classroom.tasks();
    let newly = tasks.iter().zip(&before.met).filter(|(task, was_met)| task.met && !**was_met);
    said.extend(
        newly.filter_map(|(task, _)| own.tasks.get(task.id)).map(|text| (t.lesson.task_met)(&classroom.fill(text))),
    );
    said.join(" ").replace('`', "")
}

/// The first line of the answer, and how many more there are.
fn of_lines(new: &[&LineVm], language: Language) -> Option<String> {
    let t = texts(language);
    let answers: Vec<_> = new.iter().filter(|line| line.kind != LineKind::Client).collect();
    let notes = answers.iter().filter(|line| line.kind == LineKind::Note).map(|line| line.text.clone());
    let mut server = answers.iter().filter(|line| line.kind == LineKind::Server);
    let first = server.next().map(|line| (t.panes.announced_lines)(&line.text, server.count()));
    let said: Vec<String> = notes.chain(first).collect();
    (!said.is_empty()).then(|| said.join(". "))
}
