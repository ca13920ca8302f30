//! The margin of the notes: the chapter that plays, chapters that are always skipped, and times that
//! cannot be believed, marked by signs.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use super::Canvas;
use crate::app::{Opened, Reader, State};
use crate::model::Millis;
use crate::text::Line;

/// Notes and other sources may tell the start of the same chapter so differently, in ms.
const NEAR: Millis = 1_000;

/// What is known of the times in the notes of an episode.
#[derive(Debug, Clone)]
pub(super) struct Times<'a> {
    /// Where the notes say that the chapter that plays begins.
    now: Option<Millis>,
    /// The length of the recording, where known.
    end: Option<Millis>,
    /// Starts of chapters that are always skipped.
    skipped: Vec<Millis>,
    /// Times that stand out of order.
    doubtful: &'a [Millis],
    /// Links to pages of the chapter that plays, by their index in the text.
    pages: Vec<usize>,
}

impl<'a> Times<'a> {
    pub(super) fn of(state: &State, opened: &'a Opened) -> Self {
        let plays = state.player.episode() == Some(opened.episode.summary.id);
        let chapters = opened.shown().map(|shown| shown.list.as_slice()).unwrap_or_default();
        let skipped = chapters.iter().filter(|_| !opened.skipped.is_empty());
        let skipped = skipped.filter(|chapter| opened.skips(chapter));
        Self {
            now: state.notes.playing_start(&state.player).filter(|_| plays),
            end: opened.episode.summary.duration_ms.filter(|end| *end > 0),
            skipped: skipped.map(|chapter| chapter.start_ms).collect(),
            doubtful: &opened.doubtful,
            pages: pages_that_play(state, opened).unwrap_or_default(),
        }
    }

    /// The lines of the chapter that plays.
    pub(super) fn playing(&self, reader: &Reader) -> Option<Range<usize>> {
        reader.lines_of_time(self.now?)
    }

    /// The sign beside a line.
    pub(super) fn mark(&self, canvas: &Canvas<'_>, line: &Line) -> Option<(char, Style)> {
        let times = || line.runs.iter().filter_map(|run| run.time_ms);
        let theme = canvas.theme;
        if times().any(|ms| self.is_doubtful(ms)) {
            return Some(('?', theme.dim));
        }
        let skipped = |ms: Millis| self.skipped.iter().any(|start| start.abs_diff(ms) <= NEAR);
        // In a sentence a time is only a time.
        let leads = line.runs.iter().find(|run| !run.kind.is_decoration())?.time_ms;
        if leads.is_some_and(skipped) {
            return Some(('⤼', theme.dim));
        }
        let mut links = line.runs.iter().filter(|run| run.time_ms.is_none());
        let readable = links.any(|run| run.link.is_some_and(|link| self.pages.contains(&link)));
        readable.then_some(('❐', theme.accent.remove_modifier(Modifier::BOLD)))
    }

    /// Whether a time lies behind the end, or out of order.
    pub(super) fn is_doubtful(&self, ms: Millis) -> bool {
        self.end.is_some_and(|end| ms >= end) || self.doubtful.contains(&ms)
    }
}

/// The links of the notes that lead to pages of the chapter that plays.
fn pages_that_play(state: &State, opened: &Opened) -> Option<Vec<usize>> {
    let playing = state.player.playing.as_ref()?;
    let chapter = state.player.chapter_index()?;
    let plays = playing.id == opened.episode.summary.id;
    let links = opened.pages.of_chapter(chapter).filter(|_| plays);
    Some(links.flat_map(|(_, page)| page.links.iter().copied()).collect())
}
