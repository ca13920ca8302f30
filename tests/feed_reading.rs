//! Feeds of every family as makers write them, whole and broken.

#![expect(clippy::expect_used, reason = "tests fail by panicking")]

use latetalk::feed::{self, FeedError};
use latetalk::model::{FeedFormat, ParsedEpisode, ParsedFeed};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"
 xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:psc="http://podlove.org/simple-chapters"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>夜谈 Night Talk</title>
<link>https://night.example/</link>"#;

fn read(text: &str) -> ParsedFeed {
    feed::parse(text.as_bytes(), Some("https://night.example/feed.xml"), None).expect("a feed")
}

fn item(inner: &str) -> ParsedEpisode {
    let feed = read(&format!("{HEAD}<item>{inner}</item></channel></rss>"));
    assert_eq!(feed.warnings, Vec::<String>::new(), "{inner}");
    feed.episodes.into_iter().next().expect("an episode")
}

#[test]
fn a_podcast_says_all_that_its_namespaces_hold() {
    let episode = item(
        r#"<title>12: 林一 &amp; 陈夕</title><guid isPermaLink="false">n-12</guid>
        <pubDate>Tue, 04 Aug 2026 07:00:00 +0800</pubDate><link>/12</link>
        <enclosure url="https://cdn.night.example/12.mp3" length="6000" type="audio/mpeg"/>
        <itunes:duration>1:55:18</itunes:duration><itunes:episode>12</itunes:episode>
        <itunes:season>2</itunes:season><itunes:episodeType>Full</itunes:episodeType>
        <itunes:explicit>clean</itunes:explicit><itunes:image href="covers/12.jpg"/>
        <podcast:chapters url="https://night.example/12.json" type="application/json+chapters"/>
        <podcast:transcript url="/12.vtt" type="text/vtt" language="zh"/>
        <podcast:soundbite startTime="73.5" duration="60">听这一段</podcast:soundbite>
        <podcast:person role="guest">陈夕</podcast:person><podcast:person>林一</podcast:person>
        <psc:chapters version="1.2"><psc:chapter start="00:01:00.500" title="开场" href="https://a.example/"/>
        <psc:chapter start="0" title="片头"/></psc:chapters>"#,
    );
    assert_eq!(episode.title.as_deref(), Some("12: 林一 & 陈夕"));
    assert_eq!(episode.guid, "n-12");
    assert_eq!(episode.published, Some(1_785_798_000));
    assert_eq!(episode.link.as_deref(), Some("https://night.example/12"));
    assert_eq!(episode.duration_ms, Some(6_918_000));
    assert_eq!((episode.season, episode.number), (Some(2), Some(12)));
    assert_eq!(episode.kind.as_deref(), Some("full"));
    assert_eq!(episode.explicit, Some(false));
    assert_eq!(episode.image.as_deref(), Some("https://night.example/covers/12.jpg"));
    assert_eq!(episode.chapters_url.as_deref(), Some("https://night.example/12.json"));
    let transcript = episode.transcripts.first().expect("a transcript");
    assert_eq!(transcript.url, "https://night.example/12.vtt");
    assert_eq!(transcript.language.as_deref(), Some("zh"));
    let soundbite = episode.soundbites.first().expect("a soundbite");
    assert_eq!((soundbite.start_ms, soundbite.duration_ms), (73_500, 60_000));
    let persons: Vec<_> =
        episode.persons.iter().map(|p| (p.name.as_str(), p.role.as_deref())).collect();
    assert_eq!(persons, [("陈夕", Some("guest")), ("林一", Some("host"))]);
    let chapters: Vec<_> =
        episode.chapters.iter().map(|c| (c.start_ms, c.title.as_str())).collect();
    assert_eq!(chapters, [(0, "片头"), (60_500, "开场")]);
    let enclosure = episode.enclosure.expect("an enclosure");
    assert_eq!(enclosure.url, "https://cdn.night.example/12.mp3");
    assert_eq!((enclosure.mime.as_deref(), enclosure.length), (Some("audio/mpeg"), Some(6000)));
}

