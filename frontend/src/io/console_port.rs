//! The console (`frontend/console`), a module of its own: loaded when there is first a place for it, told what the session
//! worker has said until then, and then whatever it says. A module that broke down is loaded anew, under another name,
//! since the browser keeps what it has. Knows no command: what the console sends goes on as it is.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use popglass_session::{
    border,
    command::{Pace, SessionCommand},
    event::{Item, Note, SessionEvent, TRANSCRIPT_ENTRIES_MAX},
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::HtmlElement;

use super::{Tell, browser, session_port::Post};
use crate::{app::Msg, i18n::Language};

#[wasm_bindgen]
extern "C" {
    /// Imports the console with its styles; the query makes it another one. `boot.js` has it: `import()` is a word of the
    /// language, which WebAssembly cannot call.
    #[wasm_bindgen(js_name = popglassConsole, catch)]
    async fn import(query: &str) -> Result<JsValue, JsValue>;

    /// The module. Every call fails if it broke down.
    type Module;

    /// Gives its root; fails if it comes from another build. What it calls back with is a command for the session worker,
    /// or nothing, if it broke down.
    #[wasm_bindgen(method, catch)]
    fn start(this: &Module, build: &str, language: &str, send: JsValue) -> Result<HtmlElement, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn hear(this: &Module, event: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn show(this: &Module, language: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(method, catch)]
    fn close(this: &Module) -> Result<(), JsValue>;
}

/// Where its root is put.
const HOST: &str = "console-host";

const BUILD: &str = match option_env!("POPGLASS_BUILD_ID") {
    Some(build) => build,
    None => "dev",
};

/// The console, there as soon as somebody wants it.
#[derive(Clone)]
pub(super) struct ConsolePort(Rc<Inner>);

struct Inner {
    tell: Tell,
    post: Post,
    backlog: RefCell<Backlog>,
    state: RefCell<State>,
    language: Cell<Language>,
    /// How often it broke down, or could not be had.
    generation: Cell<u32>,
}

enum State {
    Absent,
    Loading,
    Here(Rc<Module>, HtmlElement),
}

impl ConsolePort {
    pub(super) fn new(tell: Tell, post: Post) -> Self {
        Self(Rc::new(Inner {
            tell,
            post,
            backlog: RefCell::default(),
            state: RefCell::new(State::Absent),
            language: Cell::default(),
            generation: Cell::default(),
        }))
    }

    /// The session worker has said this, in these octets.
    pub(super) fn heard(&self, event: &SessionEvent, octets: JsValue) {
        if let Some(what) = What::of(event) {
            self.pass(what, octets);
        }
    }

    /// The session worker died, and cannot say so: nothing is held any more, and no line goes out.
    pub(super) fn end(&self) {
        self.pass(What::Ended, browser::octets_of(&border::LOST));
    }

    fn pass(&self, what: What, octets: JsValue) {
        self.call(|module| module.hear(&octets));
        self.0.backlog.borrow_mut().keep(what, octets);
    }

    /// Puts it into its place, or loads it first.
    pub(super) fn show(&self, language: Language) {
        self.0.language.set(language);
        let absent = match &*self.0.state.borrow() {
            State::Absent => true,
            State::Loading => false,
            State::Here(_, root) => {
                browser::put_into(HOST, root);
                false
            }
        };
        if absent {
            self.0.state.replace(State::Loading);
            let port = self.clone();
            wasm_bindgen_futures::spawn_local(async move {
                let loaded = port.load().await.is_ok();
                if loaded {
                    (port.0.tell)(Msg::ConsoleLoaded(true));
                } else {
                    port.give_up();
                }
            });
        } else {
            self.call(|module| module.show(language.tag()));
        }
    }

    /// It is not shown any more.
    pub(super) fn close(&self) {
        self.call(Module::close);
    }

    async fn load(&self) -> Result<(), JsValue> {
        let module: Module = import(&format!("{BUILD}-{}", self.0.generation.get())).await?.unchecked_into();
        let port = self.clone();
        let generation = self.0.generation.get();
        let send = Closure::<dyn Fn(JsValue)>::new(move |words: JsValue| {
            if words.is_undefined() {
                // One that broke down before may do so again, and has a successor by then.
                if port.0.generation.get() == generation {
                    port.give_up();
                }
            } else {
                port.0.post.octets(words);
            }
        });
        let root = module.start(BUILD, self.0.language.get().tag(), send.into_js_value())?;
        for octets in self.0.backlog.borrow().all() {
            module.hear(octets)?;
        }
        browser::put_into(HOST, &root);
        self.0.state.replace(State::Here(Rc::new(module), root));
        Ok(())
    }

    fn call(&self, call: impl Fn(&Module) -> Result<(), JsValue>) {
        let module = match &*self.0.state.borrow() {
            State::Here(module, _) => Rc::clone(module),
            State::Absent | State::Loading => return,
        };
        if call(&module).is_err() {
            self.give_up();
        }
    }

    /// It could not be had, or broke down. Nothing is held back without anybody who could let it go.
    fn give_up(&self) {
        if let State::Here(_, root) = self.0.state.replace(State::Absent) {
            root.remove();
            self.0.post.command(&SessionCommand::Pace(Pace::Play));
        }
        self.0.generation.set(self.0.generation.get().wrapping_add(1));
        (self.0.tell)(Msg::ConsoleLoaded(false));
    }
}

/// What the console has to know of an event.
#[derive(Clone, Copy, PartialEq)]
enum What {
    /// An entry of the transcript.
    Entry,
    /// The one that a connection begins with: it tells where it goes.
    Opening,
    /// One of these holds until the next of its kind.
    Bridge,
    Phase,
    State,
    Secured,
    Held,
    Mailbox,
    Marks,
    Ended,
    /// Only the console that is there is told.
    Once,
}

impl What {
    /// Nothing if it has nothing to do with the console.
    fn of(event: &SessionEvent) -> Option<Self> {
        Some(match event {
            SessionEvent::Transcript(entry) => match entry.item {
                Item::Note(Note::SandboxOpened | Note::Dialling { .. }) => Self::Opening,
                _ => Self::Entry,
            },
            SessionEvent::Bridge(_) => Self::Bridge,
            SessionEvent::Phase(_) => Self::Phase,
            SessionEvent::State(_) => Self::State,
            SessionEvent::Secured(_) => Self::Secured,
            SessionEvent::Held(_) => Self::Held,
            SessionEvent::Mailbox(_) => Self::Mailbox,
            SessionEvent::Marks(_) => Self::Marks,
            SessionEvent::Ended(_) => Self::Ended,
            SessionEvent::LineNotSent { .. } => Self::Once,
            _ => return None,
        })
    }

    fn is_entry(self) -> bool {
        matches!(self, Self::Entry | Self::Opening)
    }
}

/// What a console that comes late is told, in the order in which it was said: the newest entries of the transcript, and
/// the newest fact of each kind. A plain list: to move 2,000 pairs costs less than another kind of list does as code.
#[derive(Default)]
struct Backlog {
    kept: Vec<(What, JsValue)>,
    /// So many of them are entries of the transcript.
    entries: usize,
    /// The opening of the connection, if it is too old to be among the newest entries.
    opening: Option<JsValue>,
}

impl Backlog {
    fn keep(&mut self, what: What, octets: JsValue) {
        let gone = if what == What::Once {
            return;
        } else if what.is_entry() {
            self.entries += 1;
            if self.entries > TRANSCRIPT_ENTRIES_MAX {
                self.entries -= 1;
                self.kept.iter().position(|(other, _)| other.is_entry())
            } else {
                None
            }
        } else {
            self.kept.iter().position(|(other, _)| *other == what)
        };
        if let Some((What::Opening, octets)) = gone.map(|place| self.kept.remove(place)) {
            self.opening = Some(octets);
        }
        self.kept.push((what, octets));
    }

    fn all(&self) -> impl Iterator<Item = &JsValue> {
        self.opening.iter().chain(self.kept.iter().map(|(_, octets)| octets))
    }
}
