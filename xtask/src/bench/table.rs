//! Figures as a table for docs/benchmarks.md, and the promises they have to keep. It does not know how they came about.

use std::fmt::Write as _;
use std::fs;

use super::protocol::{Figures, Spread};
use crate::workshop::{Failure, Outcome, Workshop};

const DOCUMENT: &str = "docs/benchmarks.md";
const END: &str = "<!-- end -->\n";

/// What one measurement writes into the document.
pub(super) struct Table {
    /// As it is typed behind `cargo xtask bench`.
    pub(super) measurement: &'static str,
    /// The columns of ours and of what stands beside it.
    pub(super) columns: [&'static str; 2],
    pub(super) rows: &'static [Row],
    /// Whether the windows of commands ahead follow.
    pub(super) windows: bool,
}

/// One line: a figure, mostly beside another of the same run.
pub(super) struct Row {
    what: &'static str,
    figure: &'static str,
    beside: &'static str,
    promise: Promise,
}

/// What is promised of a row.
pub(super) enum Promise {
    /// Nothing: it is reported.
    None,
    /// The other's time is at least so many times ours.
    Faster(f64),
    /// Our rate is at least so many times the other.
    RateAtLeast(f64),
    /// Ours is at most so many times the other.
    AtMost(f64),
    /// The figure itself is at least this.
    FigureAtLeast(f64),
    /// The figure itself is at most this.
    FigureAtMost(f64),
}

pub(super) const fn row(what: &'static str, figure: &'static str, beside: &'static str, promise: Promise) -> Row {
    Row { what, figure, beside, promise }
}

const MEGABYTE: f64 = 1_000_000.0;

/// What `cargo xtask bench protocol` writes.
pub(super) const PROTOCOL: Table =
    Table { measurement: "protocol", columns: ["Popglass", "beside it"], rows: &ROWS, windows: true };

const ROWS: [Row; 18] = {
    use Promise::{AtMost, Faster, FigureAtLeast, FigureAtMost, RateAtLeast};
    [
        row("Fetch, beside poplib", "fetch_ours_seconds", "fetch_poplib_seconds", Faster(50.0)),
        row("Fetch, beside curl", "fetch_ours_seconds", "fetch_curl_seconds", Faster(50.0)),
        row("Fetch, beside mpop, pipelining", "fetch_ours_seconds", "fetch_mpop_seconds", Faster(2.0)),
        row(
            "Message, reads of 64 KiB, beside memcpy",
            "retr_64k_octets_per_second",
            "memcpy_64k_octets_per_second",
            FigureAtLeast(2000.0 * MEGABYTE),
        ),
        row(
            "Message, reads of 16 KiB, beside memcpy",
            "retr_16k_octets_per_second",
            "memcpy_16k_octets_per_second",
            FigureAtLeast(2000.0 * MEGABYTE),
        ),
        row(
            "Message in the browser, reads of 64 KiB, beside ChaCha20-Poly1305",
            "wasm_retr_64k_octets_per_second",
            "wasm_chacha20_poly1305_octets_per_second",
            RateAtLeast(3.0),
        ),
        row(
            "Message in the browser, reads of 16 KiB, beside ChaCha20-Poly1305",
            "wasm_retr_16k_octets_per_second",
            "wasm_chacha20_poly1305_octets_per_second",
            RateAtLeast(3.0),
        ),
        row("LIST, 1,000,000 beside 100,000", "list_1m_milliseconds", "list_100k_milliseconds", AtMost(12.0)),
        row("UIDL, 1,000,000 beside 100,000", "uidl_1m_milliseconds", "uidl_100k_milliseconds", AtMost(12.0)),
        row("LIST, heap", "list_1m_peak_heap_octets", "list_100k_peak_heap_octets", AtMost(12.0)),
        row("UIDL, heap", "uidl_1m_peak_heap_octets", "uidl_100k_peak_heap_octets", AtMost(12.0)),
        row("Message of 1 GiB, heap of the client", "retr_1g_peak_heap_octets", "", FigureAtMost(256.0 * 1024.0)),
        row(
            "Message of 1 GiB, memory of the command-line client",
            "stream_1g_peak_resident_octets",
            "",
            FigureAtMost(128.0 * MEGABYTE),
        ),
        row(
            "Message, instructions per octet, beside the baseline + 10 %",
            "retr_instructions_per_octet",
            "retr_baseline_instructions_per_octet",
            AtMost(1.0),
        ),
        row("LIST, the same", "list_instructions_per_octet", "list_baseline_instructions_per_octet", AtMost(1.0)),
        row("UIDL, the same", "uidl_instructions_per_octet", "uidl_baseline_instructions_per_octet", AtMost(1.0)),
        row(
            "Fetch: from the greeting to the first RETR",
            "fetch_ours_until_first_retr_seconds",
            "fetch_ours_seconds",
            AtMost(1.0),
        ),
        row(
            "Fetch: from the first RETR to the last octet",
            "fetch_ours_first_retr_to_last_octet_seconds",
            "fetch_ours_seconds",
            AtMost(1.0),
        ),
    ]
};

const WINDOWS: [u16; 7] = [1, 16, 64, 100, 256, 512, 1024];

/// Writes the tables to the document and prints them; fails if a promise is broken.
pub(super) fn conclude(workshop: &Workshop, table: &Table, figures: &Figures) -> Outcome {
    let (tables, broken) = tables(table, figures)?;
    println!("{tables}");
    let document = workshop.root().join(DOCUMENT);
    let text = fs::read_to_string(&document).map_err(Failure::during(DOCUMENT))?;
    let text = replaced(&text, table.measurement, &tables)
        .ok_or_else(|| Failure::new(format!("{DOCUMENT} has no place for tables of {}", table.measurement)))?;
    fs::write(&document, text).map_err(Failure::during(DOCUMENT))?;
    if broken.is_empty() { Ok(()) } else { Err(Failure::new(format!("broken promises: {}", broken.join("; ")))) }
}

fn replaced(document: &str, measurement: &str, tables: &str) -> Option<String> {
    let begin = format!("<!-- begin: written by `cargo xtask bench {measurement}` -->\n");
    let (before, rest) = document.split_once(&begin)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{begin}\n{tables}\n{END}{after}"))
}

/// The tables, and what is promised in them and not kept.
fn tables(table: &Table, figures: &Figures) -> Outcome<(String, Vec<&'static str>)> {
    let figure = |name: &str| figures.get(name).ok_or_else(|| Failure::new(format!("{name} was not measured")));
    let [ours, beside] = table.columns;
    let mut text = format!("| | {ours} | {beside} | ratio | promised |\n|---|---:|---:|---:|---:|\n");
    let mut broken = Vec::new();
    for Row { what, figure: ours, beside, promise } in table.rows {
        let spread = figure(ours)?;
        let other = if beside.is_empty() { None } else { Some(figure(beside)?) };
        let forward = other.map_or(f64::NAN, |other| spread.median / other.median);
        let (ratio, promised, kept) = match *promise {
            Promise::None => (forward, String::new(), true),
            Promise::Faster(least) => (1.0 / forward, format!("≥ {least}"), 1.0 / forward >= least),
            Promise::RateAtLeast(least) => (forward, format!("≥ {least}"), forward >= least),
            Promise::AtMost(most) => (forward, format!("≤ {most}"), forward <= most),
            Promise::FigureAtLeast(least) => (forward, format!("≥ {}", amount(ours, least)), spread.median >= least),
            Promise::FigureAtMost(most) => (forward, format!("≤ {}", amount(ours, most)), spread.median <= most),
        };
        if !kept {
            broken.push(*what);
        }
        let other = other.map_or_else(String::new, |other| in_words(beside, other));
        let ratio = if !ratio.is_finite() { String::new() } else { format!("{ratio:.2}") };
        line(&mut text, &[what, &in_words(ours, spread), &other, &ratio, &promised]);
    }
    if !table.windows {
        return Ok((text, broken));
    }
    text.push_str("\n| commands ahead | fetch |\n|---:|---:|\n");
    for window in WINDOWS {
        let name = format!("fetch_ours_window_{window}_seconds");
        line(&mut text, &[&window.to_string(), &in_words(&name, figure(&name)?)]);
    }
    Ok((text, broken))
}

fn line(text: &mut String, cells: &[&str]) {
    writeln!(text, "| {} |", cells.join(" | ")).expect("a string takes any text");
}

/// `0.312 s (0.305–0.340)`
fn in_words(name: &str, spread: &Spread) -> String {
    let median = amount(name, spread.median);
    if spread.runs == 1 {
        return median;
    }
    format!("{median} ({}–{})", amount(name, spread.lowest), amount(name, spread.highest))
}

/// With the unit that the name ends in.
fn amount(name: &str, value: f64) -> String {
    if name.ends_with("_octets_per_second") {
        return format!("{:.0} MB/s", value / MEGABYTE);
    }
    if name.ends_with("_milliseconds") {
        return format!("{value:.0} ms");
    }
    if name.ends_with("_seconds") {
        return format!("{value:.2} s");
    }
    if name.ends_with("_per_octet") {
        return format!("{value:.2}");
    }
    if value < MEGABYTE { format!("{:.0} KB", value / 1000.0) } else { format!("{:.1} MB", value / MEGABYTE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_have_the_unit_that_the_name_ends_in() {
        let check = |name, value, words: &str| assert_eq!(amount(name, value), words, "{name}");
        check("a_octets_per_second", 2.5e9, "2500 MB/s");
        check("a_milliseconds", 12.3, "12 ms");
        check("a_seconds", 1.234, "1.23 s");
        check("a_instructions_per_octet", 2.0, "2.00");
        check("a_heap_octets", 73_776.0, "74 KB");
        check("a_heap_octets", 58_700_000.0, "58.7 MB");
    }

    #[test]
    fn a_broken_promise_is_told_and_so_is_a_figure_that_is_missing() {
        let spread = |median| Spread { median, lowest: median, highest: median, runs: 1 };
        let names = ROWS.iter().flat_map(|row| [row.figure, row.beside]).filter(|name| !name.is_empty());
        let windows = WINDOWS.map(|window| format!("fetch_ours_window_{window}_seconds"));
        let mut figures: Figures = names.map(str::to_owned).chain(windows).map(|name| (name, spread(1.0))).collect();
        figures.insert("fetch_poplib_seconds".into(), spread(50.0));
        let (_, broken) = tables(&PROTOCOL, &figures).unwrap();
        assert!(!broken.contains(&"Fetch, beside poplib") && broken.contains(&"Fetch, beside curl"), "{broken:?}");
        figures.remove("fetch_poplib_seconds");
        assert!(tables(&PROTOCOL, &figures).is_err());
    }

    #[test]
    fn a_figure_that_is_bad_is_not_excused_by_the_one_beside_it() {
        let spread = |median| Spread { median, lowest: median, highest: median, runs: 1 };
        let check = |ours, beside, is_broken| {
            let figures =
                Figures::from([("a_milliseconds".into(), spread(ours)), ("b_milliseconds".into(), spread(beside))]);
            const ROW: [Row; 1] = [row("a", "a_milliseconds", "b_milliseconds", Promise::FigureAtMost(50.0))];
            let table = Table { measurement: "a", columns: ["ours", "theirs"], rows: &ROW, windows: false };
            let (text, broken) = tables(&table, &figures).unwrap();
            assert_eq!(!broken.is_empty(), is_broken, "{text}");
        };
        check(0.0, 0.0, false);
        check(50.0, 55.0, false);
        check(60.0, 80.0, true);
        check(60.0, 55.0, true);
    }

    #[test]
    fn only_what_stands_between_the_marks_is_replaced() {
        let section = |name: &str, text: &str| {
            format!("before\n<!-- begin: written by `cargo xtask bench {name}` -->\n{text}{END}after\n")
        };
        let document = section("protocol", "old\n") + &section("tls", "old\n");
        let expected = section("protocol", "old\n") + &section("tls", "\nnew\n\n");
        assert_eq!(replaced(&document, "tls", "new\n").unwrap(), expected);
        assert!(replaced("nothing", "tls", "new").is_none());
    }
}
