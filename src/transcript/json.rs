//! Transcripts as JSON: Podcasting 2.0 segments and the shapes of speech recognisers.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{cues::Draft, times};
use crate::model::Millis;

/// How deep the list of cues is looked for.
const DEPTH: usize = 12;

const WORDS: [&str; 8] =
    ["body", "text", "content", "sentence", "transcript", "utterance", "onebest", "value"];
const STARTS: [&str; 14] = [
    "startTime",
    "start",
    "start_time",
    "startMs",
    "start_ms",
    "begin",
    "begin_time",
    "beginTime",
    "time",
    "timestamp",
    "from",
    "offset",
    "bg",
    "ts",
];
const ENDS: [&str; 10] =
    ["endTime", "end", "end_time", "endMs", "end_ms", "finish", "to", "ed", "stop", "end_ts"];
const SPEAKERS: [&str; 9] = [
    "speaker",
    "speakerName",
    "speaker_name",
    "speaker_label",
    "speakerId",
    "speaker_id",
    "spk",
    "name",
    "role",
];

/// Timed or worded things that stand at the same place of the document (the same keys on the way to
/// them), in order.
#[derive(Default)]
struct Group<'a> {
    timed: bool,
    items: Vec<(&'a Map<String, Value>, Option<String>)>,
}

/// The cues of a JSON document: of the lists with the most timed passages; of passages without times,
/// if there are no others. Lists of single words count only where there is nothing larger.
pub(super) fn cues(value: &Value) -> Vec<Draft> {
    let mut groups = BTreeMap::new();
    search(value, "", None, 0, &mut groups);
    let best = groups.into_iter().max_by_key(|(path, group)| {
        let of_words = path.ends_with("words") || path.ends_with("tokens");
        (group.timed, !of_words, group.items.len())
    });
    let items = best.map(|(_, group)| group.items).unwrap_or_default();
    let unit = unit_of(items.iter().map(|(map, _)| *map));
    items.into_iter().filter_map(|(map, above)| draft(map, above, unit)).collect()
}

