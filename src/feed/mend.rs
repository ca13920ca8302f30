//! Mends the text of a broken XML document so that a tokenizer can walk all of it: junk around the
//! root, forbidden characters, bare `<`, unclosed CDATA, comments and document types.

use std::sync::LazyLock;

use regex::Regex;

/// An entity that would grow beyond this many bytes is an attack, not a feed.
const MAX_ENTITY: usize = 10_000;
/// Mends that are told apart in the warnings of one feed.
const MAX_MENDS: usize = 20;

/// What was mended, a sentence each, none twice.
#[derive(Debug, Default)]
pub(super) struct Mends(Vec<String>);

impl Mends {
    /// Remembers one mend.
    pub(super) fn note(&mut self, sentence: &str) {
        if self.0.len() < MAX_MENDS && !self.0.iter().any(|known| known == sentence) {
            self.0.push(sentence.to_owned());
        }
    }

    /// The sentences in the order they came up.
    pub(super) fn into_warnings(self) -> Vec<String> {
        self.0
    }
}

/// The document type declares entities that would explode when expanded.
#[derive(Debug)]
pub(super) struct EntityBomb;

/// What the scan has learned, so that no input makes it look through the same text again and again.
#[derive(Default)]
struct Scan {
    /// There is no `-->` any more.
    no_comment_end: bool,
    /// Declarations that were scanned with their brackets.
    declarations: usize,
}

/// What a scan of the markup found at a `<`.
enum Piece<'a> {
    /// Keep this much of the text as it stands.
    Keep(&'a str),
    /// Leave this much out; its line breaks stay, so that lines can still be counted.
    Drop(&'a str),
    /// A `<` that opens no markup.
    Bare,
}

/// The text without a prolog, comments and forbidden characters, with every `<` either opening a
/// tag or CDATA, or escaped. Line breaks are kept, so line numbers stay true.
pub(super) fn mend(text: &str, mends: &mut Mends) -> Result<String, EntityBomb> {
    let filtered = without_forbidden(text, mends);
    let text = filtered.as_deref().unwrap_or(text);
    let mut scan = Scan::default();
    let mut out = String::with_capacity(text.len());
    let (before, mut rest) = text.split_at(text.find('<').unwrap_or(text.len()));
    if !before.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        mends.note("text before the first tag was left out");
    }
    keep_lines(&mut out, before);
    while let Some(at) = rest.find('<') {
        let (run, markup) = rest.split_at(at);
        out.push_str(run);
        let taken = match scan.piece(markup, mends)? {
            Piece::Keep(kept) => {
                out.push_str(kept);
                kept.len()
            }
            Piece::Drop(dropped) => {
                keep_lines(&mut out, dropped);
                dropped.len()
            }
            Piece::Bare => {
                mends.note("a `<` that opens no tag was taken as text");
                out.push_str("&lt;");
                1
            }
        };
        rest = markup.get(taken..).unwrap_or_default();
        if is_cdata(markup) && !out.ends_with("]]>") {
            mends.note("the feed breaks off inside CDATA; what was there was kept");
            out.push_str("]]>");
        }
    }
    out.push_str(rest);
    Ok(out)
}

impl Scan {
    /// Decides what the markup that begins at a `<` is.
    fn piece<'a>(&mut self, markup: &'a str, mends: &mut Mends) -> Result<Piece<'a>, EntityBomb> {
        let mut after = markup.chars().skip(1);
        Ok(match after.next() {
            Some('!') if is_cdata(markup) => Piece::Keep(through(markup, "]]>")),
            Some('!') if markup.starts_with("<!--") => {
                self.no_comment_end = self.no_comment_end || !markup.contains("-->");
                if self.no_comment_end {
                    mends.note("a comment is not closed; its content was read as feed");
                    Piece::Drop("<!--")
                } else {
                    Piece::Drop(through(markup, "-->"))
                }
            }
            Some('!') => {
                self.declarations += 1;
                let end = if self.declarations > 8 { None } else { doctype_end(markup) };
                let declaration = end.and_then(|end| markup.get(..end));
                let declaration = declaration.unwrap_or_else(|| through(markup, ">"));
                check_entities(declaration)?;
                Piece::Drop(declaration)
            }
            Some('?') => Piece::Drop(through(markup, ">")),
            Some('/') => match after.next() {
                Some(c) if opens_name(c) => Piece::Keep("</"),
                Some(_) => Piece::Bare,
                None => Piece::Drop(markup),
            },
            Some(c) if opens_name(c) => Piece::Keep("<"),
            Some(_) => Piece::Bare,
            None => Piece::Drop(markup),
        })
    }
}

