//! Arbitrary octets against the server half. Knows no more than which function takes the octets.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| popglass_protocol_fuzz::server::run(octets));
