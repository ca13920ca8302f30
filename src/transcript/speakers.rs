//! Names before a colon: `林晚：好`, `Travis: When …`, `>> ANN: …`. Not every word before a colon is one.

use std::collections::HashMap;

use super::cues::{Draft, is_cjk, tally};

/// Words before a colon that are never a name, however often they come.
const NEVER: &str = "注意 例如 比如 比方说 譬如 结论 总结 提示 备注 链接 地址 时间 日期 标题 来源 \
    原文 其中 包括 首先 其次 最后 第一 第二 第三 方法 方案 方向 任务 金句 周期 安全 问题 答案 关键词 嘉宾介绍 时间线 也就是说 换句话说 他说 她说 我说 \
    你说 所以 但是 因为 然后 就是 附录 note warning example chapter tip \
    summary http https today and but so the update spoiler ps p.s re break";

/// Characters of running text: a longer label with one of them is a sentence.
const RUNNING: &str = "的了是我你他她它这那就在说问道想觉得要会有没不们什么吗呢";

/// Single characters that begin most Chinese names.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程\
    苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// Words that stand for a person.
const ROLES: &str = "主播 嘉宾 主持人 主持 旁白 记者 发言人 说话人 受访者 听众 host guest \
    speaker narrator";

/// Where fewer than one in so many passages begin with a name, no word that only comes again is one.
const SELDOM: usize = 60;

/// What stands in brackets before words without being a name.
const SOUNDS: &str = "music applause laughter laughs laughing inaudible crosstalk noise silence pause \
    sound intro outro ad ads sic 音乐 笑 笑声 掌声 停顿 片头 片尾 广告 听不清";

/// Moves names from the beginning of the texts to the speakers, where the texts as a whole show that
/// they are names: they come again, or one alone has the shape of a name.
pub(super) fn take_from_texts(drafts: &mut [Draft]) {
    let counts = tally(
        drafts.iter().filter(|d| d.speaker.is_none()).filter_map(|d| Some(label(&d.text)?.0)),
    );
    for draft in drafts.iter_mut() {
        // `>>` marks a change of speaker in captions; nobody says it.
        if let Some(rest) = draft.text.strip_prefix(">>") {
            draft.text = rest.trim_start_matches('>').trim_start().to_owned();
        }
    }
    if counts.is_empty() {
        return;
    }
    // One name alone may be a word of the text. In a conversation it is not.
    let shaped: usize =
        counts.iter().filter(|(name, _)| has_shape_of_name(name)).map(|(_, count)| count).sum();
    let repeated: usize =
        counts.iter().filter(|(name, n)| is_repeated_name(name, **n)).map(|(_, count)| count).sum();
    // A word that comes twice in a long text is none either: in a conversation names come often.
    let often = repeated.saturating_mul(SELDOM) >= drafts.len();
    let conversation = (repeated > 0 && often) || shaped.saturating_mul(2) >= drafts.len();
    let counts = if often { counts } else { HashMap::new() };
    for draft in drafts.iter_mut().filter(|draft| draft.speaker.is_none()) {
        let Some((name, rest)) = label(&draft.text) else { continue };
        if is_believed(name, &counts, conversation) {
            let (name, rest) = (clean_name(name), rest.to_owned());
            draft.speaker = Some(name);
            draft.text = rest;
        } else if draft.text.starts_with("**") {
            draft.text = draft.text.replace("**", "");
        }
    }
}

/// A name without the colon and the marks around it.
pub(super) fn clean_name(name: &str) -> String {
    name.trim().trim_end_matches([':', '：']).trim_matches(['*', '_', ' ', '[', ']']).to_owned()
}

/// What stands before the first colon and what follows, if it could be a name at all.
fn label(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['>', '-', ' ']);
    if let Some(found) = bracketed(text) {
        return Some(found);
    }
    let (name, rest) = if let Some(inner) = text.strip_prefix("**") {
        // Markdown: `**Ann:** words` and `**Ann**: words`.
        let (name, rest) = inner.split_once("**")?;
        match name.trim_end().strip_suffix([':', '：']) {
            Some(name) => (name, rest),
            None => (name, rest.trim_start().strip_prefix([':', '：'])?),
        }
    } else {
        let at = text.find([':', '：'])?;
        let (name, rest) = text.split_at_checked(at)?;
        (name, rest.get(rest.chars().next()?.len_utf8()..)?)
    };
    let name = name.trim();
    let rest = rest.trim();
    let latin_glued =
        !rest.is_empty() && text.contains(&format!("{name}:{rest}")) && name.is_ascii();
    // `10:30` and `core::fmt` are no labels.
    if latin_glued && (name.ends_with(|c: char| c.is_ascii_digit()) || rest.starts_with([':', '/']))
    {
        return None;
    }
    could_be_name(name).then_some((name, rest))
}

