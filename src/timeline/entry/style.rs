//! How a show parts codes from titles, where one line alone leaves it open.

use super::{Entry, Role};
use crate::timeline::code::{Form, Reading};
use crate::timeline::line::Line;
use crate::timeline::title;

/// Fewest lines that show a style.
const LEAST: usize = 2;

/// In a list written `02:20：title`, `02:20：35 years` is a code of two parts and a title that begins
/// with digits.
pub(in crate::timeline) fn by_style(entries: &mut [Entry], lines: &[Line<'_>]) {
    let open = |e: &Entry| e.role == Role::Lead && e.code.cut.is_some();
    if !entries.iter().any(open) {
        return;
    }
    let text = |e: &Entry| lines.get(e.line).map(|line| line.text);
    let styled = entries.iter().filter(|e| {
        let behind = text(e).and_then(|text| text.get(e.code.end..));
        e.role == Role::Lead
            && e.code.cut.is_none()
            && behind.is_some_and(|behind| behind.starts_with(['：', ':']))
    });
    let full = entries.iter().filter(|e| {
        e.role == Role::Lead
            && e.code.cut.is_none()
            && e.code.form == Form::Plain
            && matches!(e.code.reading, Reading::Exact(ms) if ms < 3_600_000)
    });
    if styled.count() < LEAST || full.count() > 0 {
        return;
    }
    for entry in entries.iter_mut().filter(|e| open(e)) {
        let (Some(cut), Some(text)) = (entry.code.cut, text(entry)) else { continue };
        let digits: Vec<u32> = text
            .get(entry.code.range.start..cut)
            .unwrap_or_default()
            .split([':', '：'])
            .filter_map(|part| part.parse().ok())
            .collect();
        let [a, b] = digits.as_slice() else { continue };
        entry.code.reading = Reading::Two(*a, *b);
        entry.code.form = Form::Plain;
        entry.code.range.end = cut;
        entry.code.end = cut;
        entry.title = title::after_code(text.get(cut..).unwrap_or_default());
    }
}
