//! Notes, snips, chapters and transcripts.

pub(super) const TIMELINES: [&str; 12] = [
    "<p>时间轴</p><p>00:00 开场<br>02:20 为什么是现在<br/>1:03:05 尾声</p>",
    "<ul><li><b>0</b>3:15 嘉宾：三点的会</li><li>(05:10) 第二段 - 下篇</li></ul>",
    "<p><a href=\"#t=90\">01:30</a> 一 <a href=\"https://a.example/?t=95\">01:35</a> 二</p>",
    "<table><tr><td>00:00</td><td>Intro</td></tr><tr><td>05:15</td><td>News</td></tr></table>",
    "- 00:00 – 01:30 Intro\n- [01:30](#t=90) Guests\n  - a point\n- 12:45 Outro\n",
    "**-第一部分**\n\n`00:10` 甲\n\n> 02:20 乙\n> · 一点\n> · 又一点\n\n10:11 丙\n",
    "01：20开场02：30正题1：05：40尾声，比分 3:1，晚上 20:00 见\n",
    "1. [00:00:00] 甲\n2. 【00:03:20】乙\n3. 「75:30」丙\n4. 5分30秒 丁\n5. 01'20\" 戊\n",
    "00:00\n标题在下一行\n\n03:20\n又一个标题\n\n第 3 节\n10:00 ~ 12:00 🎧 末尾\n",
    "Genesis 1:1 and 3:16; version 1.2.3; 16:9; 2024-05-01 10:30; $3:50; 12:61\n",
    "/ 00:05 / 飞书 / 12:30 / 尾声 / 59:59 / 完\n",
    "~ (00:00) a (00:00) b (00:10) c (00:05) d (99:99:99) e (999999999:00) f\n",
];

pub(super) const SNIPD: [&str; 6] = [
    "---\ntype: podcast\ntitle: 晚风 12：慢的理由\nshow: 晚风\nhost: 林晚\nguests:\n  - 周南\n\
     date: 2025-01-09\nsource: https://a.example/12\ntags: [慢, podcast]\n---\n\n# 晚风 12：慢的理由\n\n\
     ## Show notes\n\n> 00:00 开场\n> 02:20 正题\n\n## Snips\n\n### [10:36] 一个理由\n\n\
     [🎧 Play snip - 1min️ (10:36 - 11:36)](https://share.snipd.com/snip/5f1b6c1e)\n\n\
     <audio controls> <source src=\"https://a.example/12.mp3#t=10:36,11:36\"> </audio>\n\n\
     - 慢不是目的。#慢\n\n#### 📚 Transcript\n\n> **林晚**: 你好\n",
    "# 慢的理由\n\n<img src=\"https://a.example/1.png\" width=\"200\" alt=\"Cover\">\n\n\
     ## Episode metadata\n- Episode title: 慢的理由\n- Show: 晚风\n- Owner / Host: 林晚\n\
     - Episode link: [open in Snipd](https://share.snipd.com/episode/1)\n\
     - Episode publish date: 2025-01-09\n<details>\n<summary>Show notes</summary>\n> 一段\n\
     </details>\n\n## Snips\n\n### [⭐ Star] [00:20](https://share.snipd.com/snip/2) 开场\n\
     🎧 00:20 - 01:20 (01:00)\n\n- 一点\n\n---\n",
    "## 甲\n- Show: 晚风\n\n### Untitled\n\n[🎧 Play snip - 30sec️ (59:50 - 01:00:20)]\
     (https://share.snipd.com/snip/3)\n\nNote: 好\n\n# 乙\n- Show: 晚风\n\n### [01:00] b\n\n\
     🎧 Play snip - 1min (1:00 - 2:00)\n",
    "# 慢的理由\n## Metadata\n- Author: [[林晚]]\n- Full Title: 慢的理由\n- Category: #podcasts\n\
     - URL: https://share.snipd.com/episode/4\n## Highlights\n- 一句话 \
     ([Time 0:10:36](https://share.snipd.com/snip/4))\n    - Tags: [[慢]]\n    - Note: 好\n",
    "- 慢的理由 #podcast\n  type:: podcast\n  show:: 晚风\n  - 00:20 开场\n    - \
     [🎧 Play snip - 1min️ (00:20 - 01:20)](https://share.snipd.com/snip/5)\n    - 一点\n",
    "1min snip from 慢的理由 | 晚风\nhttps://share.snipd.com/snip/6\n\
     [1min snip from 慢的理由](https://share.snipd.com/snip/6)\n",
];

