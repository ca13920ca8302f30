//! Blocks that are wider than the pane: code and large tables keep their shape and are scrolled sideways.

use super::{Layout, Line, Run};
use crate::text::width::{Ambiguous, clusters, width};

/// A block that is wider than the width of its layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wide {
    /// The block.
    pub block: usize,
    /// Columns of its widest line, without indentation.
    pub columns: usize,
    /// Columns that there are for it.
    pub room: usize,
}

impl Wide {
    /// How far it can be scrolled to the right, in columns.
    #[must_use]
    pub fn most(&self) -> usize {
        self.columns.saturating_sub(self.room)
    }
}

impl Layout {
    /// What is known of a block that is wider than the width; `None` for one that is not.
    #[must_use]
    pub fn wide(&self, block: usize) -> Option<&Wide> {
        let at = self.wide.binary_search_by_key(&block, |wide| wide.block).ok()?;
        self.wide.get(at)
    }
}

impl Line {
    /// The line with so many columns behind its indentation scrolled out at the left; half a wide
    /// character that stays in view is shown as a space.
    #[must_use]
    pub fn scrolled(&self, columns: usize, ambiguous: Ambiguous) -> Line {
        let mut left = columns;
        let mut runs: Vec<Run> = Vec::with_capacity(self.runs.len());
        for (i, run) in self.runs.iter().enumerate() {
            if i < self.fixed || left == 0 {
                runs.push(run.clone());
                continue;
            }
            let wide = width(&run.text, ambiguous);
            if wide <= left {
                left -= wide;
                continue;
            }
            let mut cut = 0;
            for (cluster, columns) in clusters(&run.text, ambiguous) {
                if left == 0 {
                    break;
                }
                cut += cluster.len();
                if columns > left {
                    runs.push(super::runs::space(columns - left, run.start + cut));
                }
                left = left.saturating_sub(columns);
            }
            let text = run.text.get(cut..).unwrap_or_default().to_owned();
            // Decorations stand before a text; what is left of one still does.
            let start = if run.kind.is_decoration() { run.start } else { run.start + cut };
            runs.push(Run { text, start, ..run.clone() });
        }
        Line { runs, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{LayoutOptions, from_markdown, layout};

    #[test]
    fn a_line_is_scrolled_by_columns_and_keeps_its_indentation() {
        let document = from_markdown("> ```\n> 守灯人 walks down the stairs\n> ```\n", None);
        let page = layout(&document, &LayoutOptions { width: 12, ..LayoutOptions::default() });
        assert_eq!(page.wide, [Wide { block: 0, columns: 28, room: 10 }]);
        let shown = |columns| {
            let line = page.lines[0].scrolled(columns, Ambiguous::Narrow);
            line.runs.iter().map(|run| run.text.as_str()).collect::<String>()
        };
        assert_eq!(shown(0), "│ 守灯人 walks down the stairs");
        assert_eq!(shown(1), "│  灯人 walks down the stairs");
        assert_eq!(shown(2), "│ 灯人 walks down the stairs");
        assert_eq!(shown(9), "│ lks down the stairs");
        assert_eq!(shown(99), "│ ");
        let line = page.lines[0].scrolled(3, Ambiguous::Narrow);
        for run in line.runs.iter().filter(|run| !run.kind.is_decoration()) {
            assert!(document.blocks[0].plain_text()[run.start..].starts_with(&run.text));
        }
    }
}
