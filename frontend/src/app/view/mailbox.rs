//! The mailbox as values.

use popglass_protocol::{
    login::Method,
    tunnel::TlsEnds,
    types::{MessageNumber, Octets},
};
use popglass_session::{event::Reconciled, security::Secured};

pub use crate::app::mailbox::{Certificates as CertificatesVm, Header as HeaderVm};
use crate::app::{
    hops::HopPicture,
    model::{Model, RouteTaken},
};

/// The mailbox.
#[derive(Debug, Clone, PartialEq)]
pub struct MailboxVm {
    /// Messages in the maildrop.
    pub count: usize,
    /// Their octets together.
    pub octets: Octets,
    /// The rows of this page, newest first.
    pub rows: Vec<RowVm>,
    /// This page, from zero.
    pub page: usize,
    /// Pages, at least one.
    pub pages: usize,
    /// Marked messages, on all pages.
    pub marked: usize,
    /// QUIT is on its way.
    pub finishing: bool,
    /// Headers of this page were not fetched, since the user stopped the transfer.
    pub headers_stopped: bool,
    /// The reader covers the list.
    pub reader_open: bool,
    /// What an earlier session left open.
    pub reconciled: Option<Reconciled>,
    /// The way the session goes.
    pub hops: HopsVm,
}

/// A row.
#[derive(Debug, Clone, PartialEq)]
pub struct RowVm {
    /// Its message.
    pub number: MessageNumber,
    /// Its size, as the server says.
    pub octets: Octets,
    /// What is known of its header.
    pub header: HeaderVm,
    /// Marked for deletion, and the server confirmed it.
    pub marked: bool,
    /// A mark was asked for, or its undoing.
    pub asked: bool,
    /// Read in this session.
    pub seen: bool,
    /// The chosen row.
    pub selected: bool,
}

/// The way the session goes, for people who want to know who can read along.
#[derive(Debug, Clone, PartialEq)]
pub struct HopsVm {
    /// Where to.
    pub route: RouteTaken,
    /// The way and who can read along; nothing in the sandbox, where there is no way.
    pub picture: Option<HopPicture>,
    /// What was negotiated and checked.
    pub secured: Option<Secured>,
    /// What is in the certificates.
    pub certificates: CertificatesVm,
    /// How the server came to know the user.
    pub method: Option<Method>,
}

impl HopsVm {
    /// Nothing protects the way to the mail server.
    #[must_use]
    pub fn is_open(&self) -> bool {
        matches!(self.route, RouteTaken::Bridge { tls: TlsEnds::Nowhere, .. })
    }
}

/// The mailbox; nothing on other screens.
#[must_use]
pub fn view_mailbox(model: &Model) -> Option<MailboxVm> {
    let mailbox = model.mailbox()?;
    let rows: Vec<_> = mailbox
        .page_rows()
        .iter()
        .map(|row| {
            let number = row.entry.number;
            RowVm {
                number,
                octets: row.entry.octets,
                header: row.header.clone(),
                marked: mailbox.marked.contains(&number),
                asked: mailbox.asked.contains(&number),
                seen: mailbox.seen.contains(&number),
                selected: mailbox.selected == Some(number),
            }
        })
        .collect();
    Some(MailboxVm {
        count: mailbox.rows.len(),
        octets: mailbox.rows.iter().map(|row| row.entry.octets).sum(),
        headers_stopped: rows.iter().any(|row| row.header == HeaderVm::Stopped),
        rows,
        page: mailbox.page,
        pages: mailbox.pages(),
        marked: mailbox.marked.len(),
        finishing: mailbox.finishing,
        reader_open: mailbox.reader.is_some(),
        reconciled: mailbox.reconciled.clone(),
        hops: HopsVm {
            route: model.route.clone(),
            picture: match &model.route {
                RouteTaken::Sandbox => None,
                RouteTaken::Bridge { tls, .. } => Some(HopPicture::draw(*tls, &model.bridge_chosen(), model.page())),
            },
            secured: mailbox.secured.clone(),
            certificates: mailbox.certificates.clone(),
            method: mailbox.method,
        },
    })
}
