//! Short messages in the last line, with their values.

use super::Tongue;
use crate::model::{ChapterSource, Millis, clock};

/// Something to tell the user.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// Something went wrong; the sentence says what, why, and what helps.
    Failed(String),
    /// A show could not be refreshed: its title and why.
    RefreshFailed(String, String),
    /// All shows have answered; how many new episodes.
    Refreshed(usize),
    /// No server answered: what is here stays usable.
    Offline,
    /// A show was added.
    Subscribed,
    /// The recording is on this machine: the episode's title.
    Downloaded(String),
    /// The recording was removed, or its download stopped.
    DownloadRemoved(String),
    /// A snip is kept, from and to.
    SnipKept(Millis, Millis),
    /// There is no snip to write a note to.
    NoSnip,
    /// The note was written to this file.
    Exported(String),
    /// Put into the queue, at this place.
    Enqueued(usize),
    /// Taken out of the queue.
    Dequeued,
    /// There is no recording.
    NoRecording,
    /// Nothing is loaded.
    NothingPlays,
    /// No chapters.
    NoChapters,
    /// Chapters from another source: which, and how many.
    ChaptersFrom(ChapterSource, usize),
    /// No link is chosen.
    NoLink,
    /// There is no transcript to select in.
    NoTranscript,
    /// Copied.
    Copied,
    /// So many matches.
    Matches(usize),
    /// Pauses are shortened, or not.
    TrimSilence(bool),
    /// Loudness is evened out, or not.
    Loudness(bool),
    /// Handed to the browser.
    InBrowser,
    /// First start: the welcome show is there.
    Welcome,
    /// Imported: shows, episodes, snips.
    Imported(usize, usize, usize),
}

impl Notice {
    /// Whether it tells of something that went wrong.
    #[must_use]
    pub fn is_bad(&self) -> bool {
        matches!(self, Self::Failed(_) | Self::RefreshFailed(..))
    }

    /// Whether nobody asked for it just now.
    #[must_use]
    pub fn is_background(&self) -> bool {
        matches!(self, Self::Offline | Self::Refreshed(_) | Self::RefreshFailed(..) | Self::Welcome)
    }
}

/// The message in this language.
#[must_use]
pub fn say(tongue: Tongue, notice: &Notice) -> String {
    match tongue {
        Tongue::Chinese => chinese(notice),
        Tongue::English => english(notice),
    }
}

fn chinese(notice: &Notice) -> String {
    match notice {
        Notice::Failed(why) => why.clone(),
        Notice::RefreshFailed(title, why) => format!("《{title}》没有刷新：{why}"),
        Notice::Refreshed(0) => "没有新单集".to_owned(),
        Notice::Refreshed(new) => format!("{new} 集新单集"),
        Notice::Offline => "没有网络：已有的都能听能读，联网后按 R 刷新".to_owned(),
        Notice::Subscribed => "已订阅".to_owned(),
        Notice::Downloaded(title) => format!("已下载《{title}》"),
        Notice::DownloadRemoved(title) => format!("已移除下载《{title}》"),
        Notice::SnipKept(from, to) => {
            format!("已留下摘录 {} – {}，按 S 查看", clock(*from), clock(*to))
        }
        Notice::NoSnip => "还没有摘录可写笔记".to_owned(),
        Notice::Exported(path) => format!("已写入 {path}"),
        Notice::Enqueued(place) => format!("已加入队列，第 {place} 个"),
        Notice::Dequeued => "已移出队列".to_owned(),
        Notice::NoRecording => "这一集没有音频".to_owned(),
        Notice::NothingPlays => "没有在播放".to_owned(),
        Notice::NoChapters => "这一集没有章节".to_owned(),
        Notice::ChaptersFrom(source, count) => {
            format!("章节来自{}（{count} 个）", source_name(*source, Tongue::Chinese))
        }
        Notice::NoLink => "没有选中的链接：n 选下一个，f 显示字母".to_owned(),
        Notice::NoTranscript => "先按 t 打开文稿，再按 v 选句子".to_owned(),
        Notice::Copied => "已复制".to_owned(),
        Notice::Matches(0) => "没有找到".to_owned(),
        Notice::Matches(count) => format!("{count} 处，n 下一处，p 上一处，Esc 结束"),
        Notice::TrimSilence(on) => on_off("缩短停顿", *on, "开", "关"),
        Notice::Loudness(on) => on_off("均衡音量", *on, "开", "关"),
        Notice::InBrowser => "已交给浏览器".to_owned(),
        Notice::Welcome => "欢迎！选一集按 Enter 播放，? 看按键".to_owned(),
        Notice::Imported(shows, episodes, snips) => {
            format!("已导入 {shows} 档节目、{episodes} 集、{snips} 条摘录")
        }
    }
}

