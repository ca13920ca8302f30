//! An invented library, and the states of the program that show it: put together only by messages, as
//! the running program does it. The benchmarks use it too.

use std::sync::Arc;

use latetalk::app::{
    Audio, Command, Effect, Event, Msg, OpenedArticle, OpenedEpisode, State, Ticket, update,
};
use latetalk::keys::KeyMap;
use latetalk::lang::Tongue;
use latetalk::model::{
    Article, Chapter, ChapterSource, Chapters, Cue, Enclosure, Episode, EpisodeId, EpisodeSummary,
    NewSnip, Position, Show, ShowHealth, ShowId, Snip, SnipId, Soundbite, Transcript,
};
use latetalk::text::{Document, from_markdown};

const TITLES: [&str; 6] = [
    "12: 灯塔守护人：三十年只看一束光",
    "11: How a tide clock thinks | 与林海生谈潮汐钟",
    "10: 没有网络的岛上怎样办一份日报",
    "9: 修船人的账本（下）",
    "8: A short one",
    "7: 「风从哪里来」——气象站的一天，以及那些没有写进报告里的夜晚",
];

/// The program after its start, its list and the first episode's notes on the screen.
pub(crate) fn started(tongue: Tongue, size: (u16, u16)) -> State {
    let settings = latetalk::config::load(None).expect("the built-in settings");
    let bindings = KeyMap::new(&settings.keys).expect("the built-in keys").rows().to_vec();
    let (mut state, _) = State::new(settings, tongue, size);
    state.bindings = bindings;
    tell(&mut state, Event::Shows(shows()));
    let ticket = state.library.loading.expect("the list was asked for");
    let ids = (1..=6).map(EpisodeId).collect();
    let effects = tell(&mut state, Event::Episodes(ticket, ids));
    tell(&mut state, Event::Rows((1..=6).map(summary).collect()));
    answer(&mut state, &effects);
    state
}

/// The same with the first episode playing, 12 minutes and 40 seconds into it.
pub(crate) fn playing(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = started(tongue, size);
    give(&mut state, Command::Open);
    let ticket = state.player.playing.as_ref().expect("it plays").ticket;
    for audio in [
        Audio::Loaded(ticket, Some(5_400_000)),
        Audio::Playing(ticket),
        Audio::Position(ticket, 760_000),
    ] {
        tell(&mut state, Event::Audio(audio));
    }
    state
}

/// The same with an article beside the notes.
pub(crate) fn reading(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = playing(tongue, size);
    // Three times, then the first link.
    for _ in 0..4 {
        give(&mut state, Command::NextLink);
    }
    let effects = give(&mut state, Command::Open);
    answer(&mut state, &effects);
    state
}

/// The first episode playing with its transcript beside the notes.
pub(crate) fn listening(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = playing(tongue, size);
    let effects = give(&mut state, Command::Transcript);
    answer(&mut state, &effects);
    state
}

/// Gives a command.
pub(crate) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    update(state, Msg::Command(command))
}

/// Tells of something that happened.
pub(crate) fn tell(state: &mut State, event: Event) -> Vec<Effect> {
    update(state, Msg::Event(event))
}

/// Answers the requests among these effects from the sample.
pub(crate) fn answer(state: &mut State, effects: &[Effect]) {
    for effect in effects {
        let event = match effect {
            Effect::OpenEpisode { ticket, id } => opened(*ticket, *id),
            Effect::OpenArticle { ticket, url, .. } => article(*ticket, url),
            Effect::LoadTranscript { ticket, .. } => {
                Event::Transcript(*ticket, Ok(Arc::new(transcript(700))))
            }
            Effect::LoadSnips(episode) => {
                tell(state, Event::Snips(*episode, listed()));
                let Some(id) = episode else { continue };
                Event::Soundbites(*id, vec![recommended()])
            }
            Effect::LoadRows(ids) => Event::Rows(ids.iter().map(|id| summary(id.0)).collect()),
            _ => continue,
        };
        let more = tell(state, event);
        answer(state, &more);
    }
}

fn shows() -> Vec<Show> {
    let show = |id, title: &str, unplayed, health| Show {
        id: ShowId(id),
        title: title.to_owned(),
        url: format!("https://pod.example/{id}.xml"),
        episodes: 12,
        unplayed,
        health,
        subscribed: true,
        ..Show::default()
    };
    let failed = ShowHealth::Failed("refreshing 潮间带: the server did not answer".to_owned());
    vec![
        show(1, "海边电台 Seaside Radio", 5, ShowHealth::Good),
        show(2, "Slow Trains", 0, ShowHealth::Good),
        show(3, "潮间带", 128, failed),
    ]
}

/// What a list shows of an episode.
pub(crate) fn summary(id: i64) -> EpisodeSummary {
    let index = usize::try_from(id - 1).unwrap_or(0);
    let title =
        TITLES.get(index).map_or_else(|| format!("第 {id} 期：海上来信"), |t| (*t).to_owned());
    let position = match id {
        2 => Position { ms: 1_800_000, played: false },
        4 => Position { ms: 0, played: true },
        _ => Position::default(),
    };
    EpisodeSummary {
        id: EpisodeId(id),
        show: ShowId(1),
        show_title: "海边电台 Seaside Radio".to_owned(),
        guid: format!("e{id}"),
        title,
        published: Some(1_793_491_200 - id * 604_800),
        duration_ms: Some(5_400_000 + u64::try_from(id).unwrap_or(0) * 61_000),
        position,
        enclosure: Some(Enclosure {
            url: format!("https://pod.example/{id}.mp3"),
            ..Enclosure::default()
        }),
        link: Some(format!("https://pod.example/{id}")),
        downloaded: id == 3,
        ..EpisodeSummary::default()
    }
}

