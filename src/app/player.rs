//! What plays: state of the playback, chapters, jumps, speed. Times are times in the recording,
//! whatever the speed.

mod edges;
mod heard;
mod jump;
mod listening;
mod range;
mod rewind;
mod skip;
mod start;

pub(super) use heard::{heard, keep, mark};
pub(super) use jump::{
    is_beyond, jump_now, next_chapter, next_source, previous_chapter, seek, seek_by,
};
pub(super) use listening::listen;
pub(super) use range::{can_play_range, enter_range, go_back, keep_still};
pub(super) use rewind::hold;
pub(super) use skip::{behind_skipped, plan, skip_now};
pub(super) use start::{play, play_on, start, toggle};

use std::collections::BTreeMap;

use super::{Chosen, Effect, EpisodePages, Sound, State, Ticket};
use crate::lang::Notice;
use crate::model::{
    AudioSettings, Chapter, Chapters, EpisodeId, Listening, Millis, Position, ShowId,
    SkippedChapter, Sounding,
};

/// How the playback stands.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Playback {
    /// Nothing is loaded.
    #[default]
    Idle,
    /// The recording is being opened.
    Loading,
    /// Sound comes out.
    Playing,
    /// Held.
    Paused,
    /// Waiting for bytes.
    Buffering,
    /// Played to the end, or to the end asked for.
    Ended,
    /// It cannot be played; a sentence.
    Failed(String),
}

/// The sound device.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Device {
    /// Not heard of yet.
    #[default]
    Unknown,
    /// There is one.
    Ready,
    /// There is none; a sentence.
    Missing(String),
}

/// The episode that is loaded.
#[derive(Debug, Clone, PartialEq)]
pub struct Playing {
    /// Its id.
    pub id: EpisodeId,
    /// Its title.
    pub title: String,
    /// Its show.
    pub show_id: ShowId,
    /// Its show's title.
    pub show: String,
    /// The request that audio events carry.
    pub ticket: Ticket,
    /// Its length, measured or claimed.
    pub duration_ms: Option<Millis>,
    /// The length was measured.
    pub measured: bool,
    /// Counts as heard.
    pub played: bool,
    /// It did so before it was loaded.
    heard_before: bool,
    /// Stops here (a snip's end).
    pub until_ms: Option<Millis>,
    /// Chapters from every source that has some.
    pub chapters: Vec<Chapters>,
    /// The source that counts.
    pub source: Option<usize>,
    /// Chapters that are always skipped.
    pub skipped: Vec<SkippedChapter>,
    /// The pages that it links to.
    pub pages: EpisodePages,
}

impl Playing {
    /// Whether this chapter is always skipped.
    #[must_use]
    pub fn skips(&self, chapter: &Chapter) -> bool {
        self.skipped.iter().any(|skipped| skipped.means(chapter))
    }

    /// Whether it counts as heard when listening stops here: so long before its end, of a short one in
    /// its last tenth.
    fn counts_at(&self, ms: Millis, ending: Millis) -> bool {
        let ends = |end: Millis| end > 0 && ms + ending.min(end / 10) >= end;
        self.heard_before || self.duration_ms.is_some_and(ends)
    }
}

/// What plays.
#[derive(Debug, Clone, PartialEq)]
pub struct Player {
    /// How it stands.
    pub playback: Playback,
    /// What is loaded.
    pub playing: Option<Playing>,
    /// Time in the recording.
    pub ms: Millis,
    /// That time is estimated: the exact one is not known yet.
    pub estimated: bool,
    /// The place that was jumped to is still looked for: percent of the way that are done.
    pub looking: Option<u8>,
    /// A jump on its way: positions far from it are from before.
    seeking: Option<(Millis, u8)>,
    /// Starts of chapters, first and last, that play although they are skipped: the user jumped into
    /// them, or a jump past them is on its way.
    let_through: Option<(Millis, Millis)>,
    /// What the sound was told to leave out next.
    planned: Option<skip::Leap>,
    /// The position that is on disk.
    kept_ms: Millis,
    /// Held since this tick, where nobody has jumped since then.
    held_since: Option<u64>,
    /// When episodes were left in this start of the program, as ticks.
    left: BTreeMap<EpisodeId, u64>,
    /// Counted since it was told last.
    listening: Listening,
    /// An episode counts as heard so long before its end, in ms.
    ending: Millis,
    /// Volume, 0–100.
    pub volume: u8,
    /// What was chosen about the sound.
    pub chosen: Chosen,
    /// What applies of it to what plays, as the sound knows it.
    pub how: Sounding,
    /// Time that shorter pauses have saved in this recording.
    pub saved_ms: Millis,
    /// The sound device.
    pub device: Device,
}

