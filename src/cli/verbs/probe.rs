//! `probe FILE`: what an audio file is, and what it says about itself.

use clap::Args;
use serde::Serialize;

use super::{Outcome, chapters, code};
use crate::audio;
use crate::cli::context::Context;
use crate::cli::input::{Input, called};
use crate::cli::sheet::{Ink, Sheet};
use crate::model::{Chapter, clock};
use crate::runtime::Trouble;

/// Arguments of `probe`.
#[derive(Debug, Args)]
pub(crate) struct ProbeFile {
    /// The file; `-` for standard input.
    #[arg(value_name = "FILE")]
    file: String,
}

#[derive(Serialize)]
struct Report {
    container: String,
    codec: String,
    sample_rate: u32,
    channels: u16,
    duration_ms: Option<u64>,
    exact: bool,
    title: Option<String>,
    artist: Option<String>,
    chapters: Vec<Chapter>,
    picture: Option<Picture>,
}

#[derive(Serialize)]
struct Picture {
    #[serde(rename = "type")]
    mime: String,
    bytes: usize,
}

pub(super) fn run(context: &Context, args: &ProbeFile) -> Outcome {
    let name = &args.file;
    let recording = match Input::open(name)? {
        Input::Recording(recording) => recording,
        Input::Whole(file) => {
            let called = called(file.kind);
            return Err(
                Trouble::new(format!("probing {name}: it is {called}, no recording")).into()
            );
        }
    };
    let doing = format!("probing {name}");
    let found = audio::probe(recording.media(context.places().ok().as_ref())?)
        .map_err(|err| Trouble::doing(&doing, &err))?;
    let chapters = chapters::of_recording(&recording, found.duration_ms)?.list;
    let report = Report {
        container: found.container,
        codec: found.codec,
        sample_rate: found.sample_rate,
        channels: found.channels,
        duration_ms: found.duration_ms,
        exact: found.exact,
        title: found.title,
        artist: found.artist,
        chapters,
        picture: found.picture.map(|picture| Picture { mime: picture.mime, bytes: picture.len }),
    };
    context.out.print(&report, |sheet| draw(sheet, &report))?;
    Ok(code(false))
}

fn draw(sheet: &mut Sheet, report: &Report) {
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            sheet.put(Ink::Dim, &format!("{name:<10}")).line(&value);
        }
    };
    fact("title", report.title.clone().unwrap_or_default());
    fact("artist", report.artist.clone().unwrap_or_default());
    fact("format", format!("{} in {}", report.codec, report.container));
    fact("sound", format!("{} Hz, {} channels", report.sample_rate, report.channels));
    let about = if report.exact { "" } else { " (estimated)" };
    let length = report.duration_ms.map(|ms| format!("{}{about}", clock(ms)));
    fact("length", length.unwrap_or_default());
    let picture = report.picture.as_ref();
    let picture = picture.map(|picture| format!("{}, {} bytes", picture.mime, picture.bytes));
    fact("picture", picture.unwrap_or_default());
    for chapter in &report.chapters {
        fact("chapter", format!("{}  {}", clock(chapter.start_ms), chapter.title));
    }
}
