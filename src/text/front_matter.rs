//! The head of a Markdown file: YAML between `---`, TOML between `+++`, or a JSON object, as Hugo,
//! Jekyll, Hexo, Zola and Obsidian write them.

mod lines;

use std::collections::BTreeMap;

use serde_json::Value;

use super::clean::clean_line;
use lines::lines;

/// A longer head is read as text: no real one comes near it.
const MAX_HEAD: usize = 256 * 1024;
/// The longest head that the full parsers see; longer ones are read line by line.
const MAX_PARSED: usize = 64 * 1024;
/// Most fields kept.
const MAX_FIELDS: usize = 512;

/// What the head of a file says about it. All strings but `raw` are clean single lines.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FrontMatter {
    /// `title`.
    pub title: Option<String>,
    /// `author`, `authors`, `byline` or `creator`; several are joined with `, `.
    pub author: Option<String>,
    /// `date`, `published`, `pubDate`, `publish_date` or `created`, as written.
    pub date: Option<String>,
    /// `tags`, `keywords` or `categories`, the first that is there.
    pub tags: Vec<String>,
    /// `url`, `source`, `link`, `canonical_url` or `original`, where it is an absolute web address.
    pub url: Option<String>,
    /// `description`, `summary`, `excerpt` or `subtitle`.
    pub description: Option<String>,
    /// `language`, `lang` or `locale`.
    pub language: Option<String>,
    /// All fields, as they were written; at most 512.
    pub fields: BTreeMap<String, Value>,
    /// The head without its fences.
    pub raw: String,
}

/// Splits the front matter from the text below it. `(None, text)` without a byte order mark where
/// there is none: a rule is not a fence, and `key: value` lines without fences are text. A head that
/// its parser refuses is read line by line as `key: value` (`key = value` in TOML); if that finds
/// nothing, it is text. Line ends may be `\n` or `\r\n`.
#[must_use]
pub fn split_front_matter(text: &str) -> (Option<FrontMatter>, &str) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let split = match text.as_bytes().first() {
        Some(b'-') => fenced(text, "---").and_then(|(raw, body)| Some((yaml(raw)?, raw, body))),
        Some(b'+') => fenced(text, "+++").and_then(|(raw, body)| Some((toml(raw)?, raw, body))),
        Some(b'{') => json(text),
        _ => None,
    };
    match split {
        Some((fields, raw, body)) => (Some(FrontMatter::from_fields(fields, raw)), body),
        None => (None, text),
    }
}

type Fields = BTreeMap<String, Value>;

/// The text between a first line that is `fence` and the next such line, and what follows it.
fn fenced<'t>(text: &'t str, fence: &str) -> Option<(&'t str, &'t str)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != fence {
        return None;
    }
    let mut end = first.len();
    for line in lines {
        let mark = line.trim_end();
        if mark == fence || (fence == "---" && mark == "...") {
            let raw = text.get(first.len()..end)?;
            let body = text.get(end + line.len()..)?;
            return Some((raw, body));
        }
        end += line.len();
        if end > MAX_HEAD {
            return None;
        }
    }
    None
}

fn yaml(raw: &str) -> Option<Fields> {
    if raw.trim().is_empty() {
        // `---` twice with nothing between is an empty head only when the lines touch.
        return raw.is_empty().then(Fields::new);
    }
    if raw.len() <= MAX_PARSED
        && let Some(fields) = parse_yaml(raw)
    {
        return Some(fields);
    }
    lines(raw, ':')
}

fn parse_yaml(raw: &str) -> Option<Fields> {
    // Templates repeat keys, and every reader takes the last; aliases may not multiply.
    let options = serde_saphyr::options! {
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        budget: budget(),
    };
    match serde_saphyr::from_str_with_options::<Value>(raw, options).ok()? {
        Value::Object(map) => Some(map.into_iter().take(MAX_FIELDS).collect()),
        _ => None,
    }
}

