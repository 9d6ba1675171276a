//! `cargo xtask bench protocol`: builds and runs what measures the protocol crate, gathers the figures in one file and
//! one table, and fails when a promise is broken. It does not measure anything itself.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{instructions, table};
use crate::setup::wasm_target::TARGET;
use crate::setup::{self, system};
use crate::step::step;
use crate::test;
use crate::workshop::{Failure, Outcome, Workshop};

/// What several runs gave.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Spread {
    pub(super) median: f64,
    pub(super) lowest: f64,
    pub(super) highest: f64,
    pub(super) runs: usize,
}

/// By name; the name ends in the unit.
pub(super) type Figures = BTreeMap<String, Spread>;

/// The crate that holds the programs.
const PACKAGE: &str = "popglass-bench";
/// What encrypts, and what calls it, is built to be fast, as a page that ends TLS will have it; the protocol crate is
/// built as in the page.
const FAST_IN_PAGE: [&str; 4] = ["chacha20", "chacha20poly1305", "poly1305", PACKAGE];

/// Measures everything.
pub(super) fn measure(workshop: &Workshop, folder: &Path) -> Outcome {
    system::provide(workshop, &system::MAIL_CLIENTS)?;
    system::provide(workshop, &system::MEASUREMENT)?;
    let toolchain = setup::page_tools(workshop)?;
    step("build what is measured", || build(workshop))?;
    step("build the same for the browser", || build_for_page(workshop, toolchain, &folder.join("wasm")))?;
    let mut figures = Figures::new();
    for program in ["throughput", "memory"] {
        let text =
            step(&format!("measure {program}"), || workshop.read(&mut workshop.command(binary(workshop, program))))?;
        figures.append(&mut parse(&text, program)?);
    }
    figures
        .append(&mut step("count instructions", || instructions::count(workshop, &binary(workshop, "instructions")))?);
    for (name, title) in
        [("wasm", "measure in the browser"), ("stream", "measure a large message"), ("fetch", "measure fetching")]
    {
        step(title, || test::run_bench(workshop, name))?;
        let file = folder.join(name).with_extension("json");
        let text = fs::read_to_string(&file).map_err(Failure::during(file.display()))?;
        figures.append(&mut parse(&text, name)?);
    }
    let report = folder.join("protocol.json");
    let text = serde_json::to_string_pretty(&figures).map_err(Failure::during("the report"))?;
    fs::write(&report, text + "\n").map_err(Failure::during(report.display()))?;
    println!("written to {}", report.display());
    table::conclude(workshop, &table::PROTOCOL, &figures)
}

pub(super) fn parse(text: &str, what: &str) -> Outcome<Figures> {
    serde_json::from_str(text).map_err(Failure::during(what))
}

fn binary(workshop: &Workshop, name: &str) -> PathBuf {
    workshop.target().join("native").join(name)
}

fn build(workshop: &Workshop) -> Outcome {
    let mut programs = workshop.command("cargo");
    workshop.run(programs.args(["build", "--profile", "native", "--package", PACKAGE, "--bins"]))?;
    let mut client = workshop.command("cargo");
    client.args(["build", "--profile", "native", "--package", "popglass-protocol"]);
    workshop.run(client.args(["--features", "sasl", "--example", "pop3"]))
}

fn build_for_page(workshop: &Workshop, toolchain: setup::wasm_target::WasmToolchain, bindings: &Path) -> Outcome {
    let mut build = toolchain.command(workshop, "cargo");
    build.args(["build", "--release", "--package", PACKAGE, "--lib", "--target", TARGET]);
    build.args(
        FAST_IN_PAGE
            .iter()
            .flat_map(|package| ["--config".to_owned(), format!("profile.release.package.{package}.opt-level=3")]),
    );
    workshop.run(&mut build)?;
    let module = workshop.target().join(TARGET).join("release").join("popglass_bench.wasm");
    let mut bind = workshop.command("wasm-bindgen");
    workshop.run(bind.args(["--target", "no-modules", "--no-typescript", "--out-dir"]).arg(bindings).arg(module))
}
