//! The extensions that RSS and Atom share: `itunes`, `podcast`, `psc`, `media`, `googleplay`.

use atom_syndication::extension::Extension as AtomExtension;
use rss::extension::itunes::ITunesItemExtension;
use rss::extension::{Extension, ExtensionMap};

use super::address::followable;
use super::enclosure::{self, Fit};
use super::length;
use super::notes::plain;
use crate::model::{Chapter, Enclosure, ParsedEpisode, Person, Soundbite, TranscriptLink};

/// Entries of one list (chapters, persons …) of an episode beyond this are left out.
const MAX_LIST: usize = 1000;

/// Chapters of an episode beyond this are left out.
const MAX_CHAPTERS: usize = 20_000;

/// Elements of one name under one of our prefixes.
pub(super) fn all<'a>(map: &'a ExtensionMap, prefix: &str, name: &str) -> &'a [Extension] {
    map.get(prefix).and_then(|names| names.get(name)).map_or(&[], Vec::as_slice)
}

/// The text of the first such element.
pub(super) fn first<'a>(map: &'a ExtensionMap, prefix: &str, name: &str) -> Option<&'a str> {
    all(map, prefix, name).iter().find_map(|extension| extension.value.as_deref())
}

fn attr<'a>(extension: &'a Extension, name: &str) -> Option<&'a str> {
    extension.attrs.get(name).map(|value| value.trim()).filter(|value| !value.is_empty())
}

/// The same extensions in the words of the other crate, so that one code reads both.
pub(super) fn from_atom(
    map: impl IntoIterator<Item = (String, std::collections::BTreeMap<String, Vec<AtomExtension>>)>,
) -> ExtensionMap {
    fn convert(extension: AtomExtension) -> Extension {
        let children = extension
            .children
            .into_iter()
            .map(|(name, list)| (name, list.into_iter().map(convert).collect()));
        Extension {
            name: extension.name,
            value: extension.value.map(|value| value.trim().to_owned()),
            attrs: extension.attrs,
            children: children.collect(),
        }
    }
    let names = |names: std::collections::BTreeMap<String, Vec<AtomExtension>>| {
        let lists = names.into_iter();
        lists.map(|(name, list)| (name, list.into_iter().map(convert).collect())).collect()
    };
    map.into_iter().map(|(prefix, inner)| (prefix, names(inner))).collect()
}

/// Fills in what `itunes:` elements say.
pub(super) fn take_itunes(itunes: &ITunesItemExtension, local: bool, episode: &mut ParsedEpisode) {
    let number = |text: &Option<String>| {
        let digits = text.as_deref()?.trim();
        let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
        digits.get(..end)?.parse().ok()
    };
    episode.duration_ms = itunes.duration.as_deref().and_then(length::duration);
    episode.season = number(&itunes.season);
    episode.number = number(&itunes.episode);
    episode.kind = itunes.episode_type.as_deref().and_then(plain).map(|kind| kind.to_lowercase());
    episode.explicit = itunes.explicit.as_deref().and_then(explicit);
    if let Some(image) = itunes.image.as_deref().and_then(|image| followable(image, local)) {
        episode.image = Some(image);
    }
    if let Some(author) = itunes.author.as_deref().and_then(plain) {
        episode.author = Some(author);
    }
}

/// `itunes:explicit` in its old and new words.
fn explicit(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "yes" | "true" | "explicit" | "1" => Some(true),
        "no" | "false" | "clean" | "0" => Some(false),
        _ => None,
    }
}

/// Fills in what `podcast:`, `psc:`, `media:` and `googleplay:` elements say and `itunes:` did not.
pub(super) fn take_extensions(map: &ExtensionMap, local: bool, episode: &mut ParsedEpisode) {
    let link = |extension: &Extension, name: &str| {
        attr(extension, name).and_then(|address| followable(address, local))
    };
    episode.chapters_url = all(map, "podcast", "chapters").iter().find_map(|e| link(e, "url"));
    episode.chapters = psc(map, local);
    let transcripts = all(map, "podcast", "transcript").iter().take(MAX_LIST);
    episode.transcripts = transcripts
        .filter_map(|e| {
            Some(TranscriptLink {
                url: link(e, "url")?,
                mime: attr(e, "type").and_then(plain),
                language: attr(e, "language").and_then(plain),
            })
        })
        .collect();
    let soundbites = all(map, "podcast", "soundbite").iter().take(MAX_LIST);
    episode.soundbites = soundbites.filter_map(soundbite).collect();
    let persons = all(map, "podcast", "person").iter().take(MAX_LIST);
    episode.persons = persons
        .filter_map(|e| {
            let role = attr(e, "role").and_then(plain).unwrap_or_else(|| "host".to_owned());
            Some(Person { name: plain(e.value.as_deref()?)?, role: Some(role) })
        })
        .collect();
    if episode.image.is_none() {
        episode.image = image(map, local);
    }
    if episode.season.is_none() {
        episode.season = first(map, "podcast", "season").and_then(|text| text.trim().parse().ok());
    }
    if episode.number.is_none() {
        episode.number = first(map, "podcast", "episode").and_then(|text| text.trim().parse().ok());
    }
    if episode.explicit.is_none() {
        episode.explicit = first(map, "googleplay", "explicit").and_then(explicit);
    }
    if episode.duration_ms.is_none() {
        let media = media_contents(map).find_map(|e| attr(e, "duration"));
        episode.duration_ms = media.and_then(length::duration);
    }
}

