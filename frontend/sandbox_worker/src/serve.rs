//! Serves sessions: whoever wants one sends a `MessagePort`. On the port a `Uint8Array` is octets, either way; a number
//! to the server says how many octets were taken, and lets it go on; `null` is the end, either way. It hands over at
//! most one piece a turn of the event loop, so that a cancel can come between two. Knows no POP3; the server does.

use std::{cell::RefCell, rc::Rc};

use gloo_timers::callback::Timeout;
use js_sys::Uint8Array;
use popglass_protocol::{
    limits,
    server::{Config, Output, Server},
};
use popglass_sandbox::{SandboxMaildrop, World};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, MessagePort};

/// Runs for as long as the worker lives, and the world with it: what was deleted in one session is gone in the next.
pub(crate) fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let world = World::demo();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        if let Some(port) = message.ports().iter().next() {
            serve(&world, port.unchecked_into());
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    // A port that came before this would be lost; now one may come.
    let _ = scope.post_message(&JsValue::NULL);
}

/// One session. It lives in its port's callback, and ends with it.
struct Session {
    server: Server<SandboxMaildrop>,
    turn: Option<Timeout>,
    /// Octets that were handed over and not taken.
    untaken: usize,
    /// The server hangs up behind what was handed over.
    closes: bool,
}

fn serve(world: &World, port: MessagePort) {
    let config = Config { greeting: "Popglass sandbox, all in your own browser".into(), ..Config::default() };
    let session = Rc::new(RefCell::new(Some(Session {
        server: Server::new(world.session(), config),
        turn: None,
        untaken: 0,
        closes: false,
    })));
    take_turn(&session, &port, 0);
    let answer_port = port.clone();
    let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |message: MessageEvent| {
        let data = message.data();
        if let Some(octets) = data.dyn_ref::<Uint8Array>() {
            if let Some(session) = session.borrow_mut().as_mut() {
                session.server.handle_input(&octets.to_vec());
            }
            take_turn(&session, &answer_port, 0);
        } else if let Some(taken) = data.as_f64() {
            if let Some(session) = session.borrow_mut().as_mut() {
                session.untaken = session.untaken.saturating_sub(taken as usize);
            }
            take_turn(&session, &answer_port, if taken < READ_OCTETS_MAX as f64 { 0 } else { READ_PAUSE_MS });
        } else {
            // Dropped without QUIT: nothing is deleted, and the lock is free again.
            session.borrow_mut().take();
            answer_port.close();
        }
    });
    port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The browser drops it with the port.
    on_message.forget();
}

/// Soon, and not at once: what arrived together is answered together.
fn take_turn(session: &Rc<RefCell<Option<Session>>>, port: &MessagePort, pause: u32) {
    let (of_turn, port) = (Rc::clone(session), port.clone());
    let turn = Timeout::new(pause, move || {
        let next = of_turn.borrow_mut().as_mut().and_then(next_message);
        if let Some(next) = next {
            let _ = port.post_message(&next);
        }
    });
    if let Some(session) = session.borrow_mut().as_mut() {
        session.turn = Some(turn);
    }
}

/// What the server has to say until it waits, as one read; bounded by some chunks of a message. Nothing while the other
/// side has a read's worth that it has not taken: when it has, it says so.
fn next_message(session: &mut Session) -> Option<JsValue> {
    if session.untaken >= READ_OCTETS_MAX {
        return None;
    }
    let mut octets = Vec::new();
    while octets.len() < READ_OCTETS_MAX {
        match session.server.poll_output() {
            Output::Transmit(piece) => octets.extend(piece),
            Output::Close => session.closes = true,
            // TLS is not offered here.
            Output::UpgradeTls => {}
            Output::Idle => break,
        }
    }
    if octets.is_empty() {
        return std::mem::take(&mut session.closes).then_some(JsValue::NULL);
    }
    session.untaken += octets.len();
    Some(Uint8Array::from(octets.as_slice()).into())
}

/// One read of a long answer.
const READ_OCTETS_MAX: usize = limits::CHUNK_OCTETS_MAX;

/// Between two full reads: some 20 Mbit/s, a line as people have it, so that progress and cancelling can be seen.
const READ_PAUSE_MS: u32 = 25;
