//! Fixed words of the screen.

use super::Tongue;

macro_rules! words {
    ($($variant:ident: $chinese:literal, $english:literal;)+) => {
        /// A fixed word of the screen.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Word { $(#[doc = $english] $variant,)+ }

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
    Chapters: "章节", "Chapters";
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
    Loading: "正在打开…", "Opening …";
    NoShows: "还没有订阅。按 A 添加一档节目。", "No shows yet. Press A to add one.";
    NoEpisodes: "这里还没有单集。按 R 刷新。", "No episodes here yet. Press R to refresh.";
    NoMatch: "没有匹配。Esc 清除筛选。", "Nothing matches. Esc clears the filter.";
    NoEpisode: "在左边选一集，这里是它的笔记。", "Choose an episode at the left; its notes appear here.";
    NoNotes: "这一集没有笔记。", "This episode has no notes.";
    NoSnips: "还没有摘录。播放时按 s，留下刚听到的一分钟。", "No snips yet. Press s while playing to keep the last minute.";
    EmptyQueue: "队列是空的。在单集上按 a 加入。", "The queue is empty. Press a on an episode to add it.";
    TypeToSearch: "输入要找的词：节目、单集、笔记、文稿、文章、摘录", "Type to search shows, episodes, notes, transcripts, articles, snips";
    NothingFound: "没有找到。", "Nothing found.";
    NothingPlays: "没有在播放", "Nothing is playing";
    NoDevice: "没有声音设备", "no sound device";
    Buffering: "缓冲中", "buffering";
    Opening: "打开中", "opening";
    Offline: "离线副本", "offline copy";
    Played: "已听", "heard";
    Refreshing: "刷新中", "refreshing";
    FilterPrompt: "筛选", "Filter";
    FindPrompt: "查找", "Find";
    SubscribePrompt: "订阅（网址或文件）", "Subscribe (address or file)";
    NotePrompt: "笔记", "Note";
    SubscribingNow: "正在看这个地址…", "Looking at that address …";
    ConfirmUnsubscribe: "取消订阅？进度和摘录会留下。y 确认，其他键取消", "Unsubscribe? Positions and snips stay. y to confirm, any other key to keep it";
    Whole: "整页", "whole page";
    Today: "今天", "today";
    Yesterday: "昨天", "yesterday";
    KeysHint: "? 按键   : 命令   / 筛选   q 退出", "? keys   : commands   / filter   q quit";
    TextHint: "n p 链接   f 跳转字母   Enter 打开   s 摘录   Tab 换栏   ? 按键", "n p links   f hints   Enter open   s snip   Tab pane   ? keys";
    ArticleHint: "b 返回   Esc 关闭   z 独占   { } 宽度   o 浏览器   ? 按键", "b back   Esc close   z zoom   { } width   o browser   ? keys";
    TranscriptHint: "j k 句子   Enter 从这里听   v 选取   . 跟随   / 查找   b 返回", "j k passage   Enter play here   v select   . follow   / find   b back";
    SelectHint: "j k 多选少选   s 留下摘录   y 复制   Esc 结束", "j k more or less   s keep as snip   y copy   Esc end";
    Following: "↓ 跟随", "↓ following";
    Selected: "已选", "selected";
    SnipsHint: "Enter 播放   e 写笔记   x 删除   S 全部   Esc 关闭", "Enter play   e note   x delete   S all   Esc close";
    QueueHint: "Enter 播放   a 移出   Esc 关闭", "Enter play   a take out   Esc close";
    ListHint: "j k 选择   Enter 打开   Esc 关闭", "j k choose   Enter open   Esc close";
    LineHint: "↑ ↓ 选择   Enter 打开   Esc 关闭", "↑ ↓ choose   Enter open   Esc close";
    HelpHint: "j k 滚动   / 查找   Esc 关闭", "j k scroll   / find   Esc close";
    HintsHint: "输入字母打开   Esc 取消", "type a letter to open   Esc cancels";
    PlayFromHere: "Enter 从这里播放", "Enter plays from here";
    Untitled: "未命名", "untitled";
    Minutes: "分钟", "min";
}
