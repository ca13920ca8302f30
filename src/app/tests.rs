//! Transitions that read as sentences: a desk with a small library, keys and facts put in, and what
//! the state says and which effects are asked for afterwards.

mod adjusting;
mod along;
mod asking;
mod choosing;
mod downloading;
mod edges;
mod ending;
mod following;
mod in_front;
mod jumping;
mod lists;
mod numbers;
mod offers;
mod offline;
mod ordering;
mod pages;
mod passages;
mod pictures;
mod places;
mod playing;
mod pointing;
mod queueing;
mod reading;
mod reading_list;
mod rewinding;
mod seeking;
mod skipping;
mod sleeping;
mod snips;
mod sounding;
mod transcripts;
mod typesetting;

use std::fmt::Write;
use std::sync::Arc;

use super::*;
use crate::lang::{Notice, Tongue};
use crate::model::{
    Article, Chapter, ChapterSource, Chapters, Cue, Enclosure, Episode, EpisodeId, EpisodeSummary,
    Millis, NewSnip, Position, Show, ShowHealth, ShowId, Transcript,
};
use crate::text::{Document, from_markdown};

/// A program under test: its state and what it asked for last.
struct Desk {
    state: State,
    effects: Vec<Effect>,
}

/// Episodes of the first show, newest first.
const EPISODES: [i64; 5] = [1, 2, 3, 4, 5];

impl Desk {
    /// A program that has just started; nothing has come in yet.
    fn empty() -> Self {
        let settings = crate::config::load(None).unwrap();
        let (state, effects) = State::new(settings, Tongue::English, (120, 36));
        Self { state, effects }
    }

    /// A program with two shows, five episodes, and the first one's notes open.
    fn new() -> Self {
        let mut desk = Self::empty();
        let list = desk.list_ticket();
        desk.event(Event::Shows(vec![show(1, "海边电台"), show(2, "Slow Trains")]));
        desk.event(Event::Episodes(list, EPISODES.map(EpisodeId).to_vec()));
        desk.answer_opening();
        desk.event(Event::Rows(EPISODES.map(summary).to_vec()));
        desk.effects.clear();
        desk
    }

    /// A program whose first episode plays, with sound coming out.
    fn playing() -> Self {
        let mut desk = Self::new();
        desk.give(Command::Open);
        let ticket = desk.sound_ticket();
        desk.event(Event::Audio(Audio::Loaded(ticket, Some(600_000))));
        desk.event(Event::Audio(Audio::Playing(ticket)));
        desk.effects.clear();
        desk
    }

    fn send(&mut self, msg: Msg) -> &[Effect] {
        self.effects = update(&mut self.state, msg);
        &self.effects
    }

    fn give(&mut self, command: Command) -> &[Effect] {
        self.send(Msg::Command(command))
    }

    fn event(&mut self, event: Event) -> &[Effect] {
        self.send(Msg::Event(event))
    }

    fn key(&mut self, typed: Typed) -> &[Effect] {
        self.send(Msg::Type(typed))
    }

    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            self.key(Typed::Char(letter));
        }
    }

    /// The sound has come to this time.
    fn at(&mut self, ms: Millis) -> &[Effect] {
        let ticket = self.sound_ticket();
        self.event(Event::Audio(Audio::Position(ticket, ms)))
    }

    /// All shows play at this speed from now on.
    fn set_speed(&mut self, factor: f32) {
        self.state.player.chosen.all.speed = crate::model::Speed::of(factor);
        self.send(Msg::Wake);
    }

    /// The open request for the list of episodes.
    #[track_caller]
    fn list_ticket(&self) -> Ticket {
        self.state.library.loading.unwrap()
    }

    /// The open request for an episode.
    #[track_caller]
    fn opening(&self) -> (Ticket, EpisodeId) {
        self.state.notes.loading.unwrap()
    }

    /// The episode asked for comes.
    #[track_caller]
    fn answer_opening(&mut self) -> &[Effect] {
        let (ticket, id) = self.opening();
        self.event(Event::EpisodeOpened(ticket, Box::new(opened(id.0))))
    }

    /// The request of the recording that is loaded.
    #[track_caller]
    fn sound_ticket(&self) -> Ticket {
        self.state.player.playing.as_ref().unwrap().ticket
    }

    /// Puts a page beside the notes and answers for it.
    fn read(&mut self, url: &str) {
        let effects = articles::open(&mut self.state, url.to_owned(), crate::app::LinkedFrom::User);
        self.effects = effects;
        let ticket = self.state.articles.front().unwrap().ticket;
        self.event(Event::Article(ticket, Box::new(Ok(page(url)))));
    }

    #[track_caller]
    fn saved(&self) -> Vec<(i64, Position)> {
        let saved = |effect: &Effect| match effect {
            Effect::SavePosition { id, position } => Some((id.0, *position)),
            _ => None,
        };
        self.effects.iter().filter_map(saved).collect()
    }

    fn notice(&self) -> Option<&Notice> {
        self.state.toast.as_ref().map(|toast| &toast.notice)
    }

    fn notes(&self) -> &Reader {
        &self.state.notes.opened.as_ref().unwrap().reader
    }
}

