//! Pages of films at `YouTube` and Bilibili: title, channel, what it is about, its chapters.

use serde_json::Value;

use super::data::{self, text};
use super::fragment::Fragment;
use super::{Site, Source, is_on};
use crate::article::date;
use crate::article::facts::Facts;
use crate::model::clock;
use crate::text::clean_line;

pub(super) const YOUTUBE: Site = Site {
    applies: |page| is_on(page.url, "youtube.com") || is_on(page.url, "youtu.be"),
    facts: |page| film(page).map(|film| film.facts("YouTube")).unwrap_or_default(),
    content: |page| film(page)?.content(),
};

pub(super) const BILIBILI: Site = Site {
    applies: |page| is_on(page.url, "bilibili.com") || is_on(page.url, "b23.tv"),
    facts: |page| shared(page).map(|film| film.facts("哔哩哔哩")).unwrap_or_default(),
    content: |page| shared(page)?.content(),
};

/// Chapters of one film beyond this are left out.
const MAX_CHAPTERS: usize = 500;

/// What a page tells of a film.
#[derive(Default)]
struct Film {
    title: Option<String>,
    channel: Option<String>,
    published: Option<String>,
    picture: Option<String>,
    seconds: Option<u64>,
    about: String,
    /// Where a chapter begins, in milliseconds, and its title.
    chapters: Vec<(u64, String)>,
}

impl Film {
    fn facts(self, site: &str) -> Facts {
        Facts {
            title: self.title,
            byline: self.channel,
            site: Some(site.to_owned()),
            published: self.published,
            lead_image: self.picture,
            ..Facts::default()
        }
    }

    fn content(self) -> Option<String> {
        let mut content = Fragment::default();
        if let Some(seconds) = self.seconds.filter(|seconds| *seconds > 0) {
            content.lines(&format!("⏱ {}", clock(seconds.saturating_mul(1000))));
        }
        content.lines(&self.about);
        // What is about often lists the chapters itself.
        let told = self.chapters.first().is_some_and(|(_, first)| self.about.contains(first));
        if !told {
            for (ms, title) in self.chapters.iter().take(MAX_CHAPTERS) {
                content.lines(&format!("{} {title}", clock(*ms)));
            }
        }
        content.finish()
    }
}

fn line(value: &Value, path: &str) -> Option<String> {
    text(value, path).map(clean_line)
}

/// A film at `YouTube`.
fn film(page: &Source<'_>) -> Option<Film> {
    let data = data::assigned(page.html, "ytInitialPlayerResponse")?;
    let about = data.get("videoDetails")?;
    let more = data.pointer("/microformat/playerMicroformatRenderer").unwrap_or(&Value::Null);
    let pictures = about.pointer("/thumbnail/thumbnails").and_then(Value::as_array);
    let published = line(more, "/publishDate").or_else(|| line(more, "/uploadDate"));
    Some(Film {
        title: line(about, "/title"),
        channel: line(about, "/author"),
        published: published.map(|written| date::normal(&written, false)),
        picture: pictures.and_then(|all| line(all.last()?, "/url")),
        seconds: text(about, "/lengthSeconds").and_then(|seconds| seconds.parse().ok()),
        about: text(about, "/shortDescription").unwrap_or_default().to_owned(),
        chapters: chapters(page.html),
    })
}

/// The chapters beside the player, which may come from nowhere else.
fn chapters(html: &str) -> Vec<(u64, String)> {
    let Some(data) = data::assigned(html, "ytInitialData") else { return Vec::new() };
    let mut found = data::all(&data, |value| {
        let chapter = value.get("chapterRenderer")?;
        let start = chapter.get("timeRangeStartMillis")?.as_u64()?;
        Some((start, line(chapter, "/title/simpleText")?))
    });
    found.sort();
    found.dedup();
    found
}

/// A film at Bilibili.
fn shared(page: &Source<'_>) -> Option<Film> {
    let data = data::assigned(page.html, "__INITIAL_STATE__")?;
    let about = data.get("videoData").filter(|about| text(about, "/title").is_some())?;
    let number = |path: &str| about.pointer(path).and_then(Value::as_i64);
    let seconds = |value: i64| u64::try_from(value).ok();
    let parts = about.get("pages").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut about_it =
        text(about, "/desc").filter(|text| *text != "-").unwrap_or_default().to_owned();
    if parts.len() > 1 {
        for part in parts.iter().take(MAX_CHAPTERS) {
            let name = line(part, "/part").unwrap_or_default();
            let length = part.get("duration").and_then(Value::as_u64).unwrap_or(0);
            about_it = format!("{about_it}\n{name} · {}", clock(length.saturating_mul(1000)));
        }
    }
    let points = data::all(&data, |value| {
        let start = value.get("from")?.as_u64()?;
        value.get("to")?.as_u64()?;
        Some((start.saturating_mul(1000), line(value, "/content")?))
    });
    Some(Film {
        title: line(about, "/title"),
        channel: line(about, "/owner/name"),
        published: number("/pubdate").and_then(date::from_unix),
        picture: line(about, "/pic").map(|url| url.replacen("http://", "https://", 1)),
        seconds: number("/duration").and_then(seconds),
        about: about_it,
        chapters: points,
    })
}
