//! Processor time of playing in real time, as the percentage of one core.

use std::fs::File;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use latetalk::audio::{Engine, Event, Loudness, Order, Output, Trim};

use crate::files::Files;
use crate::{cpu, say};

/// How long each is listened to.
const LISTENED: Duration = Duration::from_secs(20);

pub(crate) fn table(files: &Files) {
    say(&format!("{:<44} {:>9} {:>9}", "playing, % of one core", "latetalk", "mpv"));
    for made in files.all.iter().filter(|made| ["MP3 128k", "AAC-LC 96k, M4A"].contains(&made.name))
    {
        for (name, speed, all) in
            [("1×", 1.0, false), ("2×", 2.0, false), ("2×, silence, loudness, voice", 2.0, true)]
        {
            let own = own(&made.long, speed, all);
            let peer = (!all).then(|| peer(&made.long, speed)).flatten();
            let name = format!("{} at {name}", made.name);
            say(&format!("{name:<44} {:>9} {:>9}", shown(own), shown(peer)));
        }
    }
}

fn shown(time: Option<Duration>) -> String {
    time.map_or_else(
        || "–".to_owned(),
        |time| format!("{:.2}", time.as_secs_f64() / LISTENED.as_secs_f64() * 100.0),
    )
}

fn own(path: &Path, speed: f32, all: bool) -> Option<Duration> {
    let (sender, events) = channel();
    let engine = Engine::start(Output::Silent, move |event| drop(sender.send(event)));
    engine.send(Order::Speed(speed));
    if all {
        engine.send(Order::TrimSilence(Trim::Medium));
        engine.send(Order::Loudness(Some(-16.0)));
        engine.send(Order::VoiceBoost(true));
    }
    let media = Box::new(File::open(path).ok()?);
    // A recording is measured once; what that costs is not what playing costs.
    let bytes = std::fs::metadata(path).ok()?.len();
    let measured = all.then_some(Loudness { lufs: -20.0, peak: -3.0, bytes });
    engine.send(Order::Load {
        ticket: 1,
        media,
        start_ms: 60_000,
        until_ms: None,
        play: true,
        duration_hint_ms: None,
        loudness: measured,
    });
    // Opening and reading ahead are over when sound has been flowing for a while.
    let settled = Instant::now() + Duration::from_secs(3);
    while Instant::now() < settled {
        let _: Result<Event, _> = events.recv_timeout(Duration::from_millis(100));
    }
    let (before, _) = cpu::used()?;
    let end = Instant::now() + LISTENED;
    while Instant::now() < end {
        let _: Result<Event, _> =
            events.recv_timeout(end.saturating_duration_since(Instant::now()));
    }
    let (after, _) = cpu::used()?;
    Some(after.saturating_sub(before))
}

/// The same time of listening, without what starting takes.
fn peer(path: &Path, speed: f32) -> Option<Duration> {
    let listen = |seconds: f64| {
        let mut mpv = Command::new("mpv");
        mpv.args(["--no-config", "--no-video", "--ao=null", "--start=60"])
            .arg(format!("--speed={speed}"))
            .arg(format!("--length={}", seconds * f64::from(speed)))
            .arg(path);
        cpu::of(&mut mpv)
    };
    let short = listen(3.0)?;
    Some(listen(3.0 + LISTENED.as_secs_f64())?.saturating_sub(short))
}
