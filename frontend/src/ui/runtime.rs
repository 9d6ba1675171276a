//! The loop around the app: message in, `update`, orders out, view models into signals. What the user does is shown at
//! once; what the workers say is gathered until the next frame, since a mailbox of fifty rows comes in fifty messages.

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use leptos::prelude::*;

use crate::{
    app::{
        Model, Msg, update,
        view::{
            ConnectVm, ConnectingVm, DockVm, EndedVm, MailboxVm, ReaderVm, ShellVm, TranscriptVm, view_connect,
            view_connecting, view_dock, view_ended, view_mailbox, view_reader, view_shell, view_transcript,
        },
    },
    i18n::{Language, Texts},
    io::{Io, browser_start},
};

/// The signals that the screens read: view models and nothing else.
#[derive(Clone, Copy)]
pub(super) struct Views {
    pub(super) shell: RwSignal<ShellVm>,
    pub(super) connect: RwSignal<ConnectVm>,
    pub(super) connecting: RwSignal<Option<ConnectingVm>>,
    pub(super) mailbox: RwSignal<Option<MailboxVm>>,
    pub(super) reader: RwSignal<Option<ReaderVm>>,
    pub(super) ended: RwSignal<Option<EndedVm>>,
    pub(super) transcript: RwSignal<TranscriptVm>,
    pub(super) dock: RwSignal<DockVm>,
    language: Memo<Language>,
}

impl Views {
    fn new(model: &Model) -> Self {
        let shell = RwSignal::new(view_shell(model));
        Self {
            shell,
            connect: RwSignal::new(view_connect(model)),
            connecting: RwSignal::new(view_connecting(model)),
            mailbox: RwSignal::new(view_mailbox(model)),
            reader: RwSignal::new(view_reader(model)),
            ended: RwSignal::new(view_ended(model)),
            transcript: RwSignal::new(view_transcript(model)),
            dock: RwSignal::new(view_dock(model)),
            language: Memo::new(move |_| shell.with(|shell| shell.language)),
        }
    }

    /// Only what differs is set, and so drawn. The frame comes last, since it chooses among the other screens.
    fn show(&self, model: &Model) {
        set(self.connect, view_connect(model));
        set(self.connecting, view_connecting(model));
        set(self.mailbox, view_mailbox(model));
        set(self.reader, view_reader(model));
        set(self.ended, view_ended(model));
        set(self.transcript, view_transcript(model));
        set(self.dock, view_dock(model));
        set(self.shell, view_shell(model));
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
    pub(super) fn start() {
        let model = Model::new(browser_start());
        let views = Views::new(&model);
        let runtime =
            Rc::new(Self { model: RefCell::new(model), views, io: OnceCell::new(), frame_asked: Cell::new(false) });
        let told = Rc::clone(&runtime);
        let io = Io::start(Rc::new(move |msg| {
            told.apply(msg);
            told.show_soon();
        }));
        if runtime.io.set(io).is_err() {
            unreachable!("the loop starts once");
        }
        provide_context(views);
        provide_context(Dispatch(StoredValue::new_local(Rc::new(move |msg| {
            runtime.apply(msg);
            runtime.views.show(&runtime.model.borrow());
        }))));
    }

    fn apply(&self, msg: Msg) {
        let effects = update(&mut self.model.borrow_mut(), msg);
        if let Some(io) = self.io.get() {
            effects.into_iter().for_each(|effect| io.run(effect));
        }
    }

    fn show_soon(self: &Rc<Self>) {
        if !self.frame_asked.replace(true) {
            let runtime = Rc::clone(self);
            request_animation_frame(move || {
                runtime.frame_asked.set(false);
                runtime.views.show(&runtime.model.borrow());
            });
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

    /// What a press does that always means the same. A function and no closure: whatever hears or draws a closure is
    /// compiled for each closure anew, and the page has many buttons and texts.
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
    move || language.get().texts()
}

/// One text, which follows the language. A function and no closure, as in [`Dispatch::press`].
pub(super) fn say(
    text: fn(&'static Texts) -> &'static str,
) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let t = use_texts();
    move || text(t())
}
