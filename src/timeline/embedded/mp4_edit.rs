//! The edit list of a track: which part of it is shown when.

use super::bytes::Bytes;

/// Most edits of a track; one or two are usual.
const MAX_EDITS: u32 = 1_024;

/// Parts of a track in the order in which they are shown; without any all of it is.
#[derive(Debug, Default)]
pub(super) struct Edits {
    parts: Vec<Part>,
}

/// All in units of the track.
#[derive(Debug)]
struct Part {
    /// When it is shown.
    at: u64,
    /// What is shown.
    from: u64,
    until: u64,
}

impl Edits {
    /// Reads the content of `elst`; lengths are in units of the movie, places in those of the track.
    pub(super) fn new(body: &[u8], scale: u64, movie_scale: u64) -> Self {
        let mut bytes = Bytes::new(body);
        let version = bytes.u8();
        let count = bytes.take(3).and_then(|_| bytes.u32()).unwrap_or_default();
        let mut parts = Vec::new();
        let mut at = 0_u64;
        for _ in 0..count.min(MAX_EDITS) {
            let entry = if version == Some(1) {
                bytes.u64().zip(bytes.u64().map(u64::cast_signed))
            } else {
                bytes.u32().map(u64::from).zip(bytes.u32().map(|n| i64::from(n.cast_signed())))
            };
            let Some((length, from)) = entry.filter(|_| bytes.take(4).is_some()) else { break };
            let length = u128::from(length) * u128::from(scale) / u128::from(movie_scale.max(1));
            let length = u64::try_from(length).unwrap_or(u64::MAX);
            // A negative place is a pause.
            if let Ok(from) = u64::try_from(from) {
                // Fragmented files do not know the length yet.
                let until = if length == 0 { u64::MAX } else { from.saturating_add(length) };
                parts.push(Part { at, from, until });
            }
            at = at.saturating_add(length);
        }
        Self { parts }
    }

    /// When a stretch of the track is shown first; `None` if it is not.
    pub(super) fn shown(&self, from: u64, until: u64) -> Option<(u64, u64)> {
        if self.parts.is_empty() {
            return Some((from, until));
        }
        self.parts.iter().find_map(|part| {
            let (first, last) = (from.max(part.from), until.min(part.until));
            let seen = first < part.until && (first < last || from == until && from >= part.from);
            let moved = |place: u64| part.at.saturating_add(place - part.from);
            seen.then(|| (moved(first), moved(last.max(first))))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(entries: &[(u32, i32)]) -> Vec<u8> {
        let mut out = vec![0, 0, 0, 0];
        out.extend((entries.len() as u32).to_be_bytes());
        for (length, from) in entries {
            out.extend(length.to_be_bytes());
            out.extend(from.to_be_bytes());
            out.extend([0, 1, 0, 0]);
        }
        out
    }

    #[test]
    fn a_pause_at_the_start_moves_everything() {
        let edits = Edits::new(&list(&[(500, -1), (9_500, 0)]), 2_000, 1_000);
        assert_eq!(edits.shown(0, 400), Some((1_000, 1_400)));
    }

    #[test]
    fn what_is_cut_away_is_not_shown() {
        let edits = Edits::new(&list(&[(1_000, 300)]), 1_000, 1_000);
        assert_eq!(edits.shown(0, 300), None);
        assert_eq!(edits.shown(0, 700), Some((0, 400)));
        assert_eq!(edits.shown(700, 2_000), Some((400, 1_000)));
        assert_eq!(edits.shown(1_300, 2_000), None);
    }

    #[test]
    fn without_a_list_and_with_a_broken_one_times_are_as_they_are() {
        assert_eq!(Edits::default().shown(5, 9), Some((5, 9)));
        assert_eq!(
            Edits::new(&[0, 0, 0, 0, 255, 255, 255, 255, 1], 1, 0).shown(5, 9),
            Some((5, 9))
        );
    }
}
