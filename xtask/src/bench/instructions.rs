//! Instructions per octet, as valgrind counts them: the same on a busy machine as on a quiet one, so that a change for
//! the worse shows. It does not know what the workloads are.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::protocol::{Figures, Spread};
use crate::workshop::{Failure, Outcome, Workshop};

/// The counts that were found right when they were written down; a change that means to change them writes them anew.
const BASELINE: &str = "bench/instructions.json";
/// A compiler's or a C library's other version moves counts a little.
const TOLERANCE: f64 = 0.1;

/// Counts every workload of the baseline, and adds what the baseline says, for comparison.
pub(super) fn count(workshop: &Workshop, program: &Path) -> Outcome<Figures> {
    let file = workshop.root().join(BASELINE);
    let text = fs::read_to_string(&file).map_err(Failure::during(file.display()))?;
    let baseline: BTreeMap<String, f64> = serde_json::from_str(&text).map_err(Failure::during(file.display()))?;
    let mut figures = Figures::new();
    for (workload, expected) in baseline {
        let [(once, octets), (thrice, _)] =
            [run(workshop, program, &workload, 1)?, run(workshop, program, &workload, 3)?];
        // The program's start is in both.
        let counted = (thrice - once) / 2.0 / octets;
        let verdict = format!("{workload}: {counted:.3} instructions per octet, {expected:.3} in {BASELINE}");
        println!("    {verdict}");
        let single = |value| Spread { median: value, lowest: value, highest: value, runs: 1 };
        figures.insert(format!("{workload}_instructions_per_octet"), single(counted));
        figures.insert(format!("{workload}_baseline_instructions_per_octet"), single(expected * (1.0 + TOLERANCE)));
    }
    Ok(figures)
}

/// The instructions of one run, and the octets of one repetition.
fn run(workshop: &Workshop, program: &Path, workload: &str, times: u32) -> Outcome<(f64, f64)> {
    let mut valgrind = workshop.command("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"]).arg(program);
    let text = workshop.read(valgrind.args([workload, &times.to_string()]))?;
    read(&text).ok_or_else(|| Failure::new(format!("valgrind counted nothing for {workload}: {text}")))
}

fn read(text: &str) -> Option<(f64, f64)> {
    let collected = text.lines().find_map(|line| line.split_once("Collected : "))?.1;
    let octets = text.lines().find(|line| !line.starts_with("=="))?;
    Some((collected.trim().parse().ok()?, octets.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_from_what_valgrind_says() {
        let text = "==7== Callgrind, a call-graph generator\n1024\n==7== Events    : Ir\n==7== Collected : 4096\n";
        assert_eq!(read(text), Some((4096.0, 1024.0)));
        assert_eq!(read("==7== nothing\n"), None);
    }
}
