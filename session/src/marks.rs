//! Which messages are marked for deletion, and whether one is of which nobody knows the number; and what commands do to that.
//! Knows no order of commands; the connection does.

use popglass_protocol::types::MessageNumber;

/// The message that a DELE is about; nothing if its number could not be read, and the server may have read one.
pub(crate) type Marked = Option<MessageNumber>;

/// What a command does to the marks if the server says `+OK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Mark(Marked),
    /// All of them (RFC 1939 §5, RSET).
    TakeBack,
}

/// Marks: those that the server has confirmed, or those that will be, or may be. In order; a list and no set, since it is
/// copied more often than changed, and the code for it is on the way to the first view.
#[derive(Debug, Clone, Default)]
pub(crate) struct Marks(Vec<Marked>);

impl Marks {
    /// `+OK`.
    pub(crate) fn apply(&mut self, change: Change) {
        match change {
            Change::Mark(marked) => {
                if let Err(place) = self.0.binary_search(&marked) {
                    self.0.insert(place, marked);
                }
            }
            Change::TakeBack => self.0.clear(),
        }
    }

    /// The others are none any more, or never were.
    pub(crate) fn retain(&mut self, keeps: impl Fn(Marked) -> bool) {
        self.0.retain(|marked| keeps(*marked));
    }

    /// Whether this message is marked; without a number, one that nobody knows.
    pub(crate) fn contains(&self, marked: Marked) -> bool {
        self.0.binary_search(&marked).is_ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Marked> {
        self.0.iter().copied()
    }

    /// Those whose numbers are known, in order.
    pub(crate) fn numbers(&self) -> Vec<MessageNumber> {
        self.iter().flatten().collect()
    }
}
