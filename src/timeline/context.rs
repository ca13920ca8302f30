//! Words around a code that say what it is: the heading of a timeline, a clock time, a verse, the
//! programme of an event. Word lists in Chinese and English, because notes are written for people.

/// Headings of timelines, lower case, without white space.
const HEADINGS: &str = "时间轴|時間軸|时间线|時間線|时间戳|时间点|时间码|时间索引|进度条|章节|章節|本期内容\
    |本期內容|本期剧透|本期導航|本期导航|本期重點|本期重点|本期话题|本期要点|节目内容\
    |節目內容|内容提要|內容提要|内容摘要|内容索引|内容大纲|节目摘要|节目大纲|收听指南\
    |收听指北|收聽指南|主要话题|主要内容|主要內容|你将听到|你将会听到|摘要|timeline\
    |timestamp|timecode|chapters|highlight|outline|topicsinclude";

/// Words that announce a timeline when a code follows in the same line.
const ANNOUNCEMENTS: &str = "听到|聊了|聊到|内容|話題|话题|看点|亮点|要点|索引|目录|目錄|大纲|导航|片段|精彩|in this episode|\
    rundown|contents|segments";

/// Whether the words right before a code only announce it: `本期你会听到：00:00 开场`.
pub(super) fn is_announcement(before: &str) -> bool {
    let before = before.trim();
    let text = before.trim_end_matches(['：', ':', '】', '｜', '|']).to_lowercase();
    text.len() < before.len()
        && text.chars().count() <= 16
        && ANNOUNCEMENTS.split('|').any(|word| text.contains(word))
}

/// Whether a line, or the words before a code, announce a timeline.
pub(super) fn is_heading(text: &str) -> bool {
    if text.len() > 200 {
        return false;
    }
    let folded: String =
        text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    folded.chars().count() <= 32 && HEADINGS.split('|').any(|word| folded.contains(word))
}

const CLOCK_ENDS: &str = "早上|上午|中午|下午|晚上|今晚|明晚|当晚|凌晨|傍晚|清晨|早|晚|午间|夜里|每天|每日\
    |周一|周二|周三|周四|周五|周六|周日|周末|星期一|星期二|星期三|星期四|星期五|星期六\
    |星期日|星期天|北京时间|当地时间|时长|时长约|总时长|duration|runtime|length|uhr";

/// Whether the words before a code make it a time of day, or the length of something.
pub(super) fn is_clock(before: &str) -> bool {
    let before =
        before.trim_end_matches(|c: char| c.is_whitespace() || "：:（(）)\"“”'，,~-–—".contains(c));
    let tail = tail(before, 12).to_lowercase();
    let weekday = tail
        .strip_suffix(|c| "一二三四五六日天末".contains(c))
        .is_some_and(|rest| rest.ends_with(['周', '週']) || rest.ends_with("礼拜"));
    weekday || CLOCK_ENDS.split('|').any(|word| tail.ends_with(word)) || ends_with_date(&tail)
}

/// `9月2日`, `31号`, `2025.2.22`, `2024-04-12`, `4/12`, `Monday`, `June 3rd`.
fn ends_with_date(tail: &str) -> bool {
    if tail.ends_with(['日', '号', '號', '年']) {
        let rest = tail.trim_end_matches(['日', '号', '號', '年']);
        return rest.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    }
    let word =
        tail.rsplit(|c: char| c.is_whitespace() || c > '\u{2e7f}').next().unwrap_or_default();
    if ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "daily"]
        .iter()
        .any(|day| word.starts_with(day))
        || (word == "at" && !tail.contains("starts at"))
    {
        return word != "at" || tail.contains("day at") || tail.contains("m at");
    }
    let head = tail.get(..tail.len() - word.len()).unwrap_or_default().trim_end();
    let named = head.ends_with(|c: char| c.is_ascii_alphabetic());
    let word = word.trim_start_matches(|c: char| "[(（【".contains(c));
    let parts: Vec<Option<u32>> = word
        .split(['.', '-', '/'])
        .map(|p| if p.len() <= 4 { p.parse().ok() } else { None })
        .collect();
    match parts.as_slice() {
        // `Claude 3.5`, `Rust 1.66.0` are versions.
        [Some(a), Some(b), Some(c)] => {
            let year = |n: &u32| (1900..2200).contains(n);
            let day = |n: &u32| (1..=31).contains(n);
            let full = (year(a) && day(b) && day(c)) || (day(a) && day(b) && year(c));
            full || (!named && day(a) && day(b) && day(c))
        }
        [Some(a), Some(b)] => !named && *a > 0 && *b > 0 && *a <= 31 && *b <= 31,
        _ => false,
    }
}

