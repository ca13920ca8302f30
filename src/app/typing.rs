//! What is typed into a line, or picks from a list in front.

use super::{
    Command, Effect, Line, List, Overlay, PromptKind, State, Typed, chapters, commands,
    downloading, hints, library, order, outline, reading_list, search, sleep, snips,
};
use crate::lang::{self, Notice};
use crate::model::Secret;
use crate::text::Filter;

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
        Some(Overlay::Hints { .. }) => hints::typed(state, typed),
        Some(Overlay::ConfirmUnsubscribe(show, _)) => {
            let show = *show;
            state.overlay = None;
            match typed {
                Typed::Char('y' | 'Y') | Typed::Enter => vec![Effect::Unsubscribe(show)],
                _ => Vec::new(),
            }
        }
        Some(Overlay::Chapters(list)) => {
            if let Typed::Char(digit) = typed
                && digit.is_ascii_digit()
            {
                list.digit(digit);
            }
            Vec::new()
        }
        Some(Overlay::Sleep(_)) => sleep::typed(state, typed),
        _ => Vec::new(),
    }
}

/// Pasted text goes into the line in front; without one, an address is offered for subscribing.
pub(super) fn pasted(state: &mut State, text: &str) -> Vec<Effect> {
    if let Some(prompt) = &mut state.prompt {
        prompt.line.insert(text);
        let (kind, text) = (prompt.kind, prompt.line.text().trim().to_owned());
        return filtered(state, kind, &text);
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
                let kind = match state.overlay {
                    Some(Overlay::Reading(_)) => PromptKind::KeepPage,
                    _ => PromptKind::Subscribe,
                };
                state.prompt = Some(super::Prompt { kind, line });
            }
            Vec::new()
        }
    }
}

fn close(state: &mut State) -> Vec<Effect> {
    state.overlay = None;
    Vec::new()
}

/// Commands that the typed words mean by name or help, the best first.
fn matching(tongue: lang::Tongue, text: &str) -> Vec<Command> {
    let texts = Command::ALL.iter().map(|command| {
        let name = command.name();
        format!("{} {name} {}", name.replace('_', " "), lang::command(tongue, name))
    });
    let found = Filter::new(text).ranked(texts);
    found.into_iter().filter_map(|place| Command::ALL.get(place).copied()).collect()
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
        Typed::Break => line.put('\n'),
        Typed::Previous if line.has_lines() => line.step_line(-1),
        Typed::Next if line.has_lines() => line.step_line(1),
        Typed::Previous | Typed::Next | Typed::Enter | Typed::Cancel => {}
    }
}

fn typed_in_prompt(state: &mut State, typed: Typed) -> Vec<Effect> {
    let Some(prompt) = &mut state.prompt else { return Vec::new() };
    let kind = prompt.kind;
    let over_list = matches!(
        kind,
        PromptKind::FilterChapters
            | PromptKind::FilterSnips
            | PromptKind::FilterOutline
            | PromptKind::FilterReading
    );
    if over_list
        && let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut)
        && move_in(list, typed)
    {
        return Vec::new();
    }
    match typed {
        Typed::Cancel => {
            state.prompt = None;
            filtered(state, kind, "")
        }
        Typed::Enter => {
            // In a text of several lines the first may be indented.
            let text = prompt.line.text();
            let text = if prompt.line.has_lines() { text } else { text.trim() }.to_owned();
            state.prompt = None;
            entered(state, kind, text)
        }
        _ => {
            edit(&mut prompt.line, typed);
            let text = prompt.line.text().trim().to_owned();
            filtered(state, kind, &text)
        }
    }
}

fn entered(state: &mut State, kind: PromptKind, text: String) -> Vec<Effect> {
    match kind {
        PromptKind::FilterEpisodes => {
            let effects = filtered(state, kind, &text);
            if let Some(problem) = &state.library.problem {
                state.say(Notice::BadFilter(problem.clone()));
            }
            effects
        }
        PromptKind::FilterShows
        | PromptKind::FilterChapters
        | PromptKind::FilterReading
        | PromptKind::FilterSnips => filtered(state, kind, &text),
        PromptKind::FilterOutline if text.is_empty() => filtered(state, kind, &text),
        PromptKind::FilterOutline => {
            let effects = filtered(state, kind, &text);
            effects.into_iter().chain(outline::go(state)).collect()
        }
        PromptKind::KeepPage => reading_list::entered(state, &text),
        PromptKind::AutoDownload(show) => downloading::entered(state, show, &text),
        PromptKind::Find => {
            let found = commands::reader(state).map(|reader| {
                let count = reader.find(&text);
                if text.is_empty() {
                    reader.finding = None;
                }
                count
            });
            super::transcript::to_match(state);
            // How many there are stands in the last line as long as the search is on.
            match found {
                Some(1..) => state.toast = None,
                _ if text.is_empty() => {}
                _ => state.say(Notice::NotFound),
            }
            Vec::new()
        }
        PromptKind::SnipRange(id, _) => snips::keep_range(state, id, &text),
        PromptKind::SnipNote(id) => snips::written_note(id, &text),
        PromptKind::SnipTitle(id) => snips::written_title(id, &text),
        PromptKind::SnipTags(id) => snips::written_tags(id, &text),
        PromptKind::LogIn(show) => match text.split_once(':') {
            Some((user, password)) if !user.is_empty() => {
                let (user, password) = (user.to_owned(), Secret(password.to_owned()));
                vec![Effect::LogIn(show, user, password)]
            }
            // Without a name and a password the feed is only asked once more.
            _ => vec![Effect::Refresh(vec![show])],
        },
        PromptKind::ShowTags(id) => order::tags_entered(state, id, &text),
        PromptKind::FilterName => order::name_entered(state, None, &text),
        PromptKind::FilterRename(at) => order::name_entered(state, Some(at), &text),
        PromptKind::FilterText(at) => order::text_entered(state, at, &text),
        PromptKind::Subscribe if text.is_empty() => Vec::new(),
        PromptKind::Subscribe => {
            state.jobs.subscribing = true;
            vec![Effect::Subscribe(text)]
        }
    }
}

/// What is typed filters a list at once, if that is what it is for.
fn filtered(state: &mut State, kind: PromptKind, text: &str) -> Vec<Effect> {
    match kind {
        PromptKind::FilterShows => {
            text.clone_into(&mut state.library.show_filter);
            state.library.rebuild_shelves();
            Vec::new()
        }
        PromptKind::FilterChapters => {
            chapters::filter(state, text);
            Vec::new()
        }
        PromptKind::FilterSnips => {
            snips::filter(state, text);
            Vec::new()
        }
        PromptKind::FilterOutline => {
            outline::filter(state, text);
            Vec::new()
        }
        PromptKind::FilterReading => reading_list::filter(state, text),
        PromptKind::FilterEpisodes if state.library.filter != text => {
            text.clone_into(&mut state.library.filter);
            state.library.to_top = true;
            state.library.open_first = false;
            vec![library::load_shelf(state)]
        }
        _ => Vec::new(),
    }
}
