//! Orders for the audio thread, in order: to load a recording the library has to be asked, which may
//! take a while, so a thread of its own waits for it. Orders that are given meanwhile stand behind
//! it: a jump or a pause that was meant for the new recording never reaches the old one.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use crate::app::{Sound, Ticket};
use crate::model::{EpisodeId, Millis};

/// A recording to load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Load {
    pub(super) ticket: Ticket,
    pub(super) id: EpisodeId,
    pub(super) start_ms: Millis,
    pub(super) until_ms: Option<Millis>,
}

enum Asked {
    Load(Load),
    Sound(Sound),
}

/// What carries the orders out.
pub(super) trait Player: Send + 'static {
    /// Loads a recording; may wait.
    fn load(&mut self, load: Load);
    /// Hands an order over; never waits.
    fn obey(&mut self, sound: Sound);
}

/// The queue of orders. To put something into it never waits.
pub(super) struct Orders {
    queue: Option<Sender<Asked>>,
    thread: Option<JoinHandle<()>>,
}

impl Orders {
    /// Starts the thread.
    pub(super) fn start(player: impl Player) -> Self {
        let (queue, asked) = channel();
        let thread =
            std::thread::Builder::new().name("orders".into()).spawn(move || work(player, &asked));
        Self { queue: Some(queue), thread: thread.ok() }
    }

    /// Asks for a recording.
    pub(super) fn load(&self, load: Load) {
        self.ask(Asked::Load(load));
    }

    /// Gives an order.
    pub(super) fn sound(&self, sound: Sound) {
        self.ask(Asked::Sound(sound));
    }

    fn ask(&self, asked: Asked) {
        if self.queue.as_ref().is_none_or(|queue| queue.send(asked).is_err()) {
            tracing::error!("the thread that gives orders to the sound has ended");
        }
    }
}

impl Drop for Orders {
    /// Waits for what was ordered, and for the player to be let go.
    fn drop(&mut self) {
        drop(self.queue.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Takes orders until there will be no more. A recording is not loaded when another one is already
/// asked for, nor are the orders obeyed that were meant for it alone.
fn work(mut player: impl Player, asked: &Receiver<Asked>) {
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match asked.recv() {
                Ok(first) => waiting.push_back(first),
                Err(_) => return,
            }
        }
        waiting.extend(asked.try_iter());
        let outdated = waiting.iter().rposition(|asked| matches!(asked, Asked::Load(_)));
        for _ in 0..outdated.unwrap_or(0) {
            if let Some(Asked::Sound(sound)) = waiting.pop_front()
                && is_for_all(sound)
            {
                player.obey(sound);
            }
        }
        match waiting.pop_front() {
            Some(Asked::Load(load)) => player.load(load),
            Some(Asked::Sound(sound)) => player.obey(sound),
            None => {}
        }
    }
}

/// Whether an order is about whatever plays, not about the recording that is loaded.
fn is_for_all(sound: Sound) -> bool {
    matches!(
        sound,
        Sound::Speed(_)
            | Sound::Volume(_)
            | Sound::Fade(_)
            | Sound::TrimSilence(_)
            | Sound::Loudness(_)
            | Sound::VoiceBoost(_)
            | Sound::Retry
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    enum Done {
        Began(u64),
        Loaded(u64),
        Obeyed(Sound),
    }

    /// Loads when it is allowed to, and tells what it does.
    struct Slow {
        allowed: Receiver<()>,
        done: Sender<Done>,
    }

    impl Player for Slow {
        fn load(&mut self, load: Load) {
            self.done.send(Done::Began(load.ticket.0)).unwrap();
            self.allowed.recv().unwrap();
            self.done.send(Done::Loaded(load.ticket.0)).unwrap();
        }

        fn obey(&mut self, sound: Sound) {
            self.done.send(Done::Obeyed(sound)).unwrap();
        }
    }

    fn slow() -> (Orders, Sender<()>, Receiver<Done>) {
        let (allow, allowed) = channel();
        let (done, told) = channel();
        (Orders::start(Slow { allowed, done }), allow, told)
    }

    fn load(ticket: u64) -> Load {
        Load { ticket: Ticket(ticket), id: EpisodeId(1), start_ms: 0, until_ms: None }
    }

    #[test]
    fn a_jump_waits_for_the_recording_it_is_meant_for() {
        let (orders, allow, told) = slow();
        orders.load(load(1));
        assert_eq!(told.recv(), Ok(Done::Began(1)));
        // Nobody waited: all of this is given while the library is still busy.
        orders.sound(Sound::Seek(60_000));
        orders.sound(Sound::Pause);
        allow.send(()).unwrap();
        let rest: Vec<Done> = (0..3).map(|_| told.recv().unwrap()).collect();
        let obeyed = [Sound::Seek(60_000), Sound::Pause].map(Done::Obeyed);
        assert_eq!(rest.first(), Some(&Done::Loaded(1)));
        assert!(rest.iter().skip(1).eq(&obeyed), "{rest:?}");
        drop(orders);
        assert!(told.recv().is_err(), "the thread ends and lets the player go");
    }

    #[test]
    fn of_many_recordings_that_are_asked_for_only_the_last_is_loaded() {
        let (orders, allow, told) = slow();
        orders.load(load(1));
        assert_eq!(told.recv(), Ok(Done::Began(1)));
        orders.load(load(2));
        orders.sound(Sound::Seek(5));
        orders.sound(Sound::Volume(30));
        orders.load(load(3));
        orders.sound(Sound::Seek(7));
        allow.send(()).unwrap();
        allow.send(()).unwrap();
        drop(orders);
        assert!(told.iter().eq([
            Done::Loaded(1),
            Done::Obeyed(Sound::Volume(30)),
            Done::Began(3),
            Done::Loaded(3),
            Done::Obeyed(Sound::Seek(7)),
        ]));
    }
}