const PROGRAMME: &str = "开门|演出|散场|集合|报到|开幕|闭幕|颁奖|晚宴|午餐|自由活动|合影|doors|lunch|dinner|时刻表|班车|航班|直播时间|开播|作息|起床|开抢|闭馆|timetable|opening hours|日程|流程|议程|活动安排|时间安排|安排如下|签到|入场|午休|茶歇|报名|营业时间|开放时间\
    |购票|场次|schedule|agenda|programme|check-in|registration|doors open|lunch break\
    |coffee break|地点：|地点:|地址：";

/// Whether a line belongs to the programme of an event or to opening hours.
pub(super) fn is_programme(text: &str) -> bool {
    let text = tail(text, 400).to_lowercase();
    PROGRAMME.split('|').any(|word| text.contains(word))
}

/// Whether the words right behind a code say that it is a reference: `16:23 处有错误`, `12:00 左右`.
pub(super) fn is_reference(behind: &str) -> bool {
    reference(behind).is_some()
}

/// As [`is_reference`], for a code that begins its line, where `开始设计游戏` is a title: what follows
/// has to go on like a remark.
pub(super) fn is_remark(behind: &str) -> bool {
    reference(behind).is_some_and(|rest| {
        let next = rest.chars().next();
        next.is_none_or(|c| !c.is_alphanumeric() || "有的提说应是为口出错更".contains(c))
    })
}

/// What follows the word of a reference.
fn reference(behind: &str) -> Option<&str> {
    const WORDS: &str = "处|處|左右|开始|之前|之后|以后|前后|的时候|分钟处|位置|勘误|更正";
    let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || "]】)）」".contains(c));
    WORDS.split('|').find_map(|word| behind.strip_prefix(word))
}

/// Whether a line is the heading of a list of music, whose codes say when a piece is heard.
pub(super) fn is_music(text: &str) -> bool {
    const WORDS: &str = "音乐|音樂|bgm|配乐|配樂|歌单|歌單|曲目|歌曲|插曲|music|song|track|soundtrack\
    |playlist|♪";
    let folded = text.trim().to_lowercase();
    folded.chars().count() <= 24
        && !folded.chars().any(|c| c.is_ascii_digit())
        && WORDS.split('|').any(|word| folded.contains(word))
}

/// The last characters of a text.
pub(super) fn tail(text: &str, chars: usize) -> &str {
    let start = text.char_indices().rev().nth(chars.saturating_sub(1)).map_or(0, |(at, _)| at);
    text.get(start..).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_known_by_the_words_before_them() {
        for text in [
            "更新时间：每周三早上",
            "9月2日 ",
            "新加坡站2025.2.22星期六 ",
            "4月10日起，每周三",
            "节目将于5.1中午",
            "（7月15日 ",
            "每週三 ",
            "[2026/1/1 ",
            "duration: \"",
            "时间：4/12 ",
            "Friday at ",
        ] {
            assert!(is_clock(text), "{text}");
        }
        for text in
            ["直接跳转到", "正片从 ", "Intro ", "尾声（", "第一部分", "《红楼梦》", "starts at "]
        {
            assert!(!is_clock(text), "{text}");
        }
    }

    #[test]
    fn headings_of_timelines_are_short() {
        assert!(is_heading("【时间轴】"));
        assert!(is_heading("highlig  hts"));
        assert!(!is_heading(&"本期内容非常丰富".repeat(9)));
        assert!(!is_heading("剪辑：甜食"));
    }
}
