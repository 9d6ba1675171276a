//! The two halves against each other, cut anywhere. Knows no more than which function takes the octets.
#![no_main]

libfuzzer_sys::fuzz_target!(|octets: &[u8]| popglass_protocol_fuzz::client_against_server::run(octets));
