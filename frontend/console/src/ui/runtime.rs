//! The console as a program: its view models in signals, and what the parts take from the context. What the user does is
//! shown at once; what the session says is gathered until the next frame.

use std::{rc::Rc, sync::Arc};

use js_sys::Function;
use leptos::prelude::*;
use popglass_frontend::{
    i18n as page,
    program::{self, Program, set},
};

use crate::{
    app::{
        Effect, Model, Msg,
        terms::{Logged, Picture},
        update,
        view::{ConsoleVm, LineVm, picture, view_console, view_line, view_log, view_picture},
    },
    i18n::{Language, Texts, texts},
    io::Io,
};

/// The signals that the parts read: view models and nothing else.
#[derive(Clone, Copy)]
pub(super) struct Views {
    pub(super) console: RwSignal<ConsoleVm>,
    pub(super) line: RwSignal<LineVm>,
    pub(super) log: RwSignal<Vec<Arc<Logged>>>,
    pub(super) picture: Memo<Picture>,
    /// How often the console was put into its place: what was scrolled is at its beginning again.
    pub(super) placed: RwSignal<u32>,
    facts: RwSignal<popglass_explain::words::PictureFacts>,
    language: Memo<Language>,
}

impl Views {
    fn new(model: &Model) -> Self {
        let console = RwSignal::new(view_console(model));
        let facts = RwSignal::new(view_picture(model));
        let language = Memo::new(move |_| console.with(|console| console.language));
        Self {
            console,
            line: RwSignal::new(view_line(model)),
            log: RwSignal::new(view_log(model)),
            picture: Memo::new(move |_| facts.with(|facts| picture(language.get(), facts))),
            placed: RwSignal::new(0),
            facts,
            language,
        }
    }

    /// Only what differs is set, and so drawn.
    fn show(&self, model: &Model) {
        set(self.line, view_line(model));
        set(self.log, view_log(model));
        set(self.facts, view_picture(model));
        set(self.console, view_console(model));
    }
}

/// The console's loop, and what shows it.
#[derive(Clone)]
pub(super) struct Runtime {
    program: Rc<Program<Model, Msg, Effect>>,
    placed: RwSignal<u32>,
}

impl Runtime {
    /// Starts the loop and puts its ends into the context.
    pub(super) fn start(language: Language, send: Function) -> Self {
        let model = Model::new(language);
        let views = Views::new(&model);
        provide_context(views);
        let program = Program::start(
            model,
            update,
            move |model| views.show(model),
            |program| {
                let told = Rc::clone(program);
                let io = Io::new(Rc::new(move |msg| told.wish(msg)), send);
                Box::new(move |effect| io.run(effect))
            },
        );
        Self { program, placed: views.placed }
    }

    /// What the user does.
    pub(super) fn wish(&self, msg: Msg) {
        self.program.wish(msg);
    }

    /// What the session says.
    pub(super) fn hear(&self, msg: Msg) {
        self.program.hear(msg);
    }

    pub(super) fn placed(&self) {
        self.placed.update(|count| *count = count.wrapping_add(1));
    }
}

/// Sends a wish to the app.
pub(super) type Dispatch = program::Dispatch<Msg>;

pub(super) fn use_dispatch() -> Dispatch {
    expect_context()
}

pub(super) fn use_views() -> Views {
    expect_context()
}

/// The language of the moment.
pub(super) fn use_language() -> Memo<Language> {
    use_views().language
}

/// The texts of the moment.
pub(super) fn use_texts() -> impl Fn() -> &'static Texts + Copy + Send + Sync + 'static {
    let language = use_language();
    move || texts(language.get())
}

/// The page's texts of the moment.
pub(super) fn use_page_texts() -> impl Fn() -> &'static page::Texts + Copy + Send + Sync + 'static {
    let language = use_language();
    move || language.get().texts()
}

/// One text, which follows the language.
pub(super) fn say(
    text: fn(&'static Texts) -> &'static str,
) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let t = use_texts();
    move || text(t())
}
