//! Where a time probably is in a recording whose bit rate varies, before its frames are counted.
//!
//! A table of contents has only 256 steps, which are 42 s in three hours. Encoders of the LAME family
//! fill it in a way that can be undone: they note every `2^k`th frame in at most 400 places, and an
//! entry is one of these. With the frames that the entries really mean, and a curve no rougher than
//! they ask for, what is left is a second or a few. Without a table, bit rates are sampled.

use super::header::Header;
use super::tags::{ENTRIES, Overview};
use crate::audio::block::{Nanos, SECOND};

/// Steps of a table of contents.
const STEPS: f64 = 256.0;
/// Most places that encoders note.
const NOTED: u32 = 400;
/// Neighbouring samples that are less alike than this are so by chance.
const ALIKE: f64 = 0.4;
/// A length that somebody else stated is believed if it is so near to what was sampled.
const LIKELY: f64 = 0.08;

/// Times and places, both ascending, with straight lines between them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Guess {
    points: Vec<(f64, f64)>,
}

/// What is known for certain: the bytes up to `place` sound until `time`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub(crate) place: u64,
    pub(crate) time: Nanos,
}

impl Guess {
    /// From the table of contents of an overview at byte `at` that counts the frames of the whole file.
    pub(crate) fn from_table(
        overview: &Overview,
        at: u64,
        first: &Header,
        known: Known,
    ) -> Option<Self> {
        let (frames, bytes) = (overview.frames.filter(|&n| n > 0)?, overview.bytes?);
        let length = f64::from(frames) * f64::from(first.samples()) / f64::from(first.rate);
        let end = at as f64 + f64::from(bytes);
        let from = (known.time as f64 / SECOND as f64, known.place as f64);
        let (span, size) = (length - from.0, end - from.1);
        if span <= 0.0 || size <= 0.0 {
            return None;
        }
        let entry = |(index, &step): (usize, &u8)| {
            let frame = if overview.noted { noted(index, frames) } else { None };
            let share = frame.unwrap_or(index as f64 / ENTRIES as f64);
            let place = at as f64 + (f64::from(step) + 0.5) * f64::from(bytes) / STEPS;
            // Both as parts of what is not known yet.
            ((share * length - from.0) / span, (place - from.1) / size)
        };
        let table = overview.table.as_ref().into_iter().flatten();
        let entries = table.enumerate().map(entry);
        let mut entries: Vec<(f64, f64)> =
            entries.filter(|(time, _)| *time > 1e-4 && *time < 1.0 - 1e-4).collect();
        entries.dedup_by(|next, before| next.0 <= before.0 + 1e-6);
        let doubt = f64::from(bytes) / STEPS / size;
        let smooth = smoothed(&entries, doubt * doubt / 12.0);
        let inner = smooth
            .into_iter()
            .map(|(time, place)| (from.0 + time * span, from.1 + place.clamp(0.0, 1.0) * size));
        Some(Self::through(from, inner, (length, end)))
    }

    /// From bit rates at some places, in bytes per second; `stated` is a length from elsewhere.
    pub(crate) fn from_rates(
        rates: &[(u64, f64)],
        known: Known,
        end: u64,
        stated: Option<Nanos>,
    ) -> Option<Self> {
        let from = (known.time as f64 / SECOND as f64, known.place as f64);
        let good = rates.iter().filter(|(_, rate)| *rate > 0.0);
        let slow = evened(&good.map(|&(at, rate)| (at as f64, 1.0 / rate)).collect::<Vec<_>>());
        let mut points = Vec::new();
        let (mut time, mut place) = from;
        for (index, (at, slowness)) in slow.iter().enumerate() {
            let next = slow.get(index + 1).map_or(end as f64, |next| f64::midpoint(*at, next.0));
            time += (next - place).max(0.0) * slowness;
            place = place.max(next);
            points.push((time, place));
        }
        let (last, _) = points.pop()?;
        let stated = stated.map(|stated| stated as f64 / SECOND as f64);
        let likely =
            stated.filter(|stated| (stated / last - 1.0).abs() < LIKELY && *stated > from.0);
        let scale = likely.map_or(1.0, |stated| (stated - from.0) / (last - from.0).max(1e-9));
        let stretched = |time: f64| from.0 + (time - from.0) * scale;
        let inner = points.into_iter().map(|(time, place)| (stretched(time), place));
        Some(Self::through(from, inner, (stretched(last), end as f64)))
    }

    fn through(from: (f64, f64), inner: impl Iterator<Item = (f64, f64)>, end: (f64, f64)) -> Self {
        let mut points = vec![from];
        for (time, place) in inner.chain([end]) {
            let (before, under) = points.last().copied().unwrap_or(from);
            if time > before {
                points.push((time, place.max(under)));
            }
        }
        Self { points }
    }

