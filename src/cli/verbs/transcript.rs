//! `transcript EPISODE|FILE`: what was said when, and by whom.

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{Input, Named, called};
use crate::cli::named;
use crate::cli::sheet::{Ink, Sheet};
use crate::kind::Kind;
use crate::model::{Cue, Transcript, clock};
use crate::runtime::{Services, Trouble, path_of, transcript_beside, transcript_of};

/// Arguments of `transcript`.
#[derive(Debug, Args)]
pub(crate) struct TranscriptOf {
    /// An episode (id, guid, SHOW#N, title), or a file: SRT, WebVTT, TTML, JSON, HTML, LRC, text, a
    /// recording with one beside it; `-` for standard input.
    #[arg(value_name = "EPISODE|FILE")]
    of: String,
}

#[derive(Serialize)]
struct Report {
    cues: Vec<Cue>,
}

pub(super) fn run(context: &Context, args: &TranscriptOf) -> Outcome {
    let transcript = match Named::of(&args.of) {
        Named::File(name) => of_file(&name)?,
        Named::Url(name) | Named::Episode(name) => {
            context.with_services(async |services| of_episode(&services, &name).await)?
        }
    };
    let report = Report { cues: transcript.cues };
    context.out.print(&report, |sheet| draw(sheet, &report.cues))?;
    Ok(code(false))
}

fn draw(sheet: &mut Sheet, cues: &[Cue]) {
    let mut speaker = None;
    for cue in cues {
        sheet.put(Ink::Dim, &format!("{:>8}  ", clock(cue.start_ms)));
        if cue.speaker != speaker {
            speaker.clone_from(&cue.speaker);
            if let Some(name) = &speaker {
                sheet.put(Ink::Bold, &format!("{name}: "));
            }
        }
        sheet.line(&cue.text);
    }
}

fn of_file(name: &str) -> Result<Transcript, Trouble> {
    let doing = format!("reading the transcript in {name}");
    let wrong = |kind| Trouble::new(format!("{doing}: it is {}", called(kind)));
    match Input::open(name)? {
        Input::Recording(_) => transcript_beside(&path_of(name)).ok_or_else(|| {
            let none = "it is a recording and no transcript stands beside it (such as a .srt or .vtt \
                        of the same name)";
            Trouble::new(format!("{doing}: {none}"))
        }),
        Input::Whole(file) if matches!(file.kind, Kind::Pdf | Kind::Image) => Err(wrong(file.kind)),
        Input::Whole(file) => {
            let parsed = crate::transcript::parse(&file.bytes, Some(&file.name));
            parsed.map_err(|err| Trouble::doing(&doing, &err))
        }
    }
}

/// An episode that has no transcript has one without cues.
async fn of_episode(services: &Services, name: &str) -> Result<Transcript, Failure> {
    let id = named::episode(&services.desk, name).await?.id;
    let ask = move |store: &crate::store::Store| Ok((store.episode(id)?, store.transcript(id)?));
    let (episode, kept) = services.desk.ask(ask).await?;
    let none = episode.is_some_and(|episode| episode.transcripts.is_empty()) && kept.is_none();
    match transcript_of(services, id).await {
        Err(_) if none => Ok(Transcript::default()),
        found => Ok(found?),
    }
}
