//! RSS 0.9x, 1.0 and 2.0 as the `rss` crate reads them, item by item, so that one that cannot be
//! read costs no other.

use rss::extension::itunes;
use rss::{Channel, Item};

use super::address::followable;
use super::element::{Element, Node};
use super::enclosure::{self, Fit};
use super::mend::Mends;
use super::notes::{description, plain, richest};
use super::podcast;
use super::shape::Shaped;
use super::{date, episode, write};
use crate::model::{Enclosure, FeedFormat, ParsedEpisode, ParsedFeed};

/// Reads a feed that was taken apart. `local` allows addresses of files.
pub(super) fn read(
    shaped: Shaped,
    format: FeedFormat,
    local: bool,
    mends: &mut Mends,
) -> ParsedFeed {
    let mut feed = match channel(&[&shaped.head]) {
        Some(channel) => head(&channel, local),
        None => ParsedFeed::default(),
    };
    feed.format = format;
    for mut element in shaped.items {
        let files = enclosures(&mut element, local);
        "item".clone_into(&mut element.name);
        let Some(item) = channel(&[&element]).and_then(|channel| channel.items.into_iter().next())
        else {
            mends.note("an item that cannot be read was left out");
            continue;
        };
        match episode::finish(read_item(&item, files, local)) {
            Some(episode) => feed.episodes.push(episode),
            None => mends.note("an item that says nothing was left out"),
        }
    }
    feed
}

/// Reads a channel that holds these elements; the children of the head stand in it directly.
fn channel(elements: &[&Element]) -> Option<Channel> {
    let mut out = format!(
        "<rss version=\"2.0\" xmlns:itunes=\"{}\" xmlns:dc=\"{}\" xmlns:content=\"{}\"><channel>",
        itunes::NAMESPACE,
        rss::extension::dublincore::NAMESPACE,
        "http://purl.org/rss/1.0/modules/content/",
    );
    for element in elements {
        if element.name == "head" {
            element.elements().for_each(|child| write::xml(child, "", &mut out));
        } else {
            write::xml(element, "", &mut out);
        }
    }
    out.push_str("</channel></rss>");
    Channel::read_from(out.as_bytes()).ok()
}

/// Takes the enclosures out of the item: there may be several, but the crate keeps only the last.
fn enclosures(item: &mut Element, local: bool) -> Vec<(Fit, Enclosure)> {
    let mut files = Vec::new();
    item.children.retain(|node| match node {
        Node::Element(e) if e.name == "enclosure" => {
            let address = e.attr("url").or(e.attr("href")).map_or_else(|| e.text(), str::to_owned);
            let fit = enclosure::fit(e.attr("type"), None, &address);
            let file = enclosure::enclosure(&address, e.attr("type"), e.attr("length"), local);
            files.extend(file.map(|file| (fit, file)));
            false
        }
        Node::Element(_) | Node::Text(_) => true,
    });
    files
}

fn head(channel: &Channel, local: bool) -> ParsedFeed {
    let itunes = channel.itunes_ext();
    let dc = channel.dublin_core_ext();
    let map = channel.extensions();
    let link = |address: &str| followable(address, local);
    let rel = |rel: &str| {
        let mut links = podcast::all(map, "atom", "link").iter();
        links
            .find(|e| e.attrs.get("rel").is_some_and(|r| r == rel))
            .and_then(|e| e.attrs.get("href"))
    };
    let descriptions = [
        Some(channel.description().to_owned()),
        itunes.and_then(|i| i.summary()).map(str::to_owned),
        podcast::first(map, "atom", "subtitle").map(str::to_owned),
        itunes.and_then(|i| i.subtitle()).map(str::to_owned),
    ];
    let authors = [
        itunes.and_then(|i| i.author()),
        dc.and_then(|dc| dc.creators().first()).map(String::as_str),
        podcast::first(map, "googleplay", "author"),
        channel.managing_editor(),
        itunes.and_then(|i| i.owner()).and_then(|owner| owner.name()),
    ];
    let images = [itunes.and_then(|i| i.image()), channel.image().map(rss::Image::url)];
    ParsedFeed {
        title: plain(channel.title()),
        link: link(channel.link()).or_else(|| rel("alternate").and_then(|href| link(href))),
        description: descriptions.iter().flatten().find_map(|text| description(text)),
        language: channel
            .language()
            .or_else(|| dc.and_then(|dc| dc.languages().first()).map(String::as_str))
            .and_then(plain),
        image: images
            .iter()
            .flatten()
            .find_map(|image| link(image))
            .or_else(|| podcast::image(map, local)),
        author: authors.into_iter().flatten().find_map(plain),
        next_page: rel("next").and_then(|href| link(href)),
        new_feed_url: itunes.and_then(|i| i.new_feed_url()).and_then(|url| followable(url, false)),
        ..ParsedFeed::default()
    }
}

fn read_item(item: &Item, mut files: Vec<(Fit, Enclosure)>, local: bool) -> ParsedEpisode {
    let map = item.extensions();
    let mut out = ParsedEpisode::default();
    if let Some(itunes) = item.itunes_ext() {
        podcast::take_itunes(itunes, local, &mut out);
    }
    podcast::take_extensions(map, local, &mut out);
    files.extend(podcast::recordings(map, local));
    out.enclosure = enclosure::first_recording(files);
    out.title = item.title().and_then(plain);
    let permalink = item.guid().filter(|guid| guid.permalink).map(rss::Guid::value);
    let mut links = podcast::all(map, "atom", "link").iter();
    let alternate = links.find(|e| e.attrs.get("rel").is_none_or(|rel| rel == "alternate"));
    let alternate = alternate.and_then(|e| e.attrs.get("href")).map(String::as_str);
    out.link = [item.link(), alternate, permalink]
        .into_iter()
        .flatten()
        .find_map(|address| followable(address, local));
    out.guid = item.guid().map(|guid| guid.value().to_owned()).unwrap_or_default();
    out.published = item.pub_date().and_then(date::parse);
    let updated = [("atom", "updated"), ("dcterms", "modified"), ("atom", "modified")];
    out.updated = updated
        .into_iter()
        .find_map(|(prefix, name)| podcast::first(map, prefix, name).and_then(date::parse));
    let creators = item.dublin_core_ext().map_or(&[][..], |dc| dc.creators());
    out.author = creators
        .first()
        .map(String::as_str)
        .or(out.author.as_deref())
        .or(item.author())
        .and_then(plain);
    out.notes_html = richest([
        item.content().map(str::to_owned),
        item.description().map(str::to_owned),
        item.itunes_ext().and_then(|itunes| itunes.summary()).map(str::to_owned),
        podcast::first(map, "googleplay", "description").map(str::to_owned),
        podcast::first(map, "media", "description").map(str::to_owned),
    ]);
    out
}
