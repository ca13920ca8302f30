//! A transcript: what was said when, and by whom.

use std::ops::RangeInclusive;

use super::Millis;

/// One passage of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Cue {
    /// Where it begins.
    pub start_ms: Millis,
    /// Where it ends; equal to the next start where the file does not say.
    pub end_ms: Millis,
    /// Who speaks, where the file says.
    pub speaker: Option<String>,
    /// What is said, plain text, one line.
    pub text: String,
}

/// A whole transcript in order of time.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Transcript {
    /// Its passages. A text without times has cues of zero length at 0.
    pub cues: Vec<Cue>,
}

/// The last cue has no next one that ends it; it is taken to last this long, in ms.
const LAST: Millis = 5_000;

/// A cue belongs to a range if it lies in it for this long, in ms, or for half of itself.
const TOUCHES: Millis = 700;

impl Transcript {
    /// Whether it says when anything was said.
    #[must_use]
    pub fn is_timed(&self) -> bool {
        self.cues.last().is_some_and(|cue| cue.start_ms > 0 || cue.end_ms > 0)
    }

    /// Index of the cue that is being said at this time: the last one that has begun. `None` before
    /// the first one, and where there are no times. Logarithmic in the number of cues.
    #[must_use]
    pub fn at(&self, ms: Millis) -> Option<usize> {
        let begun = self.cues.partition_point(|cue| cue.start_ms <= ms);
        begun.checked_sub(1).filter(|_| self.is_timed())
    }

    /// Where a cue ends: as it says, else where a later one begins.
    #[must_use]
    pub fn end_of(&self, index: usize) -> Millis {
        let Some(cue) = self.cues.get(index) else { return 0 };
        if cue.end_ms > cue.start_ms {
            return cue.end_ms;
        }
        let mut later = self.cues.iter().skip(index).map(|cue| cue.start_ms);
        let next = later.find(|start| *start > cue.start_ms);
        next.unwrap_or(cue.start_ms.saturating_add(LAST))
    }

    /// The words of these cues as a snip keeps them: a paragraph for each voice, parted by an empty
    /// line, `Name: words` where the name is known.
    #[must_use]
    pub fn words(&self, cues: RangeInclusive<usize>) -> String {
        let mut out = String::new();
        // Many files name a speaker only where another one begins.
        let mut speaker: Option<&str> = None;
        for (index, cue) in self.cues.get(cues).unwrap_or_default().iter().enumerate() {
            let other = cue.speaker.as_deref().filter(|name| Some(*name) != speaker);
            if let Some(name) = other {
                if index > 0 {
                    out.push_str("\n\n");
                }
                out.push_str(name);
                out.push_str(": ");
                speaker = Some(name);
            } else if needs_space(&out, &cue.text) {
                out.push(' ');
            }
            out.push_str(&cue.text);
        }
        out
    }

    /// The words that are said from `start` to `end` (exclusive); `None` if there are none.
    #[must_use]
    pub fn words_between(&self, start: Millis, end: Millis) -> Option<String> {
        if !self.is_timed() {
            return None;
        }
        let belongs = |index: &usize| {
            self.cues.get(*index).is_some_and(|cue| {
                let until = self.end_of(*index);
                let inside = until.min(end).saturating_sub(cue.start_ms.max(start));
                inside > 0 && (inside >= TOUCHES || inside * 2 >= until - cue.start_ms)
            })
        };
        let until = self.cues.partition_point(|cue| cue.start_ms < end);
        let first = (0..until).find(belongs)?;
        let last = (0..until).rev().find(belongs)?;
        Some(self.words(first..=last)).filter(|words| !words.is_empty())
    }
}

/// Words are parted by a space, Chinese is not.
fn needs_space(before: &str, after: &str) -> bool {
    let wide = |c: char| c >= '\u{2e80}' || c.is_whitespace();
    matches!((before.chars().last(), after.chars().next()), (Some(a), Some(b)) if !wide(a) && !wide(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript() -> Transcript {
        let cue = |start_ms, end_ms, who: &str, text: &str| Cue {
            start_ms,
            end_ms,
            speaker: (!who.is_empty()).then(|| who.to_owned()),
            text: text.to_owned(),
        };
        Transcript {
            cues: vec![
                cue(1000, 4000, "林晚", "潮水退了，"),
                cue(4000, 6000, "", "我们走吧。"),
                cue(6000, 7000, "Bo", "Out it goes."),
                cue(6000, 9000, "Bo", "Yes."),
                cue(12_000, 12_000, "林晚", "好。"),
            ],
        }
    }

    #[test]
    fn the_last_cue_that_has_begun_is_being_said() {
        let transcript = transcript();
        let at = [0, 1000, 5999, 6000, 10_000, 99_000].map(|ms| transcript.at(ms));
        assert_eq!(at, [None, Some(0), Some(1), Some(3), Some(3), Some(4)]);
        let untimed = Transcript { cues: vec![Cue::default(), Cue::default()] };
        assert_eq!((untimed.at(5), untimed.words_between(0, 9000)), (None, None));
    }

    #[test]
    fn a_range_has_the_words_that_lie_in_it() {
        let transcript = transcript();
        let words = |start, end| transcript.words_between(start, end).unwrap_or_default();
        assert_eq!(words(1000, 6000), "林晚: 潮水退了，我们走吧。");
        assert_eq!(words(3900, 6400), "我们走吧。", "a sliver at either end is left out");
        assert_eq!(words(5000, 9000), "我们走吧。\n\nBo: Out it goes. Yes.");
        assert_eq!(words(11_000, 20_000), "林晚: 好。");
        assert_eq!(words(9500, 11_000), "");
    }
}
