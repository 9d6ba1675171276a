//! The compiler's flags of the page: those of `.cargo/config.toml`, and what makes a build the same wherever the checkout
//! and the user's folders lie. Without it, panic messages carry the paths of the machine that built them.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::setup::wasm_target::{TARGET, WasmToolchain};
use crate::workshop::{Failure, Outcome, Workshop};

/// How `CARGO_ENCODED_RUSTFLAGS` keeps flags apart.
const SEPARATOR: &str = "\u{1f}";

/// The flags as cargo reads them from `CARGO_ENCODED_RUSTFLAGS`, which takes the place of those in any settings file:
/// also of the user's own, so that they do not change the page either.
pub(super) fn encoded(workshop: &Workshop, toolchain: WasmToolchain) -> Outcome<OsString> {
    let settings = workshop.root().join(".cargo").join("config.toml");
    let text = fs::read_to_string(&settings).map_err(Failure::during(settings.display()))?;
    let mut flags: Vec<OsString> =
        of_settings(&text).map_err(Failure::during(settings.display()))?.into_iter().map(OsString::from).collect();
    let sysroot = workshop.read(toolchain.command(workshop, "rustc").args(["--print", "sysroot"]))?;
    let cargo_home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    // The last that fits counts: the build folder mostly lies in the project's.
    let places = [
        (Some(workshop.root().to_path_buf()), "/popglass"),
        (Some(workshop.target().to_path_buf()), "/popglass/target"),
        (cargo_home, "/cargo"),
        (Some(Path::new(sysroot.trim()).join("lib/rustlib/src/rust")), "/rust"),
    ];
    for (place, name) in places {
        let Some(place) = place else { continue };
        // Both ways to write it: compilers resolve links in some places and not in others.
        let resolved = place.canonicalize().unwrap_or_else(|_| place.clone());
        for path in [&place, &resolved] {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(path);
            flag.push("=");
            flag.push(name);
            if !flags.contains(&flag) {
                flags.push(flag);
            }
        }
    }
    Ok(flags.join(SEPARATOR.as_ref()))
}

#[derive(Deserialize)]
struct Settings {
    target: std::collections::BTreeMap<String, TargetSettings>,
}

#[derive(Deserialize)]
struct TargetSettings {
    rustflags: Vec<String>,
}

/// The flags that cargo's settings file gives to the page's target.
fn of_settings(text: &str) -> Result<Vec<String>, String> {
    let mut settings: Settings = toml::from_str(text).map_err(|error| error.to_string())?;
    let target = settings.target.remove(TARGET).ok_or_else(|| format!("no flags for {TARGET}"))?;
    Ok(target.rustflags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flags_of_the_settings_file_are_kept_and_places_are_renamed() {
        let workshop = Workshop::open().unwrap();
        let text = fs::read_to_string(workshop.root().join(".cargo/config.toml")).unwrap();
        let written = of_settings(&text).unwrap();
        assert!(written.iter().any(|flag| flag.contains("erase_components")), "{written:?}");

        let encoded = encoded(&workshop, WasmToolchain::Active).unwrap().into_string().unwrap();
        let flags: Vec<&str> = encoded.split(SEPARATOR).collect();
        assert_eq!(flags[..written.len()], written);
        let root = format!("--remap-path-prefix={}=/popglass", workshop.root().display());
        assert!(flags.contains(&root.as_str()), "{flags:?}");
        for flag in &flags[written.len()..] {
            assert!(flag.starts_with("--remap-path-prefix=/"), "{flag}");
        }
    }

    #[test]
    fn a_settings_file_without_the_pages_flags_is_said() {
        assert!(of_settings("").is_err());
        assert!(of_settings("[target.x86_64-unknown-linux-gnu]\nrustflags = []\n").is_err());
    }
}
