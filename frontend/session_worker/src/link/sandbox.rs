//! The link to the sandbox: a worker of its own, loaded with the first session, and one message channel a session. No
//! network beyond loading the worker. Knows no server; `sandbox_worker` has it.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Uint8Array};
use popglass_session::LinkEvent;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageChannel, MessageEvent, MessagePort, Url, Worker, WorkerOptions, WorkerType};

use crate::{
    host::{HostHandle, Input, scope},
    random::nonce,
};

/// Trunk's name for the script that starts the worker.
const LOADER: &str = "sandbox-worker_loader.js";

/// The sandbox's worker; it lives as long as this one does, unless it fails to start.
#[derive(Clone)]
pub(super) struct SandboxWorker(Rc<RefCell<State>>);

enum State {
    /// The worker cannot take a port yet; this one waits, with whom to tell.
    Starting(Worker, Option<(MessagePort, HostHandle)>),
    Ready(Worker),
    Failed,
}

/// An open link; dropped, it ends the server's session without QUIT.
pub(crate) struct Sandbox {
    port: MessagePort,
    _on_message: Closure<dyn Fn(MessageEvent)>,
}

impl SandboxWorker {
    pub(super) fn start() -> Self {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let base = scope().location().href();
        let worker = Url::new_with_base(LOADER, &base).and_then(|url| Worker::new_with_options(&url.href(), &options));
        let Ok(worker) = worker else { return Self(Rc::new(RefCell::new(State::Failed))) };
        let state = Self(Rc::new(RefCell::new(State::Starting(worker.clone(), None))));
        let on_ready = {
            let state = state.clone();
            Closure::<dyn Fn(MessageEvent)>::new(move |_| state.ready())
        };
        let on_error = {
            let state = state.clone();
            Closure::<dyn Fn(Event)>::new(move |_| state.failed())
        };
        worker.set_onmessage(Some(on_ready.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        // Both live as long as the worker, which lives as long as this one.
        on_ready.forget();
        on_error.forget();
        state
    }

    pub(super) fn has_failed(&self) -> bool {
        matches!(*self.0.borrow(), State::Failed)
    }

    fn ready(&self) {
        let waiting = match self.0.replace(State::Failed) {
            State::Starting(worker, waiting) => {
                self.0.replace(State::Ready(worker));
                waiting
            }
            other => {
                self.0.replace(other);
                None
            }
        };
        if let Some((port, host)) = waiting {
            self.hand_over(port, host);
        }
    }

    fn failed(&self) {
        if let State::Starting(_, Some((_, host))) = self.0.replace(State::Failed) {
            host.handle(Input::Link(LinkEvent::NoSandbox));
        }
    }

    /// Gives the worker its end of a session's channel, as soon as it can take it.
    fn hand_over(&self, port: MessagePort, host: HostHandle) {
        let mut state = self.0.borrow_mut();
        match &mut *state {
            State::Starting(_, waiting) => *waiting = Some((port, host)),
            State::Ready(worker) => {
                let _ = worker.post_message_with_transfer(&JsValue::NULL, &Array::of1(&port));
            }
            State::Failed => tell_soon(LinkEvent::NoSandbox, host),
        }
    }
}

impl Sandbox {
    pub(super) fn open(worker: &SandboxWorker, host: &HostHandle) -> Self {
        let channel = MessageChannel::new().expect("every browser that runs wasm has it");
        let port = channel.port1();
        let on_message = {
            let (host, opened) = (host.clone(), Cell::new(false));
            Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
                // A POP3 server speaks first: its greeting tells that the session stands.
                if !opened.replace(true) {
                    host.handle(Input::Link(LinkEvent::Opened { secured: None, exporter: None, nonce: nonce() }));
                }
                let data = message.data();
                host.handle(match data.dyn_ref::<Uint8Array>() {
                    Some(octets) => Input::Octets(octets.to_vec()),
                    None => Input::Link(LinkEvent::Closed),
                });
            })
        };
        port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.hand_over(channel.port2(), host.clone());
        Self { port, _on_message: on_message }
    }

    /// Writes octets.
    pub(super) fn send(&self, octets: &[u8]) {
        let _ = self.port.post_message(&Uint8Array::from(octets));
    }

    /// The host has taken so many octets.
    pub(super) fn go_on(&self, octets: u64) {
        let _ = self.port.post_message(&JsValue::from_f64(octets as f64));
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.port.set_onmessage(None);
        let _ = self.port.post_message(&JsValue::NULL);
        self.port.close();
    }
}

/// In a turn of its own: the host is busy with what made it call.
fn tell_soon(event: LinkEvent, host: HostHandle) {
    gloo_timers::callback::Timeout::new(0, move || host.handle(Input::Link(event))).forget();
}
