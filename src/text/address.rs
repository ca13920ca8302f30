//! Addresses in texts: which may be followed, how they are made whole, where a bare one ends.

use std::ops::Range;

use url::Url;

use crate::model::{Millis, parse_time};

/// Longer addresses are dropped; browsers and servers refuse them too.
const MAX_URL: usize = 8 * 1024;
const SCHEMES: [&str; 5] = ["http", "https", "mailto", "file", "welcome"];

/// The target of `href` as written where it is whole, resolved against `base` where it is not.
/// `None` for anything that must not be followed, and for relative addresses without a base.
pub(super) fn resolve(href: &str, base: Option<&Url>) -> Option<String> {
    let href: String = href.trim().chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if href.is_empty() || href.len() > MAX_URL {
        return None;
    }
    if href.starts_with('#') {
        return (href.len() > 1).then(|| super::clean(&href).into_owned());
    }
    let whole = if href.starts_with("www.") { format!("https://{href}") } else { href };
    match Url::parse(&whole) {
        Ok(url) if !SCHEMES.contains(&url.scheme()) => None,
        Ok(url) if is_plain(&whole) => Some(tidy(whole, &url)),
        Ok(url) => Some(url.to_string()),
        Err(_) => {
            let url = match (base, whole.strip_prefix("//")) {
                (Some(base), _) => base.join(&whole).ok()?,
                (None, Some(rest)) => Url::parse(&format!("https://{rest}")).ok()?,
                (None, None) => return None,
            };
            (SCHEMES.contains(&url.scheme()) && url.as_str().len() <= MAX_URL)
                .then(|| url.to_string())
        }
    }
}

/// Whether an address can be printed and passed on as it stands.
fn is_plain(href: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || c.is_control() || "<>\"\\`{}|^".contains(c);
    !href.contains(bad) && matches!(super::clean(href), std::borrow::Cow::Borrowed(_))
}

/// As written, but with the scheme in lower case, as it is compared everywhere.
fn tidy(written: String, url: &Url) -> String {
    let scheme = url.scheme();
    match written.get(scheme.len()..) {
        Some(rest) if !written.starts_with(scheme) => format!("{scheme}{rest}"),
        _ => written,
    }
}

/// The time in `#t=90`, `#t=1:30`, `#t=00:01:30`, `#t=npt:90,120` (Media Fragments 1.0).
pub(super) fn fragment_time(href: &str) -> Option<Millis> {
    let value = href.trim().strip_prefix("#t=")?;
    let value = value.strip_prefix("npt:").unwrap_or(value);
    let start = value.split([',', '&']).next().unwrap_or_default();
    parse_time(start.strip_suffix('s').unwrap_or(start))
}

/// A bare address in a text.
pub(super) struct Found {
    /// First byte.
    pub(super) start: usize,
    /// Byte after the last.
    pub(super) end: usize,
    /// The address to open, with its scheme.
    pub(super) url: String,
}

/// The first bare web address at or after `from`: `http://…`, `https://…` or `www.…`.
pub(super) fn next_bare(text: &str, from: usize) -> Option<Found> {
    let (range, prefix) = next_place(text, from)?;
    let written = text.get(range.clone())?;
    let url = match prefix {
        "www." => format!("https://{written}"),
        // The scheme in lower case, as it is compared everywhere.
        _ => format!("{prefix}{}", written.get(prefix.len()..)?),
    };
    Some(Found { start: range.start, end: range.end, url })
}

/// Where the first bare web address at or after `from` stands.
pub(super) fn next_bare_range(text: &str, from: usize) -> Option<Range<usize>> {
    next_place(text, from).map(|(range, _)| range)
}

fn next_place(text: &str, from: usize) -> Option<(Range<usize>, &'static str)> {
    let mut at = from;
    loop {
        let (start, prefix) = next_prefix(text, at)?;
        let rest = text.get(start..)?;
        let len = bare_len(rest);
        let written = rest.get(..len)?;
        if written.len() > prefix.len()
            && boundary_before(text, start)
            && is_address(written, prefix)
        {
            return Some((start..start + len, prefix));
        }
        // What begins within a false address is no address either; so no byte is read twice.
        at = start + len.max(prefix.len());
    }
}

fn is_address(written: &str, prefix: &str) -> bool {
    let bare = prefix == "www.";
    let scheme = if bare { "https://" } else { prefix };
    let rest = if bare { written } else { written.get(prefix.len()..).unwrap_or_default() };
    if scheme.len() + rest.len() > MAX_URL {
        return false;
    }
    let host = rest.find(['/', '?', '#']).and_then(|end| rest.get(..end)).unwrap_or(rest);
    is_plain_host(host)
        || Url::parse(&format!("{scheme}{rest}")).ok().as_ref().is_some_and(has_real_host)
}

/// Whether a host is so plain a name (`a.b-c.example`) that what it begins need not be parsed to know
/// that it is an address.
fn is_plain_host(host: &str) -> bool {
    let plain = |label: &str| {
        let label = label.as_bytes();
        (1..=63).contains(&label.len())
            && label.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
            && !label.windows(2).any(|pair| pair == b"--")
    };
    let Some((_, last)) = host.rsplit_once('.') else { return false };
    host.len() <= 253
        && last.starts_with(|c: char| c.is_ascii_alphabetic())
        && host.split('.').all(plain)
}

fn has_real_host(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    host.contains('.') || host == "localhost" || host.starts_with('[')
}

/// An address begins at the start of a word: `xhttp://` is none, `见http://` is one.
fn boundary_before(text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    before.is_none_or(|c| !(c.is_ascii_alphanumeric() || "@./-_".contains(c)))
}

