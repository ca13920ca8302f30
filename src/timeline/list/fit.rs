//! Codes that are no proof of a timeline but may continue one: trailing among leading ones, one-digit
//! parts, slips of the pen, the second of a line.

use crate::timeline::code::{Form, Reading};
use crate::timeline::entry::{Entry, Role};
use crate::timeline::line::Line;
use crate::timeline::title;

/// Most lines between a code with a slip and the next good one.
const NEAR: usize = 4;

/// Whether no code of a list is earlier than the one before it.
pub(super) fn rises(list: &[Entry]) -> bool {
    list.windows(2).all(|pair| match pair {
        [a, b] => a.code.reading.short() <= b.code.reading.short(),
        _ => true,
    })
}

/// The list with those of `more` that fit in. Both are in the order of the document.
pub(super) fn with_fitting(list: Vec<Entry>, more: &[&Entry], lines: &[Line<'_>]) -> Vec<Entry> {
    let company = list.len() >= 2;
    let mut out: Vec<Entry> = Vec::with_capacity(list.len() + more.len());
    let mut list = list.into_iter().peekable();
    for entry in more {
        while let Some(before) = list.next_if(|e| e.order() < entry.order()) {
            out.push(before);
        }
        if fits_between(entry, out.last(), list.peek(), company, lines) {
            out.push((*entry).clone());
        }
    }
    out.extend(list);
    out
}

/// Whether an entry that is no proof of a timeline continues one: its time lies between those of
/// its neighbours, and they stand close by.
fn fits_between(
    entry: &Entry,
    before: Option<&Entry>,
    after: Option<&Entry>,
    company: bool,
    lines: &[Line<'_>],
) -> bool {
    let weak = entry.role == Role::Lead;
    let ms = entry.code.reading.short();
    let later = before.is_some_and(|b| b.code.reading.short() < ms);
    let earlier = after.is_some_and(|a| a.code.reading.short() > ms);
    if weak && entry.code.form == Form::Odd {
        return company && is_slip(entry, before, after);
    }
    if weak {
        let Reading::Two(a, b) = entry.code.reading else { return later && earlier };
        // Pictures and pairs, not times.
        let ratio =
            [(16, 9), (9, 16), (4, 3), (3, 4), (3, 2), (1, 1), (2, 1), (21, 9)].contains(&(a, b));
        return company && later && (earlier || after.is_none()) && !ratio;
    }
    let near = |e: &Entry| {
        e.line.abs_diff(entry.line) == 1
            && lines.get(e.line).map(Line::is_item) == lines.get(entry.line).map(Line::is_item)
    };
    // Headings of their own with a code each, where other codes stand alone under their headings.
    if lines.get(entry.line).is_some_and(|l| l.heading) {
        let bare = |e: &Entry| e.title.is_empty();
        let among = before.is_some_and(bare) || after.is_some_and(bare);
        return among && later && (earlier || after.is_none());
    }
    later && earlier && before.is_some_and(near) && after.is_some_and(near)
}

/// Whether a code with a slip of the pen stands close to good ones and in their order.
fn is_slip(entry: &Entry, before: Option<&Entry>, after: Option<&Entry>) -> bool {
    let ms = |e: &Entry| e.code.reading.short();
    let near = |e: &Entry| e.line.abs_diff(entry.line) <= NEAR;
    let later = before.is_none_or(|b| ms(b) < ms(entry));
    let earlier = after.is_none_or(|a| ms(a) > ms(entry));
    later && earlier && (before.is_some_and(near) || after.is_some_and(near))
}

/// A list whose codes are all written with the same slip (`12.30`, `12；30`), if it cannot be a list
/// of dates, prices, versions or numbers of items.
pub(super) fn odd_list(weak: Vec<Entry>, headed: bool) -> Vec<Entry> {
    let list: Vec<Entry> = weak.into_iter().filter(|e| e.code.form == Form::Odd).collect();
    let parts = |e: &Entry| match e.code.reading {
        Reading::Two(a, b) => (a, b),
        // With units or three parts it is neither date nor price.
        Reading::Exact(_) => (0, 0),
    };
    let dates = list.iter().all(|e| matches!(parts(e), (1..=12, 1..=31)));
    // `03.20`: nobody writes prices or versions so.
    let from_start = list.first().is_some_and(|e| match e.code.reading {
        Reading::Two(a, _) => a == 0 || (a < 10 && e.code.range.len() >= "03.20".len()),
        Reading::Exact(_) => false,
    });
    let believed = list.len() >= 3 && rises(&list) && !dates && (headed || from_start);
    if believed { list } else { Vec::new() }
}

/// A code behind a label that is the title itself (`第一章 12:30`), as a trailing one.
pub(super) fn named_before(entry: &Entry, lines: &[Line<'_>]) -> Option<Entry> {
    let text = lines.get(entry.line)?.text;
    let before = text.get(..entry.code.range.start)?;
    if !before.contains(char::is_alphabetic) {
        return None;
    }
    let title = title::before_code(before);
    let named = entry.title.is_empty() && title.chars().any(char::is_alphabetic);
    let usable = !matches!(entry.code.form, Form::Short | Form::Odd);
    (named && usable).then(|| Entry { role: Role::Trail, title, ..entry.clone() })
}

/// The list with the second chapters of its lines, where they lie before the next line's code; the
/// titles of the first are cut there.
pub(super) fn with_seconds(list: Vec<Entry>, seconds: &[Entry], lines: &[Line<'_>]) -> Vec<Entry> {
    if seconds.is_empty() {
        return list;
    }
    let mut out: Vec<Entry> = Vec::with_capacity(list.len() + seconds.len());
    let mut list = list.into_iter().peekable();
    let mut seconds = seconds.iter().peekable();
    while let Some(mut lead) = list.next() {
        while seconds.peek().is_some_and(|s| s.line < lead.line) {
            seconds.next();
        }
        let second = seconds.next_if(|s| s.line == lead.line && lead.role == Role::Lead);
        let ms = |e: &Entry| e.code.reading.short();
        let fits =
            |s: &&Entry| list.peek().is_none_or(|next| ms(s) < ms(next) || ms(next) < ms(&lead));
        if let Some(second) = second.filter(fits) {
            let range = lead.code.end..second.code.range.start;
            let own = lines.get(lead.line).and_then(|line| line.text.get(range));
            lead.title = title::after_code(own.unwrap_or_default());
            out.extend([lead, second.clone()]);
        } else {
            out.push(lead);
        }
    }
    out
}
