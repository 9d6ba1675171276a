//! The C compiler for the page's target: ring, the cryptography of TLS in the page, is partly C. Any clang that knows
//! WebAssembly will do, with the archiver that belongs to it; Debian's is installed where there is none. It does not know
//! what is compiled.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::system::{self, Requirement, WASM_C};
use crate::workshop::{Failure, Outcome, Workshop};

/// Where the crate `cc` looks for compiler and archiver of the target; whoever has set them is not overruled.
const COMPILER_VARIABLE: &str = "CC_wasm32_unknown_unknown";
const ARCHIVER_VARIABLE: &str = "AR_wasm32_unknown_unknown";

/// Versions that are looked for by their number, as Debian names them.
const CLANG_VERSIONS: std::ops::RangeInclusive<u32> = 14..=40;

/// How clang calls the target's architecture.
const ARCHITECTURE: &str = "wasm32";

/// A compiler and an archiver that know WebAssembly.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct WasmC {
    compiler: PathBuf,
    archiver: PathBuf,
}

impl WasmC {
    /// Lets a command and all that it calls find them.
    pub(crate) fn apply(&self, command: &mut Command) {
        for (variable, path) in [(COMPILER_VARIABLE, &self.compiler), (ARCHIVER_VARIABLE, &self.archiver)] {
            if env::var_os(variable).is_none() {
                command.env(variable, path);
            }
        }
    }
}

/// Both, if they are here.
pub(crate) fn find(workshop: &Workshop) -> Option<WasmC> {
    Some(WasmC { compiler: find_compiler(workshop)?, archiver: find_archiver(workshop)? })
}

/// A clang that knows WebAssembly: the plain one, else the newest.
pub(crate) fn find_compiler(workshop: &Workshop) -> Option<PathBuf> {
    if let Some(named) = env::var_os(COMPILER_VARIABLE) {
        return Some(named.into());
    }
    let mut candidates = names("clang").into_iter().filter_map(|name| workshop.find_program(&name));
    candidates.find(|path| {
        let targets = workshop.read(workshop.command(path).arg("--print-targets"));
        targets.is_ok_and(|targets| knows_architecture(&targets))
    })
}

/// The archiver: best the one that belongs to the compiler.
pub(crate) fn find_archiver(workshop: &Workshop) -> Option<PathBuf> {
    if let Some(named) = env::var_os(ARCHIVER_VARIABLE) {
        return Some(named.into());
    }
    let compiler = find_compiler(workshop);
    let beside = compiler.as_deref().and_then(archiver_beside);
    let anywhere = names("llvm-ar");
    beside.into_iter().chain(anywhere).find_map(|name| workshop.find_program(&name))
}

/// Compiler and archiver, installed if they are not here yet.
pub(crate) fn provide(workshop: &Workshop) -> Outcome {
    let [compiler, archiver] = &WASM_C;
    let missing = |requirement: &'static Requirement, found: Option<PathBuf>| found.is_none().then_some(requirement);
    let look = || {
        [missing(compiler, find_compiler(workshop)), missing(archiver, find_archiver(workshop))]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
    };
    let packages: Vec<_> = look().iter().map(|requirement| requirement.package).collect();
    if packages.is_empty() {
        return Ok(());
    }
    let installed = system::install_packages(workshop, &packages);
    if look().is_empty() {
        return Ok(());
    }
    let why = installed.err().map_or_else(String::new, |failure| format!("\n{failure}"));
    let titles: Vec<_> = look().iter().map(|requirement| requirement.title).collect();
    Err(Failure::new(format!(
        "TLS in the page needs {}: any clang that names {ARCHITECTURE} in `clang --print-targets`, with its llvm-ar. \
         Where they are in an unusual place, name them in {COMPILER_VARIABLE} and {ARCHIVER_VARIABLE}.{why}",
        titles.join(" and ")
    )))
}

/// The program's plain name, then with each version's number, newest first.
fn names(program: &str) -> Vec<String> {
    let numbered = CLANG_VERSIONS.rev().map(|version| format!("{program}-{version}"));
    std::iter::once(program.to_owned()).chain(numbered).collect()
}

/// `llvm-ar-22` for `clang-22`.
fn archiver_beside(compiler: &Path) -> Option<String> {
    let version = compiler.file_name()?.to_str()?.strip_prefix("clang-")?;
    Some(format!("llvm-ar-{version}"))
}

/// By the lines of `clang --print-targets`: a name, a dash, a description.
fn knows_architecture(targets: &str) -> bool {
    targets.lines().any(|line| line.split_whitespace().next() == Some(ARCHITECTURE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clang_that_knows_webassembly_is_told_from_one_that_does_not() {
        let check = |targets, knows| assert_eq!(knows_architecture(targets), knows, "{targets}");
        check("  Registered Targets:\n    wasm32     - WebAssembly 32-bit\n    x86-64     - 64-bit X86\n", true);
        check("  Registered Targets:\n    arm64      - ARM64\n    x86-64     - wasm32 in words\n", false);
        check("", false);
    }

    #[test]
    fn the_archiver_belongs_to_the_compiler() {
        let check =
            |compiler, archiver: Option<&str>| assert_eq!(archiver_beside(Path::new(compiler)).as_deref(), archiver);
        check("/usr/bin/clang-22", Some("llvm-ar-22"));
        check("/usr/bin/clang", None);
    }

    #[test]
    fn the_plain_name_is_tried_first_and_then_the_newest() {
        let names = names("clang");
        assert_eq!(names.first().map(String::as_str), Some("clang"));
        assert_eq!(names.get(1), Some(&format!("clang-{}", CLANG_VERSIONS.end())));
        for requirement in &WASM_C {
            let version = requirement.package.rsplit('-').next().unwrap();
            assert!(CLANG_VERSIONS.contains(&version.parse().unwrap()), "{}", requirement.package);
        }
    }
}
