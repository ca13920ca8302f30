//! The opened episode: its notes, its chapters, and what is to be played once it is there.

use std::sync::Arc;

use super::{
    Effect, EpisodePages, OpenedEpisode, Pictures, Player, Reader, State, Ticket, along, chapters,
};
use crate::model::{
    Chapter, ChapterSource, Chapters, Episode, EpisodeId, Millis, SkippedChapter, Snip,
};
use crate::text::LayoutOptions;

/// The pane of notes.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Notes {
    /// The open request: which episode is on its way.
    pub loading: Option<(Ticket, EpisodeId)>,
    /// What is shown.
    pub opened: Option<Box<Opened>>,
    /// Why the last one could not be opened.
    pub failed: Option<String>,
    /// What a search of the library was for, in the notes of an episode that is on its way.
    pub(super) sought: Option<(EpisodeId, String)>,
    /// To be played as soon as it is open.
    pub(super) pending: Option<PendingPlay>,
}

/// What is to be played as soon as its episode is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PendingPlay {
    pub(super) id: EpisodeId,
    /// `None`: where listening stopped.
    pub(super) start_ms: Option<Millis>,
    pub(super) until_ms: Option<Millis>,
}

/// An episode that is open.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The episode.
    pub episode: Episode,
    /// Its notes.
    pub reader: Reader,
    /// Chapters from every source that has some.
    pub chapters: Vec<Chapters>,
    /// The source that is shown.
    pub source: Option<usize>,
    /// Kept snips.
    pub snips: Vec<Snip>,
    /// Chapters that are always skipped.
    pub skipped: Vec<SkippedChapter>,
    /// Times in the notes that are out of order.
    pub doubtful: Vec<Millis>,
    /// The pages that it links to.
    pub pages: EpisodePages,
    /// The text follows what plays; scrolling by hand ends that, a jump starts it again.
    pub follow: bool,
}

impl Opened {
    /// The chapters that are shown.
    #[must_use]
    pub fn shown(&self) -> Option<&Chapters> {
        self.chapters.get(self.source?)
    }

    /// Whether this chapter is always skipped.
    #[must_use]
    pub fn skips(&self, chapter: &Chapter) -> bool {
        self.skipped.iter().any(|skipped| skipped.means(chapter))
    }
}

impl Notes {
    /// The opened episode's id.
    #[must_use]
    pub fn id(&self) -> Option<EpisodeId> {
        self.opened.as_ref().map(|opened| opened.episode.summary.id)
    }

    /// Where the notes say that the chapter that plays begins: the notes' own timeline counts here,
    /// whatever source is shown.
    #[must_use]
    pub fn playing_start(&self, player: &Player) -> Option<Millis> {
        let opened = self.opened.as_ref()?;
        let own = opened.chapters.iter().find(|found| found.source == ChapterSource::Notes);
        let chapters = own.or(opened.shown())?;
        chapters.at(player.ms).and_then(|at| chapters.list.get(at)).map(|c| c.start_ms)
    }

    /// Lays the text out for this place; whether it has another shape now.
    pub(super) fn relayout(
        &mut self,
        options: LayoutOptions,
        rows: usize,
        pictures: &Pictures,
    ) -> bool {
        self.opened.as_mut().is_some_and(|o| pictures.relayout(&mut o.reader, options, rows))
    }
}

/// Asks for an episode's notes.
pub(super) fn open(state: &mut State, id: EpisodeId) -> Vec<Effect> {
    if state.notes.pending.is_some_and(|pending| pending.id != id) {
        // What was to be played is no longer on its way.
        state.notes.pending = None;
    }
    if state.notes.id() == Some(id) {
        state.notes.loading = None;
        return Vec::new();
    }
    if state.notes.loading.is_some_and(|(_, loading)| loading == id) {
        return Vec::new();
    }
    let ticket = state.ticket();
    state.notes.loading = Some((ticket, id));
    vec![Effect::OpenEpisode { ticket, id }]
}

