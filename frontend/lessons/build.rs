//! Gathers the lessons, a folder each, and refuses to build if one is broken or lacks a language.

// The build needs the types and their checks, not all that the crate does with them.
#[expect(dead_code, unreachable_pub, unused_imports, reason = "the crate uses the rest")]
#[path = "src/format/mod.rs"]
mod format;

use std::{env, fmt::Write as _, fs, path::Path};

use format::{Plan, Texts};

/// The languages of the page.
const LANGUAGES: [&str; 2] = ["en", "de"];

fn main() {
    println!("cargo::rerun-if-changed=lessons");
    println!("cargo::rerun-if-changed=src/format");
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("lessons");
    let mut names: Vec<String> = fs::read_dir(&root)
        .expect("the folder of lessons is there")
        .map(|entry| entry.expect("it can be listed").file_name().into_string().expect("names are ASCII"))
        .collect();
    names.sort();
    let mut source = String::from("static SOURCES: &[Source] = &[\n");
    for name in &names {
        let folder = root.join(name);
        if let Err(flaw) = check(&folder) {
            panic!("lesson {name}: {flaw}");
        }
        let (number, slug) = name.split_once('-').expect("a lesson's folder is called NUMBER-WORD");
        let number: u32 = number.parse().expect("a lesson's folder begins with its number");
        // From where the crate is when it is compiled: the build's folder may be older, and know another place.
        let file =
            |file: &str| format!("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/lessons/{name}/{file}\"))");
        writeln!(
            source,
            "    Source {{ number: {number}, slug: {slug:?}, plan: {}, english: {}, german: {} }},",
            file("lesson.toml"),
            file("en.toml"),
            file("de.toml"),
        )
        .expect("writing to a string");
    }
    source.push_str("];\n");
    let out = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(Path::new(&out).join("sources.rs"), source).expect("the build's folder can be written");
}

fn check(folder: &Path) -> Result<(), String> {
    let read = |file: &str| fs::read_to_string(folder.join(file)).map_err(|error| format!("{file}: {error}"));
    let plan = Plan::parse(&read("lesson.toml")?).map_err(|flaw| format!("lesson.toml: {flaw}"))?;
    for language in LANGUAGES {
        let file = format!("{language}.toml");
        Texts::parse(&read(&file)?, &plan).map_err(|flaw| format!("{file}: {flaw}"))?;
    }
    Ok(())
}
