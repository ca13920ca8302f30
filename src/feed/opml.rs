//! Subscription lists (OPML 1.0 and 2.0, opml.org/spec2.opml): read leniently, written strictly.

use quick_xml::escape::escape;
use url::Url;

use super::mend::{Mends, mend};
use super::notes::plain;
use super::token::{Token, walk};

/// Folders nested deeper than this are left out of the path.
const MAX_FOLDERS: usize = 16;
/// Outlines nested deeper than this count as no folders.
const MAX_OPEN: usize = 100;
/// Feeds beyond this are left out.
const MAX_OUTLINES: usize = 100_000;
/// Tags of one feed beyond this are left out.
const MAX_TAGS: usize = 50;
/// Skipped entries that are listed one by one.
const MAX_SKIPPED: usize = 1000;

/// A subscription list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpmlList {
    /// Its title.
    pub title: Option<String>,
    /// The feeds in document order, each address once.
    pub outlines: Vec<Outline>,
    /// What was left out: its line (from 1) and why.
    pub skipped: Vec<(usize, String)>,
}

/// One feed of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// What the list calls it; its address if there is no name. Plain text, one line.
    pub title: String,
    /// The feed's address: `http`, `https` or `welcome:`.
    pub url: String,
    /// The folders it stands in, outermost first; the first place, where it stands in several.
    pub folder: Vec<String>,
    /// All its places as names: nested folders joined by `/`, and its `category`.
    pub tags: Vec<String>,
}

impl Outline {
    /// The outlines of a show with these tags: one in each of the folders that the tags name.
    #[must_use]
    pub fn of_show(title: &str, url: &str, tags: &[String]) -> Vec<Self> {
        let at = |folder: Vec<String>| Self {
            title: title.to_owned(),
            url: url.to_owned(),
            folder,
            tags: tags.to_vec(),
        };
        let folders = tags.iter().map(|tag| names(tag).map(str::to_owned).collect::<Vec<String>>());
        let mut folders: Vec<_> = folders.filter(|folder| !folder.is_empty()).collect();
        if folders.is_empty() {
            folders.push(Vec::new());
        }
        folders.into_iter().map(at).collect()
    }

    /// Stands in one more place: names parted by slashes.
    fn tag(&mut self, path: &str) {
        let tag = names(path).collect::<Vec<_>>().join("/");
        if !tag.is_empty() && self.tags.len() < MAX_TAGS && !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
    }
}

/// The names of a path.
fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').map(str::trim).filter(|name| !name.is_empty()).take(MAX_FOLDERS)
}

/// Nested folders as one tag. A slash within a name would part it.
fn tag_of(folder: &[String]) -> String {
    folder.iter().map(|name| name.replace('/', "／")).collect::<Vec<_>>().join("/")
}

/// Why a list cannot be read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum OpmlError {
    /// The file holds nothing.
    #[error("reading the subscription list failed: the file is empty; export it again")]
    Empty,
    /// There is no outline in it.
    #[error(
        "reading the subscription list failed: this is not OPML; export the list as OPML from the other program"
    )]
    NotOpml,
    /// The document type declares entities that explode.
    #[error(
        "reading the subscription list failed: its document type declares entities that would fill the memory; remove the DOCTYPE"
    )]
    EntityBomb,
}

/// Reads a subscription list. Broken XML is read as far as it makes sense; addresses of other
/// schemes and commands (`exec:`, `filter:`, `|command`) are skipped and told.
///
/// # Errors
/// If the file is empty, is no OPML, or attacks with entities.
pub fn parse(bytes: &[u8]) -> Result<OpmlList, OpmlError> {
    let text = crate::text::decode(bytes, None).text;
    if text.trim().is_empty() {
        return Err(OpmlError::Empty);
    }
    let mut mends = Mends::default();
    let text = mend(&text, &mut mends).map_err(|_| OpmlError::EntityBomb)?;
    let mut reader = ListReader { text: &text, line: 1, ..ListReader::default() };
    walk(&text, &mut mends, &mut |token, at, _| reader.take(token, at));
    if !reader.is_opml {
        return Err(OpmlError::NotOpml);
    }
    let title = plain(&escape(reader.title.as_str()));
    Ok(OpmlList { title, ..reader.list })
}

#[derive(Default)]
struct ListReader<'a> {
    text: &'a str,
    list: OpmlList,
    title: String,
    is_opml: bool,
    in_title: bool,
    /// One entry per open outline: its name if it is a folder.
    open: Vec<Option<String>>,
    /// Open outlines below the greatest depth.
    too_deep: usize,
    /// Where each address stands in the list.
    seen: std::collections::HashMap<String, usize>,
    /// The line of the byte `counted`.
    line: usize,
    counted: usize,
}

