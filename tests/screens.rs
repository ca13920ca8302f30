//! What the screen looks like: text and styles at four sizes, and laws that hold at every size.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "what cannot be set up fails the test"
)]

#[path = "support/dice.rs"]
#[allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]
mod dice;
#[path = "screens/laws.rs"]
mod laws;
#[path = "screens/picture.rs"]
mod picture;
#[path = "screens/pictures.rs"]
mod pictures;
#[path = "screens/sample.rs"]
mod sample;

#[path = "screens/timeline.rs"]
mod timeline;

use latetalk::app::{
    Audio, Checked, Command, Completing, DownloadNews, DownloadState, Effect, Event, Found,
    FoundTarget, Msg, Page, Reader, ReadingNews, ReadingWork, State, Ticket, Typed, update,
};
use latetalk::lang::Tongue;
use latetalk::model::{
    DownloadEntry, DownloadStage, EpisodeId, KeptPage, KeptState, PageToKeep, ReadingId, ShowId,
    ThemeName,
};

use picture::picture;
use sample::{answer, give, listening, playing, reading, started};

const SIZES: [(u16, u16); 4] = [(80, 24), (120, 36), (200, 50), (40, 12)];

/// Draws a state at every size and compares it with what is kept.
fn compare(name: &str, tongue: Tongue, state: impl Fn(Tongue, (u16, u16)) -> State) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots");
    settings.set_omit_expression(true);
    settings.bind(|| {
        for size in SIZES {
            let state = state(tongue, size);
            let named = format!("{name}_{}x{}", size.0, size.1);
            insta::assert_snapshot!(named, picture(&state, ThemeName::Night));
        }
    });
}

#[test]
fn an_empty_library_says_what_to_do() {
    compare("empty", Tongue::Chinese, |tongue, size| {
        let settings = latetalk::config::load(None).unwrap();
        let bindings = latetalk::keys::KeyMap::new(&settings.keys).unwrap().rows().to_vec();
        let (mut state, _) = State::new(settings, tongue, size);
        state.bindings = bindings;
        sample::tell(&mut state, latetalk::app::Event::Shows(Vec::new()));
        let ticket = state.library.loading.unwrap();
        sample::tell(&mut state, latetalk::app::Event::Episodes(ticket, Vec::new()));
        state
    });
}

/// Downloads that run, wait, are held, have failed, and are here.
fn downloading(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = started(tongue, size);
    let entry = |id: i64, bytes: u64, total, stage, automatic| {
        let summary = sample::summary(id);
        let (title, show) = (summary.title, summary.show_title);
        DownloadEntry { id: EpisodeId(id), title, show, bytes, total, stage, automatic }
    };
    let why =
        "cannot fetch https://media.example/9.mp3: the host refused the connection; try later";
    let entries = vec![
        entry(1, 0, None, DownloadStage::Waiting, false),
        entry(2, 0, None, DownloadStage::Waiting, true),
        entry(3, 20_000_000, Some(61_000_000), DownloadStage::Paused, false),
        entry(4, 0, None, DownloadStage::Failed(why.to_owned()), false),
        entry(5, 48_300_000, Some(48_300_000), DownloadStage::Here, true),
        entry(6, 120_400_000, Some(120_400_000), DownloadStage::Here, false),
    ];
    give(&mut state, Command::Downloads);
    let (taken, free) = (3_420_000_000, Some(120_600_000_000));
    let tell = |state: &mut State, event| drop(sample::tell(state, event));
    let first = EpisodeId(1);
    let restored = vec![entries[0].clone(), entries[1].clone()];
    tell(&mut state, Event::Downloads(DownloadNews::Restored(restored)));
    tell(&mut state, Event::Downloads(DownloadNews::List { entries, taken, free }));
    for second in 0..5_u64 {
        drop(update(&mut state, Msg::Tick(1_000 * second)));
        let running = DownloadState::Running(12_000_000 + second * 1_250_000, Some(61_700_000));
        tell(&mut state, Event::Download(first, running));
    }
    state
}

#[test]
fn downloads_say_how_far_they_are_and_why_not() {
    compare("downloads", Tongue::Chinese, downloading);
    compare("downloads_en", Tongue::English, downloading);
    compare("downloads_closed", Tongue::Chinese, |tongue, size| {
        let mut state = downloading(tongue, size);
        give(&mut state, Command::Back);
        give(&mut state, Command::OfflineMode);
        state
    });
}

