//! The title of a page without the name of its site.

use dom_query::Document as Tree;

use super::headline;
use super::site_name::{SiteNames, fold};
use crate::text::clean_line;

/// A longer title is a paragraph in the wrong place.
const MAX_TITLE: usize = 400;
/// Titles are cut off from this many characters on.
const LONG: usize = 60;

/// The title: the heading that says what the page's names for itself say; without one the best of those
/// names; `<title>`; the first heading. A name that neither `<title>` nor a heading knows is a slogan, if
/// there is another.
pub(super) fn choose(tree: &Tree, named: Vec<String>, site: &SiteNames) -> Option<String> {
    let mut headings = headline::all(tree, site);
    let shown = clean_line(&tree.select_single("title").text());
    headings.retain(|heading| {
        !named.iter().chain([&shown]).any(|title| site.is_behind(title, &heading.text))
    });
    let texts: Vec<&str> = headings.iter().map(|heading| heading.text.as_str()).collect();
    let named: Vec<String> = named.into_iter().filter(|title| is_title(title)).collect();
    let known = |title: &&String| {
        fold(&shown).contains(&fold(title)) || texts.iter().any(|heading| same(heading, title))
    };
    let bare = |title: &str| parted(&site.taken_off(title), &texts);
    let mut bared: Vec<String> = named.iter().map(|title| bare(title)).collect();
    if is_title(&shown) {
        bared.push(without_tail(&bare(&shown)));
    }
    if let Some(heading) = headline::best(&headings, &bared, site) {
        return Some(unlabelled(heading, &bared).to_owned());
    }
    if let Some(title) = named.iter().find(known).or(named.first()) {
        return Some(completed(&bare(title), &texts, &bared));
    }
    bared.into_iter().next().or_else(|| texts.first().map(|&text| text.to_owned()))
}

/// A heading `Title: On Lamps` is the title `On Lamps` where the page has that for a name.
fn unlabelled<'h>(heading: &'h str, names: &[String]) -> &'h str {
    let Some((label, rest)) = heading.split_once([':', '：']) else { return heading };
    let is_label = label.chars().count() <= 8 && names.iter().any(|name| name == rest.trim());
    if is_label { rest.trim() } else { heading }
}

/// A title that was cut off where its attribute had a quotation mark, or because it was long.
fn completed(title: &str, headings: &[&str], names: &[String]) -> String {
    let start = title.trim_end_matches(['.', '…', ' ']);
    let is_cut = start != title || title.chars().count() >= LONG;
    let longer = headings.iter().copied().chain(names.iter().map(String::as_str)).find(|longer| {
        let rest = longer.strip_prefix(start).unwrap_or_default();
        rest.starts_with(['"', '\'']) || (is_cut && rest.chars().count() > 3)
    });
    longer.unwrap_or(title).to_owned()
}

/// The title in the source of a page that no tree is made of.
pub(super) fn in_source(html: &str) -> Option<String> {
    let head = html.get(..html.floor_char_boundary(64 * 1024)).unwrap_or_default();
    let start = head.to_ascii_lowercase().find("<title")?;
    let rest = head.get(start..)?.split_once('>')?.1;
    let end = rest.find('<').unwrap_or(rest.len());
    let title = crate::text::from_html(rest.get(..end)?, None).plain_text();
    Some(clean_line(&title)).filter(|title| is_title(title))
}

/// A title that was made of a file's name, without the name's suffix.
pub(super) fn without_suffix(title: &str) -> String {
    let title = title.trim();
    let suffixes = [".md", ".markdown", ".mdx", ".html", ".htm", ".txt", ".docx", ".pdf"];
    let bare = suffixes.iter().find_map(|suffix| title.strip_suffix(suffix));
    // `README.md` and `main.md` are names of files and nothing else: there the suffix says so.
    bare.filter(|bare| bare.contains(|c: char| !c.is_ascii_graphic()))
        .unwrap_or(title)
        .trim()
        .to_owned()
}

