//! A transcript beside the notes: it follows what plays, one cue is pointed at, some may be selected.

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::{Effect, Goal, Page, Pane, Reader, State, Target, player};
use crate::lang::Notice;
use crate::model::{Cue, EpisodeId, Millis, NewSnip, Transcript, clock};
use crate::text::{Block, Document, LayoutOptions, Span, SpanStyle};

/// A transcript that is read. Block `n` of the reader's text is cue `n`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TranscriptView {
    /// The cues.
    pub transcript: Arc<Transcript>,
    /// Their text and where reading stands.
    pub reader: Reader,
    /// The cue that keys act on.
    pub cursor: usize,
    /// The cue where selecting began, while it is on; the cursor is the other end.
    pub anchor: Option<usize>,
    /// The view follows what plays; moving by hand ends that.
    pub follow: bool,
    /// Columns of the times at the left; 0 where there are none.
    pub time_columns: u16,
}

/// In panes with fewer columns than this the times give their place to the words.
const NARROW: u16 = 20;

impl TranscriptView {
    /// A transcript at its beginning, or at the cue that is said at `at`.
    #[must_use]
    pub fn new(transcript: Arc<Transcript>, at: Option<Millis>) -> Self {
        let cursor = at.and_then(|ms| transcript.at(ms)).unwrap_or(0);
        let mut reader = Reader::at(Arc::new(document(&transcript)), Some((cursor, 0)));
        if transcript.is_timed() {
            let target = |(block, cue): (usize, &Cue)| Target {
                block,
                range: 0..1,
                goal: Goal::Time(cue.start_ms),
            };
            reader.targets = transcript.cues.iter().enumerate().map(target).collect();
        }
        let follow = at.is_none();
        Self { transcript, reader, cursor, follow, ..Self::default() }
    }

    /// The selected cues, while selecting is on.
    #[must_use]
    pub fn selected(&self) -> Option<RangeInclusive<usize>> {
        let anchor = self.anchor?;
        Some(anchor.min(self.cursor)..=anchor.max(self.cursor))
    }

    /// Where the selected cues begin and end, in ms.
    #[must_use]
    pub fn selected_range(&self) -> Option<(Millis, Millis)> {
        let selected = self.selected().filter(|_| self.transcript.is_timed())?;
        let start = self.transcript.cues.get(*selected.start())?.start_ms;
        let end = selected.map(|index| self.transcript.end_of(index)).max()?;
        Some((start, end.max(start.saturating_add(1))))
    }

    pub(super) fn relayout(&mut self, options: LayoutOptions, rows: usize) {
        let last = self.transcript.cues.last().filter(|_| self.transcript.is_timed());
        let columns = last.map_or(0, |cue| clock(cue.start_ms).len());
        let columns = u16::try_from(columns).unwrap_or(0);
        let wide_enough = options.width >= NARROW + columns;
        self.time_columns = if wide_enough { columns } else { 0 };
        let width = options.width - self.time_columns;
        let changed = self.reader.relayout(LayoutOptions { width, ..options.of_lines() }, rows);
        if changed && self.follow {
            self.reader.keep_up_with(self.line_of(self.cursor));
        }
    }

    fn line_of(&self, cue: usize) -> usize {
        self.reader.layout.line_of(cue, 0)
    }

    /// Points at another cue and brings it into view.
    fn point_at(&mut self, cue: usize) {
        self.follow = false;
        self.cursor = cue.min(self.transcript.cues.len().saturating_sub(1));
        let (first, last) = (self.line_of(self.cursor), self.last_line_of(self.cursor));
        self.reader.show_lines(first, last);
    }

    fn last_line_of(&self, cue: usize) -> usize {
        let next = self.reader.layout.first_line.get(cue + 1);
        next.map_or(self.reader.layout.lines.len(), |line| *line).saturating_sub(1)
    }

    /// After scrolling: the cue that is pointed at stays in view.
    pub(super) fn scrolled(&mut self) {
        self.follow = false;
        let shown = self.reader.shown();
        let cue = |line: usize| self.reader.layout.lines.get(line).map(|line| line.block);
        let first = cue(shown.start).unwrap_or(0);
        let last = cue(shown.end.saturating_sub(1)).unwrap_or(first);
        let whole = first + usize::from(self.line_of(first) < shown.start);
        self.cursor = self.cursor.clamp(whole.min(last), last.max(whole.min(last)));
    }

    /// To what is being said, where the view follows.
    fn follow(&mut self, ms: Millis) {
        let Some(cue) = self.transcript.at(ms).filter(|_| self.follow) else { return };
        self.cursor = cue;
        let line = self.line_of(cue);
        self.reader.keep_up_with(line);
    }
}

/// A block for each cue. A speaker is named where a turn begins. With times the cues stand close, as
/// items of a list; the indent parts them from the times.
fn document(transcript: &Transcript) -> Document {
    let timed = transcript.is_timed();
    let mut speaker: Option<&str> = None;
    let block = |cue: &Cue, named: bool| {
        let mut spans = Vec::with_capacity(2);
        if let Some(name) = cue.speaker.as_deref().filter(|_| named) {
            let style = SpanStyle { bold: true, ..SpanStyle::default() };
            spans.push(Span { text: format!("{name}  "), style, ..Span::default() });
        }
        spans.push(Span { text: cue.text.clone(), ..Span::default() });
        Block { list: u8::from(timed), spans, ..Block::default() }
    };
    let mut blocks = Vec::with_capacity(transcript.cues.len());
    for cue in &transcript.cues {
        let named = cue.speaker.is_some() && cue.speaker.as_deref() != speaker;
        speaker = cue.speaker.as_deref().or(speaker);
        blocks.push(block(cue, named));
    }
    Document { blocks, ..Document::default() }
}

