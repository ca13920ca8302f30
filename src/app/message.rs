//! Messages: all that reaches the state. Commands come from keys and clicks, events from workers.

use std::sync::Arc;

use super::{Command, Picture, Ticket};
use crate::lang::Notice;
use crate::model::{
    Article, Chapters, Completed, Episode, EpisodeId, EpisodeSummary, Listening, Loudness, Millis,
    OwnSounding, PageProblem, Show, ShowId, SkippedChapter, Snip, Soundbite, Transcript,
};
use crate::text::Document;

/// One message in the inbox.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The user means this.
    Command(Command),
    /// A key that goes into a line of text or picks from a list in front.
    Type(Typed),
    /// The mouse did something in this cell.
    Mouse(Mouse),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size, in columns and rows.
    Resize(u16, u16),
    /// A clock tick: milliseconds since the program started.
    Tick(u64),
    /// A key that means nothing here.
    OtherKey,
    /// A fact from outside.
    Event(Event),
    /// Nothing; something else is waiting to be looked at.
    Wake,
}

/// An edit of the line that is being typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// A character.
    Char(char),
    /// Delete the character before the cursor.
    Backspace,
    /// Delete the character under the cursor.
    Delete,
    /// Delete the word before the cursor.
    DeleteWord,
    /// Delete everything before the cursor.
    DeleteAll,
    /// A new line, where there may be several.
    Break,
    /// Cursor left.
    Left,
    /// Cursor right.
    Right,
    /// Cursor to the start.
    Start,
    /// Cursor to the end.
    End,
    /// The entry before, in the list under the line.
    Previous,
    /// The next entry, in the list under the line.
    Next,
    /// Done.
    Enter,
    /// Never mind.
    Cancel,
}

/// What the mouse did. Columns and rows count from 0 at the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mouse {
    /// Left button down.
    Click(u16, u16),
    /// Left button held and moved.
    Drag(u16, u16),
    /// Left button let go.
    Release(u16, u16),
    /// Wheel towards the user.
    ScrollDown(u16, u16),
    /// Wheel away from the user.
    ScrollUp(u16, u16),
    /// Wheel to the right, or towards the user with shift.
    ScrollRight(u16, u16),
    /// Wheel to the left, or away from the user with shift.
    ScrollLeft(u16, u16),
}

/// A fact that has already happened outside.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// The library was empty and has been filled with the welcome show.
    FirstStart,
    /// It is time to ask for new episodes.
    RefreshDue,
    /// Another program has changed the library.
    LibraryChanged,
    /// What the user named at the start is in the library now.
    Open(FoundTarget),
    /// The shows of the library.
    Shows(Vec<Show>),
    /// Ids of a list of episodes, newest first.
    Episodes(Ticket, Vec<EpisodeId>),
    /// What the list shows of these episodes.
    Rows(Vec<EpisodeSummary>),
    /// An episode was opened.
    EpisodeOpened(Ticket, Box<OpenedEpisode>),
    /// It could not be opened.
    EpisodeFailed(Ticket, String),
    /// From the audio thread.
    Audio(Audio),
    /// A page was read, or not.
    Article(Ticket, Box<Result<OpenedArticle, PageFailure>>),
    /// Whether the page of a copy has changed.
    Checked(Ticket, Checked),
    /// An episode is being made complete.
    Completing(EpisodeId, Completing),
    /// The recording of a page is this episode of the library, to be played from there.
    Recording(EpisodeId, Option<Millis>),
    /// A transcript, or why there is none.
    Transcript(Ticket, Result<Arc<Transcript>, String>),
    /// Chapters from every source, found after the episode was opened; the index of the best.
    Chapters(EpisodeId, Vec<Chapters>, Option<usize>),
    /// A download moved on.
    Download(EpisodeId, DownloadState),
    /// Something has happened to the list of downloads.
    Downloads(super::DownloadNews),
    /// A show is being asked for.
    Refreshing(ShowId),
    /// A show has answered: new episodes, or what went wrong.
    Refreshed(ShowId, Result<usize, RefreshFailure>),
    /// All shows of one refresh have answered; how many new episodes.
    RefreshDone(usize),
    /// A subscription was added, or not: the show to select.
    Subscribed(Result<ShowId, String>),
    /// A snip is on disk.
    SnipKept(Box<Snip>),
    /// A snip was changed.
    SnipChanged(Box<Snip>),
    /// The passages that a show recommends of its episode.
    Soundbites(EpisodeId, Vec<Soundbite>),
    /// The snips asked for.
    Snips(Option<EpisodeId>, Vec<Snip>),
    /// The queue, next first.
    Queue(Vec<EpisodeSummary>),
    /// What all listening to an episode that is over has come to.
    Listened(EpisodeId, Listening),
    /// What follows an episode in its show, if anything does.
    NextOfShow(EpisodeId, Option<Box<EpisodeSummary>>),
    /// What a search found.
    Hits(Ticket, Result<Vec<Found>, String>),
    /// A picture of a text has come, or why not.
    Picture(Ticket, Box<Result<Picture, String>>),
    /// The terminal shows pictures; width and height of its cells, in pixels.
    Cell(u16, u16),
    /// Something has happened to the reading list.
    Reading(super::ReadingNews),
    /// The user's order of the library has changed.
    Order(OrderNews),
    /// Something to tell the user.
    Notice(Notice),
}

