//! Measurements that are written as tests, a file each; `cargo xtask bench` runs one at a time.

mod fetch;
mod roundtrips;
mod stream;
mod tls;
mod wasm;
