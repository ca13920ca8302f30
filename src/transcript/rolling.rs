//! Rolling captions: each shows the lines before it once more. Every line is kept once.

use crate::model::Millis;

/// The lines of a cue with its times, before anything is taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) start: Millis,
    /// `None` where it cannot be read.
    pub(super) end: Option<Millis>,
    /// What is shown, one line under the other.
    pub(super) words: String,
}

/// Pairs of neighbours that must repeat lines before a file is believed to roll.
const PAIRS: usize = 4;

/// Cues this far apart, in ms, do not roll into each other.
const NEAR: Millis = 250;

/// Takes repeated lines out where the file as a whole rolls. People say things twice; so a repeated
/// line counts only among neighbours in time, and only where most of the cues repeat.
pub(super) fn unroll(blocks: Vec<Block>) -> Vec<Block> {
    let shown: Vec<Vec<String>> = blocks.iter().map(lines).collect();
    let mut repeats = vec![0; blocks.len()];
    let (mut pairs, mut rolling, mut with_more) = (0_usize, 0_usize, 0_usize);
    for (index, (two, lines)) in blocks.windows(2).zip(shown.windows(2)).enumerate() {
        let ([before, after], [above, below]) = (two, lines) else { continue };
        let end = before.end.unwrap_or(before.start);
        if above.is_empty() || below.is_empty() || after.start > end.saturating_add(NEAR) {
            continue;
        }
        pairs += 1;
        let same = overlap(above, below);
        if same > 0 {
            rolling += 1;
            with_more += usize::from(above.len() > 1 || below.len() > 1);
            if let Some(slot) = repeats.get_mut(index + 1) {
                *slot = same;
            }
        }
    }
    if rolling < PAIRS || rolling.saturating_mul(2) < pairs || with_more == 0 {
        return blocks;
    }
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    for ((mut block, lines), same) in blocks.into_iter().zip(shown).zip(repeats) {
        if same >= lines.len() && same > 0 {
            // Nothing new: what is shown stays a little longer.
            if let Some(last) = kept.last_mut() {
                last.end = last.end.max(block.end);
            }
            continue;
        }
        if same > 0 {
            let fresh = block.words.lines().filter(|line| !plain(line).is_empty()).skip(same);
            block.words = fresh.collect::<Vec<_>>().join("\n");
        }
        kept.push(block);
    }
    kept
}

/// The most lines that end one cue and begin the next.
fn overlap(above: &[String], below: &[String]) -> usize {
    let most = above.len().min(below.len());
    (1..=most)
        .rev()
        .find(|&count| above.get(above.len() - count..) == below.get(..count))
        .unwrap_or(0)
}

fn lines(block: &Block) -> Vec<String> {
    block.words.lines().map(plain).filter(|line| !line.is_empty()).take(8).collect()
}

/// A line without tags, for comparing.
fn plain(line: &str) -> String {
    let words: String = super::tags::voices(line).into_iter().map(|voice| voice.text).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(start: Millis, end: Millis, words: &str) -> Block {
        Block { start, end: Some(end), words: words.to_owned() }
    }

    #[test]
    fn each_line_of_rolling_captions_stays_once() {
        let lines = ["潮水退了", "我们沿着", "海岸走", "一直走到", "灯塔那里", "天才亮"];
        let mut blocks = vec![block(0, 2000, lines[0])];
        for (index, two) in lines.windows(2).enumerate() {
            let at = 2000 * (index as Millis + 1);
            blocks.push(block(at, at + 10, two[0]));
            blocks.push(block(at + 10, at + 2000, &format!("{}\n<c>{}</c>", two[0], two[1])));
        }
        let found: Vec<String> = unroll(blocks).iter().map(|b| plain(&b.words)).collect();
        assert_eq!(found, lines);
    }

    #[test]
    fn what_is_said_twice_stays_twice() {
        let said = ["对", "对", "嗯", "对", "好", "好", "是的", "走吧", "走", "到了"];
        let blocks: Vec<Block> =
            (0..).zip(said).map(|(i, s)| block(i * 900, i * 900 + 900, s)).collect();
        assert_eq!(unroll(blocks.clone()), blocks);
        let all_the_same: Vec<Block> =
            (0..9).map(|i| block(i * 900, i * 900 + 900, "嗯")).collect();
        assert_eq!(unroll(all_the_same.clone()), all_the_same);
    }
}
