//! The classroom as a program: its view models in signals, and what the screens take from the context.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;
use popglass_frontend::program::{self, Program, set};

use crate::{
    app::{
        Model, Msg, update,
        view::{
            BuildVm, LessonVm, ListVm, PanesVm, SheetVm, ShellVm, TokenVm, tokens, view_build, view_lesson, view_list,
            view_panes, view_sheet, view_shell,
        },
    },
    i18n::{Language, Texts, texts},
    io::{Io, browser_start},
};

/// The signals that the screens read: view models and nothing else.
#[derive(Clone, Copy)]
pub(super) struct Views {
    pub(super) shell: RwSignal<ShellVm>,
    pub(super) list: RwSignal<ListVm>,
    pub(super) lesson: RwSignal<Option<LessonVm>>,
    pub(super) panes: RwSignal<PanesVm>,
    pub(super) sheet: RwSignal<Option<SheetVm>>,
    pub(super) build: RwSignal<Option<BuildVm>>,
    language: Memo<Language>,
}

impl Views {
    fn new(model: &Model) -> Self {
        let shell = RwSignal::new(view_shell(model));
        Self {
            shell,
            list: RwSignal::new(view_list(model)),
            lesson: RwSignal::new(view_lesson(model)),
            panes: RwSignal::new(view_panes(model)),
            sheet: RwSignal::new(view_sheet(model)),
            build: RwSignal::new(view_build(model)),
            language: Memo::new(move |_| shell.with(|shell| shell.language)),
        }
    }

    /// Only what differs is set, and so drawn. The frame comes last, since it chooses among the other screens.
    fn show(&self, model: &Model) {
        set(self.list, view_list(model));
        set(self.lesson, view_lesson(model));
        set(self.panes, view_panes(model));
        set(self.sheet, view_sheet(model));
        set(self.build, view_build(model));
        set(self.shell, view_shell(model));
    }
}

/// Starts the loop and puts its ends into the context.
pub(super) fn start() {
    let start = browser_start();
    let model = Model::new(&start);
    let views = Views::new(&model);
    provide_context(views);
    let shown = Cell::new(model.changes());
    let program = Program::start(
        model,
        update,
        move |model| {
            if shown.replace(model.changes()) != model.changes() {
                views.show(model);
            }
        },
        |program| {
            let told = Rc::clone(program);
            let io = Io::start(Rc::new(move |msg| told.wish(msg)));
            Box::new(move |effect| io.run(effect))
        },
    );
    program.wish(Msg::AddressChanged(start.address));
    provide_context(Explain(StoredValue::new_local(Rc::new(move |terminal: &str, place| {
        program.look(|model| tokens(model, terminal, place))
    }))));
}

/// Sends a wish to the app.
pub(super) type Dispatch = program::Dispatch<Msg>;

/// What explains a line.
type Explainer = Rc<dyn Fn(&str, usize) -> Vec<TokenVm>>;

/// Asks the app what the pieces of a line are: only the line that is pointed at is explained.
#[derive(Clone, Copy)]
pub(super) struct Explain(StoredValue<Explainer, LocalStorage>);

impl Explain {
    pub(super) fn tokens(self, terminal: &str, place: usize) -> Vec<TokenVm> {
        let explain = self.0.get_value();
        explain(terminal, place)
    }
}

pub(super) fn use_dispatch() -> Dispatch {
    expect_context()
}

pub(super) fn use_explain() -> Explain {
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

/// One text, which follows the language.
pub(super) fn say(
    text: fn(&'static Texts) -> &'static str,
) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
    let t = use_texts();
    move || text(t())
}
