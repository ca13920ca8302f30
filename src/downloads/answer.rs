//! What an answer to a range request means: bytes from where, of which version, or start again.
//! After RFC 9110, chapters 13 and 14; servers that break it are met in the wild every day.

use reqwest::header::{
    CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderMap, LAST_MODIFIED,
};

use crate::fetch::header;

use super::record::Record;

/// What was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// First byte.
    pub(super) from: u64,
    /// End (exclusive); open if `None`.
    pub(super) to: Option<u64>,
}

impl Asked {
    /// Whether this needs a `Range` header; all from the start on does not.
    pub(super) fn is_range(self) -> bool {
        self.from > 0 || self.to.is_some()
    }

    /// The `Range` header.
    pub(super) fn header(self) -> String {
        match self.to {
            Some(to) => format!("bytes={}-{}", self.from, to.saturating_sub(1)),
            None => format!("bytes={}-", self.from),
        }
    }
}

/// The version that an answer is of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Version {
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) total: Option<u64>,
}

impl Version {
    fn of(headers: &HeaderMap, total: Option<u64>) -> Self {
        let (etag, last_modified) = (header(headers, &ETAG), header(headers, &LAST_MODIFIED));
        Self { etag, last_modified, total }
    }

    /// How this version stands to the bytes at hand.
    fn compare(&self, known: &Record) -> Likeness {
        if known.have.covered() == 0 {
            return Likeness::Same;
        }
        let lengths = self.total.zip(known.total).map(|(new, old)| new == old);
        if lengths == Some(false) || self.total.is_some_and(|total| total < known.have.end()) {
            return Likeness::Other;
        }
        let plain = |tag: &str| tag.trim_start_matches("W/").to_owned();
        let tags = self.etag.as_deref().zip(known.etag.as_deref());
        let tags = tags.map(|(new, old)| plain(new) == plain(old));
        let dates = self.last_modified.as_deref().zip(known.last_modified.as_deref());
        let dates = dates.map(|(new, old)| new == old);
        match (tags, dates) {
            (Some(true), _) | (None, None | Some(true)) => Likeness::Same,
            // The machines behind one name often give the same file tags of their own.
            (Some(false), Some(true)) if lengths == Some(true) => Likeness::Doubtful,
            (Some(false), _) | (None, Some(false)) => Likeness::Other,
        }
    }
}

/// How an answer's version stands to the bytes at hand, by its headers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Likeness {
    /// Nothing speaks against its being the same.
    Same,
    /// The headers contradict each other; the bytes have to tell.
    Doubtful,
    /// Another version.
    Other,
}

/// What an answer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Reading {
    /// Its body holds bytes from `offset` on.
    Body {
        /// Where the first byte belongs.
        offset: u64,
        /// Where the body ends if nothing breaks.
        end: Option<u64>,
        /// The version.
        version: Version,
        /// A whole file (200), not a part of it (206).
        whole: bool,
        /// Another version than the bytes at hand are of; they are to be dropped first.
        changed: bool,
    },
    /// What is at hand is of another version, and this answer does not help either.
    StartAgain,
    /// The server does not do ranges, or does them wrongly.
    NoRanges,
    /// Nothing is missing: the file has this length.
    Finished(u64),
    /// An error status.
    Status,
}

/// Understands an answer.
pub(super) fn read(asked: Asked, status: u16, headers: &HeaderMap, known: &Record) -> Reading {
    match status {
        200 | 203 => whole(headers, known),
        206 if asked.is_range() => part(asked, headers, known),
        // Nobody asked for a part.
        206 => Reading::NoRanges,
        416 if asked.is_range() => {
            let total = header(headers, &CONTENT_RANGE).as_deref().and_then(unsatisfied);
            match total.or(known.total) {
                Some(total) if known.have.covers(total) && known.have.end() == total => {
                    Reading::Finished(total)
                }
                _ => Reading::StartAgain,
            }
        }
        _ => Reading::Status,
    }
}

fn whole(headers: &HeaderMap, known: &Record) -> Reading {
    let encoded = headers.contains_key(CONTENT_ENCODING);
    let length = header(headers, &CONTENT_LENGTH).and_then(|text| text.parse().ok());
    let total = length.filter(|_| !encoded);
    let version = Version::of(headers, total);
    // A whole file tells by its bytes: each that is there already is compared.
    let changed = version.compare(known) == Likeness::Other;
    Reading::Body { offset: 0, end: total, version, whole: true, changed }
}

