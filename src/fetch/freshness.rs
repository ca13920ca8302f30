//! How long a server says that its answer stays fresh (RFC 9111).

use reqwest::header::{CACHE_CONTROL, DATE, EXPIRES, HeaderMap, HeaderName};

/// Seconds for which an answer need not be asked for again: `Cache-Control: max-age`, else `Expires`.
/// `None` where the server says nothing or forbids keeping it.
pub(super) fn fresh_for(headers: &HeaderMap) -> Option<u64> {
    let values = headers.get_all(CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let mut directives = values.flat_map(|value| value.split(',')).map(str::trim).peekable();
    if directives.peek().is_some() {
        let mut longest = None;
        for directive in directives {
            let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "no-cache" | "no-store" => return None,
                "max-age" => longest = value.trim().trim_matches('"').parse().ok().or(longest),
                _ => {}
            }
        }
        if longest.is_some() {
            return longest;
        }
    }
    let date = |name: &HeaderName| {
        let value = headers.get(name)?.to_str().ok()?.trim();
        jiff::fmt::rfc2822::parse(value).ok().map(|date| date.timestamp().as_second())
    };
    // By the server's own clock, which need not be ours.
    let now = date(&DATE).unwrap_or_else(|| jiff::Timestamp::now().as_second());
    u64::try_from(date(&EXPIRES)?.saturating_sub(now)).ok().filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;

    use super::*;

    fn of(lines: &[(HeaderName, &'static str)]) -> Option<u64> {
        let lines =
            lines.iter().map(|(name, value)| (name.clone(), HeaderValue::from_static(value)));
        let mut headers = HeaderMap::new();
        lines.for_each(|(name, value)| {
            headers.append(name, value);
        });
        fresh_for(&headers)
    }

    #[test]
    fn an_answer_is_fresh_as_long_as_its_server_says() {
        let date = (DATE, "Wed, 21 Oct 2015 07:28:00 GMT");
        let later = (EXPIRES, "Wed, 21 Oct 2015 08:28:00 GMT");
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[(CACHE_CONTROL, "public, Max-Age=\"600\"")]), Some(600));
        assert_eq!(of(&[(CACHE_CONTROL, "public"), date.clone(), later.clone()]), Some(3600));
        assert_eq!(of(&[(CACHE_CONTROL, "max-age=60"), date.clone(), later.clone()]), Some(60));
        assert_eq!(of(&[(CACHE_CONTROL, "no-cache, max-age=60"), date.clone(), later]), None);
        assert_eq!(of(&[date, (EXPIRES, "0")]), None);
        assert_eq!(of(&[(CACHE_CONTROL, "max-age=soon")]), None);
    }
}
