//! Recordings to measure with: ten minutes in every usual format, and three hours made of them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::rig;

/// Seconds of a short recording.
pub(crate) const SHORT: usize = 600;
/// How often a short one is repeated in a long one.
const TIMES: usize = 18;

/// Name, suffix and `ffmpeg`'s options.
const FORMATS: [(&str, &str, &[&str]); 6] = [
    ("MP3 128k", "mp3", &["-c:a", "libmp3lame", "-b:a", "128k"]),
    ("MP3 VBR, no Xing", "mp3", &["-c:a", "libmp3lame", "-q:a", "5", "-write_xing", "0"]),
    ("AAC-LC 96k, M4A", "m4a", &["-c:a", "aac", "-b:a", "96k"]),
    ("Ogg Vorbis", "ogg", &["-c:a", "libvorbis", "-q:a", "4"]),
    ("Opus 48k", "opus", &["-c:a", "libopus", "-b:a", "48k"]),
    ("FLAC, mono", "flac", &["-c:a", "flac", "-ac", "1"]),
];

/// A recording in one format.
pub(crate) struct Made {
    pub(crate) name: &'static str,
    pub(crate) short: PathBuf,
    pub(crate) long: PathBuf,
}

/// All of them, in a folder that goes away with them.
pub(crate) struct Files {
    pub(crate) all: Vec<Made>,
    _folder: tempfile::TempDir,
}

impl Files {
    /// `None` without `ffmpeg`.
    pub(crate) fn make() -> Option<Self> {
        let folder = tempfile::tempdir().ok()?;
        let source = folder.path().join("source.wav");
        let signal = rig::signal(44_100, SHORT);
        let stereo = signal.iter().flat_map(|&sample| [sample, sample * 0.7]).collect();
        let pcm = latetalk::audio::Pcm { rate: 44_100, channels: 2, samples: stereo };
        std::fs::write(&source, rig::wav_of(&pcm)).ok()?;
        let mut all = Vec::new();
        for (index, (name, suffix, options)) in FORMATS.into_iter().enumerate() {
            let short = folder.path().join(format!("short{index}.{suffix}"));
            let long = folder.path().join(format!("long{index}.{suffix}"));
            ffmpeg(&[], &source, options, &short)?;
            let again = (TIMES - 1).to_string();
            let copied: &[&str] = match suffix {
                // Frames of FLAC carry numbers, which a copy would repeat.
                "flac" => options,
                _ if options.contains(&"-write_xing") => &["-c", "copy", "-write_xing", "0"],
                _ => &["-c", "copy"],
            };
            ffmpeg(&["-stream_loop", &again], &short, copied, &long)?;
            all.push(Made { name, short, long });
        }
        Some(Self { all, _folder: folder })
    }
}

fn ffmpeg(before: &[&str], input: &Path, options: &[&str], output: &Path) -> Option<()> {
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-v", "error", "-y"])
        .args(before)
        .arg("-i")
        .arg(input)
        .args(options)
        .arg(output)
        .stdin(Stdio::null())
        .status();
    status.ok()?.success().then_some(())
}
