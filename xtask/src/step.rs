//! A named step with its time, so that whoever waits knows for what. It does not know what the steps do.

use std::time::{Duration, Instant};

use crate::workshop::Outcome;

/// Runs one step: its name before, its time after.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    println!("==> {name}");
    let start = Instant::now();
    let outcome = work();
    let ending = if outcome.is_ok() { "done" } else { "failed" };
    println!("    {name}: {ending} in {}", in_words(start.elapsed()));
    outcome
}

/// A duration for a reader: `0.4 s`, `17 s`, `3 min 5 s`.
pub(crate) fn in_words(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", duration.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_for_a_reader() {
        let check = |milliseconds, words: &str| assert_eq!(in_words(Duration::from_millis(milliseconds)), words);
        check(0, "0.0 s");
        check(430, "0.4 s");
        check(17_300, "17 s");
        check(185_000, "3 min 5 s");
    }
}
