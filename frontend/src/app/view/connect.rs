//! The connect screen as values.

use popglass_protocol::{
    login::Wish,
    tunnel::{Hello, TlsEnds},
};
use popglass_session::{event::EndReason, security::Sections};

use crate::app::{
    bridges::{BridgeChosen, BridgeFault},
    form::{Choice, WISHES, choose, fits, hosts, ports, securities, wish_for},
    hops::HopPicture,
    model::{Bridge, Model, Screen, Worker},
    trust::{TrustEntry, TrustError},
};

/// The connect screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectVm {
    /// What went wrong with the last try.
    pub trouble: Option<EndReason>,
    /// What there is to see and to do about a refusal of TLS.
    pub refusal: Option<RefusalVm>,
    /// The bridge does not answer, and is in another place than the page: it may not allow a page of this origin, and a
    /// browser cannot tell.
    pub page_refused_perhaps: Option<String>,
    /// The bridges to choose from, on a site that leaves the choice.
    pub bridges: Option<BridgesVm>,
    /// What is known of the bridge.
    pub bridge: BridgeVm,
    /// The way to log in that is gone.
    pub wish: Wish,
    /// The ways to log in that can be chosen.
    pub wishes: Vec<Wish>,
    /// What the user had chosen and cannot be had with the chosen encryption.
    pub wish_dropped: Option<Wish>,
    /// The user name of the last visit.
    pub user: String,
    /// The session worker runs, so the buttons work.
    pub ready: bool,
    /// Nobody reads along between page and bridge.
    pub page_secure: bool,
}

/// A refusal of TLS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusalVm {
    /// What the server showed; empty if nothing that can be read.
    pub certificates: Sections,
    /// The SHA-256 of the certificate, if the user may trust this very one.
    pub pin: Option<String>,
    /// The user is being asked whether it is the right one.
    pub pin_asked: bool,
}

/// The bridges of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BridgesVm {
    /// Those on the site's list, and the chosen one if it is another.
    pub urls: Vec<String>,
    /// The chosen one.
    pub chosen: Option<String>,
    /// The user may name any other.
    pub any: bool,
    /// Why what was typed is no bridge.
    pub fault: Option<BridgeFault>,
}

/// What is known of the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BridgeVm {
    /// Asked, no answer yet.
    Asking,
    /// There is none.
    Unreachable,
    /// The user has to name one first.
    Unnamed,
    /// It is there, but its operator allows no server that this page can reach.
    NothingOffered,
    /// What it offers.
    Offers(Box<OfferVm>),
}

/// What the bridge offers, and what is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferVm {
    /// The servers.
    pub hosts: Vec<String>,
    /// The ports of the chosen server.
    pub ports: Vec<u16>,
    /// The ways to secure the chosen address.
    pub securities: Vec<TlsEnds>,
    /// What is chosen.
    pub choice: Choice,
    /// The chosen way, and who can read along.
    pub picture: HopPicture,
    /// Whom the user trusts for the chosen address; nothing where it is the bridge that checks certificates.
    pub trust: Option<TrustVm>,
    /// There is a demo login to fill in.
    pub has_demo: bool,
}

/// Whom the user trusts for the chosen address besides the public authorities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustVm {
    /// All that is trusted.
    pub entries: Vec<TrustEntry>,
    /// A text is being read for authorities.
    pub reading: bool,
    /// Why the last one was not added.
    pub error: Option<TrustError>,
}

/// The connect screen; its trouble is nothing on other screens.
#[must_use]
pub fn view_connect(model: &Model) -> ConnectVm {
    let wanted = model.remembered.wish;
    // What a login may need of the way is known as soon as the way is.
    let can_be = |wish: Wish| model.choice().is_none_or(|choice| fits(wish, choice.tls));
    ConnectVm {
        trouble: match &model.screen {
            Screen::Connect { trouble, .. } => trouble.clone(),
            Screen::Connecting { .. } | Screen::Mailbox(_) | Screen::Ended(_) => None,
        },
        bridge: match &model.bridge {
            Bridge::Asking => BridgeVm::Asking,
            Bridge::Unreachable => BridgeVm::Unreachable,
            Bridge::Unnamed => BridgeVm::Unnamed,
            Bridge::Known(hello) => match choose(hello, &model.remembered) {
                Some(choice) => BridgeVm::Offers(Box::new(offer(model, hello, choice))),
                None => BridgeVm::NothingOffered,
            },
        },
        refusal: refusal(model),
        page_refused_perhaps: page_refused_perhaps(model),
        bridges: bridges(model),
        wish: model.choice().map_or(wanted, |choice| wish_for(wanted, choice.tls)),
        wishes: WISHES.into_iter().filter(|wish| can_be(*wish)).collect(),
        wish_dropped: Some(wanted).filter(|wish| !can_be(*wish)),
        user: model.remembered.user.clone(),
        ready: model.worker != Worker::Starting,
        page_secure: model.page_secure,
    }
}

fn refusal(model: &Model) -> Option<RefusalVm> {
    let Screen::Connect { trouble: Some(EndReason::TlsRefused(refusal)), pin_asked } = &model.screen else {
        return None;
    };
    let pin = model.refused_pin().map(|(_, pin)| pin.to_owned());
    Some(RefusalVm { certificates: refusal.certificates.clone(), pin, pin_asked: *pin_asked })
}

fn page_refused_perhaps(model: &Model) -> Option<String> {
    let unreachable = model.bridge == Bridge::Unreachable
        || matches!(model.screen, Screen::Connect { trouble: Some(EndReason::BridgeUnreachable), .. });
    let elsewhere = model.bridge_chosen().is_elsewhere(&model.page_origin);
    (unreachable && elsewhere).then(|| model.page_origin.clone())
}

fn bridges(model: &Model) -> Option<BridgesVm> {
    if !model.bridges.is_site() {
        return None;
    }
    let chosen = match model.bridge_chosen() {
        BridgeChosen::Tunnel(url) => Some(url),
        BridgeChosen::Own | BridgeChosen::Unnamed => None,
    };
    let mut urls = model.bridges.urls.clone();
    urls.extend(chosen.clone().filter(|url| !model.bridges.urls.contains(url)));
    Some(BridgesVm { urls, chosen, any: model.bridges.any, fault: model.bridge_fault })
}

fn trust(model: &Model, hello: &Hello, choice: &Choice) -> TrustVm {
    let error = model.adding_trust.error.as_ref().filter(|(server, _)| *server == choice.target);
    TrustVm {
        entries: model.remembered.trust.entries(&choice.target, hello),
        reading: model.adding_trust.asked_for.is_some(),
        error: error.map(|(_, error)| error.clone()),
    }
}

fn offer(model: &Model, hello: &Hello, choice: Choice) -> OfferVm {
    let picture = HopPicture::draw(choice.tls, &model.bridge_chosen(), model.page());
    OfferVm {
        picture,
        trust: choice.tls.in_page().then(|| trust(model, hello, &choice)),
        hosts: hosts(hello),
        ports: ports(hello, &choice.target.host),
        securities: securities(hello, &choice.target),
        choice,
        has_demo: hello.demo.is_some(),
    }
}
