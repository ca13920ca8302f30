//! The lines that stand beside the title of a page, nearest first: there it says who wrote it and when,
//! where its head does not.

use std::collections::VecDeque;

use dom_query::{Document as Tree, NodeRef};

use super::title;
use crate::text::clean_line;

/// Elements that go on within a line. All others begin a new one.
const INLINE: [&str; 20] = [
    "a", "abbr", "b", "bdi", "button", "cite", "data", "em", "font", "i", "label", "q", "small",
    "span", "strong", "sub", "sup", "time", "u", "mark",
];
/// Elements that say nothing of the article.
const OTHERS: [&str; 12] = [
    "aside", "dialog", "footer", "form", "iframe", "nav", "noscript", "script", "select", "style",
    "svg", "template",
];
/// A longer line is a paragraph, in bytes.
const LONGEST: usize = 200;
/// How many lines are looked at before and after the title.
const BEFORE: usize = 6;
const AFTER: usize = 14;
/// How many paragraphs may stand between the title and the names.
const PARAGRAPHS: usize = 2;
/// Titles stand near the top; this many nodes are gone through to find it.
const PATIENCE: usize = 20_000;

/// The short lines around the heading that says `title`; none where there is no such heading.
pub(super) fn lines(tree: &Tree, title: &str) -> Vec<String> {
    let mut found = Lines::default();
    let body = tree.select_single("body");
    let mut rest: Vec<Step<'_>> = body.nodes().iter().map(|node| Step::Enter(*node)).collect();
    let mut patience = PATIENCE;
    while let Some(step) = rest.pop() {
        patience = patience.saturating_sub(1);
        if patience == 0 || found.is_enough() {
            break;
        }
        let Step::Enter(node) = step else {
            found.end_line();
            continue;
        };
        if node.is_text() {
            found.push(&node.text());
            continue;
        }
        let Some(name) = node.node_name().filter(|name| !OTHERS.contains(&&**name)) else {
            continue;
        };
        if !found.is_past && matches!(&*name, "h1" | "h2") && title::same(&words(&node), title) {
            found.end_line();
            found.is_past = true;
            continue;
        }
        if !INLINE.contains(&&*name) {
            found.end_line();
            rest.push(Step::Leave);
        }
        rest.extend(node.children_it(true).map(Step::Enter));
    }
    found.end_line();
    if found.is_past { found.after.into_iter().chain(found.before).collect() } else { Vec::new() }
}

/// The text of an element on one line, its elements parted by spaces.
pub(super) fn words(node: &NodeRef<'_>) -> String {
    let mut line = String::new();
    for inner in node.descendants_it().filter(NodeRef::is_text) {
        let is_shown = inner.parent().is_none_or(|above| {
            !["script", "style", "svg"].iter().any(|name| above.has_name(name))
        });
        if is_shown {
            line.push(' ');
            line.push_str(&inner.text());
        }
    }
    clean_line(&line)
}

enum Step<'t> {
    Enter(NodeRef<'t>),
    Leave,
}

#[derive(Default)]
struct Lines {
    /// Nearest first.
    before: VecDeque<String>,
    after: Vec<String>,
    current: String,
    is_past: bool,
    paragraphs: usize,
}

impl Lines {
    fn push(&mut self, text: &str) {
        // What is longer than any line is not gathered.
        if self.current.len() <= LONGEST {
            self.current.push(' ');
            self.current.push_str(text);
        }
    }

    fn end_line(&mut self) {
        let line = clean_line(&std::mem::take(&mut self.current));
        if line.is_empty() {
            return;
        }
        if line.len() > LONGEST {
            self.paragraphs += usize::from(self.is_past);
        } else if self.is_past {
            self.after.push(line);
        } else {
            self.before.push_front(line);
            self.before.truncate(BEFORE);
        }
    }

    fn is_enough(&self) -> bool {
        self.after.len() >= AFTER || self.paragraphs >= PARAGRAPHS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_beside_the_title_are_found_and_no_others() {
        let far = "<p>远处的一行</p>".repeat(20);
        let page = format!(
            "<nav>目录</nav>{far}<div>工业<b>周刊</b></div><h1>电池 <i>十年</i></h1><script>x</script>\
             <div><span>By</span><a>Zhou Ye</a><div>May 1, 2024</div></div>{far}<i>尾</i>"
        );
        let lines = lines(&Tree::from(page), "电池十年");
        assert_eq!(lines[..2], ["By Zhou Ye", "May 1, 2024"]);
        assert_eq!(lines[AFTER], "工业 周刊");
        assert_eq!(lines.len(), AFTER + BEFORE);
    }

    #[test]
    fn a_page_without_its_title_has_no_such_lines() {
        assert!(lines(&Tree::from("<h1>别的</h1><p>By Zhou Ye"), "电池十年").is_empty());
        assert!(lines(&Tree::from(""), "").is_empty());
    }
}
