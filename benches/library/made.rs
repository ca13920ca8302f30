//! A large library, invented: seeded, so that every run has the same one.

use std::fmt::Write as _;
use std::path::Path;

use latetalk::model::{Article, Cue, Enclosure, ParsedEpisode, ParsedFeed, ShowId, Transcript};
use latetalk::store::{FeedStamp, Store, StoredArticle};

/// Shows, and the episodes of one; the last show has more.
pub(crate) const SHOWS: u32 = 1_000;
pub(crate) const EPISODES: u32 = 95;
pub(crate) const LONG_SHOW: u32 = 5_000;

/// When it is made up to, in seconds.
const NOW: i64 = 1_790_000_000;

/// A generator of numbers that is the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

const NAMES: [&str; 12] = [
    "潮汐", "灯塔", "夜航", "山谷", "旧书", "海盐", "北窗", "石阶", "雾号", "渡口", "麦田", "长风",
];
const KINDS: [&str; 8] = ["电台", "夜话", " Radio", "对谈", "笔记", " Weekly", "手记", "聊天室"];
const TOPICS: [&str; 24] = [
    "开源",
    "芯片",
    "播客",
    "創業",
    "自动驾驶",
    "人工智能",
    "旅行",
    "读书",
    "電池",
    "城市",
    "咖啡",
    "音乐",
    "投資",
    "历史",
    "DeepSeek",
    "LLM",
    "OpenAI",
    "robotics",
    "coffee",
    "GPT-5",
    "Rust",
    "design",
    "startup",
    "AI搜索",
];
const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经";

fn prose(dice: &mut Dice, characters: usize) -> String {
    let common: Vec<char> = COMMON.chars().collect();
    let mut text = String::new();
    let mut count = 0;
    while count < characters {
        match dice.below(24) {
            0 => text.push('，'),
            1 => text.push('。'),
            2 => {
                let _ = write!(text, " {} ", dice.of(&["the", "and", "model", "people", "data"]));
            }
            3 => text.push_str(dice.of(&TOPICS)),
            4..=14 => text.push(common[dice.below(common.len())]),
            _ => {
                let rare = dice.below(60) * dice.below(50);
                text.push(char::from_u32(0x4e00 + rare as u32).unwrap_or('人'));
            }
        }
        count += 1;
    }
    text
}

/// The title of a show.
pub(crate) fn show_title(show: u32) -> String {
    let mut dice = Dice::new(u64::from(show) + 17);
    format!("{}{}{}{}", dice.of(&NAMES), dice.of(&NAMES), dice.of(&KINDS), show)
}

/// How many episodes a show has.
pub(crate) fn episodes_of(show: u32) -> u32 {
    if show + 1 == SHOWS { LONG_SHOW } else { EPISODES }
}

/// One episode as its feed has it.
pub(crate) fn episode(show: u32, number: u32) -> ParsedEpisode {
    let mut dice = Dice::new(u64::from(show) * 100_003 + u64::from(number));
    let (one, other) = (dice.of(&TOPICS), dice.of(&TOPICS));
    let title = format!("{number}: {one}与{other}，{}", prose(&mut dice, 14));
    let age = i64::from(episodes_of(show) - number) * 86_400 + dice.below(86_000) as i64;
    ParsedEpisode {
        guid: format!("{show}-{number}"),
        title: Some(title),
        link: Some(format!("https://show{show}.example/{number}")),
        published: Some(NOW - age),
        duration_ms: Some(1_800_000 + dice.below(6_000_000) as u64),
        enclosure: Some(Enclosure {
            url: format!("https://media.example/{show}/{number}.mp3"),
            mime: Some("audio/mpeg".into()),
            length: Some(40_000_000),
        }),
        notes_html: format!(
            "<p>{}</p><p>00:00 {}</p>",
            prose(&mut dice, 260),
            prose(&mut dice, 20)
        ),
        ..ParsedEpisode::default()
    }
}

/// A feed as a server sends it; `new` adds an episode that the library does not have.
pub(crate) fn feed_xml(show: u32, new: bool) -> String {
    let mut xml = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{}</title><link>https://show{show}.example</link>",
        show_title(show)
    );
    let count = episodes_of(show);
    for number in (1..=count + u32::from(new)).rev() {
        let item = episode(show, number);
        let enclosure = item.enclosure.expect("it has one");
        let date = jiff::Timestamp::from_second(item.published.unwrap_or_default().min(NOW))
            .expect("a date");
        let _ = write!(
            xml,
            "<item><guid isPermaLink=\"false\">{}</guid><title>{}</title><link>{}</link><pubDate>{}</pubDate><description><![CDATA[{}]]></description><enclosure url=\"{}\" type=\"audio/mpeg\" length=\"40000000\"/></item>",
            item.guid,
            item.title.unwrap_or_default(),
            item.link.unwrap_or_default(),
            date.strftime("%a, %d %b %Y %H:%M:%S +0000"),
            item.notes_html,
            enclosure.url,
        );
    }
    xml.push_str("</channel></rss>");
    xml
}

fn plain(item: &ParsedEpisode) -> String {
    item.notes_html.replace("<p>", "").replace("</p>", "\n")
}

/// Makes the library at `path`, with feeds on this port of the own machine.
pub(crate) fn make(path: &Path, port: u16) {
    let store = Store::open(path).expect("a library");
    for show in 0..SHOWS {
        let url = format!("http://127.0.0.1:{port}/{show}");
        let id = store.add_show(&url, None, NOW - i64::from(show)).expect("a show").id;
        let feed = ParsedFeed {
            title: Some(show_title(show)),
            link: Some(format!("https://show{show}.example")),
            description: Some(prose(&mut Dice::new(u64::from(show)), 120)),
            author: Some("林渡".into()),
            episodes: (1..=episodes_of(show)).rev().map(|n| episode(show, n)).collect(),
            ..ParsedFeed::default()
        };
        store.take_feed(id, &feed, FeedStamp::default(), NOW, &plain).expect("a feed");
        if show % 20 == 0 {
            more(&store, id, show);
        }
    }
}

/// A transcript of an hour and an article for some.
fn more(store: &Store, id: ShowId, show: u32) {
    let mut dice = Dice::new(u64::from(show) + 5);
    let filter = latetalk::store::EpisodeFilter {
        show: Some(id),
        limit: Some(1),
        ..latetalk::store::EpisodeFilter::default()
    };
    let newest = store.episode_ids(&filter).expect("episodes")[0];
    let cue = |n: u64| Cue {
        start_ms: n * 6_000,
        end_ms: n * 6_000 + 5_900,
        speaker: None,
        text: prose(&mut dice, 24),
    };
    let transcript = Transcript { cues: (0..600).map(cue).collect() };
    store.put_transcript(newest, &transcript).expect("a transcript");
    let url = format!("https://pages.example/{show}");
    let article = StoredArticle {
        article: Article {
            url: url.clone(),
            title: Some(prose(&mut dice, 16)),
            ..Article::default()
        },
        ..StoredArticle::default()
    };
    let text = prose(&mut dice, 4_000);
    store.put_article(&url, &article, &text, Some(newest), NOW).expect("an article");
}
