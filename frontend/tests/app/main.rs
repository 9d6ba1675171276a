//! The app without a browser: messages in, orders and view models out. The texts of both languages.

mod bridges;
mod connect;
mod console;
mod mailbox;
mod reader;
mod shell;
mod texts;
mod trust;
