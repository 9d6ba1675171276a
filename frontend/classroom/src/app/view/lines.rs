//! The lines of conversations, as they are shown: text or octets, of everybody or of one side. Knows no pane.

use popglass_lessons::{TerminalLine, TerminalView, TimedLine};
use popglass_protocol::transcript::Direction;
use popglass_sandbox::smtp;
use popglass_session::security::Section;

use crate::{
    app::{
        tools::{Form, Side, Tools},
        transcript,
    },
    i18n::{Language, texts},
};

/// Who a line is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// The client.
    Client,
    /// The server.
    Server,
    /// Nobody: what happened to the connection.
    Note,
}

/// A line of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LineVm {
    /// Its place in the conversation.
    pub place: usize,
    /// Who it is from.
    pub kind: LineKind,
    /// What it says.
    pub text: String,
}

/// The lines of a terminal, for people.
pub(super) fn lines_of(language: Language, terminal: &TerminalView<'_>) -> Vec<LineVm> {
    let said = texts(language).panes.connection;
    let line = |(place, timed): (usize, &&TimedLine)| match &timed.line {
        TerminalLine::Pop3(line) => pop3_line(place, line),
        TerminalLine::Smtp(line) => LineVm { place, kind: smtp_kind(line), text: line.text.clone() },
        TerminalLine::Imap(line) => LineVm { place, kind: kind_of(line.direction), text: line.text.clone() },
        TerminalLine::Note(note) => LineVm { place, kind: LineKind::Note, text: said(note) },
        TerminalLine::Refusal(refusal) => {
            let told = language.of(&refusal.told);
            LineVm { place, kind: LineKind::Note, text: format!("{} {}", told.what, told.advice) }
        }
        TerminalLine::Shown(refusal) => {
            LineVm { place, kind: LineKind::Server, text: shown(language.of::<Vec<Section>>(&refusal.certificates)) }
        }
    };
    terminal.lines.iter().enumerate().map(line).collect()
}

/// The lines that are to be shown, as they are to be shown.
pub(super) fn lines_shown(language: Language, terminal: &TerminalView<'_>, tools: Tools) -> Vec<LineVm> {
    let is_shown = |line: &LineVm| match tools.side {
        Side::Both => true,
        Side::Client => line.kind != LineKind::Server,
        Side::Server => line.kind != LineKind::Client,
    };
    let octets = |line: &LineVm| terminal.lines.get(line.place).and_then(|timed| transcript::octets(&timed.line));
    let shown = lines_of(language, terminal).into_iter().filter(is_shown);
    match tools.form {
        Form::Text => shown.collect(),
        Form::Octets => shown.map(|line| LineVm { text: octets(&line).unwrap_or(line.text), ..line }).collect(),
    }
}

/// What a terminal shows, for the clipboard.
pub(in crate::app) fn copied(language: Language, terminal: &TerminalView<'_>, tools: Tools) -> String {
    let between = if tools.form == Form::Octets { "\n" } else { " " };
    let lines = lines_shown(language, terminal, tools).into_iter();
    let line = |line: LineVm| match line.kind {
        LineKind::Client => format!("C:{between}{}\n", line.text),
        LineKind::Server => format!("S:{between}{}\n", line.text),
        LineKind::Note => format!("-  {}\n", line.text),
    };
    lines.map(line).collect()
}

/// What a server proved itself by, a line for each thing that is known.
fn shown(sections: &[Section]) -> String {
    let rows = |section: &Section| section.rows.iter().map(|(label, value)| format!("{label}: {value}")).collect();
    let section = |section: &Section| [vec![section.heading.clone()], rows(section)].concat().join("\n");
    sections.iter().map(section).collect::<Vec<_>>().join("\n")
}

pub(super) fn pop3_line(place: usize, line: &popglass_protocol::transcript::Line) -> LineVm {
    LineVm { place, kind: kind_of(line.direction), text: line.text.clone() }
}

pub(super) fn kind_of(direction: Direction) -> LineKind {
    match direction {
        Direction::ClientToServer => LineKind::Client,
        Direction::ServerToClient => LineKind::Server,
    }
}

pub(super) fn smtp_kind(line: &smtp::Line) -> LineKind {
    match line.direction {
        smtp::Direction::Client => LineKind::Client,
        smtp::Direction::Server => LineKind::Server,
    }
}
