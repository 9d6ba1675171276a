//! Sets up what a task needs and nothing else. Each submodule knows one source: rustup, crates.io, the operating system.

pub(crate) mod axe;
pub(crate) mod servers;
pub(crate) mod system;
pub(crate) mod tools;
pub(crate) mod wasm_c;
pub(crate) mod wasm_target;

use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop};

/// What the page is built with: the wasm target, a C compiler for it, and the two programs.
pub(crate) fn page_tools(workshop: &Workshop) -> Outcome<wasm_target::WasmToolchain> {
    let toolchain = wasm_target::provide(workshop)?;
    wasm_c::provide(workshop)?;
    tools::provide(workshop, &[&tools::TRUNK, &tools::WASM_BINDGEN])?;
    Ok(toolchain)
}

/// rustfmt and clippy. rust-toolchain.toml lists them, but rustup may be told not to install by itself.
pub(crate) fn rust_components(workshop: &Workshop) -> Outcome {
    for (component, program) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if component_version(workshop, program).is_some() {
            continue;
        }
        let add = || workshop.run(workshop.command("rustup").args(["component", "add", component]));
        step(&format!("add {component} by rustup"), add)
            .map_err(|failure| Failure::new(format!("{component} is missing and could not be added: {failure}")))?;
    }
    Ok(())
}

/// What `cargo fmt --version` or `cargo clippy --version` answers.
pub(crate) fn component_version(workshop: &Workshop, subcommand: &str) -> Option<String> {
    let answer = workshop.read(workshop.command("cargo").args([subcommand, "--version"])).ok()?;
    Some(answer.trim().to_owned())
}
