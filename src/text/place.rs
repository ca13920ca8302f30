//! A place in a text, found again after the text has become another: by the words that stand there.

use super::document::Document;

/// How many characters at the beginning of a paragraph tell it from others.
const TELLING: usize = 16;
/// How far around the place paragraphs are looked for in turn, in blocks.
const AROUND: usize = 12;

/// Where the block and byte `place` of `old` is in `new`: the paragraph with the same words, of several
/// the one that is nearest; else one that begins with the same words; else the same for its neighbours;
/// else as far from the top as it was. `None` if there is no such place, or `new` is empty.
#[must_use]
pub fn same_place(old: &Document, place: (usize, usize), new: &Document) -> Option<(usize, usize)> {
    let (block, offset) = place;
    old.blocks.get(block)?;
    let last = new.blocks.len().checked_sub(1)?;
    if new.blocks.get(block).is_some_and(|there| old.blocks.get(block) == Some(there)) {
        return Some(place);
    }
    let words: Vec<String> = new.blocks.iter().map(|block| key(&block.plain_text())).collect();
    let scaled = |at: usize| at.saturating_mul(last) / old.blocks.len().saturating_sub(1).max(1);
    let around = (0..AROUND).flat_map(|by| [block.checked_sub(by), block.checked_add(by)]);
    for near in around.flatten() {
        let Some(wanted) = old.blocks.get(near).map(|block| key(&block.plain_text())) else {
            continue;
        };
        if let Some(found) = find(&words, &wanted, scaled(near)) {
            // Only in the paragraph itself does the place within it mean anything.
            let own = near == block;
            let text =
                new.blocks.get(found).map(super::document::Block::plain_text).unwrap_or_default();
            let offset = if own && text.is_char_boundary(offset) { offset } else { 0 };
            return Some((found, offset));
        }
    }
    Some((scaled(block).min(last), 0))
}

/// A text in the form in which paragraphs are compared: without white space.
fn key(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The paragraph with these words that is nearest to `near`.
fn find(words: &[String], wanted: &str, near: usize) -> Option<usize> {
    let head: String = wanted.chars().take(TELLING).collect();
    if head.chars().count() < 2 {
        return None;
    }
    let nearest = |same: &dyn Fn(&str) -> bool| {
        let all = words.iter().enumerate().filter(|(_, text)| same(text));
        all.map(|(at, _)| at).min_by_key(|at| at.abs_diff(near))
    };
    nearest(&|text| text == wanted).or_else(|| {
        let tells = head.chars().count() >= TELLING / 2;
        nearest(&|text| tells && text.starts_with(&head))
    })
}

#[cfg(test)]
mod tests {
    use super::super::from_markdown;
    use super::*;

    fn text(paragraphs: &[&str]) -> Document {
        from_markdown(&paragraphs.join("\n\n"), None)
    }

    #[test]
    fn a_paragraph_that_has_moved_is_found_by_its_words() {
        let old = text(&["潮水退了。", "灯塔亮着。", "The last boat came in late."]);
        let new = text(&[
            "编者按",
            "目录",
            "潮水退了。",
            "广告",
            "灯塔亮着。",
            "The last boat came in late.",
        ]);
        assert_eq!(same_place(&old, (1, 6), &new), Some((4, 6)));
        assert_eq!(same_place(&old, (2, 4), &new), Some((5, 4)));
        assert_eq!(same_place(&old, (0, 0), &old), Some((0, 0)));
    }

    #[test]
    fn of_equal_paragraphs_the_nearest_counts() {
        let many = ["分隔"; 9];
        let old = text(&many);
        assert_eq!(
            same_place(&old, (6, 0), &text(&["新的", "分隔", "别的", "分隔", "分隔"])).map(|p| p.0),
            Some(3)
        );
    }

    #[test]
    fn a_paragraph_that_was_edited_is_found_by_its_beginning() {
        let old = text(&["一", "海边的电台每天夜里播送一次天气，从来没有间断过。"]);
        let new = text(&["零", "一", "海边的电台每天夜里播送一次天气，从来没有间断过，直到去年。"]);
        assert_eq!(same_place(&old, (1, 9), &new), Some((2, 9)));
    }

    #[test]
    fn a_paragraph_that_is_gone_is_told_by_its_neighbours() {
        let old = text(&["甲段有些字", "乙段有些字", "丙段有些字", "丁段有些字"]);
        let new = text(&["前言", "甲段有些字", "乙段有些字", "丁段有些字"]);
        assert_eq!(same_place(&old, (2, 3), &new), Some((2, 0)));
        let other = text(&["全新", "的", "文字", "在这", "里了"]);
        assert_eq!(same_place(&old, (3, 0), &other), Some((4, 0)));
        assert_eq!(same_place(&old, (9, 0), &new), None);
        assert_eq!(same_place(&old, (0, 0), &Document::default()), None);
    }
}
