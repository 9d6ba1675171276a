//! The border to the session worker: words out, `[words, octets]` in.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::Array;
use popglass_session::{border, command::SessionCommand, event::SessionEvent};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker};

use super::{Tell, browser, payloads::Payloads};
use crate::app::Msg;

/// Trunk names it after the worker's binary.
const LOADER: &str = "session-worker_loader.js";

/// The session worker.
pub(super) struct SessionPort {
    worker: Option<Worker>,
    waiting: Rc<RefCell<Option<Vec<JsValue>>>>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl SessionPort {
    pub(super) fn start(tell: Tell, payloads: Rc<RefCell<Payloads>>) -> Self {
        let worker = browser::worker(LOADER);
        let waiting = Rc::new(RefCell::new(Some(Vec::new())));
        let on_message = {
            let (tell, waiting, worker) = (Rc::clone(&tell), Rc::clone(&waiting), worker.clone());
            Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
                // What was posted before the worker's first word would have been lost.
                if let (Some(commands), Some(worker)) = (waiting.borrow_mut().take(), &worker) {
                    commands.iter().for_each(|command| browser::post(worker, command));
                }
                match read(&event.data()) {
                    Some((event, octets)) => {
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
        Self { worker, waiting, _on_message: on_message, _on_error: on_error }
    }

    pub(super) fn post(&self, command: &SessionCommand) {
        let words = browser::octets_of(&border::encode(command));
        match (&mut *self.waiting.borrow_mut(), &self.worker) {
            (Some(waiting), _) => waiting.push(words),
            (None, Some(worker)) => browser::post(worker, &words),
            (None, None) => {}
        }
    }
}

fn read(data: &JsValue) -> Option<(SessionEvent, JsValue)> {
    let pair = data.dyn_ref::<Array>()?;
    let event = border::decode(&browser::octets_in(&pair.get(0))?).ok()?;
    Some((event, pair.get(1)))
}
