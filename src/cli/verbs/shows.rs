//! `shows`: the subscribed shows.

use serde::Serialize;

use super::{Outcome, code};
use crate::cli::context::Context;
use crate::cli::sheet::Ink;
use crate::model::{OwnSounding, Show, Trim};
use crate::store::Store;

#[derive(Serialize)]
struct Report {
    shows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    id: String,
    title: String,
    url: String,
    link: Option<String>,
    author: Option<String>,
    episodes: u64,
    unplayed: u64,
    error: Option<String>,
    tags: Vec<String>,
    archived: bool,
    sound: Sound,
}

/// What the show has of its own about the sound; `null`: as for all.
#[derive(Serialize)]
struct Sound {
    speed: Option<f64>,
    trim_silence: Option<&'static str>,
    loudness: Option<bool>,
    voice_boost: Option<bool>,
    skip_intro_ms: Option<u64>,
    skip_outro_ms: Option<u64>,
}

impl From<OwnSounding> for Sound {
    fn from(own: OwnSounding) -> Self {
        let ms = |seconds: u32| u64::from(seconds) * 1000;
        Self {
            speed: own.speed.map(|speed| f64::from(speed.hundredths()) / 100.0),
            trim_silence: own.trim.map(Trim::name),
            loudness: own.loudness,
            voice_boost: own.voice_boost,
            skip_intro_ms: own.skip_intro.map(ms),
            skip_outro_ms: own.skip_outro.map(ms),
        }
    }
}

impl From<Show> for Row {
    fn from(show: Show) -> Self {
        Self {
            id: show.id.0.to_string(),
            error: show.health.error().map(str::to_owned),
            title: show.title,
            url: show.url,
            link: show.link,
            author: show.author,
            episodes: show.episodes,
            unplayed: show.unplayed,
            tags: show.tags,
            archived: show.archived,
            sound: show.sounding.into(),
        }
    }
}

pub(super) fn run(context: &Context) -> Outcome {
    let shows =
        context.with_services(async |services| Ok(services.desk.ask(Store::shows).await?))?;
    let report = Report { shows: shows.into_iter().map(Row::from).collect() };
    context.out.print(&report, |sheet| {
        for show in &report.shows {
            sheet.put(Ink::Dim, &format!("{:>4}  ", show.id)).put(Ink::Bold, &show.title);
            sheet.say(&format!("  {}/{}", show.unplayed, show.episodes));
            sheet.put(Ink::Link, &format!("  {}", show.url));
            for tag in &show.tags {
                sheet.put(Ink::Dim, &format!("  #{tag}"));
            }
            if let Some(why) = &show.error {
                sheet.put(Ink::Bad, &format!("  {why}"));
            }
            sheet.end();
        }
    })?;
    Ok(code(false))
}
