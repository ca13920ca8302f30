//! Finding words in a document, as people type them: upper or lower case, full or half width, with or
//! without accents, simplified or traditional.

use std::ops::Range;

use super::document::{BlockKind, Document};
use super::fold::fold_char;

/// A place where the words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The block.
    pub block: usize,
    /// The bytes in the block's [`super::Block::plain_text`].
    pub range: Range<usize>,
}

/// All places where `query` stands, from top to bottom, not overlapping. Case, accents and script (發 = 发) are ignored, full-width
/// forms equal half-width ones (`Ａ` = `a`, `：` = `:`), any white space equals one space, none of it counts
/// between two Chinese characters (a line may end there), and invisible characters do not part words. An empty query is found nowhere.
#[must_use]
pub fn find(document: &Document, query: &str) -> Vec<Match> {
    let query = Folded::new(query.trim(), true).text;
    if query.is_empty() {
        return Vec::new();
    }
    let mut matches = Vec::new();
    for (block, content) in document.blocks.iter().enumerate() {
        let plain = content.plain_text();
        let flows = !matches!(content.kind, BlockKind::Table(_) | BlockKind::Code { .. });
        let folded = Folded::new(&plain, flows);
        for (at, _) in folded.text.match_indices(&query) {
            if let Some(range) = folded.original(at..at + query.len(), &plain) {
                matches.push(Match { block, range });
            }
        }
    }
    matches
}

/// Where the words of a search stand in a line, from left to right: of each word the places where it
/// begins a word, else all. Quotes are passed over.
#[must_use]
pub fn find_words(line: &str, query: &str) -> Vec<Range<usize>> {
    let folded = Folded::new(line, true);
    let query = query.replace(['"', '“', '”', '＂', '「', '」'], " ");
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in query.split_whitespace() {
        let word = Folded::new(word, true).text;
        let all = || folded.text.match_indices(&word).map(|(at, _)| at);
        let begins = |at: &usize| {
            let before = folded.text.get(..*at).and_then(|text| text.chars().next_back());
            !word.starts_with(|c: char| c.is_ascii_alphanumeric())
                || before.is_none_or(|c| !c.is_ascii_alphanumeric())
        };
        let mut places: Vec<usize> = all().filter(begins).collect();
        if places.is_empty() {
            places = all().collect();
        }
        let original = |at: usize| folded.original(at..at + word.len(), line);
        found.extend(places.into_iter().filter(|_| !word.is_empty()).filter_map(original));
    }
    found.sort_by_key(|range| range.start);
    found.dedup_by(|next, last| {
        let overlaps = next.start <= last.end;
        if overlaps {
            last.end = last.end.max(next.end);
        }
        overlaps
    });
    found
}

/// A text in the form in which it is compared.
struct Folded {
    text: String,
    /// For each character of `text`: where it begins there, and the bytes it stands for in the original.
    places: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// `flows`: the text is words that run on from line to line, not cells or code.
    fn new(text: &str, flows: bool) -> Folded {
        let mut folded = Folded { text: String::with_capacity(text.len()), places: Vec::new() };
        for (at, c) in text.char_indices() {
            let range = at..at + c.len_utf8();
            if is_invisible(c) {
                continue;
            }
            let c = half_width(c);
            if c.is_whitespace() {
                if folded.text.ends_with(' ') {
                    // The run of white space is one space; it ends here now.
                    if let Some((_, last)) = folded.places.last_mut() {
                        last.end = range.end;
                    }
                } else {
                    folded.places.push((folded.text.len(), range));
                    folded.text.push(' ');
                }
                continue;
            }
            if flows && is_cjk(c) {
                folded.forget_space_after_cjk();
            }
            fold_char(c, &mut |c| {
                folded.places.push((folded.text.len(), range.clone()));
                folded.text.push(c);
            });
        }
        folded
    }

    /// A Chinese character follows: a space between it and another one is none.
    fn forget_space_after_cjk(&mut self) {
        let mut last = self.text.chars().rev();
        if last.next() == Some(' ') && last.next().is_some_and(is_cjk) {
            self.text.pop();
            self.places.pop();
        }
    }

