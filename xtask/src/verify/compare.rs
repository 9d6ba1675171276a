//! Compares the digests that should be with those that were found: the same, different, missing, or more. Pure.

use crate::sums::Sums;

/// What is wrong with one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Differs,
    Missing,
    More,
}

/// What came out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Comparison {
    /// How many files are as they should be.
    pub(super) same: usize,
    /// Those that are not, by name.
    pub(super) faults: Vec<(String, Fault)>,
}

/// Compares name by name.
pub(super) fn compare(expected: &Sums, found: &Sums) -> Comparison {
    let mut comparison = Comparison::default();
    for (name, sum) in expected {
        match found.get(name) {
            Some(other) if other == sum => comparison.same += 1,
            Some(_) => comparison.faults.push((name.clone(), Fault::Differs)),
            None => comparison.faults.push((name.clone(), Fault::Missing)),
        }
    }
    let more = found.keys().filter(|name| !expected.contains_key(*name));
    comparison.faults.extend(more.map(|name| (name.clone(), Fault::More)));
    comparison.faults.sort_by(|one, other| one.0.cmp(&other.0));
    comparison
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_missing_or_is_more_is_named() {
        let sums = |rows: &[(&str, &str)]| rows.iter().map(|(name, sum)| ((*name).into(), (*sum).into())).collect();
        let expected: Sums = sums(&[("a", "1"), ("b", "2")]);
        let check = |found: &[(&str, &str)], same, faults: &[(&str, Fault)]| {
            let faults = faults.iter().map(|(name, fault)| ((*name).to_owned(), *fault)).collect();
            assert_eq!(compare(&expected, &sums(found)), Comparison { same, faults }, "{found:?}");
        };
        check(&[("a", "1"), ("b", "2")], 2, &[]);
        check(&[("a", "1"), ("b", "3")], 1, &[("b", Fault::Differs)]);
        check(&[("b", "2")], 1, &[("a", Fault::Missing)]);
        check(&[("a", "1"), ("aa", "1"), ("b", "2")], 2, &[("aa", Fault::More)]);
        check(&[], 0, &[("a", Fault::Missing), ("b", Fault::Missing)]);
    }
}
