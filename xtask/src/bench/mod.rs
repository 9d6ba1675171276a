//! `cargo xtask bench`: measures what the design promises, writes the numbers to target/bench, and fails when a promise
//! is broken. It does not know why a number is what it is.

mod instructions;
mod protocol;
mod table;
mod tls;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::compress::{copy_of, is_compressible};
use crate::page;
use crate::step::step;
use crate::test;
use crate::workshop::{Failure, Outcome, Workshop, files_below, name_in};

/// 1 KB is 1,024 octets here.
const KILOBYTE_OCTETS: u64 = 1024;
/// Everything that travels until the first screen works, as brotli.
const FIRST_VIEW_OCTETS_MAX: u64 = 350 * KILOBYTE_OCTETS;
/// The code of the main thread that travels until then, as brotli.
const MAIN_THREAD_OCTETS_MAX: u64 = 250 * KILOBYTE_OCTETS;
/// What travels when somebody opens the console, as brotli.
const CONSOLE_OCTETS_MAX: u64 = 200 * KILOBYTE_OCTETS;

/// What `bench` can be told.
#[derive(Args)]
pub(crate) struct BenchOptions {
    /// One measurement only; without it, all
    measurement: Option<Measurement>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Measurement {
    /// The page's files, raw and compressed (target/bench/size.json)
    Size,
    /// Round trips from `Open` to the first rows of a mailbox (target/bench/roundtrips.json)
    Roundtrips,
    /// The protocol crate beside other clients and the machine's limits (target/bench/protocol.json, docs/benchmarks.md)
    Protocol,
    /// TLS in the page beside TLS in the bridge (target/bench/tls.json, docs/benchmarks.md)
    Tls,
}

/// Runs one measurement, or all; a broken promise of one does not keep the others from being measured.
pub(crate) fn bench(workshop: &Workshop, options: &BenchOptions) -> Outcome {
    let folder = workshop.target().join("bench");
    fs::create_dir_all(&folder).map_err(Failure::during(folder.display()))?;
    let wanted = |measurement| options.measurement.is_none_or(|only| only == measurement);
    if [Measurement::Size, Measurement::Roundtrips, Measurement::Tls].into_iter().any(wanted) {
        page::build(workshop)?;
    }
    let sizes = if wanted(Measurement::Size) { size(workshop, &folder.join("size.json")) } else { Ok(()) };
    if wanted(Measurement::Roundtrips) {
        step("measure round trips", || test::run_bench(workshop, "roundtrips"))?;
        println!("    written to {}", folder.join("roundtrips.json").display());
    }
    let protocol = if wanted(Measurement::Protocol) { protocol::measure(workshop, &folder) } else { Ok(()) };
    let tls = if wanted(Measurement::Tls) { tls::measure(workshop, &folder) } else { Ok(()) };
    sizes.and(protocol).and(tls)
}

/// What target/bench/size.json holds.
#[derive(Serialize)]
struct SizeReport {
    first_view_brotli_octets: u64,
    first_view_brotli_octets_max: u64,
    main_thread_brotli_octets: u64,
    main_thread_brotli_octets_max: u64,
    console_brotli_octets: u64,
    console_brotli_octets_max: u64,
    parts: BTreeMap<String, Part>,
}

/// One file of the page. A file that is not compressed travels as it is: all three sizes are the same.
#[derive(Serialize)]
struct Part {
    when: When,
    main_thread: bool,
    raw_octets: u64,
    gzip_octets: u64,
    brotli_octets: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum When {
    FirstView,
    Later,
}

fn size(workshop: &Workshop, report_file: &Path) -> Outcome {
    let report = measure(&workshop.dist())?;
    let text = serde_json::to_string_pretty(&report).map_err(Failure::during("size report"))?;
    fs::write(report_file, text + "\n").map_err(Failure::during(report_file.display()))?;
    println!("{:>9} {:>9} {:>9}  file", "raw", "gzip", "brotli");
    for (name, part) in &report.parts {
        let note = if part.when == When::Later { " (later)" } else { "" };
        println!("{:>9} {:>9} {:>9}  {name}{note}", part.raw_octets, part.gzip_octets, part.brotli_octets);
    }
    println!("written to {}", report_file.display());
    let first_view = promise("the first view", report.first_view_brotli_octets, FIRST_VIEW_OCTETS_MAX);
    let main_thread = promise("the main thread's code in it", report.main_thread_brotli_octets, MAIN_THREAD_OCTETS_MAX);
    let console = promise("the console", report.console_brotli_octets, CONSOLE_OCTETS_MAX);
    first_view.and(main_thread).and(console)
}

fn promise(what: &str, octets: u64, octets_max: u64) -> Outcome {
    let verdict = format!("{what} takes {octets} octets as brotli; promised are at most {octets_max}");
    println!("{verdict}");
    if octets <= octets_max { Ok(()) } else { Err(Failure::new(verdict)) }
}

fn measure(dist: &Path) -> Outcome<SizeReport> {
    let octets = |file: &Path| Ok(fs::metadata(file).map_err(Failure::during(file.display()))?.len());
    let mut parts = BTreeMap::new();
    for file in files_below(dist)? {
        let name = name_in(dist, &file);
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let raw_octets = octets(&file)?;
        let (gzip_octets, brotli_octets) = if is_compressible(&file) {
            (octets(&copy_of(&file, "gz"))?, octets(&copy_of(&file, "br"))?)
        } else {
            (raw_octets, raw_octets)
        };
        let (when, main_thread) = (when_loaded(&name), is_main_thread(&name));
        parts.insert(name, Part { when, main_thread, raw_octets, gzip_octets, brotli_octets });
    }
    let sum = |counts: fn(&str, &Part) -> bool| {
        parts.iter().filter(|(name, part)| counts(name, part)).map(|(_, part)| part.brotli_octets).sum()
    };
    Ok(SizeReport {
        first_view_brotli_octets: sum(|_, part| part.when == When::FirstView),
        first_view_brotli_octets_max: FIRST_VIEW_OCTETS_MAX,
        main_thread_brotli_octets: sum(|_, part| part.when == When::FirstView && part.main_thread),
        main_thread_brotli_octets_max: MAIN_THREAD_OCTETS_MAX,
        console_brotli_octets: sum(|name, _| name.starts_with("console") || name == "picture.css"),
        console_brotli_octets_max: CONSOLE_OCTETS_MAX,
        parts,
    })
}

/// Only what is known to wait for the first message, for TLS in the page, for the console, or for a lesson, counts as
/// later: a new file counts at once until someone says why not.
fn when_loaded(name: &str) -> When {
    let later = [
        "mail-worker",
        "sandbox-worker",
        "reader.",
        "tls.",
        "tls_",
        "classroom.",
        "classroom_",
        "lesson.",
        "panes.",
        "drawn.",
        "build.",
        "sheet.",
        "console.",
        "console_",
        "picture.",
        "offline.",
        "session.pcapng",
        "keys.log",
    ]
    .iter()
    .any(|start| name.starts_with(start));
    if later { When::Later } else { When::FirstView }
}

/// Code that is neither a worker's nor in a frame of its own.
fn is_main_thread(name: &str) -> bool {
    let elsewhere = ["session-worker", "mail-worker", "sandbox-worker", "tls.", "tls_", "offline.", "reader."]
        .iter()
        .any(|start| name.starts_with(start));
    !elsewhere && (name.ends_with(".js") || name.ends_with(".wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_told_apart_by_when_they_travel_and_where_they_run() {
        let check = |name, when, main_thread| {
            assert_eq!((when_loaded(name), is_main_thread(name)), (when, main_thread), "{name}");
        };
        check("index.html", When::FirstView, false);
        check("base-0123.css", When::FirstView, false);
        check("boot.js", When::FirstView, true);
        check("popglass-page-0123.js", When::FirstView, true);
        check("popglass-page-0123_bg.wasm", When::FirstView, true);
        check("session-worker_bg.wasm", When::FirstView, false);
        check("session-worker_loader.js", When::FirstView, false);
        check("mail-worker.js", When::Later, false);
        check("sandbox-worker_bg.wasm", When::Later, false);
        check("reader.html", When::Later, false);
        check("tls.js", When::Later, false);
        check("tls_bg.wasm", When::Later, false);
        check("console.js", When::Later, true);
        check("console_bg.wasm", When::Later, true);
        check("console.css", When::Later, false);
        check("classroom.js", When::Later, true);
        check("classroom_bg.wasm", When::Later, true);
        check("lesson.css", When::Later, false);
        check("build.css", When::Later, false);
        check("picture.css", When::Later, false);
        check("offline.js", When::Later, false);
        check("tlsomething.js", When::FirstView, true);
        check("something-new.js", When::FirstView, true);
    }

    #[test]
    fn the_report_sums_what_the_copies_weigh() {
        let folder = tempfile::tempdir().unwrap();
        for (name, octets) in [
            ("boot.js", 100),
            ("boot.js.br", 10),
            ("boot.js.gz", 20),
            ("session-worker.js", 100),
            ("session-worker.js.br", 5),
            ("session-worker.js.gz", 6),
            ("mail-worker.js", 100),
            ("mail-worker.js.br", 7),
            ("mail-worker.js.gz", 8),
            ("photo.png", 3),
        ] {
            fs::write(folder.path().join(name), vec![0; octets]).unwrap();
        }
        let report = measure(folder.path()).unwrap();
        assert_eq!(report.first_view_brotli_octets, 10 + 5 + 3);
        assert_eq!(report.main_thread_brotli_octets, 10);
        assert_eq!(report.parts.len(), 4);
    }

    #[test]
    fn a_file_without_its_copy_is_not_counted_as_nothing() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("boot.js"), "code").unwrap();
        assert!(measure(folder.path()).is_err());
    }
}
