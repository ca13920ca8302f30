//! An engine under test: orders go in, events are waited for, what was heard is measured.

#![allow(dead_code, reason = "each test file uses its part of the rig")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use latetalk::audio::{Engine, Event, Media, MemoryMedia, Order, Output, PlayState};

use crate::rig::left;

/// How long an event is waited for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

/// An engine whose sound goes to a file, faster than real time.
pub(crate) struct Player {
    pub(crate) engine: Engine,
    pub(crate) events: Receiver<Event>,
    pub(crate) seen: Vec<Event>,
    path: PathBuf,
    _folder: tempfile::TempDir,
}

impl Player {
    pub(crate) fn new(pace: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::to(folder.path().join("heard.raw"), pace, folder)
    }

    pub(crate) fn to(path: PathBuf, pace: u32, folder: tempfile::TempDir) -> Self {
        let output = Output::CaptureFast { path: path.clone(), pace };
        let (engine, events) = start(output);
        Self { engine, events, seen: Vec::new(), path, _folder: folder }
    }

    pub(crate) fn load(&mut self, file: &[u8], start_ms: u64, until_ms: Option<u64>, play: bool) {
        let media = Box::new(MemoryMedia::new(file.to_vec()));
        self.load_media(media, start_ms, until_ms, play);
    }

    pub(crate) fn load_media(
        &mut self,
        media: Box<dyn Media>,
        start_ms: u64,
        until_ms: Option<u64>,
        play: bool,
    ) {
        self.engine.send(Order::Load {
            ticket: 7,
            media,
            start_ms,
            until_ms,
            play,
            duration_hint_ms: None,
            loudness: None,
        });
    }

    #[track_caller]
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Event) -> bool) -> Event {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    self.seen.push(event.clone());
                    if wanted(&event) {
                        return event;
                    }
                }
                Err(err) => panic!("{err}, seen so far: {:?}", self.seen),
            }
        }
    }

    #[track_caller]
    pub(crate) fn wait_for(&mut self, state: PlayState) {
        self.wait(|event| matches!(event, Event::State { state: now, .. } if *now == state));
    }

    #[track_caller]
    pub(crate) fn wait_end(&mut self) -> u64 {
        let end = self.wait(|event| matches!(event, Event::Ended { .. }));
        let Event::Ended { ms, .. } = end else { unreachable!() };
        ms
    }

    /// Stops the engine and gives what was heard, one channel of it.
    pub(crate) fn heard(self) -> Vec<f32> {
        drop(self.engine);
        captured(&self.path)
    }
}

pub(crate) fn start(output: Output) -> (Engine, Receiver<Event>) {
    let (sender, events) = channel();
    let engine = Engine::start(output, move |event| {
        let _ = sender.send(event);
    });
    (engine, events)
}

pub(crate) fn captured(path: &Path) -> Vec<f32> {
    let bytes = std::fs::read(path).unwrap();
    let samples: Vec<f32> =
        bytes.chunks_exact(4).map(|four| f32::from_le_bytes(four.try_into().unwrap())).collect();
    left(&samples, 2)
}
