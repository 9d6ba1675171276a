//! Dot-stuffing there and back, and out of arbitrary octets. Knows no more than which function takes the octets.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| popglass_protocol_fuzz::unstuffing::run(octets));
