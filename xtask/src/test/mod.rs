//! `cargo xtask test`: the parts in their order, what each of them needs, and the last line `N passed, N failed`. Nothing
//! is silently skipped: a part that could not run counts as failed.

mod fuzz;
mod layers;
mod parts;
mod tally;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use crate::setup::wasm_target::WasmToolchain;
use crate::setup::{self, axe, servers, system, tools};
use crate::step::{in_words, step};
use crate::workshop::{Failure, Outcome, Workshop};
use parts::Part;
use tally::Tally;

/// What `test` can be told.
#[derive(Args)]
pub(crate) struct TestOptions {
    /// Run this part only, and what it needs; may be given more than once
    #[arg(long, value_name = "NAME")]
    only: Vec<Part>,
    /// Run the long trials: 20,000 cases for every property, 10 minutes for every fuzz target, and what tests themselves
    /// keep for this
    #[arg(long)]
    long: bool,
}

/// Something that must be set up before a part can run.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Need {
    Components,
    PageTools,
    Deny,
    Compiler,
    MailServer,
    ForeignServers,
    /// POP3 clients by others.
    MailClients,
    /// Wireshark without its windows.
    PacketReader,
    Browser,
    Axe,
}

/// What the parts run in, once it is set up.
struct Surroundings {
    toolchain: WasmToolchain,
    /// Why a need could not be met.
    unmet: BTreeMap<Need, Failure>,
    long: bool,
    axe: Option<PathBuf>,
}

/// Runs the parts and prints the sum; the sum is the last line, whatever happened.
pub(crate) fn test(workshop: &Workshop, options: &TestOptions) -> ExitCode {
    let start = Instant::now();
    let selected = parts::select(&options.only);
    let surroundings = set_up(workshop, &selected, options.long);
    let mut sum = Tally::default();
    let mut failed = Vec::new();
    for part in selected {
        let tally = run_part(workshop, part, &surroundings, &failed);
        if tally.failed > 0 {
            failed.push(part);
        }
        sum += tally;
    }
    println!();
    if !failed.is_empty() {
        let names: Vec<_> = failed.iter().map(|part| part.name()).collect();
        println!("failed parts: {}", names.join(", "));
    }
    println!("tested in {}", in_words(start.elapsed()));
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_part(workshop: &Workshop, part: Part, surroundings: &Surroundings, failed: &[Part]) -> Tally {
    let mut tally = Tally::default();
    let outcome = step(&format!("test: {}", part.name()), || {
        if let Some(obstacle) = obstacle(part, surroundings, failed) {
            return Err(Failure::new(format!("could not run: {obstacle}")));
        }
        tally = parts::run(workshop, part, surroundings)?;
        match tally.failed {
            0 => Ok(()),
            failed => Err(Failure::new(format!("{failed} failed"))),
        }
    });
    if let Err(failure) = outcome {
        println!("    {}: {failure}", part.name());
        // A part that broke off before it counted anything is one failure.
        tally.failed = tally.failed.max(1);
    }
    tally
}

/// Why a part cannot run.
fn obstacle(part: Part, surroundings: &Surroundings, failed: &[Part]) -> Option<String> {
    if let Some(unmet) = part.needs().iter().find_map(|need| surroundings.unmet.get(need)) {
        return Some(unmet.to_string());
    }
    let before = part.parts_before().iter().find(|before| failed.contains(before))?;
    Some(format!("the part `{}` failed", before.name()))
}

/// Sets up what the selected parts need. What fails is kept for the parts that need it; the others run all the same.
fn set_up(workshop: &Workshop, selected: &[Part], long: bool) -> Surroundings {
    let mut surroundings = Surroundings { toolchain: WasmToolchain::Active, unmet: BTreeMap::new(), long, axe: None };
    let needs: BTreeSet<_> = selected.iter().flat_map(|part| part.needs()).copied().collect();
    for need in needs {
        let outcome = match need {
            Need::Components => setup::rust_components(workshop),
            Need::PageTools => setup::page_tools(workshop).map(|toolchain| surroundings.toolchain = toolchain),
            Need::Deny => tools::provide(workshop, &[&tools::CARGO_DENY]),
            Need::Compiler => system::provide(workshop, &system::COMPILER),
            Need::MailServer => system::provide(workshop, &system::MAIL_SERVER),
            Need::ForeignServers => servers::provide(workshop),
            Need::MailClients => system::provide(workshop, &system::MAIL_CLIENTS),
            Need::PacketReader => system::provide(workshop, &system::PACKET_READER),
            Need::Browser => system::provide(workshop, &system::BROWSER),
            Need::Axe => axe::provide(workshop).map(|file| surroundings.axe = Some(file)),
        };
        if let Err(failure) = outcome {
            surroundings.unmet.insert(need, failure);
        }
    }
    surroundings
}

/// Runs one measurement that is written as a test, against the bridge that was built for release.
pub(crate) fn run_bench(workshop: &Workshop, name: &str) -> Outcome {
    let surroundings = set_up(workshop, &[Part::Browser], false);
    if let Some(failure) = surroundings.unmet.into_values().next() {
        return Err(failure);
    }
    parts::run_bench(workshop, name)
}
