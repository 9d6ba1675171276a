//! Carries out what the app orders: address, storage, files, focus, printing. Decides nothing, and shows nothing.

mod browser;
mod storage;

use std::rc::Rc;

pub use browser::browser_start;
use js_sys::Uint8Array;
use popglass_frontend::program::browser::{beginning_of, copy, save, take_file, window};
use wasm_bindgen::{JsCast, closure::Closure};

use crate::app::{BuildMsg, Effect, Msg};

/// The type of a text that is saved.
const TEXT: &str = "text/plain;charset=utf-8";

/// Where facts go.
pub type Tell = Rc<dyn Fn(Msg)>;

/// The shell around the app.
pub struct Io {
    tell: Tell,
}

impl Io {
    /// Tells of every change of the address from here on.
    #[must_use]
    pub fn start(tell: Tell) -> Self {
        let told = Rc::clone(&tell);
        let changed = Closure::<dyn FnMut()>::new(move || told(Msg::AddressChanged(browser::address())));
        window().set_onhashchange(Some(changed.as_ref().unchecked_ref()));
        // It is heard as long as the page is there.
        changed.forget();
        Self { tell }
    }

    /// Carries out one order.
    pub fn run(&self, effect: Effect) {
        match effect {
            Effect::WriteAddress(hash) => browser::write_address(&hash),
            Effect::KeepSettings(settings) => storage::keep_settings(settings),
            Effect::KeepProgress(text) => storage::keep_progress(&text),
            Effect::SaveOctets { name, kind, octets } => save(&name, kind, &Uint8Array::from(octets.as_slice())),
            Effect::Copy(text) => (self.tell)(Msg::Copied(copy(&text))),
            Effect::Save { name, text } => save(&name, TEXT, &text.into()),
            Effect::ReadProgressFile { octets_max } => self.read_progress(octets_max),
            Effect::ReadScenarioFile { octets_max } => self.read_scenario(octets_max),
            Effect::KeepDraft(text) => (self.tell)(Msg::Build(BuildMsg::DraftKept(storage::keep_draft(&text)))),
            Effect::CheckLater { ticket, wait_ms } => {
                let tell = Rc::clone(&self.tell);
                gloo_timers::callback::Timeout::new(wait_ms, move || tell(Msg::Build(BuildMsg::CheckDue(ticket))))
                    .forget();
            }
            Effect::GuardLeaving(on) => browser::guard_leaving(on),
            Effect::Go(hash) => browser::go(&hash),
            Effect::CopyLink => (self.tell)(Msg::Build(BuildMsg::Copied(browser::copy_link()))),
            Effect::Focus(target) => browser::focus(&target),
            Effect::Print => browser::print(),
        }
    }

    fn read_scenario(&self, octets_max: u64) {
        let Some(file) = take_file(browser::SCENARIO_FILE_ID) else { return };
        let tell = Rc::clone(&self.tell);
        wasm_bindgen_futures::spawn_local(async move {
            tell(Msg::ScenarioRead(browser::octets_of(&file, octets_max + 1).await.unwrap_or_default()));
        });
    }

    fn read_progress(&self, octets_max: u64) {
        let Some(file) = take_file(browser::PROGRESS_FILE_ID) else { return };
        let tell = Rc::clone(&self.tell);
        wasm_bindgen_futures::spawn_local(async move {
            // What cannot be read has nothing in it, and the app says so.
            tell(Msg::ProgressRead(beginning_of(&file, octets_max).await.unwrap_or_default()));
        });
    }
}
