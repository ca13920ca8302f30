//! Keys while something plays. The terminal is raw only while [`Keys`] lives, and only where there is
//! one that belongs to this process.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use crate::cli::output::Output;

/// How long the reader waits before it looks whether it is still wanted.
const POLL: Duration = Duration::from_millis(50);

/// What a key means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    /// Space.
    Pause,
    /// Back a little.
    Left,
    /// On a little.
    Right,
    /// On by a long jump.
    Up,
    /// Back by a long jump.
    Down,
    /// `~`: at once to where the place probably is that is looked for.
    Estimate,
    /// `q`, Escape, Ctrl-C.
    Quit,
}

/// The keyboard. Dropping it gives the terminal back as it was.
pub(super) struct Keys {
    pressed: Receiver<Key>,
    reader: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Keys {
    /// Takes the keyboard, if people sit at it and this process is in the foreground; a process in the
    /// background would be stopped for touching the terminal.
    pub(super) fn take(out: Output) -> Self {
        let (inbox, pressed) = mpsc::channel();
        let people = !out.json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        if !people || !in_foreground() || enable_raw_mode().is_err() {
            return Self { pressed, reader: None };
        }
        let wanted = Arc::new(AtomicBool::new(true));
        let flag = Arc::clone(&wanted);
        let reader = std::thread::spawn(move || read(&inbox, &flag));
        Self { pressed, reader: Some((wanted, reader)) }
    }

    /// The next key that was pressed.
    pub(super) fn next(&self) -> Option<Key> {
        self.pressed.try_recv().ok()
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        if let Some((wanted, reader)) = self.reader.take() {
            wanted.store(false, Ordering::Relaxed);
            let _ = reader.join();
            // If the terminal is gone there is nothing to give back.
            let _ = disable_raw_mode();
        }
    }
}

fn in_foreground() -> bool {
    rustix::termios::tcgetpgrp(std::io::stdin())
        .is_ok_and(|group| group == rustix::process::getpgrp())
}

fn read(inbox: &Sender<Key>, wanted: &AtomicBool) {
    while wanted.load(Ordering::Relaxed) {
        let event = match event::poll(POLL) {
            Ok(true) => event::read(),
            Ok(false) => continue,
            Err(err) => Err(err),
        };
        let key = match event {
            Ok(event::Event::Key(key)) if key.kind != KeyEventKind::Release => meaning(key),
            Ok(_) => None,
            // The terminal is gone, and with it whoever could press q.
            Err(_) => {
                let _ = inbox.send(Key::Quit);
                return;
            }
        };
        if key.is_some_and(|key| inbox.send(key).is_err()) {
            return;
        }
    }
}

fn meaning(key: KeyEvent) -> Option<Key> {
    match key.code {
        KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => {
            Some(Key::Quit)
        }
        KeyCode::Char('q' | 'Q') | KeyCode::Esc => Some(Key::Quit),
        KeyCode::Char('~') => Some(Key::Estimate),
        KeyCode::Char(' ') => Some(Key::Pause),
        KeyCode::Left => Some(Key::Left),
        KeyCode::Right => Some(Key::Right),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        _ => None,
    }
}
