//! Commands: what each of them means where the focus is.

use super::{
    Command, Effect, Goal, Line, LinkedFrom, List, Overlay, Pane, Prompt, PromptKind, Reader,
    Sound, State, articles, hints, jobs, library, notes, player, queue, search, snips,
};
use crate::lang::Notice;
use crate::model::{EpisodeId, Position};

/// Does what the user means.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    let jump = |seconds: u32| i64::from(seconds) * 1000;
    let (short, long) = (state.settings.audio.seek_short, state.settings.audio.seek_long);
    match command {
        Command::TogglePlay => player::toggle(state),
        Command::SeekForward => player::seek_by(state, jump(short)),
        Command::SeekBack => player::seek_by(state, -jump(short)),
        Command::SeekForwardLong => player::seek_by(state, jump(long)),
        Command::SeekBackLong => player::seek_by(state, -jump(long)),
        Command::NextChapter => player::next_chapter(state),
        Command::PreviousChapter => player::previous_chapter(state),
        Command::Chapters => show_chapters(state),
        Command::ChapterSource => player::next_source(state),
        Command::Faster => player::change_speed(state, 1),
        Command::Slower => player::change_speed(state, -1),
        Command::NormalSpeed => player::change_speed(state, 0),
        Command::Louder => player::change_volume(state, 5),
        Command::Quieter => player::change_volume(state, -5),
        Command::TrimSilence => {
            state.player.trim_silence = !state.player.trim_silence;
            state.say(Notice::TrimSilence(state.player.trim_silence));
            vec![Effect::Sound(Sound::TrimSilence(state.player.trim_silence))]
        }
        Command::Loudness => {
            state.player.loudness = !state.player.loudness;
            state.say(Notice::Loudness(state.player.loudness));
            vec![Effect::Sound(Sound::Loudness(state.player.loudness))]
        }
        Command::NextInQueue => queue::play_next(state),
        Command::Snip => snips::keep(state),
        Command::Snips => snips::show(state),
        Command::ExportNote => for_episode(state, |_, id| vec![Effect::ExportNote(id)]),
        Command::Down => step(state, 1),
        Command::Up => step(state, -1),
        Command::PageDown => page(state, 1),
        Command::PageUp => page(state, -1),
        Command::Top => to_end(state, false),
        Command::Bottom => to_end(state, true),
        Command::NextPane => turn_focus(state, 1),
        Command::PreviousPane => turn_focus(state, -1),
        Command::Open => open(state),
        Command::Back => back(state),
        Command::ArticleBack => articles::back(state),
        Command::NextLink => next_target(state, 1),
        Command::PreviousLink => next_target(state, -1),
        Command::Hints => hints::show(state),
        Command::Browser => with_address(state, Effect::Browser),
        Command::CopyLink => {
            let effects = with_address(state, Effect::Copy);
            if !effects.is_empty() {
                state.say(Notice::Copied);
            }
            effects
        }
        Command::WholePage => articles::toggle_whole(state),
        Command::Transcript => for_episode(state, articles::open_transcript),
        Command::Zoom => {
            state.zoom = !state.zoom;
            Vec::new()
        }
        Command::Wider => split(state, 5),
        Command::Narrower => split(state, -5),
        Command::Find => find(state),
        Command::Search => search::show(state),
        Command::Subscribe => prompt(state, PromptKind::Subscribe, ""),
        Command::Unsubscribe => unsubscribe(state),
        Command::Refresh => refresh(state),
        Command::RefreshAll => vec![Effect::Refresh(Vec::new())],
        Command::Download => for_episode(state, jobs::toggle_download),
        Command::Enqueue => for_episode(state, queue::toggle),
        Command::Queue => queue::show(state),
        Command::MarkPlayed => for_episode(state, mark_played),
        Command::RetryDevice => vec![Effect::Sound(Sound::Retry)],
        Command::Palette => {
            let found = Command::ALL.to_vec();
            let list = List::new(found.len());
            state.overlay = Some(Overlay::Palette { line: Line::default(), found, list });
            Vec::new()
        }
        Command::Help => {
            let help = crate::lang::help(state.tongue, &bindings(state));
            state.overlay = Some(Overlay::Help(Box::new(Reader::new(help.into()))));
            Vec::new()
        }
        Command::Suspend => {
            let mut effects = player::keep(state);
            effects.push(Effect::Suspend);
            effects
        }
        Command::Quit => {
            let mut effects = player::keep(state);
            effects.extend(articles::keep_place(state));
            effects.push(Effect::Quit);
            effects
        }
    }
}

