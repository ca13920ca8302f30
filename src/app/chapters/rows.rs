//! The rows of the list: headings of sections that cannot be selected, and chapters that can.

use super::super::List;
use crate::model::{Chapter, Chapters, Millis};
use crate::text::Filter;

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChapterRow {
    /// The heading of the section that the chapter with this index opens.
    Section(usize),
    /// The chapter with this index.
    Chapter(usize),
}

/// The list of chapters in front.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChapterList {
    /// Place among the chapters that are listed; `top` counts rows.
    pub list: List,
    /// The rows from top to bottom.
    pub rows: Vec<ChapterRow>,
    /// Only chapters that these words mean, in title, section or points.
    pub filter: String,
    /// The number that is being typed.
    pub digits: String,
    /// The most rows that it has had: as tall it stays while a filter makes it shorter.
    pub(in crate::app) tallest: usize,
    /// For each listed chapter its row, its start and its index.
    entries: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    row: usize,
    start_ms: Millis,
    chapter: usize,
}

impl ChapterList {
    /// A list of all these chapters, the first one selected.
    #[must_use]
    pub fn new(chapters: &Chapters) -> Self {
        let mut list = Self::default();
        list.renew(&chapters.list);
        list
    }

    /// Lists these chapters as far as they pass the filter; the selection stays at its time.
    pub(in crate::app) fn renew(&mut self, chapters: &[Chapter]) {
        let stood = self.entry(self.list.selected).map_or(0, |entry| entry.start_ms);
        let filter = Filter::new(&self.filter);
        let words = chapters.iter().map(|chapter| {
            let section = chapter.section.as_deref().unwrap_or_default();
            (&chapter.title, format!("{section} {}", chapter.points.join(" ")))
        });
        let mut meant = filter.meant_with(words).into_iter().peekable();
        self.rows.clear();
        self.entries.clear();
        let mut section = None;
        for (index, chapter) in chapters.iter().enumerate() {
            if meant.next_if_eq(&index).is_none() {
                continue;
            }
            if chapter.section.is_some() && chapter.section != section {
                self.rows.push(ChapterRow::Section(index));
            }
            section.clone_from(&chapter.section);
            let row = self.rows.len();
            self.entries.push(Entry { row, start_ms: chapter.start_ms, chapter: index });
            self.rows.push(ChapterRow::Chapter(index));
        }
        self.list = List { top: self.list.top, ..List::new(self.entries.len()) };
        self.tallest = self.tallest.max(self.rows.len());
        self.select_at(stood);
    }

    /// Selects the chapter that this time lies in, or the first one.
    pub(in crate::app) fn select_at(&mut self, ms: Millis) {
        let after = self.entries.partition_point(|entry| entry.start_ms <= ms);
        self.list.select(after.saturating_sub(1));
    }

    fn entry(&self, place: usize) -> Option<Entry> {
        self.entries.get(place).copied()
    }

    /// Index of the selected chapter.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.entry(self.list.selected).map(|entry| entry.chapter)
    }

    /// The place in the list that stands in this row, counted from the top of the list.
    #[must_use]
    pub(in crate::app) fn place_of_row(&self, row: usize) -> Option<usize> {
        self.entries.binary_search_by_key(&row, |entry| entry.row).ok()
    }

    /// A digit more of a chapter's number, which counts from 1: `1` and then `2` is the twelfth
    /// where there are so many, else the second.
    pub(in crate::app) fn digit(&mut self, digit: char) {
        self.digits.push(digit);
        if !self.select_number() {
            self.digits = digit.to_string();
            if !self.select_number() {
                self.digits.clear();
            }
        }
    }

    fn select_number(&mut self) -> bool {
        let index = self.digits.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let place = index.and_then(|index| {
            self.entries.binary_search_by_key(&index, |entry| entry.chapter).ok()
        });
        if let Some(place) = place {
            self.list.select(place);
        }
        place.is_some()
    }

    /// Scrolls as little as is needed to show the selection, with the heading above it.
    pub(in crate::app) fn keep_in_view(&mut self, height: usize) {
        let Some(row) = self.entry(self.list.selected).map(|entry| entry.row) else {
            self.list.top = 0;
            return;
        };
        let above = row.checked_sub(1).and_then(|above| self.rows.get(above));
        let from = row - usize::from(matches!(above, Some(ChapterRow::Section(_))) && height > 1);
        if from < self.list.top {
            self.list.top = from;
        } else if row >= self.list.top + height {
            self.list.top = row + 1 - height.max(1);
        }
        self.list.top = self.list.top.min(self.rows.len().saturating_sub(height));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chapters(count: u64) -> Vec<Chapter> {
        let chapter = |number: u64| Chapter {
            start_ms: number * 60_000,
            title: format!("chapter {number}"),
            section: Some(format!("section {}", number / 4)),
            points: if number == 5 { vec!["关于灯塔".into()] } else { Vec::new() },
            ..Chapter::default()
        };
        (0..count).map(chapter).collect()
    }

    fn list(count: u64) -> ChapterList {
        let mut list = ChapterList::default();
        list.renew(&chapters(count));
        list
    }

    #[test]
    fn sections_stand_between_and_are_never_selected() {
        let mut list = list(9);
        assert_eq!(list.rows.len(), 9 + 3);
        assert_eq!(list.rows.first(), Some(&ChapterRow::Section(0)));
        list.list.step(4);
        assert_eq!(list.chosen(), Some(4));
        assert_eq!((list.place_of_row(5), list.place_of_row(6)), (None, Some(4)));
    }

    #[test]
    fn the_heading_above_the_selection_is_in_view_with_it() {
        let mut list = list(40);
        list.list.select(30);
        list.keep_in_view(5);
        list.list.select(28);
        list.keep_in_view(5);
        let seen = list.rows.iter().skip(list.list.top).take(5);
        assert!(seen.clone().any(|row| *row == ChapterRow::Section(28)));
        list.list.select(4);
        list.keep_in_view(5);
        assert_eq!(list.rows.get(list.list.top), Some(&ChapterRow::Section(4)));
        list.list.select(39);
        list.keep_in_view(5);
        assert_eq!(list.list.top + 5, list.rows.len());
        for height in 0..4 {
            list.keep_in_view(height);
        }
    }

    #[test]
    fn numbers_go_on_while_there_are_so_many_and_else_begin_anew() {
        let mut list = list(13);
        for (digit, number) in [('1', 1), ('2', 12), ('5', 5), ('0', 5), ('1', 1), ('3', 13)] {
            list.digit(digit);
            assert_eq!(list.chosen(), Some(number - 1), "{digit}");
        }
    }

    #[test]
    fn a_filter_finds_words_in_titles_sections_and_points() {
        let mut list = list(13);
        list.list.select(6);
        list.filter = "灯塔".into();
        list.renew(&chapters(13));
        assert_eq!((list.list.len, list.chosen()), (1, Some(5)));
        list.filter = "SECTION 2 chapter 9".into();
        list.renew(&chapters(13));
        assert_eq!(list.chosen(), Some(9));
        list.filter = "nowhere".into();
        list.renew(&chapters(13));
        assert_eq!((list.list.len, list.chosen()), (0, None));
        list.keep_in_view(5);
        list.digit('7');
        list.filter.clear();
        list.renew(&chapters(13));
        assert_eq!(list.list.len, 13);
    }
}