pub(super) const CHAPTERS: [&str; 4] = [
    "{\"version\":\"1.2.0\",\"chapters\":[{\"startTime\":0,\"title\":\"甲\"},{\"startTime\":90.5,\
     \"endTime\":120,\"title\":\"乙\",\"img\":\"https://a.example/1.png\",\"url\":\
     \"https://a.example/\",\"toc\":false},{\"startTime\":\"1:02:03\",\"title\":\"\\u001b丙\"}]}",
    "[{\"start\":1e3,\"title\":null},{\"startTime\":-5},{\"startTime\":1e308,\"title\":[1]}]",
    "CHAPTER001=00:00:00.000\nCHAPTER001NAME=开场\nCHAPTER002=00:02:20.500\nCHAPTER002NAME=正题\n\
     CHAPTER002URL=https://a.example/\n",
    "00:00:00.000 开场\n00:02:20.500 正题\n01:00:00.000\n",
];

pub(super) const TRANSCRIPTS: [&str; 9] = [
    "1\n00:00:01,000 --> 00:00:02,500\n林晚：第一句\n接着说\n\n2\n00:00:03.000 --> 100:00:04.5\n好\n",
    "WEBVTT - 标题\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nNOTE x\n\nintro\n\
     00:01.000 --> 00:02.000 line:0\n<v.loud 林晚>A &amp; B<00:01.500><c>好</c></v>\n",
    "{\"version\":\"1.0.0\",\"segments\":[{\"speaker\":\"林晚\",\"startTime\":0.5,\"endTime\":2,\
     \"body\":\"你好\"},{\"startTime\":2,\"endTime\":1,\"body\":\"再见\"}]}",
    "{\"text\":\"a b\",\"words\":[{\"word\":\"a\",\"start\":0,\"end\":0.2}],\"results\":{\"channels\":[]}}",
    "<cite>林晚:</cite><time>0:00</time><p>你好</p><cite>周南:</cite><time>1:05</time><p>好</p>",
    "0:00:01.000,0:00:02.000\n第一句\n\n0:00:02.000,0:00:03.000\n第二句\n",
    "[00:01] 林晚：你好\n[00:05] 周南：你好\n",
    "林晚 00:01\n你好\n\n周南 00:05:10\n你也好\n\n# 标题\n",
    "第一段没有时间。\n\n第二段也没有。\n",
];

pub(super) const TIMES: [&str; 12] = [
    "90",
    "1:30",
    "75:30.25",
    "1:02:03.5",
    "npt:10,20",
    "npt:00:00:10.5,00:01:00&xywh=1",
    "10,",
    ",20",
    "smpte:0:00:10",
    "https://a.example/p?utm_source=x&amp;id=1&spm=2#t=10,20",
    "https://mp.weixin.qq.com/s?__biz=a&mid=1&idx=1&sn=b\\x26amp;scene=1#rd",
    "https://a.example/%zz?a=%E4%BD%A0&&=&b",
];

pub(super) const MARKDOWN: [&str; 5] = [
    "---\ntitle: 慢的理由\ntags: [a, b]\ndate: 2025-01-09\n---\n# 一\n\n第一段 **粗** *斜* `码` ~~删~~\n\
     [链](https://a.example/) <https://b.example> https://c.example/（好）\n",
    "+++\ntitle = \"t\"\n+++\n- a\n  - b\n    1. c\n\n> q\n> > r\n\n```rust\nfn a() {}\n\tb\n```\n",
    "| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n| 很长很长很长很长很长很长的一格 | x |\n\n---\n\n![图](a.png \"题\")\n",
    "- [ ] 未完\n- [x] 完\n\n<div>raw <b>html</b></div>\n\nterm[^1]\n\n[^1]: 注\n\n&amp; &#x4e00; \\*\n",
    "{\"title\": \"t\"}\n正文 00:10 一段[#t](#t=10)\n\u{202e}倒\u{1b}[2J\n",
];
