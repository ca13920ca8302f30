//! Which language a page is in, as a BCP 47 tag.

use dom_query::Document as Tree;

use super::facts::Metas;

/// How much of a text is looked at, in characters.
const SAMPLE: usize = 4000;

/// The language that the page declares.
pub(super) fn declared(tree: &Tree, metas: &Metas) -> Option<String> {
    let root = tree.select_single("html");
    let root = root.attr("lang").or_else(|| root.attr("xml:lang")).map(|tag| tag.to_string());
    root.as_deref().and_then(tag).or_else(|| {
        metas
            .every(&["content-language", "og:locale", "inlanguage", "language", "dc.language"])
            .find_map(|value| tag(&value))
    })
}

/// `zh_CN`, ` ZH-cn `, `zh-CN,en` as `zh-CN`; `None` for what is no tag.
pub(super) fn tag(written: &str) -> Option<String> {
    let written = written.split([',', ';']).next().unwrap_or_default().trim().replace('_', "-");
    let mut parts = written.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_language = (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && !matches!(primary.as_str(), "und" | "utf");
    if !is_language {
        return None;
    }
    let mut tag = primary;
    for part in parts.take(3) {
        let is_part =
            (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if !is_part {
            break;
        }
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_ascii_uppercase()),
            4 => {
                let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
                tag.push_str(&first.to_ascii_uppercase());
                tag.push_str(&rest.to_ascii_lowercase());
            }
            _ => tag.push_str(&part.to_ascii_lowercase()),
        }
    }
    Some(tag)
}

/// Whether a few words are Chinese: ideographs without kana.
pub(super) fn has_ideographs(text: &str) -> bool {
    text.contains(|c: char| matches!(c, '\u{4E00}'..='\u{9FFF}'))
        && !text.contains(|c: char| matches!(c, '\u{3041}'..='\u{30FF}'))
}

/// `zh`, `ja` or `ko` where the characters of a text show it; other scripts are shared by too many.
pub(super) fn told_by(text: &str) -> Option<String> {
    let (mut ideographs, mut kana, mut hangul, mut letters) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars().take(SAMPLE) {
        match c {
            '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => ideographs += 1,
            '\u{3041}'..='\u{30FF}' => kana += 1,
            '\u{AC00}'..='\u{D7A3}' => hangul += 1,
            c if c.is_alphabetic() => letters += 1,
            _ => {}
        }
    }
    let all = ideographs + kana + hangul;
    // A Latin word has five letters where a Chinese one has two characters.
    if all * 4 < letters || all < 10 {
        return None;
    }
    let tag = if hangul * 2 > all {
        "ko"
    } else if kana * 10 > all {
        "ja"
    } else {
        "zh"
    };
    Some(tag.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_one_way() {
        for (written, normal) in [
            ("zh_CN", Some("zh-CN")),
            (" ZH-hans-cn ", Some("zh-Hans-CN")),
            ("en-us,zh", Some("en-US")),
            ("english", None),
            ("", None),
            ("{{lang}}", None),
        ] {
            assert_eq!(tag(written).as_deref(), normal, "{written}");
        }
    }

    #[test]
    fn scripts_that_belong_to_one_language_name_it() {
        assert_eq!(told_by("今天我们聊聊电池的十年 and GPT").as_deref(), Some("zh"));
        assert_eq!(told_by("今日は電池の話をしましょう、よろしく").as_deref(), Some("ja"));
        assert_eq!(told_by("안녕하세요 오늘은 배터리 이야기").as_deref(), Some("ko"));
        assert_eq!(told_by("a page about batteries 电池"), None);
    }
}