fn budget() -> Option<serde_saphyr::Budget> {
    serde_saphyr::budget! {
        max_events: 20_000,
        max_nodes: 10_000,
        max_aliases: 64,
        max_anchors: 64,
        max_depth: 32,
        max_documents: 1,
        max_recorded_anchor_events: 10_000,
        max_recorded_anchor_bytes: 1 << 20,
    }
}

fn toml(raw: &str) -> Option<Fields> {
    if raw.len() <= MAX_PARSED
        && let Ok(table) = raw.parse::<toml::Table>()
    {
        return Some(table.into_iter().take(MAX_FIELDS).map(|(k, v)| (k, from_toml(v))).collect());
    }
    lines(raw, '=')
}

/// TOML's values in JSON's; a date is its text. The parser bounds the depth.
fn from_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(truth) => Value::Bool(truth),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.into_iter().map(from_toml).collect(),
        toml::Value::Table(table) => table
            .into_iter()
            .map(|(k, v)| (k, from_toml(v)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    }
}

/// A JSON object at the very start, followed by a line break or the end: Hugo's third form.
fn json(text: &str) -> Option<(Fields, &str, &str)> {
    let head = text.get(..floor(text, MAX_HEAD))?;
    let mut values = serde_json::Deserializer::from_str(head).into_iter::<Value>();
    let Some(Ok(Value::Object(map))) = values.next() else { return None };
    let (raw, body) = text.split_at_checked(values.byte_offset())?;
    let body = body.trim_start_matches([' ', '\t', '\r']);
    let body = if body.is_empty() { body } else { body.strip_prefix('\n')? };
    // A whole file of JSON is data, not an article with a head.
    if body.trim().is_empty() || !map.keys().any(|key| is_known(key)) {
        return None;
    }
    Some((map.into_iter().take(MAX_FIELDS).collect(), raw, body))
}

fn floor(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

const TITLE: &[&str] = &["title"];
const AUTHOR: &[&str] = &["author", "authors", "byline", "creator"];
const DATE: &[&str] =
    &["date", "published", "pubdate", "publish_date", "published_at", "publishdate", "created"];
const TAGS: &[&str] = &["tags", "tag", "keywords", "categories", "category"];
const URL: &[&str] = &["url", "source", "link", "canonical_url", "canonical", "original"];
const DESCRIPTION: &[&str] = &["description", "summary", "excerpt", "subtitle"];
const LANGUAGE: &[&str] = &["language", "lang", "locale"];

fn is_known(key: &str) -> bool {
    let key = key.to_lowercase();
    [TITLE, AUTHOR, DATE, TAGS, URL, DESCRIPTION].iter().any(|names| names.contains(&key.as_str()))
}

impl FrontMatter {
    fn from_fields(fields: Fields, raw: &str) -> FrontMatter {
        let line = |names: &[&str]| {
            named(&fields, names).map(|value| texts(value).join(", ")).find(|text| !text.is_empty())
        };
        let url = named(&fields, URL)
            .flat_map(texts)
            .find(|text| text.starts_with("https://") || text.starts_with("http://"));
        let tags = named(&fields, TAGS).map(tag_list).find(|tags| !tags.is_empty());
        FrontMatter {
            title: line(TITLE),
            author: line(AUTHOR),
            date: line(DATE),
            tags: tags.unwrap_or_default(),
            url,
            description: line(DESCRIPTION),
            language: line(LANGUAGE),
            raw: raw.to_owned(),
            fields,
        }
    }
}

/// The values of the first fields so named, whatever their case; `extra` and `taxonomies` (Zola) too.
fn named<'f>(fields: &'f Fields, names: &'f [&str]) -> impl Iterator<Item = &'f Value> + 'f {
    const WITHIN: [&str; 3] = ["taxonomies", "extra", "params"];
    names.iter().flat_map(move |name| {
        let own = fields.iter().filter(|(key, _)| key.to_lowercase() == *name).map(|(_, v)| v);
        let nested = WITHIN.iter().filter_map(|outer| fields.get(*outer)?.get(*name));
        own.chain(nested)
    })
}

