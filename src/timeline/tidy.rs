//! One shape for all lists of chapters.

use std::cmp::Ordering;

use super::{MAX_CHAPTERS, MAX_MILLIS, title};
use crate::model::{Chapter, Millis};

/// Puts chapters in order: sorted by start; of several with one start the first that has a title
/// stays (it takes over what only the others have); chapters that start at or after the end are
/// left out. `end_ms` is what was written if it lies after the start, else the next start, else
/// `duration_ms`; never after `duration_ms`. Titles are one line without invisible characters and
/// may be empty. Never adds a chapter. Starts ascend strictly.
#[must_use]
pub fn tidy(chapters: Vec<Chapter>, duration_ms: Option<Millis>) -> Vec<Chapter> {
    let latest = duration_ms.filter(|d| *d > 0).unwrap_or(MAX_MILLIS);
    let mut sorted: Vec<Chapter> = chapters
        .into_iter()
        .filter(|c| c.start_ms < latest)
        .take(MAX_CHAPTERS)
        .map(clean)
        .collect();
    sorted.sort_by_key(|chapter| chapter.start_ms);
    let mut out: Vec<Chapter> = Vec::with_capacity(sorted.len());
    for chapter in sorted {
        match out.last_mut() {
            Some(last) if last.start_ms == chapter.start_ms => unite(last, chapter),
            _ => out.push(chapter),
        }
    }
    let mut next = duration_ms.filter(|d| *d > 0);
    for chapter in out.iter_mut().rev() {
        chapter.end_ms = chapter
            .end_ms
            .filter(|end| end.cmp(&chapter.start_ms) == Ordering::Greater)
            .map(|end| end.min(latest))
            .or(next);
        next = Some(chapter.start_ms);
    }
    out
}

fn clean(mut chapter: Chapter) -> Chapter {
    chapter.title = title::line(&chapter.title);
    chapter.section = chapter.section.map(|s| title::line(&s)).filter(|s| !s.is_empty());
    chapter
}

fn unite(first: &mut Chapter, other: Chapter) {
    if first.title.is_empty() {
        first.title = other.title;
    }
    first.end_ms = first.end_ms.or(other.end_ms);
    first.url = first.url.take().or(other.url);
    first.image = first.image.take().or(other.image);
    first.section = first.section.take().or(other.section);
    if first.points.is_empty() {
        first.points = other.points;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapter(start_ms: Millis, end_ms: Option<Millis>, title: &str) -> Chapter {
        Chapter { start_ms, end_ms, title: title.into(), ..Chapter::default() }
    }

    #[test]
    fn chapters_are_sorted_and_end_where_the_next_begins() {
        let list = tidy(
            vec![chapter(60, None, "b"), chapter(0, None, "a"), chapter(90, Some(80), "c")],
            Some(100),
        );
        let ends: Vec<_> = list.iter().map(|c| (c.title.as_str(), c.end_ms)).collect();
        assert_eq!(ends, [("a", Some(60)), ("b", Some(90)), ("c", Some(100))]);
    }

    #[test]
    fn of_two_with_one_start_the_titled_one_stays() {
        let mut second = chapter(5, None, "甲");
        second.url = Some("https://example.org".into());
        let list = tidy(vec![chapter(5, None, " \u{200b} "), second], None);
        assert_eq!(list.len(), 1);
        assert_eq!(list[0].title, "甲");
        assert_eq!(list[0].url.as_deref(), Some("https://example.org"));
        assert_eq!(list[0].end_ms, None);
    }

    #[test]
    fn what_starts_after_the_end_goes_and_ends_are_clamped() {
        let list = tidy(vec![chapter(0, Some(500), "a"), chapter(100, None, "b")], Some(100));
        assert_eq!(list, [chapter(0, Some(100), "a")]);
    }
}
