//! When a page was published and by whom, where the head does not say it: in the text around the
//! title, as Chinese sites write it.

use dom_query::Document as Tree;

use super::date;
use super::facts::Metas;
use crate::text::clean_line;

const DATES: [&str; 24] = [
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "published_time",
    "article.published",
    "parsely-pub-date",
    "sailthru.date",
    "weibo:article:create_at",
    "bytedance:published_time",
    "apub:time",
    "dcterms.created",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "date",
];
/// Elements that hold little but a date.
const DATED: &str = "[itemprop=datePublished], time[pubdate], article time, header time, time, \
    [class*=pub-time], [class*=pubtime], [class*=publish], [class*=post-date], [class*=article-time], \
    [class*=date], [class*=time], [id*=pubtime], [id*=time], [class*=source], [class*=info]";
/// Elements that hold little but a name.
const NAMED: &str = "[itemprop=author] [itemprop=name], [itemprop=author], [rel=author], \
    .author-name, .byline-name, .byline__name, .author a, .byline a, .author, .byline, \
    [class*=author], [class*=editor], [class*=source], [class*=info]";
/// A longer text is not just a date or a name.
const MAX_LENGTH: usize = 160;
/// How many elements are looked at.
const MAX_ELEMENTS: usize = 60;

/// The date as the page writes it.
pub(super) fn find(tree: &Tree, metas: &Metas) -> Option<String> {
    let named = metas.every(&DATES).find(|written| date::is_date(written));
    named.or_else(|| metas.first(&DATES)).or_else(|| in_text(tree))
}

fn in_text(tree: &Tree) -> Option<String> {
    for node in tree.select(DATED).nodes().iter().take(MAX_ELEMENTS) {
        for name in ["datetime", "content"] {
            let value = node.attr(name).map(|value| clean_line(&value));
            if let Some(value) = value.filter(|value| date::is_date(value)) {
                return Some(value);
            }
        }
        let text = clean_line(&node.text());
        if text.len() <= MAX_LENGTH
            && let Some(found) = date_in(&text)
        {
            return Some(found);
        }
    }
    None
}

/// A date with a year, a month and a day of digits in a short text, with the time behind it.
fn date_in(text: &str) -> Option<String> {
    if text.len() <= 40 && date::is_date(text) {
        return Some(text.to_owned());
    }
    let start = text.match_indices("20").find_map(|(at, _)| {
        let rest = text.get(at..)?;
        let year = rest.bytes().take(5).filter(u8::is_ascii_digit).count() == 4;
        let mark = rest.get(4..)?.starts_with(['-', '年', '/', '.']);
        (year && mark).then_some(at)
    })?;
    let rest = text.get(start..)?;
    let belongs = |c: char| c.is_ascii_digit() || "-年月日/.: ".contains(c);
    let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
    let found = rest.get(..end)?.trim();
    date::is_date(found).then(|| found.to_owned())
}

/// The author as the text names him: an element for it, or `作者：林夏`.
pub(super) fn author(tree: &Tree) -> Option<String> {
    for node in tree.select(NAMED).nodes().iter().take(MAX_ELEMENTS) {
        let text = clean_line(&node.text());
        if text.is_empty() || text.len() > MAX_LENGTH {
            continue;
        }
        if let Some(name) = labelled(&text) {
            return Some(name);
        }
        let is_mixed = node.is("[class*=source], [class*=info], [class*=editor]");
        if !is_mixed && !text.contains(['：', '。']) && text.chars().count() <= 40 {
            let bare =
                text.strip_prefix("By ").or_else(|| text.strip_prefix("by ")).unwrap_or(&text);
            return Some(bare.trim().to_owned()).filter(|name| !name.is_empty());
        }
    }
    None
}

/// The name behind `作者：` or its like, up to the next label or gap.
fn labelled(text: &str) -> Option<String> {
    const LABELS: [&str; 5] = ["作者：", "作者:", "文｜", "文 | ", "撰文："];
    let rest = LABELS.iter().find_map(|label| text.split_once(label).map(|(_, rest)| rest))?;
    let name = rest.trim_start();
    let end = name.find(|c: char| c.is_whitespace() || "|｜/()（），,".contains(c));
    let name = name.get(..end.unwrap_or(name.len()))?.trim();
    (!name.is_empty() && name.chars().count() <= 30).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(html: &str) -> Option<String> {
        let tree = Tree::from(html);
        find(&tree, &Metas::of(&tree))
    }

    #[test]
    fn the_head_wins_over_the_text() {
        let page = "<meta name=pubdate content='2024-05-01'><time datetime='2020-01-01'>x</time>";
        assert_eq!(found(page).as_deref(), Some("2024-05-01"));
    }

    #[test]
    fn dates_and_authors_stand_beside_the_title() {
        let page =
            "<div class=post-info>来源：工业周刊 2024年05月01日 08:30 作者：林夏 编辑：周野</div>";
        assert_eq!(found(page).as_deref(), Some("2024年05月01日 08:30"));
        assert_eq!(author(&Tree::from(page)).as_deref(), Some("林夏"));
        assert_eq!(
            author(&Tree::from("<span class=byline>By Zhou Ye</span>")).as_deref(),
            Some("Zhou Ye")
        );
        assert_eq!(found("<p>二〇二四年</p><i class=time>刚刚</i>"), None);
    }
}
