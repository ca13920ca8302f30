//! Which range a snip has, when its lines disagree or say too little.

use crate::model::Millis;

/// How long a snip is that names only one of its ends.
pub(super) const DEFAULT_LENGTH: Millis = 60_000;

/// All that a snip says of its times.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Claims {
    /// The play line, or a range in the heading.
    pub(super) play: Option<(Millis, Millis)>,
    /// The `#t=` of a link.
    pub(super) fragment: Option<(Millis, Option<Millis>)>,
    /// The time in the heading: the tap, which is the end of the range where nothing else is said.
    pub(super) tapped: Option<Millis>,
    /// A start alone, as Readwise gives it.
    pub(super) start: Option<Millis>,
}

/// The range, and what had to be mended in it.
pub(super) fn decide(
    claims: Claims,
    duration: Option<Millis>,
) -> Option<((Millis, Millis), Option<String>)> {
    let fragment = claims.fragment.and_then(|(start, end)| {
        end.or_else(|| claims.tapped.filter(|t| *t > start)).map(|end| (start, end))
    });
    let sound = [claims.play, fragment].into_iter().flatten().find(|(start, end)| start < end);
    let broken = claims.play.or(fragment);
    let (mut range, mut why) = match (sound, broken) {
        (Some(range), _) => (range, None),
        (None, Some((start, end))) if start > end => {
            ((end, start), Some("its range ran backwards; start and end were exchanged"))
        }
        (None, Some((start, _))) => {
            (around(claims.tapped.unwrap_or(start)), Some("its range was empty; a minute was kept"))
        }
        (None, None) => (one_sided(claims)?, None),
    };
    if let Some(duration) = duration
        && range.0 < duration
        && range.1 > duration
    {
        range.1 = duration;
        why = Some("it ended after the episode; it was cut at the end");
    }
    Some((range, why.map(str::to_owned)))
}

fn one_sided(claims: Claims) -> Option<(Millis, Millis)> {
    if let Some(end) = claims.tapped {
        return Some(around(end));
    }
    let start = claims.start.or(claims.fragment.map(|(start, _)| start))?;
    Some((start, start.saturating_add(DEFAULT_LENGTH)))
}

/// The minute that ends at `end`; the first minute for an end at 0.
fn around(end: Millis) -> (Millis, Millis) {
    if end == 0 { (0, DEFAULT_LENGTH) } else { (end.saturating_sub(DEFAULT_LENGTH), end) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decided(claims: Claims) -> Option<(Millis, Millis)> {
        decide(claims, Some(600_000)).map(|(range, _)| range)
    }

    #[test]
    fn the_play_line_counts_before_the_fragment_before_the_heading() {
        let all = Claims {
            play: Some((1, 2)),
            fragment: Some((3, Some(4))),
            tapped: Some(5),
            start: None,
        };
        assert_eq!(decided(all), Some((1, 2)));
        assert_eq!(decided(Claims { play: None, ..all }), Some((3, 4)));
        assert_eq!(decided(Claims { play: Some((9, 9)), ..all }), Some((3, 4)));
        let tapped = Claims { tapped: Some(90_000), ..Claims::default() };
        assert_eq!(decided(tapped), Some((30_000, 90_000)));
        let start = Claims { start: Some(90_000), ..Claims::default() };
        assert_eq!(decided(start), Some((90_000, 150_000)));
        assert_eq!(decided(Claims::default()), None);
    }

    #[test]
    fn a_range_that_cannot_be_is_mended_and_named() {
        let backwards = Claims { play: Some((90, 30)), ..Claims::default() };
        let (range, why) = decide(backwards, None).unwrap();
        assert_eq!(range, (30, 90));
        assert!(why.is_some());
        let beyond = Claims { play: Some((500_000, 700_000)), ..Claims::default() };
        assert_eq!(decided(beyond), Some((500_000, 600_000)));
        let empty = Claims { play: Some((0, 0)), ..Claims::default() };
        assert_eq!(decided(empty), Some((0, 60_000)));
    }
}
