//! `play EPISODE|FILE|URL`: plays without the screen: what, from where to where, and how.

mod device;
mod keeper;
mod keys;
mod session;
mod telling;

use std::sync::mpsc::{Receiver, Sender, channel};

use clap::Args;

use keeper::Keeper;

use super::{Outcome, chapters, code, snips, time};
use crate::audio::{self, Media};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{Input, Named, called};
use crate::cli::named;
use crate::model::{AudioSettings, Chapters, Millis, Trim, media_fragment};
use crate::runtime::{
    Complain, Desk, Places, Reach, Services, Trouble, find_chapters, media, media_of_url,
    sounding_of, with_feed,
};

/// Arguments of `play`.
#[derive(Debug, Args)]
pub(crate) struct Play {
    /// An episode (id, guid, SHOW#N, title), a file, an address (with `#t=10,20` only that part);
    /// `-` for standard input.
    #[arg(value_name = "EPISODE|FILE|URL")]
    what: String,
    #[command(flatten)]
    start: Start,
    /// Stop there: seconds, M:SS or H:MM:SS.
    #[arg(long, value_name = "T", value_parser = time)]
    until: Option<Millis>,
    /// How fast, 0.5 to 3; an episode sounds as its show does where no option says otherwise.
    #[arg(long, value_name = "X", value_parser = speed)]
    speed: Option<f32>,
    /// Shorten pauses.
    #[arg(long)]
    trim_silence: bool,
    /// Even out loudness.
    #[arg(long)]
    loudness: bool,
}

impl Play {
    /// What is heard with these options, which count before everything else.
    fn over(&self, audio: &AudioSettings) -> AudioSettings {
        let least = if self.trim_silence { Trim::Medium } else { Trim::Off };
        AudioSettings {
            speed: self.speed.unwrap_or(audio.speed),
            trim_silence: audio.trim_silence.max(least),
            loudness: self.loudness || audio.loudness,
            ..*audio
        }
    }
}

/// Where to begin; one of these at most. An episode goes on where listening stopped.
#[derive(Debug, Args)]
#[group(multiple = false)]
struct Start {
    /// Begin there: seconds, M:SS or H:MM:SS.
    #[arg(long, value_name = "T", value_parser = time)]
    at: Option<Millis>,
    /// Begin with this chapter; the first is 1.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    chapter: Option<u32>,
    /// Play this snip of the episode from its start to its end.
    #[arg(long, value_name = "ID")]
    snip: Option<String>,
}

fn speed(text: &str) -> Result<f32, String> {
    let speed: Option<f32> = text.trim().trim_end_matches(['x', '×']).parse().ok();
    speed
        .filter(|speed| (0.5..=3.0).contains(speed))
        .ok_or_else(|| "a speed is a number from 0.5 to 3".to_owned())
}

/// What is played.
struct Target {
    media: Box<dyn Media>,
    title: String,
    chapters: Chapters,
    start_ms: Millis,
    until_ms: Option<Millis>,
    /// Length as the library knows it.
    duration_ms: Option<Millis>,
    /// Where the position is kept.
    keeper: Option<Keeper>,
    /// It was heard to the end before.
    played: bool,
    /// Where a stream says why it does not flow, and all others what happens.
    inbox: (Sender<Incoming>, Receiver<Incoming>),
}

/// What reaches the session.
enum Incoming {
    /// The engine tells something.
    Heard(audio::Event),
    /// The engine has ended.
    Deaf,
    /// A key was pressed.
    Key(keys::Key),
    /// Why a stream does not flow.
    Complaint(String),
    /// The process is asked to end.
    End,
}

pub(super) fn run(context: &Context, args: &Play) -> Outcome {
    if let (Some(at), Some(until)) = (args.start.at, args.until)
        && at >= until
    {
        return Err(Failure::Usage("--until does not lie behind --at".into()));
    }
    let settings = context.settings()?;
    // Beginnings and endings are those of shows: a file or an address is played whole.
    let alone = AudioSettings { skip_intro: 0, skip_outro: 0, ..settings.audio };
    match Named::of(&args.what) {
        Named::File(name) => {
            no_snip(args)?;
            let target = of_file(&name, args, context.places().ok().as_ref())?;
            session::play(context.out, target, &args.over(&alone))?;
        }
        Named::Url(url) => {
            context.with_services(async |services| {
                let (target, how) = if is_guid(&services.desk, &url).await? {
                    of_episode(&services, &url, args).await?
                } else {
                    no_snip(args)?;
                    (of_url(&services, url, args)?, args.over(&alone))
                };
                session::play(context.out, target, &how)
            })?;
        }
        Named::Episode(name) => context.with_services(async |services| {
            let (target, how) = of_episode(&services, &name, args).await?;
            session::play(context.out, target, &how)
        })?,
    }
    Ok(code(false))
}

/// Whether an address is an episode's guid, as many feeds have it.
async fn is_guid(desk: &Desk, url: &str) -> Result<bool, Trouble> {
    let asked = url.to_owned();
    let found = desk.ask(move |store| store.find_episodes(&asked)).await?;
    Ok(found.iter().any(|episode| episode.guid == url))
}

