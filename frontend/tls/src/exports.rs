//! What JavaScript can call. Orders, events and views cross as [`border`] writes them.
#![expect(unreachable_pub, reason = "wasm-bindgen takes public functions alone, and who calls them is no crate")]

use std::{cell::RefCell, sync::Arc};

use popglass_session::{
    border,
    security::{Secured, TlsOrder},
};
use popglass_tls::{Clock, authorities, certificates, engine};
use rustls::time_provider::DefaultTimeProvider;
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

/// Which build this module comes from; the session worker compares.
const BUILD: &str = match option_env!("POPGLASS_BUILD_ID") {
    Some(build) => build,
    None => "dev",
};

thread_local! {
    /// Kept as long as the module, so that connections are resumed.
    static CONFIGURATIONS: RefCell<engine::Configurations> = RefCell::new(engine::Configurations::new(clock()));
}

/// The browser's clock.
fn clock() -> Clock {
    Arc::new(DefaultTimeProvider)
}

/// One connection.
#[wasm_bindgen]
pub struct Tls(engine::Engine);

#[wasm_bindgen]
impl Tls {
    /// Begins.
    ///
    /// # Errors
    ///
    /// If the order is none.
    pub fn open(order: &[u8]) -> Result<Self, JsError> {
        let order: TlsOrder = words(order)?;
        Ok(Self(CONFIGURATIONS.with_borrow_mut(|configurations| engine::Engine::open(&order, configurations))))
    }

    /// Takes what came from the server.
    pub fn feed(&mut self, ciphertext: &[u8]) {
        self.0.feed(ciphertext);
    }

    /// Hears that the connection has ended.
    pub fn end(&mut self) {
        self.0.end();
    }

    /// Encrypts what is for the server.
    pub fn send(&mut self, plaintext: &[u8]) {
        self.0.send(plaintext);
    }

    /// Says goodbye.
    pub fn close(&mut self) {
        self.0.close();
    }

    /// What is for the server; perhaps nothing.
    pub fn take_ciphertext(&mut self) -> Vec<u8> {
        self.0.take_ciphertext()
    }

    /// What the server said; perhaps nothing.
    pub fn take_plaintext(&mut self) -> Vec<u8> {
        self.0.take_plaintext()
    }

    /// What happened: a `TlsEvent`.
    pub fn poll_event(&mut self) -> Option<Vec<u8>> {
        self.0.poll_event().map(|event| border::encode(&event))
    }
}

/// Names the build.
#[wasm_bindgen]
pub fn build() -> String {
    BUILD.into()
}

/// The certificate view of a connection: `Sections`.
///
/// # Errors
///
/// If it is no connection.
#[wasm_bindgen]
pub fn read_certificates(secured: &[u8]) -> Result<Vec<u8>, JsError> {
    let secured: Secured = words(secured)?;
    Ok(border::encode(&certificates::read_certificates(&secured, &clock())))
}

/// The authorities in a text, or why there are none: `AuthoritiesRead`.
#[wasm_bindgen]
pub fn read_authorities(text: &str) -> Vec<u8> {
    border::encode(&authorities::read_authorities(text))
}

fn words<T: DeserializeOwned>(octets: &[u8]) -> Result<T, JsError> {
    border::decode(octets).map_err(|_malformed| JsError::new("these are no words of the same build"))
}
