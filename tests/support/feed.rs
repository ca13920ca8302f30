//! Shows as a talk podcast publishes them: a feed whose notes carry a timeline in sections and a
//! passage of links, with recordings of the talking clock as sound.

use std::fmt::Write;

use super::clock;
use super::page::Page;
use super::server::Server;

/// A show to be published on a [`Server`].
#[derive(Debug, Clone)]
pub struct Show {
    title: String,
    episodes: Vec<Episode>,
}

/// One episode. Numbers start at 1; a higher number is newer by a day.
#[derive(Debug, Clone)]
pub struct Episode {
    number: u32,
    title: String,
    seconds: u32,
    timeline: Vec<String>,
    links: String,
}

impl Episode {
    /// An episode whose sound is `seconds` of the talking clock.
    pub fn new(number: u32, title: &str, seconds: u32) -> Self {
        Self { number, title: title.into(), seconds, timeline: Vec::new(), links: String::new() }
    }

    /// Adds a section heading to the timeline: `-title`.
    #[must_use]
    pub fn section(mut self, title: &str) -> Self {
        self.timeline.push(format!("-{}", escape(title)));
        self
    }

    /// Adds a chapter to the timeline: `02:20 title`, from an hour on `1:02:20 title`.
    #[must_use]
    pub fn chapter(mut self, start_seconds: u32, title: &str) -> Self {
        let (hours, minutes) = (start_seconds / 3600, start_seconds / 60 % 60);
        let hours = if hours > 0 { format!("{hours}:") } else { String::new() };
        let (seconds, title) = (start_seconds % 60, escape(title));
        self.timeline.push(format!("{hours}{minutes:02}:{seconds:02} {title}"));
        self
    }

    /// Adds a point below the last chapter: `·text`.
    #[must_use]
    pub fn point(mut self, text: &str) -> Self {
        self.timeline.push(format!("·{}", escape(text)));
        self
    }

    /// Adds a link at the end of the notes.
    #[must_use]
    pub fn link(mut self, text: &str, url: &str) -> Self {
        let (url, text) = (escape(url), escape(text));
        let _ = writeln!(self.links, "<a href=\"{url}\">{text}</a><br>");
        self
    }

    /// The notes as HTML.
    fn notes(&self) -> String {
        let mut notes = format!("<p>「{}」</p>\n", escape(&self.title));
        notes += "<p>登场人物：<br>\n主播：秦越<br>\n嘉宾：白芷，钟表匠</p>\n";
        if !self.timeline.is_empty() {
            notes += "<p>时间线跳转：</p>\n";
            // A section and its chapters are one paragraph of broken lines.
            for part in self.timeline.chunk_by(|_, next| !next.starts_with('-')) {
                let _ = writeln!(notes, "<p>{}</p>", part.join("<br>\n"));
            }
        }
        if !self.links.is_empty() {
            let _ = write!(notes, "<p>相关链接：<br>\n{}</p>\n", self.links);
        }
        notes + "<p>剪辑：木鱼</p>"
    }

    fn item(&self, sound: &str, bytes: usize) -> String {
        let Self { number, seconds, .. } = self;
        let title = escape(&self.title);
        let notes = self.notes().replace("]]>", "]]]]><![CDATA[>");
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let (month, day) = (number / 28 + 1, number % 28 + 1);
        assert!(month <= 12, "episodes are dated within one year");
        let month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov"]
            .get(month as usize - 1)
            .unwrap_or(&"Dec");
        format!(
            "<item>\n<title>{number}: {title}</title>\n\
             <guid isPermaLink=\"false\">clock-{number}</guid>\n\
             <pubDate>{day:02} {month} 2025 07:00:00 +0800</pubDate>\n\
             <enclosure url=\"{sound}\" length=\"{bytes}\" type=\"audio/x-wav\"/>\n\
             <itunes:duration>{hours}:{minutes:02}:{rest:02}</itunes:duration>\n\
             <content:encoded><![CDATA[{notes}]]></content:encoded>\n</item>\n"
        )
    }
}

impl Show {
    /// A show without episodes.
    pub fn new(title: &str) -> Self {
        Self { title: title.into(), episodes: Vec::new() }
    }

    /// Adds an episode.
    #[must_use]
    pub fn episode(mut self, episode: Episode) -> Self {
        self.episodes.push(episode);
        self
    }

    /// Puts the feed at `FOLDER/feed.xml` and the sound of its episodes at `FOLDER/NUMBER.wav`;
    /// the address of the feed. Episodes newest first, as shows do.
    pub fn publish(&self, server: &Server, folder: &str) -> String {
        let mut episodes: Vec<&Episode> = self.episodes.iter().collect();
        episodes.sort_by_key(|episode| std::cmp::Reverse(episode.number));
        let mut items = String::new();
        for episode in episodes {
            let path = format!("{folder}/{}.wav", episode.number);
            let sound = clock::wav(episode.seconds);
            items += &episode.item(&server.url(&path), sound.len());
            server.put(&path, Page::new("audio/x-wav", sound));
        }
        let path = format!("{folder}/feed.xml");
        let mut page = Page::new("application/rss+xml; charset=utf-8", self.rss(&items));
        page.gzip = true;
        server.put(&path, page);
        server.url(&path)
    }

    fn rss(&self, items: &str) -> String {
        let title = escape(&self.title);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
             xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\">\n<channel>\n\
             <title>{title}</title>\n<link>https://clock.example/</link>\n\
             <description>一档只报时的访谈</description>\n<language>zh-cn</language>\n\
             <itunes:author>钟楼工作室</itunes:author>\n{items}</channel>\n</rss>\n"
        )
    }
}

/// Text as it may stand in XML and HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
