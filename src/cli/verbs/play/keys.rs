//! Keys while something plays. The terminal is raw only while [`Keys`] lives, and only where there is
//! one that belongs to this process.

use std::io::IsTerminal;
use std::sync::mpsc::Sender;

use crossterm::event::{self, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

use super::Incoming;
use crate::cli::output::Output;

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
    taken: bool,
}

impl Keys {
    /// Takes the keyboard, if people sit at it and this process is in the foreground; a process in the
    /// background would be stopped for touching the terminal.
    /// Keys go into the inbox from then on.
    pub(super) fn take(out: Output, inbox: Sender<Incoming>) -> Self {
        let people = !out.json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
        if !people || !in_foreground() || enable_raw_mode().is_err() {
            return Self { taken: false };
        }
        // It ends with the program: nothing wakes a reader that waits for a key.
        std::thread::spawn(move || read(&inbox));
        Self { taken: true }
    }

    /// Whether somebody can press keys.
    pub(super) fn taken(&self) -> bool {
        self.taken
    }
}

impl Drop for Keys {
    fn drop(&mut self) {
        if self.taken {
            // If the terminal is gone there is nothing to give back.
            let _ = disable_raw_mode();
        }
    }
}

fn in_foreground() -> bool {
    rustix::termios::tcgetpgrp(std::io::stdin())
        .is_ok_and(|group| group == rustix::process::getpgrp())
}

fn read(inbox: &Sender<Incoming>) {
    loop {
        let key = match event::read() {
            Ok(event::Event::Key(key)) if key.kind != KeyEventKind::Release => meaning(key),
            Ok(_) => None,
            // The terminal is gone, and with it whoever could press q.
            Err(_) => {
                let _ = inbox.send(Incoming::Key(Key::Quit));
                return;
            }
        };
        if key.is_some_and(|key| inbox.send(Incoming::Key(key)).is_err()) {
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
