//! Commands: what each of them means where the focus is.

mod follow;
mod walk;

pub(super) use self::follow::follow_target;
use self::follow::{back, open, with_address};
use self::walk::{next_target, page, step, to_end, turn_focus};
pub(super) use self::walk::{reader, walk};
use super::{
    Command, Effect, Line, List, Overlay, Pane, Prompt, PromptKind, Reader, Sound, State, along,
    articles, chapters, downloading, hints, jobs, library, offline, order, page_tools, pictures,
    player, queue, reading_list, search, sleep, snips, sounding, transcript, typesetting, undo,
};
use crate::lang::Notice;
use crate::model::{EpisodeId, Position, SoundAspect, SoundValue, Speed};

/// Does what the user means.
#[expect(clippy::too_many_lines, reason = "a table: a line for each command")]
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    if let Some(Overlay::Chapters(list)) = &mut state.overlay {
        list.digits.clear();
    }
    let meant = snips::while_adjusting(state, command);
    let meant = meant.or_else(|| sounding::in_front(state, command));
    if let Some(effects) = meant.or_else(|| downloading::in_front(state, command)) {
        return effects;
    }
    match command {
        Command::TogglePlay => player::toggle(state),
        Command::SeekForward
        | Command::SeekBack
        | Command::SeekForwardLong
        | Command::SeekBackLong => seek(state, command),
        Command::NextChapter => player::next_chapter(state),
        Command::PreviousChapter => player::previous_chapter(state),
        Command::Chapters => chapters::show(state),
        Command::ChapterSource => player::next_source(state),
        Command::Follow => transcript::reattach(state),
        Command::Louder => player::change_volume(state, 1),
        Command::Quieter => player::change_volume(state, -1),
        Command::Faster
        | Command::Slower
        | Command::NormalSpeed
        | Command::TrimSilence
        | Command::Loudness
        | Command::VoiceBoost
        | Command::SoundSettings => sound(state, command),
        Command::JumpNow => player::jump_now(state),
        Command::NextInQueue => queue::play_next(state),
        Command::SleepTimer => sleep::show(state),
        Command::SleepMark => sleep::go_to_mark(state),
        Command::Snip => transcript::snip(state).unwrap_or_else(|| snips::keep(state)),
        Command::SnipRange
        | Command::AdjustSnip
        | Command::Snips
        | Command::PlayAll
        | Command::EditTitle
        | Command::EditNote => write_about(state, command),
        Command::Star => order::star(state),
        Command::EditTags => order::edit_tags(state),
        Command::Delete => delete(state),
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
        Command::ArticleBack => typesetting::back(state),
        Command::ArticleForward => typesetting::forward(state),
        Command::NextLink => next_target(state, 1),
        Command::PreviousLink => next_target(state, -1),
        Command::Hints => hints::show(state),
        Command::Browser => with_address(state, Effect::Browser),
        Command::CopyLink => transcript::copy(state).unwrap_or_else(|| copy(state)),
        Command::WholePage => articles::toggle_whole(state),
        Command::CopyParagraph | Command::Outline | Command::SaveArticle | Command::Archived => {
            page_tools::give(state, command)
        }
        Command::NextArticle | Command::PreviousArticle | Command::ReadAlong => {
            along::give(state, command)
        }
        Command::ReadLater | Command::ReadingList => reading_list::give(state, command),
        Command::MakeOffline => for_episode(state, offline::complete),
        Command::Pictures => pictures::toggle(state),
        Command::LineSpacing
        | Command::Justify
        | Command::SidewaysRight
        | Command::SidewaysLeft => typesetting::give(state, command),
        Command::Transcript => {
            for_episode(state, |state, id| articles::open_transcript(state, id, None))
        }
        Command::Select => transcript::select(state),
        Command::Zoom => zoom(state),
        Command::Wider => split(state, 5),
        Command::Narrower => split(state, -5),
        Command::Find => find(state),
        Command::Search => search::show(state),
        Command::Subscribe => prompt(state, PromptKind::Subscribe, ""),
        Command::Unsubscribe => unsubscribe(state),
        Command::Refresh => reading_list::retry(state).unwrap_or_else(|| refresh(state)),
        Command::RefreshAll => vec![Effect::Refresh(Vec::new())],
        Command::Download => for_episode(state, jobs::toggle_download),
        Command::Enqueue => for_episode(state, queue::toggle),
        Command::Queue => queue::show(state),
        Command::MarkPlayed => {
            reading_list::mark_selected(state).unwrap_or_else(|| for_episode(state, mark_played))
        }
        Command::Undo => undo::take_back(state),
        Command::PlayedToHere | Command::Archive | Command::Sort | Command::Filters => {
            order::give(state, command)
        }
        Command::EnqueueNext | Command::MoveUp | Command::MoveDown | Command::ClearQueue => {
            queue::give(state, command)
        }
        Command::OlderEpisodes => library::older(state),
        Command::Downloads | Command::OfflineMode => downloading::give(state, command),
        Command::RetryDevice => vec![Effect::Sound(Sound::Retry)],
        Command::Palette => palette(state),
        Command::Help => help(state),
        Command::Suspend => leave(state, Effect::Suspend),
        Command::Quit => leave(state, Effect::Quit),
    }
}

