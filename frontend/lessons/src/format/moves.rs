//! Moves: what a learner does, as data. Knows no classroom.

use serde::{Deserialize, Serialize};

use super::{Door, Leave, Security};

/// What the learner does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", rename_all_fields = "kebab-case")]
pub enum Move {
    /// Connects a terminal: its name, and the door.
    Connect(String, Door),
    /// Types a line into a terminal: its name, and the line.
    Line(String, String),
    /// Breaks a terminal's connection.
    HangUp(String),
    /// Has a device fetch its mail.
    Fetch(String),
    /// Has a device fetch its mail, and the line break in the middle of the message with this ordinal.
    FetchCut(String, u32),
    /// Changes what a device leaves on the server.
    SetLeave(String, Leave),
    /// Changes how a device protects its connection.
    SetSecurity(String, Security),
    /// Reads a message on a device: its name, and the message.
    Read(String, String),
    /// A message arrives that is to come later: its id.
    Arrive(String),
    /// So many days go by.
    Days(u32),
    /// Answers a question: its id, and the answer; several options are separated by blanks.
    Answer(String, String),
}