#[test]
fn the_first_recording_counts_whatever_stands_before_it() {
    let picture = r#"<enclosure url="https://a.example/c.jpg" type="image/jpeg"/>"#;
    let sound = r#"<enclosure url="https://a.example/1.mp3" type="audio/mpeg"/>"#;
    let other = r#"<enclosure url="https://a.example/1.ogg" type="audio/ogg"/>"#;
    let address = |inner: &str| item(&format!("<title>t</title>{inner}")).enclosure.map(|e| e.url);
    let expected = Some("https://a.example/1.mp3".to_owned());
    assert_eq!(address(&format!("{picture}{sound}{other}")), expected);
    assert_eq!(address(picture), None);
    let media = r#"<media:group><media:content url="https://a.example/1.mp3" medium="audio"/></media:group>"#;
    assert_eq!(address(&format!("{picture}{media}")), expected);
    let link = r#"<atom:link rel="enclosure" href="1.mp3" type="audio/mpeg"/>"#;
    assert_eq!(address(link).as_deref(), Some("https://night.example/1.mp3"));
    assert_eq!(address(r#"<enclosure url="file:///etc/passwd" type="audio/mpeg"/>"#), None);
}

#[test]
fn pictures_of_items_are_found_however_they_are_written() {
    for picture in [
        r#"<itunes:image href="c.jpg"/>"#,
        "<itunes:image>https://night.example/c.jpg</itunes:image>",
        "<image><url>c.jpg</url></image>",
        r#"<media:thumbnail url="c.jpg"/>"#,
        r#"<media:content medium="image" url="c.jpg"/>"#,
    ] {
        let image = item(&format!("<title>t</title>{picture}")).image;
        assert_eq!(image.as_deref(), Some("https://night.example/c.jpg"), "{picture}");
    }
}

#[test]
fn the_notes_are_the_text_that_says_most() {
    let notes = item(
        "<title>t</title><description>A long and plain description that has neither times nor links.\
         </description><content:encoded><![CDATA[<p>00:10 <a href=\"https://a.example\">x</a></p>]]>\
         </content:encoded><itunes:summary>short</itunes:summary>",
    )
    .notes_html;
    assert_eq!(notes, "<p>00:10 <a href=\"https://a.example\">x</a></p>");
    let naked =
        item("<title>t</title><description>a <b>b</b><br/>c &amp; d</description>").notes_html;
    assert_eq!(naked, "a <b>b</b><br>c &amp; d");
}

#[test]
fn the_head_of_a_podcast_is_read() {
    let feed = read(&format!(
        "{HEAD}<description>关于夜晚</description><language>zh-cn</language>\
         <atom:link rel=\"next\" href=\"?page=2\"/><itunes:author>林一</itunes:author>\
         <itunes:image href=\"cover.jpg\"/><itunes:new-feed-url>https://new.example/rss\
         </itunes:new-feed-url></channel></rss>"
    ));
    assert_eq!(feed.title.as_deref(), Some("夜谈 Night Talk"));
    assert_eq!(feed.link.as_deref(), Some("https://night.example/"));
    assert_eq!(feed.description.as_deref(), Some("关于夜晚"));
    assert_eq!(feed.language.as_deref(), Some("zh-cn"));
    assert_eq!(feed.image.as_deref(), Some("https://night.example/cover.jpg"));
    assert_eq!(feed.author.as_deref(), Some("林一"));
    assert_eq!(feed.next_page.as_deref(), Some("https://night.example/feed.xml?page=2"));
    assert_eq!(feed.new_feed_url.as_deref(), Some("https://new.example/rss"));
}

#[test]
fn atom_is_read_with_its_text_types_and_bases() {
    let feed = read(
        r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh" xml:base="https://b.example/x/">
        <title type="html">A &amp;amp; B</title><subtitle>s</subtitle><id>urn:f</id>
        <link rel="self" href="feed.atom"/><link href="."/><author><name>林一</name></author>
        <entry><id>urn:1</id><title type="text">1 &lt; 2</title><updated>2024-05-06T12:00:00Z</updated>
        <link href="1.html"/><link rel="enclosure" type="audio/mpeg" length="7" href="1.mp3"/>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>a &amp; b</p></div></content>
        </entry><entry><id>urn:2</id><title>t</title><updated>no date</updated>
        <summary type="text">1 &lt; 2</summary></entry></feed>"#,
    );
    assert_eq!(feed.format, FeedFormat::Atom);
    assert_eq!(feed.title.as_deref(), Some("A & B"));
    assert_eq!(feed.link.as_deref(), Some("https://b.example/x/"));
    assert_eq!(feed.language.as_deref(), Some("zh"));
    let [first, second] = feed.episodes.as_slice() else { panic!("two entries: {feed:?}") };
    assert_eq!(first.title.as_deref(), Some("1 < 2"));
    assert_eq!(first.notes_html, "<p>a &amp; b</p>");
    assert_eq!(first.published, Some(1_714_996_800));
    assert_eq!(first.enclosure.as_ref().map(|e| e.url.as_str()), Some("https://b.example/x/1.mp3"));
    assert_eq!(second.notes_html, "1 &lt; 2");
    assert_eq!(second.published, None);
}

#[test]
fn old_atom_and_rss_1_are_read() {
    let atom = read(
        r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>old</title><tagline>t</tagline>
        <entry><title mode="escaped" type="text/html">a &lt;b&gt;b&lt;/b&gt;</title><id>1</id>
        <issued>2004-05-06T12:00:00+00:00</issued><modified>2004-05-07T12:00:00Z</modified></entry></feed>"#,
    );
    let entry = atom.episodes.first().expect("an entry");
    assert_eq!(entry.title.as_deref(), Some("a b"));
    assert_eq!((entry.published, entry.updated), (Some(1_083_844_800), Some(1_083_931_200)));
    let rdf = read(
        r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>r</title></channel>
        <item rdf:about="https://a.example/1"><title>one</title><link>https://a.example/1</link>
        <dc:date>2004-05-06</dc:date><dc:creator>陈夕</dc:creator></item></rdf:RDF>"#,
    );
    assert_eq!(rdf.format, FeedFormat::Rdf);
    let item = rdf.episodes.first().expect("an item");
    assert_eq!(item.guid, "https://a.example/1");
    assert_eq!(item.author.as_deref(), Some("陈夕"));
    assert_eq!(item.published, Some(1_083_801_600));
}

#[test]
fn json_feeds_are_read_leniently() {
    let feed = read(
        r#"{"version":"https://jsonfeed.org/version/1.1","title":"j","home_page_url":"/","items":[
        {"id":7,"title":"one","content_text":"a < b","date_published":"2024-05-06T12:00:00Z","attachments":[
        {"url":"c.jpg","mime_type":"image/jpeg"},
        {"url":"1.m4a","mime_type":"audio/x-m4a","size_in_bytes":9,"duration_in_seconds":61}]},
        5,{"id":"8","url":"/8","title":["no"]}]}"#,
    );
    assert_eq!(feed.format, FeedFormat::Json);
    let first = feed.episodes.first().expect("an item");
    assert_eq!(first.guid, "7");
    assert_eq!(first.notes_html, "a &lt; b");
    assert_eq!(first.duration_ms, Some(61_000));
    assert_eq!(
        first.enclosure.as_ref().map(|e| e.url.as_str()),
        Some("https://night.example/1.m4a")
    );
    assert_eq!(feed.episodes.len(), 2);
    assert_eq!(feed.warnings.len(), 1);
}

