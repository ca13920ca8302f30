//! The settings, as `config.example.toml` has them; that file is embedded and *is* the default.
//!
//! All keys are known: an unknown one is an error that names it, so that a typing mistake is never
//! silently ignored.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{KeepLimits, Sounding, Speed, Trim};

/// Everything that can be set.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// What the screen looks like.
    pub ui: UiSettings,
    /// How it sounds.
    pub audio: AudioSettings,
    /// How the network is used.
    pub network: NetworkSettings,
    /// What is kept and how it is refreshed.
    pub library: LibrarySettings,
    /// Key bindings by command name.
    pub keys: KeySettings,
}

/// Key bindings: a command's `snake_case` name to the keys that give it.
pub type KeySettings = BTreeMap<String, Vec<String>>;

/// The language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub enum Language {
    /// Told from `LC_ALL`, `LC_MESSAGES`, `LANG`; Chinese where they are not set.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// 中文.
    #[serde(rename = "zh")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// A colour theme that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeName {
    /// Dark, warm.
    #[default]
    Night,
    /// Light, like paper.
    Paper,
    /// Only the terminal's own 16 colours.
    Terminal,
}

/// How the width is shared between panes, in percent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// Share of the lists at the left, 10–60.
    pub lists: u16,
    /// Share of the article within what the lists leave, 20–80.
    pub article: u16,
}

/// How pictures of texts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PictureMode {
    /// As well as the terminal can, by asking it.
    #[default]
    Auto,
    /// By the graphics protocol of kitty.
    Kitty,
    /// By the inline images of iTerm2.
    Iterm2,
    /// As sixels.
    Sixel,
    /// As coloured half blocks, which every terminal can.
    Blocks,
    /// Not at all: their captions only.
    Off,
}

/// What the screen looks like.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "choices that do not depend on each other")]
pub struct UiSettings {
    /// Language of the interface.
    pub language: Language,
    /// Colours.
    pub theme: ThemeName,
    /// Whether the mouse works; without it the terminal's own selection does.
    pub mouse: bool,
    /// Columns of `“ ” … —` and other characters of ambiguous width: 1 or 2.
    pub ambiguous_width: u8,
    /// How the width is shared.
    pub split: Split,
    /// Longest line of text in columns; wider panes get margins. 40–200.
    pub measure: u16,
    /// How pictures of texts are shown.
    pub pictures: PictureMode,
    /// A column is shown between Chinese and Latin where the author left none.
    pub cjk_spacing: bool,
    /// The ends of lines of running text are even.
    pub justify: bool,
    /// Empty rows between lines of running text, 0–2.
    pub line_spacing: u8,
    /// The first lines of Chinese paragraphs are indented by two ideographs.
    pub indent: bool,
    /// Links have their numbers behind them.
    pub link_numbers: bool,
}

/// What plays when an episode is over and the queue is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhenQueueEmpties {
    /// Nothing.
    #[default]
    Stop,
    /// The next newer episode of the same show that was not heard, else the next older one.
    NextOfShow,
}

/// How it sounds.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AudioSettings {
    /// Seconds of the short jump.
    pub seek_short: u32,
    /// Seconds of the long jump.
    pub seek_long: u32,
    /// Speed at the start, 0.5–3.0.
    pub speed: f32,
    /// Volume at the start, 0–100.
    pub volume: u8,
    /// How much one key changes it, 1–25.
    pub volume_step: u8,
    /// After an episode the queue goes on by itself.
    pub auto_advance: bool,
    /// What plays when the queue is empty then.
    pub when_queue_empties: WhenQueueEmpties,
    /// Seconds that playback goes back at most after a pause; 0 for never.
    pub rewind_after_pause: u32,
    /// Seconds before the end from which an episode counts as heard; of a short one a tenth.
    pub played_before_end: u32,
    /// Seconds that the snip key keeps.
    pub snip_seconds: u32,
    /// Shorten pauses.
    pub trim_silence: Trim,
    /// Even out loudness.
    pub loudness: bool,
    /// What it is evened out to, in LUFS, −30 to −8.
    pub loudness_target: f32,
    /// Voices stand out: rumble is cut, quiet words are lifted.
    pub voice_boost: bool,
    /// Seconds that are skipped at the beginning, 0–1800.
    pub skip_intro: u32,
    /// Seconds that are skipped at the end, 0–1800.
    pub skip_outro: u32,
}

impl AudioSettings {
    /// What is chosen here for shows without a choice of their own.
    #[must_use]
    pub fn sounding(&self) -> Sounding {
        Sounding {
            speed: Speed::of(self.speed),
            trim: self.trim_silence,
            loudness: self.loudness,
            voice_boost: self.voice_boost,
            skip_intro: self.skip_intro,
            skip_outro: self.skip_outro,
        }
    }

    /// The same settings with other choices.
    #[must_use]
    pub fn with(self, how: &Sounding) -> Self {
        Self {
            speed: how.speed.factor(),
            trim_silence: how.trim,
            loudness: how.loudness,
            voice_boost: how.voice_boost,
            skip_intro: how.skip_intro,
            skip_outro: how.skip_outro,
            ..self
        }
    }
}

/// How the network is used.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkSettings {
    /// Seconds until a silent server is given up.
    pub timeout: u32,
    /// Feeds asked for at once, 1–64.
    pub feeds_at_once: usize,
    /// Downloads at once, 1–8.
    pub downloads_at_once: usize,
    /// Nothing is asked of any network.
    pub offline: bool,
}

/// What is kept and how it is refreshed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibrarySettings {
    /// Hours between automatic refreshes; 0 for never.
    pub refresh_hours: u32,
    /// Where the export key writes notes: a full path or one that begins with `~/`; empty for the
    /// program's own folder.
    pub notes_folder: String,
    /// Downloads bring the transcript and the linked pages along.
    pub offline_articles: bool,
    /// Most megabytes that kept articles take; more lets go of those that were not opened for the
    /// longest time. 0 for no limit.
    pub articles_mb: u32,
    /// Megabytes of pictures that are kept on disk, 10–10000.
    pub pictures_mb: u32,
    /// How many of each show's newest episodes are downloaded by themselves, 0–50.
    pub auto_download: u32,
    /// Most gigabytes that recordings take; 0 for no limit.
    pub downloads_gb: u32,
    /// Most recordings that are kept of one show; 0 for no limit.
    pub downloads_per_show: u32,
    /// Days that a recording is kept; 0 for no limit.
    pub downloads_days: u32,
    /// Recordings go once they were heard.
    pub delete_heard: bool,
    /// How many backups of the library are kept, 0–50.
    pub backups: u32,
}

impl LibrarySettings {
    /// How much of the recordings is kept.
    #[must_use]
    pub fn limits(&self) -> KeepLimits {
        KeepLimits {
            bytes: u64::from(self.downloads_gb).saturating_mul(1_000_000_000),
            per_show: self.downloads_per_show,
            days: self.downloads_days,
            delete_heard: self.delete_heard,
        }
    }
}
