//! Title, artist and picture as the container has them.

use symphonia::core::formats::FormatReader;
use symphonia::core::meta::StandardTag;

use crate::audio::track::About;

/// Notes what the container and its tags say about the recording.
pub(super) fn describe(format: &mut dyn FormatReader, about: &mut About) {
    format.format_info().short_name.clone_into(&mut about.container);
    let mut log = format.metadata();
    let Some(revision) = log.skip_to_latest() else { return };
    for tag in &revision.media.tags {
        match &tag.std {
            Some(StandardTag::TrackTitle(title)) => about.title = Some(plain(title)),
            Some(StandardTag::Artist(artist)) => about.artist = Some(plain(artist)),
            _ => {}
        }
    }
    about.picture = revision.media.visuals.first().map(|picture| {
        (plain(picture.media_type.as_deref().unwrap_or_default()), picture.data.len())
    });
}

/// Text from outside without control characters, at most 500 characters of it.
pub(crate) fn plain(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .take(500)
        .collect::<String>()
        .trim()
        .to_owned()
}
