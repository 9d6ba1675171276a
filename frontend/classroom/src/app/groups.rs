//! How the lessons are sorted on the list. Knows numbers only.

/// A group of lessons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The commands one by one.
    Basics,
    /// What deleting is.
    Deleting,
    /// Several devices, one maildrop.
    Devices,
    /// Who reads along.
    Security,
    /// What is around POP3.
    Neighbours,
    /// All of it at once.
    Mastery,
}

impl Group {
    /// All of them, in the order of the list.
    pub const ALL: [Self; 6] =
        [Self::Basics, Self::Deleting, Self::Devices, Self::Security, Self::Neighbours, Self::Mastery];

    /// The group of a lesson.
    #[must_use]
    pub fn of(number: u32) -> Self {
        match number {
            ..=8 | 11 => Self::Basics,
            9 | 10 => Self::Deleting,
            12..=14 | 20 | 21 => Self::Devices,
            15..=19 | 23 => Self::Security,
            22 | 24 | 25 => Self::Neighbours,
            26.. => Self::Mastery,
        }
    }
}