fn show(id: i64, title: &str) -> Show {
    Show {
        id: ShowId(id),
        title: title.to_owned(),
        url: format!("https://pod.example/{id}.xml"),
        episodes: 5,
        unplayed: 4,
        health: ShowHealth::Good,
        subscribed: true,
        ..Show::default()
    }
}

fn summary(id: i64) -> EpisodeSummary {
    EpisodeSummary {
        id: EpisodeId(id),
        show: ShowId(1),
        show_title: "海边电台".to_owned(),
        guid: format!("e{id}"),
        title: format!("第 {id} 集：灯塔与潮汐"),
        duration_ms: Some(600_000),
        enclosure: Some(Enclosure {
            url: format!("https://pod.example/{id}.mp3"),
            ..Enclosure::default()
        }),
        link: Some(format!("https://pod.example/{id}")),
        ..EpisodeSummary::default()
    }
}

fn chapters() -> Chapters {
    let starts = [0, 60_000, 120_000, 300_000];
    let list = starts.map(|start_ms| Chapter {
        start_ms,
        title: format!("chapter at {start_ms}"),
        ..Chapter::default()
    });
    Chapters { source: ChapterSource::Notes, list: list.to_vec(), beyond: 0 }
}

/// Notes with times, links and enough lines to scroll.
fn notes_text() -> Document {
    let mut text = String::from("Links: [the tide](https://tide.example/a) and ");
    text.push_str("[the light](https://light.example/b)\n\n");
    for (at, start) in ["00:00", "01:00", "02:00", "05:00"].iter().enumerate() {
        let _ = write!(text, "{start} chapter {at}\n\n");
        for line in 0..12 {
            let _ = write!(text, "passage {at}.{line} 潮水慢慢地退下去。\n\n");
        }
    }
    let mut document = from_markdown(&text, None);
    mark_times(&mut document);
    document
}

/// Makes `MM:SS` at the start of a block a time that can be jumped to.
fn mark_times(document: &mut Document) {
    for block in &mut document.blocks {
        let Some(span) = block.spans.first_mut() else { continue };
        let Some(head) = span.text.split_whitespace().next() else { continue };
        if head.contains(':') && head.len() == 5 {
            span.time_ms = crate::model::parse_time(head);
        }
    }
}

fn opened(id: i64) -> OpenedEpisode {
    OpenedEpisode {
        episode: Episode { summary: summary(id), ..Episode::default() },
        notes: Arc::new(notes_text()),
        chapters: vec![chapters()],
        best: Some(0),
        ..OpenedEpisode::default()
    }
}

/// A hundred cues of five seconds each; a new speaker every tenth.
fn transcript() -> Transcript {
    let cue = |at: u64| Cue {
        start_ms: at * 5_000,
        end_ms: at * 5_000 + 5_000,
        speaker: at.is_multiple_of(10).then(|| format!("Voice {}", at / 10)),
        text: format!("sentence {at} of the tide"),
    };
    Transcript { cues: (0..100).map(cue).collect() }
}

fn page(url: &str) -> OpenedArticle {
    let text = "# 潮汐表\n\n".to_owned()
        + &"一段关于潮汐的文字，写得很长，好让它能滚动。\n\n".repeat(60)
        + "[next](https://tide.example/next)\n";
    OpenedArticle {
        article: Article { url: url.to_owned(), ..Article::default() },
        document: Arc::new(from_markdown(&text, None)),
        key: format!("key of {url}"),
        ..OpenedArticle::default()
    }
}