/// The transcript in front and its episode.
pub(super) fn front(state: &mut State) -> Option<(&mut TranscriptView, Option<EpisodeId>)> {
    let view = state.articles.stack.last_mut()?;
    match &mut view.page {
        Page::Transcript(transcript) => Some((transcript, view.episode)),
        Page::Loading | Page::Ready { .. } | Page::Failed(_) => None,
    }
}

/// The transcript that keys go to.
fn focused(state: &mut State) -> Option<(&mut TranscriptView, Option<EpisodeId>)> {
    if state.focus != Pane::Article || state.overlay.is_some() {
        return None;
    }
    front(state)
}

/// The sound has moved on, or the transcript has just come: it follows.
pub(super) fn follow(state: &mut State) {
    let (playing, ms) = (state.player.episode(), state.player.ms);
    if let Some((view, episode)) = front(state)
        && playing.is_some()
        && episode == playing
    {
        view.follow(ms);
    }
}

/// From now on the transcript in front follows, unless cues are being selected in it.
pub(super) fn attach(state: &mut State) {
    if let Some((view, _)) = front(state)
        && view.anchor.is_none()
    {
        view.follow = true;
    }
    follow(state);
}

/// Moving by hand in a pane: a transcript in it no longer follows.
pub(super) fn moved_by_hand(state: &mut State, pane: Pane) {
    if pane == Pane::Article
        && let Some((view, _)) = front(state)
    {
        view.scrolled();
    }
}

/// The next cue, or the one before; says whether there is a transcript.
pub(super) fn step(state: &mut State, by: isize) -> bool {
    let Some((view, _)) = focused(state) else { return false };
    view.point_at(view.cursor.saturating_add_signed(by));
    true
}

/// The first or the last cue; says whether there is a transcript.
pub(super) fn to_end(state: &mut State, bottom: bool) -> bool {
    let Some((view, _)) = focused(state) else { return false };
    view.point_at(if bottom { usize::MAX } else { 0 });
    true
}

/// A search went to a match: its cue is pointed at.
pub(super) fn to_match(state: &mut State) {
    if let Some((view, _)) = focused(state) {
        let finding = view.reader.finding.as_ref();
        if let Some(block) = finding.and_then(|f| Some(f.matches.get(f.current)?.block)) {
            view.point_at(block);
        }
    }
}

/// Plays from the cue that is pointed at, or whose letter was typed; `None` without a transcript.
pub(super) fn open(state: &mut State) -> Option<Vec<Effect>> {
    let (view, episode) = front(state)?;
    if let Some(chosen) = view.reader.target.take() {
        view.point_at(chosen);
    }
    let start = view.transcript.cues.get(view.cursor).map(|cue| cue.start_ms);
    let start = start.filter(|_| view.transcript.is_timed());
    view.anchor = None;
    let Some((id, start)) = episode.zip(start) else { return Some(Vec::new()) };
    let effects = player::play(state, id, Some(start), None);
    attach(state);
    Some(effects)
}

/// A cue was clicked: the first click points at it, one on its time or on the cue that is pointed at
/// plays. `None` without a transcript.
pub(super) fn clicked(state: &mut State, row: usize, column: usize) -> Option<Vec<Effect>> {
    let (view, _) = front(state)?;
    let line = view.reader.shown().start + row;
    let Some(cue) = view.reader.layout.lines.get(line).map(|line| line.block) else {
        return Some(Vec::new());
    };
    let on_time = column < usize::from(view.time_columns);
    let again = view.cursor == cue && !view.follow && view.anchor.is_none();
    view.point_at(cue);
    if on_time || again { open(state) } else { Some(Vec::new()) }
}

/// Begins to select cues, or ends it.
pub(super) fn select(state: &mut State) -> Vec<Effect> {
    let Some((view, _)) = focused(state) else {
        state.say(Notice::NoTranscript);
        return Vec::new();
    };
    view.follow = false;
    view.anchor = match view.anchor {
        Some(_) => None,
        None => Some(view.cursor),
    };
    Vec::new()
}

/// Ends selecting; says whether it was on.
pub(super) fn end_selection(state: &mut State) -> bool {
    focused(state).is_some_and(|(view, _)| view.anchor.take().is_some())
}

/// Keeps the selected cues as a snip with their words; `None` where none are selected.
pub(super) fn snip(state: &mut State) -> Option<Vec<Effect>> {
    let (view, episode) = focused(state)?;
    let (start_ms, end_ms) = view.selected_range()?;
    let words = view.transcript.words(view.selected()?);
    view.anchor = None;
    let transcript = Some(words).filter(|words| !words.is_empty());
    let snip = NewSnip { start_ms, end_ms, transcript, ..NewSnip::default() };
    Some(episode.map(|id| Effect::AddSnip { id, snip }).into_iter().collect())
}

/// Copies the words of the selected cues, else of the one that is pointed at; `None` without a
/// transcript.
pub(super) fn copy(state: &mut State) -> Option<Vec<Effect>> {
    let (view, _) = focused(state)?;
    let selected = view.selected().unwrap_or(view.cursor..=view.cursor);
    let words = view.transcript.words(selected);
    view.anchor = None;
    state.say(Notice::Copied);
    Some(vec![Effect::Copy(words)])
}

/// Notes and transcript follow what plays again.
pub(super) fn reattach(state: &mut State) -> Vec<Effect> {
    if state.player.episode().is_none() {
        state.say(Notice::NothingPlays);
    }
    let effects = super::notes::attach(state);
    end_selection(state);
    attach(state);
    effects
}
