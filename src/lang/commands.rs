//! What each command does, in few words: the help screen and the palette show it.

use super::Tongue;

/// What the command of this name does; empty for an unknown name.
#[must_use]
#[expect(clippy::too_many_lines, reason = "a table: one line per command")]
pub fn command(tongue: Tongue, name: &str) -> &'static str {
    let (chinese, english) = match name {
        "toggle_play" => ("播放 / 暂停", "play / pause"),
        "seek_forward" => ("快进一点", "a little ahead"),
        "seek_back" => ("快退一点", "a little back"),
        "seek_forward_long" => ("快进很多", "far ahead"),
        "seek_back_long" => ("快退很多", "far back"),
        "next_chapter" => ("下一章", "next chapter"),
        "previous_chapter" => ("本章开头 / 上一章", "start of this chapter / previous chapter"),
        "chapters" => ("章节列表", "list of chapters"),
        "chapter_source" => ("换一个章节来源", "chapters from another source"),
        "follow" => ("回到正在播放的地方，重新跟随", "back to what plays, and follow it"),
        "faster" => ("加速（音高不变）", "faster, pitch kept"),
        "slower" => ("减速（音高不变）", "slower, pitch kept"),
        "normal_speed" => ("原速", "normal speed"),
        "louder" => ("大声", "louder"),
        "quieter" => ("小声", "quieter"),
        "trim_silence" => ("缩短停顿", "shorten pauses"),
        "loudness" => ("均衡音量", "even out loudness"),
        "voice_boost" => ("人声增强", "voice boost"),
        "sound_settings" => {
            ("怎样播放：本节目和全部节目的速度、停顿……", "how it sounds, for this show and for all")
        }
        "jump_now" => {
            ("还在定位时，先跳到大概的位置", "while seeking: to the estimated place at once")
        }
        "next_in_queue" => ("播放队列的下一集", "play the next in the queue"),
        "sleep_timer" => ("睡眠定时", "sleep timer"),
        "sleep_mark" => (
            "回到睡眠定时停下的地方（再按：最后一次按键处）",
            "back to where the sleep timer stopped (again: to the last key)",
        ),
        "snip" => ("留下刚听到的一分钟 / 选中的句子", "keep the last minute, or what is selected"),
        "snip_range" => {
            ("按时间留摘录：12:30-13:45 标题", "a snip of typed times: 12:30-13:45 title")
        }
        "adjust_snip" => ("循环听着调整摘录的两端", "move the snip's ends while it loops"),
        "snips" => ("摘录列表（再按：全部）", "list of snips (again: all)"),
        "play_all" => ("连着播放列出的摘录", "play all listed snips"),
        "star" => ("给单集或摘录加星 / 去星", "star the episode or the snip, or not"),
        "edit_tags" => ("给节目或摘录写标签", "tags of the show or the snip"),
        "edit_title" => ("给摘录写标题", "title of the snip"),
        "edit_note" => ("给摘录写笔记", "write a note to the snip"),
        "delete" => (
            "删除摘录、存下的筛选 / 移出队列 / 总是跳过这一章",
            "delete the snip or filter / take from the queue / always skip the chapter",
        ),
        "export_note" => ("导出笔记和摘录（Markdown）", "write notes and snips as Markdown"),
        "down" => ("下", "down"),
        "up" => ("上", "up"),
        "page_down" => ("下一页", "page down"),
        "page_up" => ("上一页", "page up"),
        "top" => ("到开头", "to the top"),
        "bottom" => ("到末尾", "to the bottom"),
        "next_pane" => ("下一栏", "next pane"),
        "previous_pane" => ("上一栏", "previous pane"),
        "open" => ("打开 / 播放 / 跳到时间", "open / play / go to the time"),
        "back" => ("退出 / 关闭", "back / close"),
        "article_back" => ("退回前一页", "back to the page before"),
        "article_forward" => ("再往前到刚离开的页", "forward to the page just left"),
        "next_link" => {
            ("下一个链接或时间（查找时：下一处）", "next link or time (next match while finding)")
        }
        "previous_link" => {
            ("上一个链接或时间（查找时：上一处）", "previous link or time (or match)")
        }
        "hints" => ("给链接标上字母，也可输入编号", "letters on links and times; or a number"),
        "browser" => ("在浏览器中打开", "open in the browser"),
        "copy_link" => ("复制链接 / 文稿里的话", "copy the link / the transcript's words"),
        "copy_paragraph" => ("复制这一段", "copy the paragraph"),
        "whole_page" => ("正文 / 整页", "article / whole page"),
        "outline" => ("文章的小标题", "headings of the text"),
        "next_article" => ("本集的下一个链接", "next page that the episode links to"),
        "previous_article" => ("本集的上一个链接", "the page before it"),
        "read_along" => ("边听边读：正在播放的章节的链接", "read along: the links of what plays"),
        "read_later" => ("留着以后读 / 不留", "keep for reading later, or not"),
        "reading_list" => ("阅读清单", "reading list"),
        "make_offline" => (
            "带上火车：音频、文稿、链接的文章和图片",
            "for the train: sound, transcript, pages, pictures",
        ),
        "save_article" => ("把文章存为 Markdown", "write the page as Markdown"),
        "archived" => ("网页存档里的版本", "the page from a web archive"),
        "pictures" => ("显示 / 不显示图片", "pictures, or only captions"),
        "line_spacing" => ("行距", "line spacing"),
        "justify" => ("两端对齐 / 左对齐", "justified / ragged"),
        "sideways_right" => ("宽表格和代码：向右", "wide tables and code: to the right"),
        "sideways_left" => ("宽表格和代码：向左", "wide tables and code: to the left"),
        "transcript" => ("文稿", "transcript"),
        "select" => {
            ("在文稿中选句子（s 留下，y 复制）", "select in the transcript (s keeps, y copies)")
        }
        "zoom" => ("只看这一栏", "this pane alone"),
        "wider" => ("右栏更宽", "wider"),
        "narrower" => ("右栏更窄", "narrower"),
        "find" => ("筛选列表 / 在文中查找", "filter the list / find in the text"),
        "search" => ("搜索全部", "search everything"),
        "subscribe" => ("订阅", "subscribe"),
        "unsubscribe" => ("取消订阅", "unsubscribe"),
        "refresh" => ("刷新这档节目", "refresh this show"),
        "refresh_all" => ("刷新全部", "refresh all shows"),
        "download" => (
            "下载 / 移除下载；在节目上：自动下载几集",
            "download / remove the download; on a show: how many come by themselves",
        ),
        "enqueue" => ("加入 / 移出队列", "add to / take from the queue"),
        "queue" => ("队列", "the queue"),
        "mark_played" => ("标为已听 / 未听", "mark as heard / not heard"),
        "played_to_here" => ("到这里为止都已听", "all up to here are heard"),
        "archive" => ("收起 / 取回节目或单集", "put a show or an episode away, or take it back"),
        "sort" => ("换一种排序", "order the list in another way"),
        "filters" => ("存下的筛选", "kept filters"),
        "enqueue_next" => ("下一个就听它", "play next"),
        "move_up" => ("在队列里上移", "up in the queue"),
        "move_down" => ("在队列里下移", "down in the queue"),
        "clear_queue" => ("清空队列", "clear the queue"),
        "older_episodes" => ("更早的单集（分页的订阅源）", "older episodes (feeds in pages)"),
        "downloads" => ("下载一览", "downloads"),
        "offline_mode" => ("离线模式开 / 关", "offline mode, or not"),
        "undo" => ("撤销", "undo"),
        "retry_device" => ("重新找声音设备", "look for the sound device again"),
        "palette" => ("按名字找命令", "commands by name"),
        "help" => ("按键一览", "the keys"),
        "suspend" => ("回到 shell（fg 返回）", "back to the shell (fg returns)"),
        "quit" => ("退出", "quit"),
        _ => ("", ""),
    };
    tongue.pick(chinese, english)
}