/// The words in a value: itself, its items, the `name` of its objects.
fn texts(value: &Value) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::String(text) => Some(clean_line(text)),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => map.get("name").and_then(Value::as_str).map(clean_line),
        Value::Null | Value::Bool(_) | Value::Array(_) => None,
    };
    let found: Vec<String> = match value {
        Value::Array(items) => items.iter().filter_map(one).collect(),
        other => one(other).into_iter().collect(),
    };
    found.into_iter().filter(|text| !text.is_empty()).collect()
}

/// Tags as a list, or as Jekyll writes them: one string with commas, or with spaces.
fn tag_list(value: &Value) -> Vec<String> {
    let Value::String(text) = value else { return texts(value) };
    let comma = text.contains([',', '，', '、']);
    let parts: Vec<&str> = if comma {
        text.split([',', '，', '、']).collect()
    } else {
        text.split_whitespace().collect()
    };
    parts.into_iter().map(clean_line).filter(|tag| !tag.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> FrontMatter {
        split_front_matter(text).0.unwrap()
    }

    #[test]
    fn yaml_heads_are_read_with_mark_and_windows_line_ends() {
        let (front, body) = split_front_matter(
            "\u{feff}---\r\ntitle: \"电池：十年\"\r\nauthors: [林夏, 周野]\r\ndate: 2024-05-01\r\ntags:\r\n  - 能源\r\n  - 工业\r\nlang: zh\r\n---\r\n正文\r\n",
        );
        let front = front.unwrap();
        assert_eq!(front.title.as_deref(), Some("电池：十年"));
        assert_eq!(front.author.as_deref(), Some("林夏, 周野"));
        assert_eq!(front.date.as_deref(), Some("2024-05-01"));
        assert_eq!(front.tags, ["能源", "工业"]);
        assert_eq!(front.language.as_deref(), Some("zh"));
        assert_eq!(body, "正文\r\n");
    }

    #[test]
    fn toml_and_json_heads_are_read() {
        let front = head(
            "+++\ntitle = \"Bugs\"\ndate = 2026-04-29\n[taxonomies]\ntags = [\"a\"]\n+++\nbody",
        );
        assert_eq!(front.date.as_deref(), Some("2026-04-29"));
        assert_eq!(front.tags, ["a"]);
        let (front, body) = split_front_matter("{\n \"title\": \"A\", \"n\": 1\n}\n\nbody");
        assert_eq!(front.unwrap().title.as_deref(), Some("A"));
        assert_eq!(body, "\nbody");
    }

    #[test]
    fn text_that_only_looks_like_a_head_stays_text() {
        for text in [
            "title: 不是头\nauthor: 谁\n\n正文",
            "---\n\nA rule above, not front matter.\n\n---\n",
            "---\nnever closed: yes\n\nbody",
            "{\"a\": 1}",
            "{{< figure src=\"a\" >}}\n",
            "+++\nonly words here\n+++\n",
            "",
        ] {
            assert_eq!(split_front_matter(text), (None, text), "{text:?}");
        }
    }

    #[test]
    fn unreadable_yaml_is_read_line_by_line() {
        let front = head(
            "---\ntitle: a: b: c\nurl: https://example.com/a\n\tindent: bad\ntags: [x, \"y\"]\n---\nbody",
        );
        assert_eq!(front.title.as_deref(), Some("a: b: c"));
        assert_eq!(front.url.as_deref(), Some("https://example.com/a"));
        assert_eq!(front.tags, ["x", "y"]);
        let front = head("+++\ntitle = \"a\ndate = 2024-99-99\n+++\n");
        assert_eq!(front.title.as_deref(), Some("a"));
    }

    #[test]
    fn a_bomb_of_aliases_does_not_go_off() {
        let mut text = String::from("---\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for i in 1..12 {
            let refs = vec![format!("*a{}", i - 1); 10].join(",");
            text = format!("{text}a{i}: &a{i} [{refs}]\n");
        }
        text.push_str("---\nbody");
        let front = head(&text);
        assert!(front.fields.values().all(|v| v.to_string().len() < 10_000));
    }
}