fn no_snip(args: &Play) -> Result<(), Failure> {
    match args.start.snip {
        Some(_) => Err(Failure::Usage("--snip plays a part of an episode of the library".into())),
        None => Ok(()),
    }
}

fn of_file(name: &str, args: &Play, places: Option<&Places>) -> Result<Target, Failure> {
    let recording = match Input::open(name)? {
        Input::Recording(recording) => recording,
        Input::Whole(file) => {
            let why = format!("playing {name}: it is {}, no recording", called(file.kind));
            return Err(Trouble::new(why).into());
        }
    };
    let chapters = chapters::of_recording(&recording, None)?;
    let (start_ms, until_ms) = range(args, &chapters, None)?;
    let path = std::path::Path::new(name);
    let title = path.file_name().map(|name| name.to_string_lossy().into_owned());
    Ok(Target {
        media: recording.media(places)?,
        title: title.unwrap_or_else(|| name.to_owned()),
        chapters,
        start_ms,
        until_ms,
        duration_ms: None,
        keeper: None,
        played: false,
        inbox: channel(),
    })
}

/// A way for a stream to say why it does not flow.
fn complaints() -> (Complain, (Sender<Incoming>, Receiver<Incoming>)) {
    let (sender, receiver) = channel();
    let inbox = sender.clone();
    // Playing may be over.
    let complain: Complain = Box::new(move |why| drop(inbox.send(Incoming::Complaint(why))));
    (complain, (sender, receiver))
}

fn of_url(services: &Services, url: String, args: &Play) -> Result<Target, Failure> {
    let chapters = Chapters::default();
    let part = media_fragment(&url);
    let (start_ms, mut until_ms) = range(args, &chapters, part.map(|(start, _)| start))?;
    // What is asked for by an option counts before the address.
    if args.start.at.is_none() && args.until.is_none() {
        until_ms = part.and_then(|(_, end)| end);
    }
    let (complain, inbox) = complaints();
    let media = media_of_url(services, &url, complain);
    Ok(Target {
        media,
        title: url,
        chapters,
        start_ms,
        until_ms,
        duration_ms: None,
        keeper: None,
        played: false,
        inbox,
    })
}

/// An episode, and how its show sounds where no option says otherwise.
async fn of_episode(
    services: &Services,
    name: &str,
    args: &Play,
) -> Result<(Target, AudioSettings), Failure> {
    let episode = named::episode(&services.desk, name).await?;
    let (show, audio) = (episode.show, services.settings.audio.clone());
    let configured = audio.sounding();
    let sounding = services.desk.ask(move |store| sounding_of(store, show, configured)).await?;
    let found = find_chapters(services, episode.id, Reach::Here).await?;
    let best = found.best.and_then(|best| found.chapters.get(best).cloned());
    let chapters = best.unwrap_or_default();
    let resume = if episode.position.played { 0 } else { episode.position.ms };
    let (intro, _) = sounding.skips(episode.duration_ms);
    let (start_ms, until_ms) = match &args.start.snip {
        Some(id) => {
            let snip = snips::find(services, id).await?;
            if snip.episode != episode.id {
                let why = format!("snip {id} belongs to another episode: {}", snip.episode_title);
                return Err(Trouble::new(why).into());
            }
            (snip.body.start_ms, Some(args.until.unwrap_or(snip.body.end_ms)))
        }
        None => range(args, &chapters, Some(resume.max(intro)))?,
    };
    let (_, feed) = with_feed(services, episode.id).await?;
    let (complain, inbox) = complaints();
    let media = media(services, &episode, feed, complain)?;
    // Hearing a snip again says nothing about how far the episode was heard.
    let keeper = args.start.snip.is_none().then(|| Keeper::new(services.desk.clone(), episode.id));
    let played = episode.position.played;
    let (title, duration_ms) = (episode.title, episode.duration_ms);
    let target =
        Target { media, title, chapters, start_ms, until_ms, duration_ms, keeper, played, inbox };
    Ok((target, args.over(&audio.with(&sounding))))
}

/// Where to begin and to end.
fn range(
    args: &Play,
    chapters: &Chapters,
    resume: Option<Millis>,
) -> Result<(Millis, Option<Millis>), Failure> {
    let start = match (args.start.at, args.start.chapter) {
        (Some(at), _) => at,
        (None, Some(number)) => {
            let index = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
            let none = || {
                let count = chapters.list.len();
                Trouble::new(format!("there is no chapter {number}: {count} chapters are known"))
            };
            chapters.list.get(index).ok_or_else(none)?.start_ms
        }
        // What was heard up to there is heard again, rather than nothing.
        (None, None) => resume.filter(|&ms| args.until.is_none_or(|until| ms < until)).unwrap_or(0),
    };
    if args.until.is_some_and(|until| start >= until) {
        return Err(Failure::Usage("--until does not lie behind the start".into()));
    }
    Ok((start, args.until))
}
