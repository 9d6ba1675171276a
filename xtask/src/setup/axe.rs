//! axe-core, which looks for barriers in the page: one JavaScript file, taken from a pinned Python package so that the
//! tests need no Node. It does not know what is looked at.

use std::path::PathBuf;

use super::system;
use crate::step::step;
use crate::workshop::{Failure, Outcome, Workshop, fingerprint};

/// The script inside the package.
const SCRIPT: &str = "axe_playwright_python/axe.min.js";

/// The script, if it is here in the version that the tests pin.
pub(crate) fn find(workshop: &Workshop) -> Option<PathBuf> {
    let script = folder(workshop).ok()?.join(SCRIPT);
    script.is_file().then_some(script)
}

/// The script; fetched by pip, which checks the digest, if it is not here yet.
pub(crate) fn provide(workshop: &Workshop) -> Outcome<PathBuf> {
    if let Some(script) = find(workshop) {
        return Ok(script);
    }
    let mut pip = workshop.command("python3");
    if workshop.read(pip.args(["-m", "pip", "--version"])).is_err() {
        system::install_packages(workshop, &["python3", "python3-pip"])?;
    }
    step("fetch axe-core by pip", || {
        let mut install = workshop.command("python3");
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--root-user-action",
            "ignore",
        ]);
        install
            .args(["--no-deps", "--only-binary", ":all:", "--require-hashes", "--upgrade", "--target"])
            .arg(folder(workshop)?);
        workshop.run(install.arg("--requirement").arg(requirements(workshop)))
    })?;
    find(workshop).ok_or_else(|| Failure::new(format!("the package of axe-core has no {SCRIPT}")))
}

fn requirements(workshop: &Workshop) -> PathBuf {
    workshop.root().join("tests").join("requirements.txt")
}

/// A folder for each version of the list: a new pin is another folder.
fn folder(workshop: &Workshop) -> Outcome<PathBuf> {
    let version = fingerprint(workshop.root(), &[requirements(workshop)])?;
    Ok(workshop.cache().join("tools").join(format!("axe-{version}")))
}
