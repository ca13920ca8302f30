//! What a page says about itself in JSON-LD with the words of schema.org.

use dom_query::Document as Tree;
use serde_json::Value;

use super::facts::{Facts, unescaped};
use crate::text::clean_line;

/// Larger blocks are data, not a description.
const MAX_BLOCK: usize = 1 << 20;
/// How many objects of one block are looked at.
const MAX_OBJECTS: usize = 256;
const TYPES: [&str; 18] = [
    "Article",
    "AdvertiserContentArticle",
    "NewsArticle",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
    "ReportageNewsArticle",
    "Report",
    "ScholarlyArticle",
    "TechArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "SocialMediaPosting",
    "DiscussionForumPosting",
    "PodcastEpisode",
    "Review",
    "Recipe",
    "QAPage",
    "VideoObject",
];

/// What a page as a whole may be.
const PAGES: [&str; 5] = ["WebPage", "CreativeWork", "ItemPage", "MedicalWebPage", "FAQPage"];

/// What `ask` finds in the first object about an article that has it.
pub(super) fn find<T>(tree: &Tree, ask: impl Fn(&Value) -> Option<T>) -> Option<T> {
    let mut found = None;
    for_each_article(tree, |object| {
        if found.is_none() {
            found = ask(object);
        }
    });
    found
}

/// The address of a picture or a recording: an address, an object that holds one under one of the `names`
/// (the first that is there), or a list of either.
pub(super) fn address_in(value: &Value, names: [&str; 2]) -> Option<String> {
    let one = |value: &Value| {
        let inner = names.iter().find_map(|name| value.get(*name)).unwrap_or(value);
        inner.as_str().map(str::to_owned)
    };
    match value {
        Value::Array(all) => all.iter().take(4).find_map(one),
        other => one(other),
    }
}

/// The longest text of an article that a page keeps there, for pages that draw themselves by script.
pub(super) fn body(tree: &Tree) -> Option<String> {
    let mut bodies = Vec::new();
    for_each_article(tree, |object| {
        let body = object.get("articleBody").or_else(|| object.get("text")).and_then(Value::as_str);
        bodies.extend(body.map(str::to_owned));
    });
    bodies.into_iter().max_by_key(String::len)
}

/// The facts of the objects that describe an article, and all the titles that they give it: sites put
/// slogans and descriptions there, so the page itself decides between them.
pub(super) fn read(tree: &Tree) -> (Facts, Vec<String>) {
    let (mut found, mut titles) = (Facts::default(), Vec::new());
    for_each(tree, is_article, |object, others| {
        found = std::mem::take(&mut found).or(described(object, others));
        titles.extend(["headline", "name"].iter().filter_map(|key| words(object.get(*key)?)));
    });
    (found, titles)
}

/// What is said of the page itself, which on many sites is all that is said of the article.
pub(super) fn of_page(tree: &Tree) -> Facts {
    let mut found = Facts::default();
    let is_page = |object: &Value| is_one_of(object, |kind| PAGES.contains(&kind));
    for_each(tree, is_page, |object, others| {
        found = std::mem::take(&mut found).or(described(object, others));
    });
    found
}

fn for_each_article(tree: &Tree, mut visit: impl FnMut(&Value)) {
    for_each(tree, is_article, |object, _| visit(object));
}

/// Visits the objects that are wanted, each with all objects of its block.
fn for_each(tree: &Tree, wanted: fn(&Value) -> bool, mut visit: impl FnMut(&Value, &[&Value])) {
    for script in tree.select("script[type='application/ld+json']").nodes() {
        let text = script.text();
        if text.len() > MAX_BLOCK {
            continue;
        }
        let text = text.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        // Line breaks within strings are the most frequent fault, and harmless.
        let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let Ok(value) = serde_json::from_str::<Value>(text.trim().trim_end_matches(';')) else {
            continue;
        };
        let all = objects(&value);
        all.iter().filter(|object| wanted(object)).for_each(|object| visit(object, &all));
    }
}

/// The objects at the top: one, a list of them, or a `@graph`.
fn objects(value: &Value) -> Vec<&Value> {
    let top: Vec<&Value> = match value {
        Value::Array(all) => all.iter().take(MAX_OBJECTS).collect(),
        other => vec![other],
    };
    let mut all = Vec::new();
    for object in top {
        all.push(object);
        if let Some(graph) = object.get("@graph") {
            match graph {
                Value::Array(inner) => all.extend(inner.iter().take(MAX_OBJECTS)),
                other => all.push(other),
            }
        }
        all.extend(object.get("mainEntity").filter(|entity| entity.is_object()));
    }
    all
}

fn is_article(object: &Value) -> bool {
    is_one_of(object, |kind| {
        TYPES.contains(&kind)
            || kind.ends_with("Article")
            || kind.ends_with("Posting") && kind != "JobPosting"
    })
}

