//! The facts of an episode by the names that the exports give them.

use super::times;
use crate::{model::Note, text::clean_line};

/// What a key stands for.
#[derive(Clone, Copy, PartialEq)]
enum Field {
    Title,
    /// Readwise's second title, which is the right one.
    FullTitle,
    Show,
    Author,
    Guests,
    Published,
    Exported,
    Link,
    Snipd,
    Image,
    Enclosure,
    Duration,
    Url,
    /// The guid, which this program writes.
    Guid,
    /// Known, but without a place: counts and marks that are made anew.
    Ignored,
}

fn field(key: &str) -> Option<Field> {
    let key = key.trim().trim_matches('*').to_lowercase().replace([' ', '-'], "_");
    Some(match key.as_str() {
        "title" | "episode_title" | "标题" => Field::Title,
        "full_title" => Field::FullTitle,
        "show" | "show_title" | "podcast" | "podcast_name" | "show_name" | "节目" | "播客" => {
            Field::Show
        }
        "author" | "owner_/_host" | "owner/host" | "host" | "hosts" | "show_author" | "作者"
        | "主播" => Field::Author,
        "guests" | "guest" | "嘉宾" => Field::Guests,
        "published"
        | "episode_publish_date"
        | "publish_date"
        | "published_date"
        | "published_at"
        | "发布日期"
        | "发布时间" => Field::Published,
        "created" | "export_date" | "episode_export_date" => Field::Exported,
        "show_notes_link" | "source" => Field::Link,
        "snipd" | "episode_url" | "episode_link" => Field::Snipd,
        "cover" | "image_url" | "episode_image" | "image" | "封面" => Field::Image,
        "audio" | "enclosure" => Field::Enclosure,
        "episode_duration" | "duration" | "时长" => Field::Duration,
        "url" => Field::Url,
        super::kept::GUID_KEY => Field::Guid,
        "from_snipd" | "snips_count" | "category" => Field::Ignored,
        _ => return None,
    })
}

/// Whether a note has a field for this key.
pub(super) fn is_known(key: &str) -> bool {
    field(key).is_some_and(|field| field != Field::Ignored)
}

/// Key and value of `- Key:: value`, `- Key: value`, `**Key**:: value`, `- **Key:** value`.
pub(super) fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['>', ' ', '\t']);
    let item = line.strip_prefix(['-', '*', '•']).filter(|rest| rest.starts_with([' ', '\t']));
    let line = item.unwrap_or(line).trim_start();
    let (key, value) = line.split_once([':', '：'])?;
    let key = key.trim().trim_matches('*').trim();
    let value = value.trim_start_matches([':', '：', '*', ' ', '\t']);
    (!key.is_empty() && key.len() <= 60 && !key.contains(['[', '(', '<'])).then_some((key, value))
}

/// Takes in a line of metadata; `false` if it is none that has a place.
pub(super) fn take_line(note: &mut Note, line: &str) -> bool {
    let Some((key, value)) = pair(line) else { return false };
    if key.eq_ignore_ascii_case("tags") {
        // Every export says `#podcasts #snipd`.
        return value
            .split_whitespace()
            .all(|tag| matches!(tag, "#podcasts" | "#snipd" | "#podcast"));
    }
    let Some(field) = field(key) else { return false };
    // Running text begins with such words as well; a fact stands behind `::` or in a list.
    if !is_marked(line) && !matches!(field, Field::Url) {
        return false;
    }
    if field == Field::Guests {
        for name in value.split([',', '，', '、']) {
            take(note, key, name);
        }
        return true;
    }
    take(note, key, value)
}

fn is_marked(line: &str) -> bool {
    let line = line.trim_start();
    line.contains("::") || line.starts_with("- ") || line.starts_with("-\t")
}

/// Whether a line reads like `Show: words` without any mark of a list. Several of them in a row are
/// facts (Notion writes them so).
pub(super) fn is_bare_fact(line: &str) -> bool {
    !is_marked(line)
        && pair(line).is_some_and(|(key, value)| is_known(key) && !value.trim().is_empty())
}

/// Takes in one fact; quotes around it are none of its words.
fn take(note: &mut Note, key: &str, value: &str) -> bool {
    take_plain(note, key, value.trim().trim_matches('"'))
}