fn english(notice: &Notice) -> String {
    match notice {
        Notice::Failed(why) => why.clone(),
        Notice::RefreshFailed(title, why) => format!("{title} was not refreshed: {why}"),
        Notice::Refreshed(0) => "no new episodes".to_owned(),
        Notice::Refreshed(1) => "1 new episode".to_owned(),
        Notice::Refreshed(new) => format!("{new} new episodes"),
        Notice::Offline => {
            "no network: what is here plays and reads; press R once you are online".to_owned()
        }
        Notice::Subscribed => "subscribed".to_owned(),
        Notice::Downloaded(title) => format!("downloaded {title}"),
        Notice::DownloadRemoved(title) => format!("removed the download of {title}"),
        Notice::SnipKept(from, to) => {
            format!("kept {} – {} as a snip; S lists them", clock(*from), clock(*to))
        }
        Notice::NoSnip => "there is no snip to write a note to yet".to_owned(),
        Notice::Exported(path) => format!("written to {path}"),
        Notice::Enqueued(place) => format!("queued as number {place}"),
        Notice::Dequeued => "taken from the queue".to_owned(),
        Notice::NoRecording => "this episode has no recording".to_owned(),
        Notice::NothingPlays => "nothing is playing".to_owned(),
        Notice::NoChapters => "this episode has no chapters".to_owned(),
        Notice::ChaptersFrom(source, count) => {
            format!("chapters from {} ({count})", source_name(*source, Tongue::English))
        }
        Notice::NoLink => "no link is chosen: n takes the next, f shows letters".to_owned(),
        Notice::NoTranscript => "open the transcript with t first, then select with v".to_owned(),
        Notice::Copied => "copied".to_owned(),
        Notice::Matches(0) => "not found".to_owned(),
        Notice::Matches(count) => format!("{count} found; n next, p previous, Esc ends"),
        Notice::TrimSilence(on) => on_off("shorter pauses ", *on, "on", "off"),
        Notice::Loudness(on) => on_off("even loudness ", *on, "on", "off"),
        Notice::InBrowser => "opened in the browser".to_owned(),
        Notice::Welcome => "welcome! Enter plays the selected episode, ? shows the keys".to_owned(),
        Notice::Imported(shows, episodes, snips) => {
            format!("imported {shows} shows, {episodes} episodes, {snips} snips")
        }
    }
}

fn on_off(what: &str, state: bool, on: &str, off: &str) -> String {
    format!("{what}{}", if state { on } else { off })
}

fn source_name(source: ChapterSource, tongue: Tongue) -> &'static str {
    match source {
        ChapterSource::Notes => tongue.pick("笔记时间线", "the notes"),
        ChapterSource::Json => tongue.pick("章节文件", "the chapters file"),
        ChapterSource::Psc => tongue.pick("订阅源", "the feed"),
        ChapterSource::Id3 | ChapterSource::Mp4 | ChapterSource::Vorbis => {
            tongue.pick("音频文件", "the recording")
        }
        ChapterSource::None => tongue.pick("无", "nowhere"),
    }
}
