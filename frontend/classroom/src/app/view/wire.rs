//! What an eavesdropper makes of every connection of a lesson. Knows no key.

use std::sync::Arc;

use popglass_lessons::Classroom;
use popglass_wire::tap::{RecordContent, Seen, Tap};

use super::lines::{LineVm, kind_of};
use crate::i18n::{Language, texts};

/// Lines of one connection that are shown; of a long message an eavesdropper reads as much as a learner wants to.
const WIRE_LINES_MAX: usize = 400;

/// What was heard of one connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireVm {
    /// The terminal or device.
    pub by: String,
    /// Counts connections.
    pub session: u32,
    /// What can be read, line by line; sealed records as notes.
    pub lines: Arc<Vec<LineVm>>,
    /// Octets that cannot be read.
    pub sealed_octets: usize,
    /// The server's name, as the client says it before TLS stands.
    pub server_name: Option<String>,
}

/// What was heard of every connection, the newest first.
pub(super) fn wires(language: Language, classroom: &Classroom) -> Vec<WireVm> {
    let heard = classroom.overheard();
    heard
        .iter()
        .rev()
        .map(|heard| WireVm {
            by: heard.by.to_owned(),
            session: heard.session,
            lines: Arc::new(lines(language, heard.tap)),
            sealed_octets: heard.tap.hidden_octets(),
            server_name: heard.tap.server_name().map(str::to_owned),
        })
        .collect()
}

fn lines(language: Language, tap: &Tap) -> Vec<LineVm> {
    let t = texts(language);
    let sights = tap.sights().iter().take(WIRE_LINES_MAX).enumerate();
    sights
        .map(|(place, sight)| {
            let kind = kind_of(sight.direction);
            let text = match &sight.seen {
                Seen::Line(text) => text.clone(),
                Seen::Unreadable => t.panes.wire_unreadable.to_owned(),
                Seen::Record(record) => match &record.content {
                    RecordContent::Handshake(_) => (t.panes.wire_hello)(record.octets),
                    RecordContent::Alert { .. } => t.panes.wire_alert.to_owned(),
                    RecordContent::ChangeCipherSpec => t.panes.wire_change.to_owned(),
                    RecordContent::Hidden { .. } => (t.panes.wire_sealed)(record.octets),
                    RecordContent::Unreadable => t.panes.wire_unreadable.to_owned(),
                },
            };
            LineVm { place, kind, text }
        })
        .collect()
}