/// Commands about snips; those that write are about a kept filter where such are in front.
fn write_about(state: &mut State, command: Command) -> Vec<Effect> {
    match (command, &state.overlay) {
        (Command::EditTitle, Some(Overlay::Filters(_))) => order::edit_name(state),
        (Command::EditNote, Some(Overlay::Filters(_))) => order::edit_text(state),
        _ => snips::give(state, command),
    }
}

fn palette(state: &mut State) -> Vec<Effect> {
    let found = Command::ALL.to_vec();
    let list = List::new(found.len());
    state.overlay = Some(Overlay::Palette { line: Line::default(), found, list });
    Vec::new()
}

fn help(state: &mut State) -> Vec<Effect> {
    let help = crate::lang::help(state.tongue, &bindings(state));
    state.overlay = Some(Overlay::Help(Box::new(Reader::new(help.into()))));
    Vec::new()
}

/// Leaves the screen; what would be lost is kept first.
fn leave(state: &mut State, how: Effect) -> Vec<Effect> {
    let mut effects = player::keep(state);
    if how == Effect::Quit {
        effects.extend(articles::keep_place(state));
        effects.extend(reading_list::leaving(state));
    }
    effects.push(how);
    effects
}

/// Copies the chosen link, or what the selected chapter of the list in front says.
fn copy(state: &mut State) -> Vec<Effect> {
    let effects = match chapters::words(state) {
        Some(words) => vec![Effect::Copy(words)],
        None => with_address(state, Effect::Copy),
    };
    if !effects.is_empty() {
        state.say(Notice::Copied);
    }
    effects
}

fn speed(state: &mut State, to: impl FnOnce(SoundValue) -> SoundValue) -> Vec<Effect> {
    sounding::change(state, SoundAspect::Speed, to)
}

/// A jump by time.
fn seek(state: &mut State, command: Command) -> Vec<Effect> {
    let audio = &state.settings.audio;
    let ms = |seconds: u32| i64::from(seconds) * 1000;
    let by = match command {
        Command::SeekForward => ms(audio.seek_short),
        Command::SeekBack => -ms(audio.seek_short),
        Command::SeekForwardLong => ms(audio.seek_long),
        _ => -ms(audio.seek_long),
    };
    player::seek_by(state, by)
}

/// How it sounds.
fn sound(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::Faster => speed(state, |speed| speed.more(1)),
        Command::Slower => speed(state, |speed| speed.more(-1)),
        Command::NormalSpeed => speed(state, |_| SoundValue::Speed(Speed::NORMAL)),
        Command::TrimSilence => trim_silence(state),
        Command::Loudness => sounding::change(state, SoundAspect::Loudness, switched),
        Command::VoiceBoost => sounding::change(state, SoundAspect::VoiceBoost, switched),
        _ => sounding::show(state),
    }
}

/// The next strength of shortening pauses; after the strongest comes none.
fn trim_silence(state: &mut State) -> Vec<Effect> {
    sounding::change(state, SoundAspect::Trim, |value| match value {
        SoundValue::Trim(trim) => SoundValue::Trim(trim.next()),
        other => other,
    })
}

