//! Telling a changed item of a feed from an unchanged one without reading what is stored.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::ParsedEpisode;

/// A fingerprint of all that is stored of an item. Another version of the standard library may hash
/// otherwise; then every item is written once more, which does no harm.
pub(super) fn of(item: &ParsedEpisode, guid: &str) -> i64 {
    let mut hasher = DefaultHasher::new();
    guid.hash(&mut hasher);
    (&item.title, &item.link, item.published, item.updated).hash(&mut hasher);
    (item.duration_ms, item.season, item.number, &item.kind, item.explicit).hash(&mut hasher);
    (&item.image, &item.author, &item.notes_html, &item.chapters_url).hash(&mut hasher);
    if let Some(enclosure) = &item.enclosure {
        (&enclosure.url, &enclosure.mime, enclosure.length).hash(&mut hasher);
    }
    for chapter in &item.chapters {
        (chapter.start_ms, chapter.end_ms, &chapter.title).hash(&mut hasher);
        (&chapter.url, &chapter.image, &chapter.section, &chapter.points).hash(&mut hasher);
    }
    for transcript in &item.transcripts {
        (&transcript.url, &transcript.mime, &transcript.language).hash(&mut hasher);
    }
    for soundbite in &item.soundbites {
        (soundbite.start_ms, soundbite.duration_ms, &soundbite.title).hash(&mut hasher);
    }
    for person in &item.persons {
        (&person.name, &person.role).hash(&mut hasher);
    }
    hasher.finish().cast_signed()
}
