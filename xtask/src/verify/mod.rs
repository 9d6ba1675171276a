//! `cargo xtask verify`: is a page the one that this checkout builds? Reads a folder, or fetches from a host (a bridge is
//! one too), and compares file by file. It cannot know what the host gives to others, or later.

mod compare;
mod fetch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use crate::compress::is_copy;
use crate::page;
use crate::setup::system;
use crate::site::{Bridges, INDEX, sums_of_site};
use crate::step::step;
use crate::sums::{self, Sums, sum};
use crate::workshop::{Failure, Outcome, Workshop};
use compare::{Comparison, Fault, compare};
use fetch::{Coding, fetch};

/// What `verify` can be told.
#[derive(Args)]
pub(crate) struct VerifyOptions {
    /// Where the page is served (a bridge, or any host), or a folder with it
    #[arg(value_name = "URL|FOLDER", required_unless_present = "write_sums")]
    place: Option<String>,
    /// Compare with these published digests, instead of building the page
    #[arg(long, value_name = "FILE")]
    sums: Option<PathBuf>,
    /// Write the digests of the page as built to this file, to be published: they fit whatever bridges a site names
    #[arg(long, value_name = "FILE", conflicts_with = "sums")]
    write_sums: Option<PathBuf>,
}

/// Compares, and tells; a difference is a failure.
pub(crate) fn verify(workshop: &Workshop, options: &VerifyOptions) -> Outcome<ExitCode> {
    let built = match &options.sums {
        Some(path) => {
            let text = fs::read_to_string(path).map_err(Failure::during(path.display()))?;
            sums::read(&text).map_err(Failure::during(path.display()))?
        }
        None => {
            page::build_page(workshop)?;
            sums::of_folder(&workshop.dist())?
        }
    };
    if let Some(path) = &options.write_sums {
        fs::write(path, sums::write(&built)).map_err(Failure::during(path.display()))?;
    }
    let Some(place) = &options.place else { return Ok(ExitCode::SUCCESS) };
    let (found, expected, bridges) = if place.starts_with("http://") || place.starts_with("https://") {
        system::provide(workshop, &[system::CURL])?;
        // A host shows compressed copies as encodings only, so those have no name there.
        let served: Sums = built.into_iter().filter(|(name, _)| !is_copy(name)).collect();
        let (found, index) = step(&format!("fetch {place}"), || fetch_all(workshop, place, &served))?;
        let of_site = sums_of_site(&served, &index);
        let names = served.clone();
        let (mut expected, bridges) = of_site.map_or((served, None), |(sums, bridges)| (sums, Some(bridges)));
        // What lies beside the page's files is for the host.
        expected.retain(|name, _| names.contains_key(name));
        (found, expected, bridges)
    } else {
        let folder = Path::new(place);
        let index = fs::read_to_string(folder.join(INDEX)).map_err(Failure::during(folder.join(INDEX).display()))?;
        let of_site = sums_of_site(&built, &index);
        let (expected, bridges) = of_site.map_or((built, None), |(sums, bridges)| (sums, Some(bridges)));
        (sums::of_folder(folder)?, expected, bridges)
    };
    Ok(tell(&compare(&expected, &found), bridges.as_ref()))
}

/// The lines for a person, and the answer for a program.
fn tell(comparison: &Comparison, bridges: Option<&Bridges>) -> ExitCode {
    for (name, fault) in &comparison.faults {
        let words = match fault {
            Fault::Differs => "differs",
            Fault::Missing => "missing",
            Fault::More => "more   ",
        };
        println!("  {words}  {name}");
    }
    if let Some(bridges) = bridges {
        let named = if bridges.tunnels.is_empty() { "its own host".to_owned() } else { bridges.tunnels.join(" ") };
        let any = if bridges.any { ", and any that the user names" } else { "" };
        println!("  bridges: {named}{any}. The policy in the page is the one that goes with them.");
    }
    let Comparison { same, faults } = comparison;
    if faults.is_empty() {
        println!("This is the built page: all {same} files are the same.");
        return ExitCode::SUCCESS;
    }
    println!("This is NOT the built page: {same} files are the same, {} are not.", faults.len());
    println!("(Another version of the sources, or of the compiler in rust-toolchain.toml, gives another page, too.)");
    ExitCode::FAILURE
}

/// Fetches every file; gives the digests of what is there, and the page's own document.
fn fetch_all(workshop: &Workshop, place: &str, served: &Sums) -> Outcome<(Sums, String)> {
    let base = if place.ends_with('/') { place.to_owned() } else { format!("{place}/") };
    let (mut found, mut index) = (Sums::new(), String::new());
    for name in served.keys() {
        // The page itself is asked for as browsers do.
        let url = if name == INDEX { base.clone() } else { format!("{base}{name}") };
        let plain = fetch(workshop, &url, Coding::Identity)?;
        let compressed = fetch(workshop, &url, Coding::Compressed)?;
        if name == INDEX || name.ends_with("_loader.js") {
            let policy = plain.header("content-security-policy").unwrap_or("none");
            println!("    policy in the header of {name}: {policy}");
        }
        if plain.status != 200 || compressed.status != 200 {
            println!("    {name}: the answer is {} (compressed: {})", plain.status, compressed.status);
            continue;
        }
        if name == INDEX {
            index = String::from_utf8_lossy(&compressed.body).into_owned();
        }
        let (sum, other) = (sum(&plain.body), sum(&compressed.body));
        // Two forms of which one may be right are not the built file.
        found.insert(name.clone(), if sum == other { sum } else { format!("{sum} or {other}") });
    }
    Ok((found, index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_page_that_is_the_built_one_is_a_success() {
        let comparison = |faults: &[(&str, Fault)]| Comparison {
            same: 2,
            faults: faults.iter().map(|(name, fault)| ((*name).to_owned(), *fault)).collect(),
        };
        assert_eq!(tell(&comparison(&[]), None), ExitCode::SUCCESS);
        assert_eq!(tell(&comparison(&[]), Some(&Bridges::default())), ExitCode::SUCCESS);
        for fault in [Fault::Differs, Fault::Missing, Fault::More] {
            assert_eq!(tell(&comparison(&[("a.js", fault)]), None), ExitCode::FAILURE);
        }
    }
}
