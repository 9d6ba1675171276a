//! Tests of the wire against its promises: what a listener finds, what each attack reaches, and that the recording is
//! what it says. The `cfg(test)` tells clippy that the helpers are trials too.

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod certificates;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod recording;
#[cfg(test)]
mod scene;
#[cfg(test)]
mod tapped;