/// A `podcast:soundbite` with a length.
fn soundbite(extension: &Extension) -> Option<Soundbite> {
    let duration_ms = length::play_time(attr(extension, "duration")?).filter(|ms| *ms > 0)?;
    Some(Soundbite {
        start_ms: length::play_time(attr(extension, "starttime")?)?,
        duration_ms,
        title: extension.value.as_deref().and_then(plain),
    })
}

/// Podlove Simple Chapters (podlove.org/simple-chapters) in the order of their times.
fn psc(map: &ExtensionMap, local: bool) -> Vec<Chapter> {
    let lists = all(map, "psc", "chapters").iter();
    let inner = lists.filter_map(|list| list.children.get("chapter")).flatten();
    let mut chapters: Vec<Chapter> = inner
        .chain(all(map, "psc", "chapter"))
        .take(MAX_CHAPTERS)
        .filter_map(|e| {
            Some(Chapter {
                start_ms: length::play_time(attr(e, "start")?)?,
                title: attr(e, "title").and_then(plain).unwrap_or_default(),
                url: attr(e, "href").and_then(|address| followable(address, local)),
                image: attr(e, "image").and_then(|address| followable(address, local)),
                ..Chapter::default()
            })
        })
        .collect();
    chapters.sort_by_key(|chapter| chapter.start_ms);
    chapters.dedup_by_key(|chapter| chapter.start_ms);
    chapters
}

/// A picture besides `itunes:image`.
pub(super) fn image(map: &ExtensionMap, local: bool) -> Option<String> {
    let groups = all(map, "media", "group").iter();
    let grouped = groups.filter_map(|group| group.children.get("thumbnail")).flatten();
    let thumbnails = all(map, "media", "thumbnail").iter().chain(grouped);
    let pictures = media_contents(map).filter(|e| {
        attr(e, "medium") == Some("image")
            || attr(e, "type").is_some_and(|t| t.starts_with("image/"))
    });
    let google = all(map, "googleplay", "image").iter().filter_map(|e| attr(e, "href"));
    let inner = media_contents(map).filter_map(|e| e.children.get("thumbnail")).flatten();
    google
        .chain(thumbnails.chain(inner).chain(pictures).filter_map(|e| attr(e, "url")))
        .find_map(|address| followable(address, local))
}

/// `media:content`, alone or in groups.
fn media_contents(map: &ExtensionMap) -> impl Iterator<Item = &Extension> {
    let groups = all(map, "media", "group").iter();
    let grouped = groups.filter_map(|group| group.children.get("content")).flatten();
    all(map, "media", "content").iter().chain(grouped).take(MAX_LIST)
}

/// The recordings among `media:content`, `podcast:alternateEnclosure` and `atom:link`, in this order.
pub(super) fn recordings(map: &ExtensionMap, local: bool) -> Vec<(Fit, Enclosure)> {
    let media = media_contents(map).filter_map(|e| {
        let address = attr(e, "url")?;
        let fit = enclosure::fit(attr(e, "type"), attr(e, "medium"), address);
        Some((fit, enclosure::enclosure(address, attr(e, "type"), attr(e, "filesize"), local)?))
    });
    let links = all(map, "atom", "link").iter().filter(|e| attr(e, "rel") == Some("enclosure"));
    let links = links.filter_map(|e| {
        let address = attr(e, "href")?;
        let fit = enclosure::fit(attr(e, "type"), None, address);
        Some((fit, enclosure::enclosure(address, attr(e, "type"), attr(e, "length"), local)?))
    });
    let alternates = all(map, "podcast", "alternateenclosure").iter().take(MAX_LIST);
    let alternates = alternates.filter_map(|e| {
        let source = e.children.get("source")?.first()?;
        let address = attr(source, "uri")?;
        let fit = enclosure::fit(attr(e, "type"), None, address);
        Some((fit, enclosure::enclosure(address, attr(e, "type"), attr(e, "length"), local)?))
    });
    // Pages with a player (`medium="video"` without a file) do not count as unknown files.
    media.chain(links).chain(alternates).filter(|(fit, _)| *fit == Fit::Yes).collect()
}
