//! The console's app without a browser: messages in, orders and view models out.

mod by_hand;
mod facts;
mod looking;
mod pace;
mod shell;
mod texts;
mod typing;
