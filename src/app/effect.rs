//! Effects: work asked for, as plain data. One place performs them (`runtime`); a test compares them.

use std::sync::Arc;

use super::{Shelf, Ticket};
use crate::model::{
    Article, EpisodeId, EpisodeOrder, Listening, Loudness, Millis, NewSnip, OwnSounding, Position,
    Secret, ShowId, SkippedChapter, SnipChange, SnipId, Trim,
};
use crate::text::Document;

/// Who names the address of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkedFrom {
    /// The user.
    User,
    /// The show notes of an episode: they speak for their feed, whatever addresses stand in them.
    Notes(EpisodeId),
    /// The page at this address.
    Page(String),
}

/// Work asked for. The comment says which event answers.
#[must_use]
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// The shows of the library: `Event::Shows`.
    LoadShows,
    /// Ids of the episodes on a shelf, filtered and in order: `Event::Episodes`.
    LoadEpisodes {
        /// The request.
        ticket: Ticket,
        /// Which episodes.
        shelf: Shelf,
        /// Only those that this filter finds (see [`crate::model::Wanted`]).
        text: String,
        /// In which order.
        order: EpisodeOrder,
    },
    /// What the list shows of these episodes: `Event::Rows`.
    LoadRows(Vec<EpisodeId>),
    /// An episode with its notes laid open: `Event::EpisodeOpened`.
    OpenEpisode {
        /// The request.
        ticket: Ticket,
        /// The episode.
        id: EpisodeId,
    },
    /// Hand this episode's recording to the audio thread: `Event::Audio`.
    Load {
        /// The request; audio events carry it.
        ticket: Ticket,
        /// The episode.
        id: EpisodeId,
        /// Where to begin.
        start_ms: Millis,
        /// Where to stop.
        until_ms: Option<Millis>,
    },
    /// An order for the audio thread.
    Sound(Sound),
    /// Keep where listening stopped.
    SavePosition {
        /// The episode.
        id: EpisodeId,
        /// Where.
        position: Position,
    },
    /// Count what was listened to of an episode. If that is over now: `Event::Listened`.
    AddListening {
        /// The episode.
        id: EpisodeId,
        /// What comes to what was counted before.
        more: Listening,
        /// It was heard to the end.
        over: bool,
    },
    /// What follows an episode in its show: `Event::NextOfShow`.
    FindNext(EpisodeId),
    /// Keep how loud the recording is.
    SaveLoudness(EpisodeId, Loudness),
    /// Keep the measured length.
    SaveDuration {
        /// The episode.
        id: EpisodeId,
        /// The length.
        ms: Millis,
    },
    /// A page as an article: `Event::Article`, at once where there is a copy; then `Event::Checked`.
    OpenArticle {
        /// The request.
        ticket: Ticket,
        /// Where it is.
        url: String,
        /// Who names it, which decides which hosts it may lead to.
        from: LinkedFrom,
        /// The episode it belongs to.
        episode: Option<EpisodeId>,
        /// The whole page instead of the article.
        whole: bool,
        /// Ask for it however new the copy is that is here.
        anew: bool,
    },
    /// Nobody waits for that page any more: its request is given up.
    DropArticle(Ticket),
    /// Write a page as Markdown: a notice says where.
    SaveArticle {
        /// Its facts.
        article: Box<Article>,
        /// Its text, with title and facts above.
        document: Arc<Document>,
    },
    /// A picture of a text, as cells: `Event::Picture`.
    LoadPicture {
        /// The request.
        ticket: Ticket,
        /// Where it is.
        src: String,
        /// Whose text it stands in, which decides which hosts it may be on.
        from: LinkedFrom,
        /// Columns and rows that it has to fit into.
        fit: (u16, u16),
        /// Width and height of a cell, in pixels.
        cell: (u16, u16),
    },
    /// Nobody is near these pictures any more.
    CancelPictures(Vec<Ticket>),
    /// Take the recording that a page offers into the library, to play it: `Event::Recording`.
    PlayRecording {
        /// Where it is.
        url: String,
        /// The page's identity in the library.
        page: String,
        /// Where to begin.
        at_ms: Option<Millis>,
    },
    /// Keep where reading an article stopped.
    KeepPlace {
        /// The article's identity in the library.
        key: String,
        /// Block and byte offset in it.
        place: (usize, usize),
        /// How that block begins: it is found again by these words in another version of the text.
        words: String,
    },
    /// The transcript of an episode: `Event::Transcript`.
    LoadTranscript {
        /// The request.
        ticket: Ticket,
        /// The episode.
        id: EpisodeId,
    },
    /// Keep the recording for offline use: `Event::Download`.
    Download(EpisodeId),
    /// Stop or forget a download: `Event::Download`.
    RemoveDownload(EpisodeId),
    /// Work on the list of downloads; its parts say which event answers.
    Downloads(Box<super::DownloadWork>),
    /// Keep all that belongs to an episode: `Event::Completing`, and `Event::Download` for its
    /// recording.
    Complete(EpisodeId),
    /// Stop that: `Event::Completing`.
    StopCompleting(EpisodeId),
    /// Ask servers for new episodes (all shows if none is named): `Event::Refresh…`.
    Refresh(Vec<ShowId>),
    /// Ask for the shows that are due by themselves; says nothing where none is: `Event::Refresh…`.
    RefreshDue,
    /// Keep this name and password for a show's feed, then ask for it: `Event::Refresh…`.
    LogIn(ShowId, String, Secret),
    /// Ask for older episodes of a show whose feed comes in pages: `Event::Refresh…`, a notice.
    LoadOlder(ShowId),
    /// Subscribe to an address or a file: `Event::Subscribed`.
    Subscribe(String),
    /// Unsubscribe: `Event::Shows`.
    Unsubscribe(ShowId),
    /// Keep a snip: `Event::SnipKept`, `Event::Snips`.
    AddSnip {
        /// The episode.
        id: EpisodeId,
        /// The range.
        snip: NewSnip,
    },
    /// Change a snip: `Event::SnipChanged`.
    ChangeSnip {
        /// The snip.
        id: SnipId,
        /// What is another from now on.
        change: SnipChange,
    },
    /// Forget a snip: `Event::Snips`.
    DeleteSnip(SnipId),
    /// The snips of an episode, or all: `Event::Snips`; with those of an episode, the passages that
    /// its show recommends: `Event::Soundbites`.
    LoadSnips(Option<EpisodeId>),
    /// Write the Snipd-style note of an episode: `Event::Exported`.
    ExportNote(EpisodeId),
    /// Skip this chapter of an episode from now on, or play it again.
    SkipChapter {
        /// The episode.
        id: EpisodeId,
        /// The chapter.
        chapter: SkippedChapter,
        /// Skip it, or not.
        skip: bool,
    },
    /// Keep what a show has of its own about the sound.
    KeepSounding {
        /// The show.
        show: ShowId,
        /// All that it has.
        own: OwnSounding,
    },
    /// Change the order that the user keeps: `Event::Order`.
    Edit(Box<super::Edit>),
    /// Take from the queue what plays now: `Event::Queue`.
    Dequeue(EpisodeId),
    /// The queue: `Event::Queue`.
    LoadQueue,
    /// Search the whole library: `Event::Hits`.
    Search {
        /// The request.
        ticket: Ticket,
        /// What for.
        query: String,
    },
    /// Work on the reading list; its parts say which event answers.
    Reading(Box<super::ReadingWork>),
    /// Open an address in the user's browser.
    Browser(String),
    /// Put text on the clipboard.
    Copy(String),
    /// Keep a setting of the screen across starts.
    Remember {
        /// Its name.
        key: &'static str,
        /// Its value.
        value: String,
    },
    /// Give the terminal back to the shell until `fg`.
    Suspend,
    /// Leave, once all that was asked for before is on disk.
    Quit,
}

/// An order for the audio thread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sound {
    /// Go on.
    Play,
    /// Hold.
    Pause,
    /// Exactly there.
    Seek(Millis),
    /// Play from there, to that end or to the recording's.
    Range {
        /// Where it begins.
        from: Millis,
        /// Where it ends.
        until: Option<Millis>,
    },
    /// Play this range round after round.
    Loop {
        /// Where each round begins.
        from: Millis,
        /// Where each round ends.
        until: Millis,
        /// Where the first round begins.
        at: Millis,
    },
    /// What to leave out next while playing on: from here, to there, or all that follows; `None`:
    /// nothing. A jump into it is not held up.
    Leap(Option<(Millis, Option<Millis>)>),
    /// Speed, 0.5–3.0, pitch kept.
    Speed(f32),
    /// Volume, 0–100.
    Volume(u8),
    /// Fade to silence over so many ms; `None`: come back.
    Fade(Option<Millis>),
    /// Shorten pauses.
    TrimSilence(Trim),
    /// Even out loudness to so many LUFS; `None`: leave it.
    Loudness(Option<f32>),
    /// Voices stand out.
    VoiceBoost(bool),
    /// At once to where the place probably is that is being looked for.
    Estimate,
    /// Look for the device again.
    Retry,
}
