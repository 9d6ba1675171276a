//! The bridge as a whole: real sockets on loopback, a WebSocket client of another make, servers that behave and
//! misbehave. Knows the bridge only from outside. The `cfg(test)` tells clippy that the helpers are trials too.

#[cfg(test)]
mod close;
#[cfg(test)]
#[cfg(feature = "demo")]
mod demo;
#[cfg(test)]
mod document;
#[cfg(test)]
mod http;
#[cfg(test)]
#[cfg(feature = "demo")]
mod page_tls;
#[cfg(test)]
mod process;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod support;
#[cfg(test)]
mod tls;
