//! An episode with a long timeline: sections, points, titles longer than a line, a page, a chapter that
//! is always skipped, and times that are not believed.

use latetalk::app::{Audio, Command, Effect, Event, OpenedEpisode, State};
use latetalk::lang::Tongue;
use latetalk::model::{ChapterSource, Chapters, Episode, SkippedChapter};
use latetalk::text::from_html;
use latetalk::timeline;

use super::sample::{give, started, summary, tell};

const NOTES: &str = "<p>「灯不是给看灯的人亮的。」在 43:30 他说了这句话。</p>\
    <p>时间线：</p>\
    <p>-上岛：雾里的第一天<br>00:00 开场<br>02:20 过往的灯塔，以及为什么它们都建在看不见的地方：\
    从火堆、油灯到电灯，一束光怎样走过三十海里<br>·火堆要整夜有人添木头<br>\
    ·油灯的芯每四小时剪一次，剪错了光就会发红<br>09:30 广告：潮汐钟<br>11:05 周望潮是谁</p>\
    <p>-守灯：三十年的日志<br>19:23 一起翻日志：风、油、过往船只<br>·看风向<br>·看船名<br>\
    31:30 雾号与一台旧发电机<br>42:38 灯不是给看灯的人亮的</p>\
    <p>-离岛<br>52:36 最后一班船<br>1:20:08 彩蛋：风声</p>\
    <p>提到的书：<a href='https://tide.example/book'>《灯塔志》</a></p>";

/// The episode plays in its second chapter, and is shorter than its notes say.
pub(crate) fn listening(tongue: Tongue, size: (u16, u16)) -> State {
    let mut state = started(tongue, size);
    give(&mut state, Command::Down);
    let effects = give(&mut state, Command::Open);
    let asked = effects.iter().find_map(|effect| match effect {
        Effect::OpenEpisode { ticket, id } => Some((*ticket, *id)),
        _ => None,
    });
    let (ticket, id) = asked.or(state.notes.loading).expect("the episode was asked for");
    let mut notes = from_html(NOTES, None);
    let found = timeline::from_notes(&notes, None);
    timeline::mark(&mut notes, &found.stamps);
    timeline::arrange(&mut notes, &found.chapters);
    let mut list = found.chapters;
    let skipped = list.get(2).map(SkippedChapter::of).into_iter().collect();
    if let Some(chapter) = list.get_mut(3) {
        chapter.url = Some("https://tide.example/zhou".to_owned());
    }
    let came = OpenedEpisode {
        episode: Episode { summary: summary(id.0), ..Episode::default() },
        notes: notes.into(),
        chapters: vec![Chapters { source: ChapterSource::Notes, list, beyond: 0 }],
        best: Some(0),
        skipped,
        ..OpenedEpisode::default()
    };
    tell(&mut state, Event::EpisodeOpened(ticket, Box::new(came)));
    let ticket = state.player.playing.as_ref().expect("it plays").ticket;
    for audio in [
        Audio::Loaded(ticket, Some(3_600_000)),
        Audio::Playing(ticket),
        Audio::Position(ticket, 1_800_000),
        Audio::Position(ticket, 240_000),
    ] {
        tell(&mut state, Event::Audio(audio));
    }
    state
}
