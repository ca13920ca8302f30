//! How well recordings are decoded, jumped in, fetched and played, beside `ffmpeg` and `mpv` where they are
//! installed. `cargo bench --bench sound` prints the tables of the README; it takes some ten minutes.
//!
//! Machines are noisy: what counts are the ratios within one run.

#[path = "../../tests/audio_rig/rig.rs"]
mod rig;

#[path = "../../tests/support/dice.rs"]
#[allow(dead_code, unreachable_pub, reason = "only rolling is wanted")]
mod dice;

#[path = "../../tests/servers/loopback.rs"]
#[allow(clippy::unwrap_used, reason = "a bench that cannot begin fails")]
mod loopback;

#[path = "../../tests/servers/streamed.rs"]
#[allow(clippy::unwrap_used, reason = "a bench that cannot begin fails")]
mod streamed;

mod cpu;
mod decoding;
mod fetching;
mod files;
mod playing;
mod seeking;

fn main() {
    // `cargo bench` passes arguments; there is nothing to choose here.
    let Some(files) = files::Files::make() else {
        return say("no ffmpeg, so there is nothing to measure with");
    };
    decoding::table(&files);
    seeking::table(&files);
    fetching::table(&files);
    playing::table(&files);
}

#[expect(clippy::print_stdout, reason = "what a benchmark is for")]
fn say(line: &str) {
    println!("{line}");
}
