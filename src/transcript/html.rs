//! Transcripts as HTML: `cite`, `time` and `p` of the Podcasting 2.0 note, and looser pages.

use dom_query::{Document, NodeRef};

use super::{cues::Draft, lines, times};
use crate::model::Millis;

/// Whether a text is HTML: it begins with markup.
pub(super) fn looks_like(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('<')
        && chars.next().is_some_and(|c| c == '!' || c == '?' || c.is_ascii_alphabetic())
}

/// Reads the page in the order of its text. A `time` counts until the next, a `cite` until the next
/// `cite`; where there is no `time`, times in the text count as in plain text.
pub(super) fn cues(text: &str) -> Vec<Draft> {
    if is_too_deep(text) || has_endless_tag(text) {
        // The parser takes quadratic time on what only an attack has: words only, then.
        return lines::cues(&without_tags(text));
    }
    let document = Document::from(text);
    let mut reader = Reader::default();
    // Depth first without recursion: pages may nest without end.
    let mut next = Some(document.root());
    while let Some(node) = next {
        let inside = reader.enter(&node);
        next = inside.then(|| node.first_child()).flatten().or_else(|| reader.after(node));
    }
    reader.break_line();
    if reader.timed {
        reader.drafts
    } else {
        let text: Vec<String> = reader
            .drafts
            .into_iter()
            .map(|draft| match draft.speaker {
                Some(name) => format!("{}: {}", super::speakers::clean_name(&name), draft.text),
                None => draft.text,
            })
            .collect();
        lines::cues(&text.join("\n\n"))
    }
}

/// Deepest nesting that is parsed as HTML.
const MAX_DEPTH: usize = 512;

/// Whether more elements are open at once than any page needs. Elements whose end may be left out
/// do not count.
fn is_too_deep(text: &str) -> bool {
    let mut depth = 0_usize;
    for (at, _) in text.match_indices('<') {
        let Some(rest) = text.get(at + 1..) else { continue };
        let closing = rest.starts_with('/');
        let name: String = rest
            .trim_start_matches('/')
            .chars()
            .take(12)
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_ascii_lowercase();
        let open_ended = matches!(
            name.as_str(),
            "" | "p"
                | "li"
                | "br"
                | "hr"
                | "img"
                | "meta"
                | "link"
                | "input"
                | "dt"
                | "dd"
                | "tr"
                | "td"
                | "th"
        );
        if open_ended {
            continue;
        }
        depth = if closing { depth.saturating_sub(1) } else { depth + 1 };
        if depth > MAX_DEPTH {
            return true;
        }
    }
    false
}

/// Longest tag that is parsed as HTML, in bytes; attributes are compared with each other.
const MAX_TAG: usize = 64 * 1024;

fn has_endless_tag(text: &str) -> bool {
    let mut length = 0_usize;
    for byte in text.bytes() {
        length = match byte {
            b'<' => 1,
            b'>' => 0,
            _ if length > 0 => length + 1,
            _ => 0,
        };
        if length > MAX_TAG {
            return true;
        }
    }
    false
}

fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split('<') {
        out.push_str(piece.split_once('>').map_or(piece, |(_, words)| words));
        out.push('\n');
    }
    super::tags::entities(&out)
}

#[derive(Default)]
struct Reader {
    drafts: Vec<Draft>,
    speaker: Option<String>,
    time: Option<Millis>,
    line: String,
    timed: bool,
}

impl Reader {
    /// Takes in a node; says whether its children are to be read.
    fn enter(&mut self, node: &NodeRef) -> bool {
        if node.is_text() {
            let text = node.text();
            // White space in HTML folds; a line break is made by elements only.
            let folded: Vec<&str> = text.split_whitespace().collect();
            if text.starts_with(char::is_whitespace) {
                self.line.push(' ');
            }
            self.line.push_str(&folded.join(" "));
            if !folded.is_empty() && text.ends_with(char::is_whitespace) {
                self.line.push(' ');
            }
            return false;
        }
        let Some(name) = node.node_name() else { return true };
        match name.as_ref() {
            "script" | "style" | "head" | "template" | "noscript" => false,
            "cite" => {
                self.break_line();
                self.speaker = Some(node.text().trim().to_owned());
                false
            }
            "time" => {
                let shown = node.text();
                let shown = shown.trim().trim_matches(['[', ']', '(', ')']).to_owned();
                let Some(time) = times::clock(&shown) else { return true };
                self.break_line();
                self.time = Some(time);
                self.timed = true;
                false
            }
            other => {
                if is_block(other) {
                    self.break_line();
                }
                true
            }
        }
    }

    /// The node that follows in reading order, closing the elements that end before it.
    fn after<'a>(&mut self, node: NodeRef<'a>) -> Option<NodeRef<'a>> {
        let mut at = node;
        loop {
            if at.node_name().is_some_and(|name| is_block(name.as_ref())) {
                self.break_line();
            }
            if let Some(next) = at.next_sibling() {
                return Some(next);
            }
            at = at.parent()?;
        }
    }

    fn break_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim();
        if !line.is_empty() {
            self.drafts.push(Draft {
                start: self.time,
                end: None,
                speaker: self.speaker.clone(),
                text: line.to_owned(),
            });
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "li"
            | "br"
            | "tr"
            | "section"
            | "article"
            | "blockquote"
            | "dd"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "pre"
            | "ul"
            | "ol"
            | "table"
            | "body"
    )
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    fn said(text: &str) -> Vec<(u64, Option<String>, String)> {
        let transcript = parse(text.as_bytes(), Some("text/html")).unwrap();
        transcript.cues.into_iter().map(|c| (c.start_ms, c.speaker, c.text)).collect()
    }

    #[test]
    fn cite_time_and_paragraph_make_a_cue() {
        let page = "<!DOCTYPE html><html><body><cite>林晚：</cite>\n<time>0:00</time>\n<p>你好，\n it&#39;s</p>\
                    <cite>Bo Lee:</cite><time>1:02:03</time><p>First</p><p>second</p></body></html>";
        assert_eq!(
            said(page),
            [
                (0, Some("林晚".into()), "你好， it's".into()),
                (3_723_000, Some("Bo Lee".into()), "First".into()),
                (3_723_000, Some("Bo Lee".into()), "second".into())
            ]
        );
    }

    #[test]
    fn looser_pages_are_read_as_lines() {
        let page = "<div><p>[00:01] 林晚：好</p><p>[00:05] 周南：的<br>[00:09] 林晚：嗯</p></div>";
        assert_eq!(
            said(page),
            [
                (1000, Some("林晚".into()), "好".into()),
                (5000, Some("周南".into()), "的".into()),
                (9000, Some("林晚".into()), "嗯".into())
            ]
        );
    }

    #[test]
    fn deep_nesting_is_no_danger() {
        let page = format!("{}<p>里面</p>", "<div>".repeat(20_000));
        assert_eq!(said(&page).len(), 1);
    }
}
