//! The line that plays a snip.

use std::sync::LazyLock;

use regex::Regex;

use super::super::times::{self, pattern};

/// `[12:30] 🎧 11:30 - 12:45`: the moment of the tap before the range.
static TAPPED: LazyLock<Regex> = LazyLock::new(|| {
    let clock = times::CLOCK;
    pattern(&format!(r"^[\[(【]?({clock})[\])】]?\s*🎧"))
});

/// The line that plays a snip: `[🎧 Play snip - 1min️ (00:00 - 01:11)](…)`, `🎧 03:12 - 05:18`, or the
/// latter behind the moment of the tap.
pub(in super::super) fn is_play(line: &str) -> bool {
    let inner = line.trim_start().trim_start_matches(DRESS);
    says_play_snip(line)
        || ((inner.starts_with('🎧') || tapped(inner).is_some())
            && times::range_in(inner).is_some())
}

/// What may stand around the picture.
const DRESS: [char; 6] = ['*', '_', '[', '【', '［', '`'];

/// The form of the play line that nothing but a snip has; show notes use the picture too.
pub(in super::super) fn says_play_snip(line: &str) -> bool {
    let inner = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"<\\#>".contains(c));
    let begins = inner.get(..9).is_some_and(|words| words.eq_ignore_ascii_case("play snip"));
    begins && (line.contains("](") || times::range_in(line).is_some())
}

/// The moment of the tap that a play line names.
pub(in super::super) fn tapped(line: &str) -> Option<u64> {
    times::clock(TAPPED.captures(line.trim_start())?.get(1)?.as_str())
}

/// Whether a line links to a snip at Snipd.
pub(in super::super) fn names_a_snip(line: &str) -> bool {
    line.contains("share.snipd.com/snip/")
}

/// What a play line without a link says behind its range and length.
pub(in super::super) fn words_behind(line: &str) -> &str {
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        let clock = times::CLOCK;
        pattern(&format!(
            r"^.*?{clock}\s*(?:-|–|—|−|~|～|→|to|至|到|,)\s*{clock}\s*(?:[(（]{clock}[)）])?"
        ))
    });
    let end = BEHIND.find(line).map_or(line.len(), |found| found.end());
    line.get(end..).unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn play_lines_are_known_in_all_dresses() {
        for line in [
            "[🎧 Play snip - 1min\u{fe0f} (00:00 - 01:11)](https://share.snipd.com/snip/a)",
            "**[▶\u{fe0f} Play Snip (00:00 - 01:11)](x)**",
            "【🎧 Play snip - 1min（00：00 - 01：11）】(https://share.snipd.com/snip/a)",
            "🎧 00:00–01:11 (01:11)",
            "[01:05] 🎧 00:00 - 01:11",
            "[🎧播放片段 (00:00 - 01:11)](https://share.snipd.com/snip/a)",
        ] {
            assert!(is_play(line), "{line}");
            assert_eq!(times::range_in(line), Some((0, 71_000)), "{line}");
        }
        assert_eq!(tapped("[01:05] 🎧 00:00 - 01:11"), Some(65_000));
        assert_eq!(words_behind("🎧 00:00 - 01:11 (01:11) 好听"), "好听");
        for line in ["Play snip again", "🎧 好听", "> 🎧 00:00 - 01:11", "\\🎧 00:00 - 01:11", ""]
        {
            assert!(!is_play(line), "{line}");
        }
    }
}
