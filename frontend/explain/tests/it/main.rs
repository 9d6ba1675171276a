//! Tests of the explanations: against the transition table, and against the server half of the protocol crate, which
//! must do what was foretold. The `cfg(test)` tells clippy that the helpers are trials too.

#[cfg(test)]
mod completions;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod forecasts;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod pictures;
#[cfg(test)]
mod school;
