//! Lays the timeline of show notes out: what shows write as lines of one paragraph (`-section`,
//! `12:30 title`, `·point`) becomes headings, entries and points under them.

use super::title;
use crate::model::Chapter;
use crate::text::{Block, BlockKind, Document, Marker, Span, letters, lines_of};

/// The level of the headings that sections become: the lowest.
const SECTION: u8 = 6;

/// What a line of the notes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The heading of a section.
    Section,
    /// The line with a chapter's time.
    Chapter,
    /// Belongs to the line before: a title under its time.
    Title,
    /// Something that is said in the chapter.
    Point,
    /// Nothing of the timeline.
    Other,
}

/// Gives each part of the timeline a block of its own in a document whose times are marked (see
/// [`super::mark()`]). `chapters` are those that were found in it. Words and links stay; dashes and
/// dots that only drew a list go. Tables, and lists that are lists already, stay as they are.
pub fn arrange(document: &mut Document, chapters: &[Chapter]) {
    if chapters.is_empty() {
        return;
    }
    let mut reading = Reading { chapters, now: None };
    let mut out = Vec::with_capacity(document.blocks.len());
    for block in document.blocks.drain(..) {
        if block.kind != BlockKind::Paragraph || block.list > 0 {
            reading.pass(&block);
            out.push(block);
            continue;
        }
        let lines = lines_of(&block.spans);
        let parts: Vec<Part> = lines.iter().map(|line| reading.part(line)).collect();
        if parts.iter().all(|part| *part == Part::Other) {
            out.push(block);
        } else {
            put(&mut out, &block, lines, &parts);
        }
    }
    document.blocks = out;
}

/// Going through the notes from top to bottom, chapter by chapter.
struct Reading<'a> {
    chapters: &'a [Chapter],
    /// The chapter whose time was read last.
    now: Option<usize>,
}

impl Reading<'_> {
    fn part(&mut self, line: &[Span]) -> Part {
        if let Some(index) = self.chapter(line) {
            self.now = Some(index);
            return Part::Chapter;
        }
        let words = letters(line.iter().flat_map(|span| span.text.chars()));
        if words.is_empty() {
            return Part::Other;
        }
        let same = |text: &str| letters(text.chars()) == words;
        let next = self.chapters.get(self.now.map_or(0, |now| now + 1));
        let now = self.now.and_then(|now| self.chapters.get(now));
        let section = next.and_then(|next| next.section.as_deref());
        if section != now.and_then(|now| now.section.as_deref()) && section.is_some_and(same) {
            return Part::Section;
        }
        match now {
            Some(now) if now.points.iter().any(|point| same(point)) => Part::Point,
            Some(now) if same(&now.title) => Part::Title,
            _ => Part::Other,
        }
    }

    /// The chapter whose time opens or ends this line together with its title.
    fn chapter(&self, line: &[Span]) -> Option<usize> {
        let words = line.iter().filter(|span| span.time_ms.is_none());
        let words = letters(words.flat_map(|span| span.text.chars()));
        let silent = |span: &Span| !span.text.contains(char::is_alphanumeric);
        let leads = line.iter().find(|span| !silent(span)).is_some_and(|s| s.time_ms.is_some());
        line.iter().filter_map(|span| span.time_ms).find_map(|ms| {
            let index = self.chapters.binary_search_by_key(&ms, |chapter| chapter.start_ms).ok()?;
            let title = letters(self.chapters.get(index)?.title.chars());
            let around = words.replacen(&title, "", 1);
            // In a sentence there are other words around time and title.
            let own = around.len() < words.len() || title.is_empty();
            let only = own && around.chars().all(|c| c.is_ascii_digit());
            (words.is_empty() || only || (own && leads)).then_some(index)
        })
    }

    /// Goes past a block that stays as it is.
    fn pass(&mut self, block: &Block) {
        for line in lines_of(&block.spans) {
            self.now = self.chapter(&line).or(self.now);
        }
    }
}

/// Adds the lines of a paragraph as blocks.
fn put(out: &mut Vec<Block>, paragraph: &Block, lines: Vec<Vec<Span>>, parts: &[Part]) {
    let mut before = None;
    for (mut spans, &part) in lines.into_iter().zip(parts) {
        let follows = matches!(
            (part, before),
            (Part::Other, Some(Part::Other)) | (Part::Title, Some(Part::Chapter))
        );
        if part == Part::Other && !follows && is_blank(&spans) {
            continue;
        }
        before = Some(part);
        if let Some(last) = out.last_mut().filter(|_| follows) {
            last.spans.push(Span { text: "\n".to_owned(), ..Span::default() });
            last.spans.append(&mut spans);
            continue;
        }
        let (kind, list, marker) = match part {
            Part::Section => (BlockKind::Heading(SECTION), 0, None),
            Part::Chapter => (BlockKind::Paragraph, 1, None),
            Part::Point => (BlockKind::Paragraph, 2, Some(Marker::Bullet)),
            Part::Title | Part::Other => (BlockKind::Paragraph, 0, None),
        };
        if matches!(part, Part::Section | Part::Point) {
            without_bullet(&mut spans);
        }
        trim(&mut spans);
        out.push(Block { kind, quote: paragraph.quote, list, marker, spans, ..Block::default() });
    }
}