fn part(asked: Asked, headers: &HeaderMap, known: &Record) -> Reading {
    let range = header(headers, &CONTENT_RANGE).as_deref().and_then(content_range);
    let Some((from, end, total)) = range.filter(|_| !headers.contains_key(CONTENT_ENCODING)) else {
        return Reading::NoRanges;
    };
    if from != asked.from || asked.to.is_some_and(|to| end > to) {
        return Reading::NoRanges;
    }
    let version = Version::of(headers, total);
    if version.compare(known) != Likeness::Same {
        return Reading::StartAgain;
    }
    Reading::Body { offset: from, end: Some(end), version, whole: false, changed: false }
}

/// Reads `bytes 5-9/10` as (5, 10, 10): start, end (exclusive), length of the whole.
fn content_range(text: &str) -> Option<(u64, u64, Option<u64>)> {
    let rest = strip_unit(text)?;
    let (range, total) = rest.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last) = (first.trim().parse::<u64>().ok()?, last.trim().parse::<u64>().ok()?);
    let end = last.checked_add(1)?;
    let total = match total.trim() {
        "*" => None,
        number => Some(number.parse::<u64>().ok()?),
    };
    (first < end && total.is_none_or(|total| end <= total)).then_some((first, end, total))
}

/// Reads `bytes */10` as 10.
fn unsatisfied(text: &str) -> Option<u64> {
    strip_unit(text)?.strip_prefix('*')?.trim().strip_prefix('/')?.trim().parse().ok()
}

fn strip_unit(text: &str) -> Option<&str> {
    let (unit, rest) = text.split_at_checked(5)?;
    unit.eq_ignore_ascii_case("bytes").then(|| rest.trim_start_matches([' ', '=', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn half() -> Record {
        let mut known = Record::new("http://a.example/x.mp3");
        known.total = Some(100);
        known.etag = Some("\"one\"".into());
        known.have.add(0, 50);
        known
    }

    const REST: Asked = Asked { from: 50, to: None };

    #[test]
    fn a_part_is_taken_only_if_it_is_the_part_that_was_asked_for() {
        let good = read(REST, 206, &headers(&[("content-range", "bytes 50-99/100")]), &half());
        assert!(matches!(good, Reading::Body { offset: 50, end: Some(100), .. }), "{good:?}");
        for wrong in
            ["bytes 40-99/100", "bytes 50-99", "bytes 50-40/100", "bytes x-y/z", "50-99/100"]
        {
            let answer = read(REST, 206, &headers(&[("content-range", wrong)]), &half());
            assert_eq!(answer, Reading::NoRanges, "{wrong}");
        }
        assert_eq!(read(REST, 206, &headers(&[]), &half()), Reading::NoRanges);
    }

    #[test]
    fn another_length_or_tag_means_another_version() {
        let longer = headers(&[("content-range", "bytes 50-119/120")]);
        assert_eq!(read(REST, 206, &longer, &half()), Reading::StartAgain);
        let tagged = headers(&[("content-range", "bytes 50-99/100"), ("etag", "\"two\"")]);
        assert_eq!(read(REST, 206, &tagged, &half()), Reading::StartAgain);
        let fresh = headers(&[("content-length", "120"), ("etag", "\"two\"")]);
        let answer = read(REST, 200, &fresh, &half());
        assert!(matches!(answer, Reading::Body { offset: 0, changed: true, .. }), "{answer:?}");
    }

    #[test]
    fn a_whole_file_for_an_asked_part_starts_at_the_beginning() {
        let answer = read(REST, 200, &headers(&[("content-length", "100")]), &half());
        let expected = Some(100);
        assert!(
            matches!(answer, Reading::Body { offset: 0, end, whole: true, changed: false, .. } if end == expected)
        );
    }

    #[test]
    fn a_tag_alone_puts_a_part_in_doubt_and_leaves_a_whole_to_its_bytes() {
        let date = "Mon, 02 Jan 2023 00:00:00 GMT";
        let mut known = half();
        known.last_modified = Some(date.into());
        let whole = [("content-length", "100"), ("etag", "\"two\""), ("last-modified", date)];
        let answer = read(REST, 200, &headers(&whole), &known);
        assert!(matches!(answer, Reading::Body { changed: false, .. }), "{answer:?}");
        let part =
            [("content-range", "bytes 50-99/100"), ("etag", "\"two\""), ("last-modified", date)];
        assert_eq!(read(REST, 206, &headers(&part), &known), Reading::StartAgain);
    }

    #[test]
    fn an_unsatisfiable_range_is_the_end_only_if_everything_is_there() {
        let mut known = half();
        known.have.add(50, 100);
        let asked = Asked { from: 100, to: None };
        let end = headers(&[("content-range", "bytes */100")]);
        assert_eq!(read(asked, 416, &end, &known), Reading::Finished(100));
        assert_eq!(read(REST, 416, &end, &half()), Reading::StartAgain);
        assert_eq!(read(Asked::default(), 416, &end, &half()), Reading::Status);
    }
}
