//! The session's host: hands it commands, octets and time, and carries out what it wants. The border to the page is
//! `postMessage`: a command comes as words, an event goes as `[words, octets]`, the octets being nothing, a
//! `Uint8Array`, or a `Blob`; `popglass_session::border` writes the words.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::{Array, Date, Uint8Array};
use popglass_session::{
    Effect, LinkEvent, LinkOrder, Millis, Payload, Read, Session, border, command::SessionCommand, event::SessionEvent,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::{
    link::{Link, Links},
    store::MessageStore,
};

/// Which build this worker came from; the page compares, since a worker's file has no hash in its name.
pub(crate) const BUILD: &str = match option_env!("POPGLASS_BUILD_ID") {
    Some(build) => build,
    None => "dev",
};

/// What happens to the host, one after the other.
pub(crate) enum Input {
    Command(SessionCommand),
    Link(LinkEvent),
    Octets(Vec<u8>),
    /// What was to be read.
    Read(Read),
    /// The deadline came.
    Time,
}

/// The one host of this worker.
struct Host {
    session: Session,
    store: MessageStore,
    links: Links,
    link: Option<Link>,
    timer: Option<Timeout>,
    inputs: VecDeque<Input>,
}

/// How callbacks reach the host.
#[derive(Clone)]
pub(crate) struct HostHandle(Rc<RefCell<Host>>);

/// Runs for as long as the worker lives.
pub(crate) fn start() {
    let host = HostHandle(Rc::new(RefCell::new(Host {
        session: Session::new(),
        store: MessageStore::default(),
        links: Links::default(),
        link: None,
        timer: None,
        inputs: VecDeque::new(),
    })));
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let command = message.data().dyn_ref::<Uint8Array>().map(|words| border::decode(&words.to_vec()));
        if let Some(Ok(command)) = command {
            host.handle(Input::Command(command));
        }
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&SessionEvent::Ready { build: BUILD.into() }, &JsValue::NULL);
}

impl HostHandle {
    /// Takes an input. Never called from within: every link tells what happened in a turn of its own.
    pub(crate) fn handle(&self, input: Input) {
        let Ok(mut host) = self.0.try_borrow_mut() else {
            unreachable!("inputs from within go through the queue of the host")
        };
        host.inputs.push_back(input);
        host.run(self);
    }
}

impl Host {
    fn run(&mut self, handle: &HostHandle) {
        while let Some(input) = self.inputs.pop_front() {
            let now = now();
            match input {
                Input::Command(command) => self.session.handle_command(command, now),
                Input::Link(event) => self.session.handle_link(event, now),
                Input::Octets(octets) => self.session.handle_octets(&octets, now),
                Input::Read(read) => self.session.handle_reading(read),
                Input::Time => self.session.handle_time(now),
            }
            while let Some(effect) = self.session.poll_effect() {
                self.carry_out(effect, handle);
            }
        }
        self.set_timer(handle);
    }

    fn carry_out(&mut self, effect: Effect, handle: &HostHandle) {
        match effect {
            Effect::Event(event, payload) => {
                let octets = match payload {
                    Payload::None => JsValue::NULL,
                    Payload::Octets(octets) => Uint8Array::from(octets.as_slice()).into(),
                    Payload::Kept => self.store.take_message(),
                };
                post(&event, &octets);
            }
            Effect::Link(LinkOrder::Learn { bridge }) => self.links.learn(bridge, handle),
            Effect::Link(LinkOrder::Open { route, trust }) => self.link = Some(self.links.open(route, trust, handle)),
            Effect::Link(LinkOrder::StartTls) => {
                if let Some(Link::PageTls(tls)) = &self.link {
                    tls.start_tls_soon();
                }
            }
            Effect::Link(LinkOrder::Send(octets)) => {
                if let Some(link) = &self.link {
                    link.send(&octets);
                }
            }
            Effect::Link(LinkOrder::Close) => self.link = None,
            Effect::Read(reading) => self.links.read(reading, handle),
            Effect::Grant(octets) => {
                if let Some(link) = &self.link {
                    link.grant(octets);
                }
            }
            Effect::Keep(octets) => self.store.keep(&octets),
            Effect::DropKept => self.store.drop_kept(),
        }
    }

    fn set_timer(&mut self, handle: &HostHandle) {
        self.timer = self.session.deadline().map(|deadline| {
            let wait = deadline.saturating_sub(now()).min(Millis::from(u32::MAX));
            let handle = handle.clone();
            Timeout::new(wait as u32, move || handle.handle(Input::Time))
        });
    }
}

fn now() -> Millis {
    Date::now() as Millis
}

pub(crate) fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn post(event: &SessionEvent, octets: &JsValue) {
    let message = Array::of2(&Uint8Array::from(border::encode(event).as_slice()), octets);
    // It fails only for values that cannot be cloned; arrays and blobs can.
    let _ = scope().post_message(&message);
}
