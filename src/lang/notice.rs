//! Short messages in the last line, with their values.

use super::order::{filter_problem, order_name, show_order_name, taken_back};
use super::sleep::{self, SleepNotice, whole_minutes};
use super::sound::{aspect_name, scope_name, value_name};
use super::{Tongue, downloads, offline};
use crate::model::{
    Change, ChapterSource, Completed, EpisodeOrder, FilterProblem, Millis, ShowOrder, SoundScope,
    SoundValue, clock,
};

/// Something to tell the user.
#[derive(Debug, Clone, PartialEq)]
pub enum Notice {
    /// Something went wrong; the sentence says what, why, and what helps.
    Failed(String),
    /// A show could not be refreshed: its title and why.
    RefreshFailed(String, String),
    /// All shows have answered; how many new episodes.
    Refreshed(usize),
    /// Older episodes that came, and whether the feed has still older ones.
    Older(usize, bool),
    /// No server answered: what is here stays usable.
    Offline,
    /// A show was added.
    Subscribed,
    /// A show is no longer subscribed to: its title.
    Unsubscribed(String),
    /// So many episodes were marked as heard or as not heard.
    Marked(usize),
    /// An episode or a show was put away, or taken back: its title.
    PutAway(String, bool),
    /// Episodes are listed in this order.
    Ordered(EpisodeOrder),
    /// Shows are listed in this order.
    ShowsOrdered(ShowOrder),
    /// A filter is not understood.
    BadFilter(FilterProblem),
    /// A filter is kept under this name.
    FilterKept(String),
    /// The episode plays next.
    PlaysNext,
    /// So many were taken out of the queue.
    QueueCleared(usize),
    /// A change was taken back.
    TakenBack(Box<Change>),
    /// Nothing was changed that could be taken back.
    NothingToUndo,
    /// The recording is on this machine: the episode's title.
    Downloaded(String),
    /// The recording was removed, or its download stopped.
    DownloadRemoved(String),
    /// Offline mode is on, or off again.
    OfflineMode(bool),
    /// The download waits for the end of offline mode.
    WaitsForNetwork,
    /// So many new episodes come by themselves.
    ComesByItself(usize),
    /// So many recordings are no longer where they were; the title of the first.
    RecordingsGone(usize, String),
    /// So many recordings were let go of, and how many bytes are free now.
    Tidied(usize, u64),
    /// So many of a show's newest episodes come by themselves, and so many recordings are kept; 0: all.
    AutoDownload(u32, u32),
    /// What was typed is not one or two numbers.
    NoNumbers,
    /// An episode is being made complete.
    Completing,
    /// That was stopped.
    CompletingStopped,
    /// All of an episode was tried: its title, and what is here.
    Completed(String, Box<Completed>),
    /// The page whose copy is read has changed.
    NewerPage,
    /// What its server sends now is worse than the copy; a sentence.
    KeptOld(String),
    /// So many empty rows stand between lines of text.
    LineSpacing(u8),
    /// The ends of lines are even, or not.
    Justified(bool),
    /// A snip is kept, from and to.
    SnipKept(Millis, Millis),
    /// There is no snip that a key could be about.
    NoSnip,
    /// The passage belongs to the show and cannot be changed.
    OfTheShow,
    /// A snip has its star, or has it no more.
    Starred(bool),
    /// So many snips play one after another.
    PlayingAll(usize),
    /// All snips of the list were played.
    AllPlayed,
    /// A note is too long for the line.
    NoteTooLong,
    /// A chapter whose end is not known.
    NoEnd,
    /// The note was written to this file.
    Exported(String),
    /// This file already says all that the note says.
    ExportedBefore(String),
    /// The user has edited this file: so many snips were added to it.
    ExportAppended(usize, String),
    /// From the sleep timer.
    Sleep(SleepNotice),
    /// The next episode plays by itself: its title, and how much time the one before has saved, in ms.
    PlayingNext(String, Millis),
    /// An episode is over: how much time was saved, in ms.
    TimeSaved(Millis),
    /// Put into the queue, at this place.
    Enqueued(usize),
    /// Taken out of the queue.
    Dequeued,
    /// There is no recording.
    NoRecording,
    /// Nothing is loaded.
    NothingPlays,
    /// A place has to be looked for.
    Seeking,
    /// No place is being looked for.
    NotSeeking,
    /// What plays has no exact time yet.
    OnlyEstimated,
    /// No chapters.
    NoChapters,
    /// Chapters from another source: which, how many, and how many more would begin after the end.
    ChaptersFrom(ChapterSource, usize, usize),
    /// There is no chapter behind this one.
    LastChapter,
    /// Chapters that are always skipped were skipped: the first one's title, and how many.
    ChapterSkipped(String, usize),
    /// This chapter is skipped from now on, or no longer.
    SkipsChapter(String, bool),
    /// This time lies behind the end of the recording.
    BeyondEnd(Millis),
    /// The chapter has no page.
    NoPage,
    /// No link is chosen.
    NoLink,
    /// The page in front is asked for anew.
    Renewing,
    /// It has come: whether it says anything else than before.
    Renewed(bool),
    /// A kept copy is shown, because the page did not come; why.
    ReadFromCopy(String),
    /// A paragraph of so many characters was copied.
    ParagraphCopied(usize),
    /// No paragraph is in view.
    NoParagraph,
    /// A mail address was copied.
    MailCopied(String),
    /// No page is in front.
    NoArticle,
    /// The text has no headings.
    NoHeadings,
    /// A web archive cannot have this page.
    NotArchived,
    /// A link leads to a place in the page that is not there.
    NoSuchPlace,
    /// Back on this page.
    Back(String),
    /// Forward again on this page.
    Forward(String),
    /// No page was gone back from.
    NothingAhead,
    /// The text has no link of that number.
    NoSuchLink(usize),
    /// The chapter that plays links to so many pages that were not opened.
    Readable(usize),
    /// A page of the episode is opened: its number, how many there are, its title.
    PageOf(usize, usize, String),
    /// The episode links to no pages.
    NoPages,
    /// The chapter links to none, the episode does.
    NoPagesInChapter,
    /// All pages of the chapter were opened.
    AllRead,
    /// There is no page behind this one.
    LastPage,
    /// A page is on the reading list now: its title.
    KeptForLater(String),
    /// A page is no longer on it: its title, or `None` where the list itself is in front.
    NoLongerKept(Option<String>),
    /// What is typed is no address of a page.
    NoAddress,
    /// What could not be fetched of the reading list is asked for again.
    FetchingKept,
    /// There is no page before this one.
    FirstPage,
    /// There is no transcript to select in.
    NoTranscript,
    /// Copied.
    Copied,
    /// What was looked for is not in the text.
    NotFound,
    /// Pictures are shown, or only their captions.
    Pictures(bool),
    /// The terminal shows no pictures, or the settings say so.
    NoPictures,
    /// It sounds like this from now on, for one show or for all.
    Sounds(SoundValue, SoundScope),
    /// The volume is this, in percent.
    Volume(u8),
    /// So much of the beginning was skipped.
    IntroSkipped(Millis),
    /// So much of the end was skipped.
    OutroSkipped(Millis),
    /// What was to be skipped is too long.
    TooLongToSkip,
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
        match self {
            Self::Failed(_) | Self::RefreshFailed(..) | Self::BadFilter(_) => true,
            Self::Completed(_, all) => !all.is_complete(),
            _ => false,
        }
    }

    /// Whether it names commands in braces. Only fixed words do, never those of a feed or a file.
    #[must_use]
    pub fn names_keys(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::OfflineMode(_)
                | Self::WaitsForNetwork
                | Self::ComesByItself(_)
                | Self::SnipKept(..)
                | Self::NoSnip
                | Self::OfTheShow
                | Self::Marked(_)
                | Self::QueueCleared(_)
                | Self::PlayingAll(_)
                | Self::Seeking
                | Self::OnlyEstimated
                | Self::NoteTooLong
                | Self::NoLink
                | Self::NoArticle
                | Self::Readable(_)
                | Self::NoPagesInChapter
                | Self::AllRead
                | Self::NoLongerKept(None)
                | Self::Sleep(_)
                | Self::NoTranscript
                | Self::Welcome
                | Self::Completing
                | Self::CompletingStopped
                | Self::NewerPage
        )
    }

    /// Whether nobody asked for it just now.
    #[must_use]
    pub fn is_background(&self) -> bool {
        matches!(
            self,
            Self::Offline
                | Self::ComesByItself(_)
                | Self::RecordingsGone(..)
                | Self::Tidied(..)
                | Self::Refreshed(_)
                | Self::Older(..)
                | Self::RefreshFailed(..)
                | Self::Readable(_)
                | Self::Welcome
                | Self::NewerPage
                | Self::KeptOld(_)
        )
    }
}

