//! Lines that a page leaves in a text that was copied or saved from it: paths of templates, words of
//! buttons, lists of other articles below the end.

/// Suffixes of the pages and templates of web servers.
const PAGES: [&str; 8] = [".html", ".htm", ".shtml", ".php", ".tpl", ".jsp", ".aspx", ".asp"];
/// Lines that are a button and nothing else.
const BUTTONS: [&str; 24] = [
    "阅读原文",
    "閱讀原文",
    "跳转微信打开",
    "展开全文",
    "收起全文",
    "返回顶部",
    "返回首页",
    "打开App阅读",
    "打开APP阅读",
    "点击查看更多",
    "查看更多",
    "加载更多",
    "分享到微信",
    "分享到微博",
    "分享到朋友圈",
    "复制链接",
    "举报",
    "Skip to content",
    "Skip to main content",
    "Back to top",
    "Read more",
    "Copy link",
    "Share on Twitter",
    "Share on Facebook",
];
/// Lines under which a page lists other things, and how much of the text must stand before them, in
/// hundredths: an article may have a section of that name.
const ENDS: [(&str, usize); 22] = [
    ("相关文章", 40),
    ("相關文章", 40),
    ("相关推荐", 40),
    ("相關推薦", 40),
    ("推荐阅读", 60),
    ("推薦閱讀", 60),
    ("相关阅读", 60),
    ("猜你喜欢", 40),
    ("热门文章", 40),
    ("热门推荐", 40),
    ("最新文章", 50),
    ("相关标签", 60),
    ("发表评论", 60),
    ("全部评论", 60),
    ("网友评论", 60),
    ("跳转微信打开", 80),
    ("Related articles", 40),
    ("Related Articles", 40),
    ("Related posts", 40),
    ("Related Posts", 40),
    ("You may also like", 40),
    ("Leave a comment", 60),
];
/// Beginnings of what sites print below texts that they took from elsewhere.
const NOTICES: [&str; 14] = [
    "本文来自互联网用户投稿",
    "本文來自互聯網用戶投稿",
    "如若转载,",
    "如若转载，",
    "如若轉載,",
    "如若轉載，",
    "如若内容造成侵权",
    "如若內容造成侵權",
    "繁体地址,请注明出处",
    "繁體地址,請注明出處",
    "英文地址,请注明出处",
    "英文地址,請注明出處",
    "版权声明：本文为博主原创",
    "本文为博主原创文章，遵循",
];
/// Repeated lines at least this long are one line; shorter ones may be meant.
const REPEATED: usize = 8;

/// The text without the traces.
pub(super) fn without(lines: &[&str]) -> String {
    let all: usize = lines.iter().map(|line| line.trim().len()).sum();
    let (mut kept, mut seen, mut last) = (Vec::new(), 0, "");
    for line in lines {
        let trimmed = line.trim();
        seen += trimmed.len();
        let ends = ENDS.iter().any(|(end, share)| {
            trimmed.trim_end_matches([':', '：']) == *end && seen * 100 > all * share
        });
        if ends {
            break;
        }
        let repeats = trimmed == last && trimmed.chars().count() >= REPEATED;
        if !trimmed.is_empty() {
            last = trimmed;
        }
        if !(repeats || is_trace(trimmed)) {
            kept.push(*line);
        }
    }
    kept.join("\n")
}

/// What follows `原创` in a line that says who wrote a text and when.
pub(super) fn original(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("原创").or_else(|| line.strip_prefix("原創"))?;
    let rest = rest.strip_prefix([' ', '：', ':'])?.trim();
    let dated = rest.split_whitespace().skip(1).any(super::date::is_date);
    (dated && rest.chars().count() <= 60).then_some(rest)
}

fn is_trace(line: &str) -> bool {
    original(line).is_some()
        || BUTTONS.contains(&line)
        || NOTICES.iter().any(|notice| line.starts_with(notice))
        || is_path(line)
}

/// Whether a line is the path of a page or template and nothing else: `../a/b.html`, `index_1.html`.
pub(super) fn is_path(line: &str) -> bool {
    let path = |c: char| c.is_ascii_alphanumeric() || "./_-~".contains(c);
    line.len() <= 200
        && !line.contains("://")
        && !line.starts_with("www.")
        && line.chars().all(path)
        && PAGES.iter().any(|page| line.len() > page.len() && line.ends_with(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_buttons_and_lists_of_other_articles_go() {
        let body = "第一段，说的是电池的十年。".repeat(10);
        let text = format!(
            "{body}\nindex_new.html\n../a/tpl_b.html\n\n阅读原文\n{body}\n{body}\n相关文章\n\n别的文章"
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(without(&lines), format!("{body}\n\n{body}"));
    }

    #[test]
    fn what_an_article_says_stays() {
        let body = "很长的正文。".repeat(30);
        let text =
            format!("相关文章\nhttps://a.example/x.html\nsee index.html\n你好\n你好\n{body}");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(without(&lines), text);
    }
}
