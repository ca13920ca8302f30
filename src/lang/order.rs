//! What is said of filters, orders and of what was taken back.

use super::Tongue;
use crate::model::{Before, Change, EpisodeOrder, FilterProblem, Is, ShowOrder};

/// What is wrong with a filter, and what helps.
#[must_use]
pub fn filter_problem(tongue: Tongue, problem: &FilterProblem) -> String {
    let states = || Is::ALL.map(Is::word).join(" ");
    match (tongue, problem) {
        (_, FilterProblem::NoState(word)) if word.is_empty() => states(),
        (Tongue::Chinese, FilterProblem::NoState(word)) => {
            format!("没有「{word}」这种状态：{}", states())
        }
        (Tongue::English, FilterProblem::NoState(word)) => {
            format!("“{word}” is no state: {}", states())
        }
        (Tongue::Chinese, FilterProblem::NoLength(_)) => "时长写成 <30m、>2h、<1h30m".to_owned(),
        (Tongue::English, FilterProblem::NoLength(_)) => {
            "a length is written as <30m, >2h, <1h30m".to_owned()
        }
        (Tongue::Chinese, FilterProblem::NoValue(name)) => match name.as_str() {
            "#" | "tag" | "标签" => "写上标签，如 tag:科技".to_owned(),
            _ => "写上节目名里的字，如 show:晚点".to_owned(),
        },
        (Tongue::English, FilterProblem::NoValue(name)) => match name.as_str() {
            "#" | "tag" | "标签" => "name a tag, as tag:AI".to_owned(),
            _ => "name part of a show's title, as show:late".to_owned(),
        },
    }
}

/// What a state of episodes is called.
#[must_use]
pub fn state_name(tongue: Tongue, is: Is) -> &'static str {
    match is {
        Is::New => tongue.pick("新的", "new"),
        Is::Unplayed => tongue.pick("没听完的", "not heard"),
        Is::Played => tongue.pick("听过的", "heard"),
        Is::InProgress => tongue.pick("在听的", "in progress"),
        Is::Downloaded => tongue.pick("已下载的", "downloaded"),
        Is::Snipped => tongue.pick("有摘录的", "with snips"),
        Is::Starred => tongue.pick("加星的", "starred"),
        Is::Archived => tongue.pick("收起的", "put away"),
        Is::Queued => tongue.pick("队列里的", "in the queue"),
    }
}

/// What a filter by length finds: `<30m` is shorter than half an hour.
#[must_use]
pub fn length_name(tongue: Tongue, text: &str) -> String {
    let (shorter, length) = match text.strip_prefix('<') {
        Some(length) => (true, length),
        None => (false, text.trim_start_matches('>')),
    };
    match (tongue, shorter) {
        (Tongue::Chinese, true) => format!("不到 {length}"),
        (Tongue::Chinese, false) => format!("{length} 以上"),
        (Tongue::English, true) => format!("shorter than {length}"),
        (Tongue::English, false) => format!("longer than {length}"),
    }
}

/// What an order of episodes is called.
#[must_use]
pub fn order_name(tongue: Tongue, order: EpisodeOrder) -> &'static str {
    match order {
        EpisodeOrder::Newest => tongue.pick("新的在前", "newest first"),
        EpisodeOrder::Oldest => tongue.pick("旧的在前", "oldest first"),
        EpisodeOrder::Longest => tongue.pick("长的在前", "longest first"),
        EpisodeOrder::Shortest => tongue.pick("短的在前", "shortest first"),
        EpisodeOrder::Title => tongue.pick("按标题", "by title"),
        EpisodeOrder::Heard => tongue.pick("刚听过的在前", "last heard first"),
    }
}

/// What an order of shows is called.
#[must_use]
pub fn show_order_name(tongue: Tongue, order: ShowOrder) -> &'static str {
    match order {
        ShowOrder::Added => tongue.pick("按订阅先后", "as subscribed"),
        ShowOrder::Title => tongue.pick("按名称", "by title"),
        ShowOrder::Newest => tongue.pick("有新单集的在前", "newest episode first"),
        ShowOrder::Unplayed => tongue.pick("没听的多的在前", "most unheard first"),
    }
}

/// The same in the heading of the list.
#[must_use]
pub fn order_mark(tongue: Tongue, order: EpisodeOrder) -> &'static str {
    match order {
        EpisodeOrder::Newest => tongue.pick("新", "newest"),
        EpisodeOrder::Oldest => tongue.pick("旧", "oldest"),
        EpisodeOrder::Longest => tongue.pick("长", "longest"),
        EpisodeOrder::Shortest => tongue.pick("短", "shortest"),
        EpisodeOrder::Title => tongue.pick("标题", "title"),
        EpisodeOrder::Heard => tongue.pick("刚听", "heard"),
    }
}

/// The order of shows in the heading of the list.
#[must_use]
pub fn show_order_mark(tongue: Tongue, order: ShowOrder) -> &'static str {
    match order {
        ShowOrder::Added => tongue.pick("订阅", "added"),
        ShowOrder::Title => tongue.pick("名称", "title"),
        ShowOrder::Newest => tongue.pick("新", "newest"),
        ShowOrder::Unplayed => tongue.pick("没听", "unheard"),
    }
}

/// What was taken back.
#[must_use]
pub fn taken_back(tongue: Tongue, change: &Change) -> String {
    let count = change.before.count();
    let what = match (&change.before, tongue) {
        (Before::Positions(_), Tongue::Chinese) => format!("{count} 集的已听标记和进度"),
        (Before::Positions(_), Tongue::English) => format!("marks and positions of {count}"),
        (Before::Stars(_), _) => tongue.pick("加星", "the star").to_owned(),
        (Before::Archived(_) | Before::ShowArchived(..), _) => {
            tongue.pick("收起", "putting away").to_owned()
        }
        (Before::Tags(..), _) => tongue.pick("标签", "the tags").to_owned(),
        (Before::Queue(_), _) => tongue.pick("队列", "the queue").to_owned(),
        (Before::Subscribed(_), _) => tongue.pick("取消订阅", "unsubscribing").to_owned(),
        (Before::Snip(_), _) => tongue.pick("摘录的改动", "the change of the snip").to_owned(),
        (Before::NoSnip(_), _) => tongue.pick("留下的摘录", "the new snip").to_owned(),
        (Before::Kept(_) | Before::NotKept(_), _) => {
            tongue.pick("阅读清单", "the reading list").to_owned()
        }
        (Before::Skipped(..), _) => {
            tongue.pick("总是跳过这一章", "skipping the chapter").to_owned()
        }
        (Before::Filters(_), _) => tongue.pick("存下的筛选", "the kept filter").to_owned(),
        (Before::Downloaded(_), _) => tongue
            .pick("移除下载，正在重新下载", "removing the download; it is fetched again")
            .to_owned(),
    };
    let about = match (change.title.as_str(), tongue) {
        ("", _) => String::new(),
        (title, Tongue::Chinese) => format!("：《{title}》"),
        (title, Tongue::English) => format!(": {title}"),
    };
    match tongue {
        Tongue::Chinese => format!("已撤销 {what}{about}"),
        Tongue::English => format!("undone: {what}{about}"),
    }
}