#[test]
fn the_library_stands_beside_the_notes() {
    compare("library", Tongue::Chinese, started);
}

#[test]
fn what_plays_is_seen_in_the_list_the_notes_and_the_bar() {
    compare("playing", Tongue::English, playing);
}

#[test]
fn a_place_that_is_sought_and_a_time_that_is_estimated_are_marked() {
    let told = |tongue, size, audio: fn(Ticket) -> [Audio; 2]| {
        let mut state = playing(tongue, size);
        let ticket = state.player.playing.as_ref().unwrap().ticket;
        for audio in audio(ticket) {
            sample::tell(&mut state, Event::Audio(audio));
        }
        state
    };
    compare("seeking", Tongue::Chinese, |tongue, size| {
        told(tongue, size, |ticket| [Audio::Buffering(ticket), Audio::Seeking(ticket, Some(63))])
    });
    compare("estimated", Tongue::English, |tongue, size| {
        told(tongue, size, |ticket| [Audio::Playing(ticket), Audio::Estimated(ticket, 3_661_000)])
    });
}

#[test]
fn an_article_stands_beside_the_notes() {
    compare("article", Tongue::Chinese, reading);
}

/// A page with everything that can be set, alone in its pane.
fn specimen(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = reading(tongue, size);
    let mut document = latetalk::text::from_markdown(include_str!("screens/specimen.md"), None);
    latetalk::text::colour(&mut document);
    let front = state.articles.stack.last_mut().unwrap();
    if let Page::Ready { reader, .. } = &mut front.page {
        **reader = Reader::new(document.into());
    }
    give(&mut state, Command::Zoom);
    state
}

#[test]
fn everything_that_can_be_set_is_set_well() {
    let screen = |state: &State, name| {
        let buffer = picture::cells(state, name);
        (0..buffer.area.height).map(|y| picture::row_text(&buffer, y) + "\n").collect::<String>()
    };
    for name in [ThemeName::Night, ThemeName::Paper, ThemeName::Terminal] {
        for size in SIZES {
            let shown = screen(&specimen(Tongue::Chinese, size), name);
            assert!(shown.contains("潮汐与灯：排版样张"), "{size:?}: {shown}");
        }
    }
    let top = screen(&specimen(Tongue::Chinese, (120, 36)), ThemeName::Night);
    for expected in [
        "用 GPT-4o 整理日志——一共",
        "   • the old pier",
        "[x] 灯油",
        "│ │ 海不扬波。",
        "▸ 值夜表",
        "港口       │ 高潮  │ 潮差 (m) │ 备注",
        "North Pier │ 04:40 │    12.75 │ quiet",
    ] {
        assert!(top.contains(expected), "{expected}: {top}");
    }
    let mut state = specimen(Tongue::English, (80, 24));
    give(&mut state, Command::Bottom);
    let end = screen(&state, ThemeName::Night);
    for expected in ["h = A cos(ωt + φ) + h₀", "灯(とう)台(だい)，H₂O，x¹⁰。", "▣ 夜里的灯塔"]
    {
        assert!(end.contains(expected), "{expected}: {end}");
    }
}

#[test]
fn a_picture_is_seen_where_it_stands() {
    compare("picture", Tongue::Chinese, pictures::pictured);
}

#[test]
fn a_picture_is_cut_where_the_view_ends() {
    compare("picture_cut", Tongue::English, |tongue, size| {
        let mut state = pictures::pictured(tongue, size);
        for _ in 0..6 {
            let effects = give(&mut state, Command::Down);
            pictures::arrive(&mut state, effects);
        }
        state
    });
}

#[test]
fn what_lies_in_front_covers_a_picture() {
    compare("picture_covered", Tongue::Chinese, |tongue, size| {
        let mut state = pictures::pictured(tongue, size);
        give(&mut state, Command::SleepTimer);
        state
    });
}

#[test]
fn a_picture_alone_is_as_large_as_the_screen_allows() {
    compare("picture_alone", Tongue::Chinese, |tongue, size| {
        let mut state = pictures::pictured(tongue, size);
        give(&mut state, Command::NextLink);
        let effects = give(&mut state, Command::Open);
        pictures::arrive(&mut state, effects);
        state
    });
}

