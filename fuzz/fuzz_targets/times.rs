//! See `laws::times`.
#![no_main]

use latetalk_fuzz::laws;

libfuzzer_sys::fuzz_target!(|data: &[u8]| laws::times(data));