    /// The byte that probably sounds at a time.
    pub(crate) fn place(&self, time: Nanos) -> u64 {
        between(self.points.iter().copied(), time as f64 / SECOND as f64) as u64
    }

    /// The time at which a byte probably sounds.
    pub(crate) fn time(&self, place: u64) -> Nanos {
        let turned = self.points.iter().map(|&(time, place)| (place, time));
        (between(turned, place as f64) * SECOND as f64) as Nanos
    }
}

/// The part of the recording after which entry `index` was noted, if the encoder notes every `2^k`th
/// frame in at most [`NOTED`] places (as LAME and `FFmpeg` do).
fn noted(index: usize, frames: u32) -> Option<f64> {
    let mut every = 1_u32;
    while frames / every >= NOTED {
        every *= 2;
    }
    let note = index as u32 * (frames / every) / ENTRIES as u32;
    let frame = (note + 1).checked_mul(every).filter(|frame| *frame <= frames)?;
    (index > 0).then(|| f64::from(frame) / f64::from(frames))
}

/// Samples with what is mere chance in them taken out: neighbours that have nothing in common tell only
/// what all have in common.
fn evened(samples: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mean = samples.iter().map(|(_, value)| value).sum::<f64>() / samples.len().max(1) as f64;
    let away: Vec<f64> = samples.iter().map(|(_, value)| value - mean).collect();
    let all = away.iter().map(|away| away * away).sum::<f64>();
    let shared = away.iter().zip(away.iter().skip(1)).map(|(one, next)| one * next).sum::<f64>();
    let likeness = if shared > all * ALIKE { (shared / all).min(1.0) } else { 0.0 };
    samples.iter().zip(away).map(|(&(at, _), away)| (at, mean + likeness * away)).collect()
}

/// A curve from (0, 0) to (1, 1) near the points, each of which is uncertain by the variance `doubt`.
/// How rough it may be is told by how far the points are from a straight line: a random walk with
/// fixed ends, of which the points are noisy sightings; this is its most likely path.
fn smoothed(points: &[(f64, f64)], doubt: f64) -> Vec<(f64, f64)> {
    let count = points.len() as f64;
    if points.is_empty() {
        return Vec::new();
    }
    let away: Vec<f64> = points.iter().map(|(time, place)| place - time).collect();
    let mean = away.iter().map(|away| away * away).sum::<f64>() / count;
    let walk = points.iter().map(|(time, _)| time * (1.0 - time)).sum::<f64>() / count;
    let roughness = ((mean - doubt) / walk.max(1e-9)).max(doubt * 1e-4).max(1e-15);
    let gap = |before: f64, after: f64| 1.0 / (roughness * (after - before).max(1e-6));
    // Three diagonals, solved by elimination and substitution.
    let (mut factors, mut values) = (Vec::new(), Vec::new());
    let (mut before, mut link, mut factor, mut value) = (0.0, 0.0, 0.0, 0.0);
    for (index, (&(time, _), &seen)) in points.iter().zip(&away).enumerate() {
        let left = gap(before, time);
        let right = gap(time, points.get(index + 1).map_or(1.0, |next| next.0));
        // `link` couples this row to the one before.
        let pivot = left + right + 1.0 / doubt - link * factor;
        value = (seen / doubt - link * value) / pivot;
        factor = -right / pivot;
        factors.push(factor);
        values.push(value);
        (before, link) = (time, -right);
    }
    let mut next = 0.0;
    let mut path: Vec<(f64, f64)> = Vec::new();
    for (index, (&(time, _), (factor, value))) in
        points.iter().zip(factors.iter().zip(&values)).enumerate().rev()
    {
        next = if index + 1 == points.len() { *value } else { value - factor * next };
        path.push((time, time + next));
    }
    path.reverse();
    path
}

