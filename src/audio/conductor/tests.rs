//! The conductor with outputs that tests hold in their hands: plugged in, played, broken, replaced.

use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{Conductor, Inbox};
use crate::audio::device::{Far, Opener, Opening, Port};
use crate::audio::outlet::{Outlet, outlet};
use crate::audio::{DeviceState, Event, Media, MemoryMedia, Order, Pcm, PlayState, write_wav};

const RATE: u32 = 8_000;
const PATIENCE: Duration = Duration::from_secs(20);

/// A recording of so many seconds.
fn recording(seconds: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    let samples = vec![0.25; RATE as usize * seconds];
    write_wav(&mut bytes, &Pcm { rate: RATE, channels: 1, samples }).unwrap();
    bytes
}

struct Rig {
    orders: Sender<Inbox>,
    events: Receiver<Event>,
    openings: Receiver<Opening>,
    thread: Option<JoinHandle<()>>,
    seen: Vec<Event>,
}

impl Drop for Rig {
    fn drop(&mut self) {
        let _ = self.orders.send(Inbox::Quit);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Rig {
    fn start(costly: bool) -> Self {
        let (orders, inbox) = channel();
        let (asked, openings) = channel();
        let (told, events) = channel();
        let to_self = orders.clone();
        let thread = std::thread::spawn(move || {
            let open = Box::new(move |opening| drop(asked.send(opening)));
            let tell = Box::new(move |event| drop(told.send(event)));
            Conductor::new(Opener { open, costly }, tell, inbox, to_self).run();
        });
        Self { orders, events, openings, thread: Some(thread), seen: Vec::new() }
    }

    fn order(&self, order: Order) {
        self.orders.send(Inbox::Order(order)).unwrap();
    }

    fn load(&self, media: Box<dyn Media>) {
        let (ticket, start_ms, until_ms, duration_hint_ms) = (1, 0, None, None);
        self.order(Order::Load {
            ticket,
            media,
            start_ms,
            until_ms,
            play: true,
            duration_hint_ms,
            loudness: None,
        });
    }

    /// An engine that plays a minute into the output "first".
    fn playing(costly: bool) -> (Self, Plugged) {
        let mut rig = Self::start(costly);
        rig.load(Box::new(MemoryMedia::new(recording(60))));
        let mut out = rig.plug("first");
        rig.wait_for(&ready("first"));
        out.play(500);
        rig.wait_for(&state(PlayState::Playing));
        (rig, out)
    }

    /// Waits until an output is asked for and gives this one.
    #[track_caller]
    fn plug(&mut self, name: &str) -> Plugged {
        let opening = self.openings.recv_timeout(PATIENCE).unwrap();
        let (handoff, out) = outlet(RATE, Arc::clone(&opening.controls));
        let (port, far) = Port::new(name.to_owned(), RATE, handoff);
        let (attempt, port) = (opening.attempt, Ok(port));
        opening.inbox.send(Inbox::Port { attempt, port }).unwrap();
        Plugged { out, far, played: 0 }
    }

    /// Waits until an output is asked for and has none.
    #[track_caller]
    fn refuse(&mut self) {
        let opening = self.openings.recv_timeout(PATIENCE).unwrap();
        let (attempt, port) = (opening.attempt, Err("nothing is plugged in".to_owned()));
        opening.inbox.send(Inbox::Port { attempt, port }).unwrap();
    }

    #[track_caller]
    fn wait_for(&mut self, wanted: &Event) {
        self.wait(|event| event == wanted);
    }

    #[track_caller]
    fn wait(&mut self, wanted: impl Fn(&Event) -> bool) {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    self.seen.push(event);
                    if self.seen.last().is_some_and(&wanted) {
                        return;
                    }
                }
                Err(err) => panic!("{err}, seen: {:#?}", self.seen),
            }
        }
    }

    #[track_caller]
    fn wait_for_loss(&mut self) {
        self.wait(|event| matches!(event, Event::Device(DeviceState::Lost { .. })));
        assert!(self.seen.contains(&state(PlayState::Paused)));
    }

    fn place(&self) -> u64 {
        let told = self.seen.iter().rev().find_map(|event| match event {
            Event::Position { ms, .. } => Some(*ms),
            _ => None,
        });
        told.unwrap()
    }

    /// Waits until it is told to be there; what was told on the way there may come first.
    #[track_caller]
    fn wait_at(&mut self, place: u64) {
        if self.place().abs_diff(place) > 1 {
            self.wait(
                |event| matches!(event, Event::Position { ms, .. } if ms.abs_diff(place) <= 1),
            );
        }
    }
}

