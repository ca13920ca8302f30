//! `snips`: lists them, makes one, cuts one out as a WAV file.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use serde::Serialize;

use super::{Outcome, code, date, time};
use crate::audio;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::named;
use crate::cli::sheet::{Ink, Sheet};
use crate::model::{EpisodeSummary, Millis, NewSnip, Snip, SnipId, clock};
use crate::runtime::{Services, Trouble, media, now, with_feed, write_whole};
use crate::text::clean_line;

/// Arguments of `snips`.
#[derive(Debug, Args)]
pub(crate) struct Snips {
    /// Only those of this episode: id, guid, SHOW#N, title.
    #[arg(long, value_name = "EPISODE")]
    episode: Option<String>,
    #[command(subcommand)]
    action: Option<Action>,
}

/// What to do besides listing.
#[derive(Debug, Subcommand)]
enum Action {
    /// Make a snip.
    Add(Add),
    /// Cut a snip out of its recording, as a WAV file.
    Cut(Cut),
}

#[derive(Debug, Args)]
struct Add {
    /// The episode: id, guid, SHOW#N, title.
    #[arg(value_name = "EPISODE")]
    episode: String,
    /// Where it begins: seconds, M:SS or H:MM:SS.
    #[arg(long, value_name = "T", value_parser = time)]
    from: Millis,
    /// Where it ends.
    #[arg(long, value_name = "T", value_parser = time)]
    to: Millis,
    /// A note, Markdown.
    #[arg(long, value_name = "N")]
    note: Option<String>,
    /// A title.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// A tag, with or without `#`; may be given several times.
    #[arg(long = "tag", value_name = "TAG")]
    tags: Vec<String>,
    /// Star it.
    #[arg(long)]
    star: bool,
}

#[derive(Debug, Args)]
struct Cut {
    /// The snip's id, as `snips` lists it.
    #[arg(value_name = "ID")]
    id: String,
    /// The file to write.
    #[arg(short, long, value_name = "FILE.wav")]
    output: PathBuf,
}

#[derive(Serialize)]
struct Report {
    snips: Vec<Row>,
    /// The file that was cut.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    episode: String,
    episode_title: String,
    start_ms: Millis,
    end_ms: Millis,
    title: Option<String>,
    note: String,
    transcript: Option<String>,
    tags: Vec<String>,
    favorite: bool,
    url: Option<String>,
    created: Option<String>,
}

impl From<Snip> for Row {
    fn from(snip: Snip) -> Self {
        Self {
            id: snip.id.0.to_string(),
            episode: snip.episode.0.to_string(),
            episode_title: snip.episode_title,
            start_ms: snip.body.start_ms,
            end_ms: snip.body.end_ms,
            title: snip.body.title,
            note: snip.body.note,
            transcript: snip.body.transcript,
            tags: snip.body.tags,
            favorite: snip.body.favorite,
            url: snip.body.url,
            created: date(snip.created),
        }
    }
}

pub(super) fn run(context: &Context, args: Snips) -> Outcome {
    if args.action.is_some() && args.episode.is_some() {
        return Err(Failure::Usage(
            "--episode limits the list; `add` names its episode itself".into(),
        ));
    }
    let report = match args.action {
        None => list(context, args.episode.as_deref())?,
        Some(Action::Add(args)) => add(context, args)?,
        Some(Action::Cut(args)) => cut(context, &args)?,
    };
    context.out.print(&report, |sheet| {
        report.snips.iter().for_each(|row| draw(sheet, row));
        if let Some(path) = &report.path {
            sheet.say("written to ").line(path);
        }
    })?;
    Ok(code(false))
}

fn draw(sheet: &mut Sheet, row: &Row) {
    sheet.put(Ink::Dim, &format!("{:>5}  ", row.id));
    sheet.say(&format!("{}–{}  ", clock(row.start_ms), clock(row.end_ms)));
    if let Some(title) = &row.title {
        sheet.put(Ink::Bold, title).say("  ");
    }
    sheet.put(Ink::Dim, &row.episode_title);
    if row.favorite {
        sheet.put(Ink::Dim, "  ★");
    }
    for tag in &row.tags {
        sheet.put(Ink::Link, &format!("  #{tag}"));
    }
    sheet.end();
    for line in row.note.lines().filter(|line| !line.trim().is_empty()) {
        sheet.say("       ").line(line);
    }
}

