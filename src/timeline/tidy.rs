//! One shape for all lists of chapters.

use super::{MAX_CHAPTERS, MAX_MILLIS, title};
use crate::model::{Chapter, Chapters, Millis};

/// Puts chapters in order: sorted by start; of several with one start the first that has a title
/// stays (it takes over what only the others have); chapters that start at or after the end are
/// left out, and so are those of no length. `end_ms` is what was written if it lies between the start
/// and the next start, else the next start, else `duration_ms`; never after `duration_ms`. Titles are
/// one line without invisible characters and may be empty. Never adds a chapter. Starts ascend
/// strictly.
#[must_use]
pub fn tidy(chapters: Vec<Chapter>, duration_ms: Option<Millis>) -> Vec<Chapter> {
    let duration = duration_ms.filter(|d| *d > 0);
    let latest = duration.unwrap_or(MAX_MILLIS);
    let mut sorted: Vec<Chapter> = chapters
        .into_iter()
        .filter(|c| c.start_ms < latest)
        .take(MAX_CHAPTERS)
        .map(clean)
        .collect();
    sorted.sort_by_key(|chapter| (chapter.start_ms, has_no_length(chapter)));
    let mut out: Vec<Chapter> = Vec::with_capacity(sorted.len());
    for chapter in sorted {
        match out.last_mut() {
            Some(last) if last.start_ms == chapter.start_ms => unite(last, chapter),
            _ => out.push(chapter),
        }
    }
    let mut out = without_empty(out);
    let mut next = duration;
    for chapter in out.iter_mut().rev() {
        let written = chapter.end_ms.filter(|end| *end > chapter.start_ms);
        let latest = next.unwrap_or(latest);
        chapter.end_ms = written.map(|end| end.min(latest)).or(next);
        next = Some(chapter.start_ms);
    }
    out
}

/// A list made [`tidy()`] for a recording of a known length. How many of its chapters lie beyond the
/// end is noted.
#[must_use]
pub fn fit(chapters: Chapters, duration_ms: Option<Millis>) -> Chapters {
    let end = duration_ms.filter(|d| *d > 0).unwrap_or(Millis::MAX);
    let beyond = chapters.list.iter().filter(|chapter| chapter.start_ms >= end).count();
    Chapters {
        source: chapters.source,
        beyond: chapters.beyond.max(beyond),
        list: tidy(chapters.list, duration_ms),
    }
}

fn has_no_length(chapter: &Chapter) -> bool {
    chapter.end_ms == Some(chapter.start_ms)
}

/// Leaves out chapters that end where they begin. Where most do, and for the last one, the tool did
/// not know better, and only the end is wrong.
fn without_empty(mut chapters: Vec<Chapter>) -> Vec<Chapter> {
    let empty = chapters.iter().filter(|chapter| has_no_length(chapter)).count();
    if empty * 2 > chapters.len() {
        return chapters;
    }
    let last = chapters.last().map(|chapter| chapter.start_ms);
    chapters.retain(|chapter| Some(chapter.start_ms) == last || !has_no_length(chapter));
    chapters
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
    fn an_end_never_lies_behind_the_next_start_but_may_lie_before_it() {
        let list = tidy(
            vec![chapter(0, Some(90), "a"), chapter(60, Some(70), "b"), chapter(80, None, "c")],
            None,
        );
        let ends: Vec<_> = list.iter().map(|c| c.end_ms).collect();
        assert_eq!(ends, [Some(60), Some(70), None]);
    }

    #[test]
    fn chapters_of_no_length_go() {
        let list = tidy(
            vec![
                chapter(0, Some(60), "a"),
                chapter(60, Some(60), "empty"),
                chapter(60, Some(90), "b"),
                chapter(70, Some(70), "empty too"),
                chapter(90, Some(90), "the last, whose end nobody knew"),
            ],
            Some(100),
        );
        let all: Vec<_> = list.iter().map(|c| (c.start_ms, c.end_ms, &*c.title)).collect();
        let unknown = "the last, whose end nobody knew";
        assert_eq!(all, [(0, Some(60), "a"), (60, Some(90), "b"), (90, Some(100), unknown)]);
    }

    #[test]
    fn a_list_without_ends_is_no_list_of_empty_chapters() {
        let list = tidy((0..4).map(|n| chapter(n * 10, Some(n * 10), "x")).collect(), None);
        let ends: Vec<_> = list.iter().map(|c| c.end_ms).collect();
        assert_eq!(ends, [Some(10), Some(20), Some(30), None]);
    }

    #[test]
    fn what_lies_beyond_the_end_is_counted() {
        let list = vec![chapter(0, None, "a"), chapter(100, None, "b"), chapter(200, None, "c")];
        let fitted = fit(Chapters { list, ..Chapters::default() }, Some(100));
        assert_eq!((fitted.list.len(), fitted.beyond), (1, 2));
        assert_eq!(fit(fitted, None).beyond, 2);
    }

    #[test]
    fn what_starts_after_the_end_goes_and_ends_are_clamped() {
        let list = tidy(vec![chapter(0, Some(500), "a"), chapter(100, None, "b")], Some(100));
        assert_eq!(list, [chapter(0, Some(100), "a")]);
    }
}
