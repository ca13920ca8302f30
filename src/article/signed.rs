//! Who wrote a page, where its head does not say it: an element for the name, or a line beside the
//! title that begins with `By` or `作者：`.

use dom_query::Document as Tree;

use super::{byline, date, masthead};

/// Elements that hold little but a name.
const NAMED: &str = "[itemprop=author] [itemprop=name], [itemprop=author], [rel~=author], \
    .author-name, .byline-name, .byline__name, .author a, .byline a, .author, .byline, .entry-author, \
    .post-author, .article-author, .article-byline";
/// Elements that may hold one.
const MIXED: &str =
    "[class*=author], [class*=byline], [class*=editor], [class*=source], [class*=info]";
/// Within them, what holds the name alone.
const INNER: &str = "[itemprop=name], [rel~=author], [class*=name], a[href]";
/// A longer text is not just a name.
const MAX_LENGTH: usize = 160;
/// How many elements are looked at.
const MAX_ELEMENTS: usize = 40;
/// How many names are kept.
const MAX_NAMES: usize = 8;
/// What stands before a name, in lower case.
const BEFORE: [&str; 9] = [
    "written by",
    "words by",
    "story by",
    "posted by",
    "published by",
    "authored by",
    "author:",
    "authors:",
    "by",
];
/// What stands before a name on Chinese pages. The first that is found counts.
const LABELS: [&str; 16] = [
    "作者：",
    "作者:",
    "作者 |",
    "作者|",
    "作者｜",
    "作者丨",
    "撰文：",
    "撰文 |",
    "撰文｜",
    "文｜",
    "文 | ",
    "文丨",
    "采写：",
    "采访：",
    "采访 |",
    "记者：",
];
/// Small words within names.
const PARTICLES: [&str; 14] =
    ["de", "da", "di", "del", "van", "von", "der", "den", "la", "le", "al", "el", "bin", "du"];
/// Words on buttons and links.
const BUTTONS: [&str; 14] = [
    "learn", "more", "view", "see", "read", "about", "all", "posts", "profile", "our", "sign",
    "log", "contact", "privacy",
];
/// What follows a name and is none, in lower case.
const ROLES: [&str; 34] = [
    "writer",
    "editor",
    "staff",
    "senior",
    "contributor",
    "contributing",
    "columnist",
    "reporter",
    "correspondent",
    "published",
    "updated",
    "last",
    "posted",
    "ceo",
    "founder",
    "cofounder",
    "co-founder",
    "president",
    "director",
    "manager",
    "chief",
    "head",
    "professor",
    "associate",
    "reviewed",
    "edited",
    "photo",
    "photos",
    "min",
    "share",
    "follow",
    "read",
    "guest",
    "author",
];

/// The author as the text names him.
pub(super) fn author(tree: &Tree, lines: &[String]) -> Option<String> {
    named(tree, NAMED, true).or_else(|| signed(lines)).or_else(|| named(tree, MIXED, false))
}

fn named(tree: &Tree, selector: &str, is_sure: bool) -> Option<String> {
    for node in tree.select(selector).nodes().iter().take(MAX_ELEMENTS) {
        let text = masthead::words(node);
        if text.is_empty() || text.len() > MAX_LENGTH {
            continue;
        }
        if let Some(name) = labelled(&text).or_else(|| after_label(&text).and_then(people)) {
            return Some(name);
        }
        let inner = tree_name(node).filter(|inner| *inner != text);
        if let Some(name) = inner.and_then(|inner| byline::normal(&inner)) {
            return Some(name);
        }
        let is_button = text
            .split_whitespace()
            .next()
            .is_some_and(|word| BUTTONS.contains(&word.to_lowercase().as_str()));
        if is_sure && !is_button && !text.contains(['：', '。']) && text.chars().count() <= 40 {
            return Some(text);
        }
    }
    None
}

/// The one element within that holds the name.
fn tree_name(node: &dom_query::NodeRef<'_>) -> Option<String> {
    let found = dom_query::Selection::from(*node).select(INNER);
    let mut names = found.iter().map(|inner| inner.nodes().first().map(masthead::words));
    let name = names.next().flatten()?;
    let alone = names.all(|other| other.as_deref() == Some(&name));
    (alone && is_person(&name)).then_some(name)
}

/// Two to four words that begin as names do, or a Chinese name.
fn is_person(text: &str) -> bool {
    let count = text.split_whitespace().count();
    let is_button =
        text.split_whitespace().any(|word| BUTTONS.contains(&word.to_lowercase().as_str()));
    (2..=4).contains(&count) && !is_button && people(text).as_deref() == Some(text)
}

fn signed(lines: &[String]) -> Option<String> {
    for (at, line) in lines.iter().enumerate() {
        if let Some(name) = labelled(line) {
            return Some(name);
        }
        let rest = after_label(line).or_else(|| {
            let (before, rest) = line.split_once(" by ")?;
            date::find(before).map(|_| rest)
        });
        let Some(rest) = rest else { continue };
        let next = lines.get(at + 1).map(String::as_str).unwrap_or_default();
        if let Some(names) = people(if rest.is_empty() { next } else { rest }) {
            return Some(names);
        }
    }
    None
}

