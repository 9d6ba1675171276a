//! What was played becomes a way of the plan: where the seed had decided what to type, a placeholder stands instead, so that
//! the way leads there with other numbers, too. Knows no texts and no screen.

use crate::{
    Classroom,
    format::{Answer, Draw, Move, Plan, What},
};

/// The moves that were made in a classroom of this plan, for the plan to keep. Message numbers become placeholders where the
/// seed shuffles the mail, words where it drew them, and answers where the right one depends on it. Everything else stays as
/// it was typed.
#[must_use]
pub fn recorded(plan: &Plan, played: &Classroom) -> Vec<Move> {
    let mut again = Classroom::new(plan, played.seed());
    let mut moves = Vec::new();
    for step in played.moves() {
        let known = again.facts().len();
        // What was made once can be made again.
        let _ = again.act(step.clone());
        let message =
            again.facts().iter().skip(known).find(|fact| fact.what == What::Command).map(|fact| &fact.message);
        moves.push(match step {
            Move::Line(terminal, line) => {
                let line = with_number(plan, &again, line, message.map_or("", String::as_str));
                Move::Line(terminal.clone(), with_draws(plan, &again, &line))
            }
            Move::Answer(question, given) => {
                Move::Answer(question.clone(), answer(plan, &again, question, given).unwrap_or_else(|| given.clone()))
            }
            other => other.clone(),
        });
    }
    moves
}

/// A message by its name instead of by its number, as long as it still has the number that it had in the beginning.
fn with_number(plan: &Plan, classroom: &Classroom, line: &str, message: &str) -> String {
    let users = plan.servers.iter().flat_map(|server| &server.users);
    let shuffled = users.filter(|user| user.shuffled).flat_map(|user| &user.messages);
    let name = format!("{{number {message}}}");
    let words: Vec<&str> = line.split(' ').collect();
    let is_named = words.get(1).is_some_and(|word| *word == classroom.fill(&name));
    if !is_named || !shuffled.into_iter().any(|setup| setup.id == message) {
        return line.to_owned();
    }
    let put = |(place, word): (usize, &str)| if place == 1 { name.clone() } else { word.to_owned() };
    words.into_iter().enumerate().map(put).collect::<Vec<_>>().join(" ")
}

/// Words that the seed drew, behind the first, which is a command.
fn with_draws(plan: &Plan, classroom: &Classroom, line: &str) -> String {
    let drawn = plan.draws.iter().filter(|(_, draw)| matches!(draw, Draw::OneOf(_)));
    let names: Vec<(String, String)> = drawn
        .map(|(name, _)| format!("{{{name}}}"))
        .map(|name| (classroom.fill(&name), name))
        .filter(|(value, _)| !value.is_empty() && !value.contains(' '))
        .collect();
    let put = |(place, word): (usize, &str)| {
        let name = names.iter().find(|(value, _)| place > 0 && value == word);
        name.map_or(word.to_owned(), |(_, name)| name.clone())
    };
    line.split(' ').enumerate().map(put).collect::<Vec<_>>().join(" ")
}

/// The right answer as the plan writes it, if this is the right one and depends on the seed.
fn answer(plan: &Plan, classroom: &Classroom, id: &str, given: &str) -> Option<String> {
    let is_right = classroom
        .questions()
        .iter()
        .any(|question| question.question.id == id && question.answer.is_some_and(|(_, right)| *right));
    let question = plan.questions.iter().find(|question| question.id == id).filter(|_| is_right)?;
    let right = match &question.answer {
        Answer::Text(right) | Answer::Exactly(right) | Answer::Number(right) => right.clone(),
        Answer::AnyOf(options) => options.iter().find(|option| classroom.fill(option) == given)?.clone(),
        Answer::Choice(options) => options.first()?.clone(),
        Answer::Choices { right, .. } => right.join(" "),
    };
    (right != classroom.fill(&right)).then_some(right)
}
