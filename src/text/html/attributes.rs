//! What the attributes of a tag say.

use std::borrow::Cow;

use html5ever::tokenizer::Tag;

use crate::model::{Millis, parse_time};
use crate::text::document::Align;

/// More attributes than any real tag has. The tokenizer compares each with all before it.
const MAX_ATTRIBUTES: usize = 1000;

/// The value of an attribute.
pub(super) fn value<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attr| &*attr.name.local == name).map(|attr| &*attr.value)
}

/// The first of these attributes that has a value.
pub(super) fn first<'t>(tag: &'t Tag, names: &[&str]) -> Option<&'t str> {
    names.iter().filter_map(|name| value(tag, name)).map(str::trim).find(|v| !v.is_empty())
}

/// The name of a place, as old pages wrote it: `<a name=…>`.
pub(super) fn anchor_name(tag: &Tag) -> Option<&str> {
    value(tag, "name").filter(|_| &*tag.name == "a")
}

/// To which side the author set the text: by `align`, or by `text-align` in the style.
pub(super) fn align(tag: &Tag) -> Align {
    let by_style = value(tag, "style").and_then(|style| {
        let rules = style.split(';').filter_map(|rule| rule.split_once(':'));
        let mut sides = rules.filter(|(name, _)| name.trim().eq_ignore_ascii_case("text-align"));
        sides.next_back().map(|(_, side)| side)
    });
    let side = by_style.or_else(|| value(tag, "align")).unwrap_or_default();
    let side = side.trim().split([' ', '!']).next().unwrap_or_default();
    match side.to_ascii_lowercase().as_str() {
        "left" | "start" => Align::Left,
        "center" | "middle" => Align::Centre,
        "right" | "end" => Align::Right,
        _ => Align::Natural,
    }
}

/// The names in `class`.
pub(super) fn classes(tag: &Tag) -> impl Iterator<Item = &str> {
    value(tag, "class").unwrap_or_default().split_ascii_whitespace()
}

/// Whether the author hid the element from everyone. `visibility` does not count: WeChat serves its
/// articles invisible and shows them by script.
pub(super) fn is_hidden(tag: &Tag) -> bool {
    let display_none = |style: &str| {
        style.split(';').any(|rule| {
            let (name, value) = rule.split_once(':').unwrap_or_default();
            name.trim().eq_ignore_ascii_case("display")
                && value.trim().to_ascii_lowercase().starts_with("none")
        })
    };
    value(tag, "hidden").is_some_and(|v| v != "until-found")
        || value(tag, "style").is_some_and(display_none)
}

/// The language that a class of `<pre>` or `<code>` names.
pub(super) fn language(tag: &Tag) -> Option<String> {
    const PREFIXES: [&str; 4] = ["language-", "lang-", "highlight-source-", "brush:"];
    let named = first(tag, &["data-lang", "data-language", "lang"]).map(str::to_owned);
    let by_class = classes(tag)
        .find_map(|class| PREFIXES.iter().find_map(|prefix| class.strip_prefix(prefix)))
        .map(str::to_owned);
    let fits = |name: &String| {
        let ok = |c: char| c.is_ascii_alphanumeric() || "+#-_.".contains(c);
        !name.is_empty() && name.len() <= 32 && name.chars().all(ok)
    };
    by_class.filter(fits).or(named.filter(fits)).filter(|l| l != "none" && l != "plaintext")
}

/// The time in the recording that `data-timestamp` names: seconds or `h:m:s`.
pub(super) fn timestamp(tag: &Tag) -> Option<Millis> {
    first(tag, &["data-timestamp"]).and_then(parse_time)
}

/// `html` without tags that have absurdly many attributes. Borrowed when there are none.
pub(super) fn without_floods(html: &str) -> Cow<'_, str> {
    let mut kept = 0;
    let mut out = String::new();
    let mut at = 0;
    while let Some(start) = html.get(at..).and_then(|rest| rest.find('<')).map(|i| i + at) {
        at = start + 1;
        if let Some((end, attributes)) = tag_end(html, at)
            && attributes > MAX_ATTRIBUTES
        {
            out.push_str(html.get(kept..start).unwrap_or_default());
            kept = end;
            at = end;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(html.get(kept..).unwrap_or_default());
    Cow::Owned(out)
}

/// Where the tag that begins at `from` ends, and how many attributes it may have. Only tags with
/// enough white space, quotes or slashes are walked: each byte is looked at once or twice.
fn tag_end(html: &str, from: usize) -> Option<(usize, usize)> {
    let bytes = html.as_bytes();
    if !bytes.get(from)?.is_ascii_alphabetic() {
        return None;
    }
    let (mut attributes, mut quote, mut before, mut since) = (0, None, b' ', 0_usize);
    for (i, byte) in bytes.get(from..)?.iter().enumerate() {
        since += 1;
        match (quote, byte) {
            (Some(mark), byte) => {
                // An unclosed quote: give up rather than walk the whole page for every tag.
                if byte == mark {
                    quote = None;
                    attributes += 1;
                } else if since > 1 << 20 {
                    return None;
                }
            }
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'>') => return Some((from + i + 1, attributes)),
            // Another tag: this was text (or a script), or a flood that is not worth the care.
            (None, b'<') if attributes <= MAX_ATTRIBUTES => return None,
            (None, b' ' | b'\n' | b'\t' | b'/' | b'\r') => attributes += 1,
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = *byte;
        }
        if quote.is_none() {
            since = 0;
        }
    }
    Some((bytes.len(), attributes))
}