/// The markup up to its end mark, or all of it where that is missing.
fn through<'a>(markup: &'a str, end: &str) -> &'a str {
    markup.find(end).and_then(|at| markup.get(..at + end.len())).unwrap_or(markup)
}

fn opens_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

fn is_cdata(markup: &str) -> bool {
    markup.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("<![CDATA["))
}

fn keep_lines(out: &mut String, dropped: &str) {
    out.extend(dropped.chars().filter(|c| *c == '\n'));
}

/// Characters that XML 1.0 forbids are left out, line ends become `\n`. `None` if all is well.
fn without_forbidden(text: &str, mends: &mut Mends) -> Option<String> {
    let forbidden = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    let has_forbidden = text.contains(forbidden);
    if !has_forbidden && !text.contains('\r') {
        return None;
    }
    if has_forbidden {
        mends.note("control characters were left out");
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' => out.push('\n'),
            c if forbidden(c) => {}
            c => out.push(c),
        }
    }
    Some(out)
}

/// Where `<!DOCTYPE … [ … ]>` ends, quotes, brackets and inner comments understood.
fn doctype_end(markup: &str) -> Option<usize> {
    let (mut depth, mut quote, mut skip_to) = (0usize, None, 0usize);
    for (at, byte) in markup.bytes().enumerate().skip(2) {
        if at < skip_to {
            continue;
        }
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'[') => depth += 1,
            (None, b']') => depth = depth.saturating_sub(1),
            (None, b'<') if markup.get(at..at + 4) == Some("<!--") => {
                skip_to = at + markup.get(at..)?.find("-->")? + 3;
            }
            (None, b'>') if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

static ENTITY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"(?is)<!ENTITY\s+(?:%\s+)?([^\s"'&;]+)\s+(?:"([^"]*)"|'([^']*)')"#).ok()
});

/// Entities are never expanded; those that would explode make the whole feed suspect.
fn check_entities(declaration: &str) -> Result<(), EntityBomb> {
    let mut sizes = std::collections::HashMap::new();
    for found in ENTITY.iter().flat_map(|regex| regex.captures_iter(declaration)) {
        let value = found.get(2).or(found.get(3)).map_or("", |value| value.as_str());
        let inner: usize = value
            .split(['&', '%'])
            .skip(1)
            .filter_map(|part| part.split_once(';'))
            .map(|(name, _)| sizes.get(name).copied().unwrap_or(0))
            .fold(0, usize::saturating_add);
        let size = value.len().saturating_add(inner);
        if size > MAX_ENTITY {
            return Err(EntityBomb);
        }
        sizes.insert(found.get(1).map_or("", |name| name.as_str()), size);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (String, Vec<String>) {
        let mut mends = Mends::default();
        let text = mend(text, &mut mends).expect("no bomb");
        (text, mends.into_warnings())
    }

    #[test]
    fn a_sound_document_loses_only_its_prolog() {
        let (text, warnings) = mended("<?xml version='1.0'?>\n<!-- x -- y --><a b=\"1\">t</a>");
        assert_eq!(text, "\n<a b=\"1\">t</a>");
        assert_eq!(warnings, Vec::<String>::new());
    }

    #[test]
    fn junk_bare_brackets_and_control_characters_are_mended() {
        let (text, warnings) = mended("HTTP/1.1 200\r\n\r\n<a>1 < 2 \u{1} <3</a>");
        assert_eq!(text, "\n\n<a>1 &lt; 2  &lt;3</a>");
        assert_eq!(warnings.len(), 3);
    }

    #[test]
    fn cdata_that_breaks_off_is_closed() {
        let (text, warnings) = mended("<a><![CDATA[half <b>");
        assert_eq!(text, "<a><![CDATA[half <b>]]>");
        assert_eq!(warnings.len(), 1);
    }

    #[test]
    fn a_document_type_is_dropped_with_all_its_brackets() {
        let (text, _) = mended("<!DOCTYPE a [<!ENTITY b \"]>\"><!-- it's --> ]><a>&b;</a>");
        assert_eq!(text, "<a>&b;</a>");
    }

    #[test]
    fn exploding_entities_are_refused() {
        let lol = "<!DOCTYPE r [<!ENTITY a \"aaaaaaaaaa\">".to_owned()
            + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">"
            + "<!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;\">]><r>&d;</r>";
        assert!(mend(&lol, &mut Mends::default()).is_err());
    }
}
