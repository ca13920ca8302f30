//! Transcripts as JSON: Podcasting 2.0 segments and the shapes of speech recognisers.

mod fields;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{MAX_CUES, cues::Draft, joining};
use fields::{draft, is_timed, speaker_of, unit_of, words};

/// How deep the list of cues is looked for.
const DEPTH: usize = 12;

/// Names of lists that hold single words.
const WORD_LISTS: [&str; 4] = ["words", "tokens", "elements", "results/items"];

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
        let of_words = WORD_LISTS.iter().any(|list| path.ends_with(list));
        (group.timed, !of_words, group.items.len())
    });
    let items = best.map(|(_, group)| group.items).unwrap_or_default();
    let unit = unit_of(items.iter().map(|(map, _)| *map));
    let rolls = items.iter().any(|(map, _)| map.contains_key("tStartMs"));
    let mut drafts: Vec<Draft> =
        items.into_iter().filter_map(|(map, above)| draft(map, above, unit)).collect();
    if rolls {
        end_at_next(&mut drafts);
    }
    joining::sentences(drafts)
}

/// Automatic captions stay on the screen while the next ones come; they are said until then.
fn end_at_next(drafts: &mut Vec<Draft>) {
    drafts.retain(|draft| !draft.text.trim().is_empty());
    let next: Vec<_> = drafts.iter().skip(1).map(|draft| draft.start).collect();
    for (draft, next) in drafts.iter_mut().zip(next) {
        if let (Some(end), Some(next)) = (draft.end, next)
            && Some(next) > draft.start
        {
            draft.end = Some(end.min(next));
        }
    }
}

/// The document; several in a row, one on each line, are a list.
pub(super) fn value_of(text: &str) -> Result<Value, serde_json::Error> {
    match serde_json::from_str(text) {
        Err(error) if text.starts_with('{') && text.trim_end().contains('\n') => {
            let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
            let values = values.take(MAX_CUES).collect::<Result<Vec<_>, _>>().map_err(|_| error)?;
            Ok(Value::Array(values))
        }
        read => read,
    }
}

/// A member of a list; what is wrapped in an object of its own is unwrapped.
fn passage(value: &Value) -> Option<&Map<String, Value>> {
    let map = value.as_object()?;
    let alone = if map.len() == 1 { map.values().next()?.as_object() } else { None };
    Some(alone.unwrap_or(map))
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
            for map in list.iter().filter_map(passage).filter(|map| words(map).is_some()) {
                let group = groups.entry(path.to_owned()).or_default();
                timed |= is_timed(map);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Millis;

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
    fn forms_of_hosts_and_recognisers_are_read() {
        let said = |start, end, text: &str| (Some(start), Some(end), None, text.to_owned());
        let youtube = r#"{"wireMagic":"pb3","events":[{"tStartMs":0,"dDurationMs":9000,"id":1},
            {"tStartMs":1000,"dDurationMs":4000,"segs":[{"utf8":"one "},{"utf8":"tide","tOffsetMs":300}]},
            {"tStartMs":2500,"aAppend":1,"segs":[{"utf8":"\n"}]},
            {"tStartMs":3000,"dDurationMs":2000,"segs":[{"utf8":"goes out"}]}]}"#;
        assert_eq!(read(youtube), [said(1000, 3000, "one tide"), said(3000, 5000, "goes out")]);
        let list = r#"[{"text":"the tide","start":1.5,"duration":2.5},{"text":"goes out","start":"4","duration":"1"}]"#;
        assert_eq!(read(list), [said(1500, 4000, "the tide"), said(4000, 5000, "goes out")]);
        let chunks = r#"{"text":"…","chunks":[{"timestamp":[0.5,2.0],"text":" the tide"},{"timestamp":[2.0,null],"text":" goes"}]}"#;
        assert_eq!(read(chunks)[0], said(500, 2000, " the tide"));
        let inner = r#"{"a":{"segments":[{"transcriptSegmentRenderer":{"startMs":"1200","endMs":"2400","snippet":{"runs":[{"text":"好"},{"text":"的"}]}}}]}}"#;
        assert_eq!(read(inner), [said(1200, 2400, "好的")]);
        let azure = r#"{"recognizedPhrases":[{"offset":"PT1.5S","offsetInTicks":15000000.0,"durationInTicks":20000000.0,"speaker":1,"nBest":[{"display":"Good tide."}]}]}"#;
        let spoken = (Some(1500), Some(3500), Some("Speaker 1".into()), "Good tide.".into());
        assert_eq!(read(azure), [spoken]);
    }

    #[test]
    fn single_words_of_recognisers_become_sentences() {
        let amazon = r#"{"results":{"transcripts":[{"transcript":"The tide goes out."}],"items":[
            {"start_time":"0.5","end_time":"0.7","alternatives":[{"content":"The"}],"type":"pronunciation"},
            {"start_time":"0.7","end_time":"1.0","alternatives":[{"content":"tide"}],"type":"pronunciation"},
            {"start_time":"1.0","end_time":"1.2","alternatives":[{"content":"goes"}],"type":"pronunciation"},
            {"start_time":"1.2","end_time":"1.5","alternatives":[{"content":"out"}],"type":"pronunciation"},
            {"alternatives":[{"content":"."}],"type":"punctuation"}]}}"#;
        assert_eq!(read(amazon), [(Some(500), Some(1500), None, "The tide goes out.".into())]);
        let rev = r#"{"monologues":[{"speaker":0,"elements":[{"type":"text","value":"Out","ts":0.5,"end_ts":0.9},{"type":"punct","value":" "},
            {"type":"text","value":"it","ts":1.0,"end_ts":1.1},{"type":"punct","value":" "},{"type":"text","value":"goes","ts":1.1,"end_ts":1.5},{"type":"punct","value":"."}]}]}"#;
        let spoken = (Some(500), Some(1500), Some("Speaker 0".into()), "Out it goes.".into());
        assert_eq!(read(rev), [spoken]);
    }

    #[test]
    fn other_json_yields_nothing() {
        assert!(read(r#"{"a":[1,2,{"b":null}]}"#).is_empty());
        assert!(read("[]").is_empty());
    }
}
