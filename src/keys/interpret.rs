//! Terminal events to messages: where a line is being typed, keys are text; elsewhere commands.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::{Chord, KeyMap};
use crate::app::{Mouse, Msg, State, Typed};

/// What a terminal event means now, if anything.
#[must_use]
pub fn interpret(state: &State, map: &KeyMap, event: &Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => interpret_key(state, map, key),
        Event::Mouse(mouse) => interpret_mouse(*mouse).map(Msg::Mouse),
        Event::Paste(text) => Some(Msg::Paste(text.clone())),
        Event::Resize(width, height) => Some(Msg::Resize(*width, *height)),
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    }
}

fn interpret_key(state: &State, map: &KeyMap, key: &KeyEvent) -> Option<Msg> {
    let typing = state.prompt.is_some()
        || state.overlay.as_ref().is_some_and(crate::app::Overlay::takes_letters);
    if typing {
        return typed(key).map(Msg::Type);
    }
    if let Some(overlay) = &state.overlay {
        match key.code {
            KeyCode::Char(letter)
                if overlay.takes(letter) && KeyModifiers::SHIFT.contains(key.modifiers) =>
            {
                return Some(Msg::Type(Typed::Char(letter)));
            }
            KeyCode::Backspace if overlay.holds_typed() => {
                return Some(Msg::Type(Typed::Backspace));
            }
            _ => {}
        }
    }
    let command = Chord::of(key).and_then(|chord| map.command(&chord));
    // That somebody is there may be all that a key has to say.
    Some(command.map_or(Msg::OtherKey, Msg::Command))
}

fn typed(key: &KeyEvent) -> Option<Typed> {
    let control = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char('c' | 'g') if control => Typed::Cancel,
        KeyCode::Char('j') if control => Typed::Break,
        KeyCode::Char('w') if control => Typed::DeleteWord,
        KeyCode::Char('u') if control => Typed::DeleteAll,
        KeyCode::Char('a') if control => Typed::Start,
        KeyCode::Char('e') if control => Typed::End,
        KeyCode::Char('n') if control => Typed::Next,
        KeyCode::Char('p') if control => Typed::Previous,
        KeyCode::Char('h') if control => Typed::Backspace,
        KeyCode::Char(c) if !control => Typed::Char(c),
        KeyCode::Backspace => Typed::Backspace,
        KeyCode::Delete => Typed::Delete,
        KeyCode::Left => Typed::Left,
        KeyCode::Right => Typed::Right,
        KeyCode::Home => Typed::Start,
        KeyCode::End => Typed::End,
        KeyCode::Up | KeyCode::BackTab => Typed::Previous,
        KeyCode::Down | KeyCode::Tab => Typed::Next,
        KeyCode::Enter if key.modifiers.intersects(KeyModifiers::ALT | KeyModifiers::SHIFT) => {
            Typed::Break
        }
        KeyCode::Enter => Typed::Enter,
        KeyCode::Esc => Typed::Cancel,
        _ => return None,
    })
}

fn interpret_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let (x, y) = (mouse.column, mouse.row);
    let shift = mouse.modifiers.contains(KeyModifiers::SHIFT);
    Some(match mouse.kind {
        MouseEventKind::ScrollDown if shift => Mouse::ScrollRight(x, y),
        MouseEventKind::ScrollUp if shift => Mouse::ScrollLeft(x, y),
        MouseEventKind::ScrollRight => Mouse::ScrollRight(x, y),
        MouseEventKind::ScrollLeft => Mouse::ScrollLeft(x, y),
        MouseEventKind::Down(MouseButton::Left) => Mouse::Click(x, y),
        MouseEventKind::Drag(MouseButton::Left) => Mouse::Drag(x, y),
        MouseEventKind::Up(MouseButton::Left) => Mouse::Release(x, y),
        MouseEventKind::ScrollDown => Mouse::ScrollDown(x, y),
        MouseEventKind::ScrollUp => Mouse::ScrollUp(x, y),
        _ => return None,
    })
}