/// The message in this language. In some a command stands in braces, for its key to be put there
/// (see [`Notice::names_keys`]).
#[must_use]
pub fn say(tongue: Tongue, notice: &Notice) -> String {
    match tongue {
        Tongue::Chinese => chinese(notice),
        Tongue::English => english(notice),
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one sentence per notice")]
fn chinese(notice: &Notice) -> String {
    match notice {
        Notice::Failed(why) => why.clone(),
        Notice::RefreshFailed(title, why) => format!("《{title}》没有刷新：{why}"),
        Notice::Older(0, _) => "没有更早的单集了".to_owned(),
        Notice::Older(new, true) => format!("添了 {new} 集更早的，{{older_episodes}} 继续"),
        Notice::Older(new, false) => format!("添了 {new} 集更早的，到头了"),
        Notice::Refreshed(0) => "没有新单集".to_owned(),
        Notice::Refreshed(new) => format!("{new} 集新单集"),
        Notice::Offline => "没有网络：已有的都能听能读，联网后按 {refresh_all} 刷新".to_owned(),
        Notice::Subscribed => "已订阅".to_owned(),
        Notice::Unsubscribed(title) => format!("已取消订阅《{title}》，可以撤销"),
        Notice::Marked(0) => "没有要改的".to_owned(),
        Notice::Marked(count) => format!("改了 {count} 集的标记，{{undo}} 撤销"),
        Notice::PutAway(title, true) => format!("已收起《{title}》"),
        Notice::PutAway(title, false) => format!("已取回《{title}》"),
        Notice::Ordered(order) => format!("排序：{}", order_name(Tongue::Chinese, *order)),
        Notice::ShowsOrdered(order) => {
            format!("节目排序：{}", show_order_name(Tongue::Chinese, *order))
        }
        Notice::BadFilter(problem) => filter_problem(Tongue::Chinese, problem),
        Notice::FilterKept(name) => format!("已存下筛选「{name}」"),
        Notice::PlaysNext => "下一个就听它".to_owned(),
        Notice::QueueCleared(count) => format!("队列里的 {count} 集都移出了，{{undo}} 撤销"),
        Notice::TakenBack(change) => taken_back(Tongue::Chinese, change),
        Notice::NothingToUndo => "没有可以撤销的".to_owned(),
        Notice::Downloaded(title) => format!("已下载《{title}》"),
        Notice::DownloadRemoved(title) => format!("已移除下载《{title}》"),
        Notice::OfflineMode(true) => {
            "离线模式：不联网，已有的都能听能读；{offline_mode} 回到网上".to_owned()
        }
        Notice::OfflineMode(false) => "已联网，等着的接着来；{refresh_all} 刷新".to_owned(),
        Notice::WaitsForNetwork => "离线模式：排着队，{offline_mode} 联网后下载".to_owned(),
        Notice::ComesByItself(count) => format!("自动下载 {count} 集新单集，{{downloads}} 查看"),
        Notice::RecordingsGone(1, title) => format!("《{title}》的音频文件不在了，已更正"),
        Notice::RecordingsGone(count, title) => {
            format!("《{title}》等 {count} 集的音频文件不在了，已更正")
        }
        Notice::Tidied(count, bytes) => {
            format!("已清理 {count} 集的音频，腾出 {}", downloads::size(*bytes))
        }
        Notice::AutoDownload(count, keep) => match (count, keep) {
            (0, 0) => "这档节目不自动下载，下载的都保留".to_owned(),
            (0, keep) => format!("这档节目不自动下载，保留 {keep} 集"),
            (count, 0) => format!("自动下载最新 {count} 集，下载的都保留"),
            (count, keep) => format!("自动下载最新 {count} 集，保留 {keep} 集"),
        },
        Notice::NoNumbers => "写一两个数，如 3 或 3 10；- 同全部节目".to_owned(),
        Notice::Completing => {
            "正在备齐这一集：音频、文稿、文章、图片；{make_offline} 停下".to_owned()
        }
        Notice::CompletingStopped => "已停下，下次 {make_offline} 接着来".to_owned(),
        Notice::Completed(title, all) => offline::summary(Tongue::Chinese, title, all),
        Notice::NewerPage => "这一页有新版本，{refresh} 换上".to_owned(),
        Notice::KeptOld(why) => format!("留着原来的副本：{why}"),
        Notice::SnipKept(from, to) => {
            let keys = "{adjust_snip} 调整，{edit_note} 笔记，{snips} 查看";
            format!("已留下摘录 {} – {}：{keys}", clock(*from), clock(*to))
        }
        Notice::NoSnip => "还没有摘录：播放时按 {snip} 留下刚听到的".to_owned(),
        Notice::OfTheShow => "这是节目推荐的片段，按 {snip} 留一份自己的".to_owned(),
        Notice::Starred(on) => (if *on { "已加星 ★" } else { "已去掉星" }).to_owned(),
        Notice::PlayingAll(count) => format!("连着播放 {count} 条摘录，{{next_in_queue}} 下一条"),
        Notice::AllPlayed => "摘录都放完了".to_owned(),
        Notice::NoteTooLong => {
            "笔记太长，不能在这里改：按 {export_note} 导出后用编辑器改".to_owned()
        }
        Notice::NoEnd => "不知道这一章在哪里结束：先播放这一集".to_owned(),
        Notice::Exported(path) => format!("已写入 {path}"),
        Notice::ExportedBefore(path) => format!("没有变化：{path}"),
        Notice::ExportAppended(0, path) => format!("你改过这个文件，摘录都在里面：{path}"),
        Notice::ExportAppended(snips, path) => {
            format!("你改过这个文件，只补上了 {snips} 条摘录：{path}")
        }
        Notice::Sleep(notice) => sleep::chinese(*notice),
        Notice::PlayingNext(title, saved) => match whole_minutes(*saved) {
            0 => format!("接着播放《{title}》"),
            minutes => format!("接着播放《{title}》；上一集省下 {minutes} 分钟"),
        },
        Notice::TimeSaved(saved) => format!("听完了，省下 {} 分钟", whole_minutes(*saved)),
        Notice::Enqueued(place) => format!("已加入队列，第 {place} 个"),
        Notice::Dequeued => "已移出队列".to_owned(),
        Notice::NoRecording => "这一集没有音频".to_owned(),
        Notice::NothingPlays => "没有在播放".to_owned(),
        Notice::Seeking => "正在下载到那里，好跳得准；{jump_now} 先到大概的位置（≈）".to_owned(),
        Notice::NotSeeking => "没有在定位，时间是准的".to_owned(),
        Notice::OnlyEstimated => {
            "现在的时间还是估计的（≈），变准后再留摘录；或按时间留：{snip_range}".to_owned()
        }
        Notice::NoChapters => "这一集没有章节".to_owned(),
        Notice::ChaptersFrom(source, count, beyond) => {
            let name = source_name(*source, Tongue::Chinese);
            match beyond {
                0 => format!("章节来自{name}（{count} 个）"),
                _ => format!("章节来自{name}（{count} 个；另有 {beyond} 个在结尾之后）"),
            }
        }
        Notice::LastChapter => "后面没有章节了".to_owned(),
        Notice::ChapterSkipped(title, 1) => format!("已跳过「{title}」"),
        Notice::ChapterSkipped(title, count) => format!("已跳过「{title}」等 {count} 章"),
        Notice::SkipsChapter(title, true) => format!("以后都跳过「{title}」"),
        Notice::SkipsChapter(title, false) => format!("不再跳过「{title}」"),
        Notice::BeyondEnd(ms) => format!("{} 在录音结束之后", clock(*ms)),
        Notice::NoPage => "这一章没有网页".to_owned(),
        Notice::NoLink => "没有选中的链接：{next_link} 选下一个，{hints} 显示字母".to_owned(),
        Notice::Renewing => "正在重新取这一页…".to_owned(),
        Notice::Renewed(true) => "已更新".to_owned(),
        Notice::Renewed(false) => "已更新，内容没有变化".to_owned(),
        Notice::ReadFromCopy(why) => format!("网页没有取到，这是之前的副本：{why}"),
        Notice::ParagraphCopied(count) => format!("已复制这一段，{count} 字"),
        Notice::NoParagraph => "这里没有可以复制的段落".to_owned(),
        Notice::MailCopied(address) => format!("已复制邮箱 {address}"),
        Notice::NoArticle => "先打开一篇文章：{next_link} 选链接，{open} 打开".to_owned(),
        Notice::NoHeadings => "这篇文字没有小标题".to_owned(),
        Notice::NotArchived => "只有公开的网页才会有存档".to_owned(),
        Notice::Back(title) => format!("← {title}"),
        Notice::Forward(title) => format!("→ {title}"),
        Notice::NothingAhead => "前面没有离开过的页".to_owned(),
        Notice::NoSuchLink(number) => format!("没有 {number} 号链接"),
        Notice::NoSuchPlace => "这一页里没有找到链接指的地方".to_owned(),
        Notice::Readable(count) => format!("这一章有 {count} 篇可读：{{read_along}} 边听边读"),
        Notice::PageOf(at, count, title) => format!("{at}/{count} · {title}"),
        Notice::NoPages => "这一集没有可读的链接".to_owned(),
        Notice::NoPagesInChapter => {
            "这一章没有可读的链接：{next_article} {previous_article} 翻看本集所有的".to_owned()
        }
        Notice::AllRead => "这一章可读的都打开过了：{next_article} 本集的下一篇".to_owned(),
        Notice::KeptForLater(title) => format!("已留着以后读：{title}"),
        Notice::NoLongerKept(None) => "已移出阅读清单：{read_later} 放回".to_owned(),
        Notice::NoLongerKept(Some(title)) => format!("已移出阅读清单，再按一次放回：{title}"),
        Notice::NoAddress => "这不是网址：写成 https://… 的样子".to_owned(),
        Notice::FetchingKept => "正在重新取没有取到的文章".to_owned(),
        Notice::LastPage => "这是本集最后一篇".to_owned(),
        Notice::FirstPage => "这是本集第一篇".to_owned(),
        Notice::NoTranscript => "先按 {transcript} 打开文稿，再按 {select} 选句子".to_owned(),
        Notice::Copied => "已复制".to_owned(),
        Notice::LineSpacing(0) => "行距：紧".to_owned(),
        Notice::LineSpacing(rows) => format!("行距：空 {rows} 行"),
        Notice::Justified(true) => "两端对齐".to_owned(),
        Notice::Justified(false) => "左对齐".to_owned(),
        Notice::NotFound => "没有找到".to_owned(),
        Notice::Pictures(true) => "显示图片".to_owned(),
        Notice::Pictures(false) => "只显示图片说明".to_owned(),
        Notice::NoPictures => "图片已在设置里关闭（ui.pictures）".to_owned(),
        Notice::Sounds(value, scope) => sounds(Tongue::Chinese, *value, *scope),
        Notice::Volume(percent) => format!("音量 {percent}%"),
        Notice::IntroSkipped(ms) => format!("已跳过开头 {}", clock(*ms)),
        Notice::OutroSkipped(ms) => format!("已跳过结尾 {}", clock(*ms)),
        Notice::TooLongToSkip => "最多跳过 30 分钟：这里离得太远".to_owned(),
        Notice::InBrowser => "已交给浏览器".to_owned(),
        Notice::Welcome => "欢迎！选一集按 {open} 播放，{help} 看按键".to_owned(),
        Notice::Imported(shows, episodes, snips) => {
            format!("已导入 {shows} 档节目、{episodes} 集、{snips} 条摘录")
        }
    }
}

#[expect(clippy::too_many_lines, reason = "a table: one sentence per notice")]
fn english(notice: &Notice) -> String {
    match notice {
        Notice::Failed(why) => why.clone(),
        Notice::RefreshFailed(title, why) => format!("{title} was not refreshed: {why}"),
        Notice::Older(0, _) => "no older episodes".to_owned(),
        Notice::Older(new, true) => format!("{new} older; {{older_episodes}} for more"),
        Notice::Older(new, false) => format!("{new} older, and these are all"),
        Notice::Refreshed(0) => "no new episodes".to_owned(),
        Notice::Refreshed(1) => "1 new episode".to_owned(),
        Notice::Refreshed(new) => format!("{new} new episodes"),
        Notice::Offline => {
            "no network: what is here plays and reads; press {refresh_all} once you are online"
                .to_owned()
        }
        Notice::Subscribed => "subscribed".to_owned(),
        Notice::Unsubscribed(title) => format!("unsubscribed from {title}; it can be undone"),
        Notice::Marked(0) => "nothing to change".to_owned(),
        Notice::Marked(count) => format!("{count} marked; {{undo}} takes it back"),
        Notice::PutAway(title, true) => format!("put away: {title}"),
        Notice::PutAway(title, false) => format!("taken back: {title}"),
        Notice::Ordered(order) => format!("order: {}", order_name(Tongue::English, *order)),
        Notice::ShowsOrdered(order) => {
            format!("order of shows: {}", show_order_name(Tongue::English, *order))
        }
        Notice::BadFilter(problem) => filter_problem(Tongue::English, problem),
        Notice::FilterKept(name) => format!("kept the filter “{name}”"),
        Notice::PlaysNext => "plays next".to_owned(),
        Notice::QueueCleared(count) => {
            format!("took all {count} from the queue; {{undo}} puts them back")
        }
        Notice::TakenBack(change) => taken_back(Tongue::English, change),
        Notice::NothingToUndo => "nothing to undo".to_owned(),
        Notice::Downloaded(title) => format!("downloaded {title}"),
        Notice::DownloadRemoved(title) => format!("removed the download of {title}"),
        Notice::OfflineMode(true) => {
            "offline mode: nothing is asked of the network, what is here can be heard and read; \
             {offline_mode} ends it"
                .to_owned()
        }
        Notice::OfflineMode(false) => {
            "online again, what waited goes on; {refresh_all} refreshes".to_owned()
        }
        Notice::WaitsForNetwork => {
            "offline mode: it waits, {offline_mode} goes online and downloads it".to_owned()
        }
        Notice::ComesByItself(1) => "a new episode is downloaded; {downloads} shows it".to_owned(),
        Notice::ComesByItself(count) => {
            format!("{count} new episodes are downloaded; {{downloads}} shows them")
        }
        Notice::RecordingsGone(1, title) => {
            format!("the recording of {title} is no longer there; the list says so now")
        }
        Notice::RecordingsGone(count, title) => format!(
            "{count} recordings are no longer there ({title} and others); the list says so now"
        ),
        Notice::Tidied(1, bytes) => {
            format!("a recording was let go of, {} are free now", downloads::size(*bytes))
        }
        Notice::Tidied(count, bytes) => {
            format!("{count} recordings were let go of, {} are free now", downloads::size(*bytes))
        }
        Notice::AutoDownload(count, keep) => {
            let comes = match count {
                0 => "nothing of this show comes by itself".to_owned(),
                1 => "the newest episode comes by itself".to_owned(),
                count => format!("the {count} newest episodes come by themselves"),
            };
            match keep {
                0 => format!("{comes}, all recordings are kept"),
                keep => format!("{comes}, {keep} recordings are kept"),
            }
        }
        Notice::NoNumbers => "type one or two numbers, as 3 or 3 10; - as for all shows".to_owned(),
        Notice::Completing => {
            "fetching all of this episode: sound, transcript, pages, pictures; {make_offline} stops"
                .to_owned()
        }
        Notice::CompletingStopped => "stopped; {make_offline} goes on with it".to_owned(),
        Notice::Completed(title, all) => offline::summary(Tongue::English, title, all),
        Notice::NewerPage => "this page has changed; {refresh} shows the new version".to_owned(),
        Notice::KeptOld(why) => format!("kept the copy from before: {why}"),
        Notice::SnipKept(from, to) => {
            let keys = "{adjust_snip} adjusts, {edit_note} writes a note, {snips} lists";
            format!("kept {} – {}: {keys}", clock(*from), clock(*to))
        }
        Notice::NoSnip => "there is no snip yet: {snip} keeps what was just heard".to_owned(),
        Notice::OfTheShow => {
            "the show recommends this passage; {snip} keeps a copy of your own".to_owned()
        }
        Notice::Starred(on) => (if *on { "starred ★" } else { "the star is gone" }).to_owned(),
        Notice::PlayingAll(count) => {
            format!("playing {count} snips one after another; {{next_in_queue}} skips")
        }
        Notice::AllPlayed => "all snips were played".to_owned(),
        Notice::NoteTooLong => {
            "the note is too long for this line; export it with {export_note}".to_owned()
        }
        Notice::NoEnd => {
            "it is not known where this chapter ends; play the episode first".to_owned()
        }
        Notice::Exported(path) => format!("written to {path}"),
        Notice::ExportedBefore(path) => format!("nothing has changed: {path}"),
        Notice::ExportAppended(0, path) => {
            format!("you have edited this file, and all snips are in it: {path}")
        }
        Notice::ExportAppended(snips, path) => {
            format!("you have edited this file: only added {snips} snips to it: {path}")
        }
        Notice::Sleep(notice) => sleep::english(*notice),
        Notice::PlayingNext(title, saved) => match whole_minutes(*saved) {
            0 => format!("next: {title}"),
            minutes => format!("next: {title}; the last one saved {minutes} min"),
        },
        Notice::TimeSaved(saved) => format!("heard; {} min saved", whole_minutes(*saved)),
        Notice::Enqueued(place) => format!("queued as number {place}"),
        Notice::Dequeued => "taken from the queue".to_owned(),
        Notice::NoRecording => "this episode has no recording".to_owned(),
        Notice::NothingPlays => "nothing is playing".to_owned(),
        Notice::Seeking => {
            "fetching up to there, to jump exactly; {jump_now} goes to the estimated place (≈)".to_owned()
        }
        Notice::NotSeeking => "no place is being looked for: the time is exact".to_owned(),
        Notice::OnlyEstimated => {
            "the time is still estimated (≈): keep a snip once it is exact, or by times: {snip_range}"
                .to_owned()
        }
        Notice::NoChapters => "this episode has no chapters".to_owned(),
        Notice::ChaptersFrom(source, count, beyond) => {
            let name = source_name(*source, Tongue::English);
            match beyond {
                0 => format!("chapters from {name} ({count})"),
                _ => format!("chapters from {name} ({count}; {beyond} more lie beyond the end)"),
            }
        }
        Notice::LastChapter => "there is no chapter behind this one".to_owned(),
        Notice::ChapterSkipped(title, 1) => format!("skipped {title}"),
        Notice::ChapterSkipped(title, count) => {
            format!("skipped {title} and {} more", count.saturating_sub(1))
        }
        Notice::SkipsChapter(title, true) => format!("{title} is skipped from now on"),
        Notice::SkipsChapter(title, false) => format!("{title} plays again"),
        Notice::BeyondEnd(ms) => format!("{} lies behind the end of the recording", clock(*ms)),
        Notice::NoPage => "this chapter has no page".to_owned(),
        Notice::NoLink => {
            "no link is chosen: {next_link} takes the next, {hints} shows letters".to_owned()
        }
        Notice::Renewing => "asking for the page anew …".to_owned(),
        Notice::Renewed(true) => "the page is up to date now".to_owned(),
        Notice::Renewed(false) => "the page has not changed".to_owned(),
        Notice::ReadFromCopy(why) => format!("this is the copy from before: {why}"),
        Notice::ParagraphCopied(count) => format!("paragraph copied, {count} characters"),
        Notice::NoParagraph => "there is no paragraph to copy here".to_owned(),
        Notice::MailCopied(address) => format!("copied the address {address}"),
        Notice::NoArticle => "open an article first: {next_link} chooses a link, {open} opens".to_owned(),
        Notice::NoHeadings => "this text has no headings".to_owned(),
        Notice::NotArchived => "only public web pages are archived".to_owned(),
        Notice::Back(title) => format!("← {title}"),
        Notice::Forward(title) => format!("→ {title}"),
        Notice::NothingAhead => "no page was gone back from".to_owned(),
        Notice::NoSuchLink(number) => format!("there is no link {number}"),
        Notice::NoSuchPlace => "the place that the link names is not in this page".to_owned(),
        Notice::Readable(1) => "this chapter links to a page: {read_along} reads along".to_owned(),
        Notice::Readable(count) => {
            format!("this chapter links to {count} pages: {{read_along}} reads along")
        }
        Notice::PageOf(at, count, title) => format!("{at}/{count} · {title}"),
        Notice::NoPages => "this episode links to no pages".to_owned(),
        Notice::NoPagesInChapter => {
            "this chapter links to no pages; {next_article} {previous_article} turn through those \
             of the episode"
                .to_owned()
        }
        Notice::AllRead => {
            "all pages of this chapter were opened; {next_article} takes the next of the episode"
                .to_owned()
        }
        Notice::KeptForLater(title) => format!("kept for later: {title}"),
        Notice::NoLongerKept(None) => {
            "off the reading list; {read_later} puts it back".to_owned()
        }
        Notice::NoLongerKept(Some(title)) => {
            format!("off the reading list, the same key puts it back: {title}")
        }
        Notice::NoAddress => "this is no address of a page: write it as https://…".to_owned(),
        Notice::FetchingKept => "fetching again what could not be fetched".to_owned(),
        Notice::LastPage => "this is the last page of the episode".to_owned(),
        Notice::FirstPage => "this is the first page of the episode".to_owned(),
        Notice::NoTranscript => {
            "open the transcript with {transcript} first, then select with {select}".to_owned()
        }
        Notice::Copied => "copied".to_owned(),
        Notice::LineSpacing(0) => "lines stand close".to_owned(),
        Notice::LineSpacing(1) => "one empty row between lines".to_owned(),
        Notice::LineSpacing(rows) => format!("{rows} empty rows between lines"),
        Notice::Justified(true) => "lines end evenly".to_owned(),
        Notice::Justified(false) => "lines end raggedly".to_owned(),
        Notice::NotFound => "not found".to_owned(),
        Notice::Pictures(true) => "pictures are shown".to_owned(),
        Notice::Pictures(false) => "only captions are shown".to_owned(),
        Notice::NoPictures => "pictures are off in the settings (ui.pictures)".to_owned(),
        Notice::Sounds(value, scope) => sounds(Tongue::English, *value, *scope),
        Notice::Volume(percent) => format!("volume {percent}%"),
        Notice::IntroSkipped(ms) => format!("skipped {} at the beginning", clock(*ms)),
        Notice::OutroSkipped(ms) => format!("skipped {} at the end", clock(*ms)),
        Notice::TooLongToSkip => "at most 30 minutes can be skipped; this is too far".to_owned(),
        Notice::InBrowser => "opened in the browser".to_owned(),
        Notice::Welcome => {
            "welcome! {open} plays the selected episode, {help} shows the keys".to_owned()
        }
        Notice::Imported(shows, episodes, snips) => {
            format!("imported {shows} shows, {episodes} episodes, {snips} snips")
        }
    }
}

/// `速度 1.25×（本节目）`.
fn sounds(tongue: Tongue, value: SoundValue, scope: SoundScope) -> String {
    let what = aspect_name(value.aspect(), tongue);
    let scope = scope_name(scope, tongue);
    let (open, close) = (tongue.pick("（", " ("), tongue.pick("）", ")"));
    format!("{what} {}{open}{scope}{close}", value_name(value, tongue))
}

/// What a source of chapters is called.
#[must_use]
pub fn source_name(source: ChapterSource, tongue: Tongue) -> &'static str {
    match source {
        ChapterSource::Notes => tongue.pick("笔记时间线", "the notes"),
        ChapterSource::Json => tongue.pick("章节文件", "the chapters file"),
        ChapterSource::Psc => tongue.pick("订阅源", "the feed"),
        ChapterSource::None => tongue.pick("无", "nowhere"),
        // All others are embedded.
        _ => tongue.pick("音频文件", "the recording"),
    }
}
