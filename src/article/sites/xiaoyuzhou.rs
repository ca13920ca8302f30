//! 小宇宙: the show notes of an episode, with their times, are in the data of the page's script.

use dom_query::Document as Tree;
use serde_json::Value;

use super::fragment::Fragment;
use super::{Site, Source, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::text::clean_line;

pub(super) const SITE: Site =
    Site { applies: |page| is_on(page.url, "xiaoyuzhoufm.com"), facts, content };

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

fn facts(page: &Source<'_>) -> Facts {
    let Some(data) = data(page.tree) else { return Facts::default() };
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
        ..Facts::default()
    }
}

fn content(page: &Source<'_>) -> Option<String> {
    let data = data(page.tree)?;
    let text = |value: &Value, key: &str| {
        value
            .get(key)
            .and_then(Value::as_str)
            .filter(|text| !text.trim().is_empty())
            .map(str::to_owned)
    };
    let mut content = Fragment::default();
    if let Some(episode) = data.get("episode") {
        match (text(episode, "shownotes"), text(episode, "description")) {
            (Some(notes), _) => content.html(&notes),
            (None, Some(plain)) => content.lines(&plain),
            (None, None) => return None,
        }
        return content.finish();
    }
    let show = data.get("podcast")?;
    if let Some(about) = text(show, "description") {
        content.lines(&about);
    }
    let episodes = show.get("episodes").and_then(Value::as_array)?;
    for episode in episodes.iter().take(MAX_EPISODES) {
        if let (Some(id), Some(title)) = (line(episode, "/eid"), line(episode, "/title")) {
            content.link(&format!("https://www.xiaoyuzhoufm.com/episode/{id}"), &title);
        }
    }
    content.finish()
}
