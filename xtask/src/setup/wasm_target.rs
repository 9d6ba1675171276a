//! Finds a toolchain that compiles for the page's target, `wasm32-unknown-unknown`. Three ways in this order: the target
//! is here already; rustup adds it; Debian's packages give it where rustup cannot download.
//!
//! Nobody else knows which way it was: they ask [`WasmToolchain`] for a command.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{system, wasm_c};
use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop};

/// The page's target.
pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

/// The name under which rustup knows the toolchain that is put together from Debian's packages.
const DEBIAN_TOOLCHAIN: &str = "popglass-debian-wasm";
const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

/// A toolchain that has the target.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum WasmToolchain {
    /// The one that runs us.
    Active,
    /// The one put together from Debian's packages.
    Debian,
}

impl WasmToolchain {
    /// A program whose calls of cargo and rustc are to find the target, and a C compiler for it.
    pub(crate) fn command(self, workshop: &Workshop, program: &str) -> Command {
        let mut command = workshop.command(program);
        if self == Self::Debian {
            command.env("RUSTUP_TOOLCHAIN", DEBIAN_TOOLCHAIN);
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
        }
        if let Some(compiler) = wasm_c::find(workshop) {
            compiler.apply(&mut command);
        }
        command
    }
}

/// The toolchain with the target, if one is here already.
pub(crate) fn find(workshop: &Workshop) -> Option<WasmToolchain> {
    [WasmToolchain::Active, WasmToolchain::Debian].into_iter().find(|toolchain| has_target(workshop, *toolchain))
}

/// The toolchain with the target, made ready if it is not here yet.
pub(crate) fn provide(workshop: &Workshop) -> Outcome<WasmToolchain> {
    if let Some(toolchain) = find(workshop) {
        return Ok(toolchain);
    }
    let add = || workshop.run(workshop.command("rustup").args(["target", "add", TARGET]));
    let Err(by_rustup) = step(&format!("add {TARGET} by rustup"), add) else { return Ok(WasmToolchain::Active) };
    let name = format!("put together a toolchain for {TARGET} from Debian's packages");
    match step(&name, || from_debian(workshop)) {
        Ok(()) => Ok(WasmToolchain::Debian),
        Err(by_debian) => Err(Failure::new(format!(
            "no way to the target {TARGET}.\nBy rustup: {by_rustup}\nBy Debian's packages: {by_debian}"
        ))),
    }
}

fn has_target(workshop: &Workshop, toolchain: WasmToolchain) -> bool {
    let mut command = toolchain.command(workshop, "rustc");
    command.args(["--print", "target-libdir", "--target", TARGET]);
    let Ok(folder) = workshop.read(&mut command) else { return false };
    let Ok(mut entries) = fs::read_dir(folder.trim()) else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| entry.file_name().as_encoded_bytes().starts_with(b"libcore-")))
}

/// Debian's rustc comes with the sources of the standard library: compile them once for the target, then lay a folder
/// out as rustup expects a toolchain.
fn from_debian(workshop: &Workshop) -> Outcome {
    if !Path::new("/usr/lib/rustlib").join(debian_host()).exists() || workshop.find_program("wasm-ld-22").is_none() {
        system::install_packages(workshop, &DEBIAN_PACKAGES)?;
    }
    let scratch = workshop.cache().join("wasm-std");
    let libraries = compile_standard_library(workshop, &scratch)?;
    let folder = workshop.cache().join("tools").join(DEBIAN_TOOLCHAIN);
    lay_out_toolchain(&folder, &libraries).map_err(Failure::during(folder.display()))?;
    fs::remove_dir_all(&scratch).map_err(Failure::during(scratch.display()))?;
    workshop.run(workshop.command("rustup").args(["toolchain", "link", DEBIAN_TOOLCHAIN]).arg(&folder))
}

/// This machine, as Debian's rustc calls it.
fn debian_host() -> String {
    format!("{}-unknown-linux-gnu", std::env::consts::ARCH)
}

/// The standard library's `.rlib` files, compiled beside an empty crate.
fn compile_standard_library(workshop: &Workshop, scratch: &Path) -> Outcome<Vec<PathBuf>> {
    let source = scratch.join("src");
    fs::create_dir_all(&source)
        .and_then(|()| fs::write(source.join("lib.rs"), "#![no_std]\n"))
        .and_then(|()| {
            let manifest = "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n";
            fs::write(scratch.join("Cargo.toml"), manifest)
        })
        .map_err(Failure::during(scratch.display()))?;
    let mut build = workshop.command("/usr/bin/cargo");
    build.current_dir(scratch);
    build.args(["build", "--release", "-Z", "build-std=std,panic_abort", "--target", TARGET]);
    // Without bitcode a later link-time optimisation finds nothing to optimise.
    build.env("RUSTC_BOOTSTRAP", "1").env("RUSTC", "/usr/bin/rustc").env("RUSTFLAGS", "-Cembed-bitcode=yes");
    build.env("CARGO_TARGET_DIR", scratch.join("target")).env_remove("RUSTUP_TOOLCHAIN");
    workshop.run(&mut build)?;
    let built = scratch.join("target").join(TARGET).join("release").join("deps");
    let entries = fs::read_dir(&built).map_err(Failure::during(built.display()))?;
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    Ok(paths.filter(|path| path.extension().is_some_and(|extension| extension == "rlib")).collect())
}

/// A folder with the libraries, a link to the host's, and two scripts that point Debian's programs at it.
fn lay_out_toolchain(folder: &Path, libraries: &[PathBuf]) -> std::io::Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let rustlib = folder.join("lib").join("rustlib");
    let target = rustlib.join(TARGET).join("lib");
    fs::create_dir_all(&target)?;
    for library in libraries {
        let name = library.file_name().expect("a file that read_dir listed has a name");
        fs::copy(library, target.join(name))?;
    }
    symlink(Path::new("/usr/lib/rustlib").join(debian_host()), rustlib.join(debian_host()))?;
    let programs = folder.join("bin");
    fs::create_dir_all(&programs)?;
    let sysroot = folder.display();
    for (name, script) in [
        ("rustc", format!("#!/bin/sh\nexec /usr/bin/rustc --sysroot '{sysroot}' \"$@\"\n")),
        ("rustdoc", format!("#!/bin/sh\nexec /usr/bin/rustdoc --sysroot '{sysroot}' \"$@\"\n")),
        ("cargo", format!("#!/bin/sh\nRUSTC='{}' exec /usr/bin/cargo \"$@\"\n", programs.join("rustc").display())),
    ] {
        let path = programs.join(name);
        fs::write(&path, script)?;
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_folder_is_laid_out_as_rustup_expects_a_toolchain() {
        let scratch = tempfile::tempdir().unwrap();
        let library = scratch.path().join("libcore-0.rlib");
        fs::write(&library, "library").unwrap();
        let folder = scratch.path().join("toolchain");
        // Twice: what an interrupted run left behind is no hindrance.
        for _ in 0..2 {
            lay_out_toolchain(&folder, std::slice::from_ref(&library)).unwrap();
        }
        let rustlib = folder.join("lib/rustlib");
        assert!(rustlib.join(TARGET).join("lib/libcore-0.rlib").is_file());
        assert!(rustlib.join(debian_host()).is_symlink());
        let mode = fs::metadata(folder.join("bin/rustc")).unwrap().permissions().mode();
        assert_eq!(mode & 0o111, 0o111);
    }
}
