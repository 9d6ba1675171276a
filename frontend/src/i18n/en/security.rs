//! English: who can read along, and whom the user trusts.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::Vouched;

use crate::{
    app::{BridgeFault, HopPicture, Protection, TrustError},
    i18n::texts::{SecurityTexts, Trouble},
};

pub(super) const SECURITY: SecurityTexts = SecurityTexts {
    picture: "The way of your mail",
    page: "This page",
    bridge: "Bridge",
    server: "Mail server",
    reads: "can read",
    reads_not: "sees only ciphertext",
    protection: |protection| match protection {
        Protection::Encrypted => "encrypted",
        Protection::Local => "on this computer",
        Protection::Open => "open",
    },
    operators,
    vouched: |vouched| match vouched {
        Vouched::Bridge => "The bridge checked the certificate; this page relies on it.",
        Vouched::PublicAuthority => "This page checked the certificate. A public authority vouches for the server.",
        Vouched::OwnAuthority => {
            "This page checked the certificate. An authority that you added vouches for the server."
        }
        Vouched::Pin => "It is the very certificate that you chose to trust.",
        Vouched::Demo => "The demo’s own authority vouches for the server: good for this demo only.",
    },
    trust: "Certificates you trust",
    trust_lead: "Public authorities are trusted anyway. Does your server have one of its own? Add that authority’s certificate; it counts for this server only.",
    authority_until: |date| format!("Authority, valid until {date}"),
    pin: "This very certificate",
    demo: "The demo’s authority",
    demo_explanation: "Comes from the bridge and counts for its demo server only.",
    remove: "Remove",
    add_file: "From a file",
    add_text: "Or pasted as text (PEM)",
    add: "Add",
    adding: "Reading …",
    trust_error,
    certificates: "Certificates",
    certificates_show: "Show certificates",
    certificates_hide: "Hide certificates",
    certificates_reading: "Reading the certificates …",
    certificates_missing: "The part of this page that reads certificates could not be loaded.",
    refused_certificates: "What the server showed",
    pin_button: "Trust this certificate all the same …",
    pin_question: "Is this the right certificate?",
    pin_explanation: "Ask your provider for the SHA-256 of its certificate in some other way, such as by phone, and compare. If they differ, stop: somebody is posing as your mail server. If you go on, Popglass trusts this certificate, for this server only, until you remove it.",
    pin_confirm: "Trust this very certificate and connect",
};

pub(super) fn name(tls: TlsEnds) -> &'static str {
    match tls {
        TlsEnds::Page => "TLS up to this page",
        TlsEnds::PageStls => "TLS up to this page (STLS)",
        TlsEnds::Bridge => "TLS up to the bridge",
        TlsEnds::Nowhere => "None",
    }
}

pub(super) fn explanation(tls: TlsEnds, picture: HopPicture) -> String {
    let mut said = match tls {
        TlsEnds::Page => "Only you and the mail server can read your mail and your password.",
        TlsEnds::PageStls => {
            "Before anything secret is said, this page asks the server for TLS. \
             Then only you and the mail server can read your mail and your password."
        }
        TlsEnds::Bridge => {
            "The bridge checks the server’s certificate and encrypts the way between them. \
             Whoever runs the bridge could read your mail and your password; nobody between bridge and mail server can."
        }
        TlsEnds::Nowhere => {
            "Nothing is encrypted between bridge and mail server. \
             The bridge and everybody on the way can read your mail and your password."
        }
    }
    .to_owned();
    if picture.first == Protection::Open {
        said.push_str(" The way to the bridge is not encrypted, so everybody on it can read along, too.");
    }
    if !picture.page_secure {
        said.push_str(" This page came without HTTPS: somebody on its way could have changed it.");
    }
    said
}

fn operators(picture: HopPicture) -> &'static str {
    match (picture.bridge_reads, picture.apart) {
        (false, false) => {
            "Page and bridge come from the same place. Whoever runs it could serve another page, one that reads along: you trust them with the page."
        }
        (false, true) => {
            "Page and bridge come from different places: the bridge’s operator cannot change this page. You trust those who serve the page with it."
        }
        (true, false) => "Page and bridge come from the same place: you trust whoever runs it with everything.",
        (true, true) => {
            "Page and bridge come from different places: you trust one with the page and the other with your mail."
        }
    }
}

pub(super) fn bridge_fault(fault: BridgeFault) -> &'static str {
    match fault {
        BridgeFault::Empty => "The bridge’s name is missing.",
        BridgeFault::Malformed => "This is no host name and no address of a bridge.",
        BridgeFault::Scheme => "A bridge’s address begins with wss://.",
        BridgeFault::Unencrypted => "This page came over HTTPS, so its bridge has to be encrypted, too: wss://.",
    }
}

fn trust_error(error: &TrustError) -> Trouble {
    match error {
        TrustError::Told(told) => Trouble::told(&told.en),
        TrustError::TlsMissing => Trouble::plain(
            "The part of this page that reads certificates could not be loaded.",
            "Check your network connection and try again.",
        ),
        TrustError::Empty => Trouble::plain("There is no certificate yet.", "Choose a file, or paste the certificate."),
        TrustError::TooLong => {
            Trouble::plain("This is too long for a certificate.", "Give the one of your server’s authority alone.")
        }
        TrustError::Full => Trouble::plain("There is no room for it.", "Remove certificates that you no longer need."),
    }
}
