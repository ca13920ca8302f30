//! Elements that are left out with all that is in them: scripts, templates, hidden ones, line numbers.

use html5ever::tokenizer::Tag;

use super::Html;
use super::attributes::{classes, is_hidden, value};
use super::element::{heading_level, is_block};
use crate::text::clean::clean_line;

const SKIPPED: [&str; 12] = [
    "script", "style", "template", "title", "svg", "select", "textarea", "datalist", "rp",
    "noframes", "noembed", "object",
];
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "param",
];
/// Classes of the columns of line numbers beside code, and of copies for the eye only.
const GUTTERS: [&str; 12] = [
    "gutter",
    "lineno",
    "linenos",
    "linenodiv",
    "line-number",
    "line-numbers",
    "rouge-gutter",
    "hljs-ln-numbers",
    "blob-num",
    "code-snippet__line-index",
    "katex-html",
    "ltx_note_outer",
];

/// An element whose content is left out.
#[derive(Debug)]
pub(super) struct Skip {
    name: String,
    depth: usize,
    /// The content of a script with a formula in it.
    tex: Option<String>,
}

impl Skip {
    pub(super) fn text(&mut self, text: &str) {
        if let Some(tex) = &mut self.tex
            && tex.len() < 4096
        {
            tex.push_str(text);
        }
    }
}

impl Html {
    /// Whether the element and all in it are left out.
    pub(super) fn start_skip(&mut self, tag: &Tag) -> bool {
        let name: &str = &tag.name;
        if self.skip.as_ref().is_some_and(|skip| ends_implicitly(&skip.name, name)) {
            self.skip = None;
        }
        if let Some(skip) = &mut self.skip {
            skip.depth += usize::from(skip.name == name && !tag.self_closing);
            return true;
        }
        let gutter = || classes(tag).any(|class| GUTTERS.contains(&class));
        let unwanted = SKIPPED.contains(&name)
            || (!VOID.contains(&name) && name != "body" && name != "html" && is_hidden(tag))
            || (name == "button" && self.pre.is_some())
            || (matches!(name, "td" | "span" | "pre" | "div" | "ul" | "button") && gutter());
        let foreign = matches!(name, "svg" | "rp");
        if !unwanted || (tag.self_closing && foreign) {
            return false;
        }
        let is_tex = value(tag, "type").is_some_and(|kind| kind.starts_with("math/tex"));
        let tex = (name == "script" && is_tex).then(String::new);
        self.skip = Some(Skip { name: name.to_owned(), depth: 1, tex });
        true
    }

    /// Whether an end tag belongs to what is left out.
    pub(super) fn end_skip(&mut self, name: &str) -> bool {
        if self.skip.as_ref().is_some_and(|skip| is_closed_by(&skip.name, name)) {
            self.skip = None;
        }
        let Some(skip) = &mut self.skip else { return false };
        // A forgotten `</rp>` must not swallow the rest.
        let implied = skip.name == "rp" && matches!(name, "ruby" | "rt");
        if skip.name == name || implied {
            skip.depth = if implied { 0 } else { skip.depth.saturating_sub(1) };
            if skip.depth == 0 {
                let tex = self.skip.take().and_then(|skip| skip.tex);
                if let Some(tex) = tex.filter(|tex| !tex.trim().is_empty()) {
                    self.tex(&clean_line(&tex));
                }
                return !implied;
            }
        }
        true
    }

    pub(super) fn is_skipping(&self, name: &str) -> bool {
        self.skip.as_ref().is_some_and(|skip| skip.name == name)
    }
}

/// Whether an element without an end tag ends where another begins (HTML standard, 13.1.2.4).
fn ends_implicitly(open: &str, next: &str) -> bool {
    match open {
        "p" => {
            is_block(next) || heading_level(next).is_some() || matches!(next, "ul" | "ol" | "table")
        }
        "td" | "th" => matches!(next, "td" | "th" | "tr"),
        "li" | "tr" => next == open,
        "dt" | "dd" => matches!(next, "dt" | "dd"),
        _ => false,
    }
}

/// Whether an element without an end tag ends where the one around it does.
fn is_closed_by(open: &str, end: &str) -> bool {
    match open {
        "td" | "th" | "tr" => matches!(end, "tr" | "table" | "tbody") && end != open,
        "li" => matches!(end, "ul" | "ol"),
        "dt" | "dd" => end == "dl",
        "p" => end != "p" && is_block(end),
        _ => false,
    }
}
