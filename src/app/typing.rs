//! What is typed into a line, or picks from a list in front.

use super::{
    Command, Effect, Line, List, Overlay, PromptKind, State, Typed, commands, hints, library,
    search,
};
use crate::lang::{self, Notice};

/// One key into the line in front.
pub(super) fn typed(state: &mut State, typed: Typed) -> Vec<Effect> {
    if state.prompt.is_some() {
        return typed_in_prompt(state, typed);
    }
    match &mut state.overlay {
        Some(Overlay::Palette { line, found, list }) => {
            if move_in(list, typed) {
                return Vec::new();
            }
            match typed {
                Typed::Enter => {
                    let chosen = found.get(list.selected).copied();
                    state.overlay = None;
                    chosen.map_or_else(Vec::new, |command| commands::give(state, command))
                }
                Typed::Cancel => close(state),
                _ => {
                    edit(line, typed);
                    *found = matching(state.tongue, line.text());
                    *list = List::new(found.len());
                    Vec::new()
                }
            }
        }
        Some(Overlay::Search(open)) => {
            if move_in(&mut open.list, typed) {
                return Vec::new();
            }
            match typed {
                Typed::Enter => match open.found.get(open.list.selected).cloned() {
                    Some(found) => search::open(state, &found),
                    None => Vec::new(),
                },
                Typed::Cancel => close(state),
                _ => {
                    edit(&mut open.line, typed);
                    search::typed(state)
                }
            }
        }
        Some(Overlay::Hints { .. }) => match typed {
            Typed::Char(letter) => hints::typed(state, letter),
            _ => close(state),
        },
        Some(Overlay::ConfirmUnsubscribe(show, _)) => {
            let show = *show;
            state.overlay = None;
            match typed {
                Typed::Char('y' | 'Y') | Typed::Enter => vec![Effect::Unsubscribe(show)],
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// Pasted text goes into the line in front; without one, an address is offered for subscribing.
pub(super) fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(prompt) = &mut state.prompt {
        prompt.line.insert(text);
        return Vec::new();
    }
    match &mut state.overlay {
        Some(Overlay::Palette { line, found, list }) => {
            line.insert(text);
            *found = matching(state.tongue, line.text());
            *list = List::new(found.len());
            Vec::new()
        }
        Some(Overlay::Search(open)) => {
            open.line.insert(text);
            search::typed(state)
        }
        _ => {
            let text = text.trim();
            if text.starts_with("http://") || text.starts_with("https://") {
                let line = Line::with(text);
                state.prompt = Some(super::Prompt { kind: PromptKind::Subscribe, line });
            }
            Vec::new()
        }
    }
}

fn close(state: &mut State) -> Vec<Effect> {
    state.overlay = None;
    Vec::new()
}

/// Commands whose name or help has all the typed words.
fn matching(tongue: lang::Tongue, text: &str) -> Vec<Command> {
    let words: Vec<String> = text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let has_all = |command: &Command| {
        let name = command.name();
        let text = format!("{name} {} {}", name.replace('_', " "), lang::command(tongue, name));
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    Command::ALL.iter().copied().filter(has_all).collect()
}

fn move_in(list: &mut List, typed: Typed) -> bool {
    match typed {
        Typed::Next => list.step(1),
        Typed::Previous => list.step(-1),
        _ => return false,
    };
    true
}

fn edit(line: &mut Line, typed: Typed) {
    match typed {
        Typed::Char(c) => line.put(c),
        Typed::Backspace => line.backspace(),
        Typed::Delete => line.delete(),
        Typed::DeleteWord => line.delete_word(),
        Typed::DeleteAll => line.delete_before(),
        Typed::Left => line.step(-1),
        Typed::Right => line.step(1),
        Typed::Start => line.start(),
        Typed::End => line.end(),
        Typed::Previous | Typed::Next | Typed::Enter | Typed::Cancel => {}
    }
}

fn typed_in_prompt(state: &mut State, typed: Typed) -> Vec<Effect> {
    let Some(prompt) = &mut state.prompt else { return Vec::new() };
    let kind = prompt.kind;
    match typed {
        Typed::Cancel => {
            state.prompt = None;
            match kind {
                PromptKind::FilterShows | PromptKind::FilterEpisodes => filtered(state, kind, ""),
                PromptKind::Find | PromptKind::Subscribe | PromptKind::SnipNote(_) => Vec::new(),
            }
        }
        Typed::Enter => {
            let text = prompt.line.text().trim().to_owned();
            state.prompt = None;
            entered(state, kind, text)
        }
        _ => {
            edit(&mut prompt.line, typed);
            let text = prompt.line.text().trim().to_owned();
            match kind {
                PromptKind::FilterShows | PromptKind::FilterEpisodes => {
                    filtered(state, kind, &text)
                }
                PromptKind::Find | PromptKind::Subscribe | PromptKind::SnipNote(_) => Vec::new(),
            }
        }
    }
}

fn entered(state: &mut State, kind: PromptKind, text: String) -> Vec<Effect> {
    match kind {
        PromptKind::FilterShows | PromptKind::FilterEpisodes => filtered(state, kind, &text),
        PromptKind::Find => {
            let found = commands::reader(state).map(|reader| {
                let count = reader.find(&text);
                if text.is_empty() {
                    reader.finding = None;
                }
                count
            });
            super::transcript::to_match(state);
            if !text.is_empty() {
                state.say(Notice::Matches(found.unwrap_or(0)));
            }
            Vec::new()
        }
        PromptKind::SnipNote(id) => vec![Effect::NoteSnip { id, note: text }],
        PromptKind::Subscribe if text.is_empty() => Vec::new(),
        PromptKind::Subscribe => {
            state.jobs.subscribing = true;
            vec![Effect::Subscribe(text)]
        }
    }
}

fn filtered(state: &mut State, kind: PromptKind, text: &str) -> Vec<Effect> {
    if kind == PromptKind::FilterShows {
        text.clone_into(&mut state.library.show_filter);
        state.library.rebuild_shelves();
        return Vec::new();
    }
    if state.library.filter == text {
        return Vec::new();
    }
    text.clone_into(&mut state.library.filter);
    state.library.to_top = true;
    state.library.open_first = false;
    vec![library::load_shelf(state)]
}
