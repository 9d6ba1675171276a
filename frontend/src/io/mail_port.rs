//! The border to the mail worker: `[words, octets]` both ways. A message may kill the worker, or keep it busy without end;
//! the next one gets a new worker.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use gloo_timers::callback::Timeout;
use js_sys::{Array, Uint8Array};
use popglass_mail_worker::{
    border,
    wire::{READY, Request, Response},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, MessageEvent, Worker};

use super::{Tell, browser, payloads::Payloads};
use crate::app::Msg;

/// Trunk names it after the worker's binary.
const LOADER: &str = "mail-worker_loader.js";

/// The worker that takes longer for one message is given up. 8 MiB of HTML take 7 s.
const ANSWER_MS_MAX: u32 = 30_000;

/// The mail worker, there as soon as something must be read.
pub(super) struct MailPort {
    inner: Rc<Inner>,
}

struct Inner {
    tell: Tell,
    payloads: Rc<RefCell<Payloads>>,
    running: RefCell<Option<Running>>,
}

struct Running {
    worker: Worker,
    /// Posted before the worker's first word; nothing once it was heard.
    waiting: Option<Vec<JsValue>>,
    /// Runs while an answer is awaited; the app asks one thing at a time.
    deadline: Option<Timeout>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl MailPort {
    pub(super) fn new(tell: Tell, payloads: Rc<RefCell<Payloads>>) -> Self {
        Self { inner: Rc::new(Inner { tell, payloads, running: RefCell::new(None) }) }
    }

    pub(super) fn post(&self, request: &Request, octets: JsValue) {
        let message = Array::of2(&browser::octets_of(&border::encode(request)), &buffer_of(octets));
        let mut running = self.inner.running.borrow_mut();
        if running.is_none() {
            *running = start(&self.inner);
        }
        match running.as_mut() {
            Some(Running { waiting: Some(waiting), .. }) => waiting.push(message.into()),
            Some(running) => {
                browser::post(&running.worker, &message);
                running.deadline = Some(deadline(Rc::downgrade(&self.inner)));
            }
            None => {
                // No worker can be made at all. The app hears of it after it has finished giving this order.
                let tell = Rc::clone(&self.inner.tell);
                let died = Msg::MailWorkerDied { had_started: false };
                Timeout::new(0, move || tell(died)).forget();
            }
        }
    }
}

/// The worker takes an `ArrayBuffer` or a `Blob`; a view is made into a buffer of exactly its octets.
fn buffer_of(octets: JsValue) -> JsValue {
    match octets.dyn_ref::<Uint8Array>() {
        Some(view) => view.slice(0, view.length()).buffer().into(),
        None => octets,
    }
}

fn deadline(inner: Weak<Inner>) -> Timeout {
    Timeout::new(ANSWER_MS_MAX, move || bury(&inner))
}

fn start(inner: &Rc<Inner>) -> Option<Running> {
    let worker = browser::worker(LOADER)?;
    let on_message = {
        let inner = Rc::downgrade(inner);
        Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| hear(&inner, &event.data()))
    };
    let on_error = {
        let inner = Rc::downgrade(inner);
        Closure::<dyn FnMut(Event)>::new(move |_: Event| bury(&inner))
    };
    worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    Some(Running { worker, waiting: Some(Vec::new()), deadline: None, _on_message: on_message, _on_error: on_error })
}

fn hear(inner: &Weak<Inner>, data: &JsValue) {
    let Some(inner) = inner.upgrade() else { return };
    if data.as_string().as_deref() == Some(READY) {
        if let Some(running) = inner.running.borrow_mut().as_mut() {
            let waiting = running.waiting.take().unwrap_or_default();
            waiting.iter().for_each(|message| browser::post(&running.worker, message));
            running.deadline = Some(deadline(Rc::downgrade(&inner)));
        }
        return;
    }
    if let Some(running) = inner.running.borrow_mut().as_mut() {
        running.deadline = None;
    }
    let pair: &Array = data.unchecked_ref();
    match browser::octets_in(&pair.get(0)).map(|words| border::decode::<Response>(&words)) {
        Some(Ok(response)) => {
            let payload = inner.payloads.borrow_mut().keep(pair.get(1));
            (inner.tell)(Msg::MailSaid(response, payload));
        }
        Some(Err(_)) | None => browser::complain("the mail worker said something that is not understood"),
    }
}

/// A worker that threw may be in any state: it is ended, and the next request gets a new one.
fn bury(inner: &Weak<Inner>) {
    let Some(inner) = inner.upgrade() else { return };
    let Some(dead) = inner.running.borrow_mut().take() else { return };
    dead.worker.terminate();
    let had_started = dead.waiting.is_none();
    // This very closure belongs to the dead worker, so it must outlive its own run.
    Timeout::new(0, move || drop(dead)).forget();
    (inner.tell)(Msg::MailWorkerDied { had_started });
}
