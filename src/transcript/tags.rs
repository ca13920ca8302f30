//! Marks inside the words of a subtitle: voices, styles, ruby, karaoke times, entities.

/// A piece of text said by one voice.
#[derive(Debug, PartialEq)]
pub(super) struct Voice {
    pub(super) name: Option<String>,
    pub(super) text: String,
}

/// Splits the words of a cue at its voices (`<v.class 名字>`), with all tags taken off and entities
/// resolved. What looks like a tag but is none (`a < b`) stays.
pub(super) fn voices(words: &str) -> Vec<Voice> {
    let mut voices = vec![Voice { name: None, text: String::new() }];
    let mut rest = words;
    while let Some(at) = rest.find(['<', '{']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        push(&mut voices, before);
        let Some((tag, after)) = tag_of(from) else {
            let mut chars = from.chars();
            if let Some(sign) = chars.next() {
                push(&mut voices, sign.encode_utf8(&mut [0; 4]));
            }
            rest = chars.as_str();
            continue;
        };
        if let Some(voice) = voice(tag) {
            voices.push(voice);
        } else if tag == "/v" {
            voices.push(Voice { name: None, text: String::new() });
        } else if tag.trim_end_matches('/').trim().eq_ignore_ascii_case("br") {
            push(&mut voices, "\n");
        }
        rest = after;
    }
    push(&mut voices, rest);
    for voice in &mut voices {
        voice.text = entities(&voice.text);
        voice.name = voice.name.as_deref().map(entities);
    }
    voices.retain(|voice| !voice.text.trim().is_empty());
    voices
}

fn push(voices: &mut [Voice], text: &str) {
    if let Some(voice) = voices.last_mut() {
        voice.text.push_str(text);
    }
}

/// The inside of the tag that a text begins with, and what follows it. `{\an8}` is one of `SubRip`'s.
fn tag_of(text: &str) -> Option<(&str, &str)> {
    const LONGEST: usize = 400;
    let (inside, close) = match text.strip_prefix('<') {
        Some(inside) => (inside, '>'),
        None => (text.strip_prefix('{').filter(|inside| inside.starts_with('\\'))?, '}'),
    };
    let first = inside.chars().next()?;
    if close == '>' && !(first.is_ascii_alphanumeric() || first == '/') {
        return None;
    }
    let end = inside.char_indices().take(LONGEST).find(|(_, c)| *c == close || *c == '\n')?;
    let (tag, after) = inside.split_at_checked(end.0)?;
    Some((tag, after.strip_prefix(close)?))
}

/// `v`, `v.loud`, `v 名字`, `v.loud 名字`: a voice that has not spoken yet.
fn voice(tag: &str) -> Option<Voice> {
    let rest = tag.strip_prefix('v')?;
    if !(rest.is_empty() || rest.starts_with(['.', ' ', '\t'])) {
        return None;
    }
    let name = rest.split_once(char::is_whitespace).map_or("", |(_, name)| name).trim();
    let name = (!name.is_empty()).then(|| name.to_owned());
    Some(Voice { name, text: String::new() })
}

/// Resolves character references; unknown ones stay as they stand.
pub(super) fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.push_str(before);
        let end = from.char_indices().take(32).find(|(_, c)| *c == ';').map(|(at, _)| at + 1);
        let resolved = end.and_then(|end| {
            let (reference, after) = from.split_at_checked(end)?;
            let text = quick_xml::escape::unescape_with(reference, html_name).ok()?;
            Some((text.into_owned(), after))
        });
        if let Some((text, after)) = resolved {
            out.push_str(&text);
            rest = after;
        } else {
            out.push('&');
            rest = from.strip_prefix('&').unwrap_or_default();
        }
    }
    out.push_str(rest);
    out
}

/// The names that occur in subtitles; direction marks are for the screen and are left out.
fn html_name(name: &str) -> Option<&'static str> {
    Some(match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        "nbsp" => " ",
        "lrm" | "rlm" | "zwj" | "zwnj" | "shy" => "",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "middot" => "·",
        "copy" => "©",
        "times" => "×",
        "eacute" => "é",
        "egrave" => "è",
        "auml" => "ä",
        "ouml" => "ö",
        "uuml" => "ü",
        "szlig" => "ß",
        "ccedil" => "ç",
        "ntilde" => "ñ",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &str) -> String {
        voices(words).into_iter().map(|voice| voice.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn tags_go_and_words_stay() {
        assert_eq!(
            text("<c.red>红</c> <b>粗</b><00:01.500>后 <ruby>漢<rt>kan</rt></ruby>"),
            "红 粗后 漢kan"
        );
        assert_eq!(text("a < b 和 c > d，<3"), "a < b 和 c > d，<3");
        assert_eq!(text("{\\an8}上{不是标记}"), "上{不是标记}");
        assert_eq!(text("x &amp;lt; &unknown; & &#20320;&#x597d;"), "x &lt; &unknown; & 你好");
        assert_eq!(text("<v It's open"), "<v It's open");
    }

    #[test]
    fn each_voice_has_its_words() {
        let found = voices("<v.loud Joe &amp; Ann>That's it</v> <v 林晚>好");
        let names: Vec<_> = found.iter().map(|v| v.name.as_deref()).collect();
        assert_eq!(names, [Some("Joe & Ann"), Some("林晚")]);
    }
}
