//! Where things are, and how other programs are called: the project's folder, the build folder, the tools' folder, the
//! PATH. It does not know what the programs do.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

use crate::setup::tools;

/// Why a task could not be done, in words for the person who typed the command.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// What every task returns.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// For `map_err`: the operating system's reason, with what was being done.
    pub(crate) fn during<E: fmt::Display>(what: impl fmt::Display) -> impl FnOnce(E) -> Self {
        move |error| Self(format!("{what}: {error}"))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The project's folders, and the surroundings in which its tools run.
pub(crate) struct Workshop {
    root: PathBuf,
    target: PathBuf,
    cache: PathBuf,
}

impl Workshop {
    pub(crate) fn open() -> Outcome<Self> {
        // Cargo says where this crate lies, at run time: a checkout may have moved since it was compiled.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest)
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| Failure::new("start this with `cargo xtask …` in the project's folder"))?;
        let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self { root, target, cache: cache_folder()? })
    }

    /// The project's folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Cargo's build folder.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// The user's folder for what may be lost: tools, and what they are built from.
    pub(crate) fn cache(&self) -> &Path {
        &self.cache
    }

    /// The folder of the built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The bridge as `demo` and the tests run it.
    pub(crate) fn bridge_program(&self) -> PathBuf {
        self.target.join("native").join("popglass-bridge")
    }

    /// The client for the command line as the tests run it: built without optimisation, which takes minutes.
    pub(crate) fn pop3_program(&self) -> PathBuf {
        self.target.join("debug").join("examples").join("pop3")
    }

    /// A program to be run in the project's folder, with the project's own tools first on PATH.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("PATH", self.search_path());
        command
    }

    /// Runs a program to its end, its output going where ours goes.
    pub(crate) fn run(&self, command: &mut Command) -> Outcome {
        let status = command.status().map_err(Failure::during(command.get_program().display()))?;
        if status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("`{}` failed ({status})", in_words(command))))
    }

    /// Runs a program for its standard output; its complaints are part of the failure.
    pub(crate) fn read(&self, command: &mut Command) -> Outcome<String> {
        let output = command.output().map_err(Failure::during(command.get_program().display()))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(Failure::new(format!("`{}` failed ({}): {}", in_words(command), output.status, complaint.trim())))
    }

    /// Where a program lies, if it is there.
    pub(crate) fn find_program(&self, name: &str) -> Option<PathBuf> {
        if name.starts_with('/') {
            return Some(PathBuf::from(name)).filter(|path| path.exists());
        }
        // Servers live in `sbin`, which the PATH of an ordinary user leaves out.
        let more = ["/usr/local/sbin", "/usr/sbin", "/snap/bin"].map(PathBuf::from);
        env::split_paths(&self.search_path()).chain(more).map(|folder| folder.join(name)).find(|path| path.is_file())
    }

    fn search_path(&self) -> OsString {
        let usual = env::var_os("PATH").unwrap_or_default();
        let folders = tools::ALL.iter().map(|tool| tool.programs_folder(self)).chain(env::split_paths(&usual));
        env::join_paths(folders).unwrap_or(usual)
    }
}

/// A digest of files by content and by name inside `base`: the same in every checkout, wherever it lies.
pub(crate) fn fingerprint(base: &Path, files: &[PathBuf]) -> Outcome<String> {
    let mut hasher = Sha256::new();
    for file in files {
        let content = fs::read(file).map_err(Failure::during(file.display()))?;
        for part in [name_in(base, file).as_bytes(), &content] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        }
    }
    let mut digest = in_hexadecimal(&hasher.finalize());
    digest.truncate(FINGERPRINT_DIGITS);
    Ok(digest)
}

/// Enough to tell builds apart.
const FINGERPRINT_DIGITS: usize = 16;

/// Octets as lower-case digits.
pub(crate) fn in_hexadecimal(octets: &[u8]) -> String {
    octets.iter().map(|octet| format!("{octet:02x}")).collect()
}

/// A path inside a folder, with slashes.
pub(crate) fn name_in(folder: &Path, file: &Path) -> String {
    let relative = file.strip_prefix(folder).unwrap_or(file);
    relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Every file below a folder in a fixed order; a folder that is not there has none. Hidden files are left out.
pub(crate) fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::during(folder.display())(error)),
    };
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<Vec<_>>>()
        .map_err(Failure::during(folder.display()))?;
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        if path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b".")) {
            continue;
        }
        if path.is_dir() {
            files.extend(files_below(&path)?);
        } else {
            files.push(path);
        }
    }
    Ok(files)
}

/// `${XDG_CACHE_HOME:-~/.cache}/popglass`.
fn cache_folder() -> Outcome<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_CACHE_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".cache")))
        .map(|cache| cache.join("popglass"))
        .ok_or_else(|| Failure::new("neither HOME nor XDG_CACHE_HOME is set: there is no place for the tools"))
}

/// The command as one would type it.
fn in_words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_changes_with_content_and_name_and_with_nothing_else() {
        let fingerprint_of = |name: &str, content: &str| {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("below").join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, content).unwrap();
            let files = files_below(folder.path()).unwrap();
            assert_eq!(files, [file]);
            fingerprint(folder.path(), &files).unwrap()
        };
        let first = fingerprint_of("a", "one");
        assert_eq!(first.len(), FINGERPRINT_DIGITS);
        assert_eq!(fingerprint_of("a", "one"), first, "in another folder");
        assert_ne!(fingerprint_of("a", "two"), first);
        assert_ne!(fingerprint_of("b", "one"), first);
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_files() {
        let folder = tempfile::tempdir().unwrap();
        assert!(files_below(&folder.path().join("nothing")).unwrap().is_empty());
    }

    #[test]
    fn a_command_is_told_as_one_would_type_it() {
        assert_eq!(in_words(Command::new("cargo").args(["build", "--release"])), "cargo build --release");
    }
}