/// On or off, whichever it is not.
fn switched(value: SoundValue) -> SoundValue {
    match value {
        SoundValue::Loudness(true) | SoundValue::VoiceBoost(true) => value.more(-1),
        _ => value.more(1),
    }
}

fn bindings(state: &State) -> Vec<(String, &'static str)> {
    state.bindings.iter().map(|(keys, command)| (keys.clone(), command.name())).collect()
}

/// Deletes what is selected in a list in front.
fn delete(state: &mut State) -> Vec<Effect> {
    match &state.overlay {
        Some(Overlay::Snips(_)) => snips::delete_selected(state),
        Some(Overlay::Chapters(_)) => chapters::toggle_skip(state),
        Some(Overlay::Reading(_)) => reading_list::forget_selected(state),
        Some(Overlay::Queue(_)) => queue::remove_selected(state),
        Some(Overlay::Filters(_)) => order::delete_filter(state),
        _ => Vec::new(),
    }
}

/// The episode that a command is about: the selected one in the lists, else the opened one.
pub(super) fn episode_in_focus(state: &State) -> Option<EpisodeId> {
    if let Some(Overlay::Queue(list)) = &state.overlay {
        return state.queue.get(list.selected).map(|queued| queued.id);
    }
    if let Some(Overlay::Downloads(list)) = &state.overlay {
        return state.downloads.entries.get(list.selected).map(|entry| entry.id);
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

pub(super) fn prompt(state: &mut State, kind: PromptKind, text: &str) -> Vec<Effect> {
    state.prompt = Some(Prompt { kind, line: Line::with(text) });
    Vec::new()
}

/// Asks for a text of several lines.
pub(super) fn prompt_text(state: &mut State, kind: PromptKind, text: &str) -> Vec<Effect> {
    state.prompt = Some(Prompt { kind, line: Line::with_lines(text) });
    Vec::new()
}

fn find(state: &mut State) -> Vec<Effect> {
    match &state.overlay {
        Some(Overlay::Help(_)) => return prompt(state, PromptKind::Find, ""),
        Some(Overlay::Chapters(list)) => {
            let text = list.filter.clone();
            return prompt(state, PromptKind::FilterChapters, &text);
        }
        Some(Overlay::Outline(outline)) => {
            let text = outline.filter.clone();
            return prompt(state, PromptKind::FilterOutline, &text);
        }
        Some(Overlay::Snips(shown)) => {
            let text = shown.filter.clone();
            return prompt(state, PromptKind::FilterSnips, &text);
        }
        Some(Overlay::Reading(view)) => {
            let text = view.filter.clone();
            return prompt(state, PromptKind::FilterReading, &text);
        }
        _ => {}
    }
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

/// This pane alone, or all again. Whether pages are read so is remembered.
fn zoom(state: &mut State) -> Vec<Effect> {
    state.zoom = !state.zoom;
    if state.focus != Pane::Article {
        return Vec::new();
    }
    state.articles.zoomed = state.zoom;
    vec![Effect::Remember { key: "zoom", value: u8::from(state.zoom).to_string() }]
}

fn unsubscribe(state: &mut State) -> Vec<Effect> {
    if let Some(show) = state.library.selected_show() {
        state.overlay = Some(Overlay::ConfirmUnsubscribe(show.id, show.title.clone()));
    }
    Vec::new()
}

/// The page in focus anew, else the episodes of the show.
fn refresh(state: &mut State) -> Vec<Effect> {
    if state.focus == Pane::Article && state.overlay.is_none() {
        return articles::renew(state);
    }
    let selected = state.library.selected_show().map(|show| show.id);
    let of_episode = state.notes.opened.as_ref().map(|opened| opened.episode.summary.show);
    match selected.or(of_episode) {
        Some(id) if state.library.show(id).is_some_and(|show| show.health.wants_login()) => {
            prompt(state, PromptKind::LogIn(id), "")
        }
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
    let kept = undo::edit(undo::Edit::Played(vec![id], position.played));
    [kept].into_iter().chain(downloading::heard(state)).collect()
}
