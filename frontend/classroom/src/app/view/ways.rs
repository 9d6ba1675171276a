//! Who on the way can read what: of the newest connection of each terminal and device, of the recorded session, and of the
//! three ways in which the mail client reaches a server. What is read where is a fact of `popglass_wire::hops`; this puts
//! names to it.

use popglass_lessons::{Classroom, Overheard, format::AttackerSetup};
use popglass_protocol::tunnel::TlsEnds;
use popglass_wire::{
    hops::{Place, Readable, WayToBridge, readable},
    tap::{Seen, Tap},
};

use super::drawn::{Drawn, Link, LinkKind, Mark, Stop};
use crate::i18n::{Language, WayTexts, texts};

/// Between page and bridge in the comparison: a bridge on another computer, reached as every good page is.
const TO_BRIDGE: WayToBridge = WayToBridge::Encrypted;

/// The newest connection of each terminal and device that has had one, in the order in which the lesson names them.
pub(super) fn ways(language: Language, classroom: &Classroom) -> Vec<Drawn> {
    let t = &texts(language).bench.ways;
    let plan = classroom.plan();
    let terminals = plan.terminals.iter().map(|it| (&it.name, &it.server, false));
    let devices = plan.devices.iter().map(|it| (&it.name, &it.server, true));
    let heard = classroom.overheard();
    let newest = |name: &str| heard.iter().filter(|heard| heard.by == name).max_by_key(|heard| heard.session);
    let drawn = |(name, server, is_device): (&String, &String, bool)| {
        let Overheard { session, tap, .. } = newest(name)?;
        let title = (t.connection)(name, *session);
        Some(direct(t, title, (t.end)(name, is_device), plan.attacker, server, tls_of(tap)))
    };
    devices.chain(terminals).filter_map(drawn).collect()
}

/// The session that was recorded once.
#[must_use]
pub fn view_recorded_way(language: Language) -> Drawn {
    let t = &texts(language).bench.ways;
    direct(t, t.recorded.into(), t.program.into(), AttackerSetup::Listens, t.server, TlsEnds::Page)
}

/// The three ways of the mail client.
#[must_use]
pub fn view_three_ways(language: Language) -> [Drawn; 3] {
    let t = &texts(language).bench.ways;
    [TlsEnds::Nowhere, TlsEnds::Bridge, TlsEnds::Page].map(|tls| {
        let stop = |place| {
            let reads = readable(place, tls, TO_BRIDGE);
            stop(t, (t.place)(place).into(), place, reads)
        };
        let to_bridge = Link { text: (t.to_bridge)(tls).into(), kind: LinkKind::Sealed };
        let behind = link(t, tls);
        Drawn {
            title: (t.way)(tls).into(),
            stops: Place::ALL.map(stop).into(),
            links: vec![to_bridge.clone(), to_bridge, behind.clone(), behind],
        }
    })
}

/// Where TLS ends, as far as it can be seen from outside: what is sealed, and whether something came before.
fn tls_of(tap: &Tap) -> TlsEnds {
    let began_plain = tap.sights().iter().any(|sight| matches!(sight.seen, Seen::Line(_)));
    match (tap.records().next().is_some(), began_plain) {
        (false, _) => TlsEnds::Nowhere,
        (true, false) => TlsEnds::Page,
        (true, true) => TlsEnds::PageStls,
    }
}

/// A program, a server, and who sits between: there is no bridge in a lesson.
fn direct(t: &WayTexts, title: String, program: String, attacker: AttackerSetup, server: &str, tls: TlsEnds) -> Drawn {
    let stop = |name: String, place| stop(t, name, place, readable(place, tls, WayToBridge::Local));
    Drawn {
        title,
        stops: vec![
            stop(program, Place::Page),
            stop((t.attacker)(attacker).into(), Place::NetworkBehind),
            stop(server.to_owned(), Place::Server),
        ],
        links: vec![link(t, tls), link(t, tls)],
    }
}

fn stop(t: &WayTexts, name: String, place: Place, reads: Readable) -> Stop {
    let mark = match place {
        Place::Page | Place::Server => Mark::End,
        _ if reads.mail || reads.password => Mark::Reads,
        _ => Mark::Sealed,
    };
    Stop { name, says: (t.reads)(reads), mark }
}

fn link(t: &WayTexts, tls: TlsEnds) -> Link {
    let kind = if tls == TlsEnds::Nowhere { LinkKind::Open } else { LinkKind::Sealed };
    Link { text: (t.protection)(tls).into(), kind }
}