/// Takes in one fact. The first word on it counts. `false` if it could not be understood.
pub(super) fn take_plain(note: &mut Note, key: &str, value: &str) -> bool {
    let Some(field) = field(key) else { return false };
    let text = bare(value);
    if text.is_empty() {
        return true;
    }
    match field {
        Field::Title => set_text(&mut note.title, &text),
        Field::FullTitle => {
            note.title = text.replace("\\#", "#");
            true
        }
        Field::Show => set(&mut note.show, &text),
        Field::Author => set(&mut note.author, &text),
        Field::Guests => {
            if !note.guests.contains(&text) {
                note.guests.push(text);
            }
            true
        }
        Field::Published => set_with(&mut note.published, times::date(&text)),
        Field::Exported => set_with(&mut note.exported, times::date(&text)),
        Field::Link | Field::Snipd | Field::Url => {
            let url = address(value);
            match (url.as_deref(), field) {
                (None, _) => false,
                (Some(url), _) if url.contains("share.snipd.com/") => set(&mut note.snipd_url, url),
                (Some(url), Field::Link | Field::Url) => set(&mut note.link, url),
                (Some(url), _) => set(&mut note.snipd_url, url),
            }
        }
        Field::Image => address(value).is_some_and(|url| set(&mut note.image, &url)),
        Field::Enclosure => address(value).is_some_and(|url| set(&mut note.enclosure, &url)),
        Field::Duration => {
            set_with(&mut note.duration_ms, times::length(&text).filter(|ms| *ms > 0))
        }
        Field::Guid => set(&mut note.guid, &text),
        Field::Ignored => false,
    }
}

/// Fills what a note does not say with what another says. `false` if they contradict each other.
pub(super) fn complete(note: &mut Note, other: Note) -> bool {
    let mut agree = true;
    if note.title.is_empty() {
        note.title = other.title;
    } else {
        agree &= other.title.is_empty() || same_words(&other.title, &note.title);
    }
    for (place, value) in [
        (&mut note.show, other.show),
        (&mut note.author, other.author),
        (&mut note.link, other.link),
        (&mut note.snipd_url, other.snipd_url),
        (&mut note.image, other.image),
        (&mut note.enclosure, other.enclosure),
    ] {
        agree &= value.is_none() || place.is_none() || *place == value;
        *place = place.take().or(value);
    }
    for (place, value) in
        [(&mut note.published, other.published), (&mut note.exported, other.exported)]
    {
        agree &= value.is_none() || place.is_none() || *place == value;
        *place = place.or(value);
    }
    note.duration_ms = note.duration_ms.or(other.duration_ms);
    for guest in other.guests {
        if !note.guests.contains(&guest) {
            note.guests.push(guest);
        }
    }
    agree
}

fn same_words(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn set_text(place: &mut String, text: &str) -> bool {
    if place.is_empty() {
        text.clone_into(place);
    }
    true
}

fn set(place: &mut Option<String>, text: &str) -> bool {
    place.get_or_insert_with(|| text.to_owned());
    true
}

fn set_with<T: Copy>(place: &mut Option<T>, value: Option<T>) -> bool {
    if let Some(value) = value {
        place.get_or_insert(value);
    }
    value.is_some()
}

/// A value without its dress: `[[x]]`, `[[x\|y]]`.
pub(super) fn bare(value: &str) -> String {
    let value = value.trim();
    if let Some(inner) = value.strip_prefix("[[").and_then(|inner| inner.strip_suffix("]]")) {
        // `[[target\|shown]]`: the words that are shown; a plain `|` may belong to a title.
        return clean_line(inner.rsplit("\\|").next().unwrap_or(inner));
    }
    clean_line(value)
}

/// The address in a value: the target of a link, else the value itself.
fn address(value: &str) -> Option<String> {
    let value = value.trim().trim_matches(['"', '\'', '<', '>']);
    let url = super::line::target(value).unwrap_or(value).trim();
    let known =
        url.starts_with("http://") || url.starts_with("https://") || url.starts_with("file:");
    (known && !url.contains(char::is_whitespace)).then(|| clean_line(url))
}

/// The address of a picture that stands alone on a line.
pub(super) fn picture(line: &str) -> Option<String> {
    let line = line.trim();
    (line.starts_with("![") && line.ends_with(')')).then(|| address(line)).flatten()
}