/// The next place where one of the prefixes stands, upper or lower case.
fn next_prefix(text: &str, from: usize) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        let step = bytes.get(at..)?.iter().position(|b| matches!(b, b'h' | b'H' | b'w' | b'W'))?;
        at += step;
        // Most words with these letters end here.
        if !matches!(bytes.get(at + 1), Some(b't' | b'T' | b'w' | b'W')) {
            at += 1;
            continue;
        }
        for prefix in ["https://", "http://", "www."] {
            let here = bytes.get(at..at + prefix.len());
            if here.is_some_and(|here| here.eq_ignore_ascii_case(prefix.as_bytes())) {
                return Some((at, prefix));
            }
        }
        at += 1;
    }
}

/// How many bytes of `rest` belong to the address it begins with. Ends before white space, quotes,
/// angle brackets and everything that is not ASCII, but for words right after a `/` or `=` of the
/// path (`…/wiki/播客`); closing punctuation at its end is the sentence's.
fn bare_len(rest: &str) -> usize {
    let (mut end, mut slashes, mut before) = (0, 0, ' ');
    for (at, c) in rest.char_indices() {
        let belongs = if c.is_ascii() {
            c.is_ascii_graphic() && !"<>\"`\\{}|^".contains(c)
        } else {
            // The slash behind the host is not enough: `https://a.example/欢迎` is a glued sentence.
            let opens = before == '=' || (before == '/' && slashes >= 4);
            c.is_alphanumeric() && (opens || (!before.is_ascii() && before != ' '))
        };
        if !belongs || at > MAX_URL {
            break;
        }
        slashes += usize::from(c == '/');
        before = c;
        end = at + c.len_utf8();
    }
    trim_end(rest.get(..end).unwrap_or_default())
}

fn trim_end(address: &str) -> usize {
    let count = |c: char| address.matches(c).count();
    let mut open = [
        ('(', ')', count('(') as i64 - count(')') as i64),
        ('[', ']', count('[') as i64 - count(']') as i64),
    ];
    let mut end = address.len();
    while let Some(last) = address.get(..end).and_then(|t| t.chars().next_back()) {
        let bracket = open.iter_mut().find(|(_, close, _)| *close == last);
        match bracket {
            // A closing bracket belongs to the address if the address opened it.
            Some((_, _, balance)) if *balance < 0 => *balance += 1,
            None if ".,;:!?'*_~([".contains(last) => {}
            Some(_) | None => break,
        }
        end -= last.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> Vec<String> {
        let (mut all, mut at) = (Vec::new(), 0);
        while let Some(found) = next_bare(text, at) {
            at = found.end;
            all.push(found.url);
        }
        all
    }

    #[test]
    fn bare_addresses_end_where_the_sentence_goes_on() {
        for (text, url) in [
            ("（https://a.example/x）好", "https://a.example/x"),
            ("见 https://a.example/x。然后", "https://a.example/x"),
            ("「https://a.example/x」", "https://a.example/x"),
            ("官网https://a.example欢迎访问", "https://a.example"),
            ("(see https://a.example/x_(y)).", "https://a.example/x_(y)"),
            ("https://a.example/x?b=1&c=2, and", "https://a.example/x?b=1&c=2"),
            ("<https://a.example/x>", "https://a.example/x"),
            ("https://zh.a.example/wiki/播客，是", "https://zh.a.example/wiki/播客"),
            ("去 www.a.example/x 看", "https://www.a.example/x"),
            ("**https://a.example/**", "https://a.example/"),
            ("【https://a.example/x】", "https://a.example/x"),
            ("《https://a.example/x》", "https://a.example/x"),
            ("https://a.example/x；其二", "https://a.example/x"),
            ("https://a.example/x、乙", "https://a.example/x"),
            ("https://a.example/x！", "https://a.example/x"),
            ("https://a.example/x：全文", "https://a.example/x"),
            ("“https://a.example/x”", "https://a.example/x"),
            ("https://a.example/x…", "https://a.example/x"),
            ("https://a.example/x\u{3000}乙", "https://a.example/x"),
            ("https://a.example/x🎧", "https://a.example/x"),
            ("12:30 甲（https://a.example/16:45）", "https://a.example/16:45"),
        ] {
            assert_eq!(bare(text), [url], "{text}");
        }
        assert!(bare(&"http://".repeat(100_000)).is_empty());
        assert!(bare("https:// http://x xhttp://a.example www. whhh").is_empty());
    }

    #[test]
    fn only_harmless_schemes_are_followed() {
        let base = Url::parse("https://show.example/ep/1").ok();
        let to = |href: &str| resolve(href, base.as_ref());
        assert_eq!(to("../a b").as_deref(), Some("https://show.example/a%20b"));
        assert_eq!(to("//cdn.example/x").as_deref(), Some("https://cdn.example/x"));
        assert_eq!(to("#fn1").as_deref(), Some("#fn1"));
        assert_eq!(to("HTTPS://a.example").as_deref(), Some("https://a.example"));
        for bad in ["javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "#", " "] {
            assert_eq!(to(bad), None, "{bad}");
        }
        assert_eq!(resolve("relative", None), None);
    }

    #[test]
    fn times_in_fragments_are_read() {
        assert_eq!(fragment_time("#t=90"), Some(90_000));
        assert_eq!(fragment_time("#t=00:36"), Some(36_000));
        assert_eq!(fragment_time("#t=npt:1:00:00,2"), Some(3_600_000));
        assert_eq!(fragment_time("#top"), None);
    }
}