    /// The bytes of the original that a range of the folded text stands for.
    fn original(&self, found: Range<usize>, plain: &str) -> Option<Range<usize>> {
        let first = self.places.binary_search_by_key(&found.start, |(at, _)| *at).ok()?;
        let last = self.places.partition_point(|(at, _)| *at < found.end).checked_sub(1)?;
        let range = self.places.get(first)?.1.start..self.places.get(last)?.1.end;
        // Marks on the last character belong to it.
        let marks = plain.get(range.end..)?.chars();
        let marks = marks.take_while(|c| unicode_normalization::char::is_combining_mark(*c));
        let end = range.end + marks.map(char::len_utf8).sum::<usize>();
        Some(range.start..end)
    }
}

/// The half-width form of a full-width character (U+FF01–FF5E), of the ideographic space and of the
/// typographic quotation marks and dashes that are typed as ASCII.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFF01 + 0x21).unwrap_or(c),
        '\u{3000}' | '\u{a0}' => ' ',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '–' | '‐' | '‑' => '-',
        _ => c,
    }
}

/// Characters that are written without spaces between them: ideographs, kana, their punctuation.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{323af}')
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{ad}' | '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::super::{from_html, from_plain};
    use super::*;

    fn found(text: &str, query: &str) -> Vec<String> {
        let document = from_plain(text, None);
        let words = |m: Match| document.blocks[m.block].plain_text()[m.range].to_owned();
        find(&document, query).into_iter().map(words).collect()
    }

    #[test]
    fn chinese_is_found_within_sentences() {
        assert_eq!(found("聊聊固态电池和电池厂\n\n电池", "电池"), ["电池"; 3]);
        assert_eq!(found("哈哈哈哈哈", "哈哈"), ["哈哈"; 2]);
        assert!(found("电池", "").is_empty() && found("电池", " ").is_empty());
    }

    #[test]
    fn case_and_width_do_not_matter() {
        assert_eq!(found("ＧＰＴ－４o gpt-4O", "Gpt-4o"), ["ＧＰＴ－４o", "gpt-4O"]);
        assert_eq!(found("时间：12：30", ":12:"), ["：12："]);
        assert_eq!(found("İstanbul STRASSE", "strasse"), ["STRASSE"]);
        assert_eq!(found("don’t", "DON'T"), ["don’t"]);
    }

    #[test]
    fn the_words_of_a_search_are_told_in_a_line() {
        let words = |line: &str, query: &str| -> Vec<String> {
            find_words(line, query).into_iter().map(|range| line[range].to_owned()).collect()
        };
        assert_eq!(words("用ＡＩ搜索開源模型", "ai “开源”"), ["ＡＩ", "開源"]);
        assert_eq!(words("he said: AI, ai", "ai"), ["AI", "ai"]);
        assert_eq!(words("ChatGPT", "gpt"), ["GPT"]);
        assert_eq!(words("开源软件", "开源 源软"), ["开源软"]);
        assert!(words("开源", "").is_empty() && words("", "开").is_empty());
    }

    #[test]
    fn accents_and_scripts_do_not_matter() {
        assert_eq!(found("開源軟體與开源软件", "开源软"), ["開源軟", "开源软"]);
        assert_eq!(found("開源，发现頭髮", "髮"), ["发", "髮"]);
        assert_eq!(found("Café, CAFE", "café"), ["Café", "CAFE"]);
    }

    #[test]
    fn spaces_line_breaks_and_invisible_characters_do_not_part_words() {
        assert_eq!(found("a long　 word", "long word"), ["long　 word"]);
        assert_eq!(found("电\u{200b}池", "电池"), ["电\u{200b}池"]);
        assert_eq!(found("cafe\u{301} x", "CAFE"), ["cafe\u{301}"]);
    }

    #[test]
    fn chinese_is_found_over_the_ends_of_lines_but_not_over_cells() {
        assert_eq!(found("关于固态\n电池的事", "固态电池"), ["固态\n电池"]);
        assert_eq!(found("固态电池", "固态 电池"), ["固态电池"]);
        assert_eq!(found("GPT 模型 GPT模型", "gpt 模型"), ["GPT 模型"]);
        let table = from_html("<table><tr><td>固态<td>电池</table>", None);
        assert!(find(&table, "固态电池").is_empty());
    }

    #[test]
    fn words_over_the_seams_of_styles_and_in_tables_are_found() {
        let document = from_html(
            "<p>固<b>态电</b>池</p><table><tr><td>甲<td>乙<tr><td>丙<td>态电</table>",
            None,
        );
        let matches = find(&document, "态电");
        assert_eq!(matches.len(), 2);
        assert_eq!(matches[1].block, 1);
    }
}
