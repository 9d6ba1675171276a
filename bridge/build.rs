//! Lists the built page for `assets.rs`, file by file. Does not build the page: `trunk build` does, into `dist/`.
//!
//! `POPGLASS_PAGE_DIR` names another folder. Where there is no page yet, a placeholder says how to make one.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=POPGLASS_PAGE_DIR");
    let crate_dir = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo sets it for build scripts"));
    let page_dir = match env::var_os("POPGLASS_PAGE_DIR") {
        Some(named) => PathBuf::from(named),
        None => crate_dir.join("..").join("dist"),
    };
    let is_built = page_dir.join("index.html").is_file();
    if !is_built && env::var_os("POPGLASS_PAGE_DIR").is_some() {
        return Err(io::Error::other(format!("POPGLASS_PAGE_DIR: no index.html in {}", page_dir.display())));
    }
    // A path that does not exist would make cargo build the crate anew each time, so only what is there is watched.
    let page_dir = if is_built { page_dir } else { crate_dir.join("src").join("placeholder") };
    let page_dir = page_dir.canonicalize()?;
    println!("cargo::rerun-if-changed={}", page_dir.display());

    let mut files = Vec::new();
    collect(&page_dir, &mut files)?;
    files.sort();
    let mut table =
        String::from("/// The page's files: path and content.\npub(crate) static PAGE: &[(&str, &[u8])] = &[\n");
    for file in &files {
        let relative = file.strip_prefix(&page_dir).expect("collected below it");
        let path = relative.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        writeln!(table, "    ({:?}, include_bytes!({:?})),", format!("/{path}"), file.display().to_string())
            .expect("writing to a string cannot fail");
    }
    table.push_str("];\n");
    let out_dir = PathBuf::from(env::var("OUT_DIR").expect("cargo sets it for build scripts"));
    fs::write(out_dir.join("page.rs"), table)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
