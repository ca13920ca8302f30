//! Plain text with its shape: lines that were broken by hand are joined, verses are not; headings,
//! lists, quotes of mails, drawings and code are known by their form.

use super::forms;
use crate::text::{Ambiguous, Composer, Document, Marker, SpanStyle, width};

/// Lines broken by hand end between these columns.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=110;

/// Reads the shape of a text.
pub(super) fn document(text: &str, address: &str) -> Document {
    let lines: Vec<&str> = text.lines().collect();
    let margin = margin(&lines);
    let mut composer = Composer::new(Some(address));
    for chunk in lines.split(|line| line.trim().is_empty()).filter(|chunk| !chunk.is_empty()) {
        write(&mut composer, chunk, margin, 0);
    }
    composer.finish()
}

/// The column at which lines were broken by hand; `None` where they were not: too few of them come near
/// one column.
fn margin(lines: &[&str]) -> Option<usize> {
    let wide = |line: &&str| width(line.trim_end(), Ambiguous::Narrow);
    let mut widths: Vec<usize> = lines
        .windows(2)
        .filter(|pair| pair.iter().all(|line| !line.trim().is_empty()))
        .filter_map(|pair| pair.first())
        .map(wide)
        .collect();
    if widths.len() < 3 {
        return None;
    }
    widths.sort_unstable();
    let most = widths.get(widths.len() * 19 / 20).copied()?;
    let near = widths.iter().filter(|width| **width + 18 >= most).count();
    (WRAPPED.contains(&most) && near * 2 >= widths.len()).then_some(most)
}

fn write(composer: &mut Composer, chunk: &[&str], margin: Option<usize>, quotes: usize) {
    if chunk.iter().all(|line| line.trim_start().starts_with('>')) && quotes < 12 {
        let inner: Vec<&str> = chunk
            .iter()
            .map(|line| {
                line.trim_start()
                    .trim_start_matches('>')
                    .strip_prefix(' ')
                    .unwrap_or_else(|| line.trim_start().trim_start_matches('>'))
            })
            .collect();
        for part in inner.split(|line| line.trim().is_empty()).filter(|part| !part.is_empty()) {
            paragraph(composer, part, margin, quotes + 1);
        }
        return;
    }
    let indented = |line: &&str| line.starts_with("    ") || line.starts_with('\t');
    if forms::is_drawn(chunk) || (chunk.len() > 1 && chunk.iter().all(indented) && is_code(chunk)) {
        composer.nest(quotes, 0);
        composer.code(None, &dedented(chunk));
        return;
    }
    if let [title, line, rest @ ..] = chunk
        && let Some(level) = forms::underline(line, title)
    {
        heading(composer, title, level);
        if !rest.is_empty() {
            write(composer, rest, margin, quotes);
        }
        return;
    }
    if let [line] = chunk {
        // A rule drawn with signs.
        if line.trim().len() >= 3 && line.trim().chars().all(|c| "-=*_~—─".contains(c)) {
            composer.nest(quotes, 0);
            composer.block(crate::text::BlockKind::Rule);
            return;
        }
        if let Some(level) = forms::heading(line) {
            heading(composer, line, level);
            return;
        }
    }
    paragraph(composer, chunk, margin, quotes);
}

fn heading(composer: &mut Composer, line: &str, level: u8) {
    composer.nest(0, 0);
    composer.heading(level);
    composer.text(line.trim(), SpanStyle::default(), None);
}

/// Whether indented lines are code and not a quotation.
fn is_code(chunk: &[&str]) -> bool {
    let signs = |line: &&&str| {
        line.contains(['{', '}', ';', '=', '<', '>', '$', '|']) || line.trim_end().ends_with(':')
    };
    chunk.iter().filter(signs).count() * 2 >= chunk.len()
}

fn dedented(chunk: &[&str]) -> String {
    let indent = |line: &&str| line.len() - line.trim_start_matches(' ').len();
    let least = chunk.iter().map(indent).min().unwrap_or(0);
    let lines: Vec<&str> = chunk.iter().map(|line| line.get(least..).unwrap_or(line)).collect();
    lines.join("\n")
}