#[test]
fn captions_alone_are_seen_where_pictures_are_off() {
    compare("picture_off", Tongue::English, |tongue, size| {
        let mut state = pictures::pictured(tongue, size);
        give(&mut state, Command::Pictures);
        state
    });
}

#[test]
fn what_is_packed_for_a_train_and_what_is_being_packed_is_marked_in_the_list() {
    compare("packing", Tongue::Chinese, |tongue, size| {
        let mut state = started(tongue, size);
        let mut packed = sample::summary(3);
        packed.complete = true;
        sample::tell(&mut state, Event::Rows(vec![packed]));
        give(&mut state, Command::MakeOffline);
        sample::tell(&mut state, Event::Completing(EpisodeId(1), Completing::Pages(5, 12)));
        state
    });
}

#[test]
fn a_copy_says_how_old_it_is_and_that_there_is_something_newer() {
    let told = |tongue, size, how: Checked| {
        let mut state = reading(tongue, size);
        let ticket = state.articles.front().unwrap().ticket;
        if let Page::Ready { age, .. } = &mut state.articles.stack.last_mut().unwrap().page {
            *age = Some(3 * 24 * 3600);
        }
        sample::tell(&mut state, Event::Checked(ticket, how));
        state
    };
    compare("copy_offline", Tongue::Chinese, |tongue, size| {
        told(tongue, size, Checked::Unreached("没有网络".to_owned()))
    });
    compare("copy_newer", Tongue::English, |tongue, size| told(tongue, size, Checked::Newer));
}

#[test]
fn the_transcript_follows_what_plays() {
    compare("transcript", Tongue::Chinese, listening);
}

#[test]
fn selected_passages_of_the_transcript_are_set_off() {
    compare("transcript_selected", Tongue::English, |tongue, size| {
        let mut state = listening(tongue, size);
        for command in [Command::Down, Command::Select, Command::Down, Command::Down] {
            give(&mut state, command);
        }
        state
    });
}

#[test]
fn matches_in_the_transcript_are_set_off() {
    compare("transcript_found", Tongue::Chinese, |tongue, size| {
        let mut state = listening(tongue, size);
        give(&mut state, Command::Find);
        write(&mut state, "日志");
        update(&mut state, Msg::Type(Typed::Enter));
        state
    });
}

#[test]
fn the_shows_have_the_focus() {
    compare("shows", Tongue::English, |tongue, size| {
        let mut state = started(tongue, size);
        give(&mut state, Command::PreviousPane);
        give(&mut state, Command::Bottom);
        state
    });
}

#[test]
fn links_have_letters() {
    compare("hints", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::Hints);
        state
    });
}

#[test]
fn matches_are_set_off() {
    compare("find", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::Find);
        write(&mut state, "灯塔");
        update(&mut state, Msg::Type(Typed::Enter));
        state
    });
}

#[test]
fn the_keys_stand_in_one_column() {
    compare("help", Tongue::English, |tongue, size| {
        let mut state = started(tongue, size);
        give(&mut state, Command::Help);
        state
    });
}

#[test]
fn commands_are_found_by_their_words() {
    compare("palette", Tongue::Chinese, |tongue, size| {
        let mut state = started(tongue, size);
        give(&mut state, Command::Palette);
        write(&mut state, "章");
        state
    });
}

#[test]
fn chapters_and_queue_lie_over_the_panes() {
    compare("chapters", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::Chapters);
        state
    });
    compare("queue", Tongue::English, |tongue, size| {
        let mut state = playing(tongue, size);
        let queue = vec![sample::summary(2), sample::summary(6)];
        sample::tell(&mut state, latetalk::app::Event::Queue(queue));
        give(&mut state, Command::Queue);
        state
    });
}

/// What plays, with a sound of its own for its show; the table in front.
fn sounding(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = playing(tongue, size);
    for command in [Command::Loudness, Command::VoiceBoost, Command::SoundSettings] {
        give(&mut state, command);
    }
    give(&mut state, Command::SeekForwardLong);
    for command in [Command::Down, Command::SeekForward, Command::SeekForward] {
        give(&mut state, command);
    }
    let ticket = state.player.playing.as_ref().unwrap().ticket;
    let saved = latetalk::app::Audio::Saved(ticket, 151_000);
    sample::tell(&mut state, latetalk::app::Event::Audio(saved));
    state.toast = None;
    state
}

