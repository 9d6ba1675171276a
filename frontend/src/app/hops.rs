//! The way of the mail as a picture: page, bridge, mail server, what protects the two ways between them, and who of the
//! three can read. Knows no words of any language.

use popglass_protocol::tunnel::TlsEnds;

use super::bridges::BridgeChosen;

/// What keeps strangers out of one part of the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// Encryption.
    Encrypted,
    /// It does not leave the computer.
    Local,
    /// Nothing.
    Open,
}

impl Protection {
    /// Its name in markup.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::Local => "local",
            Self::Open => "open",
        }
    }
}

/// Page, bridge and mail server. Page and server can always read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HopPicture {
    /// Between page and bridge. What TLS in the page encrypts is encrypted here, too.
    pub first: Protection,
    /// Between bridge and mail server.
    pub second: Protection,
    /// The bridge can read password and mail.
    pub bridge_reads: bool,
    /// Page and bridge come from different places, so that two operators share the trust.
    pub apart: bool,
    /// The page came over HTTPS, or from this very computer: nobody on its way could change it.
    pub page_secure: bool,
}

impl HopPicture {
    pub(super) fn draw(tls: TlsEnds, bridge: &BridgeChosen, page: PageOrigin<'_>) -> Self {
        Self {
            first: if tls.in_page() { Protection::Encrypted } else { bridge.protection(page) },
            second: if tls == TlsEnds::Nowhere { Protection::Open } else { Protection::Encrypted },
            bridge_reads: !tls.in_page(),
            apart: bridge.is_elsewhere(page.origin),
            page_secure: page.secure,
        }
    }

    /// Something on the way is open to strangers.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.first == Protection::Open || self.second == Protection::Open
    }
}

/// Where the page came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct PageOrigin<'a> {
    /// As the browser writes it.
    pub(super) origin: &'a str,
    /// Over HTTPS, or from this very computer.
    pub(super) secure: bool,
}
