//! What plays: state of the playback, chapters, jumps, speed. Times are times in the recording,
//! whatever the speed.

use super::notes::PendingPlay;
use super::{Audio, Effect, Sound, State, Ticket};
use crate::lang::Notice;
use crate::model::{AudioSettings, Chapter, Chapters, EpisodeId, Millis, Position};

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
    /// Its show's title.
    pub show: String,
    /// The request that audio events carry.
    pub ticket: Ticket,
    /// Its length, measured or claimed.
    pub duration_ms: Option<Millis>,
    /// Heard to the end before.
    pub played: bool,
    /// Stops here (a snip's end).
    pub until_ms: Option<Millis>,
    /// Chapters from every source that has some.
    pub chapters: Vec<Chapters>,
    /// The source that counts.
    pub source: Option<usize>,
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
    /// A jump on its way: positions far from it are from before.
    seeking: Option<(Millis, u8)>,
    /// The position that is on disk.
    saved_ms: Millis,
    /// Speed, 0.5–3.0.
    pub speed: f32,
    /// Volume, 0–100.
    pub volume: u8,
    /// Pauses are shortened.
    pub trim_silence: bool,
    /// Loudness is evened out.
    pub loudness: bool,
    /// The sound device.
    pub device: Device,
}

/// The position is saved when it has moved this far, in ms.
const SAVE_EVERY: Millis = 5_000;
/// "Previous chapter" goes to the start of this one when it has played this long, in ms at speed 1.
const RESTART_AFTER: Millis = 3_000;
/// Positions this far from a jump's target are from before it, in ms.
const NEAR: Millis = 1_500;

