//! Carries out what the app orders: commands by way of the page, the clipboard, files, the field and the focus. Decides
//! nothing, and shows nothing.

use std::rc::Rc;

use js_sys::{Function, Uint8Array};
use popglass_frontend::program::browser::{self, ANY_OCTETS};
use popglass_session::border;
use wasm_bindgen::JsValue;
use web_sys::HtmlInputElement;

use crate::app::{Effect, FocusTarget, Msg};

/// The id of the field. The page knows it, too: it moves the focus there.
pub const LINE: &str = "console-line";

/// Where facts go.
pub type Tell = Rc<dyn Fn(Msg)>;

/// The shell around the app.
pub struct Io {
    tell: Tell,
    send: Function,
}

impl Io {
    /// `send` takes the octets of commands.
    #[must_use]
    pub fn new(tell: Tell, send: Function) -> Self {
        Self { tell, send }
    }

    /// Carries out one order.
    pub fn run(&self, effect: Effect) {
        match effect {
            Effect::Session(command) => {
                let octets = Uint8Array::from(border::encode(&command).as_slice());
                // The page's function does not throw.
                let _ = self.send.call1(&JsValue::UNDEFINED, &octets);
            }
            Effect::FillLine(line) => fill(LINE, line.expose()),
            Effect::Focus(FocusTarget::Line) => browser::focus(LINE),
            Effect::Copy(text) => (self.tell)(Msg::Copied(browser::copy(&text))),
            Effect::Save { name, octets } => browser::save(name, ANY_OCTETS, &Uint8Array::from(octets.as_slice())),
        }
    }
}

fn fill(id: &str, line: &str) {
    if let Some(field) = browser::element::<HtmlInputElement>(id) {
        field.set_value(line);
    }
}
