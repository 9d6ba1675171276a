//! What was played becomes a way of the plan: where the seed had decided what to type, a placeholder stands instead, so that
//! the way leads there with other numbers, too. Knows no texts and no screen.

use crate::{
    Classroom, Fact,
    classroom::MaildropView,
    format::{Answer, Draw, Move, Plan, What},
    template::columns,
};

/// The moves that were made in a classroom of this plan, for the plan to keep. What depends on the seed becomes a placeholder:
///
/// - where the seed shuffles the mail, the number of one message in a POP3 command, and in IMAP's FETCH and STORE;
/// - a drawn word or a column of it, where it is typed as it was drawn and stands free of other letters; of numbers nobody
///   knows whether they are drawn ones;
/// - a right answer that depends on the seed.
///
/// Everything else stays as it was typed, such as a range of numbers, and what was computed out of a draw.
#[must_use]
pub fn recorded(plan: &Plan, played: &Classroom) -> Vec<Move> {
    let mut again = Classroom::new(plan, played.seed());
    let draws = draws(plan, &again);
    let mut moves = Vec::new();
    for step in played.moves() {
        let known = again.facts().len();
        let lay = again.maildrops();
        // What was made once can be made again.
        let _ = again.act(step.clone());
        let asked = again.facts().iter().skip(known).find(|fact| fact.what == What::Command);
        moves.push(match step {
            Move::Line(terminal, line) => {
                let numbered = asked.and_then(|fact| with_number(plan, &again, line, fact, &lay));
                Move::Line(terminal.clone(), with_draws(&draws, &numbered.unwrap_or_else(|| line.clone())))
            }
            Move::Answer(question, given) => {
                Move::Answer(question.clone(), answer(plan, &again, question, given).unwrap_or_else(|| given.clone()))
            }
            other => other.clone(),
        });
    }
    moves
}

/// A message by its name instead of by its number, as long as it still has the number that it had in the beginning; nothing
/// where the line names no such message.
fn with_number(plan: &Plan, classroom: &Classroom, line: &str, fact: &Fact, lay: &[MaildropView]) -> Option<String> {
    let mut words: Vec<&str> = line.split(' ').collect();
    // IMAP has a tag in front, and its facts name no message.
    let is_imap = words.get(1).is_some_and(|word| ["FETCH", "STORE"].iter().any(|it| word.eq_ignore_ascii_case(it)));
    let place = if is_imap { 2 } else { 1 };
    let number = *words.get(place)?;
    let message = if is_imap {
        let mine = lay.iter().find(|maildrop| maildrop.user == fact.user)?;
        &mine.messages.iter().find(|message| message.number.to_string() == number)?.id
    } else {
        &fact.message
    };
    let users = plan.servers.iter().flat_map(|server| &server.users);
    let mut shuffled = users.filter(|user| user.shuffled).flat_map(|user| &user.messages);
    let name = format!("{{number {message}}}");
    if number != classroom.fill(&name) || !shuffled.any(|setup| setup.id == *message) {
        return None;
    }
    words[place] = &name;
    Some(words.join(" "))
}

/// What the seed drew, and its placeholders: the longest first, and of equals the first column.
fn draws(plan: &Plan, classroom: &Classroom) -> Vec<(String, String)> {
    let mut known = Vec::new();
    for (name, _) in plan.draws.iter().filter(|(_, draw)| matches!(draw, Draw::OneOf(_))) {
        let whole = format!("{{{name}}}");
        let value = classroom.fill(&whole);
        known.extend(
            columns(&value).zip(1..).map(|(column, number)| (column.to_owned(), format!("{{{name} {number}}}"))),
        );
        known.push((value, whole));
    }
    // A number in a line may just as well be a message's, or a size.
    known.retain(|(value, _)| value.contains(|letter: char| letter.is_alphabetic()));
    known.sort_by_key(|(value, _)| std::cmp::Reverse(value.len()));
    known
}

/// The placeholders instead of what the seed drew, wherever that stands free of other letters.
fn with_draws(draws: &[(String, String)], line: &str) -> String {
    let mut put = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(letter) = rest.chars().next() {
        let is_free = |value: &str| {
            let before = put.chars().next_back().is_some_and(char::is_alphanumeric);
            let behind =
                rest.get(value.len()..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric);
            !before && !behind
        };
        match draws.iter().find(|(value, _)| rest.starts_with(value.as_str()) && is_free(value)) {
            Some((value, name)) => {
                put.push_str(name);
                rest = &rest[value.len()..];
            }
            None => {
                put.push(letter);
                rest = &rest[letter.len_utf8()..];
            }
        }
    }
    put
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
