//! Extensions of the hellos and of other messages (RFC 8446 §4.2). One that is not known is a part by itself.

use super::{Cutter, Part, Who};

/// A length, and extensions.
pub(super) fn all(cutter: &mut Cutter<'_>, who: Who) -> Option<()> {
    cutter.list(2, Part::ExtensionsLength, |cutter| {
        let kind = cutter.number_16(Part::ExtensionType)?;
        let octets = cutter.number(2, |_| Part::ExtensionLength)?;
        if octets == 0 {
            return Some(());
        }
        match (kind, who) {
            (0, Who::Client) => cutter.list(2, Part::ServerNamesLength, |cutter| {
                cutter.take(1, Part::ServerNameType)?;
                cutter.opaque(2, Part::ServerNameLength, Part::ServerName).map(|_| ())
            }),
            (5, Who::Client) => {
                cutter.take(1, Part::StatusType)?;
                cutter.opaque(2, Part::ResponderIdsLength, Part::Unknown)?;
                cutter.opaque(2, Part::StatusExtensionsLength, Part::Unknown).map(|_| ())
            }
            (10, _) => cutter.list(2, Part::GroupsLength, |cutter| cutter.number_16(Part::Group).map(|_| ())),
            (11, _) => cutter.list(1, Part::PointFormatsLength, |cutter| cutter.octet(Part::PointFormat).map(|_| ())),
            (13, _) => cutter.list(2, Part::SchemesLength, |cutter| cutter.number_16(Part::Scheme).map(|_| ())),
            (43, Who::Client) => {
                cutter.list(1, Part::VersionsLength, |cutter| cutter.number_16(Part::Version).map(|_| ()))
            }
            (43, Who::Server) => cutter.number_16(Part::VersionChosen).map(|_| ()),
            (45, _) => cutter.list(1, Part::PskModesLength, |cutter| cutter.octet(Part::PskMode).map(|_| ())),
            (51, Who::Client) => cutter.list(2, Part::KeySharesLength, |cutter| share(cutter, who)),
            (51, Who::Server) => share(cutter, who),
            _ => cutter.take(octets, Part::ExtensionBody(kind)).map(|_| ()),
        }
    })
}

/// RFC 8446 §4.2.8.
fn share(cutter: &mut Cutter<'_>, who: Who) -> Option<()> {
    cutter.number_16(Part::KeyShareGroup)?;
    cutter.opaque(2, Part::KeyShareLength, Part::KeyShare(who)).map(|_| ())
}
