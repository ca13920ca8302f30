//! When a page was published: as its head says, or its text, its scripts, its address.

use dom_query::Document as Tree;
use url::Url;

use super::facts::Metas;
use super::{date, masthead};
use crate::text::clean_line;

const DATES: [&str; 36] = [
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
    "published-date",
    "published_date",
    "article:published",
    "og:pubdate",
    "publish_time",
    "publishtime",
    "published-time",
    "cxenseparse:recs:publishtime",
    "dc.date.created",
    "article_date_original",
    "release_date",
    "datecreated",
];
/// Elements that hold the date of the article itself.
const SURE: &str = "[itemprop=datePublished], time[pubdate], time[class*=publish], article time, \
    header time, .posted-on time, .entry-date, abbr.published";
/// Elements that hold little but a date.
const DATED: &str = "time, [class*=pub-time], [class*=pubtime], [class*=publish], [class*=post-date], \
    [class*=article-time], [class*=date], [class*=time], [id*=pubtime], [id*=time], [class*=source], \
    [class*=info]";
/// What stands before the day of a change, in lower case.
const CHANGED: [&str; 8] =
    ["updated", "modified", "revised", "reviewed", "edited", "更新", "修改", "编辑于"];
/// How scripts name the date, without case and marks between words.
const KEYS: [&str; 7] = [
    "datepublished",
    "publishedat",
    "publishdate",
    "publisheddate",
    "publishedtime",
    "publishtime",
    "firstpublishedat",
];
/// A longer text is not just a date.
const MAX_LENGTH: usize = 160;
/// How many elements are looked at.
const MAX_ELEMENTS: usize = 60;
/// Scripts of more bytes are programs.
const MAX_SCRIPT: usize = 4 << 20;

/// Where a date is looked for.
pub(super) struct Places<'p> {
    pub(super) tree: &'p Tree,
    pub(super) metas: &'p Metas,
    /// What the page says of itself as a page.
    pub(super) of_page: Option<String>,
    /// The lines beside the title.
    pub(super) lines: &'p [String],
    pub(super) address: Option<&'p Url>,
}

/// The date as the page writes it: in its head, else beside the title, else anywhere in it, else in its
/// scripts, else in its address.
pub(super) fn find(places: &Places<'_>) -> Option<String> {
    let Places { tree, metas, of_page, lines, address } = places;
    let named = metas.every(&DATES).find(|written| date::is_date(written));
    named
        .or_else(|| of_page.clone())
        .or_else(|| in_text(tree, SURE))
        .or_else(|| lines.iter().find_map(|line| date_in(line)))
        .or_else(|| in_text(tree, DATED))
        .or_else(|| metas.first(&DATES))
        .or_else(|| in_scripts(tree))
        .or_else(|| in_address((*address)?))
}

/// The day of a change that stands beside the title.
pub(super) fn changed(lines: &[String]) -> Option<String> {
    lines.iter().find_map(|line| {
        let day = date::find(line)?;
        let before = line.get(..day.start)?.to_lowercase();
        CHANGED
            .iter()
            .any(|word| before.contains(word))
            .then(|| line.get(day).map(str::to_owned))?
    })
}

fn in_text(tree: &Tree, selector: &str) -> Option<String> {
    for node in tree.select(selector).nodes().iter().take(MAX_ELEMENTS) {
        let is_change = node.attr_or("itemprop", "").contains("dateModified");
        for name in ["datetime", "content"] {
            let value = node.attr(name).map(|value| clean_line(&value));
            if let Some(value) = value.filter(|value| !is_change && date::is_date(value)) {
                return Some(value);
            }
        }
        let text = masthead::words(node);
        if !is_change
            && text.len() <= MAX_LENGTH
            && let Some(found) = date_in(&text)
        {
            return Some(found);
        }
    }
    None
}

/// The first day in a short text that is not the day of a change, with the time behind it.
fn date_in(text: &str) -> Option<String> {
    let mut rest = text;
    for _ in 0..4 {
        let day = date::find(rest)?;
        let before = rest.get(..day.start)?.to_lowercase();
        let behind = rest.get(day.end..)?;
        if CHANGED.iter().any(|word| before.contains(word)) || before.contains(['©', '(']) {
            rest = behind;
            continue;
        }
        let belongs = |c: char| c.is_ascii_digit() || "年月日时分:： T".contains(c) || c == '+';
        let end = behind.find(|c: char| !belongs(c)).unwrap_or(behind.len());
        // `am` and `pm` belong to a clock.
        let half = behind.get(end..).unwrap_or_default().get(..2).unwrap_or_default();
        let is_half = matches!(half.to_ascii_lowercase().as_str(), "am" | "pm");
        let end = day.end + if is_half { end + 2 } else { end };
        return rest.get(day.start..end).map(|found| found.trim().to_owned());
    }
    None
}

