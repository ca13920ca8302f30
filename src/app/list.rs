//! A list that is walked through: how many entries, which one is selected, which one is at the top.

/// Place in a list. `selected < len` unless the list is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct List {
    /// How many entries there are.
    pub len: usize,
    /// The selected one.
    pub selected: usize,
    /// The first one that is shown.
    pub top: usize,
}

impl List {
    /// A list of that many entries, the first one selected.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self { len, selected: 0, top: 0 }
    }

    /// The list has another length now; the selection stays where it can.
    pub fn resize(&mut self, len: usize) {
        self.len = len;
        self.selected = self.selected.min(len.saturating_sub(1));
    }

    /// Selects this entry, or the last one.
    pub fn select(&mut self, index: usize) {
        self.selected = index.min(self.len.saturating_sub(1));
    }

    /// Moves the selection; stops at the ends. Whether it moved.
    pub fn step(&mut self, by: isize) -> bool {
        let before = self.selected;
        self.select(self.selected.saturating_add_signed(by));
        self.selected != before
    }

    /// Scrolls as little as is needed to show the selection in this many rows.
    pub fn keep_in_view(&mut self, rows: usize) {
        if rows == 0 {
            return;
        }
        if self.selected < self.top {
            self.top = self.selected;
        } else if self.selected >= self.top + rows {
            self.top = self.selected + 1 - rows;
        }
        self.top = self.top.min(self.len.saturating_sub(rows));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_inside_and_in_view() {
        let mut list = List::new(10);
        assert!(list.step(7));
        list.keep_in_view(4);
        assert_eq!((list.selected, list.top), (7, 4));
        assert!(list.step(100));
        assert!(!list.step(1));
        list.keep_in_view(4);
        assert_eq!((list.selected, list.top), (9, 6));
        list.resize(3);
        list.keep_in_view(4);
        assert_eq!((list.selected, list.top), (2, 0));
        let mut empty = List::new(0);
        assert!(!empty.step(1) && !empty.step(-1));
    }
}
