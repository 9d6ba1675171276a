//! Every text of this module, in every language: one struct, one constant a language, so that a missing text does not
//! compile.

pub(crate) mod de;
pub(crate) mod en;

use popglass_protocol::tunnel::TlsEnds;
use popglass_session::security::{TlsFault, Told, Vouched};
use time::OffsetDateTime;

use crate::{authorities::AuthorityFault, certificates::Key};

/// Names that a sentence lists.
const NAMES_LISTED_MAX: usize = 3;

/// All texts of one language.
pub(crate) struct Texts {
    /// Why there is no TLS, and what to do.
    pub(crate) told: fn(&Details<'_>) -> Told,
    /// Why a text holds no authority that can be trusted.
    pub(crate) authorities: fn(&AuthorityFault) -> Told,
    pub(crate) certificates: CertificateTexts,
    /// A day of a month of a year, hours and minutes.
    date: fn(u8, &str, i32, u8, u8) -> String,
    months: [&'static str; 12],
}

/// The certificate view.
pub(crate) struct CertificateTexts {
    pub(crate) connection: &'static str,
    pub(crate) ends: &'static str,
    pub(crate) ends_where: fn(TlsEnds) -> &'static str,
    pub(crate) version: &'static str,
    pub(crate) suite: &'static str,
    pub(crate) server_name: &'static str,
    pub(crate) vouched: &'static str,
    pub(crate) vouched_by: fn(Vouched) -> &'static str,
    pub(crate) resumed: &'static str,
    pub(crate) resumed_meaning: &'static str,
    pub(crate) revocation: &'static str,
    pub(crate) revocation_unchecked: &'static str,
    /// Of a certificate, by its place in the chain, and whether it is an authority's.
    pub(crate) heading: fn(usize, bool) -> String,
    pub(crate) subject: &'static str,
    pub(crate) names: &'static str,
    pub(crate) and_more: fn(usize) -> String,
    pub(crate) issuer: &'static str,
    pub(crate) itself: &'static str,
    pub(crate) valid_from: &'static str,
    pub(crate) valid_until: &'static str,
    pub(crate) days_left: fn(u64) -> String,
    pub(crate) expired_since: fn(u64) -> String,
    pub(crate) not_yet_valid: &'static str,
    pub(crate) key: &'static str,
    pub(crate) key_kind: fn(&Key) -> String,
    pub(crate) signature: &'static str,
    pub(crate) authority: &'static str,
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) serial: &'static str,
    pub(crate) fingerprint: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) unreadable: &'static str,
}

/// What is known about a failure, for the sentences.
#[derive(Debug)]
pub(crate) struct Details<'a> {
    pub(crate) fault: TlsFault,
    /// TLS had stood before.
    pub(crate) stood: bool,
    /// The name that the certificate should be for.
    pub(crate) server_name: &'a str,
    pub(crate) ends: TlsEnds,
    /// The names that it is for.
    pub(crate) names: &'a [String],
    /// In seconds since 1970.
    pub(crate) not_before: Option<i64>,
    pub(crate) not_after: Option<i64>,
    /// By this computer's clock.
    pub(crate) now: Option<i64>,
    /// What the server gave for a reason, by its number (RFC 8446 §6).
    pub(crate) alert: Option<u8>,
}

impl Texts {
    /// A time in seconds since 1970.
    pub(crate) fn date(&self, seconds: i64) -> String {
        let Ok(time) = OffsetDateTime::from_unix_timestamp(seconds) else { return "?".into() };
        let month = self.months[usize::from(u8::from(time.month())) - 1];
        (self.date)(time.day(), month, time.year(), time.hour(), time.minute())
    }

    /// The same, or a dash where it is not known.
    fn date_or_dash(&self, seconds: Option<i64>) -> String {
        seconds.map_or_else(|| "—".into(), |seconds| self.date(seconds))
    }
}

/// The first names, with this between them and this for more of them.
fn list(names: &[String]) -> String {
    let mut list = names.iter().take(NAMES_LISTED_MAX).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMES_LISTED_MAX {
        list.push_str(", …");
    }
    list
}

fn told(what: impl Into<String>, advice: impl Into<String>) -> Told {
    Told { what: what.into(), advice: advice.into() }
}