/// The one date that the data in the scripts of a page give; where they give several, they are of
/// several articles.
fn in_scripts(tree: &Tree) -> Option<String> {
    let mut found: Option<String> = None;
    for script in tree.select("script:not([src])").nodes() {
        let text = script.text();
        let mut rest = text.get(..text.floor_char_boundary(MAX_SCRIPT))?;
        while let Some(at) = rest.find("ublish") {
            let start = rest.floor_char_boundary(at.saturating_sub(10));
            let near = rest.get(start..rest.floor_char_boundary(at + 60)).unwrap_or_default();
            rest = rest.get(at + 6..).unwrap_or_default();
            let mut parts = near.split(['"', '\\']).filter(|part| !part.is_empty());
            let is_key = |part: &&str| {
                let folded: String = part.chars().filter(char::is_ascii_alphabetic).collect();
                KEYS.contains(&folded.to_ascii_lowercase().as_str())
            };
            let Some(_) = parts.find(is_key) else { continue };
            let value = parts.find(|part| part.trim() != ":").filter(|value| date::is_date(value));
            let Some(value) = value else { continue };
            let day = |written: &str| written.get(..10).map(str::to_owned);
            match &found {
                Some(other) if day(other) != day(value) => return None,
                _ => found = Some(value.to_owned()),
            }
        }
    }
    found
}

/// `/2024/05/06/`, `/2024-05-06/`, `/20240506/`, `t20240506_1.html`: the day in the path of an address.
fn in_address(address: &Url) -> Option<String> {
    let parts: Vec<&str> = address.path_segments()?.take(12).collect();
    for (at, part) in parts.iter().enumerate() {
        let run: String =
            part.trim_start_matches('t').chars().take_while(char::is_ascii_digit).collect();
        let digits = |range| run.get(range).unwrap_or_default();
        let next = |n: usize| parts.get(at + n).copied().unwrap_or_default();
        let written = match run.len() {
            8 => format!("{}-{}-{}", digits(0..4), digits(4..6), digits(6..8)),
            4 if run == *part
                && next(1).len() == 4
                && next(1).bytes().all(|b| b.is_ascii_digit()) =>
            {
                let (month, day) = next(1).split_at_checked(2)?;
                format!("{run}-{month}-{day}")
            }
            4 if run == *part => format!("{run}-{}-{}", next(1), next(2)),
            4 => part.get(..10).unwrap_or_default().to_owned(),
            _ => continue,
        };
        let written = written.replace('_', "-");
        if written.get(..2) == Some("20") && date::is_date(&written) {
            return Some(written);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found_at(html: &str, address: &str) -> Option<String> {
        let tree = Tree::from(html);
        let address = Url::parse(address).ok();
        let lines = masthead::lines(&tree, "灯塔");
        find(&Places {
            tree: &tree,
            metas: &Metas::of(&tree),
            of_page: None,
            lines: &lines,
            address: address.as_ref(),
        })
    }

    fn found(html: &str) -> Option<String> {
        found_at(html, "")
    }

    #[test]
    fn the_head_wins_over_the_text() {
        let page = "<meta name=pubdate content='2024-05-01'><time datetime='2020-01-01'>x</time>";
        assert_eq!(found(page).as_deref(), Some("2024-05-01"));
    }

    #[test]
    fn dates_stand_in_elements_that_are_called_so() {
        let page =
            "<div class=post-info>来源：工业周刊 2024年05月01日 08:30 作者：林夏 编辑：周野</div>";
        assert_eq!(found(page).as_deref(), Some("2024年05月01日 08:30"));
        assert_eq!(found("<p>二〇二四年</p><i class=time>刚刚</i>"), None);
        let changed = "<time itemprop=dateModified datetime=2025-01-02>x</time>";
        assert_eq!(found(changed), None);
    }

    #[test]
    fn dates_stand_beside_the_title() {
        for (line, day) in [
            ("Published August 7, 2023 by Zhou Ye", Some("August 7, 2023")),
            ("Dec 17, 2025<b>Zhou Ye</b>", Some("Dec 17, 2025")),
            ("Published May 1, 2024 | Updated June 3, 2024", Some("May 1, 2024")),
            ("Updated June 3, 2024 | Published May 1, 2024 8:30 pm", Some("May 1, 2024 8:30 pm")),
            ("Updated June 3, 2024", None),
            ("© 2024 Harbour Weekly", None),
        ] {
            let page = format!("<h1>灯塔</h1><p>{line}</p>");
            assert_eq!(found(&page).as_deref(), day, "{line}");
        }
        assert_eq!(changed(&["Updated June 3, 2024".to_owned()]).as_deref(), Some("June 3, 2024"));
        assert_eq!(changed(&["June 3, 2024".to_owned()]), None);
    }

    #[test]
    fn scripts_and_the_address_are_the_last_resorts() {
        let script =
            |day: &str| format!("<script>{{\\\"publishedAt\\\":\\\"{day}T08:00:00Z\\\"}}</script>");
        let one = script("2024-05-01");
        assert_eq!(found(&one).as_deref(), Some("2024-05-01T08:00:00Z"));
        assert_eq!(found(&format!("{one}{}", script("2024-05-02"))), None);
        for (path, day) in [
            ("2024/05/06/lamps", Some("2024-05-06")),
            ("a/2024-05-06/1.html", Some("2024-05-06")),
            ("a/20240506/1.html", Some("2024-05-06")),
            ("c/2024/0506/1.html", Some("2024-05-06")),
            ("a/t20240506_77.html", Some("2024-05-06")),
            ("2024/99/06/", None),
            ("12345678", None),
            ("2024/lamps", None),
        ] {
            assert_eq!(
                found_at("", &format!("https://a.example/{path}")).as_deref(),
                day,
                "{path}"
            );
        }
    }
}
