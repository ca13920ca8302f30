//! Atom 0.3 and 1.0 as the `atom_syndication` crate reads them, entry by entry.

use atom_syndication::{Entry, Feed, Link};
use rss::extension::itunes::{ITunesChannelExtension, ITunesItemExtension};

use super::address::followable;
use super::element::Element;
use super::enclosure;
use super::mend::Mends;
use super::notes::{description, plain, richest};
use super::shape::Shaped;
use super::{episode, podcast, write};
use crate::model::{FeedFormat, ParsedEpisode, ParsedFeed};

/// Reads a feed that was taken apart. `local` allows addresses of files.
pub(super) fn read(shaped: Shaped, local: bool, mends: &mut Mends) -> ParsedFeed {
    let language = shaped.head.child("language").map(Element::text);
    let mut feed = match parse(&shaped.head) {
        Some(feed) => head(feed, local),
        None => ParsedFeed::default(),
    };
    feed.format = FeedFormat::Atom;
    feed.language = language.as_deref().and_then(plain);
    for element in shaped.items {
        let Some(entry) = parse(&element).and_then(|feed| feed.entries.into_iter().next()) else {
            mends.note("an entry that cannot be read was left out");
            continue;
        };
        // The crate gives the epoch where there is no date.
        let dated = element.child("atom:updated").is_some();
        match episode::finish(read_entry(entry, dated, local)) {
            Some(episode) => feed.episodes.push(episode),
            None => mends.note("an entry that says nothing was left out"),
        }
    }
    feed
}

/// Reads a feed that holds this entry, or the children of this head.
fn parse(element: &Element) -> Option<Feed> {
    let mut out = "<feed xmlns=\"http://www.w3.org/2005/Atom\">".to_owned();
    if element.name == "head" {
        element.elements().for_each(|child| write::xml(child, "atom:", &mut out));
    } else {
        write::xml(element, "atom:", &mut out);
    }
    out.push_str("</feed>");
    Feed::read_from(out.as_bytes()).ok()
}

/// The first link of that relation, those to pages (`text/html`) first.
fn link<'a>(links: &'a [Link], rel: &str) -> Option<&'a str> {
    let of_rel = || links.iter().filter(|link| link.rel() == rel && !link.href().is_empty());
    let page = of_rel().find(|link| link.mime_type().is_some_and(|mime| mime.contains("html")));
    page.or_else(|| of_rel().next()).map(Link::href)
}

fn head(feed: Feed, local: bool) -> ParsedFeed {
    let map = podcast::from_atom(feed.extensions);
    let itunes = map.get("itunes").cloned().map(ITunesChannelExtension::from_map);
    let itunes = itunes.as_ref();
    let images = [itunes.and_then(|i| i.image()), feed.logo.as_deref(), feed.icon.as_deref()];
    let author = feed.authors.iter().map(atom_syndication::Person::name).find_map(plain);
    let follow = |address: &str| followable(address, local);
    ParsedFeed {
        title: plain(feed.title.as_str()),
        link: link(&feed.links, "alternate").and_then(follow),
        description: feed
            .subtitle
            .as_ref()
            .map(atom_syndication::Text::as_str)
            .or_else(|| itunes.and_then(|i| i.summary()))
            .and_then(description),
        image: images
            .into_iter()
            .flatten()
            .find_map(follow)
            .or_else(|| podcast::image(&map, local)),
        author: author.or_else(|| itunes.and_then(|i| i.author()).and_then(plain)),
        next_page: link(&feed.links, "next").and_then(follow),
        new_feed_url: itunes.and_then(|i| i.new_feed_url()).and_then(|url| followable(url, false)),
        ..ParsedFeed::default()
    }
}

fn read_entry(entry: Entry, dated: bool, local: bool) -> ParsedEpisode {
    let map = podcast::from_atom(entry.extensions);
    let mut out = ParsedEpisode::default();
    if let Some(itunes) = map.get("itunes").cloned().map(ITunesItemExtension::from_map) {
        podcast::take_itunes(&itunes, local, &mut out);
    }
    podcast::take_extensions(&map, local, &mut out);
    out.guid.clone_from(&entry.id);
    out.title = plain(entry.title.as_str());
    let files = entry.links.iter().filter(|link| link.rel() == "enclosure").filter_map(|link| {
        let fit = enclosure::fit(link.mime_type(), None, link.href());
        let file = enclosure::enclosure(link.href(), link.mime_type(), link.length(), local)?;
        Some((fit, file))
    });
    let source = entry.content.as_ref().and_then(|content| {
        let address = content.src()?;
        let fit = enclosure::fit(content.content_type(), None, address);
        let sure = fit == enclosure::Fit::Yes;
        sure.then(|| Some((fit, enclosure::enclosure(address, None, None, local)?)))?
    });
    out.enclosure =
        enclosure::first_recording(files.chain(source).chain(podcast::recordings(&map, local)));
    out.link = link(&entry.links, "alternate").and_then(|address| followable(address, local));
    out.updated = dated.then(|| entry.updated.timestamp());
    out.published = entry.published.map(|date| date.timestamp()).or(out.updated);
    let author = entry.authors.iter().map(atom_syndication::Person::name).find_map(plain);
    out.author = author.or_else(|| out.author.take());
    out.notes_html = richest([
        entry.content.and_then(|content| content.value),
        entry.summary.map(|summary| summary.value),
        podcast::first(&map, "itunes", "summary").map(str::to_owned),
        podcast::all(&map, "media", "group")
            .iter()
            .find_map(|group| group.children.get("description")?.first()?.value.clone()),
        podcast::first(&map, "media", "description").map(str::to_owned),
    ]);
    out
}