/// What has become of the order that the user keeps.
#[derive(Debug, Clone, PartialEq)]
pub enum OrderNews {
    /// Something was changed, and can be taken back.
    Changed(Box<crate::model::Change>),
    /// A change was taken back.
    TakenBack(Box<crate::model::Change>),
    /// What the shelves need to know.
    Shelves(super::ShelfFacts),
    /// The chapters of an episode that are always skipped, after a change was taken back.
    Skipped(EpisodeId, Vec<SkippedChapter>),
}

/// Why a show was not refreshed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshFailure {
    /// A sentence.
    pub why: String,
    /// No server was reached at all.
    pub offline: bool,
}

/// An episode with its notes laid open.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OpenedEpisode {
    /// What the library has.
    pub episode: Episode,
    /// The notes, times marked.
    pub notes: Arc<Document>,
    /// Chapters from every source that has some.
    pub chapters: Vec<Chapters>,
    /// Which of them is best.
    pub best: Option<usize>,
    /// Kept snips.
    pub snips: Vec<Snip>,
    /// Chapters that are always skipped.
    pub skipped: Vec<SkippedChapter>,
    /// Times in the notes that are out of order.
    pub doubtful: Vec<Millis>,
    /// What its show has of its own about the sound.
    pub sounding: OwnSounding,
    /// Canonical addresses of links that are not about this episode.
    pub usual: Vec<String>,
    /// Canonical addresses of linked pages that were read in other starts.
    pub read: Vec<String>,
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageFailure {
    /// What it is, which decides what is offered.
    pub problem: PageProblem,
    /// A sentence.
    pub why: String,
}

impl From<String> for PageFailure {
    fn from(why: String) -> Self {
        Self { problem: PageProblem::Other, why }
    }
}

/// An article, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OpenedArticle {
    /// Its facts.
    pub article: Article,
    /// Its text.
    pub document: Arc<Document>,
    /// It is the copy kept from before, because the network did not answer; why.
    pub offline: Option<String>,
    /// Seconds since the copy was fetched; `None` if it was fetched just now.
    pub age: Option<u64>,
    /// Where reading stopped: (block, byte offset).
    pub position: Option<(usize, usize)>,
    /// Its identity in the library.
    pub key: String,
}

/// What came of asking, behind a copy that is being read, whether its page has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checked {
    /// It has not.
    Same,
    /// It has, and the library has its new text.
    Newer,
    /// Nobody knows: no server answered; a sentence.
    Unreached(String),
    /// What the server sends now is worse than the copy: a check for robots, a notice that it was
    /// deleted, a stub; a sentence.
    Worse(String),
}

/// How making an episode complete goes.
#[derive(Debug, Clone, PartialEq)]
pub enum Completing {
    /// Waiting for its turn.
    Waiting,
    /// So many of so many linked pages are done.
    Pages(usize, usize),
    /// All was tried.
    Done(Box<Completed>),
    /// It could not be done; a sentence.
    Failed(String),
    /// It was stopped; what has come is kept.
    Stopped,
}

/// What a search of the library found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What it leads to.
    pub target: FoundTarget,
    /// Title of what was found.
    pub title: String,
    /// The words around the hit.
    pub snippet: String,
    /// A time in the recording.
    pub ms: Option<Millis>,
}

/// What a found thing leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FoundTarget {
    /// A show.
    Show(ShowId),
    /// An episode.
    Episode(EpisodeId),
    /// The transcript of an episode.
    Transcript(EpisodeId),
    /// An article by its address.
    Article(String),
}

/// How a download stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DownloadState {
    /// Waiting for its turn.
    Waiting,
    /// So many bytes of so many.
    Running(u64, Option<u64>),
    /// Held by the user: so many bytes of so many are here.
    Paused(u64, Option<u64>),
    /// The whole file is here.
    Done,
    /// It failed; a sentence.
    Failed(String),
    /// Stopped or removed.
    Removed,
}

/// From the audio thread; the ticket names the `Effect::Load` it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub enum Audio {
    /// The recording is open. Its length, where known: claimed or estimated.
    Loaded(Ticket, Option<Millis>),
    /// The recording is open and was measured: its length.
    Measured(Ticket, Millis),
    /// Sound comes out.
    Playing(Ticket),
    /// Held.
    Paused(Ticket),
    /// Waiting for bytes.
    Buffering(Ticket),
    /// The time in the recording of what is heard.
    Position(Ticket, Millis),
    /// The same by estimate: the exact time is not known yet.
    Estimated(Ticket, Millis),
    /// A place is being looked for: so many percent of the way are done; `None`: it is there.
    Seeking(Ticket, Option<u8>),
    /// Time saved by shorter pauses since the recording was loaded.
    Saved(Ticket, Millis),
    /// How loud the whole recording is, once it was measured.
    Loudness(Ticket, Loudness),
    /// Played to its end, or to the end asked for.
    Ended(Ticket, Millis),
    /// It cannot be played; a sentence.
    Failed(Ticket, String),
    /// There is a device.
    Device,
    /// There is none, or it was lost; a sentence.
    NoDevice(String),
}