fn bindings(state: &State) -> Vec<(String, &'static str)> {
    state.bindings.iter().map(|(keys, command)| (keys.clone(), command.name())).collect()
}

/// The episode that a command is about: the selected one in the lists, else the opened one.
fn episode_in_focus(state: &State) -> Option<EpisodeId> {
    if let Some(Overlay::Queue(list)) = &state.overlay {
        return state.queue.get(list.selected).map(|queued| queued.id);
    }
    match state.focus {
        Pane::Shows | Pane::Episodes => state.library.selected().or(state.notes.id()),
        Pane::Notes | Pane::Article => state.notes.id().or(state.library.selected()),
    }
}

fn for_episode(
    state: &mut State,
    act: impl FnOnce(&mut State, EpisodeId) -> Vec<Effect>,
) -> Vec<Effect> {
    match episode_in_focus(state) {
        Some(id) => act(state, id),
        None => Vec::new(),
    }
}

/// The text that keys go to.
fn reader(state: &mut State) -> Option<&mut Reader> {
    if matches!(state.overlay, Some(Overlay::Help(_))) {
        return match &mut state.overlay {
            Some(Overlay::Help(reader)) => Some(reader),
            _ => None,
        };
    }
    let pane = state.focus;
    if pane == Pane::Notes
        && let Some(opened) = &mut state.notes.opened
    {
        opened.follow = false;
    }
    hints::reader_mut(state, pane)
}

fn step(state: &mut State, by: isize) -> Vec<Effect> {
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        list.step(by);
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        reader.scroll(by);
        return Vec::new();
    }
    walk(state, by)
}

/// Walks through the list in focus; what follows the selection is asked for.
pub(super) fn walk(state: &mut State, by: isize) -> Vec<Effect> {
    match state.focus {
        Pane::Shows => {
            state.library.shelf_list.step(by);
            library::shelf_selected(state)
        }
        Pane::Episodes if state.library.list.step(by) => notes::preview_selected(state),
        Pane::Episodes | Pane::Notes | Pane::Article => Vec::new(),
    }
}

fn page(state: &mut State, by: isize) -> Vec<Effect> {
    let shown = super::panes(state);
    let rows = match state.focus {
        Pane::Shows => usize::from(super::content(shown.shows).height),
        _ => library::rows_of_two(usize::from(super::content(shown.episodes).height)),
    };
    let rows = isize::try_from(rows.saturating_sub(1).max(1)).unwrap_or(1);
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        list.step(by * 10);
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        reader.page(by);
        return Vec::new();
    }
    walk(state, by * rows)
}

fn to_end(state: &mut State, bottom: bool) -> Vec<Effect> {
    let far = if bottom { isize::MAX } else { isize::MIN };
    if let Some(list) = state.overlay.as_mut().and_then(Overlay::list_mut) {
        list.step(far);
        return Vec::new();
    }
    if let Some(reader) = reader(state) {
        if bottom {
            reader.to_bottom();
        } else {
            reader.to_top();
        }
        return Vec::new();
    }
    walk(state, far)
}

/// The panes that can have the focus now, from left to right.
fn focusable(state: &State) -> Vec<Pane> {
    let mut all = vec![Pane::Shows, Pane::Episodes, Pane::Notes];
    if state.articles.is_open() {
        all.push(Pane::Article);
    }
    all
}

fn turn_focus(state: &mut State, by: isize) -> Vec<Effect> {
    let all = focusable(state);
    let at = all.iter().position(|pane| *pane == state.focus).unwrap_or(0);
    let next = (at + all.len()).saturating_add_signed(by) % all.len();
    state.focus = all.get(next).copied().unwrap_or_default();
    state.overlay = None;
    Vec::new()
}

