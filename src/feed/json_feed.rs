//! JSON Feed 1.0 and 1.1 (jsonfeed.org), item by item and leniently: a wrong field costs itself only.

use serde_json::Value;
use url::Url;

use super::address::{self, followable};
use super::enclosure::{self, Fit};
use super::notes::{description, plain, richest};
use super::{date, episode, length};
use crate::model::{Enclosure, FeedFormat, Millis, ParsedEpisode, ParsedFeed};

/// Items beyond this are left out.
const MAX_ITEMS: usize = 100_000;

/// Reads a JSON Feed; `None` if the document is not one.
pub(super) fn read(document: &Value, base: Option<&Url>, local: bool) -> Option<ParsedFeed> {
    let version = document.get("version").and_then(Value::as_str).unwrap_or_default();
    let items = document.get("items").and_then(Value::as_array);
    if items.is_none() && !version.contains("jsonfeed.org") {
        return None;
    }
    let page = text(document, "home_page_url").and_then(|page| Url::parse(&page).ok());
    let place = Place { base: base.or(page.as_ref()), local };
    let mut feed = ParsedFeed {
        format: FeedFormat::Json,
        title: text(document, "title").as_deref().and_then(plain),
        link: place.address(document, "home_page_url"),
        description: text(document, "description").as_deref().and_then(description),
        language: text(document, "language").as_deref().and_then(plain),
        image: place.address(document, "icon").or_else(|| place.address(document, "favicon")),
        author: author(document),
        next_page: place.address(document, "next_url"),
        ..ParsedFeed::default()
    };
    let items = items.map_or(&[][..], Vec::as_slice);
    if items.len() > MAX_ITEMS {
        feed.warnings
            .push("the feed has more than 100,000 items; the rest was left out".to_owned());
    }
    for item in items.iter().take(MAX_ITEMS) {
        match episode::finish(place.item(item)) {
            Some(episode) => feed.episodes.push(episode),
            None if feed.warnings.is_empty() => {
                feed.warnings.push("an item that says nothing was left out".to_owned());
            }
            None => {}
        }
    }
    Some(feed)
}

/// A text; numbers count as texts, as some feeds give numbers for identities.
fn text(value: &Value, name: &str) -> Option<String> {
    match value.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `authors` of 1.1, else `author` of 1.0.
fn author(value: &Value) -> Option<String> {
    let many = value.get("authors").and_then(Value::as_array).and_then(|list| list.first());
    let one = many.or_else(|| value.get("author"))?;
    text(one, "name").or_else(|| one.as_str().map(str::to_owned)).as_deref().and_then(plain)
}

struct Place<'a> {
    base: Option<&'a Url>,
    local: bool,
}

impl Place<'_> {
    fn address(&self, value: &Value, name: &str) -> Option<String> {
        followable(&address::resolve(self.base, &text(value, name)?)?, self.local)
    }

    fn item(&self, item: &Value) -> ParsedEpisode {
        let escaped = |name: &str| {
            text(item, name).map(|text| quick_xml::escape::escape(text.as_str()).into_owned())
        };
        let files =
            item.get("attachments").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let recordings: Vec<(Fit, Enclosure, Option<Millis>)> =
            files.iter().take(1000).filter_map(|file| self.attachment(file)).collect();
        let enclosure = enclosure::first_recording(
            recordings.iter().map(|(fit, file, _)| (*fit, file.clone())),
        );
        let duration_ms = recordings
            .iter()
            .find(|(_, file, _)| Some(file) == enclosure.as_ref())
            .and_then(|(_, _, duration)| *duration);
        let read_date = |name: &str| text(item, name).as_deref().and_then(date::parse);
        let updated = read_date("date_modified");
        ParsedEpisode {
            guid: text(item, "id").unwrap_or_default(),
            title: text(item, "title").as_deref().and_then(plain),
            link: self.address(item, "url").or_else(|| self.address(item, "external_url")),
            published: read_date("date_published").or(updated),
            updated,
            duration_ms,
            image: self.address(item, "image").or_else(|| self.address(item, "banner_image")),
            author: author(item),
            enclosure,
            notes_html: richest([
                text(item, "content_html"),
                escaped("content_text"),
                escaped("summary"),
            ]),
            ..ParsedEpisode::default()
        }
    }

    fn attachment(&self, file: &Value) -> Option<(Fit, Enclosure, Option<Millis>)> {
        let address = address::resolve(self.base, &text(file, "url")?)?;
        let mime = text(file, "mime_type");
        let size = text(file, "size_in_bytes");
        let enclosure =
            enclosure::enclosure(&address, mime.as_deref(), size.as_deref(), self.local)?;
        let duration = text(file, "duration_in_seconds").as_deref().and_then(length::duration);
        Some((enclosure::fit(mime.as_deref(), None, &address), enclosure, duration))
    }
}
