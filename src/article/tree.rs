//! Whether a page may be made a tree. Parsers of trees take time in the square of the depth, and some
//! recurse; so the shape of the page is measured first, in one pass over its bytes.

use dom_query::Document as Tree;

/// Real pages stay below 100. Deeper ones are read without a tree.
const MAX_DEPTH: usize = 1000;
/// Real pages stay below 20,000.
const MAX_ELEMENTS: usize = 60_000;
/// More attributes than any real tag has; the tokenizer compares each with all before it.
const MAX_ATTRIBUTES: usize = 500;
/// Bytes times their depth: whoever asks for the text of each element reads that much. Real pages stay
/// below 100 MB.
const MAX_WEIGHT: usize = 400 << 20;
/// Formatting elements that stay open are opened anew in each paragraph (HTML standard, 13.2.4.3).
const MAX_OPEN_FORMATS: usize = 200;

const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
const RAW: [&str; 8] =
    ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];
const FORMATS: [&str; 13] =
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Elements whose end tag may be left out before another of the same sort.
const IMPLIED: [&str; 8] = ["p", "li", "td", "th", "tr", "dt", "dd", "option"];

/// The tree of a page, or `None` where it is too deep, too large or made to hurt.
pub(super) fn grow(html: &str) -> Option<Tree> {
    Measure::default().fits(html).then(|| Tree::from(html))
}

#[derive(Default)]
struct Measure<'h> {
    open: Vec<&'h str>,
    /// How many `svg` and `math` are open: within, `/>` ends an element.
    foreign: usize,
    elements: usize,
    weight: usize,
    formats: [i64; FORMATS.len()],
}

impl<'h> Measure<'h> {
    fn fits(&mut self, html: &'h str) -> bool {
        let mut at = 0;
        while let Some(step) = html.get(at..).and_then(|rest| rest.find('<')) {
            let start = at + step + 1;
            self.weight = self.weight.saturating_add(step.saturating_mul(self.open.len()));
            if self.weight > MAX_WEIGHT {
                return false;
            }
            let rest = html.get(start..).unwrap_or_default();
            if let Some(comment) = rest.strip_prefix("!--") {
                at = start + comment.find("-->").map_or(rest.len(), |end| end + 6);
            } else if let Some(name) = rest.strip_prefix('/').map(name_of).filter(|n| !n.is_empty())
            {
                self.close(name);
                at = start + 1 + name.len();
            } else if !name_of(rest).is_empty() {
                let name = name_of(rest);
                let Some(tag) = Tag::of(rest) else { return false };
                at = start + tag.length;
                if RAW.iter().any(|raw| name.eq_ignore_ascii_case(raw)) {
                    at = after_raw(html, at, name);
                } else if !self.open(name, tag.closes_itself) {
                    return false;
                }
            } else {
                at = start;
            }
        }
        true
    }

    /// Counts a start tag; whether all is still within bounds.
    fn open(&mut self, name: &'h str, closes_itself: bool) -> bool {
        self.elements += 1;
        let is = |list: &[&str]| list.iter().any(|other| name.eq_ignore_ascii_case(other));
        if is(&VOID) || (closes_itself && self.foreign > 0) {
            return self.elements <= MAX_ELEMENTS;
        }
        if is(&IMPLIED) && self.open.last().is_some_and(|last| last.eq_ignore_ascii_case(name)) {
            self.open.pop();
        }
        self.count_format(name, 1);
        self.foreign += usize::from(is(&["svg", "math"]));
        self.open.push(name);
        let formats: i64 = self.formats.iter().sum();
        self.elements <= MAX_ELEMENTS
            && self.open.len() <= MAX_DEPTH
            && formats <= MAX_OPEN_FORMATS as i64
    }

    fn close(&mut self, name: &str) {
        self.count_format(name, -1);
        let found = self.open.iter().rposition(|open| open.eq_ignore_ascii_case(name));
        if let Some(at) = found {
            let foreign =
                |open: &&str| open.eq_ignore_ascii_case("svg") || open.eq_ignore_ascii_case("math");
            let closed = self.open.get(at..).unwrap_or_default().iter().filter(|o| foreign(o));
            self.foreign = self.foreign.saturating_sub(closed.count());
            self.open.truncate(at);
        }
    }

    fn count_format(&mut self, name: &str, by: i64) {
        let format = FORMATS.iter().position(|format| name.eq_ignore_ascii_case(format));
        if let Some(count) = format.and_then(|at| self.formats.get_mut(at)) {
            *count = (*count + by).max(0);
        }
    }
}

/// The name at the beginning of a tag's content; empty if it is none.
fn name_of(rest: &str) -> &str {
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return "";
    }
    let end =
        rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).unwrap_or(rest.len());
    rest.get(..end).unwrap_or_default()
}

struct Tag {
    length: usize,
    closes_itself: bool,
}

impl Tag {
    /// The tag that begins here, to behind its `>`. `None` if it has absurdly many attributes.
    fn of(rest: &str) -> Option<Tag> {
        let (mut quote, mut before, mut attributes) = (None, b' ', 0);
        for (at, byte) in rest.bytes().enumerate() {
            match (quote, byte) {
                (Some(mark), byte) if byte == mark => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
                (None, b'>') => {
                    return Some(Tag { length: at + 1, closes_itself: before == b'/' });
                }
                (None, byte) => {
                    let ends_word = byte.is_ascii_whitespace() || byte == b'/';
                    attributes += usize::from(ends_word && !before.is_ascii_whitespace());
                }
            }
            if attributes > MAX_ATTRIBUTES {
                return None;
            }
            before = byte;
        }
        Some(Tag { length: rest.len(), closes_itself: false })
    }
}

/// Behind the end tag of an element whose content holds no tags.
fn after_raw(html: &str, from: usize, name: &str) -> usize {
    let mut at = from;
    while let Some(step) = html.get(at..).and_then(|rest| rest.find("</")) {
        at += step + 2;
        let found = html.get(at..at + name.len());
        if found.is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return at + name.len();
        }
    }
    html.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(html: &str) -> bool {
        Measure::default().fits(html)
    }

    #[test]
    fn real_markup_fits_even_if_it_forgets_end_tags() {
        assert!(fits(&"<p>一段<li>一点".repeat(400)));
        assert!(fits(&"<table><tr><td>一<td>二<tr><td>三</table>".repeat(2000)));
        assert!(fits(&format!("<svg>{}</svg>", "<path d='M0'/>".repeat(5000))));
        assert!(fits(&format!("<script>{}</script>", "'<div>';".repeat(5000))));
        assert!(fits(&format!("<!--{}-->", "<div>".repeat(5000))));
        assert!(fits("<div title='<b>>'><"));
    }

    #[test]
    fn towers_and_floods_do_not() {
        for tower in ["<div>", "<b><p>", "<ul><li>", "<table><tr><td>", "<div/>"] {
            assert!(!fits(&tower.repeat(5000)), "{tower}");
        }
        assert!(!fits(&"<p><font size=2>字</p>".repeat(3000)));
        assert!(!fits(&"<br>".repeat(MAX_ELEMENTS + 1)));
        assert!(!fits(&format!("<p {}>", "a ".repeat(2000))));
        assert!(!fits(&format!("{}{}</div>", "<div>".repeat(900), "字".repeat(200_000))));
        assert!(fits(&format!("{}{}</div>", "<div>".repeat(90), "字".repeat(200_000))));
        assert!(grow("<p>好").is_some());
    }
}
