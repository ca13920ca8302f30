//! 小宇宙: the show notes of an episode, with their times, are in the data of the page's script.

use dom_query::Document as Tree;
use serde_json::Value;

use super::{Site, escaped, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::text::clean_line;

pub(super) const SITE: Site =
    Site { applies: |url, _| is_on(url, "xiaoyuzhoufm.com"), facts, content };

/// Larger data is not a page of this site.
const MAX_DATA: usize = 8 << 20;
/// How many episodes of a show are listed.
const MAX_EPISODES: usize = 200;

fn data(tree: &Tree) -> Option<Value> {
    let script = tree.select_single("script#__NEXT_DATA__").text();
    let data: Value = (script.len() <= MAX_DATA).then(|| serde_json::from_str(&script).ok())??;
    data.pointer("/props/pageProps").cloned()
}

fn line(value: &Value, path: &str) -> Option<String> {
    let line = clean_line(value.pointer(path)?.as_str()?);
    (!line.is_empty()).then_some(line)
}

fn facts(tree: &Tree, _: &str) -> Facts {
    let Some(data) = data(tree) else { return Facts::default() };
    if data.get("episode").is_none() {
        let title = line(&data, "/podcast/title");
        return Facts { title, byline: line(&data, "/podcast/author"), ..Facts::default() };
    }
    let published = line(&data, "/episode/pubDate").map(|written| date::normal(&written, true));
    Facts {
        title: line(&data, "/episode/title"),
        byline: line(&data, "/episode/podcast/author"),
        site: line(&data, "/episode/podcast/title"),
        published,
        language: None,
    }
}

fn content(tree: &Tree, _: &str) -> Option<String> {
    let data = data(tree)?;
    if let Some(episode) = data.get("episode") {
        let notes = episode.get("shownotes").and_then(Value::as_str);
        let plain = || {
            let text = episode.get("description").and_then(Value::as_str)?;
            Some(text.lines().map(|line| format!("<p>{}</p>", escaped(line))).collect())
        };
        return notes.filter(|n| !n.trim().is_empty()).map(str::to_owned).or_else(plain);
    }
    let show = data.get("podcast")?;
    let mut content = String::new();
    if let Some(about) = show.get("description").and_then(Value::as_str) {
        content.extend(about.lines().map(|line| format!("<p>{}</p>", escaped(line))));
    }
    let episodes = show.get("episodes").and_then(Value::as_array)?;
    content.push_str("<ul>");
    for episode in episodes.iter().take(MAX_EPISODES) {
        if let (Some(id), Some(title)) = (line(episode, "/eid"), line(episode, "/title")) {
            let href = format!("https://www.xiaoyuzhoufm.com/episode/{}", escaped(&id));
            content.push_str(&format!("<li><a href=\"{href}\">{}</a></li>", escaped(&title)));
        }
    }
    content.push_str("</ul>");
    Some(content)
}