fn list(context: &Context, episode: Option<&str>) -> Result<Report, Failure> {
    let snips = context.with_services(async |services| {
        let id = match episode {
            Some(name) => Some(named::episode(&services.desk, name).await?.id),
            None => None,
        };
        Ok(services.desk.ask(move |store| store.snips(id)).await?)
    })?;
    Ok(Report { snips: snips.into_iter().map(Row::from).collect(), path: None })
}

fn add(context: &Context, args: Add) -> Result<Report, Failure> {
    if args.from >= args.to {
        return Err(Failure::Usage(
            "a snip ends after it begins: --from is not before --to".into(),
        ));
    }
    let snip = context.with_services(async |services| {
        let episode = named::episode(&services.desk, &args.episode).await?;
        let end_ms = within(&args, &episode)?;
        let note = args.note.map(|note| crate::text::clean(&note).into_owned());
        let title = args.title.map(|title| clean_line(&title));
        let tags = args.tags.iter().map(|tag| clean_line(tag.trim_start_matches(['#', '＃'])));
        let body = NewSnip {
            start_ms: args.from,
            end_ms,
            title: title.filter(|title| !title.is_empty()),
            note: note.unwrap_or_default(),
            tags: tags.filter(|tag| !tag.is_empty()).collect(),
            favorite: args.star,
            ..NewSnip::default()
        };
        let work = move |store: &crate::store::Store| {
            let id = store.add_snip(episode.id, &body, now())?;
            store.snip(id)
        };
        Ok(services.desk.ask(work).await?)
    })?;
    Ok(Report { snips: snip.into_iter().map(Row::from).collect(), path: None })
}

/// The end of the range, if it lies in the recording. Feeds round lengths to seconds: a second more
/// than they claim means the end.
fn within(args: &Add, episode: &EpisodeSummary) -> Result<Millis, Trouble> {
    let Some(length) = episode.duration_ms.filter(|&length| length > 0) else { return Ok(args.to) };
    if args.from >= length || args.to > length.saturating_add(1_000) {
        let (title, length) = (&episode.title, clock(length));
        return Err(Trouble::new(format!(
            "making a snip of {title}: it ends at {length}; give a range before that"
        )));
    }
    Ok(args.to)
}

/// The snip with an id as `snips` lists it.
pub(super) async fn find(services: &Services, id: &str) -> Result<Snip, Trouble> {
    let none = || Trouble::new(format!("there is no snip {id}: `latetalk snips` lists them"));
    let number = id.trim().parse().map_err(|_| none())?;
    let snip = services.desk.ask(move |store| store.snip(SnipId(number))).await?;
    snip.ok_or_else(none)
}

fn cut(context: &Context, args: &Cut) -> Result<Report, Failure> {
    let snip = context.with_services(async |services| {
        let snip = find(&services, &args.id).await?;
        let (episode, feed) = with_feed(&services, snip.episode).await?;
        // What goes wrong is told by the cut itself.
        let media = media(&services, &episode, feed, Box::new(|_| {}))?;
        let (from, until) = (snip.body.start_ms, snip.body.end_ms);
        let doing = format!("cutting {}–{} out of {}", clock(from), clock(until), episode.title);
        let work = move || audio::decode_range(media, from, until);
        let pcm = tokio::task::spawn_blocking(work).await;
        let pcm = pcm.map_err(|err| Trouble::doing(&doing, &err))?;
        let pcm = pcm.map_err(|err| Trouble::doing(&doing, &err))?;
        let mut wav = Vec::with_capacity(pcm.samples.len() * 2 + 44);
        audio::write_wav(&mut wav, &pcm).map_err(|err| Trouble::doing(&doing, &err))?;
        write_whole(&args.output, &wav)?;
        Ok(snip)
    })?;
    let path = Some(args.output.display().to_string());
    Ok(Report { snips: vec![Row::from(snip)], path })
}
