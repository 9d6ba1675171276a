//! Builds what the demo, the browser tests and the measurements run: the page by Trunk, its compressed copies, and the
//! bridge that carries all of it in its binary.

mod flags;

use std::fs;
use std::path::PathBuf;

use crate::compress;
use crate::setup;
use crate::slim;
use crate::step::step;
use crate::styles;
use crate::workshop::{Failure, Outcome, Workshop, files_below, fingerprint};

/// What the page is made of; a change in any of it makes another page.
const SOURCES: [&str; 12] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "frontend",
    "index.html",
    "protocol",
    "rust-toolchain.toml",
    "sandbox",
    "session",
    "xtask/src/slim.rs",
    "xtask/src/styles.rs",
];

/// Builds page and bridge for release, after setting up what that needs.
pub(crate) fn build(workshop: &Workshop) -> Outcome {
    build_page(workshop)?;
    build_bridge(workshop)
}

/// Builds the page into [`Workshop::dist`], after setting up what that needs.
pub(crate) fn build_page(workshop: &Workshop) -> Outcome {
    let toolchain = setup::page_tools(workshop)?;
    build_page_with(workshop, toolchain)
}

/// Names the page's sources: page and workers carry it, and notice when a cached one is not from the same build.
fn build_id(workshop: &Workshop) -> Outcome<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        let path = workshop.root().join(source);
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    fingerprint(workshop.root(), &files)
}

fn build_page_with(workshop: &Workshop, toolchain: setup::wasm_target::WasmToolchain) -> Outcome {
    let build_id = build_id(workshop)?;
    let record = workshop.target().join("page-build");
    if fs::read_to_string(&record).is_ok_and(|known| page_state(workshop, &build_id).is_ok_and(|state| state == known))
    {
        println!("==> the page is up to date ({build_id})");
        return Ok(());
    }
    step("build the page", || {
        let mut trunk = toolchain.command(workshop, "trunk");
        trunk.args(["build", "--release", "--skip-version-check"]).env("POPGLASS_BUILD_ID", &build_id);
        trunk.env("CARGO_ENCODED_RUSTFLAGS", flags::encoded(workshop, toolchain)?);
        // Where a build fails, the compiler has said why; the way through Trunk's own code says nothing.
        trunk.env("RUST_BACKTRACE", "0");
        // Trunk takes only `true` and `false` for an answer here; everybody else says `1`.
        if std::env::var_os("NO_COLOR").is_some() {
            trunk.env_remove("NO_COLOR").env("TRUNK_COLOR", "never");
        }
        workshop.run(&mut trunk)
    })?;
    slim::slim(&workshop.dist())?;
    styles::join(&workshop.dist())?;
    step("compress the page", || compress::compress(&workshop.dist(), &compressed_before(workshop)))?;
    let state = page_state(workshop, &build_id)?;
    fs::write(&record, state).map_err(Failure::during(record.display()))
}

/// What was built from which sources. If both are as they were, nothing needs to be built.
fn page_state(workshop: &Workshop, build_id: &str) -> Outcome<String> {
    Ok(format!("{build_id} {}", fingerprint(&workshop.dist(), &files_below(&workshop.dist())?)?))
}

fn compressed_before(workshop: &Workshop) -> PathBuf {
    workshop.target().join("compressed")
}

fn build_bridge(workshop: &Workshop) -> Outcome {
    step("build the bridge", || {
        let mut build = workshop.command("cargo");
        build.args(["build", "--profile", "native", "--package", "popglass-bridge"]);
        // Named, so that a bridge which was built before there was a page is built again.
        workshop.run(build.env("POPGLASS_PAGE_DIR", workshop.dist()))
    })
}