#[test]
fn broken_feeds_are_mended_and_say_so() {
    for (broken, mend) in [
        (
            "junk before <rss><channel><item><title>a</title></item></channel></rss>",
            "before the first tag",
        ),
        ("<rss><channel><item><title>a</item></channel></rss>", "not closed"),
        ("<rss><channel><item><title>a</title></channel></rss>", "not closed"),
        ("<rss><channel><item><title>a</title></b></item></channel></rss>", "without a beginning"),
        ("<rss><channel><item><title>a\u{8}</title></item></channel></rss>", "control characters"),
        (
            "<rss><channel><item><itunes:x>1</itunes:x><title>a</title></item></channel></rss>",
            "prefix",
        ),
        ("<rss><channel><item><title>a</title><description><![CDATA[half", "breaks off"),
        ("<rss><channel><item><title>a</title><enclosure url=\"htt", "breaks off"),
    ] {
        let feed = read(broken);
        assert_eq!(feed.episodes.len(), 1, "{broken}");
        assert_eq!(feed.episodes[0].title.as_deref(), Some("a"), "{broken}");
        assert!(feed.warnings.iter().any(|w| w.contains(mend)), "{broken}: {:?}", feed.warnings);
    }
    let harmless =
        read("<rss><channel><item><title>R&D &hellip; x</title></item></channel></rss> \n");
    assert_eq!(harmless.episodes[0].title.as_deref(), Some("R&D … x"));
}