fn open(state: &mut State) -> Vec<Effect> {
    match state.overlay.clone() {
        Some(Overlay::Chapters(list)) => {
            state.overlay = None;
            return play_chapter(state, list.selected);
        }
        Some(Overlay::Snips(shown)) => {
            return match shown.snips.get(shown.list.selected) {
                Some(snip) => snips::play(state, snip),
                None => Vec::new(),
            };
        }
        Some(Overlay::Queue(list)) => {
            return match state.queue.get(list.selected).map(|queued| queued.id) {
                Some(id) => player::play(state, id, None, None),
                None => Vec::new(),
            };
        }
        Some(Overlay::Help(_)) => {
            state.overlay = None;
            return Vec::new();
        }
        _ => {}
    }
    match state.focus {
        Pane::Shows => {
            state.focus = Pane::Episodes;
            library::shelf_selected(state)
        }
        Pane::Episodes => library::open_selected(state),
        pane @ (Pane::Notes | Pane::Article) => follow_target(state, pane),
    }
}

/// Plays the opened episode from the start of its chapter with this index.
pub(super) fn play_chapter(state: &mut State, index: usize) -> Vec<Effect> {
    let chosen = state.notes.opened.as_ref().and_then(|opened| {
        Some((opened.episode.summary.id, opened.shown()?.list.get(index)?.start_ms))
    });
    match chosen {
        Some((id, ms)) => player::play(state, id, Some(ms), None),
        None => Vec::new(),
    }
}

/// Goes where the chosen link or time of a pane leads. In the notes, nothing chosen means play.
pub(super) fn follow_target(state: &mut State, pane: Pane) -> Vec<Effect> {
    match hints::goal(state, pane) {
        Some((Goal::Time(ms), _)) => {
            let episode = match pane {
                Pane::Article => state.articles.front().and_then(|view| view.episode),
                _ => state.notes.id(),
            };
            match episode {
                Some(id) => player::play(state, id, Some(ms), None),
                None => Vec::new(),
            }
        }
        Some((Goal::Link(_), Some(url))) => follow_link(state, pane, url),
        Some((Goal::Link(_), None)) => Vec::new(),
        None if pane == Pane::Notes => match state.notes.id() {
            Some(id) if state.player.episode() != Some(id) => player::play(state, id, None, None),
            _ => next_target(state, 1),
        },
        None => next_target(state, 1),
    }
}

fn follow_link(state: &mut State, pane: Pane, url: String) -> Vec<Effect> {
    if url.starts_with("mailto:") {
        return vec![Effect::Browser(url)];
    }
    let from = match pane {
        Pane::Article => state.articles.front().map(|view| LinkedFrom::Page(view.url.clone())),
        _ => state.notes.id().map(LinkedFrom::Notes),
    };
    match from {
        Some(from) => articles::open(state, url, from),
        None => Vec::new(),
    }
}

fn back(state: &mut State) -> Vec<Effect> {
    if state.overlay.take().is_some() {
        return Vec::new();
    }
    if let Some(reader) = reader(state)
        && (reader.finding.take().is_some() || reader.target.take().is_some())
    {
        return Vec::new();
    }
    if state.zoom {
        state.zoom = false;
        return Vec::new();
    }
    match state.focus {
        Pane::Article => articles::close(state),
        Pane::Notes => {
            state.focus = Pane::Episodes;
            Vec::new()
        }
        Pane::Episodes if !state.library.filter.is_empty() => {
            state.library.filter.clear();
            vec![library::load_shelf(state)]
        }
        Pane::Shows if !state.library.show_filter.is_empty() => {
            state.library.show_filter.clear();
            state.library.rebuild_shelves();
            Vec::new()
        }
        Pane::Episodes => {
            state.focus = Pane::Shows;
            Vec::new()
        }
        Pane::Shows => Vec::new(),
    }
}

