//! The fuzz targets: built with coverage counters, each run for a while on the transcripts as seeds. It does not know what
//! they hold; `protocol/fuzz` does.
//!
//! cargo itself builds them. `cargo fuzz` would do no more than set the same flags, takes a minute to install, and wants
//! a nightly toolchain for its sanitizers, which find nothing where `unsafe` is forbidden. What finds something here are
//! the checks within: overflow, bounds, and the properties.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::tally::Tally;
use crate::workshop::{Failure, Outcome, Workshop};

const TARGETS: [&str; 7] = ["capa", "client", "client_against_server", "sasl", "server", "unstuffing", "url"];
const RUNS: u32 = 10_000;
const SECONDS_MAX: u32 = 10;
const LONG_SECONDS: u32 = 600;

/// What the counters need; stable has them. `fuzzing` is what `cargo fuzz` sets, too.
const FLAGS: [&str; 6] = [
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];
/// One input; the longest seed has 2,500.
const INPUT_OCTETS_MAX: u32 = 4096;
/// Resident memory, engine and corpus included: what grows with the input's octets stays far below.
const MEMORY_MB_MAX: u32 = 1024;
/// For one input. A hundredth is usual.
const INPUT_SECONDS_MAX: u32 = 20;

/// Builds the targets and runs them one after the other; each is one count.
pub(super) fn run(workshop: &Workshop, long: bool) -> Outcome<Tally> {
    let host = host(workshop)?;
    let folder = workshop.target().join("fuzz");
    let mut build = workshop.command("cargo");
    build.args(["build", "--release", "--locked", "--manifest-path", "protocol/fuzz/Cargo.toml"]);
    // With a target given, build scripts and macros go without the flags.
    build.args(["--target", &host]).env("CARGO_TARGET_DIR", &folder).env("RUSTFLAGS", FLAGS.join(" "));
    build.env_remove("CARGO_ENCODED_RUSTFLAGS");
    workshop.run(&mut build)?;
    let mut tally = Tally::default();
    for target in TARGETS {
        match run_target(workshop, &folder, &host, target, long) {
            Ok(sum) => {
                println!("    {target}: {sum}");
                tally += Tally::ONE_PASSED;
            }
            Err(failure) => {
                println!("    {target}: {failure}");
                tally += Tally::ONE_FAILED;
            }
        }
    }
    Ok(tally)
}

/// Runs one target; what it found before is where it begins, beside the transcripts. Returns its sum.
fn run_target(workshop: &Workshop, folder: &Path, host: &str, target: &str, long: bool) -> Outcome<String> {
    let (corpus, found) = (folder.join("corpus").join(target), folder.join("found"));
    for folder in [&corpus, &found] {
        fs::create_dir_all(folder).map_err(Failure::during(folder.display()))?;
    }
    let mut command = workshop.command(folder.join(host).join("release").join(target));
    command.arg(&corpus).args(["both", "client", "server"].map(|kind| format!("protocol/tests/transcripts/{kind}")));
    command.arg(format!("-artifact_prefix={}/{target}-", found.display()));
    command.arg(format!("-max_len={INPUT_OCTETS_MAX}")).arg(format!("-rss_limit_mb={MEMORY_MB_MAX}"));
    command.arg(format!("-timeout={INPUT_SECONDS_MAX}")).arg("-dict=protocol/fuzz/words.dict");
    if long {
        command.arg(format!("-max_total_time={LONG_SECONDS}"));
    } else {
        command.args([format!("-runs={RUNS}"), format!("-max_total_time={SECONDS_MAX}"), "-seed=1".into()]);
    }
    let said = said(&mut command)?;
    let sum = said.lines().rev().find(|line| line.starts_with("Done "));
    sum.map(str::to_owned).ok_or_else(|| Failure::new(format!("found something; see {}:\n{said}", found.display())))
}

/// What the engine says, which it says on standard error.
fn said(command: &mut Command) -> Outcome<String> {
    let output = command.output().map_err(Failure::during(command.get_program().display()))?;
    Ok(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// The name that the compiler has for this machine.
fn host(workshop: &Workshop) -> Outcome<String> {
    let version = workshop.read(workshop.command("rustc").arg("-vV"))?;
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| Failure::new("rustc does not name its host"))
}
