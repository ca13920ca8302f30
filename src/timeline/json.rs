//! `podcast:chapters` files, JSON 1.2
//! (<https://github.com/Podcastindex-org/podcast-namespace/blob/main/chapters/jsonChapters.md>).

use serde_json::{Map, Value};

use super::{MAX_CHAPTERS, MAX_MILLIS, TimelineError, tidy};
use crate::model::{Chapter, Millis, parse_time};

/// Longest chapters file that is read; real ones have some kilobytes.
const MAX_BYTES: usize = 16 << 20;

/// Reads a chapters file. Tolerant of what is seen in the wild: a byte order mark, a bare list
/// instead of an object, times as strings (`"12.5"`, `"00:01:00"`), any order. Chapters with
/// `"toc": false` and those without a usable start are left out; an object without chapters is an
/// empty list. The result is tidy (see [`tidy()`]).
///
/// # Errors
/// If it is not JSON, not an object or a list, or absurdly large.
pub fn from_json(text: &str) -> Result<Vec<Chapter>, TimelineError> {
    if text.len() > MAX_BYTES {
        return Err(TimelineError::TooLarge(text.len()));
    }
    let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))?;
    let list = match value {
        Value::Array(list) => list,
        Value::Object(mut file) => match file.remove("chapters") {
            Some(Value::Array(list)) => list,
            Some(Value::Null) | None => Vec::new(),
            Some(_) => return Err(TimelineError::NoList),
        },
        _ => return Err(TimelineError::NoList),
    };
    let chapters = list
        .iter()
        .take(MAX_CHAPTERS)
        .filter_map(Value::as_object)
        .filter(|entry| entry.get("toc") != Some(&Value::Bool(false)))
        .filter_map(chapter)
        .collect();
    Ok(tidy(chapters, None))
}

fn chapter(entry: &Map<String, Value>) -> Option<Chapter> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str).map(str::to_owned);
    let address = |key: &str| text(key).as_deref().and_then(super::listing::address);
    Some(Chapter {
        start_ms: millis(entry.get("startTime").or_else(|| entry.get("start"))?)?,
        end_ms: entry.get("endTime").or_else(|| entry.get("end")).and_then(millis),
        title: text("title").unwrap_or_default(),
        url: address("url"),
        image: address("img"),
        section: None,
        points: Vec::new(),
    })
}

/// Seconds as a number or a string, or a clock time, in milliseconds.
fn millis(value: &Value) -> Option<Millis> {
    let from_seconds = |seconds: f64| {
        let ms = (seconds * 1000.0).round();
        (seconds >= 0.0 && ms <= MAX_MILLIS as f64).then_some(ms as Millis)
    };
    match value {
        Value::Number(number) => number.as_f64().and_then(from_seconds),
        Value::String(text) => {
            let text = text.trim();
            parse_time(text).filter(|ms| *ms <= MAX_MILLIS)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
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
                r#"[{"startTime":-5},{"startTime":1e308},{"startTime":null},7,{"startTime":1,"title":3}]"#
            ),
            [(1000, String::new())]
        );
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
