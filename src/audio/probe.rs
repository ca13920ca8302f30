//! What a recording says about itself.

use std::io::{Read, Seek};
use std::sync::Arc;

use id3::TagLike;

use super::AudioError;
use super::block::millis;
use super::container::plain;
use super::gate::{Gate, Gated, SharedMedia};
use super::media::Media;
use super::track::{About, Reader};

/// Bytes of tags that are read.
const LONGEST_TAG: u64 = 32 << 20;

/// A picture in a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Such as `image/jpeg`; as the recording says.
    pub mime: String,
    /// Its length in bytes.
    pub len: usize,
}

/// What was found out about a recording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Probe {
    /// Short name of the container, such as `MPEG`, `isomp4`, `ogg`.
    pub container: String,
    /// Short name of the codec, such as `MP3`, `AAC`, `OPUS`.
    pub codec: String,
    /// Hz.
    pub sample_rate: u32,
    /// 1 or more.
    pub channels: u16,
    /// Length in ms, if known.
    pub duration_ms: Option<u64>,
    /// The length is counted or stated, not estimated.
    pub exact: bool,
    /// As tagged.
    pub title: Option<String>,
    /// As tagged.
    pub artist: Option<String>,
    /// The first picture.
    pub picture: Option<Picture>,
    /// Only the core of an HE-AAC recording would be heard.
    pub core_only: bool,
}

/// Finds out what a recording is, reading as much of it as an exact length takes: of an MP3 all
/// that can be read without waiting, else the headers.
///
/// # Errors
/// When it cannot be read or holds no sound.
pub fn probe(media: Box<dyn Media>) -> Result<Probe, AudioError> {
    let gate = Arc::new(Gate::default());
    gate.set_patience(std::time::Duration::from_secs(5));
    let shared = SharedMedia::new(media);
    let tags = id3_tags(Gated::new(shared.clone(), Arc::clone(&gate)));
    let mut reader = Reader::open(shared, gate)?;
    while reader.look_ahead()? {}
    if reader.about().rate == 0 || reader.about().channels == 0 {
        // Some containers leave it to the codec.
        reader.next()?;
    }
    let (about, length) = (reader.about().clone(), reader.length());
    let picture = tags.picture.or(about.picture);
    Ok(Probe {
        container: about.container,
        codec: about.codec,
        sample_rate: about.rate,
        channels: about.channels,
        duration_ms: length.nanos.map(millis),
        exact: length.exact,
        title: tags.title.or(about.title).filter(|text| !text.is_empty()),
        artist: tags.artist.or(about.artist).filter(|text| !text.is_empty()),
        picture: picture.map(|(mime, len)| Picture { mime, len }),
        core_only: about.core_only,
    })
}

/// The ID3 tag at the start, if there is one that can be read.
fn id3_tags(mut media: Gated) -> About {
    let mut about = About::default();
    let mut magic = [0; 3];
    if media.read_exact(&mut magic).is_err() || &magic != b"ID3" || media.rewind().is_err() {
        return about;
    }
    let Ok(tag) = id3::Tag::read_from2(std::io::Cursor::new(head(media))) else { return about };
    about.title = tag.title().map(plain);
    about.artist = tag.artist().map(plain);
    about.picture =
        tag.pictures().next().map(|picture| (plain(&picture.mime_type), picture.data.len()));
    about
}

fn head(mut media: Gated) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut first = [0; 10];
    if media.read_exact(&mut first).is_ok() {
        let size =
            first.iter().skip(6).fold(0_u64, |size, &byte| size << 7 | u64::from(byte & 127));
        bytes.extend_from_slice(&first);
        // A tag that cannot be read to its end is tried as far as it goes.
        let _ = media.take(size.min(LONGEST_TAG)).read_to_end(&mut bytes);
    }
    bytes
}
