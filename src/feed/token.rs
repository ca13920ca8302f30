//! A lenient walk through mended XML: tags and text in order, whatever the tags say. The tokenizer
//! is quick-xml with its checks off.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::entity;
use super::mend::Mends;

/// Attributes of one tag beyond this are left out.
const MAX_ATTRIBUTES: usize = 64;
/// Longest name of a tag or an attribute, in bytes.
const MAX_NAME: usize = 200;
/// How often the walk starts anew behind a tag that cannot be read.
const MAX_RESTARTS: usize = 40;

/// A tag or a run of text.
pub(super) enum Token<'a> {
    /// A tag opens; `empty` if it closes at once (`<a/>`).
    Start { name: &'a str, attrs: Vec<(String, String)>, empty: bool },
    /// A tag closes.
    End { name: &'a str },
    /// Text, references resolved.
    Text(Cow<'a, str>),
}

/// Walks through `text` and hands each token with its byte position to `take`, until that says
/// `false`. Returns whether the text breaks off in the middle of a tag.
pub(super) fn walk<'a>(
    text: &'a str,
    mends: &mut Mends,
    take: &mut dyn FnMut(Token<'a>, usize, &mut Mends) -> bool,
) -> bool {
    let mut base = 0;
    for _ in 0..MAX_RESTARTS {
        let Some(part) = text.get(base..) else { return false };
        match walk_part(part, base, mends, take) {
            None => return false,
            Some(stumble) => {
                base += stumble;
                let left = text.get(base..).unwrap_or_default();
                if !left.contains('>') {
                    let Some(name) = left.strip_prefix("</") else { return true };
                    mends.note("the last end tag is incomplete");
                    take(Token::End { name: name.trim() }, base, mends);
                    return false;
                }
                mends.note("a tag that cannot be read was taken as text");
                take(Token::Text(Cow::Borrowed("<")), base, mends);
                base += 1;
            }
        }
    }
    mends.note("too many broken tags; the rest of the feed was left out");
    true
}

/// Walks until the end (`None`) or up to a tag that cannot be read (its position).
fn walk_part<'a>(
    text: &'a str,
    base: usize,
    mends: &mut Mends,
    take: &mut dyn FnMut(Token<'a>, usize, &mut Mends) -> bool,
) -> Option<usize> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        let at = reader.buffer_position() as usize;
        let Ok(event) = reader.read_event() else {
            return Some((reader.error_position() as usize).clamp(at, text.len()));
        };
        let at = base + at;
        let more = match event {
            Event::Start(tag) => start(text, &tag, at - base, false, mends)
                .is_none_or(|token| take(token, at, mends)),
            Event::Empty(tag) => {
                start(text, &tag, at - base, true, mends).is_none_or(|token| take(token, at, mends))
            }
            Event::End(tag) => {
                let name = source_name(text, at - base + 2, tag.name().0.len());
                take(Token::End { name }, at, mends)
            }
            Event::Text(run) => take(Token::Text(run.into_inner()), at, mends),
            Event::CData(run) => take(Token::Text(run.into_inner()), at, mends),
            Event::GeneralRef(name) => {
                let resolved = entity::resolve(&name).unwrap_or_else(|| {
                    mends.note("an unknown entity was taken as text");
                    Cow::Owned(format!("&{};", &*name))
                });
                take(Token::Text(resolved), at, mends)
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => true,
            Event::Eof => return None,
        };
        if !more {
            return None;
        }
    }
}

/// The name in the source, so that it may outlive the event.
fn source_name(text: &str, from: usize, len: usize) -> &str {
    text.get(from..from + len).unwrap_or_default().trim()
}

fn start<'a>(
    text: &'a str,
    tag: &BytesStart<'_>,
    at: usize,
    empty: bool,
    mends: &mut Mends,
) -> Option<Token<'a>> {
    let name = source_name(text, at + 1, tag.name().0.len());
    if name.is_empty() || name.len() > MAX_NAME {
        mends.note("a tag without a sensible name was left out");
        return None;
    }
    let mut attrs = Vec::new();
    for attr in tag.html_attributes().with_checks(false) {
        let Ok(attr) = attr else {
            mends.note("an attribute that cannot be read was left out");
            break;
        };
        if attrs.len() == MAX_ATTRIBUTES {
            mends.note("a tag has too many attributes; the rest was left out");
            break;
        }
        if attr.key.0.len() <= MAX_NAME {
            let value = entity::unescape(&attr.value).replace(['\n', '\t'], " ");
            attrs.push((attr.key.0.to_owned(), value));
        }
    }
    Some(Token::Start { name, attrs, empty })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(text: &str) -> (String, bool) {
        let mut out = Vec::new();
        let broken = walk(text, &mut Mends::default(), &mut |token, at, _| {
            out.push(match token {
                Token::Start { name, attrs, empty } => {
                    let attrs: Vec<_> = attrs.iter().map(|(k, v)| format!(" {k}={v}")).collect();
                    format!("{at}[{name}{}{}", attrs.concat(), if empty { "]" } else { "" })
                }
                Token::End { name } => format!("{name}]"),
                Token::Text(text) => format!("“{text}”"),
            });
            true
        });
        (out.concat(), broken)
    }

    #[test]
    fn tags_text_and_references_come_in_order() {
        let (out, broken) = walked("<a b='1&amp;2' c=3>x &amp; &nbsp; & y<![CDATA[<z>]]><d/></a >");
        assert_eq!(out, "0[a b=1&2 c=3“x ”“&”“ ”“\u{a0}”“ ”“& y”“<z>”52[d]a]");
        assert!(!broken);
    }

    #[test]
    fn a_tag_that_breaks_off_is_told() {
        assert_eq!(walked("<a>x</a"), ("0[a“x”a]".to_owned(), false));
        assert_eq!(walked("<a>x<b c=\"1"), ("0[a“x”".to_owned(), true));
    }
}
