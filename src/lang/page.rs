//! What is said about pages: why one cannot be shown, what helps, how far it is read.

use super::{Tongue, age};
use crate::model::{Millis, PageProblem};

/// Why a page cannot be shown, in few words.
#[must_use]
pub fn problem(tongue: Tongue, problem: PageProblem) -> &'static str {
    let (chinese, english) = match problem {
        PageProblem::Other => ("这一页打不开", "This page cannot be opened"),
        PageProblem::Unreachable => ("连不上这个网站", "The site cannot be reached"),
        PageProblem::Slow => ("网站太久没有回答", "The site did not answer in time"),
        PageProblem::Busy => ("网站自己出了问题", "The site has trouble of its own"),
        PageProblem::Refused => {
            ("网站要登录或付费，或不让看", "The site asks for a login or a payment")
        }
        PageProblem::Gone => ("这个地址没有网页", "There is no page at this address"),
        PageProblem::Blocked => {
            ("网站要先验证不是机器人", "The site first wants to see that you are no robot")
        }
        PageProblem::Deleted => ("这一页已被删除", "This page was deleted"),
        PageProblem::NoText => ("没有找到正文", "No text was found in this page"),
        PageProblem::NotText => {
            ("这不是文章，是别的文件", "This is no article but another kind of file")
        }
        PageProblem::Private => {
            ("链接指向本机或内网", "The link leads to this machine or a private network")
        }
    };
    tongue.pick(chinese, english)
}

/// What a command does for somebody whose page did not open; empty for one that does nothing for them.
#[must_use]
pub fn offer(tongue: Tongue, command: &str) -> &'static str {
    let (chinese, english) = match command {
        "refresh" => ("再试一次", "try again"),
        "browser" => ("在浏览器中打开", "open in the browser"),
        "archived" => ("看网页存档里的版本", "the copy in a web archive"),
        "whole_page" => ("看整页", "the whole page"),
        "article_back" => ("返回", "back"),
        _ => ("", ""),
    };
    tongue.pick(chinese, english)
}

/// How old a kept copy is: `3 天前的副本`.
#[must_use]
pub fn copy_of(tongue: Tongue, seconds: u64) -> String {
    match tongue {
        Tongue::Chinese => format!("{}的副本", age(tongue, seconds)),
        Tongue::English => format!("copy, {}", age(tongue, seconds)),
    }
}

/// How long the rest takes to read: `剩 6 分钟`; at the beginning `约 6 分钟`.
#[must_use]
pub fn minutes_left(tongue: Tongue, left: Millis, at_beginning: bool) -> String {
    let minutes = left.div_ceil(60_000).max(1);
    match (tongue, at_beginning) {
        (Tongue::Chinese, true) => format!("约 {minutes} 分钟"),
        (Tongue::Chinese, false) => format!("剩 {minutes} 分钟"),
        (Tongue::English, true) => format!("{minutes} min"),
        (Tongue::English, false) => format!("{minutes} min left"),
    }
}

/// Which match of how many a search stands on: `查找「灯塔」 3/17`.
#[must_use]
pub fn found(tongue: Tongue, query: &str, current: usize, count: usize) -> String {
    match tongue {
        Tongue::Chinese => format!("「{query}」 {current}/{count}"),
        Tongue::English => format!("“{query}” {current}/{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn less_than_a_minute_is_one() {
        assert_eq!(minutes_left(Tongue::Chinese, 1, false), "剩 1 分钟");
        assert_eq!(minutes_left(Tongue::English, 60_001, true), "2 min");
    }
}
