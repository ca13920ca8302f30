//! Transcripts as XML: TTML (W3C) and the timed text of `YouTube` in its two forms.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};

use super::{cues::Draft, times};
use crate::model::Millis;

/// How much of a text is looked at for the root.
const LOOKED_AT: usize = 2000;

/// Most attributes of a tag that are looked at.
const MAX_ATTRIBUTES: usize = 64;

/// Whether a text is one of these forms, by its root.
pub(super) fn looks_like(text: &str) -> bool {
    let head: String = text.chars().take(LOOKED_AT).collect();
    head.starts_with('<')
        && head.split('<').skip(1).take(40).any(|tag| {
            let name: String =
                tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == ':').collect();
            matches!(local(&name), "tt" | "timedtext") || name == "transcript"
        })
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Reads the passages; what cannot be read as XML ends the reading, and what was read so far counts.
pub(super) fn cues(text: &str) -> Vec<Draft> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut passages = Passages::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => passages.open(&tag, false),
            Ok(Event::Empty(tag)) => passages.open(&tag, true),
            Ok(Event::End(tag)) => passages.close(local(tag.name().0)),
            Ok(Event::Text(run)) => passages.say(&run.into_inner()),
            Ok(Event::CData(run)) => passages.say(&run.into_inner()),
            Ok(Event::GeneralRef(name)) => passages.say(&resolved(&name)),
            Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_)) => {}
            Ok(Event::Eof) | Err(_) => break,
        }
    }
    passages.finish()
}

fn resolved(name: &str) -> String {
    let number = name.strip_prefix('#').and_then(|number| {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok());
        char::from_u32(code?)
    });
    match (number, resolve_html5_entity(name)) {
        (Some(c), _) => c.to_string(),
        (None, Some(text)) => text.to_owned(),
        (None, None) => format!("&{name};"),
    }
}

#[derive(Default)]
struct Passages {
    drafts: Vec<Draft>,
    open: Option<Draft>,
    /// Starts of the bodies and divisions around, in which times count.
    offsets: Vec<Millis>,
    /// Names of the speakers by their identifiers.
    names: HashMap<String, String>,
    /// The speaker whose name is being read.
    naming: Option<String>,
    clock: Clock,
}

impl Passages {
    fn open(&mut self, tag: &BytesStart<'_>, empty: bool) {
        let name = tag.name().0.to_owned();
        let name = local(&name);
        let attrs = attributes(tag);
        match name {
            "tt" => self.clock = Clock::of(&attrs),
            "agent" => self.naming = attrs.get("id").cloned(),
            "body" | "div" if !empty => {
                let begin = attrs.get("begin").and_then(|time| self.clock.read(time));
                self.offsets.push(begin.unwrap_or(0));
            }
            "br" => self.say("\n"),
            "p" | "text" => {
                self.end_passage();
                if !empty {
                    self.open = Some(self.passage(&attrs));
                }
            }
            "span" | "s" => {
                if let Some(open) = &mut self.open
                    && open.start.is_none()
                {
                    open.start = attrs.get("begin").and_then(|time| self.clock.read(time));
                }
            }
            _ => {}
        }
    }

    fn passage(&self, attrs: &HashMap<String, String>) -> Draft {
        let offset = self.offsets.iter().fold(0_u64, |sum, at| sum.saturating_add(*at));
        let time = |key: &str| attrs.get(key).and_then(|time| self.clock.read(time));
        let millis = |key: &str| times::millis(attrs.get(key)?.parse().ok()?);
        let seconds = |key: &str| times::seconds(attrs.get(key)?.parse().ok()?);
        let begin = time("begin").map(|at| at.saturating_add(offset));
        let start = begin.or_else(|| millis("t")).or_else(|| seconds("start"));
        let length = time("dur").or_else(|| millis("d")).or_else(|| seconds("dur"));
        let end = time("end").map(|at| at.saturating_add(offset));
        let end = end.or_else(|| Some(start?.saturating_add(length?)));
        let agent = attrs.get("agent").map(|id| self.names.get(id).unwrap_or(id).clone());
        Draft { start, end, speaker: agent, text: String::new() }
    }

    fn say(&mut self, words: &str) {
        if let Some(id) = &self.naming {
            let words = words.trim();
            if !words.is_empty() {
                self.names.insert(id.clone(), words.to_owned());
            }
        } else if let Some(open) = &mut self.open {
            open.text.push_str(words);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "agent" => self.naming = None,
            "p" | "text" => self.end_passage(),
            "body" | "div" => {
                self.offsets.pop();
            }
            _ => {}
        }
    }

