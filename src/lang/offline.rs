//! How old a copy is, and what of an episode is here.

use super::Tongue;
use crate::model::{Completed, Part};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;
const MONTH: u64 = 30 * DAY;
const YEAR: u64 = 365 * DAY;

/// How long ago something was, in its largest unit: `3 天前`, `3 days ago`.
#[must_use]
pub fn age(tongue: Tongue, seconds: u64) -> String {
    let units = [
        (YEAR, "年", "year"),
        (MONTH, "个月", "month"),
        (DAY, "天", "day"),
        (HOUR, "小时", "hour"),
        (MINUTE, "分钟", "minute"),
    ];
    let Some((unit, chinese, english)) = units.into_iter().find(|(unit, ..)| seconds >= *unit)
    else {
        return tongue.pick("刚才", "just now").to_owned();
    };
    let count = seconds / unit;
    let plural = if count == 1 { "" } else { "s" };
    match tongue {
        Tongue::Chinese => format!("{count} {chinese}前"),
        Tongue::English => format!("{count} {english}{plural} ago"),
    }
}

/// What of an episode is here, in one line, and what is missing:
/// `《…》音频 ✓ 文稿 ✓ 文章 11/12 图片 40（1 张失败）；缺 …`.
#[must_use]
pub fn summary(tongue: Tongue, title: &str, all: &Completed) -> String {
    let mut parts = Vec::new();
    let things = [
        (&all.recording, "音频", "sound"),
        (&all.cover, "封面", "cover"),
        (&all.transcript, "文稿", "transcript"),
        (&all.chapters, "章节", "chapters"),
    ];
    for (part, chinese, english) in things {
        let name = tongue.pick(chinese, english);
        match part {
            Part::Absent => {}
            Part::Kept => parts.push(format!("{name} ✓")),
            Part::Failed(_) => parts.push(format!("{name} ✗")),
        }
    }
    let pages = all.articles + all.missing.len();
    if pages > 0 {
        parts.push(format!("{} {}/{pages}", tongue.pick("文章", "pages"), all.articles));
    }
    if all.pictures + all.pictures_failed > 0 {
        let failed = match (all.pictures_failed, tongue) {
            (0, _) => String::new(),
            (count, Tongue::Chinese) => format!("（{count} 张失败）"),
            (count, Tongue::English) => format!(" ({count} failed)"),
        };
        parts.push(format!("{} {}{failed}", tongue.pick("图片", "pictures"), all.pictures));
    }
    let parts = parts.join(" ");
    let line = match tongue {
        Tongue::Chinese => format!("《{title}》{parts}"),
        Tongue::English => format!("{title}: {parts}"),
    };
    match missing(tongue, all) {
        Some(why) => format!("{line}{}{why}", tongue.pick("；", "; ")),
        None => line,
    }
}

/// Why something is not here, or which pages are not: a reason is too long to stand behind each.
fn missing(tongue: Tongue, all: &Completed) -> Option<String> {
    let parts = [&all.recording, &all.transcript, &all.chapters];
    let failed = parts.into_iter().find_map(|part| match part {
        Part::Failed(why) => Some(why.clone()),
        Part::Absent | Part::Kept => None,
    });
    let pages = || {
        let url = &all.missing.first()?.url;
        let name = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        Some(match (all.missing.len(), tongue) {
            (1, Tongue::Chinese) => format!("缺 {name}"),
            (count, Tongue::Chinese) => format!("缺 {name} 等 {count} 篇"),
            (1, Tongue::English) => format!("missing {name}"),
            (count, Tongue::English) => format!("missing {name} and {} more", count - 1),
        })
    };
    failed.or_else(pages)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Missing;

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let told = |seconds| (age(Tongue::Chinese, seconds), age(Tongue::English, seconds));
        for (seconds, chinese, english) in [
            (0, "刚才", "just now"),
            (59, "刚才", "just now"),
            (60, "1 分钟前", "1 minute ago"),
            (2 * HOUR + 5, "2 小时前", "2 hours ago"),
            (3 * DAY, "3 天前", "3 days ago"),
            (65 * DAY, "2 个月前", "2 months ago"),
            (u64::MAX, "584942417355 年前", "584942417355 years ago"),
        ] {
            assert_eq!(told(seconds), (chinese.to_owned(), english.to_owned()));
        }
    }

    #[test]
    fn a_summary_counts_what_is_here_and_names_what_is_not() {
        let mut all = Completed {
            recording: Part::Kept,
            transcript: Part::Kept,
            articles: 11,
            pictures: 40,
            pictures_failed: 1,
            ..Completed::default()
        };
        let why = "there is nothing at this address (404)".to_owned();
        let page = Missing { url: "https://a.example/x".into(), why, lasting: true };
        all.missing.push(page.clone());
        assert_eq!(
            summary(Tongue::Chinese, "灯塔", &all),
            "《灯塔》音频 ✓ 文稿 ✓ 文章 11/12 图片 40（1 张失败）；缺 a.example/x"
        );
        all.missing.push(page);
        assert_eq!(
            summary(Tongue::English, "Lights", &all),
            "Lights: sound ✓ transcript ✓ pages 11/13 pictures 40 (1 failed); missing a.example/x and 1 more"
        );
    }
}
