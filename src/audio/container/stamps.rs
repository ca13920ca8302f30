//! Time stamps of containers as times, and the lengths that containers state.

use symphonia::core::formats::{FormatReader, Track as Stream};
use symphonia::core::units::TimeBase;

use crate::audio::block::{Nanos, SECOND, nanos_to_frames};
use crate::audio::track::Length;

pub(super) fn ticks(base: TimeBase, count: i64) -> Nanos {
    let nanos = i128::from(count) * i128::from(base.numer.get()) * i128::from(SECOND);
    i64::try_from(nanos / i128::from(base.denom.get())).unwrap_or(i64::MAX)
}

pub(super) fn frames_of(base: TimeBase, count: u64, rate: u32) -> usize {
    let time = ticks(base, i64::try_from(count).unwrap_or(i64::MAX));
    usize::try_from(nanos_to_frames(time, rate)).unwrap_or(0)
}

/// What the track says, or else the file as a whole.
pub(super) fn stated_length(
    format: &dyn FormatReader,
    stream: &Stream,
    base: TimeBase,
) -> Option<Nanos> {
    let whole = format.media_info();
    let (length, base) = match (stream.duration, whole.duration, whole.time_base) {
        (Some(length), _, _) => (length, base),
        (None, Some(length), Some(base)) => (length, base),
        _ => return None,
    };
    Some(ticks(base, i64::try_from(length.get()).unwrap_or(i64::MAX)))
}

pub(super) fn length(stated: Option<Nanos>, edit: Option<Nanos>) -> Length {
    let nanos = match (edit, stated) {
        (Some(edit), Some(stated)) => Some(edit.min(stated)),
        (edit, stated) => edit.or(stated),
    };
    let nanos = nanos.filter(|nanos| *nanos > 0);
    Length { nanos, exact: nanos.is_some() }
}
