//! How every program of ours runs in a browser, page, classroom and console alike: message in, `update`, orders out, view
//! models into signals. Knows no program, and of the app only its shape.

pub mod browser;

use std::{
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use leptos::prelude::*;

/// A running program: a pure app, what shows it, and what carries out its orders.
pub struct Program<Model, Msg, Effect> {
    model: RefCell<Model>,
    update: fn(&mut Model, Msg) -> Vec<Effect>,
    show: Box<dyn Fn(&Model)>,
    run: OnceCell<Box<dyn Fn(Effect)>>,
    frame_asked: Cell<bool>,
}

impl<Model: 'static, Msg: 'static, Effect: 'static> Program<Model, Msg, Effect> {
    /// Starts the loop, and puts a [`Dispatch`] into the context. `io` is given the program, to tell it facts, and gives
    /// what carries out orders.
    pub fn start(
        model: Model,
        update: fn(&mut Model, Msg) -> Vec<Effect>,
        show: impl Fn(&Model) + 'static,
        io: impl FnOnce(&Rc<Self>) -> Box<dyn Fn(Effect)>,
    ) -> Rc<Self> {
        let program = Rc::new(Self {
            model: RefCell::new(model),
            update,
            show: Box::new(show),
            run: OnceCell::new(),
            frame_asked: Cell::new(false),
        });
        if program.run.set(io(&program)).is_err() {
            unreachable!("the loop starts once");
        }
        let wished = Rc::clone(&program);
        let wish: Sink<Msg> = Rc::new(move |msg| wished.wish(msg));
        provide_context(Dispatch(StoredValue::new_local(wish)));
        program
    }

    /// What the user does: shown at once.
    pub fn wish(&self, msg: Msg) {
        self.apply(msg);
        self.look(&self.show);
    }

    /// What others say: gathered until the next frame, since a mailbox of fifty rows comes in fifty messages.
    pub fn hear(self: &Rc<Self>, msg: Msg) {
        self.apply(msg);
        if !self.frame_asked.replace(true) {
            let program = Rc::clone(self);
            request_animation_frame(move || {
                program.frame_asked.set(false);
                program.look(&program.show);
            });
        }
    }

    /// Asks the model something that no signal holds.
    pub fn look<T>(&self, at: impl FnOnce(&Model) -> T) -> T {
        at(&self.model.borrow())
    }

    fn apply(&self, msg: Msg) {
        let effects = (self.update)(&mut self.model.borrow_mut(), msg);
        if let Some(run) = self.run.get() {
            effects.into_iter().for_each(run);
        }
    }
}

/// What a wish is sent through.
type Sink<Msg> = Rc<dyn Fn(Msg)>;

/// Sends a wish to the app.
pub struct Dispatch<Msg: 'static>(StoredValue<Sink<Msg>, LocalStorage>);

impl<Msg> Clone for Dispatch<Msg> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Msg> Copy for Dispatch<Msg> {}

impl<Msg: 'static> Dispatch<Msg> {
    /// Sends it: it is shown when this returns.
    pub fn send(self, msg: Msg) {
        let send = self.0.get_value();
        send(msg);
    }

    /// What a press does that always means the same. A function and no closure: whatever hears or draws a closure is
    /// compiled for each closure anew, and the page has many buttons and texts.
    pub fn press(self, msg: fn() -> Msg) -> impl Fn(web_sys::MouseEvent) + Copy + Send + Sync + 'static {
        move |_| self.send(msg())
    }
}

/// Sets, and so draws, only what differs.
pub fn set<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|known| *known != value) {
        signal.set(value);
    }
}
