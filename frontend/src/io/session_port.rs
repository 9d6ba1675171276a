//! The border to the session worker: words out, `[words, octets]` in.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Array;
use popglass_session::{border, command::SessionCommand, event::SessionEvent};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker};

use super::{Tell, browser, console_port::ConsolePort, payloads::Payloads};
use crate::app::Msg;

/// Trunk names it after the worker's binary.
const LOADER: &str = "session-worker_loader.js";

/// What is heard of the session worker.
pub(super) struct SessionPort {
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

/// The way to the session worker.
#[derive(Clone)]
pub(super) struct Post {
    worker: Option<Worker>,
    /// Posted before the worker's first word; nothing once it was heard.
    waiting: Rc<RefCell<Option<Vec<JsValue>>>>,
}

impl Post {
    /// Starts the worker.
    pub(super) fn start() -> Self {
        Self { worker: browser::worker(LOADER), waiting: Rc::new(RefCell::new(Some(Vec::new()))) }
    }

    pub(super) fn command(&self, command: &SessionCommand) {
        self.octets(browser::octets_of(&border::encode(command)));
    }

    /// A command, as the border writes it.
    pub(super) fn octets(&self, words: JsValue) {
        match (&mut *self.waiting.borrow_mut(), &self.worker) {
            (Some(waiting), _) => waiting.push(words),
            (None, Some(worker)) => browser::post(worker, &words),
            (None, None) => {}
        }
    }

    /// What was posted before the worker's first word would have been lost.
    fn open(&self) {
        if let (Some(commands), Some(worker)) = (self.waiting.borrow_mut().take(), &self.worker) {
            commands.iter().for_each(|command| browser::post(worker, command));
        }
    }
}

impl SessionPort {
    pub(super) fn start(post: Post, tell: Tell, payloads: Rc<RefCell<Payloads>>, console: ConsolePort) -> Self {
        let worker = post.worker.clone();
        let on_message = {
            let tell = Rc::clone(&tell);
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                post.open();
                match read(&event.data()) {
                    Some((event, words, octets)) => {
                        console.heard(&event, words);
                        let payload = payloads.borrow_mut().keep(octets);
                        tell(Msg::SessionSaid(event, payload));
                    }
                    None => browser::complain("the session worker said something that is not understood"),
                }
            })
        };
        let on_error = {
            let (dead, tell) = (Cell::new(false), Rc::clone(&tell));
            Closure::<dyn FnMut(Event)>::new(move |_: Event| {
                if !dead.replace(true) {
                    tell(Msg::SessionWorkerDied);
                }
            })
        };
        match &worker {
            Some(worker) => {
                worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
                worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
            }
            None => {
                gloo_timers::callback::Timeout::new(0, move || tell(Msg::SessionWorkerDied)).forget();
            }
        }
        Self { _on_message: on_message, _on_error: on_error }
    }
}

fn read(data: &JsValue) -> Option<(SessionEvent, JsValue, JsValue)> {
    let pair = data.dyn_ref::<Array>()?;
    let words = pair.get(0);
    let event = border::decode(&browser::octets_in(&words)?).ok()?;
    Some((event, words, pair.get(1)))
}
