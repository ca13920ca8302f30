//! The fields of a cue under the many names that recognisers and hosts give them.

use serde_json::{Map, Value};

use super::super::{cues::Draft, times};
use crate::model::Millis;

const WORDS: [&str; 15] = [
    "body",
    "text",
    "content",
    "sentence",
    "transcript",
    "utterance",
    "onebest",
    "punctuated_word",
    "punctuatedWord",
    "word",
    "display",
    "caption",
    "line",
    "label",
    "value",
];
const STARTS: [&str; 20] = [
    "startTime",
    "start",
    "start_time",
    "startMs",
    "start_ms",
    "tStartMs",
    "begin",
    "begin_time",
    "beginTime",
    "start_s",
    "time",
    "timestamp",
    "from",
    "offsetMilliseconds",
    "offsetInTicks",
    "offset",
    "bg",
    "ts",
    "startTimeMs",
    "begin_ms",
];
const ENDS: [&str; 13] = [
    "endTime",
    "end",
    "end_time",
    "endMs",
    "end_ms",
    "finish",
    "to",
    "ed",
    "stop",
    "end_ts",
    "end_s",
    "endTimeMs",
    "finish_ms",
];
const LENGTHS: [&str; 8] = [
    "duration",
    "dur",
    "durationMs",
    "duration_ms",
    "dDurationMs",
    "durationMilliseconds",
    "durationInTicks",
    "d",
];
const SPEAKERS: [&str; 10] = [
    "speaker",
    "speakerName",
    "speaker_name",
    "speaker_label",
    "speakerLabel",
    "speakerId",
    "speaker_id",
    "spk",
    "name",
    "role",
];

/// The words of a passage, where it has some.
pub(super) fn words(map: &Map<String, Value>) -> Option<String> {
    if let Some(text) = WORDS.iter().find_map(|key| map.get(*key)?.as_str()) {
        return Some(text.to_owned());
    }
    // YouTube's `segs: [{utf8}]` and `snippet: {runs: [{text}]}`; guesses of a recogniser, best first.
    if let Some(pieces) = map.get("segs").and_then(Value::as_array) {
        return Some(joined(pieces, "utf8"));
    }
    if let Some(pieces) = map.get("snippet").and_then(|s| s.get("runs")).and_then(Value::as_array) {
        return Some(joined(pieces, "text"));
    }
    let best = ["alternatives", "nBest"].iter().find_map(|key| map.get(*key)?.get(0)?.as_object());
    let best = best.filter(|best| !best.get("words").is_some_and(Value::is_array));
    WORDS.iter().find_map(|key| best?.get(*key)?.as_str()).map(str::to_owned)
}

fn joined(pieces: &[Value], key: &str) -> String {
    pieces.iter().filter_map(|piece| piece.get(key)?.as_str()).collect()
}

/// Whether a passage says when it begins.
pub(super) fn is_timed(map: &Map<String, Value>) -> bool {
    start(map).is_some()
}

type Field<'a> = (&'a str, &'a Value);

fn field<'a>(map: &'a Map<String, Value>, keys: &[&str]) -> Option<Field<'a>> {
    keys.iter()
        .filter_map(|key| map.get_key_value(*key))
        .find(|(_, value)| matches!(value, Value::Number(_) | Value::String(_)))
        .map(|(key, value)| (key.as_str(), value))
}

/// A time of a cue, also where it stands in an inner object (`timestamps: {from, to}`) or in a pair
/// (`timestamp: [0.5, 2.0]`).
fn time<'a>(map: &'a Map<String, Value>, keys: &[&str], place: usize) -> Option<Field<'a>> {
    let inner = ["timestamps", "offsets", "timestamp"].iter().find_map(|key| map.get(*key));
    let within = match inner {
        Some(Value::Object(inner)) => field(inner, keys),
        Some(Value::Array(pair)) if pair.len() == 2 => {
            pair.get(place).filter(|value| value.is_number()).map(|value| ("", value))
        }
        _ => None,
    };
    within.or_else(|| field(map, keys))
}

fn start(map: &Map<String, Value>) -> Option<Field<'_>> {
    time(map, &STARTS, 0)
}

fn end(map: &Map<String, Value>) -> Option<Field<'_>> {
    time(map, &ENDS, 1)
}

/// What a bare number means.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Unit {
    Seconds,
    Millis,
}

/// Whole numbers that would leave more than ten seconds for each character are milliseconds.
pub(super) fn unit_of<'a>(maps: impl Iterator<Item = &'a Map<String, Value>>) -> Unit {
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

/// A passage as a draft of a cue.
pub(super) fn draft(map: &Map<String, Value>, above: Option<String>, unit: Unit) -> Option<Draft> {
    let text = words(map)?;
    let time = |(key, value)| time_of(key, value, unit);
    let start = start(map).and_then(time);
    let length = || field(map, &LENGTHS).and_then(time);
    let end = end(map).and_then(time).or_else(|| Some(start?.saturating_add(length()?)));
    Some(Draft { start, end, speaker: speaker_of(map).or(above), text })
}

/// Who speaks in a passage, or in all passages within an object.
pub(super) fn speaker_of(map: &Map<String, Value>) -> Option<String> {
    let named = SPEAKERS.iter().find_map(|key| map.get(*key).filter(|value| !value.is_null()));
    let named = named.or_else(|| map.get("additions")?.get("speaker"));
    match named? {
        Value::String(name) => Some(numbered(name.trim())),
        Value::Number(number) => Some(numbered(&number.to_string())),
        Value::Object(inner) => {
            let name = ["name", "label", "id"].iter().find_map(|k| inner.get(*k)?.as_str());
            name.map(str::to_owned)
        }
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    }
}

/// A bare number is no name.
fn numbered(name: &str) -> String {
    let number = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit());
    if number { format!("Speaker {name}") } else { name.to_owned() }
}

fn time_of(key: &str, value: &Value, unit: Unit) -> Option<Millis> {
    let in_millis = key.ends_with("Ms") || key.ends_with("_ms") || key.ends_with("Milliseconds");
    let number = |number: f64| {
        if key.ends_with("InTicks") {
            times::millis(number / 10_000.0)
        } else if in_millis || unit == Unit::Millis {
            times::millis(number)
        } else {
            times::seconds(number)
        }
    };
    match value {
        Value::Number(value) => number(value.as_f64()?),
        Value::String(text) => times::clock(text).or_else(|| {
            let bare = text.trim();
            match bare.strip_suffix('s') {
                Some(seconds) => times::seconds(seconds.parse().ok()?),
                None if in_millis => times::millis(bare.parse().ok()?),
                None => number(bare.parse().ok()?),
            }
        }),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}
