//! The open maildrop as the page shows it: rows, pages, the chosen row, the marks that the server confirmed.

use std::{collections::BTreeSet, sync::Arc};

use popglass_mail_worker::wire::Summary;
use popglass_protocol::{login::Method, types::MessageNumber};
use popglass_session::{
    event::{MailboxEntry, PAGE_ROWS, Reconciled},
    security::{Sections, Secured},
};

use super::{kept::Kept, msg::Step, reader::Reader};

/// The mailbox.
#[derive(Debug)]
pub(super) struct Mailbox {
    /// Newest first: servers number messages in the order of arrival.
    pub(super) rows: Vec<Row>,
    pub(super) page: usize,
    pub(super) selected: Option<MessageNumber>,
    /// As the server confirmed them.
    pub(super) marked: BTreeSet<MessageNumber>,
    /// Asked for, but not confirmed yet.
    pub(super) asked: BTreeSet<MessageNumber>,
    /// Read in this session. POP3 itself keeps no such mark.
    pub(super) seen: BTreeSet<MessageNumber>,
    pub(super) reader: Option<Reader>,
    pub(super) kept: Kept,
    pub(super) finishing: bool,
    pub(super) secured: Option<Secured>,
    pub(super) certificates: Certificates,
    pub(super) method: Option<Method>,
    /// What an earlier session left open, until the user has seen to it.
    pub(super) reconciled: Option<Reconciled>,
}

/// A row.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) entry: MailboxEntry,
    pub(super) header: Header,
}

/// What a row knows of its message's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Header {
    /// Not there yet.
    Awaited,
    /// Read.
    Known(Arc<Summary>),
    /// The server does not hand out headers alone.
    Refused,
    /// It came, but cannot be read.
    Unreadable,
    /// The user stopped the transfer before it came.
    Stopped,
}

/// What is in the certificates of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Certificates {
    /// Nobody wants to see it.
    Hidden,
    /// The TLS module is reading them.
    Asked,
    /// This is in them.
    Read(Arc<Sections>),
    /// The TLS module could not be loaded.
    Missing,
}

impl Mailbox {
    /// The newest message first; `entries` are by number.
    pub(super) fn new(entries: Vec<MailboxEntry>, secured: Option<Secured>, method: Option<Method>) -> Self {
        let rows: Vec<Row> = entries.into_iter().rev().map(|entry| Row { entry, header: Header::Awaited }).collect();
        Self {
            selected: rows.first().map(|row| row.entry.number),
            rows,
            page: 0,
            marked: BTreeSet::new(),
            asked: BTreeSet::new(),
            seen: BTreeSet::new(),
            reader: None,
            kept: Kept::default(),
            finishing: false,
            secured,
            certificates: Certificates::Hidden,
            method,
            reconciled: None,
        }
    }

    pub(super) fn pages(&self) -> usize {
        self.rows.len().div_ceil(PAGE_ROWS).max(1)
    }

    pub(super) fn page_rows(&self) -> &[Row] {
        self.rows.chunks(PAGE_ROWS).nth(self.page).unwrap_or_default()
    }

    pub(super) fn row_mut(&mut self, number: MessageNumber) -> Option<&mut Row> {
        self.rows.iter_mut().find(|row| row.entry.number == number)
    }

    pub(super) fn row(&self, number: MessageNumber) -> Option<&Row> {
        self.rows.iter().find(|row| row.entry.number == number)
    }

    /// After a cancelled transfer of headers: what did not come will not come by itself.
    pub(super) fn stop_headers(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.header == Header::Awaited) {
            row.header = Header::Stopped;
        }
    }

    /// The headers of this page are on their way again.
    pub(super) fn await_headers(&mut self) {
        for row in self.rows.iter_mut().filter(|row| row.header == Header::Stopped) {
            row.header = Header::Awaited;
        }
    }

    fn position(&self, number: MessageNumber) -> Option<usize> {
        self.rows.iter().position(|row| row.entry.number == number)
    }

    /// The message that is so many steps away in the whole mailbox.
    pub(super) fn neighbour(&self, number: MessageNumber, step: Step) -> Option<MessageNumber> {
        let position = self.position(number)?;
        let beside = match step {
            Step::Next => position.checked_add(1)?,
            Step::Previous => position.checked_sub(1)?,
            Step::First => 0,
            Step::Last => self.rows.len().checked_sub(1)?,
        };
        self.rows.get(beside).map(|row| row.entry.number)
    }

    /// The row to go to within this page.
    pub(super) fn row_beside(&self, step: Step) -> Option<MessageNumber> {
        let rows = self.page_rows();
        let last = rows.len().checked_sub(1)?;
        let position = self.selected.and_then(|number| rows.iter().position(|row| row.entry.number == number));
        let beside = match (step, position) {
            (Step::First, _) | (_, None) => 0,
            (Step::Last, _) => last,
            (Step::Next, Some(position)) => last.min(position + 1),
            (Step::Previous, Some(position)) => position.saturating_sub(1),
        };
        rows.get(beside).map(|row| row.entry.number)
    }

    /// Shows the page that holds this message; true if that is another page than before.
    pub(super) fn show(&mut self, number: MessageNumber) -> bool {
        self.selected = Some(number);
        let page = self.position(number).map_or(self.page, |position| position / PAGE_ROWS);
        let turned = page != self.page;
        self.page = page;
        turned
    }

    /// The message a shortcut is about: the open one, or else the chosen one.
    pub(super) fn at_hand(&self) -> Option<MessageNumber> {
        self.reader.as_ref().map(|reader| reader.number).or(self.selected)
    }
}
