//! `cargo xtask bench tls`: runs what measures TLS in the page beside TLS in the bridge, and writes the table with its
//! promises. It does not measure anything itself.

use std::fs;
use std::path::Path;

use super::protocol;
use super::table::{self, Promise, Row, Table, row};
use crate::step::step;
use crate::test;
use crate::workshop::{Failure, Outcome, Workshop};

/// The message of 10 MB takes at most so many times what it takes with TLS in the bridge.
const SLOW_LINE_RATIO_MAX: f64 = 1.1;
/// What a browser calls a long task; it reports none that is shorter.
const TASK_MILLISECONDS_MAX: f64 = 50.0;

const TABLE: Table =
    Table { measurement: "tls", columns: ["TLS in the page", "TLS in the bridge"], rows: &ROWS, windows: false };

const ROWS: [Row; 11] = [
    row(
        "Until the first command, first session of a page",
        "tls_handshake_cold_page_milliseconds",
        "tls_handshake_cold_bridge_milliseconds",
        Promise::None,
    ),
    row(
        "Until the first command, later sessions",
        "tls_handshake_warm_page_milliseconds",
        "tls_handshake_warm_bridge_milliseconds",
        Promise::None,
    ),
    row(
        "Until the first command, TLS resumed",
        "tls_handshake_resumed_page_milliseconds",
        "tls_handshake_resumed_bridge_milliseconds",
        Promise::None,
    ),
    row(
        "10 MB, 100 Mbit/s and 40 ms",
        "tls_10mb_slow_line_page_seconds",
        "tls_10mb_slow_line_bridge_seconds",
        Promise::AtMost(SLOW_LINE_RATIO_MAX),
    ),
    row(
        "Longest task of the main thread meanwhile",
        "tls_10mb_slow_line_page_longest_task_milliseconds",
        "tls_10mb_slow_line_bridge_longest_task_milliseconds",
        Promise::FigureAtMost(TASK_MILLISECONDS_MAX),
    ),
    row(
        "10 MB on loopback, ChaCha20-Poly1305",
        "tls_chacha20_page_octets_per_second",
        "tls_chacha20_bridge_octets_per_second",
        Promise::None,
    ),
    row(
        "Longest task of the main thread meanwhile (ChaCha20)",
        "tls_chacha20_page_longest_task_milliseconds",
        "tls_chacha20_bridge_longest_task_milliseconds",
        Promise::FigureAtMost(TASK_MILLISECONDS_MAX),
    ),
    row(
        "10 MB on loopback, AES-128-GCM",
        "tls_aes128_page_octets_per_second",
        "tls_aes128_bridge_octets_per_second",
        Promise::None,
    ),
    row(
        "Longest task of the main thread meanwhile (AES-128)",
        "tls_aes128_page_longest_task_milliseconds",
        "tls_aes128_bridge_longest_task_milliseconds",
        Promise::FigureAtMost(TASK_MILLISECONDS_MAX),
    ),
    row(
        "10 MB on loopback, AES-256-GCM",
        "tls_aes256_page_octets_per_second",
        "tls_aes256_bridge_octets_per_second",
        Promise::None,
    ),
    row(
        "Longest task of the main thread meanwhile (AES-256)",
        "tls_aes256_page_longest_task_milliseconds",
        "tls_aes256_bridge_longest_task_milliseconds",
        Promise::FigureAtMost(TASK_MILLISECONDS_MAX),
    ),
];

/// Measures everything; page and bridge are built.
pub(super) fn measure(workshop: &Workshop, folder: &Path) -> Outcome {
    step("measure TLS in the page", || test::run_bench(workshop, "tls"))?;
    let file = folder.join("tls.json");
    let text = fs::read_to_string(&file).map_err(Failure::during(file.display()))?;
    println!("written to {}", file.display());
    table::conclude(workshop, &TABLE, &protocol::parse(&text, "tls")?)
}
