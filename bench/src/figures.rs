//! Figures by name, each with its spread, as JSON: what every measurement hands over. Knows no table and no promise.

use std::{collections::BTreeMap, fmt};

use serde_json::json;

/// Figures by name; the name ends in the unit.
#[derive(Debug, Default)]
pub struct Figures {
    spreads: BTreeMap<String, Spread>,
}

/// What several runs gave.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// The one in the middle; of an even number, the lower of the two.
    pub median: f64,
    /// The lowest.
    pub lowest: f64,
    /// The highest.
    pub highest: f64,
    /// How many.
    pub runs: usize,
}

impl Spread {
    /// Of these runs.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn of(mut values: Vec<f64>) -> Self {
        values.sort_by(f64::total_cmp);
        let at = |place: usize| *values.get(place).expect("there was a run");
        let last = values.len().saturating_sub(1);
        Self { median: at(last / 2), lowest: at(0), highest: at(last), runs: values.len() }
    }
}

impl Figures {
    /// Adds one that was measured several times.
    pub fn add(&mut self, name: impl Into<String>, values: Vec<f64>) {
        self.spreads.insert(name.into(), Spread::of(values));
    }

    /// Adds one that does not vary, a count.
    pub fn add_count(&mut self, name: impl Into<String>, count: u64) {
        #[expect(clippy::cast_precision_loss, reason = "counts here are far below 2^52")]
        self.add(name, vec![count as f64]);
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spreads: BTreeMap<_, _> = self
            .spreads
            .iter()
            .map(|(name, spread)| {
                let Spread { median, lowest, highest, runs } = *spread;
                (name, json!({ "median": median, "lowest": lowest, "highest": highest, "runs": runs }))
            })
            .collect();
        write!(f, "{:#}", json!(spreads))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_one_of_the_runs() {
        let check = |values: &[f64], median| assert_eq!(Spread::of(values.to_vec()).median, median, "{values:?}");
        check(&[3.0], 3.0);
        check(&[3.0, 1.0, 2.0], 2.0);
        check(&[4.0, 3.0, 1.0, 2.0], 2.0);
    }
}