/// What stands behind `By` and its like at the beginning of a line.
fn after_label(line: &str) -> Option<&str> {
    BEFORE.iter().find_map(|before| {
        let head = line.get(..before.len())?;
        let rest = line.get(before.len()..)?;
        let is_parted = before.ends_with(':') || !rest.starts_with(char::is_alphabetic);
        (head.to_lowercase() == *before && is_parted)
            .then(|| rest.trim_start_matches(|c: char| c.is_whitespace() || c == ':'))
    })
}

/// The names at the beginning of a text, up to a word that belongs to no name.
fn people(text: &str) -> Option<String> {
    let (mut names, mut name): (Vec<String>, Vec<&str>) = (Vec::new(), Vec::new());
    let end = date::find(text).map_or(text.len(), |day| day.start);
    for word in text.get(..end).unwrap_or_default().split_whitespace().take(40) {
        let bare = word.trim_matches(|c: char| ",;|•·–—()".contains(c));
        let lower = bare.to_lowercase();
        if matches!(lower.as_str(), "and" | "&") {
            flush(&mut names, &mut name);
            continue;
        }
        let begins = bare.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase());
        let belongs = begins || (!name.is_empty() && PARTICLES.contains(&lower.as_str()));
        if !belongs || ROLES.contains(&lower.as_str()) {
            break;
        }
        name.push(bare);
        if word.ends_with([',', ';']) {
            flush(&mut names, &mut name);
        } else if word.len() > bare.len() && word.ends_with(|c: char| !c.is_alphanumeric()) {
            break;
        }
    }
    flush(&mut names, &mut name);
    (!names.is_empty()).then(|| names.join(", "))
}

fn flush(names: &mut Vec<String>, name: &mut Vec<&str>) {
    let joined = std::mem::take(name);
    // Degrees behind a name: `Lin Xia, MD`.
    let is_degree = joined.len() == 1
        && !names.is_empty()
        && joined
            .iter()
            .all(|word| word.len() <= 5 && word.chars().filter(|c| c.is_uppercase()).count() > 1);
    let is_name = (1..=4).contains(&joined.len()) && !is_degree && names.len() < MAX_NAMES;
    let joined = joined.join(" ");
    if is_name && joined.len() > 2 && !names.contains(&joined) {
        names.push(joined);
    }
}

/// The name behind `作者：` or its like, up to the next label or gap.
fn labelled(text: &str) -> Option<String> {
    let rest = LABELS.iter().find_map(|label| text.split_once(label).map(|(_, rest)| rest));
    let rest =
        rest.or_else(|| ["文/", "文 /", "文／"].iter().find_map(|l| text.strip_prefix(l)))?;
    let name = rest.trim_start();
    let end = name.find(|c: char| c.is_whitespace() || "|｜丨/()（），,：:".contains(c));
    let name = name.get(..end.unwrap_or(name.len()))?.trim();
    (!name.is_empty() && name.chars().count() <= 30).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by(lines: &[&str]) -> Option<String> {
        signed(&lines.iter().map(|&line| line.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_line_beside_the_title_names_those_who_wrote_it() {
        for (line, names) in [
            ("By Zhou Ye", Some("Zhou Ye")),
            ("By Zhou Ye and Ana de la Cruz, Staff Writers", Some("Zhou Ye, Ana de la Cruz")),
            ("By Zhou Ye • 4 mins read", Some("Zhou Ye")),
            ("By Zhou Ye May 3, 2024", Some("Zhou Ye")),
            ("By Zhou Ye, Senior Editor | Harbour Weekly", Some("Zhou Ye")),
            ("By Zhou Ye, MD, PhD", Some("Zhou Ye")),
            ("Written by: Zhou Ye", Some("Zhou Ye")),
            ("Published August 7, 2023 by Zhou Ye", Some("Zhou Ye")),
            ("文/林夏 编辑/周野", Some("林夏")),
            ("采访 | 林夏 编辑 | 周野", Some("林夏")),
            ("2024年5月1日 作者：林夏 来源：工业周刊", Some("林夏")),
            ("By the river, a town", None),
            ("Bygone days", None),
            ("来源：工业周刊", None),
        ] {
            assert_eq!(by(&[line]).as_deref(), names, "{line}");
        }
        assert_eq!(by(&["By", "Zhou Ye"]).as_deref(), Some("Zhou Ye"));
    }

    #[test]
    fn elements_for_names_are_known_by_what_they_are_called() {
        let author = |html: &str| author(&Tree::from(html), &[]);
        let info = "<div class=post-info>来源：工业周刊 2024年05月01日 作者：林夏 编辑：周野</div>";
        assert_eq!(author(info).as_deref(), Some("林夏"));
        for page in [
            "<span class=byline>By Zhou Ye</span>",
            "<div class=author>Written by<span>Zhou Ye</span></div>",
            "<div class=post-author><span class=name>Zhou Ye</span><i>Harbour Weekly</i></div>",
        ] {
            assert_eq!(author(page).as_deref(), Some("Zhou Ye"), "{page}");
        }
        assert_eq!(author("<div class=author-bio>Read more about us</div>"), None);
    }
}