fn ready(name: &str) -> Event {
    Event::Device(DeviceState::Ready { name: name.to_owned() })
}

fn state(state: PlayState) -> Event {
    Event::State { ticket: 1, state }
}

/// An output in the hands of the test.
struct Plugged {
    out: Outlet,
    far: Far,
    /// Frames of sound that were taken.
    played: u64,
}

impl Plugged {
    /// Takes 10 ms; how many frames of it were sound.
    fn take(&mut self) -> usize {
        let mut samples = [0.0; RATE as usize / 50];
        let sound = self.out.fill(&mut samples);
        self.played += sound as u64;
        sound
    }

    /// Takes so many ms of sound, however long they take to come.
    #[track_caller]
    fn play(&mut self, ms: u64) {
        let (goal, until) = (self.played + ms * u64::from(RATE) / 1000, Instant::now() + PATIENCE);
        while self.played < goal {
            assert!(Instant::now() < until, "no sound comes");
            if self.take() == 0 {
                std::thread::sleep(Duration::from_millis(2));
            }
        }
    }

    /// Whether nothing comes for a while.
    fn stays_silent(&mut self) -> bool {
        (0..30).all(|_| {
            std::thread::sleep(Duration::from_millis(5));
            self.take() == 0
        })
    }

    fn unplug(&self) {
        self.far.broken.store(true, std::sync::atomic::Ordering::Release);
    }

    /// Milliseconds of sound that were taken.
    fn ms(&self) -> u64 {
        self.played * 1000 / u64::from(RATE)
    }
}

#[test]
fn a_device_that_is_back_under_its_name_is_played_on_exactly_where_it_was() {
    let (mut rig, mut first) = Rig::playing(false);
    first.play(700);
    first.unplug();
    rig.wait_for_loss();
    assert!(rig.place().abs_diff(first.ms()) <= 1, "{} {}", rig.place(), first.ms());
    let mut again = rig.plug("first");
    rig.wait_for(&ready("first"));
    again.play(300);
    rig.order(Order::Pause);
    rig.wait_at(first.ms() + again.ms());
}

#[test]
fn behind_headphones_that_were_pulled_out_nothing_plays_by_itself() {
    let (mut rig, first) = Rig::playing(false);
    first.unplug();
    rig.wait_for_loss();
    let place = rig.place();
    let mut speakers = rig.plug("speakers");
    rig.wait_for(&ready("speakers"));
    assert!(speakers.stays_silent());
    rig.order(Order::Play);
    speakers.play(400);
    rig.order(Order::Pause);
    rig.wait_at(place + speakers.ms());
}

#[test]
fn without_a_device_orders_are_obeyed_and_one_that_comes_is_used() {
    let mut rig = Rig::start(true);
    rig.load(Box::new(MemoryMedia::new(recording(60))));
    rig.refuse();
    rig.wait(|event| matches!(event, Event::Device(DeviceState::Missing { .. })));
    assert!(rig.seen.contains(&state(PlayState::Paused)));
    rig.order(Order::Seek { ms: 30_000 });
    rig.wait(|event| matches!(event, Event::Position { ms: 30_000, .. }));
    // It is looked for again by itself.
    rig.refuse();
    let mut found = rig.plug("found");
    rig.wait_for(&ready("found"));
    assert!(found.stays_silent(), "the moment in which it was wanted is over");
    rig.order(Order::Play);
    found.play(300);
    rig.order(Order::Pause);
    rig.wait_at(30_000 + found.ms());
}

#[test]
fn a_device_that_breaks_again_and_again_is_not_played_on_for_ever() {
    let (mut rig, mut out) = Rig::playing(false);
    for _ in 0..3 {
        out.unplug();
        rig.wait_for_loss();
        out = rig.plug("first");
        rig.wait_for(&ready("first"));
        out.play(200);
    }
    out.unplug();
    rig.wait_for_loss();
    let mut out = rig.plug("first");
    rig.wait_for(&ready("first"));
    assert!(out.stays_silent());
    rig.order(Order::Play);
    out.play(200);
}