/// The value of straight lines through points with ascending keys; constant outside.
fn between(points: impl Iterator<Item = (f64, f64)>, key: f64) -> f64 {
    let mut last: Option<(f64, f64)> = None;
    for (at, value) in points {
        if at >= key {
            return match last {
                Some((before, from)) if at > before => {
                    from + (value - from) * (key - before) / (at - before)
                }
                _ => value,
            };
        }
        last = Some((at, value));
    }
    last.map_or(0.0, |(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Known = Known { place: 0, time: 0 };

    /// Places of the frames of three hours in which people with different voices take turns.
    /// Their bit rates differ by twice `contrast`, and so do topics.
    fn talk(seed: u32, contrast: f64) -> Vec<u64> {
        let mut seed = seed;
        let mut random = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(seed >> 8) / f64::from(1 << 24)
        };
        let (mut places, mut turn, mut voice, mut mood) = (vec![0], 0, 1.0, 1.0);
        for frame in 0..450_000_u32 {
            if turn == 0 {
                turn = 200 + (random() * 2000.0) as u32;
                voice = if random() < 0.5 { 1.0 - contrast } else { 1.0 + contrast };
            }
            if frame % 40_000 == 0 {
                mood = 1.0 + (random() * 2.0 - 1.0) * contrast;
            }
            turn -= 1;
            let size = 192.0 * voice * mood * (0.7 + 0.6 * random());
            places.push(places.last().unwrap() + size as u64);
        }
        places
    }

    /// The table that LAME and `FFmpeg` would write.
    fn table(places: &[u64]) -> [u8; ENTRIES] {
        let (frames, bytes) = (places.len() as u32 - 1, *places.last().unwrap());
        let mut every = 1;
        while frames / every >= 400 {
            every *= 2;
        }
        let noted = frames / every;
        std::array::from_fn(|index| {
            let frame = (index as u32 * noted / 100 + 1) * every;
            if index == 0 { 0 } else { (256 * places[frame as usize] / bytes) as u8 }
        })
    }

    #[test]
    fn three_hours_of_varying_rates_are_guessed_to_a_few_seconds() {
        let header = Header::parse(&[0xff, 0xf3, 0x84, 0xc4]).unwrap();
        for (contrast, most) in [(0.04, 3000), (0.08, 5000)] {
            let mut errors: Vec<u64> =
                (1..4).flat_map(|seed| errors_in(&talk(seed, contrast), &header)).collect();
            errors.sort_unstable();
            let median = errors[errors.len() / 2];
            println!("contrast {contrast}: median {median} ms, most {:?} ms", errors.last());
            assert!(median <= most, "{contrast}: {median}");
        }
    }

    /// How far guesses are off, in ms, all through a recording.
    fn errors_in(places: &[u64], header: &Header) -> Vec<u64> {
        let overview = Overview {
            frames: Some(places.len() as u32 - 1),
            bytes: Some(*places.last().unwrap() as u32),
            table: Some(table(places)),
            noted: true,
            ..Overview::default()
        };
        let guess = Guess::from_table(&overview, 0, header, START).unwrap();
        let off = |frame: u64| {
            let place = guess.place(frame as i64 * 24_000_000);
            (places.partition_point(|at| *at <= place) as u64).abs_diff(frame) * 24
        };
        (1000..449_000).step_by(997).map(off).collect()
    }

    #[test]
    fn a_guess_leads_there_and_back() {
        // Two halves, the second of which has half the rate.
        let rates: Vec<(u64, f64)> =
            (0..40).map(|n| (n * 100 + 50, if n < 20 { 100.0 } else { 50.0 })).collect();
        let near = |one: i64, other: i64| (one - other).abs() < 2 * SECOND;
        let guess = Guess::from_rates(&rates, START, 4000, None).unwrap();
        assert!(near(guess.time(2000), 20 * SECOND) && near(guess.time(3000), 40 * SECOND));
        assert!(guess.place(guess.time(2345)).abs_diff(2345) <= 1);
        assert_eq!(guess.place(99 * SECOND), 4000);
        let stated = Guess::from_rates(&rates, START, 4000, Some(63 * SECOND)).unwrap();
        assert!(near(stated.time(4000), 63 * SECOND));
        let nonsense = Guess::from_rates(&rates, START, 4000, Some(99 * SECOND)).unwrap();
        assert!(near(nonsense.time(4000), 60 * SECOND));
        // Up and down by chance is no reason to bend a line.
        let rates = [(500, 100.0), (1500, 50.0), (2500, 100.0), (3500, 50.0)];
        let straight = Guess::from_rates(&rates, START, 4000, Some(60 * SECOND)).unwrap();
        assert!((straight.time(1000) - 15 * SECOND).abs() < SECOND / 100);
    }

    #[test]
    fn nonsense_in_a_table_is_survived() {
        let header = Header::parse(&[0xff, 0xf3, 0x84, 0xc4]).unwrap();
        for table in [[0; ENTRIES], [255; ENTRIES], std::array::from_fn(|n| 255 - n as u8)] {
            for frames in [1, 399, 400, u32::MAX] {
                let overview = Overview {
                    frames: Some(frames),
                    bytes: Some(77_777),
                    table: Some(table),
                    noted: true,
                    ..Overview::default()
                };
                if let Some(guess) = Guess::from_table(&overview, 9, &header, START) {
                    let places: Vec<u64> = (0..99).map(|n| guess.place(n * SECOND)).collect();
                    assert!(places.is_sorted() && places.iter().all(|place| *place <= 77_786));
                }
            }
        }
    }
}