/// Whether two titles differ in white space, punctuation and case at most.
pub(super) fn same(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    !one.is_empty() && one == other
}

/// Whether a text is neither empty nor a paragraph.
pub(super) fn is_title(title: &str) -> bool {
    !title.is_empty() && title.len() <= MAX_TITLE
}

/// The heading that a title begins with, if something is left that is parted from it; else the title.
fn parted(title: &str, headings: &[&str]) -> String {
    let found = headings.iter().find(|heading| {
        let rest = title.strip_prefix(**heading).unwrap_or_default();
        let parted = rest.trim_start().starts_with(['|', '-', '–', '—', '·', '_', '｜', '»', ':']);
        heading.chars().count() >= 4 && parted
    });
    found.copied().unwrap_or(title).to_owned()
}

/// For `<title>`, which names the site more often than not: rubrics and site behind `_` or `|` go.
fn without_tail(title: &str) -> String {
    // `标题_频道_网站`, `标题｜网站`, `标题-网站`, `Title | Site`: the longest part is the title if it
    // comes first. A hyphen within words joins, so it parts only after an ideograph.
    for separator in [" | ", "｜", "|", "_", " - ", " – ", " — ", " • ", " » ", "-", "—"]
    {
        let Some((head, tail)) = title.split_once(separator) else { continue };
        let joins = separator.trim().len() == separator.len() && separator != "｜";
        let ideographic = |text: &str| text.chars().next_back().is_some_and(|c| c as u32 > 0x2E80);
        if joins && !ideographic(head) {
            continue;
        }
        let (head, tail) = (head.trim(), tail.trim());
        if head.chars().count() >= 6 && head.chars().count() > tail.chars().count() {
            return head.to_owned();
        }
    }
    title.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(html: &str, site: Option<&str>) -> Option<String> {
        choose(&Tree::from(html), Vec::new(), &SiteNames::of(site, None))
    }

    #[test]
    fn the_name_of_the_site_is_no_part_of_the_title() {
        for (written, bare) in [
            ("电池行业的十年变迁_产业频道_某某网", "电池行业的十年变迁"),
            ("电池行业的十年变迁 - 某某网", "电池行业的十年变迁"),
            ("电池行业的十年变迁-某某网", "电池行业的十年变迁"),
            ("How batteries got cheap | The Weekly", "How batteries got cheap"),
            ("State-of-the-art batteries", "State-of-the-art batteries"),
            ("GPT-4", "GPT-4"),
        ] {
            let page = format!("<title>{written}</title>");
            assert_eq!(title(&page, None).as_deref(), Some(bare));
        }
    }

    #[test]
    fn a_heading_or_the_site_shows_where_the_title_ends() {
        let page = "<title>短题 - 副题 - 站</title><h1>短题 - 副题</h1>";
        assert_eq!(title(page, None).as_deref(), Some("短题 - 副题"));
        assert_eq!(title("<title>甲 · 站</title>", Some("站")).as_deref(), Some("甲"));
        assert_eq!(title("<h1> 只有\n标题 </h1>", None).as_deref(), Some("只有 标题"));
        assert_eq!(title("<p>文", None), None);
    }

    #[test]
    fn what_the_head_names_wins() {
        let choose = |page: &str, named: &[&str]| {
            let named = named.iter().map(|&title| title.to_owned()).collect();
            choose(&Tree::from(page), named, &SiteNames::of(Some("周刊"), None)).unwrap()
        };
        assert_eq!(choose("<title>别的</title>", &["电池 | 周刊"]), "电池");
        assert_eq!(choose("<title>电池 - 百科</title>", &["一种器件", "电池"]), "电池");
        assert_eq!(choose("<h1>工厂\"暗伤\"显露</h1>", &["工厂"]), "工厂\"暗伤\"显露");
    }
}
