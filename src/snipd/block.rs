//! Where the lines of a snip begin and end.

use super::{
    line::{self, Line},
    split::section,
    times,
};

/// Whether a snip begins here: a head by itself, a heading above a play line, or a play line.
pub(super) fn starts(lines: &[Line], at: usize) -> bool {
    let Some(line) = lines.get(at) else { return false };
    let text = line.text.as_ref();
    if line::head(text).is_some() || line::is_play(text) {
        return true;
    }
    let Some((2..=5, words)) = line::heading(text) else { return false };
    if section(text).is_some() || is_passage(words) {
        return false;
    }
    let below = || {
        let below = lines.iter().skip(at + 1).map(|line| line.text.as_ref());
        let below = below.filter(|text| !text.trim().is_empty()).take(3);
        below.take_while(|text| line::heading(text.trim_start_matches('\\')).is_none())
    };
    below().any(line::is_play)
        || (below().any(line::names_a_snip)
            && (below().any(|text| times::range_in(text).is_some()) || begins_with_time(text)))
}

/// Whether a heading opens a passage of a snip.
fn is_passage(words: &str) -> bool {
    let passages =
        ["key takeaways", "transcript", "snip transcript", "private note", "quote", "tags"];
    passages.contains(&line::plain_heading(words).as_str())
}

/// Whether a snip begins here with a heading; lines of show notes may look like play lines.
pub(super) fn starts_with_head(lines: &[Line], at: usize) -> bool {
    lines.get(at).is_some_and(|line| line::heading(&line.text).is_some()) && starts(lines, at)
}

fn begins_with_time(text: &str) -> bool {
    line::heading(text).is_some_and(|(_, words)| {
        let head = line::loose_head(words);
        head.time.is_some() || head.range.is_some()
    })
}

/// The end of the snip that begins at `start`.
pub(super) fn end(lines: &[Line], start: usize) -> usize {
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.as_ref());
    let level = line::heading(text(start)).map_or(3, |(level, _)| level);
    let mut played = line::is_play(text(start));
    for at in start + 1..lines.len() {
        let text = text(at);
        if line::is_play(text) {
            if played {
                return at;
            }
            played = true;
            continue;
        }
        let Some((here, _)) = line::heading(text) else { continue };
        let ends = section(text).is_some() || here == 1 || (here == 2 && level > 2);
        if ends || starts(lines, at) {
            return at;
        }
    }
    lines.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_is_a_snip_only_with_a_time_an_address_or_a_player() {
        let text = "### 一\n\n[🎧 Play snip - 1min (00:00 - 01:00)](x)\n### ✨ 二\n1. x\n### [02:00] 三\n## 别的";
        let lines = line::lines(text);
        let starting: Vec<usize> = (0..lines.len()).filter(|at| starts(&lines, *at)).collect();
        assert_eq!(starting, [0, 2, 5]);
        assert_eq!(end(&lines, 0), 5);
        assert_eq!(end(&lines, 5), 6);
    }
}
