//! What a scenario can begin as: an example, nothing, or one of the lessons. Examples are scenario files like any
//! teacher's, so they show what such a file looks like, too.

use popglass_lessons::{lesson, scenario::Draft};

/// What to begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Three messages, one user, one terminal.
    Three,
    /// Two devices, one mailbox.
    Devices,
    /// A server that breaks off.
    Trouble,
    /// A server, a user, and nothing else.
    Empty,
    /// This lesson.
    Lesson(u32),
}

impl Beginning {
    /// Those that are no lessons.
    pub const EXAMPLES: [Self; 4] = [Self::Three, Self::Devices, Self::Trouble, Self::Empty];

    /// As a word.
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Three => "three".into(),
            Self::Devices => "devices".into(),
            Self::Trouble => "trouble".into(),
            Self::Empty => "empty".into(),
            Self::Lesson(number) => number.to_string(),
        }
    }

    /// From its word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let example = Self::EXAMPLES.into_iter().find(|example| example.word() == word);
        example.or_else(|| Some(Self::Lesson(word.parse().ok().filter(|number| lesson(*number).is_some())?)))
    }

    /// The scenario.
    #[must_use]
    pub fn draft(self) -> Draft {
        let example = |text: &str| Draft::read(text.as_bytes()).expect("a test reads every example");
        match self {
            Self::Three => example(include_str!("examples/three.toml")),
            Self::Devices => example(include_str!("examples/devices.toml")),
            Self::Trouble => example(include_str!("examples/trouble.toml")),
            Self::Empty => example(include_str!("examples/empty.toml")),
            Self::Lesson(number) => lesson(number).map_or_else(|| Self::Empty.draft(), Draft::of),
        }
    }
}

#[cfg(test)]
mod tests {
    use popglass_lessons::Classroom;

    use super::*;
    use crate::app::build::lacks::lacks;

    #[test]
    fn every_example_can_be_played_and_its_solution_reaches_the_goal() {
        for beginning in Beginning::EXAMPLES {
            let draft = beginning.draft();
            assert_eq!(Beginning::from_word(&beginning.word()), Some(beginning));
            if beginning == Beginning::Empty {
                assert!(draft.lesson().is_err());
                continue;
            }
            assert_eq!(lacks(&draft), [], "{beginning:?}");
            let mut classroom = Classroom::new(&draft.lesson().unwrap().plan, 1);
            for step in classroom.plan().solution.clone() {
                classroom.act(step.clone()).unwrap_or_else(|misstep| panic!("{beginning:?}: {step:?}: {misstep:?}"));
            }
            assert!(classroom.is_finished(), "{beginning:?}: {:#?}", classroom.tasks());
        }
    }

    #[test]
    fn every_lesson_lacks_nothing_as_a_start() {
        for it in popglass_lessons::lessons() {
            let beginning = Beginning::Lesson(it.number);
            assert_eq!(Beginning::from_word(&beginning.word()), Some(beginning));
            assert_eq!(lacks(&beginning.draft()), [], "lesson {}", it.number);
        }
    }
}
