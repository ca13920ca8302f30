//! The next page of an article that is parted into several. A link says "next" for many reasons; it
//! leads to the same article only if its address is this one's with the number of the page.

use dom_query::Document as Tree;
use url::Url;

/// Words on such links.
const WORDS: [&str; 11] = [
    "下一页",
    "下一頁",
    "下页",
    "下頁",
    "next page",
    "next",
    "continue reading",
    "次のページ",
    "次へ",
    "다음 페이지",
    "nächste seite",
];
/// Parameters that number pages.
const NUMBERED: [&str; 8] =
    ["page", "p", "pn", "pg", "pageno", "pagenum", "page_no", "currentpage"];
/// No article has more.
const MAX_PAGE: u32 = 100;
/// How many links of a page are looked at.
const MAX_LINKS: usize = 4000;

/// The address of the next page of the same article.
pub(super) fn find(tree: &Tree, base: Option<&str>, address: Option<&Url>) -> Option<String> {
    let here = Numbered::of(address?)?;
    let base = Url::parse(base?).ok()?;
    let follows = |href: &str| {
        let mut url = base.join(href.trim()).ok()?;
        if url.fragment().is_some_and(|part| part.to_ascii_lowercase().contains("comment")) {
            return None;
        }
        url.set_fragment(None);
        is_next(&here, &Numbered::all(&url)).then(|| String::from(url))
    };
    let marked = tree.select("link[rel~=next][href], a[rel~=next][href]");
    let marked = marked.nodes().iter().take(8).find_map(|node| follows(&node.attr("href")?));
    marked.or_else(|| {
        tree.select("a[href]").nodes().iter().take(MAX_LINKS).find_map(|node| {
            let says = |text: &str| {
                let text = text.trim().trim_matches(|c: char| "»›>→[]【】()（） ".contains(c));
                let text = text.to_lowercase();
                text.chars().count() <= 20 && WORDS.contains(&text.as_str())
            };
            let says_so = says(&node.text())
                || node.attr("title").is_some_and(|title| says(&title))
                || node.attr("aria-label").is_some_and(|label| says(&label));
            if says_so { follows(&node.attr("href")?) } else { None }
        })
    })
}

fn is_next(here: &Numbered, there: &[Numbered]) -> bool {
    there.iter().any(|there| {
        let same_stem = there.stem == here.stem && there.how != How::None;
        let same_way = here.how == How::None || here.how == there.how;
        same_stem && same_way && there.page == here.page + 1 && there.page <= MAX_PAGE
    })
}

/// How an address is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// Not at all: the first page.
    None,
    /// `?page=2`
    Parameter(&'static str),
    /// `/title_2.html`, `/title-2`
    Suffix(char),
    /// `/title/2`, `/title/page/2`
    Segment,
}

/// An address without the number of its page.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Numbered {
    stem: String,
    how: How,
    page: u32,
}

impl Numbered {
    /// How the address of a page in hand is numbered; `None` if it is that of a front page.
    fn of(url: &Url) -> Option<Numbered> {
        if url.path().trim_matches('/').is_empty() {
            return None;
        }
        let plain = Numbered { stem: stem(url, url.path()), how: How::None, page: 1 };
        // `/news_2.html` may be the second page of `/news.html`, and `/a/17` the seventeenth article.
        let all = Numbered::all(url);
        let told = all.into_iter().find(|numbered| match numbered.how {
            How::Segment => url.path().contains("/page/"),
            How::None => false,
            How::Parameter(_) | How::Suffix(_) => numbered.page < 20,
        });
        Some(told.unwrap_or(plain))
    }

