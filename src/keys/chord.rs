//! One key with its modifiers, as it is written in the configuration.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers. Shift is part of the character (`G`, not `shift-g`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    name: String,
    control: bool,
    alt: bool,
    shift: bool,
}

impl Chord {
    /// Reads `q`, `G`, `space`, `ctrl-f`, `shift-tab`, `f1` … `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut rest = text;
        let mut chord = Self { name: String::new(), control: false, alt: false, shift: false };
        loop {
            if let Some(after) = rest.strip_prefix("ctrl-").filter(|after| !after.is_empty()) {
                (chord.control, rest) = (true, after);
            } else if let Some(after) = rest.strip_prefix("alt-").filter(|after| !after.is_empty())
            {
                (chord.alt, rest) = (true, after);
            } else if let Some(after) =
                rest.strip_prefix("shift-").filter(|after| !after.is_empty())
            {
                (chord.shift, rest) = (true, after);
            } else {
                break;
            }
        }
        let one = rest.chars().count() == 1 && !rest.chars().any(char::is_control) && rest != " ";
        let function = rest
            .strip_prefix('f')
            .and_then(|n| n.parse::<u8>().ok())
            .is_some_and(|n| (1..=12).contains(&n));
        if !(one || function || NAMES.contains(&rest)) || (one && chord.shift) {
            return None;
        }
        rest.clone_into(&mut chord.name);
        Some(chord)
    }

    /// The chord of a key event, if it is a key that can be bound.
    #[must_use]
    pub fn of(event: &KeyEvent) -> Option<Self> {
        let mut shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let name = match event.code {
            KeyCode::Char(' ') => "space".to_owned(),
            KeyCode::Char(c) => {
                shift = false;
                c.to_string()
            }
            KeyCode::F(n) => format!("f{n}"),
            KeyCode::BackTab => {
                shift = true;
                "tab".to_owned()
            }
            code => name(code)?.to_owned(),
        };
        Some(Self {
            name,
            control: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
            shift,
        })
    }
}

const NAMES: &[&str] = &[
    "space",
    "enter",
    "esc",
    "tab",
    "backspace",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pageup",
    "pagedown",
    "insert",
    "delete",
];

fn name(code: KeyCode) -> Option<&'static str> {
    Some(match code {
        KeyCode::Enter => "enter",
        KeyCode::Esc => "esc",
        KeyCode::Tab => "tab",
        KeyCode::Backspace => "backspace",
        KeyCode::Up => "up",
        KeyCode::Down => "down",
        KeyCode::Left => "left",
        KeyCode::Right => "right",
        KeyCode::Home => "home",
        KeyCode::End => "end",
        KeyCode::PageUp => "pageup",
        KeyCode::PageDown => "pagedown",
        KeyCode::Insert => "insert",
        KeyCode::Delete => "delete",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chords_are_read_as_they_are_written() {
        for good in
            ["q", "G", "space", "ctrl-f", "shift-tab", "alt-enter", "f12", "[", "-", "ctrl--"]
        {
            assert!(Chord::parse(good).is_some(), "{good}");
        }
        for bad in ["", " ", "qq", "ctrl-", "shift-g", "f13", "escape"] {
            assert!(Chord::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn events_and_words_meet() {
        let event = KeyEvent::new(KeyCode::BackTab, KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&event), Chord::parse("shift-tab"));
        let event = KeyEvent::new(KeyCode::Char('G'), KeyModifiers::SHIFT);
        assert_eq!(Chord::of(&event), Chord::parse("G"));
        let event = KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE);
        assert_eq!(Chord::of(&event), Chord::parse("space"));
    }
}
