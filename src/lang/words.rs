//! Fixed words of the screen.

use super::Tongue;

macro_rules! words {
    ($($variant:ident: $chinese:literal, $english:literal;)+) => {
        /// A fixed word of the screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word { $(#[doc = concat!("`", $english, "`")] $variant,)+ }

        impl Word {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];
        }

        /// That word in this language.
        #[must_use]
        pub fn word(tongue: Tongue, word: Word) -> &'static str {
            match word { $(Word::$variant => tongue.pick($chinese, $english),)+ }
        }
    };
}

words! {
    Shows: "节目", "Shows";
    Episodes: "单集", "Episodes";
    Notes: "笔记", "Notes";
    Article: "文章", "Article";
    Transcript: "文稿", "Transcript";
    PlayRecording: "▶ 播放这一集", "▶ play this episode";
    SubscribeShow: "＋ 订阅这档节目", "+ subscribe to the show";
    Chapters: "章节", "Chapters";
    BeyondTheEnd: "个在结尾之后", "beyond the end";
    Snips: "摘录", "Snips";
    AllSnips: "全部摘录", "All snips";
    Queue: "接下来播放", "Up next";
    Commands: "命令", "Commands";
    Search: "搜索全部", "Search everything";
    Help: "按键", "Keys";
    AllEpisodes: "全部单集", "All episodes";
    InProgress: "在听", "In progress";
    Downloaded: "已下载", "Downloaded";
    Snipped: "有摘录", "With snips";
    StarredEpisodes: "加星", "Starred";
    PutAway: "收起的", "Put away";
    Filters: "筛选", "Filters";
    KeepFilter: "存下现在的筛选", "keep the present filter";
    FilterNamePrompt: "筛选的名字", "Name of the filter";
    FilterTextPrompt: "筛选的内容", "What it finds";
    FilterLanguage: "词 · is:unplayed · tag:科技 · show:… · <60m · >2h · -is:…", "words · is:unplayed · tag:AI · show:… · <60m · >2h · -is:…";
    FiltersHint: "{open} 用它   {edit_note} 改内容   {edit_title} 改名   {delete} 删除   {back} 关闭", "{open} use   {edit_note} change   {edit_title} rename   {delete} delete   {back} close";
    Loading: "正在打开…", "Opening …";
    NoShows: "还没有订阅。按 {subscribe} 添加一档节目。", "No shows yet. Press {subscribe} to add one.";
    NoEpisodes: "这里还没有单集。按 {refresh_all} 刷新。", "No episodes here yet. Press {refresh_all} to refresh.";
    NoMatch: "没有匹配。{back} 清除筛选。", "Nothing matches. {back} clears the filter.";
    NoEpisode: "在左边选一集，这里是它的笔记。", "Choose an episode at the left; its notes appear here.";
    NoNotes: "这一集没有笔记。", "This episode has no notes.";
    NoSnips: "还没有摘录。播放时按 {snip}，留下刚听到的一分钟。", "No snips yet. Press {snip} while playing to keep the last minute.";
    SleepTimer: "睡眠定时", "Sleep timer";
    SleepOff: "关掉", "off";
    SleepIn: "还有", "in";
    SleepTyped: "分钟数，或 1:30:00 这样的时间", "A number of minutes, or a time as 1:30:00";
    SleepHint: "{open} 定下   0–9 输入分钟   {back} 关闭", "{open} set   0–9 type minutes   {back} close";
    PictureHint: "{down} {up} 滚动   {browser} 浏览器   {copy_link} 复制地址   {back} 关闭", "{down} {up} scroll   {browser} browser   {copy_link} copy address   {back} close";
    EmptyQueue: "队列是空的。在单集上按 {enqueue} 加入。", "The queue is empty. Press {enqueue} on an episode to add it.";
    TypeToSearch: "输入要找的词：节目、单集、笔记、文稿、文章、摘录", "Type to search shows, episodes, notes, transcripts, articles, snips";
    NothingFound: "没有找到。", "Nothing found.";
    NothingPlays: "没有在播放", "Nothing is playing";
    ReadingList: "阅读清单", "Reading list";
    KeepPagePrompt: "留着以后读（网址）", "Keep for later (address)";
    NothingKept: "阅读清单是空的。读文章时按 {read_later}，或在这里按它输入网址。", "The reading list is empty. Press {read_later} while reading, or here to type an address.";
    NoKeptMatch: "没有匹配的文章。{back} 清除筛选。", "No page matches. {back} clears the filter.";
    ReadingHint: "{open} 打开   {mark_played} 已读/未读   {delete} 移出   {read_later} 放回或添加   {find} 筛选   {browser} 浏览器   {copy_link} 复制   {refresh} 重新取   {back} 关闭", "{open} open   {mark_played} read or not   {delete} take off   {read_later} put back or add   {find} filter   {browser} browser   {copy_link} copy   {refresh} fetch again   {back} close";
    DownloadList: "下载", "Downloads";
    DownloadsHint: "{toggle_play} 暂停/继续   {open} 打开   {delete} 取消   {refresh} 重试   {refresh_all} 全部重试   {move_up} {move_down} 排序   {back} 关闭", "{toggle_play} pause or go on   {open} open   {delete} cancel   {refresh} retry   {refresh_all} retry all   {move_up} {move_down} order   {back} close";
    NoDownloads: "还没有下载。在单集上按 {download} 下载，在节目上按它让新单集自动下载。", "No downloads yet. Press {download} on an episode to download it, on a show to have new ones come by themselves.";
    WaitsItsTurn: "排队", "waiting";
    Held: "已暂停", "paused";
    CameByItself: "自动", "by itself";
    Offline: "离线", "offline";
    AutoDownloadPrompt: "自动下载最新几集、保留几集，如 3 10（- 同全部节目）", "Newest to download, how many to keep, as 3 10 (- as for all)";
    Unread: "未读", "unread";
    Waiting: "等着取", "waiting to be fetched";
    NotFetched: "没有取到", "not fetched";
    ToRead: " 篇可读", " to read";
    NoDevice: "没有声音设备", "no sound device";
    Buffering: "缓冲中", "buffering";
    Seeking: "定位中", "seeking";
    Opening: "打开中", "opening";
    NoNetwork: "没连上网", "no network";
    Preview: "仅预览", "preview";
    Archive: "网页存档", "web archive";
    Headings: "小标题", "Headings";
    NewerPage: "有新版本 {refresh}", "newer {refresh}";
    Played: "已听", "heard";
    Refreshing: "刷新中", "refreshing";
    FilterPrompt: "筛选", "Filter";
    FindPrompt: "查找", "Find";
    WantsLogin: "这档节目要名字和密码，按 {refresh} 输入", "this feed asks for a name and password: press {refresh}";
    LogInPrompt: "名字:密码", "name:password";
    SubscribePrompt: "订阅（网址或文件）", "Subscribe (address or file)";
    NotePrompt: "笔记", "Note";
    TitlePrompt: "标题", "Title";
    TagsPrompt: "标签", "Tags";
    RangePrompt: "摘录，如 12:30-13:45 标题", "Snip, as 12:30-13:45 title";
    RangeNoTime: "先写时间，如 12:30-13:45 标题", "First the times, as 12:30-13:45 title";
    RangeEmpty: "起要在止之前，至少一秒", "It must end a second after it begins";
    RangeBeyond: "超出了录音的长度", "Behind the end of the recording";
    AdjustSnip: "调整摘录", "Adjust the snip";
    From: "起", "from";
    Until: "止", "to";
    OfTheShow: "节目", "by the show";
    NoSnipMatch: "没有匹配的摘录。Esc 清除筛选。", "No snip matches. Esc clears the filter.";
    SubscribingNow: "正在看这个地址…", "Looking at that address …";
    ConfirmUnsubscribe: "取消订阅？进度和摘录会留下。y 确认，其他键取消", "Unsubscribe? Positions and snips stay. y to confirm, any other key to keep it";
    Whole: "整页", "whole page";
    Today: "今天", "today";
    Yesterday: "昨天", "yesterday";
    KeysHint: "{help} 按键   {palette} 命令   {find} 筛选   {quit} 退出", "{help} keys   {palette} commands   {find} filter   {quit} quit";
    TextHint: "{next_link} {previous_link} 链接   {hints} 跳转字母   {open} 打开   {snip} 摘录   {next_pane} 换栏   {help} 按键", "{next_link} {previous_link} links   {hints} hints   {open} open   {snip} snip   {next_pane} pane   {help} keys";
    ArticleHint: "{outline} 小标题   {find} 查找   {article_back} 返回   {zoom} 独占   {next_pane} 换栏   {browser} 浏览器   {help} 按键", "{outline} headings   {find} find   {article_back} back   {zoom} zoom   {next_pane} pane   {browser} browser   {help} keys";
    LoadingHint: "{back} 取消   {browser} 浏览器", "{back} cancel   {browser} browser";
    SlowHint: "网站很慢   {browser} 浏览器   {archived} 网页存档   {back} 取消", "the site is slow   {browser} browser   {archived} web archive   {back} cancel";
    FailedHint: "{refresh} 再试   {browser} 浏览器   {archived} 存档   {back} 返回", "{refresh} try again   {browser} browser   {archived} archive   {back} back";
    OutlineHint: "{open} 去那里   {find} 筛选   {back} 关闭", "{open} go there   {find} filter   {back} close";
    FindingHint: "{next_link} 下一处   {previous_link} 上一处   {back} 结束", "{next_link} next   {previous_link} previous   {back} end";
    TranscriptHint: "{down} {up} 句子   {open} 从这里听   {select} 选取   {follow} 跟随   {find} 查找   {article_back} 返回", "{down} {up} passage   {open} play here   {select} select   {follow} follow   {find} find   {article_back} back";
    SelectHint: "{down} {up} 多选少选   {snip} 留下摘录   {copy_link} 复制   {back} 结束", "{down} {up} more or less   {snip} keep as snip   {copy_link} copy   {back} end";
    Following: "↓ 跟随", "↓ following";
    Selected: "已选", "selected";
    SnipsHint: "{open} 播放   {play_all} 连播   {adjust_snip} 调整   {edit_note} 笔记   {star} 星   {edit_tags} 标签   {delete} 删除   {find} 筛选   {snips} 全部", "{open} play   {play_all} all   {adjust_snip} adjust   {edit_note} note   {star} star   {edit_tags} tags   {delete} delete   {find} filter   {snips} all";
    AdjustHint: "{seek_back} {seek_forward} ±1 秒   {seek_back_long} {seek_forward_long} ±5 秒   {narrower} {wider} ±0.1 秒   {next_pane} 换一端   {open} 留下   {back} 不改", "{seek_back} {seek_forward} ±1 s   {seek_back_long} {seek_forward_long} ±5 s   {narrower} {wider} ±0.1 s   {next_pane} other end   {open} keep   {back} leave";
    TextPromptHint: "Enter 写好   Ctrl-J 换行   Esc 不写", "Enter done   Ctrl-J new line   Esc leave";
    QueueHint: "{open} 播放   {move_up} {move_down} 上移下移   {enqueue_next} 提到最前   {enqueue} 移出   {clear_queue} 清空   {undo} 撤销   {back} 关闭", "{open} play   {move_up} {move_down} move   {enqueue_next} to the front   {enqueue} take out   {clear_queue} clear   {undo} undo   {back} close";
    ChaptersHint: "{open} 播放   1–9 章号   {find} 筛选   {delete} 总是跳过   {snip} 摘录   {chapter_source} 换来源   {browser} 网页   {back} 关闭", "{open} play   1–9 number   {find} filter   {delete} always skip   {snip} snip   {chapter_source} other source   {browser} page   {back} close";
    Sound: "声音", "Sound";
    Applies: "● 现在用的：本节目自己的先于全部节目的", "● applies now: a show's own before that for all shows";
    SavedTime: "省", "saved";
    TrimMark: "停顿", "trim ";
    LoudnessMark: "均衡", "even";
    VoiceMark: "人声", "voice";
    SoundHint: "{seek_back} {seek_forward} 改   {next_pane} 换列   {down} {up} 换行   {delete} 不单独设   {follow} 到此处   {back} 关闭", "{seek_back} {seek_forward} change   {next_pane} column   {down} {up} row   {delete} clear   {follow} up to here   {back} close";
    LineHint: "↑ ↓ 选择   Enter 打开   Esc 关闭", "↑ ↓ choose   Enter open   Esc close";
    HelpHint: "{down} {up} 滚动   {find} 查找   {back} 关闭", "{down} {up} scroll   {find} find   {back} close";
    HintsHint: "输入字母打开   数字打开该编号的链接   Esc 取消", "a letter opens   digits open the link of that number   Esc cancels";
    NumberHint: "Enter 打开   Esc 取消", "Enter opens   Esc cancels";
    PlayFromHere: "{open} 从这里播放", "{open} plays from here";
    Detached: "{follow} 跟随", "{follow} follow";
    Untitled: "未命名", "untitled";
    Minutes: "分钟", "min";
}
