//! The loop around the app: message in, `update`, orders out, view models into signals. What the user does is shown at
//! once; what the session says is gathered until the next frame.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
    sync::Arc,
};

use js_sys::Function;
use leptos::prelude::*;
use popglass_frontend::i18n as page;

use crate::{
    app::{
        Model, Msg,
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

fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}

pub(super) struct Runtime {
    model: RefCell<Model>,
    views: Views,
    io: OnceCell<Io>,
    frame_asked: Cell<bool>,
}

impl Runtime {
    /// Starts the loop and puts its ends into the context.
    pub(super) fn start(language: Language, send: Function) -> Rc<Self> {
        let model = Model::new(language);
        let views = Views::new(&model);
        let runtime =
            Rc::new(Self { model: RefCell::new(model), views, io: OnceCell::new(), frame_asked: Cell::new(false) });
        let told = Rc::clone(&runtime);
        if runtime.io.set(Io::new(Rc::new(move |msg| told.wish(msg)), send)).is_err() {
            unreachable!("the loop starts once");
        }
        provide_context(views);
        let wished = Rc::clone(&runtime);
        provide_context(Dispatch(StoredValue::new_local(Rc::new(move |msg| wished.wish(msg)))));
        runtime
    }

    /// What the user does.
    pub(super) fn wish(&self, msg: Msg) {
        self.apply(msg);
        self.views.show(&self.model.borrow());
    }

    /// What the session says.
    pub(super) fn hear(self: &Rc<Self>, msg: Msg) {
        self.apply(msg);
        if !self.frame_asked.replace(true) {
            let runtime = Rc::clone(self);
            request_animation_frame(move || {
                runtime.frame_asked.set(false);
                runtime.views.show(&runtime.model.borrow());
            });
        }
    }

    pub(super) fn placed(&self) {
        self.views.placed.update(|count| *count = count.wrapping_add(1));
    }

    fn apply(&self, msg: Msg) {
        let effects = update(&mut self.model.borrow_mut(), msg);
        if let Some(io) = self.io.get() {
            effects.into_iter().for_each(|effect| io.run(effect));
        }
    }
}

/// What a wish is sent through.
type Sink = Rc<dyn Fn(Msg)>;

/// Sends a wish to the app.
#[derive(Clone, Copy)]
pub(super) struct Dispatch(StoredValue<Sink, LocalStorage>);

impl Dispatch {
    pub(super) fn send(self, msg: Msg) {
        let send = self.0.get_value();
        send(msg);
    }

    /// What a press does that always means the same.
    pub(super) fn press(self, msg: fn() -> Msg) -> impl Fn(web_sys::MouseEvent) + Copy + Send + Sync + 'static {
        move |_| self.send(msg())
    }
}

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
