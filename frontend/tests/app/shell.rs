//! Another shell around the app: sends messages, collects orders, looks at view models. No browser anywhere.

use popglass_frontend::app::{Effect, Model, Msg, PayloadId, Remembered, Start, update};
use popglass_mail_worker::wire::{Outcome, Request, Response, Summary};
use popglass_protocol::{
    tunnel::{Address, Demo, Hello, Limits, Target, TlsEnds},
    types::MessageNumber,
};
use popglass_session::{
    command::SessionCommand,
    event::{BridgeState, MailboxEntry, SessionEvent},
};

/// The build that page and worker of these tests come from.
pub(crate) const BUILD: &str = "test";

/// A page without a browser.
pub(crate) struct Shell {
    pub(crate) model: Model,
    pub(crate) effects: Vec<Effect>,
    last_payload: u32,
}

impl Shell {
    /// A page whose worker runs and whose bridge has answered.
    pub(crate) fn new() -> Self {
        Self::remembering(Remembered::default())
    }

    pub(crate) fn remembering(remembered: Remembered) -> Self {
        let start =
            Start { remembered, page_secure: true, page_origin: "https://page.example".into(), ..Start::default() };
        let mut shell = Self::starting(start);
        shell.hear(SessionEvent::Bridge(BridgeState::Known(hello())));
        shell
    }

    /// A page whose worker runs; nothing is known of a bridge yet.
    pub(crate) fn starting(start: Start) -> Self {
        let model = Model::new(Start { build: BUILD.into(), wide: true, ..start });
        let mut shell = Self { model, effects: Vec::new(), last_payload: 0 };
        shell.hear(SessionEvent::Ready { build: BUILD.into() });
        shell
    }

    /// A page with so many messages in the open sandbox.
    pub(crate) fn with_mailbox(messages: u32) -> Self {
        let mut shell = Self::new();
        shell.send(Msg::SandboxPressed);
        shell.hear(SessionEvent::Mailbox((1..=messages).map(entry).collect()));
        shell.effects.clear();
        shell
    }

    pub(crate) fn send(&mut self, msg: Msg) -> &mut Self {
        self.effects.extend(update(&mut self.model, msg));
        self
    }

    pub(crate) fn hear(&mut self, event: SessionEvent) -> &mut Self {
        self.send(Msg::SessionSaid(event, None))
    }

    /// An event with octets; gives the name the shell keeps them under.
    pub(crate) fn hear_with_octets(&mut self, event: SessionEvent) -> PayloadId {
        self.last_payload += 1;
        let payload = PayloadId(self.last_payload);
        self.send(Msg::SessionSaid(event, Some(payload)));
        payload
    }

    pub(crate) fn answer(&mut self, id: u32, outcome: Outcome) -> &mut Self {
        self.send(Msg::MailSaid(Response { id, outcome }, None))
    }

    /// What went to the session worker since the last look.
    pub(crate) fn commands(&mut self) -> Vec<SessionCommand> {
        let taken = std::mem::take(&mut self.effects);
        taken
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Session(command) => Some(command),
                _ => None,
            })
            .collect()
    }

    /// What was last put into the browser's storage; what was ordered is still there to look at.
    pub(crate) fn remembered(&self) -> Option<Remembered> {
        self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Remember(remembered) => Some(remembered.clone()),
            _ => None,
        })
    }

    /// What went to the mail worker since the last look.
    pub(crate) fn requests(&mut self) -> Vec<Request> {
        let taken = std::mem::take(&mut self.effects);
        taken
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Mail(request, _) => Some(request),
                _ => None,
            })
            .collect()
    }
}

pub(crate) fn number(number: u32) -> MessageNumber {
    MessageNumber::new(number).expect("tests count from 1")
}

pub(crate) fn entry(of: u32) -> MailboxEntry {
    MailboxEntry { number: number(of), octets: 1_000, unique_id: None }
}

pub(crate) fn summary(subject: &str) -> Summary {
    Summary { subject: Some(subject.into()), ..Summary::default() }
}

pub(crate) fn target(host: &str, port: u16, modes: &[TlsEnds]) -> Target {
    Target { address: Address { host: host.into(), port }, modes: modes.to_vec() }
}

/// One server with two ports and several ways, one with a single way through the bridge, one through the page.
pub(crate) fn hello() -> Hello {
    Hello {
        version: 1,
        targets: vec![
            target("mail.example", 110, &[TlsEnds::Nowhere]),
            target("mail.example", 995, &[TlsEnds::Page, TlsEnds::Bridge]),
            target("other.example", 995, &[TlsEnds::Bridge]),
            target("later.example", 995, &[TlsEnds::Page]),
        ],
        limits: Limits { credit_octets_first: 1, credit_octets_max: 2, idle_seconds: 60 },
        demo: Some(Demo { user: "ada".into(), password: "lovelace".into(), authority: "MIIB".into() }),
    }
}
