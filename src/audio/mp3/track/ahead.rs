//! What lies ahead of the index: places that are jumped to, and the length before all frames are counted.

use super::{Mp3Track, read_error};
use crate::audio::AudioError;
use crate::audio::block::{Nanos, frames_to_nanos, nanos_to_frames};
use crate::audio::mp3::guess::{Guess, Known};
use crate::audio::mp3::index::Step;
use crate::audio::mp3::island::{Island, sample};
use crate::audio::mp3::tags::Overview;
use crate::audio::track::Length;

/// Frames looked at before a bit rate is believed to be constant.
pub(super) const PROOF: usize = 50;
/// Bytes of tags that may follow what an overview counts.
const TAGS: u64 = 4096;
/// Bytes looked at to find the end of a recording of constant bit rate.
pub(super) const END: u64 = 16 * 1024;

impl Mp3Track {
    /// Starts an exact island at `to` if that saves waiting.
    pub(super) fn jump(&mut self, to: Nanos) -> Result<bool, AudioError> {
        let proven = self.main.len() >= PROOF && self.refused != Some(to);
        let Some(mean) = self.main.mean_size().filter(|_| proven) else { return Ok(false) };
        let Some(len) = self.media.len() else { return Ok(false) };
        let frames = nanos_to_frames(to, self.about.rate) as f64;
        let samples = f64::from(self.main.first().map_or(1152, |first| first.samples()));
        let place = self.main.offset(0).unwrap_or(0) + (frames / samples * mean) as u64;
        let known = self.main.place();
        if place <= known || place >= len || self.media.ready(known, place - known) {
            return Ok(false);
        }
        let (media, window) = (&mut self.media, &mut self.play);
        let island = Island::constant(&self.main, mean, to, media, window);
        let island = island.map_err(|err| read_error(&err))?;
        self.refused = island.is_none().then_some(to);
        let found = island.is_some();
        self.island = island.or(self.island.take());
        Ok(found)
    }

    /// Starts an island where `to` probably sounds.
    pub(super) fn guess(&mut self, to: Nanos, stated: Option<Nanos>) -> Result<bool, AudioError> {
        let (Some(len), Some(first)) = (self.media.len(), self.main.first()) else {
            return Ok(false);
        };
        let known = Known { place: self.main.place(), time: self.main.end() };
        let table = self.fitting().zip(self.main.overview_at);
        let by_table = table.and_then(|(overview, at)| {
            overview.table?;
            Guess::from_table(&overview, at, &first, known)
        });
        let (media, window) = (&mut self.media, &mut self.play);
        let guess = if by_table.is_some() {
            by_table
        } else {
            let rates = sample(known, len, media, window).map_err(|err| read_error(&err))?;
            Guess::from_rates(&rates, known, len, stated)
        };
        let Some(guess) = guess else { return Ok(false) };
        let island = Island::guessed(&guess, known, to, media, window);
        let Some(island) = island.map_err(|err| read_error(&err))? else { return Ok(false) };
        // What lies between is what corrects it.
        self.media.like(Some((known.place, island.index.place())));
        self.island = Some(island);
        Ok(true)
    }

    /// What the first encoder said, if it speaks of the whole file.
    fn fitting(&self) -> Option<Overview> {
        let overview = self.main.overview()?;
        let audio = self.media.len()?.checked_sub(self.main.overview_at?)?;
        let (_, bytes) = overview.frames.zip(overview.bytes)?;
        // Tags may follow.
        (audio.abs_diff(u64::from(bytes)) <= TAGS).then_some(overview)
    }

    /// Counts the frames of a constant bit rate by looking at its end.
    pub(super) fn measure_end(&mut self) -> Result<(), AudioError> {
        let Some((mean, place)) = self.end_place() else { return Ok(()) };
        self.end_looked_at = true;
        let (Some(first), Some(begin)) = (self.main.first(), self.main.offset(0)) else {
            return Ok(());
        };
        let frames = place.saturating_sub(begin) as f64 / mean;
        let time = frames_to_nanos((frames * f64::from(first.samples())) as i64, first.rate);
        let (media, window) = (&mut self.media, &mut self.ahead);
        let island = Island::constant(&self.main, mean, time, media, window);
        let Some(mut island) = island.map_err(|err| read_error(&err))? else { return Ok(()) };
        while island.index.step(&mut self.media, &mut self.ahead).map_err(|err| read_error(&err))?
            == Step::Onward
        {}
        self.end = (island.index.len() > 0).then(|| island.index.end());
        Ok(())
    }

    /// Bytes per frame, and where to look at the end, if that is of use.
    pub(super) fn end_place(&self) -> Option<(f64, u64)> {
        let useful = !self.end_looked_at && !self.main.done() && self.fitting().is_none();
        let mean = self.main.mean_size().filter(|_| useful && self.main.len() >= PROOF)?;
        let place = self.media.len()?.checked_sub(END)?;
        (place > self.main.place()).then_some((mean, place))
    }

    /// The length, as well as it can be told before all frames are counted.
    pub(super) fn estimate(&self) -> Length {
        let rest = |length: Nanos| Length { nanos: Some(length.max(0)), exact: false };
        let (Some(first), Some(begin)) = (self.main.first(), self.main.offset(0)) else {
            return Length::default();
        };
        let Some(len) = self.media.len() else { return Length::default() };
        let audio = len.saturating_sub(begin);
        if let Some(end) = self.end {
            return Length { nanos: Some((end - self.delay()).max(0)), exact: true };
        }
        if let Some(overview) = self.fitting()
            && let Some(frames) = overview.frames
        {
            let samples = i64::from(frames) * i64::from(first.samples());
            let padding = frames_to_nanos(i64::from(overview.padding), first.rate);
            let length = frames_to_nanos(samples, first.rate) - self.delay() - padding;
            return Length { nanos: Some(length.max(0)), exact: true };
        }
        let seen = self.main.place().saturating_sub(begin).max(1);
        let length = self.main.end() as f64 * (audio as f64 / seen as f64);
        rest(length as Nanos - self.delay())
    }
}
