//! How well recordings are decoded, jumped in, fetched and played, beside `ffmpeg` and `mpv` where they are
//! installed. `cargo bench --bench sound` prints the tables of the README, `cargo bench
//! --bench sound -- playing` one of them; all take some ten minutes.
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

/// Measures something of all recordings and prints it.
type Table = fn(&files::Files);

fn main() {
    // Names of tables; all of them without any. `cargo bench` passes options of its own.
    let named: Vec<String> = std::env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wanted = |name: &str| named.is_empty() || named.iter().any(|named| named == name);
    let Some(files) = files::Files::make() else {
        return say("no ffmpeg, so there is nothing to measure with");
    };
    let tables: [(&str, Table); 4] = [
        ("decoding", decoding::table),
        ("seeking", seeking::table),
        ("fetching", fetching::table),
        ("playing", playing::table),
    ];
    for (_, table) in tables.iter().filter(|(name, _)| wanted(name)) {
        table(&files);
    }
}

#[expect(clippy::print_stdout, reason = "what a benchmark is for")]
fn say(line: &str) {
    println!("{line}");
}
