//! The welcome show as the program's own rooms understand it: chapters, transcripts, snips and the
//! links between them, all as they were meant.

use latetalk::kind::{self, Kind};
use latetalk::model::{Chapter, ParsedEpisode};
use latetalk::{feed, snipd, text, timeline, transcript, welcome};

/// Where the chapters of the three episodes begin, in ms: where their tones are.
const STARTS: [&[u64]; 3] = [
    &[0, 14_000, 27_000, 42_000, 58_000, 72_000, 84_000],
    &[0, 12_500, 27_250, 42_000, 55_750],
    &[5_000, 17_000, 28_000, 40_000, 51_000],
];

#[test]
fn the_feed_is_read_without_a_warning() {
    let bytes = file(welcome::FEED);
    let feed = feed::parse(bytes, Some(welcome::FEED), None).unwrap();
    assert_eq!(feed.warnings, Vec::<String>::new());
    assert_eq!(feed.title.as_deref(), Some("末班渡轮 Night Ferry"));
    assert_eq!(feed.image.as_deref(), Some("welcome:cover.png"));
    let lengths: Vec<_> = feed.episodes.iter().map(|episode| episode.duration_ms).collect();
    assert_eq!(lengths, [Some(98_000), Some(69_000), Some(63_000)]);
    let dates: Vec<_> = feed.episodes.iter().map(|episode| episode.published).collect();
    assert!(dates.is_sorted_by(|a, b| a > b), "the first episode stands first in every list");
    for episode in &feed.episodes {
        assert!(!file(&episode.enclosure.as_ref().unwrap().url).is_empty());
    }
}

#[test]
fn chapters_begin_where_the_tones_are() {
    for (episode, starts) in episodes().iter().zip(STARTS) {
        let chapters = chapters(episode);
        let found: Vec<u64> = chapters.iter().map(|chapter| chapter.start_ms).collect();
        assert_eq!(found, starts, "{}", episode.guid);
    }
}

#[test]
fn sections_and_points_stand_with_their_chapters() {
    let chapters = chapters(&episodes()[0]);
    assert_eq!(chapters[0].title, "欢迎登船：先按空格，再按一次");
    assert_eq!(chapters[0].section.as_deref(), Some("登船：先学会走动"));
    assert_eq!(chapters[1].points.len(), 2, "{:?}", chapters[1]);
    assert_eq!(chapters[2].section.as_deref(), Some("坐稳：在一小时里来回"));
    assert_eq!(chapters[6].section.as_deref(), Some("靠岸：把话留下来"));
    assert!(chapters[6].points.is_empty(), "{:?}", chapters[6]);
}

#[test]
fn links_in_notes_and_articles_lead_to_other_files_of_the_show() {
    for episode in episodes() {
        let notes = text::from_html(&episode.notes_html, Some(welcome::FEED));
        assert!(notes.links.len() >= 2, "{}: {:?}", episode.guid, notes.links);
        for link in &notes.links {
            assert!(!file(&link.url).is_empty());
        }
    }
    for name in ["welcome:articles/reading.md", "welcome:articles/keeping.md"] {
        let (_, body) = text::split_front_matter(str::from_utf8(file(name)).unwrap());
        let article = text::from_markdown(body, Some(name));
        assert!(article.links.len() >= 2, "{name}: {:?}", article.links);
    }
}

#[test]
fn transcripts_know_who_speaks_and_stay_within_their_episode() {
    for episode in episodes() {
        let link = &episode.transcripts[0];
        let transcript = transcript::parse(file(&link.url), Some(&link.url)).unwrap();
        assert!(transcript.cues.len() >= 10, "{}", link.url);
        for cue in &transcript.cues {
            assert!(cue.speaker.is_some(), "{cue:?}");
            assert!(cue.start_ms < cue.end_ms && Some(cue.end_ms) <= episode.duration_ms);
        }
        // No words over a tone: 0.8 s from the start of every chapter.
        for chapter in chapters(&episode) {
            let tone = chapter.start_ms..chapter.start_ms + 800;
            let over =
                transcript.cues.iter().find(|c| c.start_ms < tone.end && c.end_ms > tone.start);
            assert_eq!(over, None, "{}", chapter.title);
        }
    }
}

#[test]
fn the_snips_belong_to_the_first_episode() {
    let note = str::from_utf8(file(welcome::SNIPS)).unwrap();
    assert!(snipd::looks_like(note));
    let notes = snipd::parse(note);
    assert_eq!(notes.len(), 1);
    let first = &episodes()[0];
    assert_eq!(Some(&notes[0].title), first.title.as_ref());
    assert_eq!(notes[0].enclosure, first.enclosure.as_ref().map(|sound| sound.url.clone()));
    let ranges: Vec<_> = notes[0].snips.iter().map(|snip| (snip.start_ms, snip.end_ms)).collect();
    assert_eq!(ranges, [(27_000, 42_000), (72_000, 83_000)]);
    assert!(notes[0].snips.iter().all(|snip| snip.title.is_some() && !snip.note.is_empty()));
    assert_eq!(notes[0].skipped, Vec::new());
}

#[test]
fn every_file_is_of_the_kind_it_says() {
    for (name, wanted) in [
        ("feed.xml", Kind::Feed),
        ("cover.png", Kind::Image),
        ("snips.md", Kind::SnipdNote),
        ("articles/keys.html", Kind::Html),
        ("articles/reading.md", Kind::Markdown),
        ("articles/keeping.md", Kind::Markdown),
        ("audio/1.opus", Kind::Audio),
        ("audio/2.mp3", Kind::Audio),
        ("chapters/2.json", Kind::ChaptersJson),
        ("transcripts/1.vtt", Kind::Subtitle),
        ("transcripts/2.srt", Kind::Subtitle),
    ] {
        let file = welcome::read(name).unwrap();
        assert_eq!(kind::of(file.bytes, Some(name), Some(file.mime)), wanted, "{name}");
    }
}

#[expect(clippy::unwrap_used, reason = "a file that is missing fails the test")]
fn file(address: &str) -> &'static [u8] {
    address.strip_prefix("welcome:").and_then(welcome::read).ok_or(address).unwrap().bytes
}

#[expect(clippy::unwrap_used, reason = "a feed that is broken fails the test")]
fn episodes() -> Vec<ParsedEpisode> {
    feed::parse(file(welcome::FEED), Some(welcome::FEED), None).unwrap().episodes
}

/// The chapters of an episode, from its chapters file or else from its notes.
#[expect(clippy::unwrap_used, reason = "a chapters file that is broken fails the test")]
fn chapters(episode: &ParsedEpisode) -> Vec<Chapter> {
    if let Some(url) = &episode.chapters_url {
        return timeline::from_json(str::from_utf8(file(url)).unwrap()).unwrap();
    }
    let notes = text::from_html(&episode.notes_html, Some(welcome::FEED));
    timeline::from_notes(&notes, episode.duration_ms).chapters
}
