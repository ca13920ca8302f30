//! 小宇宙: the show notes of an episode, with their times, are in the data of the page's script.

use dom_query::Document as Tree;
use serde_json::Value;

use super::fragment::Fragment;
use super::{Site, Source, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::model::{Offer, clock};
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
        let lead_image = line(&data, "/podcast/image/picUrl");
        let byline = line(&data, "/podcast/author");
        return Facts { title, byline, lead_image, offers: offers(&data), ..Facts::default() };
    }
    let published = line(&data, "/episode/pubDate").map(|written| date::normal(&written, true));
    Facts {
        title: line(&data, "/episode/title"),
        byline: line(&data, "/episode/podcast/author"),
        site: line(&data, "/episode/podcast/title"),
        published,
        lead_image: line(&data, "/episode/image/picUrl")
            .or_else(|| line(&data, "/episode/podcast/image/picUrl")),
        offers: offers(&data),
        ..Facts::default()
    }
}

/// The page of the show stands for its feed, which the site does not tell.
fn offers(data: &Value) -> Vec<Offer> {
    let id = ["/episode/podcast/pid", "/episode/pid", "/podcast/pid"];
    let id = id.iter().find_map(|path| line(data, path));
    let is_id = |id: &String| id.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let show = id
        .filter(is_id)
        .map(|id| Offer::Feed { url: format!("https://www.xiaoyuzhoufm.com/podcast/{id}") });
    let sound = ["/episode/enclosure/url", "/episode/media/source/url"];
    let sound = sound.iter().find_map(|path| line(data, path));
    let sound = sound.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    show.into_iter().chain(sound.map(|url| Offer::Recording { url })).collect()
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
        if let Some(seconds) = episode.get("duration").and_then(Value::as_u64).filter(|s| *s > 0) {
            content.lines(&format!("⏱ {}", clock(seconds.saturating_mul(1000))));
        }
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
