//! English.

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{TlsFault, Told, Vouched};

use super::{CertificateTexts, Details, Texts, list, told};
use crate::{
    authorities::{AUTHORITIES_MAX, AuthorityFault},
    certificates::{Key, neutral},
};

const ACCEPT_IF_SURE: &str = "Only if it is your own server, or its operator confirms the fingerprint in some other way, \
     may a mail program be told to accept this very certificate.";

pub(crate) const TEXTS: Texts = Texts {
    told: |details| match details.fault {
        TlsFault::Expired
        | TlsFault::NotYetValid
        | TlsFault::WrongName
        | TlsFault::UnknownIssuer
        | TlsFault::MissingIntermediate
        | TlsFault::SelfSigned
        | TlsFault::Weak
        | TlsFault::BadCertificate
        | TlsFault::BadTrust => certificate(details),
        TlsFault::NotTls
        | TlsFault::TooOld
        | TlsFault::Alert
        | TlsFault::CutInHandshake
        | TlsFault::Truncated
        | TlsFault::Corrupted => connection(details),
    },
    authorities,
    certificates: CertificateTexts {
        connection: "This connection",
        ends: "Encrypted between",
        ends_where: |ends| match ends {
            TlsEnds::Page => "this page and the mail server. The bridge carries ciphertext and can read nothing.",
            TlsEnds::PageStls => {
                "this page and the mail server, after a greeting in the clear (STLS). \
                 The bridge carries ciphertext and can read nothing."
            }
            TlsEnds::Bridge => "the bridge and the mail server. The bridge can read along.",
            TlsEnds::Nowhere => "nobody: everything travels in the clear.",
        },
        version: "TLS version",
        suite: "Cipher suite",
        server_name: "Checked name",
        vouched: "Who vouches for it",
        vouched_by: |vouched| match vouched {
            Vouched::Bridge => "The bridge says that the certificate is good.",
            Vouched::PublicAuthority => "A public authority that browsers trust (Mozilla’s list).",
            Vouched::OwnAuthority => "An authority that you added.",
            Vouched::Pin => "You: you have seen this very certificate and accepted it.",
            Vouched::Demo => "The demo’s own authority. It proves nothing beyond this demo.",
        },
        resumed: "Resumed",
        resumed_meaning: "An earlier connection was taken up again; the certificate was checked then.",
        revocation: "Revocation",
        revocation_unchecked: "Not checked: whether the certificate was revoked before its time is not known.",
        heading: |index, authority| match (index, authority) {
            (0, _) => "The server’s certificate".into(),
            (_, true) => format!("Certificate {}: an authority’s", index + 1),
            (_, false) => format!("Certificate {}", index + 1),
        },
        subject: "Issued to",
        names: "Valid for",
        and_more: |count| format!("… and {count} more"),
        issuer: "Issued by",
        itself: "Itself",
        valid_from: "Valid from",
        valid_until: "Valid until",
        days_left: |days| match days {
            0 => "Ends within a day.".into(),
            1 => "1 day left.".into(),
            _ => format!("{days} days left."),
        },
        expired_since: |days| match days {
            0 => "Has expired, less than a day ago.".into(),
            1 => "Has expired, 1 day ago.".into(),
            _ => format!("Has expired, {days} days ago."),
        },
        not_yet_valid: "Is not valid yet.",
        key: "Key",
        key_kind: |key| match key {
            Key::Rsa { bits } => format!("RSA, {bits} bits"),
            Key::Elliptic { curve } => format!("Elliptic curve, {curve}"),
            Key::Ed25519 => "Ed25519".into(),
            Key::Other(numbers) => format!("Of another kind ({numbers})"),
        },
        signature: "Signature",
        authority: "May vouch for others",
        yes: "Yes",
        no: "No",
        serial: "Serial number",
        fingerprint: "Fingerprint (SHA-256)",
        nothing: "—",
        unreadable: "This certificate cannot be read.",
    },
    date: |day, month, year, hour, minute| format!("{day} {month} {year}, {hour:02}:{minute:02} UTC"),
    months: [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
};

fn certificate(details: &Details<'_>) -> Told {
    let name = neutral(details.server_name);
    let now = TEXTS.date_or_dash(details.now);
    let not_before = TEXTS.date_or_dash(details.not_before);
    let not_after = TEXTS.date_or_dash(details.not_after);
    match details.fault {
        TlsFault::Expired => told(
            "The mail server’s certificate has expired.",
            format!(
                "No password was sent. It was valid until {not_after}; this computer’s clock says {now}. If the clock is \
                 right, whoever runs the server has to renew it. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::NotYetValid => told(
            "The mail server’s certificate is not valid yet.",
            format!(
                "No password was sent. It is valid from {not_before}; this computer’s clock says {now}. Check the \
                 clock’s date first: most often it is slow. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::WrongName if details.names.is_empty() => told(
            format!("The mail server’s certificate is not for {name}."),
            format!(
                "No password was sent. The certificate names no server at all. Check the server’s name; \
                 someone could be pretending to be it. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::WrongName => told(
            format!("The mail server’s certificate is not for {name}."),
            format!(
                "No password was sent. It is for {}. Perhaps the server is to be reached by that name; \
                 or someone is pretending to be it. {ACCEPT_IF_SURE}",
                list(details.names)
            ),
        ),
        TlsFault::UnknownIssuer => told(
            "Nobody you trust vouches for the mail server.",
            format!(
                "No password was sent. If your company or your university has an authority of its own, \
                 add its certificate. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::MissingIntermediate => told(
            "The mail server’s certificate does not lead to anybody you trust.",
            format!(
                "No password was sent. Either the server forgets to send a certificate in between, which its operator \
                 has to mend; or its authority is not a public one, and you can add it. {ACCEPT_IF_SURE}"
            ),
        ),
        TlsFault::SelfSigned => told(
            "The mail server vouches for itself.",
            format!("No password was sent. Anybody can make such a certificate. {ACCEPT_IF_SURE}"),
        ),
        TlsFault::Weak => told(
            "The mail server’s certificate is too weak.",
            "No password was sent. Its key or its signature is of a kind that can be forged, or that is no longer in \
             use. Whoever runs the server has to replace it.",
        ),
        TlsFault::BadTrust => told(
            "What you trust for this server cannot be used.",
            "Nothing was sent. An authority or an accepted certificate that is stored here is damaged. \
             Remove it, and add it again.",
        ),
        _ => told(
            "The mail server’s certificate is not acceptable.",
            "No password was sent. It breaks the rules for certificates, or is meant for another purpose. \
             Ask whoever runs the server.",
        ),
    }
}

fn connection(details: &Details<'_>) -> Told {
    match details.fault {
        TlsFault::NotTls => told(
            "The mail server does not speak TLS here.",
            match details.ends {
                TlsEnds::PageStls => {
                    "No password was sent. It agreed to TLS, and then spoke something else. Ask whoever runs the server."
                }
                TlsEnds::Page | TlsEnds::Bridge | TlsEnds::Nowhere => {
                    "Nothing was sent. The port may be the wrong one: TLS at once is usually at port 995. \
                     At port 110 TLS is asked for with STLS."
                }
            },
        ),
        TlsFault::TooOld => told(
            "The mail server’s TLS is too old.",
            "No password was sent. This page speaks TLS 1.3 and 1.2 with today’s ciphers, and the server has none of \
             them. Whoever runs it has to update it; perhaps the bridge offers another way.",
        ),
        TlsFault::Alert => {
            let number = details.alert.map_or_else(String::new, |number| format!(" (alert {number})"));
            let advice = if details.stood {
                "What was still under way may be missing. Log in again to go on."
            } else {
                "No password was sent. Try again; if it stays like this, ask whoever runs the server."
            };
            told(format!("The mail server broke off TLS{number}."), advice)
        }
        TlsFault::CutInHandshake => told(
            "The connection ended before it was encrypted.",
            "No password was sent. Try again. If it stays like this, the server may be too old for this page, \
             or the port may be the wrong one.",
        ),
        TlsFault::Truncated => told(
            "The connection was cut off.",
            "The server did not say goodbye, so something may be missing. Log in again to go on.",
        ),
        _ => told(
            "Something on the way changed what the mail server sent, or the server made a mistake.",
            if details.stood {
                "What was changed was thrown away. Log in again to go on; on another network, if it happens again."
            } else {
                "No password was sent. Try again, on another network if it happens again."
            },
        ),
    }
}

fn authorities(fault: &AuthorityFault) -> Told {
    match fault {
        AuthorityFault::TooLarge => told(
            "This text is too large for a few certificates.",
            "Give the authority’s certificate alone, in PEM: a text that begins with “-----BEGIN CERTIFICATE-----”.",
        ),
        AuthorityFault::PrivateKey => told(
            "There is a private key in this text.",
            "It was not kept. A private key belongs to its owner alone: give only the part from \
             “-----BEGIN CERTIFICATE-----” to “-----END CERTIFICATE-----”.",
        ),
        AuthorityFault::NoneFound => told(
            "There is no certificate in this text.",
            "It should be in PEM: a text that begins with “-----BEGIN CERTIFICATE-----”.",
        ),
        AuthorityFault::Unreadable => told(
            "A certificate in this text is damaged.",
            "Get it once more from whoever runs the authority, and give all of it, with its first and its last line.",
        ),
        AuthorityFault::NoAuthority(name) => told(
            format!("“{name}” is a server’s certificate, not an authority’s."),
            "It cannot vouch for others. To accept a server’s own certificate, connect to the server: you are shown it, \
             and can accept it there.",
        ),
        AuthorityFault::TooMany => told(
            "There are too many certificates in this text.",
            format!("At most {AUTHORITIES_MAX} can be added at once: give only those that your mail server needs."),
        ),
    }
}
