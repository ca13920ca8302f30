//! The list of chapters in front: sections between them, a filter, numbers that pick one, chapters
//! that are always skipped.

mod rows;

pub use rows::{ChapterList, ChapterRow};

use super::{Effect, Overlay, State, player};
use crate::lang::Notice;
use crate::model::{Chapter, EpisodeId, Millis, SkippedChapter, clock};

/// Opens the list on the chapter that plays; pressed again it goes.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Chapters(_))) {
        state.overlay = None;
        return Vec::new();
    }
    let shown = state.notes.opened.as_ref().and_then(|opened| opened.shown());
    let Some(chapters) = shown.filter(|chapters| !chapters.list.is_empty()) else {
        state.say(Notice::NoChapters);
        return Vec::new();
    };
    let mut list = ChapterList::new(chapters);
    list.select_at(place(state).unwrap_or(0));
    state.overlay = Some(Overlay::Chapters(list));
    Vec::new()
}

/// Where listening stands in the opened episode.
fn place(state: &State) -> Option<Millis> {
    let opened = state.notes.opened.as_ref()?;
    if state.player.episode() == Some(opened.episode.summary.id) {
        return Some(state.player.ms);
    }
    let position = opened.episode.summary.position;
    (!position.played).then_some(position.ms)
}

/// The list in front is made anew after the chapters that it shows are other ones.
pub(super) fn renew(state: &mut State) {
    let shown = state.notes.opened.as_ref().and_then(|opened| opened.shown());
    if let Some(Overlay::Chapters(list)) = &mut state.overlay {
        list.renew(shown.map(|chapters| chapters.list.as_slice()).unwrap_or_default());
    }
}

/// After a jump by chapter, the list in front stands on the chapter that plays now.
pub(super) fn to_playing(state: &mut State) {
    if state.notes.id() == state.player.episode()
        && let Some(Overlay::Chapters(list)) = &mut state.overlay
    {
        list.select_at(state.player.ms);
    }
}

/// The selected chapter of the list in front, and the episode that it belongs to.
pub(super) fn chosen(state: &State) -> Option<(EpisodeId, &Chapter)> {
    let Some(Overlay::Chapters(list)) = &state.overlay else { return None };
    let opened = state.notes.opened.as_ref()?;
    let chapter = opened.shown()?.list.get(list.chosen()?)?;
    Some((opened.episode.summary.id, chapter))
}

/// Plays the selected chapter, whatever plays now.
pub(super) fn play_chosen(state: &mut State) -> Vec<Effect> {
    let Some((id, start)) = chosen(state).map(|(id, chapter)| (id, chapter.start_ms)) else {
        return Vec::new();
    };
    if player::is_beyond(state, id, start) {
        state.say(Notice::BeyondEnd(start));
        return Vec::new();
    }
    state.overlay = None;
    player::play(state, id, Some(start), None)
}

/// Skips the selected chapter from now on, or plays it again.
pub(super) fn toggle_skip(state: &mut State) -> Vec<Effect> {
    let Some((id, chapter)) = chosen(state).map(|(id, chapter)| (id, chapter.clone())) else {
        return Vec::new();
    };
    let Some(opened) = &mut state.notes.opened else { return Vec::new() };
    let skip = !opened.skips(&chapter);
    opened.skipped.retain(|known| !known.means(&chapter));
    if skip {
        opened.skipped.push(SkippedChapter::of(&chapter));
    }
    let skipped = opened.skipped.clone();
    state.say(Notice::SkipsChapter(chapter.title.clone(), skip));
    let mut effects = vec![Effect::SkipChapter { id, chapter: SkippedChapter::of(&chapter), skip }];
    if let Some(playing) = state.player.playing.as_mut().filter(|playing| playing.id == id) {
        playing.skipped = skipped;
        effects.extend(player::skip_now(state, &chapter));
    }
    effects
}

/// The selected chapter as words for the clipboard: its time and its title.
pub(super) fn words(state: &State) -> Option<String> {
    let (_, chapter) = chosen(state)?;
    Some(format!("{} {}", clock(chapter.start_ms), chapter.title).trim_end().to_owned())
}

/// The page about the selected chapter.
pub(super) fn page(state: &State) -> Option<String> {
    chosen(state)?.1.url.clone()
}

/// Only chapters with these words, as they are typed.
pub(super) fn filter(state: &mut State, words: &str) {
    let shown = state.notes.opened.as_ref().and_then(|opened| opened.shown());
    if let Some(Overlay::Chapters(list)) = &mut state.overlay {
        words.clone_into(&mut list.filter);
        list.renew(shown.map(|chapters| chapters.list.as_slice()).unwrap_or_default());
    }
}
