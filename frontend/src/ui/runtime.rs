//! The page as a program: its view models in signals, and what the screens take from the context. What the user does is
//! shown at once; what the workers say is gathered until the next frame.

use std::rc::Rc;

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
    program::{self, Program, set},
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

/// Starts the loop and puts its ends into the context.
pub(super) fn start() {
    let model = Model::new(browser_start());
    let views = Views::new(&model);
    provide_context(views);
    Program::start(
        model,
        update,
        move |model| views.show(model),
        |program| {
            let told = Rc::clone(program);
            let io = Io::start(Rc::new(move |msg| told.hear(msg)));
            Box::new(move |effect| io.run(effect))
        },
    );
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
    move || language.get().texts()
}

/// One text, which follows the language. A function and no closure, as in [`Dispatch::press`].
pub(super) fn say(
    text: fn(&'static Texts) -> &'static str,
) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let t = use_texts();
    move || text(t())
}
