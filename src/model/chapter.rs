//! Chapters and where they come from.

use super::Millis;

/// A named passage of a recording. Fields that were not there when it was kept are empty.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Chapter {
    /// Where it begins.
    pub start_ms: Millis,
    /// Where it ends: as written, else where the next begins, else the recording's end if known.
    pub end_ms: Option<Millis>,
    /// Its title, plain text; may be empty.
    pub title: String,
    /// A page about it.
    pub url: Option<String>,
    /// A picture for it.
    pub image: Option<String>,
    /// The section it stands in (a line without a time above a group of chapters).
    pub section: Option<String>,
    /// What is said in it (lines without a time under it).
    pub points: Vec<String>,
}

/// Where a list of chapters was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChapterSource {
    /// Timestamps in the show notes.
    Notes,
    /// `podcast:chapters` JSON.
    Json,
    /// Podlove Simple Chapters in the feed.
    Psc,
    /// `ID3v2` `CHAP` frames in the audio file.
    Id3,
    /// MP4 `chpl` or a chapter text track.
    Mp4,
    /// Vorbis comments (Ogg, Opus, FLAC).
    Vorbis,
    /// Matroska and `WebM`.
    Matroska,
    /// Named markers in the audio file (WAV, AIFF) or a cue sheet (FLAC).
    Cue,
    /// There are none.
    #[default]
    None,
}

/// A chapter that is always skipped. It names the chapter of whatever source has one with the same
/// title at about the same time, so that it survives another source and refreshed notes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SkippedChapter {
    /// Where the chapter began when it was chosen.
    pub start_ms: Millis,
    /// Its title then.
    pub title: String,
}

impl SkippedChapter {
    /// How far the start of the same chapter may lie elsewhere, in ms.
    const NEAR: Millis = 1_000;

    /// The choice of this chapter.
    #[must_use]
    pub fn of(chapter: &Chapter) -> Self {
        Self { start_ms: chapter.start_ms, title: chapter.title.clone() }
    }

    /// Whether this chapter is meant: it begins within a second, and its title has the same letters
    /// and digits.
    #[must_use]
    pub fn means(&self, chapter: &Chapter) -> bool {
        let letters = |title: &str| -> String {
            title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        self.start_ms.abs_diff(chapter.start_ms) <= Self::NEAR
            && letters(&self.title) == letters(&chapter.title)
    }
}

impl ChapterSource {
    /// Whether the recording itself carries them.
    #[must_use]
    pub fn is_embedded(self) -> bool {
        match self {
            Self::Id3 | Self::Mp4 | Self::Vorbis | Self::Matroska | Self::Cue => true,
            Self::Notes | Self::Json | Self::Psc | Self::None => false,
        }
    }
}

/// A list of chapters with its source. Starts ascend strictly; no chapter is empty.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chapters {
    /// Where they were found.
    pub source: ChapterSource,
    /// The chapters in order.
    pub list: Vec<Chapter>,
    /// How many more there were that would begin when the recording is over: the list was made for
    /// another version of it, before advertisements were put in or taken out.
    pub beyond: usize,
}

impl Chapters {
    /// Index of the chapter that `ms` lies in: the last that starts at or before it and has not
    /// ended. The time before a first chapter belongs to none.
    #[must_use]
    pub fn at(&self, ms: Millis) -> Option<usize> {
        let after = self.list.partition_point(|chapter| chapter.start_ms <= ms);
        let index = after.checked_sub(1)?;
        match self.list.get(index)?.end_ms {
            Some(end) if ms >= end && after < self.list.len() => None,
            _ => Some(index),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_chapter_is_known_again_in_another_source() {
        let skipped =
            SkippedChapter { start_ms: 60_000, title: "广告：潮汐钟 Ad".to_owned() };
        let chapter = |start_ms, title: &str| Chapter {
            start_ms,
            title: title.to_owned(),
            ..Chapter::default()
        };
        assert!(skipped.means(&chapter(60_000, "广告：潮汐钟 Ad")));
        assert!(skipped.means(&chapter(60_993, "广告: 潮汐钟 ad")));
        assert!(!skipped.means(&chapter(61_001, "广告：潮汐钟 Ad")));
        assert!(!skipped.means(&chapter(60_000, "潮汐钟")));
        assert!(!skipped.means(&chapter(60_000, "")));
    }
}
