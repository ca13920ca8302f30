//! Temporary.
#![allow(missing_docs, clippy::pedantic)]
use super::*;
use unicode_width::UnicodeWidthStr;
use unicode_segmentation::UnicodeSegmentation;
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ambiguous { #[default] Narrow, Wide }
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LayoutOptions { pub width: u16, pub ambiguous: Ambiguous }
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout { pub lines: Vec<Line>, pub first_line: Vec<usize> }
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line { pub block: usize, pub start: usize, pub runs: Vec<Run> }
#[derive(Debug, Clone, PartialEq)]
pub struct Run { pub text: String, pub kind: RunKind, pub style: SpanStyle, pub link: Option<usize>, pub time_ms: Option<u64>, pub start: usize }
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RunKind { Text, Heading(u8), Quote, Marker, Code, Rule, TableBorder, TableHead, Caption }
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match { pub block: usize, pub range: std::ops::Range<usize> }
impl Layout { pub fn line_of(&self, block: usize, offset: usize) -> usize { self.lines.iter().rposition(|l| (l.block, l.start) <= (block, offset)).unwrap_or(0) } }
pub fn width(t: &str, _a: Ambiguous) -> usize { t.width() }
pub fn truncate(t: &str, cols: usize, _a: Ambiguous) -> String { let mut o = String::new(); for g in t.graphemes(true) { if o.width() + g.width() + 1 > cols { break } o.push_str(g) } o.push('…'); o }
pub fn find(_d: &Document, _q: &str) -> Vec<Match> { vec![] }
pub fn layout(d: &Document, o: &LayoutOptions) -> Layout {
    let mut l = Layout::default();
    for (i, b) in d.blocks.iter().enumerate() {
        l.first_line.push(l.lines.len());
        let mut line = Line { block: i, ..Line::default() };
        let mut at = 0; let mut col = 0;
        let spans: Vec<Span> = if b.spans.is_empty() { vec![Span { text: b.plain_text(), ..Span::default() }] } else { b.spans.clone() };
        for s in &spans {
            for g in s.text.graphemes(true) {
                if g == "\n" || col + g.width() > o.width as usize { l.lines.push(std::mem::replace(&mut line, Line { block: i, start: at, runs: vec![] })); col = 0; }
                if g != "\n" { col += g.width(); let kind = if let BlockKind::Heading(h) = b.kind { RunKind::Heading(h) } else { RunKind::Text };
                    line.runs.push(Run { text: g.into(), kind, style: s.style, link: s.link, time_ms: s.time_ms, start: at }); }
                at += g.len();
            }
        }
        l.lines.push(line);
        l.lines.push(Line { block: i, start: at, runs: vec![] });
    }
    l
}