/// A paragraph or a list.
fn paragraph(composer: &mut Composer, chunk: &[&str], margin: Option<usize>, quotes: usize) {
    let is_list = is_list(chunk);
    let mut before: Option<&str> = None;
    for line in chunk {
        let found = if is_list { forms::item(line) } else { None };
        match (found, before) {
            (Some((marker, text)), _) => {
                let deep = line.starts_with("  ")
                    && chunk.first().is_some_and(|first| !first.starts_with("  "));
                composer.nest(quotes, 0);
                composer.item(if deep { 2 } else { 1 }, marker);
                composer.text(text, SpanStyle::default(), None);
            }
            (None, None) => {
                composer.nest(quotes, 0);
                composer.text(line, SpanStyle::default(), None);
            }
            (None, Some(last)) => {
                if goes_on(last, line, margin) || (is_list && line.starts_with(' ')) {
                    composer.text("\n", SpanStyle::default(), None);
                } else {
                    composer.line_break();
                }
                composer.text(line, SpanStyle::default(), None);
            }
        }
        before = Some(line);
    }
}

/// Several items, or one bullet; a lone number is the beginning of a sentence.
fn is_list(chunk: &[&str]) -> bool {
    let items: Vec<Marker> = chunk.iter().filter_map(|line| Some(forms::item(line)?.0)).collect();
    let first = chunk.first().and_then(|line| forms::item(line));
    match first {
        Some((Marker::Bullet, _)) => true,
        Some(_) => items.len() > 1,
        None => false,
    }
}

/// Whether a line goes on in the next: it was broken because the next word had no room.
fn goes_on(last: &str, line: &str, margin: Option<usize>) -> bool {
    let Some(margin) = margin else { return false };
    let line = line.trim_start();
    let first = line.chars().next().unwrap_or(' ');
    let word: &str = if first.is_ascii() {
        line.split_whitespace().next().unwrap_or_default()
    } else {
        line.get(..first.len_utf8()).unwrap_or_default()
    };
    let used = width(last.trim_end(), Ambiguous::Narrow);
    used + 1 + width(word, Ambiguous::Narrow) + 3 >= margin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Block, BlockKind};

    fn texts(text: &str) -> Vec<String> {
        document(text, "file:///a.txt").blocks.iter().map(Block::plain_text).collect()
    }

    #[test]
    fn lines_broken_by_hand_are_joined_and_verses_are_not() {
        let mail = "The price of cells fell by nine tenths within ten years, and nobody had\n\
            thought at the beginning that it would go so fast, not even those who make\n\
            them, and who had every reason to believe that it would take much longer\n\
            than it did.\n\nRoses are red,\nviolets are blue.";
        let read = texts(mail);
        assert!(read[0].ends_with("than it did.") && !read[0].contains('\n'), "{read:?}");
        assert_eq!(read[1], "Roses are red,\nviolets are blue.");
    }

    #[test]
    fn mails_lists_headings_and_drawings_keep_their_form() {
        let text = "COSTS AND CELLS\n\n> 他说\n> 好\n\n- 一\n- 二\n\nResults\n-------\nText.\n\n\
            +---+---+\n| a | b |\n+---+---+\n\n*****";
        let document = document(text, "file:///a.txt");
        let kinds: Vec<_> = document.blocks.iter().map(|b| (&b.kind, b.quote, b.list)).collect();
        assert_eq!(kinds[0].0, &BlockKind::Heading(2));
        assert_eq!((kinds[1].1, kinds[2].2, kinds[3].2), (1, 1, 1));
        assert_eq!(kinds[4].0, &BlockKind::Heading(3));
        assert_eq!(document.blocks[5].plain_text(), "Text.");
        assert!(matches!(kinds[6].0, BlockKind::Code { .. }));
        assert_eq!(kinds[7].0, &BlockKind::Rule);
    }
}
