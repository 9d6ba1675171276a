//! Texts of the builder's ways: whether they lead where they should, and how they are recorded.

use popglass_lessons::{Verdict, WayOf};

/// The builder's ways.
#[derive(Debug)]
pub struct BuildWayTexts {
    pub open: &'static str,
    pub solution_leads: &'static str,
    pub all_lead: &'static str,
    pub astray: &'static str,
    pub others_astray: &'static str,
    pub none: &'static str,
    pub cut: &'static str,
    pub record_one: &'static str,
    pub fault: fn(&WayFault<'_>) -> String,
    pub note: fn(WayOf, usize) -> &'static str,
    pub steps: fn(usize) -> String,
    pub stops_here: &'static str,
    pub task: fn(usize) -> String,
    pub recorded: fn(WayOf, usize) -> String,
    pub new_dead_end: &'static str,
    // While it is tried out.
    pub keep_lead: &'static str,
    pub keep_wrong: &'static str,
    pub keep_dead_end: &'static str,
}

/// What is wrong with a way; what it is about is in words already.
#[derive(Debug)]
pub struct WayFault<'a> {
    pub way: WayOf,
    pub verdict: &'a Verdict,
    /// The move where it goes wrong: its number, and what it is.
    pub step: Option<(usize, String)>,
    pub wanted: Option<String>,
    pub seen: Option<String>,
    /// With other numbers only, such as those of this seed.
    pub seed: Option<u64>,
}