fn search<'a>(
    value: &'a Value,
    path: &str,
    speaker: Option<&str>,
    depth: usize,
    groups: &mut BTreeMap<String, Group<'a>>,
) {
    if depth > DEPTH {
        return;
    }
    match value {
        Value::Array(list) => {
            let mut timed = false;
            for map in list.iter().filter_map(Value::as_object).filter(|m| words(m).is_some()) {
                let group = groups.entry(path.to_owned()).or_default();
                timed |= start(map).is_some();
                group.timed |= timed;
                group.items.push((map, speaker.map(str::to_owned)));
            }
            // Words stand inside their sentences; the outer list comes first.
            if !timed {
                for inner in list {
                    search(inner, path, speaker, depth + 1, groups);
                }
            }
        }
        Value::Object(map) => {
            // A document has a `name` too; only a speaker is handed down.
            let own = map.keys().any(|k| k.starts_with("sp")).then(|| speaker_of(map)).flatten();
            let speaker = own.as_deref().or(speaker);
            for (key, inner) in map {
                if inner.is_array() || inner.is_object() {
                    search(inner, &format!("{path}/{key}"), speaker, depth + 1, groups);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn field<'a>(map: &'a Map<String, Value>, keys: &[&str]) -> Option<(&'a str, &'a Value)> {
    keys.iter()
        .filter_map(|key| map.get_key_value(*key))
        .find(|(_, value)| !value.is_null())
        .map(|(key, value)| (key.as_str(), value))
}

fn words(map: &Map<String, Value>) -> Option<&str> {
    WORDS.iter().find_map(|key| map.get(*key)?.as_str())
}

/// The start of a cue, also where it stands in an inner object (`timestamps: {from, to}`).
fn start(map: &Map<String, Value>) -> Option<(&str, &Value)> {
    let inner =
        ["timestamps", "offsets", "timestamp"].iter().find_map(|k| map.get(*k)?.as_object());
    inner.and_then(|inner| field(inner, &STARTS)).or_else(|| field(map, &STARTS))
}

fn end(map: &Map<String, Value>) -> Option<(&str, &Value)> {
    let inner =
        ["timestamps", "offsets", "timestamp"].iter().find_map(|k| map.get(*k)?.as_object());
    inner.and_then(|inner| field(inner, &ENDS)).or_else(|| field(map, &ENDS))
}

/// What a bare number means.
#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Seconds,
    Millis,
}

/// Whole numbers that would leave more than ten seconds for each character are milliseconds.
fn unit_of<'a>(maps: impl Iterator<Item = &'a Map<String, Value>>) -> Unit {
    let mut characters = 0.0;
    let (mut earliest, mut latest) = (f64::MAX, 0.0_f64);
    for map in maps {
        let Some((_, value)) = start(map) else { continue };
        let ends = end(map).map(|(_, value)| value);
        for number in [Some(value), ends].into_iter().flatten().filter_map(Value::as_number) {
            if number.is_f64() && number.as_f64().is_some_and(|n| n.fract() != 0.0) {
                return Unit::Seconds;
            }
            let number = number.as_f64().unwrap_or(0.0);
            (earliest, latest) = (earliest.min(number), latest.max(number));
        }
        characters += words(map).map_or(0, |words| words.chars().count()) as f64;
    }
    if characters > 0.0 && (latest - earliest) / characters > 10.0 {
        Unit::Millis
    } else {
        Unit::Seconds
    }
}

fn draft(map: &Map<String, Value>, above: Option<String>, unit: Unit) -> Option<Draft> {
    let text = words(map)?.to_owned();
    let time = |(key, value)| time_of(key, value, unit);
    let speaker = speaker_of(map).or(above);
    Some(Draft { start: start(map).and_then(time), end: end(map).and_then(time), speaker, text })
}

fn speaker_of(map: &Map<String, Value>) -> Option<String> {
    match field(map, &SPEAKERS)?.1 {
        Value::String(name) => Some(name.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => {
            ["name", "label", "id"].iter().find_map(|k| inner.get(*k)?.as_str()).map(str::to_owned)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

fn time_of(key: &str, value: &Value, unit: Unit) -> Option<Millis> {
    match value {
        Value::Number(number) => {
            let number = number.as_f64()?;
            let in_millis = key.ends_with("Ms") || key.ends_with("_ms") || unit == Unit::Millis;
            if in_millis { times::millis(number) } else { times::seconds(number) }
        }
        Value::String(text) => times::clock(text)
            .or_else(|| times::seconds(text.trim().trim_end_matches('s').parse().ok()?)),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (Option<Millis>, Option<Millis>, Option<String>, String);

    fn read(text: &str) -> Vec<Said> {
        let drafts = cues(&serde_json::from_str(text).unwrap());
        drafts.into_iter().map(|d| (d.start, d.end, d.speaker, d.text)).collect()
    }

    #[test]
    fn segments_of_podcasting_two_are_read() {
        let text = r#"{"version":"1.0.0","segments":[
            {"speaker":"林晚","startTime":0.5,"endTime":1.25,"body":"好"},{"startTime":90,"body":"的"}]}"#;
        assert_eq!(
            read(text),
            [
                (Some(500), Some(1250), Some("林晚".into()), "好".into()),
                (Some(90_000), None, None, "的".into())
            ]
        );
    }

    #[test]
    fn recognisers_write_clocks_milliseconds_and_inner_objects() {
        let clocks =
            r#"{"id":1,"transcription":[{"time":"00:01:02","text":"好","speaker":"发言人1"}]}"#;
        assert_eq!(read(clocks), [(Some(62_000), None, Some("发言人1".into()), "好".into())]);
        let millis =
            r#"{"result":{"sentences":[{"begin_time":1200,"end_time":4200,"text":"你好世界"}]}}"#;
        assert_eq!(read(millis), [(Some(1200), Some(4200), None, "你好世界".into())]);
        let inner = r#"{"transcription":[{"timestamps":{"from":"00:00:01,500","to":"00:00:02,000"},"text":"a"}]}"#;
        assert_eq!(read(inner), [(Some(1500), Some(2000), None, "a".into())]);
        let words = r#"{"segments":[{"start":1.5,"text":"two words","words":[{"start":1.5,"text":"two"},{"start":1.8,"text":"words"},{"start":2.0,"text":"."}]}]}"#;
        assert_eq!(read(words).len(), 1);
    }

    #[test]
    fn sentences_in_paragraphs_are_all_read_and_single_words_are_not() {
        let text = r#"{"text":"all","words":[{"text":"a","start":1.5},{"text":"b","start":2},{"text":"c","start":3}],
            "paragraphs":[{"speaker":"林晚","sentences":[{"text":"一句","start":1.5,"end":2}]},
                          {"speaker":"周南","sentences":[{"text":"两句","start":3,"end":4}]}]}"#;
        assert_eq!(
            read(text),
            [
                (Some(1500), Some(2000), Some("林晚".into()), "一句".into()),
                (Some(3000), Some(4000), Some("周南".into()), "两句".into())
            ]
        );
    }

    #[test]
    fn other_json_yields_nothing() {
        assert!(read(r#"{"a":[1,2,{"b":null}]}"#).is_empty());
        assert!(read("[]").is_empty());
    }
}
