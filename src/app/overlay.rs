//! What lies over the panes: help, lists, the palette, link hints, a question.

use super::sleep::SleepList;
use super::snips::SnipList;
use super::{
    ChapterList, Command, Found, Hint, Line, LinkedFrom, List, Outline, Reader, SoundTable, Ticket,
};
use crate::model::ShowId;
use crate::text::LayoutOptions;

/// What lies over the panes.
#[derive(Debug, Clone, PartialEq)]
pub enum Overlay {
    /// The keys.
    Help(Box<Reader>),
    /// Commands by name.
    Palette {
        /// What is typed.
        line: Line,
        /// The commands that match.
        found: Vec<Command>,
        /// Place among them.
        list: List,
    },
    /// The chapters of the opened episode.
    Chapters(ChapterList),
    /// The headings of a text.
    Outline(Outline),
    /// Snips.
    Snips(SnipList),
    /// The queue.
    Queue(List),
    /// The downloads.
    Downloads(List),
    /// Filters of episodes.
    Filters(List),
    /// The reading list.
    Reading(super::ReadingView),
    /// How it sounds.
    Sound(SoundTable),
    /// When to stop by itself.
    Sleep(SleepList),
    /// A search of the library.
    Search(SearchState),
    /// A letter on every visible link and time.
    Hints {
        /// The letters.
        hints: Vec<Hint>,
        /// What has been typed of one, or of the number of a link.
        typed: String,
    },
    /// A picture alone, and whose text it stands in.
    Picture(Box<Reader>, LinkedFrom),
    /// Whether to unsubscribe from this show.
    ConfirmUnsubscribe(ShowId, String),
}

/// A search of the library.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SearchState {
    /// What is typed.
    pub line: Line,
    /// The open request.
    pub ticket: Option<Ticket>,
    /// What was found.
    pub found: Vec<Found>,
    /// Why nothing could be searched.
    pub failed: Option<String>,
    /// Place among the found.
    pub list: List,
}

impl Overlay {
    /// The list in it.
    pub(super) fn list_mut(&mut self) -> Option<&mut List> {
        match self {
            Self::Palette { list, .. }
            | Self::Queue(list)
            | Self::Downloads(list)
            | Self::Filters(list) => Some(list),
            Self::Chapters(chapters) => Some(&mut chapters.list),
            Self::Outline(outline) => Some(&mut outline.list),
            Self::Snips(snips) => Some(&mut snips.list),
            Self::Reading(view) => Some(&mut view.list),
            Self::Sleep(sleep) => Some(&mut sleep.list),
            Self::Search(search) => Some(&mut search.list),
            Self::Sound(table) => Some(&mut table.list),
            Self::Help(_)
            | Self::Picture(..)
            | Self::Hints { .. }
            | Self::ConfirmUnsubscribe(..) => None,
        }
    }

    /// Whether letters go into a line or pick a hint, instead of being commands.
    #[must_use]
    pub fn takes_letters(&self) -> bool {
        matches!(
            self,
            Self::Palette { .. }
                | Self::Search(_)
                | Self::Hints { .. }
                | Self::ConfirmUnsubscribe(..)
        )
    }

    /// Whether this character picks an entry, instead of being a command.
    #[must_use]
    pub fn takes(&self, letter: char) -> bool {
        match self {
            Self::Chapters(_) => letter.is_ascii_digit(),
            Self::Sleep(_) => SleepList::takes(letter),
            _ => false,
        }
    }

    /// Whether something is typed over a list that can be taken back.
    #[must_use]
    pub fn holds_typed(&self) -> bool {
        matches!(self, Self::Sleep(shown) if !shown.typed.is_empty())
    }

    pub(super) fn relayout(&mut self, options: LayoutOptions, rows: usize) {
        let rows_of_list = match self {
            Self::Palette { .. } => rows.saturating_sub(2),
            Self::Search(_) => super::library::rows_of_two(rows.saturating_sub(2)),
            Self::Downloads(_) => super::library::rows_of_two(rows.saturating_sub(1)),
            Self::Snips(_) | Self::Reading(_) => super::library::rows_of_two(rows),
            _ => rows,
        };
        if let Self::Help(reader) = self {
            reader.relayout(options, rows);
        } else if let Self::Chapters(chapters) = self {
            chapters.keep_in_view(usize::from(super::layout::chapter_rows(rows as u16)));
        } else if let Some(list) = self.list_mut() {
            list.keep_in_view(rows_of_list.max(1));
        }
    }
}
