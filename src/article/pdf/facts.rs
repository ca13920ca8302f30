//! Title, author and date of a PDF: what its properties say where that is sensible, else what its first
//! page shows.

use hayro_syntax::metadata::Metadata;
use hayro_syntax::object::DateTime;

use super::flow::{Kind, Passage};
use crate::article::facts::Facts;
use crate::article::{date, language, title};
use crate::text::clean_line;

/// The facts of a file, and which of its first passages are its title.
pub(super) fn of(metadata: &Metadata, passages: &[Passage]) -> Facts {
    let field = |bytes: &Option<Box<[u8]>>| {
        bytes.as_deref().map(text).map(|text| clean_line(&text)).filter(|text| !text.is_empty())
    };
    let shown = shown_title(passages);
    let first: String = passages.iter().take_while(|p| p.page == 1).map(Passage::text).collect();
    let first = squeezed(&first);
    let told = field(&metadata.title).filter(|title| is_title(title));
    // A title that the first page does not show is often that of another file.
    let confirmed = |title: &String| first.contains(&squeezed(title));
    let title = match (told, shown) {
        (Some(told), _) if confirmed(&told) => Some(told),
        (_, Some(shown)) => Some(shown),
        (told, None) => told,
    };
    let told = field(&metadata.author).filter(|name| is_name(name));
    let byline = told.or_else(|| printed_author(passages, title.as_deref()));
    let made = || metadata.creation_date.as_ref().and_then(day);
    let published = printed_date(passages).or_else(made);
    Facts { title, byline, published, ..Facts::default() }
}

/// Bytes of a text string (ISO 32000-1 §7.9.2.2): UTF-16 or UTF-8 with a mark, else nearly Latin-1.
pub(super) fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
        }
        [0xff, 0xfe, rest @ ..] => {
            encoding_rs::UTF_16LE.decode_without_bom_handling(rest).0.into_owned()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // Chinese programs write their own encoding here.
            Err(_) if bytes.iter().filter(|b| **b >= 0x80).count() * 3 > bytes.len() => {
                crate::text::decode(bytes, None).text
            }
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

fn squeezed(text: &str) -> String {
    super::letters::plain(text)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Not the name of a file or of a template.
fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let suffixes =
        [".doc", ".docx", ".dvi", ".tex", ".pdf", ".ppt", ".pptx", ".indd", ".qxd", ".wps", ".md"];
    let begins = [
        "microsoft word",
        "microsoft powerpoint",
        "untitled",
        "无标题",
        "未命名",
        "文档",
        "slide 1",
        "powerpoint",
    ];
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && title.chars().count() <= 300
        && !suffixes.iter().any(|suffix| lower.ends_with(suffix))
        && !begins.iter().any(|begin| lower.starts_with(begin))
}

fn is_name(name: &str) -> bool {
    let no_names = [
        "anonymous",
        "admin",
        "user",
        "unknown",
        "author",
        "root",
        "microsoft",
        "windows",
        "pc",
        "hp",
        "lenovo",
        "owner",
    ];
    name.chars().count() <= 300
        && name.chars().any(char::is_alphabetic)
        && !name.contains('@')
        && !no_names.contains(&name.to_lowercase().split([' ', '_']).next().unwrap_or_default())
}

/// The largest heading among the first passages of the first page.
fn shown_title(passages: &[Passage]) -> Option<String> {
    let heads =
        passages.iter().take_while(|p| p.page == 1).take(8).filter(|p| p.kind == Kind::Heading);
    let largest = heads.clone().map(Passage::size).max_by(f64::total_cmp)?;
    let mut parts = heads.filter(|head| head.size() > largest * 0.97).map(|head| {
        let runs = super::flow::text_of(head, &super::measure::Measure::default());
        clean_line(&runs.iter().map(|run| run.text.as_str()).collect::<String>())
    });
    parts.next().filter(|title| is_title(title)).map(|found| title::without_suffix(&found))
}

/// The line below the title, where it is short and says names.
fn printed_author(passages: &[Passage], title: Option<&str>) -> Option<String> {
    let title = squeezed(title?);
    let at = passages.iter().take(6).position(|p| squeezed(&p.text()).contains(&title))?;
    let below = passages.get(at + 1).filter(|p| p.page == 1 && p.lines.len() <= 3)?;
    let line = below.lines.first()?.text();
    let line = clean_line(line.trim_start_matches("作者").trim_start_matches(['：', ':', ' ']));
    let plain: String = line.chars().filter(|c| !"*†‡§¶∗⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c)).collect();
    let plain = clean_line(&plain);
    let words: Vec<&str> = plain.split([' ', ',', '，', '、']).filter(|w| !w.is_empty()).collect();
    let latin = (2..=24).contains(&words.len())
        && words.iter().all(|word| {
            let begins = word.chars().next().is_some_and(char::is_uppercase);
            begins
                || matches!(
                    *word,
                    "and" | "de" | "van" | "von" | "der" | "la" | "del" | "al" | "et"
                )
        });
    let is_chinese = |word: &str| {
        (2..=4).contains(&word.chars().count()) && word.chars().all(super::letters::is_character)
    };
    let chinese = (1..=8).contains(&words.len()) && words.iter().all(|word| is_chinese(word));
    let bare = plain.chars().count() <= 160
        && !plain.chars().any(|c| c.is_ascii_digit())
        && !plain.ends_with('.');
    (bare && (latin || chinese)).then_some(plain)
}

/// A date in a short line near the beginning.
fn printed_date(passages: &[Passage]) -> Option<String> {
    let near = passages.iter().take_while(|passage| passage.page == 1).take(8);
    near.flat_map(|passage| &passage.lines).find_map(|line| {
        let text = clean_line(&line.text());
        let is_chinese = language::told_by(&text).is_some();
        (text.chars().count() <= 40 && date::is_date(&text))
            .then(|| date::normal(&text, is_chinese))
    })
}

fn day(at: &DateTime) -> Option<String> {
    let fits = (1980..2200).contains(&at.year)
        && (1..=12).contains(&at.month)
        && (1..=31).contains(&at.day);
    fits.then(|| format!("{:04}-{:02}-{:02}", at.year, at.month, at.day))
}