impl Player {
    /// A player with nothing loaded.
    #[must_use]
    pub fn new(settings: &AudioSettings) -> Self {
        Self {
            playback: Playback::Idle,
            playing: None,
            ms: 0,
            seeking: None,
            saved_ms: 0,
            speed: settings.speed.clamp(0.5, 3.0),
            volume: settings.volume.min(100),
            trim_silence: settings.trim_silence,
            loudness: settings.loudness,
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

    pub(super) fn take_chapters(&mut self, chapters: &[Chapters], best: Option<usize>) {
        if let Some(playing) = &mut self.playing {
            playing.chapters = chapters.to_vec();
            playing.source = best;
        }
    }

    fn is(&self, ticket: Ticket) -> bool {
        self.playing.as_ref().is_some_and(|playing| playing.ticket == ticket)
    }

    /// The effect that keeps where listening stands.
    fn save(&mut self) -> Vec<Effect> {
        let Some(playing) = &self.playing else { return Vec::new() };
        self.saved_ms = self.ms;
        let position = Position { ms: self.ms, played: playing.played };
        vec![Effect::SavePosition { id: playing.id, position }]
    }
}

/// Plays an episode: from where listening stopped, or from `start_ms` (to `until_ms`).
pub(super) fn play(
    state: &mut State,
    id: EpisodeId,
    start_ms: Option<Millis>,
    until_ms: Option<Millis>,
) -> Vec<Effect> {
    let pending = PendingPlay { id, start_ms, until_ms };
    if state.notes.id() == Some(id) {
        // Whatever else was still to be opened and played is no longer wanted.
        state.notes.loading = None;
        state.notes.pending = None;
        return start(state, pending);
    }
    state.notes.pending = Some(pending);
    super::notes::open(state, id)
}

/// Plays the opened episode.
pub(super) fn start(state: &mut State, pending: PendingPlay) -> Vec<Effect> {
    let loaded = state.player.episode() == Some(pending.id);
    let usable =
        !matches!(state.player.playback, Playback::Failed(_) | Playback::Ended | Playback::Idle);
    let until = state.player.playing.as_ref().and_then(|playing| playing.until_ms);
    if loaded && usable && pending.until_ms.is_none() && until.is_none() {
        let mut effects = match pending.start_ms {
            Some(ms) => seek(state, ms),
            None => Vec::new(),
        };
        effects.push(Effect::Sound(Sound::Play));
        return effects;
    }
    load(state, pending)
}

fn load(state: &mut State, pending: PendingPlay) -> Vec<Effect> {
    let recording = state.notes.opened.as_ref().map(|o| o.episode.summary.enclosure.is_some());
    if recording == Some(false) {
        state.say(Notice::NoRecording);
        return Vec::new();
    }
    let mut effects = keep(state);
    let ticket = state.ticket();
    let Some(opened) = &mut state.notes.opened else { return effects };
    let summary = &opened.episode.summary;
    let resume = if summary.position.played { 0 } else { summary.position.ms };
    let start_ms = pending.start_ms.unwrap_or(resume);
    opened.follow = true;
    state.player.playing = Some(Playing {
        id: pending.id,
        title: summary.title.clone(),
        show: summary.show_title.clone(),
        ticket,
        duration_ms: summary.duration_ms,
        played: summary.position.played,
        until_ms: pending.until_ms,
        chapters: opened.chapters.clone(),
        source: opened.source,
    });
    state.player.playback = Playback::Loading;
    state.player.ms = start_ms;
    state.player.saved_ms = start_ms;
    state.player.seeking = None;
    effects.push(Effect::Load { ticket, id: pending.id, start_ms, until_ms: pending.until_ms });
    effects
}

/// Space: hold, go on, or play what is opened.
pub(super) fn toggle(state: &mut State) -> Vec<Effect> {
    match state.player.playback {
        // The state moves at once, so that two quick presses hold and go on.
        Playback::Playing | Playback::Buffering | Playback::Loading => {
            state.player.playback = Playback::Paused;
            let mut effects = vec![Effect::Sound(Sound::Pause)];
            effects.extend(state.player.save());
            effects
        }
        Playback::Paused => {
            state.player.playback = Playback::Playing;
            vec![Effect::Sound(Sound::Play)]
        }
        Playback::Idle | Playback::Ended | Playback::Failed(_) => {
            let loaded = state.player.playing.as_ref().map(|playing| playing.id);
            let at = (state.player.playback != Playback::Idle).then_some(state.player.ms);
            let Some(id) = loaded.or(state.notes.id()).or(state.library.selected()) else {
                return Vec::new();
            };
            let end = state.player.playing.as_ref().and_then(|playing| playing.duration_ms);
            // At the very end, playing again begins at the beginning.
            let at = at.filter(|&ms| end.is_none_or(|end| ms + 1_000 < end)).or(loaded.map(|_| 0));
            play(state, id, at, None)
        }
    }
}

/// Jumps to a time; the state moves at once, so that quick presses add up.
pub(super) fn seek(state: &mut State, ms: Millis) -> Vec<Effect> {
    let Some(playing) = &state.player.playing else { return Vec::new() };
    let end = playing.duration_ms.unwrap_or(Millis::MAX);
    let ms = ms.min(end);
    if matches!(state.player.playback, Playback::Ended | Playback::Failed(_)) {
        let id = playing.id;
        return play(state, id, Some(ms), None);
    }
    state.player.ms = ms;
    state.player.seeking = Some((ms, 0));
    if let Some(opened) = &mut state.notes.opened {
        opened.follow = true;
    }
    let mut effects = vec![Effect::Sound(Sound::Seek(ms))];
    effects.extend(state.player.save());
    super::notes::follow(state);
    effects
}

/// Jumps by so many milliseconds.
pub(super) fn seek_by(state: &mut State, by: i64) -> Vec<Effect> {
    let ms = state.player.ms.saturating_add_signed(by);
    seek(state, ms)
}

/// To the next chapter; from the last one nowhere.
pub(super) fn next_chapter(state: &mut State) -> Vec<Effect> {
    let now = state.player.ms;
    let next = state.player.chapters().and_then(|chapters| {
        chapters.list.iter().map(|chapter| chapter.start_ms).find(|&start| start > now)
    });
    if let Some(start) = next {
        return seek(state, start);
    }
    no_chapters(state);
    Vec::new()
}

/// To the start of this chapter, or of the one before if this one has only begun.
pub(super) fn previous_chapter(state: &mut State) -> Vec<Effect> {
    let now = state.player.ms;
    let grace = (RESTART_AFTER as f32 * state.player.speed) as Millis;
    let before = state.player.chapters().map(|chapters| {
        let starts = chapters.list.iter().map(|chapter| chapter.start_ms);
        starts.rev().find(|&start| start.saturating_add(grace) <= now).unwrap_or(0)
    });
    if let Some(start) = before {
        return seek(state, start);
    }
    no_chapters(state);
    Vec::new()
}

fn no_chapters(state: &mut State) {
    if state.player.playing.is_some() && state.player.chapters().is_none() {
        state.say(Notice::NoChapters);
    }
}

/// Chapters from the next source that has some.
pub(super) fn next_source(state: &mut State) -> Vec<Effect> {
    let Some(opened) = &mut state.notes.opened else { return Vec::new() };
    let count = opened.chapters.len();
    if count == 0 {
        state.say(Notice::NoChapters);
        return Vec::new();
    }
    opened.source = Some(opened.source.map_or(0, |source| (source + 1) % count));
    let (id, source) = (opened.episode.summary.id, opened.source);
    let named = opened.shown().map(|chapters| (chapters.source, chapters.list.len()));
    if let Some(playing) = state.player.playing.as_mut().filter(|playing| playing.id == id) {
        playing.source = source;
    }
    if let Some((source, count)) = named {
        state.say(Notice::ChaptersFrom(source, count));
    }
    Vec::new()
}

/// Faster (`+1`), slower (`-1`) by a tenth, or normal (`0`).
pub(super) fn change_speed(state: &mut State, step: i8) -> Vec<Effect> {
    let tenths = (state.player.speed * 10.0).round() as i32;
    let tenths = if step == 0 { 10 } else { (tenths + i32::from(step)).clamp(5, 30) };
    state.player.speed = tenths as f32 / 10.0;
    let speed = state.player.speed;
    vec![
        Effect::Sound(Sound::Speed(speed)),
        Effect::Remember { key: "speed", value: format!("{speed:.1}") },
    ]
}

/// Louder or quieter.
pub(super) fn change_volume(state: &mut State, by: i16) -> Vec<Effect> {
    let volume = (i16::from(state.player.volume) + by).clamp(0, 100) as u8;
    state.player.volume = volume;
    vec![
        Effect::Sound(Sound::Volume(volume)),
        Effect::Remember { key: "volume", value: volume.to_string() },
    ]
}

/// From the audio thread; what belongs to another recording changes nothing.
pub(super) fn heard(state: &mut State, audio: Audio) -> Vec<Effect> {
    match audio {
        Audio::Device => {
            state.player.device = Device::Ready;
            Vec::new()
        }
        Audio::NoDevice(why) => {
            state.player.device = Device::Missing(why);
            Vec::new()
        }
        Audio::Loaded(ticket, duration) if state.player.is(ticket) => loaded(state, duration),
        Audio::Playing(ticket) if state.player.is(ticket) => {
            state.player.playback = Playback::Playing;
            Vec::new()
        }
        Audio::Paused(ticket) if state.player.is(ticket) => {
            // At the end, or after a failure, standing still says nothing new.
            if !matches!(state.player.playback, Playback::Ended | Playback::Failed(_)) {
                state.player.playback = Playback::Paused;
            }
            Vec::new()
        }
        Audio::Buffering(ticket) if state.player.is(ticket) => {
            state.player.playback = Playback::Buffering;
            Vec::new()
        }
        Audio::Position(ticket, ms) if state.player.is(ticket) => position(state, ms),
        Audio::Ended(ticket, ms) if state.player.is(ticket) => ended(state, ms),
        Audio::Failed(ticket, why) if state.player.is(ticket) => {
            state.player.playback = Playback::Failed(why.clone());
            state.say(Notice::Failed(why));
            state.player.save()
        }
        _ => Vec::new(),
    }
}

fn loaded(state: &mut State, duration: Option<Millis>) -> Vec<Effect> {
    let Some(playing) = &mut state.player.playing else { return Vec::new() };
    // A pause that was asked for while the recording was being opened holds.
    let held = state.player.playback == Playback::Paused;
    let mut effects: Vec<Effect> =
        held.then_some(Effect::Sound(Sound::Pause)).into_iter().collect();
    let Some(ms) = duration else { return effects };
    playing.duration_ms = Some(ms);
    let id = playing.id;
    state.library.change_row(id, |row| row.duration_ms = Some(ms));
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.episode.summary.duration_ms = Some(ms);
    }
    effects.push(Effect::SaveDuration { id, ms });
    effects
}

fn position(state: &mut State, ms: Millis) -> Vec<Effect> {
    if let Some((target, ignored)) = state.player.seeking {
        // A few positions from before the jump may still be on their way.
        if ms.abs_diff(target) > NEAR && ignored < 5 {
            state.player.seeking = Some((target, ignored + 1));
            return Vec::new();
        }
        state.player.seeking = None;
    }
    let before = state.player.chapter_index();
    state.player.ms = ms;
    if state.player.chapter_index() != before {
        super::notes::follow(state);
    }
    let threshold = Millis::from(state.settings.audio.played_before_end) * 1000;
    if let Some(playing) = &mut state.player.playing
        && playing.until_ms.is_none()
        && !playing.played
        && playing.duration_ms.is_some_and(|end| end > 2 * threshold && ms + threshold >= end)
    {
        playing.played = true;
        let id = playing.id;
        mark(state, id, Position { ms, played: true });
        return state.player.save();
    }
    if ms.abs_diff(state.player.saved_ms) >= SAVE_EVERY {
        let id = state.player.episode();
        let played = state.player.playing.as_ref().is_some_and(|playing| playing.played);
        if let Some(id) = id {
            mark(state, id, Position { ms, played });
        }
        return state.player.save();
    }
    Vec::new()
}

/// Shows a position in the lists.
pub(super) fn mark(state: &mut State, id: EpisodeId, position: Position) {
    state.library.change_row(id, |row| row.position = position);
    if let Some(opened) = state.notes.opened.as_mut().filter(|o| o.episode.summary.id == id) {
        opened.episode.summary.position = position;
    }
}

fn ended(state: &mut State, ms: Millis) -> Vec<Effect> {
    state.player.ms = ms;
    state.player.playback = Playback::Ended;
    let Some(playing) = &mut state.player.playing else { return Vec::new() };
    let id = playing.id;
    if playing.until_ms.take().is_some() {
        return state.player.save();
    }
    playing.played = true;
    let position = Position { ms: 0, played: true };
    mark(state, id, position);
    let mut effects = vec![Effect::SavePosition { id, position }];
    effects.extend(super::queue::play_next(state));
    effects
}

/// Where listening stands is kept: before quitting, and whenever the terminal may go away.
pub(super) fn keep(state: &mut State) -> Vec<Effect> {
    if state.player.playback == Playback::Ended { Vec::new() } else { state.player.save() }
}
