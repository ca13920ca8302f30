//! Passages to a document.

use super::flow::{self, Kind, Passage};
use super::lines::{Piece, Run};
use super::measure::Measure;
use super::shape::{self, Mark};
use crate::text::{BlockKind, Composer, Document, Marker, SpanStyle};

/// Writes the passages; `read` pages of `of` were looked at.
pub(super) fn document(
    passages: &[Passage],
    measure: &Measure,
    targets: &[String],
    (read, of): (usize, usize),
    address: &str,
) -> Document {
    let mut composer = Composer::new(Some(address));
    let levels = Levels::of(passages);
    let mut page = 1;
    let pages = u32::try_from(of).unwrap_or(u32::MAX);
    for passage in passages {
        if passage.page > page {
            page = passage.page;
            composer.nest(0, 0);
            composer.block(BlockKind::PageMark { page, of: pages });
        }
        write(&mut composer, passage, measure, targets, &levels);
    }
    if read < of {
        composer.nest(0, 0);
        composer.block(BlockKind::Rule);
        composer.paragraph();
        let said = format!(
            "… {read} / {of}：只读了前 {read} 页。Only the first {read} of {of} pages are shown."
        );
        composer.text(&said, SpanStyle { italic: true, ..SpanStyle::default() }, None);
    }
    composer.finish()
}

fn write(
    composer: &mut Composer,
    passage: &Passage,
    measure: &Measure,
    targets: &[String],
    levels: &Levels,
) {
    match passage.kind {
        Kind::Code => {
            composer.nest(0, 0);
            composer.code(None, &code(&passage.lines));
        }
        Kind::Heading => {
            composer.nest(0, 0);
            composer.heading(levels.level(passage));
            // The whole heading is set off already.
            for run in flow::text_of(passage, measure) {
                composer.text(&run.text, SpanStyle::default(), target(&run, targets));
            }
        }
        Kind::Item(mark) => {
            let marker = match mark {
                Mark::Bullet => Marker::Bullet,
                Mark::Number(number) => Marker::Number(number),
            };
            composer.item(1, marker);
            let runs = without_mark(flow::text_of(passage, measure), mark);
            runs_of(composer, &runs, measure, targets);
        }
        Kind::Text => {
            composer.nest(0, 0);
            runs_of(composer, &flow::text_of(passage, measure), measure, targets);
        }
    }
}

fn runs_of(composer: &mut Composer, runs: &[Run], measure: &Measure, targets: &[String]) {
    for run in runs {
        let style = SpanStyle {
            bold: run.look.bold && !measure.is_bold,
            italic: run.look.italic,
            code: run.look.mono && run.link.is_none() && !measure.is_all_mono(),
            ..SpanStyle::default()
        };
        composer.text(&run.text, style, target(run, targets));
    }
}

fn target<'t>(run: &Run, targets: &'t [String]) -> Option<&'t str> {
    targets.get(run.link?).map(String::as_str)
}

/// The text without the mark that it begins with.
fn without_mark(mut runs: Vec<Run>, mark: Mark) -> Vec<Run> {
    let whole: String = runs.iter().take(8).map(|run| run.text.as_str()).collect();
    let before = match mark {
        Mark::Number(number) => number.checked_sub(1).filter(|n| *n > 0).map(Mark::Number),
        Mark::Bullet => None,
    };
    let mut left = shape::mark(&whole, before).map_or(0, |(_, length)| length);
    for run in &mut runs {
        let taken = left.min(run.text.len());
        if !run.text.is_char_boundary(taken) {
            break;
        }
        run.text.drain(..taken);
        left -= taken;
        if left == 0 {
            break;
        }
    }
    runs
}

/// Lines of code, indented as they stand.
fn code(lines: &[Piece]) -> String {
    let left = lines.iter().map(|line| line.left).min_by(f64::total_cmp).unwrap_or(0.0);
    let mut out = String::new();
    for line in lines {
        let text = line.text();
        let wide = (line.right - line.left) / text.chars().count().max(1) as f64;
        let indent = if wide > 0.5 { ((line.left - left) / wide).round() as usize } else { 0 };
        out.push_str(&" ".repeat(indent.min(40)));
        out.push_str(&text);
        out.push('\n');
    }
    out
}

/// The sizes of headings, largest first; the first is that of the title.
struct Levels(Vec<i64>);

impl Levels {
    fn of(passages: &[Passage]) -> Levels {
        let heads = passages.iter().filter(|passage| passage.kind == Kind::Heading);
        let mut sizes: Vec<i64> = heads.map(|head| rounded(head.size())).collect();
        sizes.sort_unstable_by(|a, b| b.cmp(a));
        sizes.dedup();
        Levels(sizes)
    }

    fn level(&self, passage: &Passage) -> u8 {
        let size = rounded(passage.size());
        let by_size = self.0.iter().position(|other| *other == size).unwrap_or(0) + 1;
        let by_number = shape::number(&passage.text()).map(|depth| usize::from(depth) + 1);
        by_number.unwrap_or(by_size).clamp(1, 6) as u8
    }
}

/// Sizes a tenth apart are one.
fn rounded(size: f64) -> i64 {
    (size * 2.0).round() as i64
}
