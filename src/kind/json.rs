//! JSON files: feed, chapters or transcript, by the keys they use.

use serde_json::Value;

use super::Kind;

/// What a JSON text is; `None` if it is no JSON. `whole` says whether all of it is here; a part, or
/// a broken file, is told by the keys that occur in it.
pub(super) fn told_by(text: &str, whole: bool) -> Option<Kind> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    if let Some(Ok(value)) = values.next() {
        let rest = text.get(values.byte_offset()..).unwrap_or_default().trim();
        if rest.is_empty() && whole {
            // Other JSON is data that nothing here can use.
            return Some(by_shape(&value).unwrap_or(Kind::Unknown));
        }
        if value.is_object() && !rest.is_empty() && !rest.starts_with(['{', '[', ',']) {
            return Some(Kind::Markdown); // Hugo's third sort of front matter.
        }
    }
    by_keys(text)
}

fn by_shape(value: &Value) -> Option<Kind> {
    match value {
        Value::Object(map) => {
            let list = |key: &str| map.get(key).is_some_and(Value::is_array);
            let version = map.get("version").and_then(Value::as_str).unwrap_or_default();
            if version.contains("jsonfeed.org") || (list("items") && map.contains_key("title")) {
                return Some(Kind::Feed);
            }
            if list("chapters") {
                return Some(Kind::ChaptersJson);
            }
            if map.values().take(40).any(is_cue_list)
                || map.values().take(40).any(|inner| {
                    inner.as_object().is_some_and(|map| map.values().take(40).any(is_cue_list))
                })
                || list("segments")
            {
                return Some(Kind::TranscriptJson);
            }
            None
        }
        Value::Array(_) if is_cue_list(value) => Some(Kind::TranscriptJson),
        Value::Array(list) => {
            let first = list.first()?.as_object()?;
            let timed =
                ["startTime", "start", "start_s"].iter().any(|key| first.contains_key(*key));
            (timed && first.contains_key("title")).then_some(Kind::ChaptersJson)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    }
}

/// A list whose first members have words in them, and a time.
fn is_cue_list(value: &Value) -> bool {
    const WORDS: [&str; 6] = ["body", "text", "content", "sentence", "transcript", "utterance"];
    const TIMES: [&str; 12] = [
        "startTime",
        "start",
        "start_time",
        "startMs",
        "start_ms",
        "begin",
        "begin_time",
        "time",
        "timestamps",
        "timestamp",
        "from",
        "offset",
    ];
    let has = |map: &serde_json::Map<String, Value>, keys: &[&str]| {
        keys.iter().any(|key| map.contains_key(*key))
    };
    value.as_array().is_some_and(|list| {
        list.iter()
            .take(3)
            .filter_map(Value::as_object)
            .any(|map| has(map, &WORDS) && has(map, &TIMES))
    })
}

fn by_keys(text: &str) -> Option<Kind> {
    let has = |key: &str| text.contains(key);
    if has("jsonfeed.org") {
        Some(Kind::Feed)
    } else if has("\"segments\"") || has("\"transcription\"") || has("\"utterances\"") {
        Some(Kind::TranscriptJson)
    } else if has("\"chapters\"") && has("\"startTime\"") {
        Some(Kind::ChaptersJson)
    } else if has("\"startTime\"") && has("\"body\"") {
        Some(Kind::TranscriptJson)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::super::of;
    use super::*;

    fn kind(text: &str) -> Kind {
        of(text.as_bytes(), None, None)
    }

    #[test]
    fn json_is_told_by_its_keys() {
        assert_eq!(
            kind(r#"{"version":"1.2.0","chapters":[{"startTime":0,"title":"开场"}]}"#),
            Kind::ChaptersJson
        );
        assert_eq!(
            kind(r#"{"version":"1.0.0","segments":[{"startTime":0,"body":"好"}]}"#),
            Kind::TranscriptJson
        );
        assert_eq!(
            kind(r#"{"title":"t","transcription":[{"time":"00:00:02","text":"好"}]}"#),
            Kind::TranscriptJson
        );
        assert_eq!(kind(r#"[{"start":0.5,"end":1,"text":"好"}]"#), Kind::TranscriptJson);
        assert_eq!(kind(r#"{"a":1}"#), Kind::Unknown);
    }

    #[test]
    fn a_broken_file_is_still_told_and_a_bracket_alone_is_text() {
        assert_eq!(kind(r#"{"segments":[{"startTime":0,"body":"好"#), Kind::TranscriptJson);
        assert_eq!(kind("{\n \"title\": \"一页\"\n}\n\n正文"), Kind::Markdown);
        assert_eq!(kind("[00:01] 开场\n[02:03] 正题"), Kind::PlainText);
    }
}