#[test]
fn the_bytes_beat_what_the_declaration_says() {
    let text = "<?xml version=\"1.0\" encoding=\"gb2312\"?><rss><channel><item><title>晚间谈话节目</title></item></channel></rss>";
    let title = |bytes: &[u8]| {
        let feed = feed::parse(bytes, None, None).expect("a feed");
        feed.episodes.into_iter().next().and_then(|episode| episode.title)
    };
    assert_eq!(title(text.as_bytes()).as_deref(), Some("晚间谈话节目"));
    let warnings = feed::parse(text.as_bytes(), None, None).expect("a feed").warnings;
    assert_eq!(warnings, ["the feed says that it is in GBK but it is in UTF-8"]);
    let (legacy, _, _) = encoding_rs::GB18030.encode(text);
    assert_eq!(title(&legacy).as_deref(), Some("晚间谈话节目"));
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(title(&wide).as_deref(), Some("晚间谈话节目"));
}

#[test]
fn items_that_share_a_guid_are_told_apart_by_their_recordings() {
    let one = |n: u8| {
        format!("<item><guid>same</guid><enclosure url=\"https://a.example/{n}.mp3\"/></item>")
    };
    let feed = read(&format!("{HEAD}{}{}{}</channel></rss>", one(1), one(2), one(1)));
    let guids: Vec<&str> = feed.episodes.iter().map(|episode| episode.guid.as_str()).collect();
    assert_eq!(guids, ["same", "https://a.example/2.mp3", "same"]);
    assert_eq!(feed.warnings.len(), 1);
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    let error = |bytes: &[u8]| feed::parse(bytes, None, None).expect_err("no feed");
    assert_eq!(error(b""), FeedError::Empty);
    assert_eq!(error(b" \n\t"), FeedError::Empty);
    assert_eq!(error(b"<!DOCTYPE html><html><body>log in</body></html>"), FeedError::Html);
    assert_eq!(error(b"<opml><body><outline/></body></opml>"), FeedError::Opml);
    assert_eq!(error(b"\x89PNG\r\n\x1a\n"), FeedError::Binary);
    assert_eq!(error(b"just a sentence"), FeedError::NotAFeed);
    assert_eq!(error(b"{\"a\":1}"), FeedError::NotAFeed);
    assert!(matches!(error(b"{\"items\":[1,]}"), FeedError::Json(_)));
    assert_eq!(error(b"<rss><channel><ti"), FeedError::BreaksOff);
}

#[test]
fn a_large_archive_is_read_whole() {
    let items: Vec<String> = (0..5000)
        .map(|n| {
            format!("<item><title>{n}</title><guid>g{n}</guid><description>d</description></item>")
        })
        .collect();
    let feed = read(&format!("{HEAD}{}</channel></rss>", items.concat()));
    assert_eq!(feed.episodes.len(), 5000);
    assert_eq!(feed.episodes.last().map(|episode| episode.guid.as_str()), Some("g4999"));
}

/// Inputs that make careless parsers look through the same text again and again: what grows with
/// the square would take minutes here.
#[test]
fn endless_repetitions_end() {
    let many = |piece: &str| piece.repeat(60_000 / piece.len());
    for piece in [
        "&",
        "<",
        "<!--",
        "<![CDATA[",
        "<?x",
        "<!\"",
        "<!DOCTYPE [",
        "<a b=\"",
        "<a b='x' ",
        "</a>",
        "<a>",
        "<item>",
        "<a xmlns:b='c'>",
        "&#x;",
        "]]>",
        "<title>",
        "<item><title>",
        "<br>",
        "<outline>",
        "<outline xmlUrl='https://a.example/",
        "<a href=x",
        "<!ENTITY a 'b'>",
        "<link rel=",
    ] {
        for text in [
            many(piece),
            format!("{HEAD}<item><title>{}", many(piece)),
            format!("{HEAD}<item a=\"{}\"><title>t</title></item></channel></rss>", many(piece)),
        ] {
            if let Ok(feed) = feed::parse(text.as_bytes(), Some("https://a.example/"), None) {
                assert!(feed.episodes.iter().all(|episode| !episode.guid.is_empty()));
            }
            if let Ok(list) = feed::opml::parse(text.as_bytes()) {
                assert!(list.outlines.iter().all(|outline| !outline.url.is_empty()));
            }
            assert!(feed::discover(&text, "https://a.example/").len() <= 50);
        }
    }
}