impl<'a> ListReader<'a> {
    fn take(&mut self, token: Token<'a>, at: usize) -> bool {
        match token {
            Token::Start { name, attrs, empty } => {
                let name = name.to_ascii_lowercase();
                self.in_title = name == "title" && !empty && self.title.is_empty();
                self.is_opml |= matches!(name.as_str(), "opml" | "outline");
                if name == "outline" {
                    self.outline(&attrs, empty, at);
                }
            }
            Token::End { name } => {
                self.in_title = false;
                if name.eq_ignore_ascii_case("outline") {
                    if self.too_deep > 0 {
                        self.too_deep -= 1;
                    } else {
                        self.open.pop();
                    }
                }
            }
            Token::Text(text) if self.in_title => self.title.push_str(&text),
            Token::Text(_) => {}
        }
        self.list.outlines.len() < MAX_OUTLINES
    }

    fn outline(&mut self, attrs: &[(String, String)], empty: bool, at: usize) {
        let attr = |wanted: &str| {
            let found = attrs.iter().find(|(key, _)| {
                let local = key.rsplit(':').next().unwrap_or(key);
                local.eq_ignore_ascii_case(wanted)
            });
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let title = attr("text").or(attr("title")).and_then(plain);
        let title = title.or_else(|| attr("title").and_then(plain));
        let included = matches!(attr("type"), Some("include" | "link"));
        let address =
            attr("xmlUrl").or_else(|| attr("type").filter(|t| *t == "rss").and(attr("url")));
        if let Some(address) = address {
            match allowed(address) {
                Ok(url) => self.add(title.clone(), url, attr("category")),
                Err(why) => self.skip(at, why),
            }
        } else if included && attr("url").is_some() {
            self.skip(at, "a list that is included from elsewhere is not fetched".to_owned());
        }
        if !empty && self.open.len() >= MAX_OPEN {
            self.too_deep += 1;
        } else if !empty {
            self.open.push(if address.is_some() { None } else { title });
        }
    }

    /// A feed; one that stands in several folders is one feed with several tags.
    fn add(&mut self, title: Option<String>, url: String, category: Option<&str>) {
        let folder: Vec<String> = self.open.iter().flatten().take(MAX_FOLDERS).cloned().collect();
        let at = if let Some(at) = self.seen.get(&url) {
            *at
        } else {
            let title = title.unwrap_or_else(|| url.clone());
            let at = self.list.outlines.len();
            self.seen.insert(url.clone(), at);
            let outline = Outline { title, url, folder: folder.clone(), tags: Vec::new() };
            self.list.outlines.push(outline);
            at
        };
        let Some(outline) = self.list.outlines.get_mut(at) else { return };
        outline.tag(&tag_of(&folder));
        // Categories are parted by commas and begin with a slash if they are paths (opml.org/spec2.opml).
        let categories = category.into_iter().flat_map(|text| text.split(',')).filter_map(plain);
        categories.for_each(|path| outline.tag(&path));
    }

    fn skip(&mut self, at: usize, why: String) {
        if self.list.skipped.len() < MAX_SKIPPED {
            let passed = self.text.get(self.counted..at).unwrap_or_default();
            self.line += passed.bytes().filter(|b| *b == b'\n').count();
            self.counted = at;
            self.list.skipped.push((self.line, why));
        }
    }
}

/// The address if it may be subscribed to, else why not.
fn allowed(address: &str) -> Result<String, String> {
    // `feed:` is an old spelling of http (draft-obasanjo-feed-URI-scheme).
    let plain_address = address.strip_prefix("feed://").map(|rest| format!("http://{rest}"));
    let plain_address = plain_address
        .or_else(|| address.strip_prefix("feed:").map(str::to_owned))
        .unwrap_or_else(|| address.to_owned());
    if let Some(url) = super::address::followable(&plain_address, false) {
        return Ok(url);
    }
    let shown = crate::text::clean_line(super::notes::cut(address, 80));
    Err(match Url::parse(address) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            format!("only http and https addresses are subscribed to, not {shown}")
        }
        _ => format!("{shown} is not an address"),
    })
}

