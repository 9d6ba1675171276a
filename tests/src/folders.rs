//! Where the tests find things and leave things. Knows only paths.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// The root of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests live one folder below the root").to_owned()
}

/// A folder under `target`, made if it is not there.
///
/// # Panics
/// If it cannot be made.
#[must_use]
pub fn target(name: &str) -> PathBuf {
    let root =
        env::var_os("CARGO_TARGET_DIR").map_or_else(|| workspace().join("target"), |folder| workspace().join(folder));
    let folder = root.join(name);
    fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("cannot make {}: {error}", folder.display()));
    folder
}

/// The bridge to test: what the environment names, else the newer of what was built.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn bridge_binary() -> PathBuf {
    built(
        "POPGLASS_BRIDGE_BIN",
        "popglass-bridge",
        "no bridge was built: run `cargo build --profile native -p popglass-bridge` after `trunk build`",
    )
}

/// The client for the command line to test: what the environment names, else the newer of what was built.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn pop3_program() -> PathBuf {
    built(
        "POPGLASS_POP3_BIN",
        "examples/pop3",
        "no client was built: run `cargo build -p popglass-protocol --features sasl --example pop3`",
    )
}

/// What lays a site out: xtask itself, as the environment names it, else as it was built.
///
/// # Panics
/// If there is none.
#[must_use]
pub fn xtask_binary() -> PathBuf {
    built("POPGLASS_XTASK_BIN", "popglass-xtask", "no xtask was built: run `cargo build -p popglass-xtask`")
}

fn built(variable: &str, name: &str, advice: &str) -> PathBuf {
    if let Some(path) = env::var_os(variable) {
        return PathBuf::from(path);
    }
    ["native", "debug"]
        .iter()
        .map(|profile| target(profile).join(name))
        .filter_map(|path| Some((path.metadata().ok()?.modified().ok()?, path)))
        .max()
        .map(|(_, path)| path)
        .expect(advice)
}

/// The source of axe-core, as tests/requirements.txt pins it.
///
/// # Panics
/// If it was not installed.
#[must_use]
pub fn axe_source() -> String {
    let path = env::var_os("POPGLASS_AXE")
        .map_or_else(|| target("axe").join("axe_playwright_python/axe.min.js"), PathBuf::from);
    fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!(
            "no axe-core at {}: {error}; run `python3 -m pip install --no-deps --only-binary :all: \
             --require-hashes --target target/axe -r tests/requirements.txt`",
            path.display()
        )
    })
}
