//! Programs that come from crates.io, each pinned to one version. A program of that version on PATH is taken as it is;
//! else it is built once into a folder of its own below the user's cache, so that ~/.cargo/bin stays as it was.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop};

/// One pinned program.
pub(crate) struct Tool {
    program: &'static str,
    package: &'static str,
    version: &'static str,
    /// Whether the package's own lock file is followed. wasm-bindgen-cli's is not: it can name a version of a
    /// dependency that a registry mirror does not have yet.
    locked: bool,
    /// What the program is needed for.
    pub(crate) purpose: &'static str,
}

/// Builds the page out of `index.html`.
pub(crate) const TRUNK: Tool =
    Tool { program: "trunk", package: "trunk", version: "0.21.14", locked: true, purpose: "builds the page" };

/// Joins WebAssembly and JavaScript; must equal the crate's version.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    program: "wasm-bindgen",
    package: "wasm-bindgen-cli",
    version: "0.2.130",
    locked: false,
    purpose: "joins WebAssembly and JavaScript",
};

/// Checks licences, bans and sources of the dependencies.
pub(crate) const CARGO_DENY: Tool = Tool {
    program: "cargo-deny",
    package: "cargo-deny",
    version: "0.20.2",
    locked: true,
    purpose: "checks the dependencies' licences and sources (test only)",
};

/// Every tool there is.
pub(crate) const ALL: [&Tool; 3] = [&TRUNK, &WASM_BINDGEN, &CARGO_DENY];

impl Tool {
    /// `trunk 0.21.14`.
    pub(crate) fn title(&self) -> String {
        format!("{} {}", self.program, self.version)
    }

    /// Where the program lies once we have built it.
    pub(crate) fn programs_folder(&self, workshop: &Workshop) -> PathBuf {
        self.folder(workshop).join("bin")
    }

    /// The program in its pinned version, if it is here already.
    pub(crate) fn find(&self, workshop: &Workshop) -> Option<PathBuf> {
        let path = workshop.find_program(self.program)?;
        let found = version_of(&path)?;
        (found == self.version).then_some(path)
    }

    /// What would be typed to install it by hand.
    pub(crate) fn install_line(&self) -> String {
        let locked = if self.locked { " --locked" } else { "" };
        format!("cargo install {} --version {}{locked}", self.package, self.version)
    }

    fn install(&self, workshop: &Workshop) -> Outcome {
        let mut command = workshop.command("cargo");
        command.args(["install", self.package, "--version", self.version, "--force", "--root"]);
        command.arg(self.folder(workshop));
        if self.locked {
            command.arg("--locked");
        }
        // Run a few times and never in a hurry: what counts is how soon it is there.
        command
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_TARGET_DIR", build_folder(workshop));
        workshop
            .run(&mut command)
            .map_err(|failure| Failure::new(format!("{failure}\nBy hand it would be: {}", self.install_line())))?;
        match self.find(workshop) {
            Some(_) => Ok(()),
            None => Err(Failure::new(format!("{} was installed, but does not answer with its version", self.title()))),
        }
    }

    fn folder(&self, workshop: &Workshop) -> PathBuf {
        workshop.cache().join("tools").join(format!("{}-{}", self.program, self.version))
    }
}

/// Builds those of the tools that are not here yet.
pub(crate) fn provide(workshop: &Workshop, tools: &[&Tool]) -> Outcome {
    let missing: Vec<_> = tools.iter().filter(|tool| tool.find(workshop).is_none()).collect();
    for tool in &missing {
        step(&format!("install {}", tool.title()), || tool.install(workshop))?;
    }
    // The tools share what they have in common while they are built; afterwards it is some hundred megabytes of nothing.
    let leftovers = build_folder(workshop);
    if leftovers.exists() {
        fs::remove_dir_all(&leftovers).map_err(Failure::during(leftovers.display()))?;
    }
    Ok(())
}

fn build_folder(workshop: &Workshop) -> PathBuf {
    workshop.cache().join("build")
}

/// The version a program gives of itself.
fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok().filter(|output| output.status.success())?;
    version_in(&String::from_utf8_lossy(&output.stdout)).map(str::to_owned)
}

fn version_in(answer: &str) -> Option<&str> {
    answer.split_whitespace().find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_toml(name: &str) -> toml::Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name);
        fs::read_to_string(path).unwrap().parse().unwrap()
    }

    #[test]
    fn wasm_bindgen_has_one_version_in_the_crate_in_trunk_and_here() {
        let crates = read_toml("Cargo.toml");
        let pinned = format!("={}", WASM_BINDGEN.version);
        assert_eq!(crates["workspace"]["dependencies"]["wasm-bindgen"].as_str(), Some(pinned.as_str()));
        let trunk = read_toml("Trunk.toml");
        assert_eq!(trunk["tools"]["wasm_bindgen"].as_str(), Some(WASM_BINDGEN.version));
        assert_eq!(trunk["trunk-version"].as_str(), Some(TRUNK.version));
    }

    #[test]
    fn a_version_is_found_in_what_programs_answer() {
        let check = |answer, version| assert_eq!(version_in(answer), version);
        check("trunk 0.21.14\n", Some("0.21.14"));
        check("wasm-bindgen 0.2.130 (abcdef)\n", Some("0.2.130"));
        check("", None);
    }
}
