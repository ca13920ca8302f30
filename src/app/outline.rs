//! The headings of a text in front: a list to go to one of them, with a filter.

use super::{Effect, List, Overlay, Pane, Reader, State, hints};
use crate::lang::Notice;
use crate::text::{BlockKind, Document, Filter};

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutlineRow {
    /// Its block.
    pub block: usize,
    /// How deep it stands under the others, from 0; levels that the text leaves out do not count.
    pub depth: u8,
    /// What it says, in one line.
    pub title: String,
}

/// The list of headings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// The pane whose text it is of.
    pub pane: Pane,
    /// All headings from top to bottom.
    pub headings: Vec<OutlineRow>,
    /// Those that pass the filter, by their index.
    pub rows: Vec<usize>,
    /// Place among the rows.
    pub list: List,
    /// Only headings with these words.
    pub filter: String,
    /// The heading that reading stands under.
    pub current: Option<usize>,
}

impl Outline {
    /// The headings of what is read; `None` if there are none but its title.
    fn of(pane: Pane, reader: &Reader) -> Option<Self> {
        let headings = headings(&reader.document);
        let is_title = |only: &OutlineRow| only.block == 0;
        if headings.is_empty() || (headings.len() == 1 && headings.first().is_some_and(is_title)) {
            return None;
        }
        let read = |heading: &OutlineRow| reader.layout.line_of(heading.block, 0) <= reader.top;
        let current = headings.iter().rposition(read);
        let mut outline = Self { pane, headings, current, ..Self::default() };
        outline.renew();
        outline.list.select(current.unwrap_or(0));
        Some(outline)
    }

    fn renew(&mut self) {
        let stood = self.chosen().map(|(index, _)| index);
        let titles = self.headings.iter().map(|heading| &heading.title);
        self.rows = Filter::new(&self.filter).meant(titles);
        self.list = List::new(self.rows.len());
        let place = stood.and_then(|stood| self.rows.iter().position(|index| *index >= stood));
        self.list.select(place.unwrap_or(0));
    }

    /// The selected heading and its index among all.
    #[must_use]
    pub fn chosen(&self) -> Option<(usize, &OutlineRow)> {
        let index = *self.rows.get(self.list.selected)?;
        Some((index, self.headings.get(index)?))
    }
}

/// The headings of a text that say something.
fn headings(document: &Document) -> Vec<OutlineRow> {
    let level = |kind: &BlockKind| match kind {
        BlockKind::Heading(level) => Some(*level),
        _ => None,
    };
    let mut levels: Vec<u8> = document.blocks.iter().filter_map(|b| level(&b.kind)).collect();
    levels.sort_unstable();
    levels.dedup();
    let all = document.blocks.iter().enumerate().filter_map(|(block, content)| {
        let own = level(&content.kind)?;
        let depth = levels.iter().position(|level| *level == own).unwrap_or(0);
        let title = content.plain_text().split_whitespace().collect::<Vec<_>>().join(" ");
        let depth = u8::try_from(depth).unwrap_or(u8::MAX);
        (!title.is_empty()).then_some(OutlineRow { block, depth, title })
    });
    all.collect()
}

/// Shows the headings of the text in focus, on the one that is being read; pressed again they go.
pub(super) fn show(state: &mut State) -> Vec<Effect> {
    if matches!(state.overlay, Some(Overlay::Outline(_))) {
        state.overlay = None;
        return Vec::new();
    }
    let pane = match state.focus {
        Pane::Article => Pane::Article,
        _ => Pane::Notes,
    };
    let outline = hints::reader_mut(state, pane).and_then(|reader| Outline::of(pane, reader));
    match outline {
        Some(outline) => state.overlay = Some(Overlay::Outline(outline)),
        None => state.say(Notice::NoHeadings),
    }
    Vec::new()
}

/// Goes to the selected heading.
pub(super) fn go(state: &mut State) -> Vec<Effect> {
    let Some(Overlay::Outline(outline)) = state.overlay.take() else { return Vec::new() };
    let Some(block) = outline.chosen().map(|(_, heading)| heading.block) else {
        return Vec::new();
    };
    state.focus = outline.pane;
    if let Some(reader) = super::commands::reader(state) {
        reader.go_to_block(block);
    }
    Vec::new()
}

/// Lists only headings with these words.
pub(super) fn filter(state: &mut State, text: &str) {
    if let Some(Overlay::Outline(outline)) = &mut state.overlay {
        text.clone_into(&mut outline.filter);
        outline.renew();
    }
}