impl Player {
    /// A player with nothing loaded.
    #[must_use]
    pub fn new(settings: &AudioSettings) -> Self {
        Self {
            playback: Playback::Idle,
            playing: None,
            ms: 0,
            estimated: false,
            looking: None,
            seeking: None,
            let_through: None,
            planned: None,
            kept_ms: 0,
            held_since: None,
            left: BTreeMap::new(),
            listening: Listening::default(),
            ending: Millis::from(settings.played_before_end) * 1000,
            volume: settings.volume.min(100),
            chosen: Chosen::new(settings.sounding()),
            how: settings.sounding(),
            saved_ms: 0,
            device: Device::Unknown,
        }
    }

    /// The loaded episode.
    #[must_use]
    pub fn episode(&self) -> Option<EpisodeId> {
        self.playing.as_ref().map(|playing| playing.id)
    }

    /// The chapters that count.
    #[must_use]
    pub fn chapters(&self) -> Option<&Chapters> {
        let playing = self.playing.as_ref()?;
        playing.chapters.get(playing.source?)
    }

    /// The chapter that plays.
    #[must_use]
    pub fn chapter(&self) -> Option<&Chapter> {
        let chapters = self.chapters()?;
        chapters.list.get(chapters.at(self.ms)?)
    }

    /// Index of the chapter that plays.
    #[must_use]
    pub fn chapter_index(&self) -> Option<usize> {
        self.chapters()?.at(self.ms)
    }

    /// Where the chapter that plays ends: where it says so or the next one begins, else with the
    /// recording, as far as that is known.
    #[must_use]
    pub fn chapter_end(&self) -> Option<Millis> {
        let list = &self.chapters()?.list;
        let index = self.chapter_index()?;
        let next = list.get(index + 1).map(|next| next.start_ms);
        let length = self.playing.as_ref().and_then(|playing| playing.duration_ms);
        list.get(index)?.end_ms.or(next).or(length)
    }

    pub(super) fn take_chapters(&mut self, chapters: &[Chapters], best: Option<usize>) {
        if let Some(playing) = &mut self.playing {
            playing.chapters = chapters.to_vec();
            playing.source = best;
        }
    }

    fn is(&self, ticket: Ticket) -> bool {
        self.playing.as_ref().is_some_and(|playing| playing.ticket == ticket)
    }

    /// The effect that keeps where listening stands. A range that is played leaves it alone.
    fn save(&mut self) -> Vec<Effect> {
        let (ms, ending) = (self.ms, self.ending);
        let listening = self.playing.as_mut().filter(|playing| playing.until_ms.is_none());
        let Some(playing) = listening else { return Vec::new() };
        self.kept_ms = ms;
        playing.played = playing.counts_at(ms, ending);
        let position = Position { ms, played: playing.played };
        vec![Effect::SavePosition { id: playing.id, position }]
    }
}

/// Louder or quieter by so many steps.
pub(super) fn change_volume(state: &mut State, steps: i16) -> Vec<Effect> {
    let by = steps.saturating_mul(i16::from(state.settings.audio.volume_step));
    let volume = i16::from(state.player.volume).saturating_add(by).clamp(0, 100) as u8;
    state.player.volume = volume;
    // The bar has not always room for it.
    state.say(Notice::Volume(volume));
    vec![
        Effect::Sound(Sound::Volume(volume)),
        Effect::Remember { key: "volume", value: volume.to_string() },
    ]
}
