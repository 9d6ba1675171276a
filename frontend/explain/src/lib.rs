//! What teaches POP3, in words and pictures, in English and German: what each piece of a line is, what a line will do
//! before it is sent, what a session looks like, what mail's words mean, and a transcript as a file. The
//! classroom and the mail client's console link it. Pure: knows no browser, no clock and no server.
//!
//! | Function | Answers |
//! |---|---|
//! | [`explain_line`], [`explain_typed`] | what is every token of this line? |
//! | [`forecast`] | what will this line do here, how is it undone, or why will it be refused? |
//! | [`completions`], [`secret_from`], [`wants_secret`] | what can be typed here, and what is not to be seen? |
//! | [`state_picture`] | where is the session, what may follow, what would QUIT commit? |
//! | [`hex_dump`] | which octets are these? |
//! | [`as_text`], [`as_pcapng`], [`talks_as_pcapng`] | the transcript as a file, for people and for Wireshark |
//! | [`explain_refusal`], [`glossary`] | what does this `-ERR` mean, and what does that word mean? |
//!
//! What goes in and comes out are the plain values of [`words`].

mod completion;
mod export;
mod forecast;
mod glossary;
mod hex;
mod picture;
mod refusal;
mod route;
mod texts;
mod tokens;
pub mod words;

pub use completion::{NUMBERS_MAX, completions, secret_from, wants_secret};
pub use export::{
    pcapng::{POP3_PORT, Talk, as_pcapng, talks_as_pcapng},
    text::as_text,
};
pub use forecast::forecast;
pub use glossary::glossary;
pub use hex::hex_dump;
pub use picture::state_picture;
pub use refusal::explain_refusal;
pub use tokens::{explain_line, explain_typed};
