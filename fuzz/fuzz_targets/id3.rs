//! See `laws::id3`.
#![no_main]

use latetalk_fuzz::laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| laws::id3(data));
