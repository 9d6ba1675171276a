//! Tests of the TLS module against a server in memory, which is rustls's other half with certificates of its own.
//! The `cfg(test)` tells clippy that the helpers are trials too.

#[cfg(test)]
mod connections;
#[cfg(test)]
mod cuts;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod views;
#[cfg(test)]
mod weak;
#[cfg(test)]
mod world;