fn next_target(state: &mut State, by: isize) -> Vec<Effect> {
    if matches!(state.focus, Pane::Shows | Pane::Episodes) && state.notes.opened.is_some() {
        state.focus = Pane::Notes;
    }
    if let Some(reader) = reader(state) {
        if reader.finding.is_some() {
            reader.step_match(by);
        } else {
            reader.step_target(by);
            // The last line now says where the link leads.
            state.toast = None;
        }
    }
    Vec::new()
}

/// The chosen link's address; in an article without a choice its own; in the lists the episode's.
fn with_address(state: &mut State, effect: impl FnOnce(String) -> Effect) -> Vec<Effect> {
    let chosen = hints::goal(state, state.focus).and_then(|(_, url)| url);
    let own = match state.focus {
        Pane::Article => state.articles.front().map(|view| view.url.clone()),
        _ => state.notes.opened.as_ref().and_then(|opened| opened.episode.summary.link.clone()),
    };
    if let Some(url) = chosen.or(own).filter(|url| !url.is_empty()) {
        return vec![effect(url)];
    }
    state.say(Notice::NoLink);
    Vec::new()
}

fn split(state: &mut State, by: i16) -> Vec<Effect> {
    let moved = |share: u16, low: u16, high: u16| share.saturating_add_signed(by).clamp(low, high);
    if matches!(state.focus, Pane::Notes | Pane::Article) && state.articles.is_open() {
        state.split.article = moved(state.split.article, 20, 80);
    } else {
        state.split.lists = moved(state.split.lists, 10, 60);
    }
    remember_split(state)
}

/// Keeps the shares of the panes across starts.
pub(super) fn remember_split(state: &State) -> Vec<Effect> {
    let value = format!("{} {}", state.split.lists, state.split.article);
    vec![Effect::Remember { key: "split", value }]
}

fn prompt(state: &mut State, kind: PromptKind, text: &str) -> Vec<Effect> {
    state.prompt = Some(Prompt { kind, line: Line::with(text) });
    Vec::new()
}

fn find(state: &mut State) -> Vec<Effect> {
    match state.focus {
        Pane::Shows => {
            let text = state.library.show_filter.clone();
            prompt(state, PromptKind::FilterShows, &text)
        }
        Pane::Episodes => {
            let text = state.library.filter.clone();
            prompt(state, PromptKind::FilterEpisodes, &text)
        }
        Pane::Notes | Pane::Article => prompt(state, PromptKind::Find, ""),
    }
}

fn show_chapters(state: &mut State) -> Vec<Effect> {
    let count = state.notes.opened.as_ref().and_then(|o| o.shown()).map_or(0, |c| c.list.len());
    if count == 0 {
        state.say(Notice::NoChapters);
        return Vec::new();
    }
    let mut list = List::new(count);
    if state.notes.id() == state.player.episode() {
        list.select(state.player.chapter_index().unwrap_or(0));
    }
    state.overlay = Some(Overlay::Chapters(list));
    Vec::new()
}

fn unsubscribe(state: &mut State) -> Vec<Effect> {
    if let Some(show) = state.library.selected_show() {
        state.overlay = Some(Overlay::ConfirmUnsubscribe(show.id, show.title.clone()));
    }
    Vec::new()
}

fn refresh(state: &mut State) -> Vec<Effect> {
    let selected = state.library.selected_show().map(|show| show.id);
    let of_episode = state.notes.opened.as_ref().map(|opened| opened.episode.summary.show);
    match selected.or(of_episode) {
        Some(show) => vec![Effect::Refresh(vec![show])],
        None => Vec::new(),
    }
}

fn mark_played(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    let row = state.library.rows.get(&id).map(|row| row.position);
    let opened = state.notes.opened.as_ref().filter(|opened| opened.episode.summary.id == id);
    let now = row.or(opened.map(|opened| opened.episode.summary.position)).unwrap_or_default();
    let position = Position { ms: 0, played: !now.played };
    player::mark(state, id, position);
    vec![Effect::SavePosition { id, position }, Effect::LoadShows]
}
