#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| frontlint_fuzz::invariants::fast(data));
