//! Every file is part of something: a module whose name nobody writes is never compiled, and a test in it never run.
//! Knows names, not what is in the files but for `mod NAME;`.

use std::fs;
use std::path::{Path, PathBuf};

/// The files that begin a module of their own folder.
const ROOTS: [&str; 3] = ["main", "lib", "mod"];

/// Whether a module above this file says its name; also where none is above it, since then it is a program of its own.
pub(super) fn is_named(path: &Path) -> bool {
    let Some((folder, name)) = place(path) else { return true };
    let above: Vec<PathBuf> = ROOTS
        .iter()
        .map(|root| folder.join(root).with_extension("rs"))
        .chain([folder.with_extension("rs")])
        .filter(|file| file.is_file() && file != path)
        .collect();
    // By its name, or by a path where a feature decides between two files.
    let (named, pathed) = (format!("mod {name};"), format!("{name}.rs\""));
    let names = |text: &str| text.lines().any(|code| code.ends_with(&named) || code.contains(&pathed));
    above.is_empty() || above.iter().any(|file| fs::read_to_string(file).is_ok_and(|text| names(&text)))
}

/// The folder in which its module stands, and the module's name.
fn place(path: &Path) -> Option<(&Path, &str)> {
    let (stem, folder) = (path.file_stem()?.to_str()?, path.parent()?);
    match stem {
        "main" | "lib" => None,
        "mod" => Some((folder.parent()?, folder.file_name()?.to_str()?)),
        _ => Some((folder, stem)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_no_module_names_is_found() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = [
            ("src/main.rs", "//! Begins.\nmod good;\npub(crate) mod folder;\n"),
            ("src/good.rs", "mod below;"),
            ("src/lost.rs", ""),
            ("src/good/below.rs", ""),
            ("src/good/lost.rs", ""),
            ("src/folder/mod.rs", "#[cfg(test)]\nmod inside;"),
            ("src/folder/inside.rs", ""),
            ("src/other/mod.rs", ""),
            ("tests/alone.rs", ""),
        ];
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
            fs::write(&path, text).expect("a file");
        }
        let lost: Vec<&str> =
            files.iter().map(|(name, _)| *name).filter(|name| !is_named(&folder.path().join(name))).collect();
        assert_eq!(lost, ["src/lost.rs", "src/good/lost.rs", "src/other/mod.rs"]);
    }
}