#[test]
fn what_applies_is_seen_in_the_table_and_in_the_bar() {
    compare("sound", Tongue::Chinese, sounding);
    compare("sound_all", Tongue::English, |tongue, size| {
        let mut state = sounding(tongue, size);
        for command in [Command::Bottom, Command::NextPane, Command::SeekForwardLong] {
            give(&mut state, command);
        }
        state
    });
    compare("sound_bar", Tongue::English, |tongue, size| {
        let mut state = sounding(tongue, size);
        give(&mut state, Command::Back);
        give(&mut state, Command::Slower);
        state
    });
}

fn snips(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = playing(tongue, size);
    let effects = give(&mut state, Command::Snips);
    answer(&mut state, &effects);
    state
}

#[test]
fn snips_show_stars_tags_lengths_and_what_the_show_recommends() {
    compare("snips", Tongue::Chinese, |tongue, size| {
        let mut state = snips(tongue, size);
        give(&mut state, Command::Down);
        give(&mut state, Command::Open);
        state
    });
    compare("snips_all", Tongue::English, |tongue, size| {
        let mut state = snips(tongue, size);
        let effects = give(&mut state, Command::Snips);
        answer(&mut state, &effects);
        give(&mut state, Command::Find);
        write(&mut state, "#fog");
        state
    });
}

#[test]
fn the_ends_of_a_snip_are_moved_over_the_player() {
    compare("adjust", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        let effects = give(&mut state, Command::Snips);
        answer(&mut state, &effects);
        give(&mut state, Command::AdjustSnip);
        give(&mut state, Command::Back);
        give(&mut state, Command::Back);
        let effects = give(&mut state, Command::AdjustSnip);
        if size.1 > 12 {
            answer(&mut state, &effects);
        }
        give(&mut state, Command::SeekBack);
        give(&mut state, Command::NextPane);
        give(&mut state, Command::Wider);
        state
    });
}

#[test]
fn a_note_of_several_lines_is_written_in_a_strip() {
    compare("note", Tongue::English, |tongue, size| {
        let mut state = snips(tongue, size);
        give(&mut state, Command::EditNote);
        update(&mut state, Msg::Type(Typed::Break));
        write(&mut state, "A third line, and 一句长得放不下的中文，");
        write(&mut state, "它要折到下一行去，好让人看见自己写了什么。");
        state
    });
}

#[test]
fn a_timeline_is_laid_out_in_the_notes_the_list_and_the_bar() {
    compare("timeline", Tongue::Chinese, |tongue, size| {
        let mut state = timeline::listening(tongue, size);
        give(&mut state, Command::Follow);
        state
    });
    compare("timeline_list", Tongue::English, |tongue, size| {
        let mut state = timeline::listening(tongue, size);
        give(&mut state, Command::Chapters);
        state
    });
    compare("timeline_detached", Tongue::English, |tongue, size| {
        let mut state = timeline::listening(tongue, size);
        state.focus = latetalk::app::Pane::Notes;
        give(&mut state, Command::Top);
        state
    });
    compare("timeline_filter", Tongue::Chinese, |tongue, size| {
        let mut state = timeline::listening(tongue, size);
        give(&mut state, Command::Chapters);
        give(&mut state, Command::Find);
        write(&mut state, "灯");
        state
    });
}

#[test]
fn the_sleep_timer_is_chosen_from_a_short_list() {
    compare("sleep", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::SleepTimer);
        state
    });
    compare("sleep_typed", Tongue::English, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::SleepTimer);
        write(&mut state, "12");
        state
    });
}

#[test]
fn before_it_stops_the_sleep_timer_says_what_a_key_does() {
    compare("sleep_soon", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        state.sleep.recall(None, Some("1:4000000:3980000:3000000"));
        give(&mut state, Command::SleepTimer);
        write(&mut state, "1");
        give(&mut state, Command::Open);
        for second in 1..=35 {
            update(&mut state, Msg::Tick(second * 1_000));
        }
        state
    });
}

#[test]
fn what_the_sleep_timer_waits_for_stands_in_the_bar() {
    compare("sleep_bar", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::SleepTimer);
        for _ in 0..4 {
            give(&mut state, Command::Down);
        }
        give(&mut state, Command::Open);
        state
    });
}

#[test]
fn a_search_shows_what_it_found_and_where() {
    compare("search", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        give(&mut state, Command::Search);
        let effects = write(&mut state, "潮");
        let Some(latetalk::app::Effect::Search { ticket, .. }) = effects.first() else {
            panic!("nothing was asked: {effects:?}");
        };
        sample::tell(&mut state, latetalk::app::Event::Hits(*ticket, Ok(hits())));
        state
    });
}

