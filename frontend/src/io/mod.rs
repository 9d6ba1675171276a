//! Carries out what the app orders: workers, storage, downloads, focus, timers. Keeps octets as the browser's own
//! objects. Decides nothing, and shows nothing.

mod browser;
mod console_port;
mod mail_port;
mod payloads;
mod session_port;
mod storage;

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::Blob;

pub use browser::{browser_start, format_clock, format_date, key_of, media_is};

use self::{
    console_port::ConsolePort,
    mail_port::MailPort,
    payloads::Payloads,
    session_port::{Post, SessionPort},
};
use crate::{
    app::{Effect, Msg, PayloadId},
    program::browser::{ANY_OCTETS, beginning_of, save, take_file},
};

/// Where facts go.
pub type Tell = Rc<dyn Fn(Msg)>;

/// The shell around the app.
pub struct Io {
    tell: Tell,
    payloads: Rc<RefCell<Payloads>>,
    post: Post,
    _session: SessionPort,
    console: ConsolePort,
    mail: MailPort,
}

impl Io {
    /// Starts the session worker; the mail worker waits until there is something to read.
    #[must_use]
    pub fn start(tell: Tell) -> Self {
        let payloads = Rc::new(RefCell::new(Payloads::default()));
        let post = Post::start();
        let console = ConsolePort::new(Rc::clone(&tell), post.clone());
        let session = SessionPort::start(post.clone(), Rc::clone(&tell), Rc::clone(&payloads), console.clone());
        let mail = MailPort::new(Rc::clone(&tell), Rc::clone(&payloads));
        Self { tell, payloads, post, _session: session, console, mail }
    }

    /// Carries out one order.
    pub fn run(&self, effect: Effect) {
        match effect {
            Effect::Session(command) => self.post.command(&command),
            Effect::Mail(request, payload) => {
                if let Some(octets) = self.payloads.borrow().of(payload) {
                    self.mail.post(&request, octets);
                }
            }
            Effect::Forget(payload) => self.payloads.borrow_mut().forget(payload),
            Effect::ReadSource { payload, octets_max } => self.read_source(payload, octets_max),
            Effect::Remember(remembered) => storage::keep(&remembered),
            Effect::Download { payload, name } => {
                if let Some(octets) = self.payloads.borrow().of(payload) {
                    save(&name, ANY_OCTETS, &octets);
                }
            }
            Effect::ReadAuthorityFile { octets_max } => self.read_authority_file(octets_max),
            Effect::ClearAuthorityText => browser::clear_authority_text(),
            Effect::FillLogin(login) => browser::fill_login(&login),
            Effect::Focus(target) => browser::focus(target),
            Effect::After(milliseconds, msg) => {
                let tell = Rc::clone(&self.tell);
                Timeout::new(milliseconds, move || tell(*msg)).forget();
            }
            Effect::ShowConsole(language) => self.console.show(language),
            Effect::CloseConsole => self.console.close(),
            Effect::EndConsole => self.console.end(),
            Effect::ReloadPage => browser::reload(),
        }
    }

    fn read_authority_file(&self, octets_max: u64) {
        let Some(file) = take_file("authority-file") else { return };
        let tell = Rc::clone(&self.tell);
        wasm_bindgen_futures::spawn_local(async move {
            // What cannot be read has nothing in it, and the app says so.
            tell(Msg::AuthorityTextGiven(beginning_of(&file, octets_max).await.unwrap_or_default()));
        });
    }

    fn read_source(&self, payload: PayloadId, octets_max: u64) {
        let octets = self.payloads.borrow().of(payload);
        let Some(blob) = octets.and_then(|octets| octets.dyn_into::<Blob>().ok()) else { return };
        let tell = Rc::clone(&self.tell);
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(text) = beginning_of(&blob, octets_max).await {
                tell(Msg::SourceRead { payload, text });
            }
        });
    }
}
