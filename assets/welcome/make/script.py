"""What is said in the welcome show, when, and by whom: the one truth for sound, transcripts and the check.

A chapter is (start in seconds, tone in Hz or None, title, lines); a line is (speaker, text). Every chapter with
a tone opens with TONE_SECONDS of that plain sine alone, exactly at its start. No two chapters share a tone, so a
listener (or a test) can tell from 0.2 s of sound which chapter of which episode is playing.
"""

TONE_SECONDS = 0.8

# speaker -> (espeak-ng voice, words per minute, pitch 0-99)
VOICES = {
    "苏晚舟": ("cmn+f2", 230, 52),
    "顾明河": ("cmn+m3", 225, 38),
    "Mira Holm": ("en-gb+f3", 165, 50),
}

SU, GU, MIRA = "苏晚舟", "顾明河", "Mira Holm"

EPISODES = [
    {
        "file": "audio/1.opus",
        "title": "1: 第一次登船：用键盘听一期长节目",
        "transcript": "transcripts/1.vtt",
        "seconds": 98,
        "chapters": [
            (0, 440, "欢迎登船：先按空格，再按一次", [
                (SU, "欢迎登上末班渡轮，我是苏晚舟。"),
                (SU, "你现在听到的，就是这个程序的说明书。"),
                (SU, "按一下空格，停；再按一下，继续。"),
            ]),
            (14, 554, "走动：j 和 k，回车", [
                (GU, "我是轮机长顾明河。"),
                (GU, "往下走按 j，往上走按 k。回车，就是打开。"),
                (GU, "按 Tab，走到下一栏。"),
            ]),
            (27, 659, "跳章节：左右方括号", [
                (SU, "每一章开头，都有一声不同的汽笛。"),
                (SU, "按右方括号，到下一章。按左方括号，往回走。"),
                (SU, "听汽笛，就知道到了哪里。"),
            ]),
            (42, 784, "快进、快退、倍速", [
                (GU, "没听清？按 h，退回十五秒。按 l，往前十五秒。"),
                (GU, "大写的，一次走一分钟。"),
                (GU, "加号快一点，减号慢一点，声音不会变尖。"),
            ]),
            (58, 880, "链接：f 和 n，一边听一边读", [
                (SU, "节目笔记里有链接。按 f，每个链接亮起一个字母。"),
                (SU, "文章就在笔记旁边打开，声音不会停。"),
                (SU, "读完按 b，回来。"),
            ]),
            (72, 988, "留下一句话：s", [
                (GU, "听到好句子，按 s，刚才那一分钟就留下了。"),
                (GU, "大写的 S，看你留下的所有摘录。"),
            ]),
            (84, 1109, "靠岸：问号和 q", [
                (SU, "忘了按键，按问号。"),
                (SU, "要下船，按 q。下次回来，从这里接着听。"),
                (SU, "祝你一路顺风。"),
            ]),
        ],
    },
    {
        "file": "audio/2.mp3",
        "title": "2: 没有信号的两个小时：链接、文章与离线",
        "transcript": "transcripts/2.srt",
        "chapters_json": "chapters/2.json",
        "seconds": 69,
        "chapters": [
            (0, 1245, "船开出去，信号就断了", [
                (GU, "船开出港口二十分钟，手机就没有信号了。"),
                (GU, "所以我上船以前，先把节目装好。"),
            ]),
            (12.5, 1397, "按 d：装进船舱", [
                (SU, "在一期节目上按 d，声音就下载到船舱里。读过的文章，也会留下。"),
                (SU, "断在半路也不要紧，接着下就是。"),
            ]),
            (27.25, 1568, "文章去掉杂物再打开", [
                (GU, "网页上的菜单、广告，都不要。"),
                (GU, "只留下文章。文章里的链接，再按 f，还能接着走。"),
            ]),
            (42, 1760, "排一个队列", [
                (SU, "夜很长，多排几期。按 a，加进队列。"),
                (SU, "按大写的 Q，看看后面还有什么。"),
            ]),
            (55.75, 1976, "文稿：听到哪里，亮到哪里", [
                (GU, "按 t，看文稿。念到哪一句，哪一句就亮。"),
                (GU, "在一个时间上按回车，声音就跳过去。"),
            ]),
        ],
    },
    {
        "file": "audio/3.opus",
        "title": "3: What a listener keeps｜与 Mira Holm 夜谈摘录",
        "transcript": "transcripts/3.vtt",
        "seconds": 63,
        "chapters": [
            (0, None, "", [
                (SU, "这一期，我们请来一位客人。"),
            ]),
            (5, 494, "Mira 是谁，为什么在船上听播客", [
                (MIRA, "Good evening. I am Mira Holm. I repair lighthouses, and I listen to very long interviews."),
                (SU, "她一年有两百个晚上，在船上。"),
            ]),
            (17, 622, "A snip is a range with a reason", [
                (MIRA, "A snip is two times and a reason. From here, to there, because it changed my mind."),
                (SU, "两个时间，加上一个理由。"),
            ]),
            (28, 740, "笔记放在自己的文件夹里", [
                (SU, "摘录存成 Markdown，放进 Obsidian，也能原样读回来。"),
                (MIRA, "My notes are plain files. They will outlive every app, even this one."),
            ]),
            (40, 1047, "从命令行听", [
                (GU, "在岸上，我用命令行。先刷新，再播放。"),
                (GU, "每一个动作，都可以写进脚本。"),
            ]),
            (51, 1175, "Last call", [
                (MIRA, "Keep less than you think. Then read it again in spring."),
                (SU, "少留一点，春天再读。晚安，船到岸了。"),
            ]),
        ],
    },
]