#[test]
fn a_device_that_takes_no_more_sound_is_lost() {
    let (mut rig, _first) = Rig::playing(false);
    let since = Instant::now();
    rig.wait_for_loss();
    assert!(since.elapsed() < Duration::from_secs(6));
    // A new one that takes nothing either is not trusted.
    let mut again = rig.plug("first");
    rig.wait_for(&ready("first"));
    again.play(100);
}

#[test]
fn a_device_is_closed_when_nothing_has_played_for_a_while_and_opened_at_a_key() {
    let (mut rig, mut first) = Rig::playing(true);
    rig.order(Order::Pause);
    rig.wait_for(&state(PlayState::Paused));
    // What is taken while it fades is not lost.
    while first.take() > 0 {}
    let until = Instant::now() + PATIENCE;
    while first.far.nudges.recv_timeout(PATIENCE).is_ok() {}
    assert!(Instant::now() < until, "the device stays open");
    assert!(rig.openings.try_recv().is_err());
    rig.order(Order::Play);
    let mut again = rig.plug("first");
    again.play(300);
    rig.order(Order::Pause);
    rig.wait_at(first.ms() + again.ms());
}

#[test]
fn many_jumps_on_an_output_that_sleeps_end_at_the_last() {
    let (mut rig, mut first) = Rig::playing(false);
    rig.order(Order::Pause);
    rig.wait_for(&state(PlayState::Paused));
    while first.take() > 0 {}
    let before = first.ms();
    for ms in 0..300 {
        rig.order(Order::Seek { ms: 10_000 + ms * 100 });
        // An output that sleeps is woken by each, so that none is left waiting.
        while first.far.nudges.recv_timeout(PATIENCE).is_err() {}
        first.take();
    }
    rig.wait(|event| matches!(event, Event::Position { ms: 39_900, .. }));
    rig.order(Order::Play);
    first.play(200);
    rig.order(Order::Pause);
    rig.wait_at(39_900 + first.ms() - before);
}

#[test]
fn an_output_that_nobody_gives_keeps_nobody_from_leaving() {
    let rig = Rig::start(true);
    rig.load(Box::new(MemoryMedia::new(recording(1))));
    let opening = rig.openings.recv_timeout(PATIENCE).unwrap();
    let begun = Instant::now();
    drop(rig);
    assert!(begun.elapsed() < Duration::from_secs(2));
    drop(opening);
}

// Gaps

/// Gives its bytes slowly.
struct Dripping(MemoryMedia);

impl Read for Dripping {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        std::thread::sleep(Duration::from_millis(60));
        let few = out.len().min(1600);
        self.0.read(out.get_mut(..few).unwrap_or_default())
    }
}

impl Seek for Dripping {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        self.0.seek(to)
    }
}

impl Media for Dripping {
    fn byte_len(&self) -> Option<u64> {
        self.0.byte_len()
    }
}

/// Takes sound as fast as it can for a while; what was told of gaps.
fn rushed(media: Box<dyn Media>) -> Result<Event, RecvTimeoutError> {
    let mut rig = Rig::start(false);
    rig.load(media);
    let mut out = rig.plug("hasty");
    let until = Instant::now() + Duration::from_secs(2);
    while Instant::now() < until {
        if out.take() == 0 {
            std::thread::sleep(Duration::from_millis(1));
        }
        if let Ok(event) = rig.events.try_recv()
            && matches!(event, Event::Underruns { .. })
        {
            return Ok(event);
        }
    }
    Err(RecvTimeoutError::Timeout)
}

#[test]
fn a_machine_that_is_too_slow_is_told_and_slow_bytes_are_not_its_fault() {
    let told = rushed(Box::new(MemoryMedia::new(recording(3_000))));
    assert!(matches!(told, Ok(Event::Underruns { ticket: 1, count: 1.. })), "{told:?}");
    let told = rushed(Box::new(Dripping(MemoryMedia::new(recording(60)))));
    assert_eq!(told, Err(RecvTimeoutError::Timeout));
}