    /// All ways in which an address may be numbered.
    fn all(url: &Url) -> Vec<Numbered> {
        let mut all = Vec::new();
        for (name, value) in url.query_pairs() {
            let known = NUMBERED.iter().find(|known| name.eq_ignore_ascii_case(known));
            if let (Some(known), Some(page)) = (known, number(&value)) {
                let mut bare = url.clone();
                let rest: Vec<(String, String)> = url
                    .query_pairs()
                    .filter(|(other, _)| *other != name)
                    .map(|(name, value)| (name.into_owned(), value.into_owned()))
                    .collect();
                bare.query_pairs_mut().clear().extend_pairs(rest);
                let stem = stem(&bare, bare.path());
                all.push(Numbered { stem, how: How::Parameter(known), page });
            }
        }
        let path = url.path().trim_end_matches('/');
        let (folder, last) = path.rsplit_once('/').unwrap_or_default();
        if let Some(page) = number(last) {
            let folder = folder.strip_suffix("/page").unwrap_or(folder);
            all.push(Numbered { stem: stem(url, folder), how: How::Segment, page });
        }
        let (name, ending) = match last.rsplit_once('.') {
            Some((name, ending)) => (name, format!(".{ending}")),
            None => (last, String::new()),
        };
        for sign in ['_', '-'] {
            if let Some((name, page)) = name.rsplit_once(sign)
                && let Some(page) = number(page)
            {
                let path = format!("{folder}/{name}{ending}");
                all.push(Numbered { stem: stem(url, &path), how: How::Suffix(sign), page });
            }
        }
        all
    }
}

/// What two pages of one article have in common, were it not for the number.
fn stem(url: &Url, path: &str) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().filter(|query| !query.is_empty());
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    format!("{host}{port}{}{query}", path.trim_end_matches('/'))
}

/// A small number without a leading zero: `2024` is a year.
fn number(text: &str) -> Option<u32> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: u32 = (digits && !text.starts_with('0')).then(|| text.parse().ok())??;
    (1..=MAX_PAGE).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next(here: &str, html: &str) -> Option<String> {
        find(&Tree::from(html), Some(here), Url::parse(here).ok().as_ref())
    }

    #[test]
    fn the_next_page_has_the_same_address_but_for_its_number() {
        for (here, there) in [
            ("https://a.example/x/1001.html", "https://a.example/x/1001_2.html"),
            ("https://a.example/x/1001_2.html", "https://a.example/x/1001_3.html"),
            ("https://a.example/story", "https://a.example/story?page=2"),
            ("https://a.example/story?id=7&page=2", "https://a.example/story?id=7&page=3"),
            ("https://a.example/story?id=7", "https://a.example/story?id=7&page=2"),
            ("https://a.example/story/", "https://a.example/story/2/"),
            ("https://a.example/story", "https://a.example/story/page/2"),
            ("https://a.example/story/page/2", "https://a.example/story/page/3"),
            ("https://a.example/a/b-1.shtml", "https://a.example/a/b-2.shtml"),
        ] {
            let linked = format!("<a href='{there}'>下一页 ›</a>");
            assert_eq!(next(here, &linked).as_deref(), Some(there), "{here}");
            let marked = format!("<link rel=next href='{there}#top'>");
            assert_eq!(next(here, &marked).as_deref(), Some(there), "{here}");
        }
    }

    #[test]
    fn the_next_article_is_not_the_next_page() {
        for (here, there) in [
            ("https://a.example/x/1001.html", "https://a.example/x/1002.html"),
            ("https://a.example/a/17", "https://a.example/a/18"),
            ("https://a.example/story", "https://b.example/story?page=2"),
            ("https://a.example/story", "https://a.example/story?page=3"),
            ("https://a.example/story", "https://a.example/story?page=2#comments"),
            ("https://a.example/2024/05/story", "https://a.example/2024/06/other"),
            ("https://a.example/", "https://a.example/page/2"),
            ("https://a.example/story", "https://a.example/story"),
        ] {
            let html = format!("<link rel=next href='{there}'><a href='{there}'>下一页</a>");
            assert_eq!(next(here, &html), None, "{here}");
        }
        let page = "https://a.example/story";
        assert_eq!(next(page, "<a href='/story?page=2'>关于电池的十年</a>"), None);
    }
}
