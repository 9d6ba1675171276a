//! The classroom without a browser: messages in, orders and view models out.

mod addresses;
mod building;
mod drawings;
mod keeping;
mod playing;
mod secrets;
mod tools;
mod ways;
mod words;

use popglass_classroom::app::{Effect, Model, Msg, Start, update};

/// A classroom that was opened at this address.
fn opened(address: &str) -> Model {
    opened_with(&Start { address: address.into(), ..Start::default() })
}

fn opened_with(start: &Start) -> Model {
    let mut model = Model::new(start);
    update(&mut model, Msg::AddressChanged(start.address.clone()));
    model
}

/// Sends messages, and gives all orders.
fn send(model: &mut Model, messages: impl IntoIterator<Item = Msg>) -> Vec<Effect> {
    messages.into_iter().flat_map(|msg| update(model, msg)).collect()
}