fn opened(ticket: Ticket, id: EpisodeId) -> Event {
    let starts = [(0, "开场"), (420_000, "第一束光"), (1_512_000, "雾号、潮汐与一台旧发电机")];
    let chapter = |(start_ms, title): (u64, &str)| Chapter {
        start_ms,
        title: title.to_owned(),
        ..Chapter::default()
    };
    let chapters = Chapters {
        source: ChapterSource::Notes,
        list: starts.into_iter().map(chapter).collect(),
        beyond: 0,
    };
    let came = OpenedEpisode {
        episode: Episode { summary: summary(id.0), ..Episode::default() },
        notes: Arc::new(notes()),
        chapters: vec![chapters],
        best: Some(0),
        snips: snips(),
        ..OpenedEpisode::default()
    };
    Event::EpisodeOpened(ticket, Box::new(came))
}

/// Notes with links, times, a quote, a list, code and a table.
pub(crate) fn notes() -> Document {
    let text = "# 12: 灯塔守护人：三十年只看一束光\n\n\
        海边电台 · 2026-11-01 · 1:30:00\n\n\
        「雾来的时候，声音比光走得远。」这一期我们去了一座岛，见了守灯塔的**周望潮**，\
        他说 *patience is a kind of light*，我们没有听懂，直到天黑。\n\n\
        00:00 开场\n\n07:00 第一束光\n\n25:12 雾号、潮汐与一台旧发电机\n\n\
        提到的文章：[灯塔简史](https://tide.example/lighthouse) 和 \
        [How fog signals work](https://fog.example/signals)\n\n\
        > 灯不是给看灯的人亮的。\n\n\
        - 第一次上岛\n- 第二次，带了 `sextant`\n\n\
        | 灯质 | 周期 |\n|---|---|\n| 闪白 | 6 s |\n| 等明暗红 | 12 s |\n\n\
        制作：海边电台。音乐：退潮。\n";
    let mut document = from_markdown(text, None);
    for block in &mut document.blocks {
        let Some(span) = block.spans.first_mut() else { continue };
        let Some((head, rest)) = span.text.split_once(' ') else { continue };
        let Some(ms) = latetalk::model::parse_time(head).filter(|_| head.contains(':')) else {
            continue;
        };
        let mut after = span.clone();
        after.text = format!(" {rest}");
        span.text = head.to_owned();
        span.time_ms = Some(ms);
        block.spans.insert(1, after);
    }
    document
}

/// A conversation of two, so many passages of six seconds.
pub(crate) fn transcript(cues: usize) -> Transcript {
    let said = [
        ("周望潮", "雾来的时候，你先听见声音，过一会儿才看见光。"),
        ("周望潮", "The horn is older than the lamp, people forget that."),
        ("主播", "那您一个人守着，夜里做什么？"),
        ("", "会不会害怕？"),
        (
            "周望潮",
            "记日志。风向、油量、过了几条船，一行一行写下去，写到天亮，三十年就这么过来了。",
        ),
    ];
    let cue = |at: usize| {
        let (who, text) = said[at % said.len()];
        let start_ms = u64::try_from(at).unwrap_or(0) * 6_000;
        Cue {
            start_ms,
            end_ms: start_ms + 6_000,
            speaker: (!who.is_empty()).then(|| who.to_owned()),
            text: text.to_owned(),
        }
    };
    Transcript { cues: (0..cues).map(cue).collect() }
}

fn article(ticket: Ticket, url: &str) -> Event {
    let text = "# 灯塔简史\n\n沈渡 · 2026-10-20\n\n".to_owned()
        + &"最早的灯塔是一堆火。有人整夜守着它，往里添木头，看它在风里歪向一边，又直起来。\n\n\
            A lighthouse keeper's log has few words: wind, oil, ships passed.\n\n"
            .repeat(12)
        + "## 雾\n\n下一篇：[雾号](https://tide.example/fog)\n";
    let opened = OpenedArticle {
        article: Article {
            url: url.to_owned(),
            title: Some("灯塔简史".to_owned()),
            site: Some("潮汐月刊".to_owned()),
            ..Article::default()
        },
        document: Arc::new(from_markdown(&text, None)),
        key: url.to_owned(),
        ..OpenedArticle::default()
    };
    Event::Article(ticket, Box::new(Ok(opened)))
}

fn snips() -> Vec<Snip> {
    let snip = |id, start_ms, title: Option<&str>, note: &str, favorite| Snip {
        id: SnipId(id),
        episode: EpisodeId(1),
        episode_title: TITLES[0].to_owned(),
        show_title: "海边电台 Seaside Radio".to_owned(),
        created: None,
        body: NewSnip {
            start_ms,
            end_ms: start_ms + 45_000,
            title: title.map(str::to_owned),
            note: note.to_owned(),
            favorite,
            ..NewSnip::default()
        },
    };
    vec![
        snip(1, 430_000, Some("声音比光走得远"), "雾号先于灯光到达。\n第二行", true),
        snip(2, 1_600_000, None, "", false),
    ]
}

/// The snips with one more, as a list has them.
fn listed() -> Vec<Snip> {
    let mut all = snips();
    if let Some(mut tagged) = all.last().cloned() {
        tagged.id = SnipId(3);
        tagged.body.start_ms = 3_570_000;
        tagged.body.end_ms = 3_705_000;
        "他说灯不是给看灯的人亮的".clone_into(&mut tagged.body.note);
        tagged.body.tags = vec!["访谈".to_owned(), "fog signals".to_owned()];
        all.push(tagged);
    }
    all
}

/// A passage that the show recommends.
fn recommended() -> Soundbite {
    Soundbite {
        start_ms: 900_000,
        duration_ms: 32_000,
        title: Some("「天黑以后岛才醒来」".to_owned()),
    }
}
