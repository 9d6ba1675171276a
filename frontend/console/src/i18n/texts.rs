//! The texts, grouped by where they stand. Values go in as they are; numbers and names are put into words here.

use popglass_explain::words::Verdict;
use popglass_session::event::{HeldLine, LineFault};

/// All texts of one language.
#[derive(Debug)]
pub struct Texts {
    pub login: fn(&str, &str) -> String,
    pub show_mailbox: &'static str,
    pub log: &'static str,
    pub log_hint: &'static str,
    pub line: &'static str,
    pub send: &'static str,
    pub hint: &'static str,
    pub no_session: &'static str,
    pub completions: &'static str,
    pub verdict: fn(Verdict) -> &'static str,
    pub undo: &'static str,
    pub not_sent: fn(LineFault) -> String,
    pub tools: &'static str,
    pub view: &'static str,
    pub views: [&'static str; 2],
    pub sides: &'static str,
    pub side_names: [&'static str; 3],
    pub pace: &'static str,
    /// As in [`crate::app::PACES`].
    pub paces: [&'static str; 3],
    pub copy: &'static str,
    pub save_text: &'static str,
    pub save_pcapng: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub held_from_client: &'static str,
    pub held_from_server: &'static str,
    pub held_more: fn(&HeldLine) -> String,
    pub held_none: &'static str,
    pub next_line: &'static str,
    pub full_speed: &'static str,
    pub explained: &'static str,
    pub picture: &'static str,
    pub picture_words: &'static str,
}
