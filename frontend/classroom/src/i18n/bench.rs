//! Texts of the workbench's tools and drawings: what can be done with a transcript, who reads what on the way, where a
//! letter is. What they say is found in each language's own file.

use popglass_lessons::format::AttackerSetup;
use popglass_protocol::tunnel::TlsEnds;
use popglass_wire::hops::{Place, Readable};

/// All of them.
#[derive(Debug)]
pub struct BenchTexts {
    /// What can be done with a transcript.
    pub tools: ToolTexts,
    /// Who reads what.
    pub ways: WayTexts,
    /// Where a letter is.
    pub post: PostTexts,
}

/// What can be done with a transcript.
#[derive(Debug)]
pub struct ToolTexts {
    pub heading: &'static str,
    pub side: &'static str,
    /// In the order of `Side::ALL`.
    pub sides: [&'static str; 3],
    pub form: &'static str,
    /// In the order of `Form::ALL`.
    pub forms: [&'static str; 2],
    pub copy: &'static str,
    pub copied: &'static str,
    pub not_copied: &'static str,
    pub save_text: &'static str,
    pub save_packets: &'static str,
    pub save_lead: &'static str,
}

/// Who reads what.
#[derive(Debug)]
pub struct WayTexts {
    pub heading: &'static str,
    pub connection: fn(&str, u32) -> String,
    /// A terminal, or a device.
    pub end: fn(&str, bool) -> String,
    pub attacker: fn(AttackerSetup) -> &'static str,
    pub reads: fn(Readable) -> String,
    pub protection: fn(TlsEnds) -> &'static str,
    pub recorded: &'static str,
    pub program: &'static str,
    pub server: &'static str,
    pub three: &'static str,
    pub three_lead: &'static str,
    pub way: fn(TlsEnds) -> &'static str,
    pub place: fn(Place) -> &'static str,
    pub to_bridge: fn(TlsEnds) -> &'static str,
}

/// Where a letter is.
#[derive(Debug)]
pub struct PostTexts {
    pub heading: &'static str,
    pub expected: &'static str,
    pub route: fn(&str) -> String,
    pub terminal: fn(&str) -> String,
    pub server: fn(&str) -> String,
    pub mailbox: fn(&str) -> String,
    pub reader: fn(&str) -> String,
    pub written: &'static str,
    pub left: &'static str,
    pub ahead: &'static str,
    pub passed_on: &'static str,
    pub delivered: &'static str,
    pub refused: fn(&str) -> String,
    pub lies: &'static str,
    pub deleted: &'static str,
    pub fetched: &'static str,
    pub by_smtp: &'static str,
    pub into_mailbox: &'static str,
    pub by_pop3: &'static str,
}
