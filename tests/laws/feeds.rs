//! Laws of feeds, subscription lists and the pages that lead to them.

use latetalk::feed::{self, DirectoryShow, opml};
use latetalk::model::{ParsedEpisode, ParsedFeed};

use super::clean::{assert_error, assert_line, assert_lines, assert_text};

/// Any bytes as a feed, under an address and a type that the last byte chooses.
pub fn feed(data: &[u8]) {
    let (url, mime) = match data.last().map(|b| b % 4) {
        Some(0) => (Some("https://a.example/feed.xml"), None),
        Some(1) => (Some("file:///tmp/feed.xml"), None),
        Some(2) => (Some("https://a.example/feed.xml"), Some("text/xml; charset=gb2312")),
        _ => (None, None),
    };
    match feed::parse(data, url, mime) {
        Ok(feed) => assert_feed(&feed),
        Err(why) => assert_error(&why),
    }
}

fn assert_feed(feed: &ParsedFeed) {
    assert_lines(feed.title.iter().chain(&feed.link).chain(&feed.image).chain(&feed.author));
    assert_lines(feed.language.iter().chain(&feed.next_page).chain(&feed.new_feed_url));
    feed.description.iter().for_each(|text| assert_text(text));
    assert_lines(&feed.warnings);
    feed.episodes.iter().for_each(assert_episode);
}

fn assert_episode(episode: &ParsedEpisode) {
    assert!(!episode.guid.is_empty());
    assert_line(&episode.guid);
    assert_lines(episode.title.iter().chain(&episode.link).chain(&episode.image));
    assert_lines(episode.author.iter().chain(&episode.kind).chain(&episode.chapters_url));
    assert_text(&episode.notes_html);
    if let Some(enclosure) = &episode.enclosure {
        assert_line(&enclosure.url);
        assert_lines(&enclosure.mime);
    }
    for chapter in &episode.chapters {
        assert_line(&chapter.title);
        assert_lines(chapter.url.iter().chain(&chapter.image));
    }
    for transcript in &episode.transcripts {
        assert_line(&transcript.url);
    }
    for soundbite in &episode.soundbites {
        assert_lines(&soundbite.title);
    }
    for person in &episode.persons {
        assert_line(&person.name);
        assert_lines(&person.role);
    }
}

/// A subscription list; what was read is the same when it was written and read again.
pub fn opml(data: &[u8]) {
    let list = match opml::parse(data) {
        Ok(list) => list,
        Err(why) => return assert_error(&why),
    };
    assert_lines(&list.title);
    for outline in &list.outlines {
        assert_line(&outline.title);
        assert_line(&outline.url);
        assert_lines(&outline.folder);
        assert_lines(&outline.tags);
    }
    for (line, why) in &list.skipped {
        assert!(*line > 0);
        assert_line(why);
    }
    let shows = list.outlines.iter();
    let placed: Vec<opml::Outline> =
        shows.flat_map(|show| opml::Outline::of_show(&show.title, &show.url, &show.tags)).collect();
    let written = opml::write(list.title.as_deref().unwrap_or("x"), &placed);
    let again = opml::parse(written.as_bytes());
    let facts = |list: &opml::OpmlList| -> Vec<(String, String, Vec<String>)> {
        let shows = list.outlines.iter();
        shows.map(|show| (show.title.clone(), show.url.clone(), show.tags.clone())).collect()
    };
    assert!(again.as_ref().is_ok_and(|again| facts(again) == facts(&list)), "{again:?}");
    let title = again.ok().and_then(|again| again.title);
    assert_eq!(title.as_deref(), list.title.as_deref().or(Some("x")));
}

/// A page of a directory, its answer, and feeds that a page points to.
pub fn directory(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let show = |found: Result<DirectoryShow, feed::DirectoryError>| match found {
        Ok(show) => {
            assert_lines(show.title.iter().chain(&show.feed_url));
            assert_feed(&show.feed);
        }
        Err(why) => assert_error(&why),
    };
    show(feed::apple_lookup(&text));
    show(feed::xiaoyuzhou_page(&text));
    // The page as it wraps the same data.
    show(feed::xiaoyuzhou_page(&format!(
        "<script id=\"__NEXT_DATA__\" type=\"application/json\">{text}</script>"
    )));
    for found in feed::discover(&text, "https://a.example/b/") {
        assert_line(&found.url);
        assert_lines(&found.title);
    }
    if let Some(page) = feed::podcast_page(&text) {
        assert_line(&page.lookup_url());
    }
}