/// `[Ann] words`, `【林晚】words`; what makes a sound in brackets is no name.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix(['[', '【'])?;
    let (name, rest) = inner.split_once([']', '】'])?;
    let rest = rest.trim_start_matches([':', '：', ' ']);
    let lower = name.trim().to_lowercase();
    let sound = SOUNDS.split(' ').any(|sound| lower.split_whitespace().any(|word| word == sound));
    let big = name.starts_with(|c: char| c.is_uppercase() || is_cjk(c));
    (!rest.is_empty() && big && !sound && could_be_name(name.trim())).then_some((name.trim(), rest))
}

/// Whether a few words can be a name at all.
pub(super) fn could_be_name(name: &str) -> bool {
    let length = name.chars().count();
    if length == 0 || NEVER.split(' ').any(|word| word == name.to_lowercase()) {
        return false;
    }
    if name.chars().any(|c| "，。！？、；“”《》,;!?\"<>/=@#…".contains(c)) {
        return false;
    }
    if !name.chars().any(char::is_alphabetic) {
        return false;
    }
    if name.chars().any(is_cjk) {
        return length <= 12;
    }
    length <= 40
        && name.split_whitespace().count() <= 4
        && name.split_whitespace().all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || c == '(')
                || ["de", "van", "von", "der", "da", "of", "la", "and", "&"].contains(&word)
                || name == word
        })
}

fn is_believed(name: &str, counts: &HashMap<String, usize>, conversation: bool) -> bool {
    counts.get(name).is_some_and(|count| is_repeated_name(name, *count))
        || (conversation && has_shape_of_name(name))
}

fn is_repeated_name(name: &str, count: usize) -> bool {
    let running = name.chars().count() > 1 && name.chars().any(|c| RUNNING.contains(c));
    count >= 2 && !running
}

pub(super) fn has_shape_of_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    if ROLES.split(' ').any(|role| lower.starts_with(role)) {
        return true;
    }
    if name.chars().all(is_cjk) {
        return (2..=3).contains(&name.chars().count())
            && name.chars().next().is_some_and(|first| SURNAMES.contains(first));
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    words.len() <= 3
        && words.iter().all(|word| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase)
                && word.chars().count() > 1
                && letters.all(|c| c.is_alphabetic() || ".-'’".contains(c))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(texts: &[&str]) -> Vec<(Option<String>, String)> {
        let mut drafts: Vec<Draft> = texts
            .iter()
            .map(|text| Draft { text: (*text).to_owned(), ..Draft::default() })
            .collect();
        take_from_texts(&mut drafts);
        drafts.into_iter().map(|d| (d.speaker, d.text)).collect()
    }

    fn names(texts: &[&str]) -> Vec<Option<String>> {
        named(texts).into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn a_name_comes_again_or_looks_like_one() {
        assert_eq!(
            named(&["小鹿：你好", "我问：为什么", "小鹿：再见", "周南：好"]),
            [
                (Some("小鹿".into()), "你好".into()),
                (None, "我问：为什么".into()),
                (Some("小鹿".into()), "再见".into()),
                (Some("周南".into()), "好".into())
            ]
        );
        assert_eq!(names(&["Travis: When you start"]), [Some("Travis".to_owned())]);
        assert_eq!(names(&["Speaker 1: yes", "发言人2：好"]).iter().flatten().count(), 2);
    }

    #[test]
    fn captions_mark_names_in_their_own_ways() {
        let said = named(&[">> ANN: Hello.", ">> Yes.", "- Bo: No.", ">> ANN: Well.", "- Bo: Hm."]);
        assert_eq!(said.first(), Some(&(Some("ANN".into()), "Hello.".into())));
        assert_eq!(said.get(1), Some(&(None, "Yes.".into())));
        assert_eq!(said.get(4), Some(&(Some("Bo".into()), "Hm.".into())));
        let brackets = ["[Ann] Hello.", "[Music] la", "[Ann] Bye.", "[Music] la", "【林晚】好"];
        let found = names(&brackets);
        let wanted = [Some("Ann".to_owned()), None, Some("Ann".to_owned()), None];
        assert_eq!(found.get(..4), Some(&wanted[..]));
    }

    #[test]
    fn a_word_that_comes_twice_in_a_long_talk_is_no_speaker() {
        let mut texts = vec!["潮水慢慢地退下去，我们接着往前走"; 300];
        texts[20] = "优点：快";
        texts[90] = "优点：省";
        assert!(names(&texts).iter().all(Option::is_none));
        for at in (0..300).step_by(30) {
            texts[at] = "阿鹿：好";
        }
        assert_eq!(names(&texts).iter().flatten().filter(|name| *name == "阿鹿").count(), 10);
    }

    #[test]
    fn other_words_before_a_colon_are_no_speakers() {
        let texts = [
            "注意：小心",
            "注意：再小心",
            "https://example.org/a",
            "at 10:30 we meet",
            "10:30 we meet",
            "这里有三点，第一：快",
            "he said: no",
            "Note: this",
            "core::fmt is there",
            "结论：好",
        ];
        assert!(names(&texts).iter().all(Option::is_none), "{:?}", names(&texts));
    }
}
