//! `cargo xtask doctor`: what is here, what is missing, and what the other commands would do about it. Changes nothing.

use crate::setup::{self, axe, servers, system, tools, wasm_c, wasm_target};
use crate::workshop::{Outcome, Workshop};

/// Prints one line for each thing that the project needs.
pub(crate) fn doctor(workshop: &Workshop) -> Outcome {
    let mut missing = 0;
    let mut line = |title: &str, found: Option<String>, otherwise: &str| match found {
        Some(found) => println!("  here     {title}: {found}"),
        None => {
            missing += 1;
            println!("  missing  {title}: {otherwise}");
        }
    };

    println!("To build (`cargo xtask demo` installs what is missing):");
    let version = workshop.read(workshop.command("rustc").arg("--version")).ok();
    line("Rust", version.map(|version| version.trim().to_owned()), "rustup, https://rustup.rs");
    let compiler = workshop.find_program("cc").map(|path| path.display().to_string());
    line("C compiler", compiler, "apt-get install gcc libc6-dev (cargo links with it)");
    let toolchain = wasm_target::find(workshop).map(|toolchain| match toolchain {
        wasm_target::WasmToolchain::Active => "in the active toolchain".to_owned(),
        wasm_target::WasmToolchain::Debian => "in a toolchain put together from Debian's packages".to_owned(),
    });
    line(wasm_target::TARGET, toolchain, &format!("rustup target add {}", wasm_target::TARGET));
    let found = [wasm_c::find_compiler(workshop), wasm_c::find_archiver(workshop)];
    for (requirement, found) in system::WASM_C.iter().zip(found) {
        line(requirement.title, found.map(|path| path.display().to_string()), &requirement.install_line());
    }
    for tool in tools::ALL {
        let found = tool.find(workshop).map(|path| path.display().to_string());
        line(&format!("{}, {}", tool.title(), tool.purpose), found, &tool.install_line());
    }

    println!("To test (`cargo xtask test` installs what is missing, as root on Debian):");
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        let version = setup::component_version(workshop, subcommand);
        line(component, version, &format!("rustup component add {component}"));
    }
    let system = system::COMPILER.iter().chain(&system::BROWSER).chain(&system::MAIL_SERVER);
    let system = system.chain(&system::MAIL_CLIENTS).chain(&system::PACKET_READER);
    for requirement in system {
        line(requirement.title, requirement.find(workshop), &requirement.install_line());
    }
    line("axe-core", axe::find(workshop).map(|path| path.display().to_string()), "fetched by pip, python3-pip");

    let foreign = servers::find(workshop).map(|folder| folder.display().to_string());
    line("POP3 servers of other makers", foreign, servers::INSTALL_LINE);

    println!("To measure (`cargo xtask bench protocol` installs what is missing, as root on Debian):");
    for requirement in &system::MEASUREMENT {
        line(requirement.title, requirement.find(workshop), &requirement.install_line());
    }

    println!("Tools are kept in {}", workshop.cache().join("tools").display());
    match missing {
        0 => println!("Nothing is missing."),
        1 => println!("1 thing is missing."),
        _ => println!("{missing} things are missing."),
    }
    Ok(())
}
