//! The show holds together: every address in it leads somewhere, and every number in it is true.

use std::collections::BTreeSet;

use super::{FEED, SNIPS, names, read};

const BUDGET: usize = 1_500_000;

fn text(name: &str) -> &'static str {
    let file = read(name).unwrap_or_else(|| panic!("no file {name}"));
    std::str::from_utf8(file.bytes).unwrap()
}

/// Every `welcome:` address in `text`, without scheme and fragment.
fn addresses(text: &str) -> BTreeSet<&str> {
    text.match_indices("welcome:")
        .filter_map(|(at, scheme)| {
            let rest = text.get(at + scheme.len()..)?;
            rest.split(|c: char| !(c.is_ascii_alphanumeric() || "/._-".contains(c))).next()
        })
        .map(|name| name.trim_end_matches('.'))
        .collect()
}

/// The value of attribute `name` in the tag `tag`.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn tags<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    text.split(&format!("<{name}")).skip(1).filter_map(|rest| rest.split('>').next()).collect()
}

#[test]
fn the_named_addresses_lead_to_files() {
    for address in [FEED, SNIPS] {
        assert!(address.strip_prefix("welcome:").and_then(read).is_some(), "{address}");
    }
    assert_eq!(read("nothing.md"), None);
    assert_eq!(read(""), None);
}

#[test]
fn every_address_in_every_text_leads_to_a_file_and_every_file_is_led_to() {
    let mut reached = BTreeSet::from(["feed.xml"]);
    for name in names().filter(|n| !n.starts_with("audio/") && *n != "cover.png") {
        for address in addresses(text(name)) {
            assert!(read(address).is_some(), "{name} leads to {address}, which is not there");
            reached.insert(address);
        }
    }
    assert_eq!(reached, names().collect::<BTreeSet<_>>());
}

#[test]
fn enclosures_tell_their_true_size_and_type() {
    let feed = text("feed.xml");
    let enclosures = tags(feed, "enclosure");
    assert_eq!(enclosures.len(), 3);
    for tag in enclosures {
        let url = attribute(tag, "url").unwrap();
        let file = read(url.strip_prefix("welcome:").unwrap()).unwrap();
        assert_eq!(attribute(tag, "length"), Some(file.bytes.len().to_string().as_str()), "{url}");
        assert_eq!(attribute(tag, "type"), Some(file.mime), "{url}");
    }
    for tag in tags(feed, "podcast:transcript").into_iter().chain(tags(feed, "podcast:chapters")) {
        let url = attribute(tag, "url").unwrap();
        let file = read(url.strip_prefix("welcome:").unwrap()).unwrap();
        assert_eq!(attribute(tag, "type"), Some(file.mime), "{url}");
    }
}

#[test]
fn the_show_is_small() {
    let bytes: usize = names().filter_map(read).map(|file| file.bytes.len()).sum();
    assert!(bytes <= BUDGET, "{bytes} bytes");
}

#[test]
fn the_times_in_the_notes_are_those_of_the_tones() {
    // `make.sh check` hears the tones at the times of script.py; here the notes are held to it.
    let script = include_str!("../../assets/welcome/make/script.py");
    let feed = text("feed.xml");
    let chapters = text("chapters/2.json");
    let mut seen = 0;
    for row in script.lines().filter_map(|l| l.trim().strip_prefix('(')) {
        let mut fields = row.splitn(3, ", ");
        let (Some(at), Some(hz), Some(rest)) = (fields.next(), fields.next(), fields.next()) else {
            continue;
        };
        let (Ok(at), Ok(_)) = (at.parse::<f64>(), hz.parse::<u32>()) else { continue };
        let title = rest.trim_start_matches('"').split('"').next().unwrap();
        let in_notes = format!("{:02}:{:02} {title}", at as u64 / 60, at as u64 % 60);
        let in_json = format!("\"startTime\": {at},\n      \"title\": \"{title}\"");
        assert!(feed.contains(&in_notes) || chapters.contains(&in_json), "{in_notes}");
        seen += 1;
    }
    assert_eq!(seen, 17, "chapters with a tone");
}
