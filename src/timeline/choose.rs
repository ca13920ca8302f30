//! Which of several lists of chapters is shown.

use crate::model::{ChapterSource, Chapters};

/// Picks the list to show; `None` if all are empty.
///
/// The order is: embedded in the audio file (it cannot drift from what is played), chapters JSON,
/// Podlove Simple Chapters of the feed, timestamps in the notes. A list loses its place to a later
/// one if it is *poorer*: it has fewer than half of the other's chapters; or more than half of its
/// titles are empty or mere numbers (`Chapter 3`) while the other's are not; or some of its chapters
/// lie beyond the end of the recording while none of the other's do. Of equal sources the first in
/// `found` wins.
#[must_use]
pub fn choose(found: &[Chapters]) -> Option<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found.get(*i).map_or(u8::MAX, |c| rank(c.source)));
    let lists: Vec<(usize, &Chapters)> = order
        .into_iter()
        .filter_map(|i| found.get(i).map(|c| (i, c)))
        .filter(|(_, c)| !c.list.is_empty())
        .collect();
    lists
        .iter()
        .enumerate()
        .find(|(place, (_, list))| {
            !lists.iter().skip(place + 1).any(|(_, other)| is_poorer(list, other))
        })
        .map(|(_, (i, _))| *i)
}

fn rank(source: ChapterSource) -> u8 {
    match source {
        source if source.is_embedded() => 0,
        ChapterSource::Json => 1,
        ChapterSource::Psc => 2,
        ChapterSource::Notes => 3,
        _ => 4,
    }
}

fn is_poorer(list: &Chapters, other: &Chapters) -> bool {
    list.list.len() * 2 < other.list.len()
        || (is_untitled(list) && !is_untitled(other))
        || (list.beyond > 0 && other.beyond == 0)
}

fn is_untitled(chapters: &Chapters) -> bool {
    let without = chapters.list.iter().filter(|c| is_mere_number(&c.title)).count();
    without * 2 > chapters.list.len()
}

/// Nothing, a number, or a number with a word that says no more: `Chapter 3`, `第3章`, `Track 01`.
fn is_mere_number(title: &str) -> bool {
    let letters: String =
        title.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    matches!(
        letters.as_str(),
        "" | "chapter"
            | "chap"
            | "ch"
            | "part"
            | "track"
            | "kapitel"
            | "章"
            | "章节"
            | "章節"
            | "第章"
            | "第节"
            | "第部分"
            | "未命名"
            | "untitled"
            | "marker"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Chapter;

    fn chapters(source: ChapterSource, titles: &[&str]) -> Chapters {
        let list = titles
            .iter()
            .zip(0..)
            .map(|(title, start_ms)| Chapter {
                start_ms,
                title: (*title).into(),
                ..Chapter::default()
            })
            .collect();
        Chapters { source, list, ..Chapters::default() }
    }

    #[test]
    fn the_file_that_plays_knows_best() {
        let notes = chapters(ChapterSource::Notes, &["甲", "乙", "丙"]);
        let json = chapters(ChapterSource::Json, &["a", "b", "c"]);
        let id3 = chapters(ChapterSource::Id3, &["x", "y"]);
        assert_eq!(choose(&[notes.clone(), json.clone(), id3]), Some(2));
        assert_eq!(choose(&[notes, json]), Some(1));
    }

    #[test]
    fn a_list_with_fewer_than_half_the_chapters_loses() {
        let id3 = chapters(ChapterSource::Id3, &["all"]);
        let notes = chapters(ChapterSource::Notes, &["a", "b", "c"]);
        assert_eq!(choose(&[id3, notes]), Some(1));
    }

    #[test]
    fn a_list_of_mere_numbers_loses_to_real_titles() {
        let mp4 = chapters(ChapterSource::Mp4, &["Chapter 1", "Chapter 2", "03"]);
        let psc = chapters(ChapterSource::Psc, &["开场", "正题", "尾声"]);
        assert_eq!(choose(&[mp4.clone(), psc]), Some(1));
        assert_eq!(choose(&[mp4]), Some(0));
    }

    #[test]
    fn a_list_that_was_made_for_a_longer_recording_loses() {
        let mut json = chapters(ChapterSource::Json, &["a", "b", "c"]);
        json.beyond = 1;
        let notes = chapters(ChapterSource::Notes, &["a", "b", "c"]);
        assert_eq!(choose(&[json.clone(), notes]), Some(1));
        assert_eq!(choose(&[json]), Some(0));
    }

    #[test]
    fn empty_lists_are_never_chosen() {
        let empty = chapters(ChapterSource::Id3, &[]);
        assert_eq!(choose(std::slice::from_ref(&empty)), None);
        assert_eq!(choose(&[empty, chapters(ChapterSource::Notes, &["a"])]), Some(1));
        assert_eq!(choose(&[]), None);
    }
}
