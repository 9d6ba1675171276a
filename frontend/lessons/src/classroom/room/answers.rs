//! Whether an answer is right. Knows no question's text.

use crate::format::Answer;

/// Whether an answer is right.
pub(super) fn is_right(answer: &Answer, given: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    match answer {
        Answer::Text(right) => plain(right) == plain(given),
        Answer::AnyOf(right) => right.iter().any(|right| plain(right) == plain(given)),
        Answer::Exactly(right) => right == given,
        Answer::Number(right) => {
            let digits: String =
                given.chars().filter(|letter| !letter.is_whitespace() && !".,".contains(*letter)).collect();
            *right == digits
        }
        Answer::Choice(options) => options.first().is_some_and(|right| right == given.trim()),
        Answer::Choices { right, .. } => {
            let mut given: Vec<_> = given.split_whitespace().collect();
            let mut right: Vec<_> = right.iter().map(String::as_str).collect();
            given.sort_unstable();
            given.dedup();
            right.sort_unstable();
            given == right
        }
    }
}
