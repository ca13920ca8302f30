//! `podcast:chapters` files, JSON 1.2
//! (<https://github.com/Podcastindex-org/podcast-namespace/blob/main/chapters/jsonChapters.md>).

use serde::Deserialize;

use super::loose::{Entry, Root, Scalar};
use super::{MAX_MILLIS, TimelineError, listing, tidy, title};
use crate::model::{Chapter, Millis, parse_time};

/// Longest chapters file that is read; real ones have some kilobytes.
const MAX_BYTES: usize = 16 << 20;

/// Reads a chapters file. Tolerant of what is seen in the wild: a byte order mark, a bare list
/// instead of an object, times as strings (`"12.5"`, `"00:01:00"`), titles as numbers, any order.
/// Chapters with `"toc": false` and those without a usable start are left out; an object without
/// chapters is an empty list. The name of a place is a point of its chapter. The result is tidy (see
/// [`tidy()`]).
///
/// # Errors
/// If it is not JSON, not an object or a list, or absurdly large.
pub fn from_json(text: &str) -> Result<Vec<Chapter>, TimelineError> {
    if text.len() > MAX_BYTES {
        return Err(TimelineError::TooLarge(text.len()));
    }
    let text = text.trim_start_matches('\u{feff}');
    // What follows the list is not looked at.
    let mut reader = serde_json::Deserializer::from_str(text);
    let Root::Chapters(list) = Root::deserialize(&mut reader)? else {
        return Err(TimelineError::NoList);
    };
    let shown = list.into_iter().filter(|entry| !is_silent(&entry.toc));
    Ok(tidy(shown.filter_map(chapter).collect(), None))
}

/// A mark for other purposes than a table of contents: what plays before it goes on.
fn is_silent(toc: &Scalar) -> bool {
    match toc {
        Scalar::Bool(shown) => !shown,
        Scalar::Number(number) => *number == 0.0,
        Scalar::Text(text) => matches!(text.trim(), "false" | "False" | "FALSE" | "no" | "0"),
        Scalar::Nothing => false,
    }
}

fn chapter(entry: Entry) -> Option<Chapter> {
    let address = |text: Scalar| listing::address(&text.into_text());
    let place = title::line(&entry.location);
    Some(Chapter {
        start_ms: millis(&entry.start)?,
        end_ms: millis(&entry.end),
        title: entry.title.into_text(),
        url: address(entry.url),
        image: address(entry.image),
        section: None,
        points: (!place.is_empty()).then(|| format!("📍 {place}")).into_iter().collect(),
    })
}

/// Seconds as a number or a string, or a clock time, in milliseconds.
fn millis(value: &Scalar) -> Option<Millis> {
    match value {
        Scalar::Number(seconds) => {
            let ms = (seconds * 1000.0).round();
            (*seconds >= 0.0 && ms <= MAX_MILLIS as f64).then_some(ms as Millis)
        }
        Scalar::Text(text) => {
            parse_time(&text.trim().replace(',', ".")).filter(|ms| *ms <= MAX_MILLIS)
        }
        Scalar::Bool(_) | Scalar::Nothing => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(text: &str) -> Vec<(Millis, String)> {
        from_json(text).expect("valid").into_iter().map(|c| (c.start_ms, c.title)).collect()
    }

    #[test]
    fn fractions_of_seconds_are_kept() {
        let list = from_json(
            r#"{"version":"1.2.0","chapters":[
                {"startTime":0,"title":"A","img":"https://example.org/a.png","url":"https://example.org/"},
                {"startTime":110.445,"endTime":120.5,"title":"B"}]}"#,
        )
        .expect("valid");
        assert_eq!(list[0].end_ms, Some(110_445));
        assert_eq!(list[0].image.as_deref(), Some("https://example.org/a.png"));
        assert_eq!(list[0].url.as_deref(), Some("https://example.org/"));
        assert_eq!((list[1].start_ms, list[1].end_ms), (110_445, Some(120_500)));
    }

    #[test]
    fn silent_chapters_are_left_out() {
        let text = r#"{"chapters":[{"startTime":0,"title":"A"},{"startTime":5,"toc":false,"title":"x"},
            {"startTime":9,"toc":true,"title":"B"}]}"#;
        assert_eq!(starts(text), [(0, "A".to_owned()), (9_000, "B".to_owned())]);
    }

    #[test]
    fn odd_files_are_read_as_far_as_they_go() {
        assert_eq!(
            starts("\u{feff}[{\"startTime\":0,\"title\":\"list\"}]"),
            [(0, "list".to_owned())]
        );
        assert_eq!(starts("{}"), []);
        assert_eq!(
            starts(
                r#"{"chapters":[{"startTime":"00:01:00","title":"B"},{"startTime":"12.5","title":"A"}]}"#
            ),
            [(12_500, "A".to_owned()), (60_000, "B".to_owned())]
        );
        assert_eq!(
            starts(
                r#"[{"startTime":-5},{"startTime":1e308},{"startTime":null},7,{"startTime":1,"title":[3]}]"#
            ),
            [(1000, String::new())]
        );
    }

    #[test]
    fn silent_chapters_are_told_however_false_is_written() {
        for toc in ["false", "\"false\"", "0", "\"0\""] {
            let text =
                format!("[{{\"startTime\":1,\"toc\":{toc}}},{{\"startTime\":2,\"toc\":null}}]");
            assert_eq!(starts(&text), [(2_000, String::new())], "{toc}");
        }
    }

    #[test]
    fn titles_may_be_numbers_and_places_are_points() {
        let list = from_json(
            r#"{"chapters":[{"startTime":"1,5","title":1984,"location":{"name":"西湖\n断桥","geo":"geo:30.2,120.1"}},
                {"startTime":2,"title":["x"],"location":"香港"}],"more":1} trailing"#,
        )
        .expect("valid");
        assert_eq!((list[0].start_ms, list[0].title.as_str()), (1_500, "1984"));
        assert_eq!(list[0].points, ["📍 西湖 断桥"]);
        assert_eq!((list[1].title.as_str(), &list[1].points), ("", &vec!["📍 香港".to_owned()]));
    }

    #[test]
    fn hostile_files_cost_no_more_than_their_size() {
        let deep = "[".repeat(100_000);
        assert!(from_json(&deep).is_err());
        let wide = format!("{{\"x\":[{}0],\"chapters\":[]}}", "{\"a\":0},".repeat(200_000));
        assert_eq!(starts(&wide), []);
        let many = format!("[{}{{}}]", "{\"startTime\":1,\"title\":\"t\"},".repeat(100_000));
        assert_eq!(starts(&many), [(1_000, "t".to_owned())]);
    }

    #[test]
    fn what_is_no_chapters_file_says_so() {
        assert!(matches!(from_json("{\"chapters\":[{\"startTi"), Err(TimelineError::Json(_))));
        assert!(matches!(from_json("{\"chapters\":3}"), Err(TimelineError::NoList)));
        assert!(matches!(from_json("\"hello\""), Err(TimelineError::NoList)));
    }

    #[test]
    fn addresses_that_are_not_of_the_web_are_dropped() {
        let list =
            from_json(r#"[{"startTime":0,"url":"javascript:alert(1)","img":"file:///etc/x"}]"#);
        let list = list.expect("valid");
        assert_eq!((&list[0].url, &list[0].image), (&None, &None));
    }
}