    fn end_passage(&mut self) {
        if let Some(draft) = self.open.take() {
            // YouTube writes its entities twice.
            let text = super::tags::entities(&draft.text);
            self.drafts.push(Draft { text, ..draft });
        }
    }

    fn finish(mut self) -> Vec<Draft> {
        self.end_passage();
        self.drafts
    }
}

/// Attributes by their local names.
fn attributes(tag: &BytesStart<'_>) -> HashMap<String, String> {
    let mut all = tag.html_attributes();
    let some = all.with_checks(false).take(MAX_ATTRIBUTES).filter_map(Result::ok);
    some.map(|attr| (local(attr.key.0).to_owned(), attr.value.trim().to_owned())).collect()
}

/// How a file counts frames and ticks.
struct Clock {
    frames: f64,
    ticks: f64,
}

impl Default for Clock {
    fn default() -> Self {
        Self { frames: 30.0, ticks: 1.0 }
    }
}

impl Clock {
    fn of(attrs: &HashMap<String, String>) -> Self {
        let rate = |key: &str| attrs.get(key)?.parse::<f64>().ok().filter(|rate| *rate >= 1.0);
        let frames = rate("frameRate").unwrap_or(30.0);
        Self { frames, ticks: rate("tickRate").unwrap_or(1.0) }
    }

    /// `00:00:01.5`, `00:00:01:12` (frames), `1.5s`, `1500ms`, `90m`, `1h`, `36f`, `900t`.
    fn read(&self, text: &str) -> Option<Millis> {
        let text = text.trim();
        if text.contains(':') {
            let Some((whole, frames)) =
                text.rsplit_once(':').filter(|_| text.matches(':').count() == 3)
            else {
                return times::clock(text);
            };
            let part = frames.parse::<f64>().ok()? / self.frames * 1000.0;
            return Some(times::clock(whole)?.saturating_add(times::millis(part)?));
        }
        let unit_at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, unit) = text.split_at_checked(unit_at)?;
        let number: f64 = number.trim().parse().ok()?;
        times::seconds(match unit {
            "ms" => number / 1000.0,
            "s" | "" => number,
            "m" => number * 60.0,
            "h" => number * 3600.0,
            "f" => number / self.frames,
            "t" => number / self.ticks,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;

    type Said = (u64, u64, Option<String>, String);

    fn said(text: &str) -> Vec<Said> {
        let transcript = parse(text.as_bytes(), None).unwrap();
        transcript.cues.into_iter().map(|c| (c.start_ms, c.end_ms, c.speaker, c.text)).collect()
    }

    #[test]
    fn ttml_is_read_with_its_speakers_and_every_sort_of_time() {
        let text = r#"<?xml version="1.0" encoding="UTF-8"?>
            <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="x" xmlns:ttp="y" ttp:frameRate="25">
            <head><styling><style xml:id="s" color="white"/></styling>
            <metadata><ttm:agent xml:id="a1" type="person"><ttm:name type="full">林晚</ttm:name></ttm:agent></metadata></head>
            <body><div begin="10s">
            <p begin="00:00:01.500" end="00:00:02.000" ttm:agent="a1">潮水<br/>退了 &amp; 走</p>
            <p begin="1500ms" dur="0.5s"><span>又</span>来</p></div>
            <div><tt:p begin="00:01:00:05" end="75f">帧</tt:p></div></body></tt>"#;
        assert_eq!(
            said(text),
            [
                (11_500, 12_000, Some("林晚".into()), "潮水退了 & 走".into()),
                (11_500, 12_000, None, "又来".into()),
                (60_200, 60_200, None, "帧".into())
            ]
        );
    }

    #[test]
    fn timed_text_of_youtube_is_read_in_both_forms() {
        let first = r#"<?xml version="1.0"?><transcript><text start="0.5" dur="2">it&amp;#39;s</text><text start="3" dur="1.5">好</text></transcript>"#;
        assert_eq!(
            said(first),
            [(500, 2500, None, "it's".into()), (3000, 4500, None, "好".into())]
        );
        let third = r#"<?xml version="1.0"?><timedtext format="3"><body><w t="0"/><p t="500" d="1000">one <s t="200">two</s></p><p t="1500" a="1">
            </p></body></timedtext>"#;
        assert_eq!(said(third), [(500, 1500, None, "one two".into())]);
    }

    #[test]
    fn broken_xml_gives_what_stands_before_the_break() {
        assert_eq!(said("<tt><body><p begin=\"1s\">好</p><p begin=\"2s\">断").len(), 2);
        assert!(said("<tt>").is_empty());
    }
}