/// The same at the place that a search of the library was for.
pub(super) fn open_at(state: &mut State, id: EpisodeId, query: String) -> Vec<Effect> {
    let effects = open(state, id);
    match &mut state.notes.opened {
        Some(opened) if opened.episode.summary.id == id && state.notes.loading.is_none() => {
            opened.reader.seek(&query);
        }
        _ => state.notes.sought = Some((id, query)),
    }
    effects
}

/// Shows the notes of the selected episode, unless something else is about to be played.
pub(super) fn preview_selected(state: &mut State) -> Vec<Effect> {
    if state.notes.pending.is_some() {
        return Vec::new();
    }
    state.library.selected().map_or_else(Vec::new, |id| open(state, id))
}

/// An episode has come; a late one changes nothing.
pub(super) fn opened(state: &mut State, ticket: Ticket, came: OpenedEpisode) -> Vec<Effect> {
    if state.notes.loading.is_none_or(|(open, _)| open != ticket) {
        return Vec::new();
    }
    state.notes.loading = None;
    state.notes.failed = None;
    let (id, show) = (came.episode.summary.id, came.episode.summary.show);
    state.player.chosen.learn(show, came.sounding);
    let same_as_playing = state.player.episode() == Some(id);
    if same_as_playing {
        state.player.take_chapters(&came.chapters, came.best);
    }
    state.along.recall(came.read);
    state.notes.opened = Some(Box::new(Opened {
        episode: came.episode,
        pages: EpisodePages::new(Arc::clone(&came.notes), came.usual),
        reader: Reader::new(came.notes),
        source: came.best,
        chapters: came.chapters,
        snips: came.snips,
        skipped: came.skipped,
        doubtful: came.doubtful,
        follow: same_as_playing,
    }));
    if let Some((_, query)) = state.notes.sought.take().filter(|(sought, _)| *sought == id)
        && let Some(opened) = &mut state.notes.opened
    {
        // What is read is not pulled away by what plays.
        opened.follow = false;
        opened.reader.seek(&query);
    }
    chapters::renew(state);
    along::renew(state);
    match state.notes.pending.take() {
        Some(pending) if pending.id == id => super::player::start(state, pending),
        other => {
            state.notes.pending = other;
            Vec::new()
        }
    }
}

/// More chapters were found: in the recording, or in a file that the feed names.
pub(super) fn chapters_came(
    state: &mut State,
    id: EpisodeId,
    chapters: Vec<Chapters>,
    best: Option<usize>,
) -> Vec<Effect> {
    if state.player.episode() == Some(id) {
        state.player.take_chapters(&chapters, best);
    }
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.chapters = chapters;
        opened.source = best;
        chapters::renew(state);
    }
    along::renew(state);
    Vec::new()
}

/// It could not be opened.
pub(super) fn failed(state: &mut State, ticket: Ticket, why: String) -> Vec<Effect> {
    if state.notes.loading.is_some_and(|(open, _)| open == ticket) {
        state.notes.loading = None;
        state.notes.pending = None;
        state.notes.failed = Some(why);
    }
    Vec::new()
}

/// Brings the chapter that plays into view, where the text follows.
pub(super) fn follow(state: &mut State) {
    if state.notes.id().is_none() || state.notes.id() != state.player.episode() {
        return;
    }
    let Some(start) = state.notes.playing_start(&state.player) else { return };
    if let Some(opened) = &mut state.notes.opened
        && opened.follow
        && let Some(lines) = opened.reader.lines_of_time(start)
    {
        opened.reader.reveal_all(&lines);
    }
}

/// The text follows what plays again; a list of chapters in front goes to it.
pub(super) fn attach(state: &mut State) -> Vec<Effect> {
    chapters::to_playing(state);
    if let Some(opened) = &mut state.notes.opened {
        opened.follow = true;
    }
    follow(state);
    Vec::new()
}
