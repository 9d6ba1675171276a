//! The connect screen as values.

use popglass_protocol::{
    login::Wish,
    tunnel::{Hello, TlsEnds},
};
use popglass_session::event::EndReason;

use crate::app::{
    form::{Choice, choose, hosts, ports, securities},
    model::{Bridge, Model, Screen, Worker},
};

/// The connect screen.
#[derive(Debug, Clone, PartialEq)]
pub struct ConnectVm {
    /// What went wrong with the last try.
    pub trouble: Option<EndReason>,
    /// What is known of the bridge.
    pub bridge: BridgeVm,
    /// The way to log in.
    pub wish: Wish,
    /// The user name of the last visit.
    pub user: String,
    /// The session worker runs, so the buttons work.
    pub ready: bool,
    /// Nobody reads along between page and bridge.
    pub page_secure: bool,
}

/// What is known of the bridge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BridgeVm {
    /// Asked, no answer yet.
    Asking,
    /// There is none.
    Unreachable,
    /// It is there, but its operator allows no server that this page can reach.
    NothingOffered,
    /// What it offers.
    Offers(OfferVm),
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
    /// There is a demo login to fill in.
    pub has_demo: bool,
}

/// The connect screen; its trouble is nothing on other screens.
#[must_use]
pub fn view_connect(model: &Model) -> ConnectVm {
    ConnectVm {
        trouble: match &model.screen {
            Screen::Connect { trouble } => trouble.clone(),
            Screen::Connecting { .. } | Screen::Mailbox(_) | Screen::Ended(_) => None,
        },
        bridge: match &model.bridge {
            Bridge::Asking => BridgeVm::Asking,
            Bridge::Unreachable => BridgeVm::Unreachable,
            Bridge::Known(hello) => match choose(hello, &model.remembered) {
                Some(choice) => BridgeVm::Offers(offer(hello, choice)),
                None => BridgeVm::NothingOffered,
            },
        },
        wish: model.remembered.wish,
        user: model.remembered.user.clone(),
        ready: model.worker != Worker::Starting,
        page_secure: model.page_secure,
    }
}

fn offer(hello: &Hello, choice: Choice) -> OfferVm {
    OfferVm {
        hosts: hosts(hello),
        ports: ports(hello, &choice.target.host),
        securities: securities(hello, &choice.target),
        choice,
        has_demo: hello.demo.is_some(),
    }
}