#[test]
fn what_can_be_read_along_is_said_in_the_bar_the_margin_and_the_chapters() {
    let at_the_link = |tongue, size| {
        let mut state = timeline::listening(tongue, size);
        let ticket = state.player.playing.as_ref().unwrap().ticket;
        sample::tell(&mut state, Event::Audio(Audio::Position(ticket, 1_200_000)));
        state
    };
    compare("along", Tongue::Chinese, at_the_link);
    compare("along_chapters", Tongue::English, |tongue, size| {
        let mut state = at_the_link(tongue, size);
        give(&mut state, Command::Chapters);
        state
    });
}

#[test]
fn the_reading_list_says_what_is_kept_how_long_it_takes_and_what_is_missing() {
    compare("reading_list", Tongue::Chinese, |tongue, size| {
        let mut state = playing(tongue, size);
        sample::tell(&mut state, Event::Reading(ReadingNews::Counts(4, 5)));
        let effects = give(&mut state, Command::ReadingList);
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::Reading(work) => match **work {
                ReadingWork::Load { ticket, .. } => Some(ticket),
                _ => None,
            },
            _ => None,
        });
        let pages = kept();
        let ids = pages.iter().map(|page| page.id).collect();
        let news = [ReadingNews::Ids(asked.unwrap(), ids, NOW), ReadingNews::Rows(pages)];
        for news in news {
            sample::tell(&mut state, Event::Reading(news));
        }
        state
    });
}

/// The time at which the list is looked at.
const NOW: i64 = 1_790_000_000;

fn kept() -> Vec<KeptPage> {
    let page = |id: i64, title: &str, site: &str, age: i64, state| KeptPage {
        id: ReadingId(id),
        page: PageToKeep {
            url: format!("https://tide.example/{id}"),
            title: title.to_owned(),
            ..PageToKeep::default()
        },
        site: site.to_owned(),
        added: NOW - age,
        minutes: (state == KeptState::Here).then_some(8),
        state,
        ..KeptPage::default()
    };
    let failed = KeptState::Failed("reading the page: the server did not answer".to_owned());
    let from = Some("12: 灯塔守护人：三十年只看一束光".to_owned());
    let new = page(5, "潮汐钟为什么走得慢：一个钟表匠的回答", "潮汐月刊", 30, KeptState::Here);
    let begun = page(4, "Fog signals of the north", "fog.example", 7_200, KeptState::Here);
    let read = page(3, "灯塔简史", "潮汐月刊", 3 * 86_400, KeptState::Here);
    vec![
        KeptPage { episode_title: from.clone(), ..new },
        KeptPage { percent: 62, ..begun },
        KeptPage { read: Some(NOW), percent: 100, episode_title: from, ..read },
        page(2, "", "tide.example", 40 * 86_400, KeptState::Waiting),
        page(1, "雾号与旧发电机", "island.example", 400 * 86_400, failed),
    ]
}

#[test]
fn unsubscribing_is_asked_about() {
    compare("unsubscribe", Tongue::English, |tongue, size| {
        let mut state = started(tongue, size);
        give(&mut state, Command::PreviousPane);
        give(&mut state, Command::Bottom);
        give(&mut state, Command::Unsubscribe);
        state
    });
}

fn hits() -> Vec<Found> {
    let hit = |target, title: &str, snippet: &str, ms| Found {
        target,
        title: title.to_owned(),
        snippet: snippet.to_owned(),
        ms,
    };
    vec![
        hit(FoundTarget::Show(ShowId(3)), "潮间带", "一档关于海岸的节目", None),
        hit(
            FoundTarget::Episode(EpisodeId(2)),
            "11: How a tide clock thinks | 与林海生谈潮汐钟",
            "…钟面上没有数字，只有潮位和月亮…",
            Some(1_935_000),
        ),
        hit(
            FoundTarget::Article("https://tide.example/l".to_owned()),
            "灯塔简史",
            "潮汐月刊",
            None,
        ),
    ]
}

fn write(state: &mut State, text: &str) -> Vec<latetalk::app::Effect> {
    let mut effects = Vec::new();
    for letter in text.chars() {
        effects = update(state, Msg::Type(Typed::Char(letter)));
    }
    effects
}
