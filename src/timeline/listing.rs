//! Chapters as lines of text: Vorbis comments (`CHAPTER001=…`,
//! <https://wiki.xiph.org/Chapter_Extension>) and the lists of `mp4chaps` (`00:00:00.000 title`).

use std::collections::BTreeMap;

use super::{MAX_CHAPTERS, MAX_MILLIS, tidy};
use crate::model::{Chapter, Millis, parse_time};

/// Reads a list of chapters as text. Lines of another form are passed over; without any the list is
/// empty. The result is tidy.
#[must_use]
pub fn from_text(text: &str) -> Vec<Chapter> {
    let lines = || text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let comments = from_comments(lines().filter_map(|line| line.split_once('=')));
    if !comments.is_empty() {
        return comments;
    }
    let chapters = lines().filter_map(|line| {
        let (time, title) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let start_ms = full_time(time)?;
        Some(Chapter { start_ms, title: title.to_owned(), ..Chapter::default() })
    });
    tidy(chapters.take(MAX_CHAPTERS).collect(), None)
}

/// Chapters from Vorbis comments, given as key and value; keys in any case, numbers of any length
/// (`CHAPTER1`, `CHAPTER100`), in any order. A chapter without a time is left out.
pub(super) fn from_comments<'a>(
    comments: impl Iterator<Item = (&'a str, &'a str)>,
) -> Vec<Chapter> {
    let mut found: BTreeMap<u32, (Option<Millis>, Chapter)> = BTreeMap::new();
    for (key, value) in comments {
        let Some((number, field)) = chapter_key(key) else { continue };
        if found.len() >= MAX_CHAPTERS && !found.contains_key(&number) {
            continue;
        }
        let (start, chapter) = found.entry(number).or_default();
        match field.as_str() {
            "" => *start = start.or_else(|| comment_time(value)),
            "NAME" | "TITLE" if chapter.title.is_empty() => value.clone_into(&mut chapter.title),
            "URL" => chapter.url = chapter.url.take().or_else(|| address(value)),
            _ => {}
        }
    }
    let chapters = found
        .into_values()
        .filter_map(|(start, chapter)| Some(Chapter { start_ms: start?, ..chapter }))
        .collect();
    tidy(chapters, None)
}

/// `CHAPTER012NAME` → (12, `NAME`); also `chapter_12_name`.
fn chapter_key(key: &str) -> Option<(u32, String)> {
    let key = key.trim().to_ascii_uppercase().replace(['_', ' '], "");
    let rest = key.strip_prefix("CHAPTER")?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits)?.parse().ok()?;
    Some((number, rest.get(digits..)?.to_owned()))
}

/// The time of a comment: as [`full_time`], or seconds with a fraction, or with milliseconds as a
/// fourth field (`00:01:02:500`).
fn comment_time(text: &str) -> Option<Millis> {
    let text = text.trim().replace(',', ".");
    if text.matches(':').count() == 3
        && let Some((time, fraction)) = text.rsplit_once(':')
    {
        return full_time(&format!("{time}.{fraction}"));
    }
    full_time(&text).or_else(|| {
        text.contains('.').then(|| parse_time(&text)).flatten().filter(|ms| *ms <= MAX_MILLIS)
    })
}

/// `H:MM:SS` with an optional fraction after `.` or `,`; at least two fields, so that a year or a
/// count is no time.
fn full_time(text: &str) -> Option<Millis> {
    if !text.contains(':') {
        return None;
    }
    parse_time(&text.replace(',', ".")).filter(|ms| *ms <= MAX_MILLIS)
}

/// An address of the web as written, or nothing: other schemes have no business in a chapter. What
/// must not be printed as it stands is escaped.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let url = url::Url::parse(text).ok()?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
        return None;
    }
    let printable = !text.contains(char::is_whitespace) && crate::text::clean(text) == text;
    Some(if printable { text.to_owned() } else { url.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vorbis_comments_are_read_with_name_and_address() {
        let list = from_text(
            "TITLE=x\nCHAPTER001=00:00:00.000\nCHAPTER001NAME=开场\nchapter002=00:03:20.500\n\
             Chapter002Name=a=b\nCHAPTER002URL=https://example.org\nCHAPTER003NAME=no time\n",
        );
        assert_eq!(list.len(), 2);
        assert_eq!((list[0].start_ms, list[0].title.as_str()), (0, "开场"));
        assert_eq!((list[1].start_ms, list[1].title.as_str()), (200_500, "a=b"));
        assert_eq!(list[1].url.as_deref(), Some("https://example.org"));
        assert_eq!(list[0].end_ms, Some(200_500));
    }

    #[test]
    fn a_hundred_chapters_and_more_do_not_collide() {
        let lines: Vec<String> = (0..150)
            .map(|n| {
                format!("CHAPTER{n:03}=0:{:02}:{:02}.000\nCHAPTER{n:03}NAME=n{n}\n", n / 60, n % 60)
            })
            .collect();
        let list = from_text(&lines.concat());
        assert_eq!(list.len(), 150);
        assert_eq!(list[149].title, "n149");
    }

    #[test]
    fn times_and_keys_of_comments_come_in_several_forms() {
        let list = from_text(
            "CHAPTER_1=62.5\nChapter 02=00:02:03,250\nCHAPTER3=0:3:4:005\nCHAPTER3_NAME=丙\n\
             CHAPTER1000=1:00\nCHAPTER1000TITLE=千\nCHAPTER1000NAME=again\nCHAPTER99999999999=0:01\n",
        );
        let all: Vec<_> = list.iter().map(|c| (c.start_ms, c.title.as_str())).collect();
        assert_eq!(all, [(60_000, "千"), (62_500, ""), (123_250, ""), (184_005, "丙")]);
    }

    #[test]
    fn lists_of_mp4chaps_are_read() {
        let list =
            from_text("00:00:00.000 Intro\r\n00:01:02,500 甲 乙\r\n2019 a year\r\n\r\n1:00:00");
        let all: Vec<_> = list.iter().map(|c| (c.start_ms, c.title.as_str())).collect();
        assert_eq!(all, [(0, "Intro"), (62_500, "甲 乙"), (3_600_000, "")]);
    }

    #[test]
    fn other_text_has_no_chapters() {
        assert!(from_text("hello\nworld: 3\n").is_empty());
        assert!(from_text("CHAPTER001=late\nCHAPTER=0:01").is_empty());
    }
}
