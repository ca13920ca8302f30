//! Plain text: the title is the first line that looks like one; lines that are traces of the page
//! around the text are left out of the reader's view.

mod forms;
mod shaped;
mod traces;

use super::facts::Facts;
use super::{Extracted, View, date, language, links, paragraphs, web};
use crate::model::ArticleOutcome;
use crate::text::{self, clean_line};

/// A title has so many characters.
const TITLE: std::ops::RangeInclusive<usize> = 2..=120;
/// How many lines are looked at for what stands at the head of a text.
const HEAD_LINES: usize = 16;

/// Data that is written as text, such as JSON or XML: shown as it stands.
pub(super) fn data(address: &str, written: &str, language: &str) -> Extracted {
    let pretty = serde_json::from_str::<serde_json::Value>(written)
        .ok()
        .filter(|_| language == "json" && written.lines().nth(2).is_none())
        .and_then(|value| serde_json::to_string_pretty(&value).ok());
    let mut composer = text::Composer::new(Some(address));
    composer.code(Some(language), pretty.as_deref().unwrap_or(written));
    let document = composer.finish();
    web::finish(address, Facts::default(), ArticleOutcome::Readable, document, 1)
}

/// Reads a plain text.
pub(super) fn read(address: &str, written: &str, view: View) -> Extracted {
    let all = paragraphs(&text::from_plain(written, Some(address)));
    let lines: Vec<&str> = written.lines().collect();
    let head = Head::of(&lines);
    let body = lines.iter().enumerate().skip(head.body);
    let body = match view {
        View::Whole => body.map(|(_, line)| *line).collect::<Vec<_>>().join("\n"),
        View::Reader => {
            let shown = body.filter(|(at, _)| !head.stated.contains(at)).map(|(_, line)| *line);
            traces::without(&shown.collect::<Vec<_>>())
        }
    };
    let mut document = shaped::document(&body, address);
    links::straighten(&mut document);
    web::finish(address, head.facts, ArticleOutcome::Readable, document, all)
}

/// What the first lines say.
#[derive(Default)]
struct Head {
    facts: Facts,
    /// The line at which the text begins.
    body: usize,
    /// Lines that say nothing but what stands above the text.
    stated: Vec<usize>,
}

impl Head {
    fn of(lines: &[&str]) -> Head {
        let mut head = Head::default();
        let total: usize = lines.iter().map(|line| line.trim().chars().count()).sum();
        let worded = |(_, line): &(usize, &&str)| !line.trim().is_empty();
        let mut before_title = true;
        for (at, line) in lines.iter().enumerate().filter(worded).take(HEAD_LINES) {
            let line = clean_line(line);
            if before_title {
                if traces::is_path(&line) || head.source(&line) {
                    continue;
                }
                before_title = false;
                let next = lines.get(at + 1).map_or("", |next| next.trim());
                if is_title(&line, next, total) {
                    head.body = at + 1;
                    head.facts.title = Some(line);
                    continue;
                }
                head.body = 0;
            }
            if head.labelled(&line) {
                head.stated.push(at);
            }
            head.printed(&line);
        }
        if head.facts.title.is_none() {
            // Without a title nothing was skipped for sure.
            head.body = 0;
        }
        head
    }