/// Writes a subscription list as OPML 2.0, folders kept, one line per outline.
#[must_use]
pub fn write(title: &str, outlines: &[Outline]) -> String {
    let attr = |text: &str| escape(crate::text::clean_line(text)).into_owned();
    // Names are read as marked up (`<b>`, `&amp;amp;`); one that only looks so is escaped once more.
    let name_of = |text: &str| {
        let reads_the_same = plain(text).is_some_and(|read| read == text);
        if reads_the_same { attr(text) } else { attr(&escape(text)) }
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    \
         <title>{}</title>\n  </head>\n  <body>\n",
        attr(title)
    );
    let mut open: Vec<&String> = Vec::new();
    for outline in outlines {
        let shared = open.iter().zip(&outline.folder).take_while(|(a, b)| **a == *b).count();
        close_folders(&mut out, &mut open, shared);
        for folder in outline.folder.iter().skip(shared) {
            let name = name_of(folder);
            indent(&mut out, open.len());
            out.extend(["<outline text=\"", &name, "\" title=\"", &name, "\">\n"]);
            open.push(folder);
        }
        indent(&mut out, open.len());
        let (name, url) = (name_of(&outline.title), attr(&outline.url));
        out.extend(["<outline type=\"rss\" text=\"", &name, "\" title=\"", &name]);
        out.extend(["\" xmlUrl=\"", &url, "\"/>\n"]);
    }
    close_folders(&mut out, &mut open, 0);
    out.push_str("  </body>\n</opml>\n");
    out
}

fn close_folders(out: &mut String, open: &mut Vec<&String>, keep: usize) {
    while open.len() > keep {
        open.pop();
        indent(out, open.len());
        out.push_str("</outline>\n");
    }
}

fn indent(out: &mut String, folders: usize) {
    out.push_str(&"  ".repeat(folders + 2));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(title: &str, url: &str, folder: &[&str]) -> Outline {
        let folder: Vec<String> = folder.iter().map(|name| (*name).to_owned()).collect();
        let tags = Some(tag_of(&folder)).filter(|tag| !tag.is_empty()).into_iter().collect();
        Outline { title: title.to_owned(), url: url.to_owned(), folder, tags }
    }

    #[test]
    fn a_feed_in_several_folders_has_several_tags_and_goes_back_into_them() {
        let text = "<opml><body><outline text='科技'><outline text='AI/ML'>\
            <outline text='A' xmlUrl='https://a.example/rss'/></outline></outline>\
            <outline text='早晨'><outline text='A' xmlUrl='https://a.example/rss' \
            category='/收藏/常听, 早晨'/></outline></body></opml>";
        let read = parse(text.as_bytes()).expect("a list");
        assert_eq!(read.outlines.len(), 1, "{read:?}");
        let show = read.outlines.first().expect("one feed");
        assert_eq!(show.tags, ["科技/AI／ML", "早晨", "收藏/常听"]);
        let again = write("x", &Outline::of_show(&show.title, &show.url, &show.tags));
        let again = parse(again.as_bytes()).expect("a list");
        assert_eq!(again.outlines.len(), 1);
        assert_eq!(again.outlines.first().map(|show| &show.tags), Some(&show.tags));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let list = [
            outline("夜谈 & <Talk> \"q\"", "https://a.example/rss?x=1&y=2", &[]),
            outline("B", "https://b.example/rss", &["科技", "AI"]),
            outline("C", "https://c.example/rss", &["科技"]),
            outline("D", "http://d.example/rss", &["Life"]),
        ];
        let read = parse(write("我的 <订阅>", &list).as_bytes()).expect("a list");
        assert_eq!(read.title.as_deref(), Some("我的 <订阅>"));
        assert_eq!(read.outlines, list);
        assert_eq!(read.skipped, []);
    }

    #[test]
    fn broken_lists_are_read_and_commands_are_skipped() {
        let text = "<opml><body>\n<outline text='R&D &nbsp; x' XMLURL='https://a.example/?a=1&b=2'/>\n\
                    <outline title=\"run\" xmlUrl=\"exec:rm -rf\"/>\n<outline xmlUrl=\"|cmd\"/>\n\
                    <outline text=F><outline xmlurl=feed://b.example/x>";
        let read = parse(text.as_bytes()).expect("a list");
        assert_eq!(
            read.outlines,
            [
                outline("R&D x", "https://a.example/?a=1&b=2", &[]),
                outline("http://b.example/x", "http://b.example/x", &["F"]),
            ]
        );
        let lines: Vec<usize> = read.skipped.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        assert_eq!(parse(b" "), Err(OpmlError::Empty));
        assert_eq!(parse(b"<rss><channel/></rss>"), Err(OpmlError::NotOpml));
    }
}