fn is_one_of(object: &Value, is: impl Fn(&str) -> bool) -> bool {
    let is = |kind: &Value| kind.as_str().is_some_and(&is);
    match object.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// The facts of one object; `others` may hold what it only refers to.
fn described(object: &Value, others: &[&Value]) -> Facts {
    let text = |key: &str| object.get(key).and_then(words);
    Facts {
        title: None,
        byline: object.get("author").and_then(|author| names(author, others)),
        site: object.get("publisher").and_then(|publisher| names(publisher, others)),
        published: text("datePublished").or_else(|| text("dateCreated")),
        language: text("inLanguage"),
        updated: text("dateModified"),
        preview: object.get("isAccessibleForFree").is_some_and(is_no),
        ..Facts::default()
    }
}

/// `false`, or the word for it.
fn is_no(value: &Value) -> bool {
    value.as_bool() == Some(false)
        || value.as_str().is_some_and(|word| word.eq_ignore_ascii_case("false"))
}

fn words(value: &Value) -> Option<String> {
    let line = value.as_str().map(|text| clean_line(&unescaped(text)))?;
    (!line.is_empty()).then_some(line)
}

/// The names of people or organisations: a string, an object with a `name`, one that refers to an object
/// elsewhere by its `@id`, or a list of them. Where people are named, organisations are not.
fn names(value: &Value, others: &[&Value]) -> Option<String> {
    let whole = |value: &'_ Value| -> Option<(bool, String)> {
        if let Some(name) = words(value) {
            return Some((false, name));
        }
        let id = value.get("@id").filter(|_| value.get("name").is_none());
        let meant = id.and_then(|id| {
            others.iter().find(|other| other.get("@id") == Some(id) && other.get("name").is_some())
        });
        let value = meant.copied().unwrap_or(value);
        let is_organisation = is_one_of(value, |kind| kind.ends_with("Organization"));
        let name = value.get("name");
        let name = name.and_then(words).or_else(|| words(name?.as_array()?.first()?))?;
        Some((is_organisation, name))
    };
    match value {
        Value::Array(all) => {
            let mut found: Vec<(bool, String)> = all.iter().take(16).filter_map(whole).collect();
            if found.iter().any(|(is_organisation, _)| !is_organisation) {
                found.retain(|(is_organisation, _)| !is_organisation);
            }
            let mut names: Vec<String> = Vec::new();
            for (_, name) in found {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            (!names.is_empty()).then(|| names.join(", "))
        }
        other => whole(other).map(|(_, name)| name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_page(json: &str) -> (Facts, Vec<String>) {
        read(&Tree::from(format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn the_article_is_found_in_a_graph_and_in_a_list() {
        let (facts, titles) = read_page(
            r#"{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"站"},
             {"@type":["NewsArticle"],"headline":"电池
             十年","author":[{"name":"林夏"},"周野"],"publisher":{"name":"工业周刊"},
             "datePublished":"2024-05-01T08:30:00+08:00"}]}"#,
        );
        assert_eq!(titles, ["电池 十年"]);
        assert_eq!(facts.byline.as_deref(), Some("林夏, 周野"));
        assert_eq!(facts.site.as_deref(), Some("工业周刊"));
        assert_eq!(facts.published.as_deref(), Some("2024-05-01T08:30:00+08:00"));
        let (listed, titles) = read_page(r#"[{"@type":"BlogPosting","name":"甲","author":"乙"}];"#);
        assert_eq!((titles, listed.byline.as_deref()), (vec!["甲".to_owned()], Some("乙")));
    }

    #[test]
    fn an_author_elsewhere_is_found_and_a_page_speaks_for_its_article() {
        let (facts, _) = read_page(
            r##"{"@graph":[{"@type":"Organization","@id":"#org","name":"工业周刊"},
             {"@type":"Person","@id":"#xia","name":"林夏"},
             {"@type":"Article","author":[{"@id":"#xia"},{"@id":"#org"},{"name":"林夏"},{"@id":"#no"}]}]}"##,
        );
        assert_eq!(facts.byline.as_deref(), Some("林夏"));
        let page = r#"<script type='application/ld+json'>{"@type":"WebPage","name":"x",
            "datePublished":"2024-05-01"}</script>"#;
        let tree = Tree::from(page);
        assert_eq!(read(&tree), (Facts::default(), Vec::new()));
        assert_eq!(of_page(&tree).published.as_deref(), Some("2024-05-01"));
    }

    #[test]
    fn what_is_broken_or_something_else_says_nothing() {
        let deep = "[".repeat(100_000);
        for json in ["{", "null", "[1,2]", r#"{"@type":"Product","name":"杯"}"#, &deep] {
            assert_eq!(read_page(json), (Facts::default(), Vec::new()));
        }
    }
}