    /// Whether the line is `林夏 05月01日` or `工业周刊 2024-05-01 08:30`: who and when, nothing else.
    fn source(&mut self, line: &str) -> bool {
        let Some((name, written)) = line.split_once(' ') else { return false };
        let written = written.trim();
        let is_chinese = language::told_by(line).is_some() || !line.is_ascii();
        let is_day = |text: &str| {
            let digits = |part: &str| {
                (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
            };
            let (month, rest) = text.split_once('月').unwrap_or_default();
            digits(month) && rest.strip_suffix('日').is_some_and(digits)
        };
        let dated = date::is_date(written);
        if name.is_empty() || line.chars().count() > 40 || !(dated || is_day(written)) {
            return false;
        }
        self.facts.byline = Some(name.to_owned());
        if dated {
            self.facts.published = Some(date::normal(written, is_chinese));
        }
        true
    }

    /// `原创 晚点团队 2025-02-27 22:13 北京`: who, when and where, as the pages of `WeChat` say it.
    fn printed(&mut self, line: &str) {
        let Some(rest) = traces::original(line) else { return };
        let mut words = rest.split_whitespace();
        let name = words.next().map(str::to_owned);
        let when: Vec<&str> = words.take(2).collect();
        let forms = [when.join(" "), when.first().copied().unwrap_or_default().to_owned()];
        if let Some(written) = forms.iter().find(|form| date::is_date(form)) {
            self.facts.published.get_or_insert(date::normal(written, true));
            self.facts.byline = self.facts.byline.take().or(name);
        }
    }

    /// `作者｜林夏`, `来源：工业周刊`: who and where from. Says whether the line is that and nothing else.
    fn labelled(&mut self, line: &str) -> bool {
        let value = |labels: &[&str]| {
            labels.iter().find_map(|label| {
                let (before, rest) = line.split_once(label)?;
                let rest = rest.trim_start().strip_prefix(['|', '｜', '丨', ':', '：', '/'])?;
                let name = rest.trim();
                let fits = (1..=30).contains(&name.chars().count()) && before.chars().count() <= 2;
                let fits = fits && !before.chars().any(char::is_alphanumeric);
                fits.then(|| name.to_owned())
            })
        };
        let (author, source) = (value(&["作者", "撰文", "文"]), value(&["来源", "來源"]));
        let is_label = author.is_some() || source.is_some();
        self.facts.byline = self.facts.byline.take().or(author);
        self.facts.site = self.facts.site.take().or(source);
        is_label
    }
}

/// Whether a line is a title: short, no sentence, no time, and not the first line of a paragraph
/// that was broken by hand.
fn is_title(line: &str, next: &str, total: usize) -> bool {
    let length = line.chars().count();
    let after_digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered =
        after_digits.len() < line.len() && after_digits.starts_with([':', '：', '.', '、']);
    let begins_right = !is_numbered && !line.starts_with(['-', '*', '•', '·', '>', '#']);
    let is_sentence = line.ends_with(['。', '，', ',', '；', ';', '、', ':', '：', '.', '…']);
    let is_address = line.contains("://") || line.starts_with("www.");
    let goes_on = next.starts_with(char::is_lowercase) && !traces::is_path(next);
    TITLE.contains(&length)
        && length * 3 < total
        && begins_right
        && !(is_sentence || is_address || goes_on)
        && crate::model::parse_time(line.split(' ').next().unwrap_or_default()).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str =
        "林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有。";

    fn read_text(text: &str) -> Extracted {
        read("file:///a.txt", text, View::Reader)
    }

    #[test]
    fn the_first_line_is_the_title_if_it_looks_like_one() {
        let read =
            read_text(&format!("电池的十年：一个行业\n\n作者｜林夏\n\n来源：工业周刊\n\n{STORY}"));
        assert_eq!(read.article.title.as_deref(), Some("电池的十年：一个行业"));
        assert_eq!(read.article.byline.as_deref(), Some("林夏"));
        assert_eq!(read.article.site.as_deref(), Some("工业周刊"));
        assert_eq!(read.article.language.as_deref(), Some("zh"));
        assert_eq!(read.document.plain_text(), STORY);
    }

    #[test]
    fn a_text_without_a_title_keeps_its_first_line() {
        for text in [
            format!("{STORY}\n\n{STORY}"),
            format!("00:35 开场\n{STORY}{STORY}"),
            format!("https://a.example/x\n{STORY}{STORY}"),
            format!("- 一点\n- 两点\n{STORY}{STORY}"),
            "A line that was broken\nby hand goes on in the next one, and so does\nthis one, too, \
             for a good while longer than that, until it ends."
                .to_owned(),
        ] {
            let read = read_text(&text);
            assert_eq!(read.article.title, None, "{text}");
            assert!(
                read.document
                    .plain_text()
                    .starts_with(text.lines().next().unwrap().trim_start_matches("- "))
            );
        }
    }

    #[test]
    fn the_source_and_leaked_paths_stand_before_the_title() {
        let text =
            format!("工业周刊 05月01日\n电池的十年\nindex_a.html\n../../b/c.html\n\n{STORY}");
        let read = read_text(&text);
        assert_eq!(read.article.title.as_deref(), Some("电池的十年"));
        assert_eq!(read.article.byline.as_deref(), Some("工业周刊"));
        assert_eq!(read.document.plain_text(), STORY);
        let whole = super::read("file:///a.txt", &text, View::Whole);
        assert!(whole.document.plain_text().contains("index_a.html"));
        let dated = read_text(&format!("林夏 2024-05-01 08:30\n电池的十年\n{STORY}"));
        assert_eq!(dated.article.published.as_deref(), Some("2024-05-01T08:30:00+08:00"));
    }
}