fn is_blank(spans: &[Span]) -> bool {
    spans.iter().all(|span| span.text.trim().is_empty())
}

/// Takes the mark of a list, but no number, off the beginning of a line.
fn without_bullet(spans: &mut [Span]) {
    if let Some(first) = spans.iter_mut().find(|span| !span.text.trim().is_empty()) {
        let drawn = |c: char| c.is_whitespace() || title::is_bullet(c) || title::is_dash(c);
        first.text = first.text.trim_start_matches(drawn).to_owned();
    }
}

/// Takes white space off both ends of a line.
fn trim(spans: &mut Vec<Span>) {
    if let Some(first) = spans.first_mut() {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = spans.last_mut() {
        last.text = last.text.trim_end().to_owned();
    }
    spans.retain(|span| !span.text.is_empty());
}

#[cfg(test)]
mod tests {
    use super::super::{from_notes, mark};
    use super::*;
    use crate::text::{from_html, from_markdown_with};

    /// One word for each block and its text.
    fn arranged(document: Document, duration_ms: Option<u64>) -> Vec<String> {
        let mut document = document;
        let timeline = from_notes(&document, duration_ms);
        mark(&mut document, &timeline.stamps);
        arrange(&mut document, &timeline.chapters);
        let shown = |block: &Block| {
            let kind = match (&block.kind, block.list) {
                (BlockKind::Heading(_), _) => "section",
                (_, 0) => "text",
                (_, 1) => "chapter",
                _ => "point",
            };
            format!("{kind}: {}", block.plain_text())
        };
        document.blocks.iter().map(shown).collect()
    }

    #[test]
    fn lines_of_one_paragraph_become_sections_chapters_and_points() {
        let html = "<p>听潮的人。</p><p>时间线：</p><p>-上岛<br>00:00 开场<br>02:10 \
                    第一盏灯，见 <a href='https://tide.example'>灯塔</a><br>·灯芯<br>·灯油</p>\
                    <p>-离岛<br>19:23 雾号<br>25:00 再见</p><p>音乐：退潮</p>";
        assert_eq!(
            arranged(from_html(html, None), Some(1_800_000)),
            [
                "text: 听潮的人。",
                "text: 时间线：",
                "section: 上岛",
                "chapter: 00:00 开场",
                "chapter: 02:10 第一盏灯，见 灯塔",
                "point: 灯芯",
                "point: 灯油",
                "section: 离岛",
                "chapter: 19:23 雾号",
                "chapter: 25:00 再见",
                "text: 音乐：退潮",
            ]
        );
    }

    #[test]
    fn what_stands_around_a_timeline_stays_together() {
        let html = "<p>一段话<br>第二行<br>00:00 开场<br>05:00 灯塔<br>09:00 再见<br>后记<br>\
                    完</p>";
        assert_eq!(
            arranged(from_html(html, None), Some(900_000)).first().map(String::as_str),
            Some("text: 一段话\n第二行")
        );
    }

    #[test]
    fn lists_and_sentences_stay_as_they_are() {
        let markdown = "- 00:00 开场\n- 05:00 灯塔\n- 09:00 再见\n\n我们在 05:00 说到灯塔。";
        let options = crate::text::MarkdownOptions::default();
        let before = from_markdown_with(markdown, None, options);
        let mut document = before.clone();
        let timeline = from_notes(&document, None);
        mark(&mut document, &timeline.stamps);
        let marked = document.clone();
        arrange(&mut document, &timeline.chapters);
        assert_eq!(document, marked);
        assert_eq!(timeline.chapters.len(), 3);
    }

    #[test]
    fn titles_under_their_times_stay_with_them() {
        let html = "<p>00:00<br>开场<br>05:00<br>灯塔<br>09:00<br>再见</p>";
        assert_eq!(
            arranged(from_html(html, None), Some(900_000)),
            ["chapter: 00:00\n开场", "chapter: 05:00\n灯塔", "chapter: 09:00\n再见"]
        );
    }

    #[test]
    fn notes_without_a_timeline_are_not_touched() {
        let document = from_html("<p>没有<br>时间</p>", None);
        assert_eq!(arranged(document, None), ["text: 没有\n时间"]);
    }
}
