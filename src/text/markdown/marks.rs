//! Marks that `CommonMark` does not know: those of Obsidian (`[[page|text]]`, `![[picture]]`,
//! `==highlight==`, `%%comment%%`, `^block`), callouts of Obsidian and GitHub (`> [!note] Title`),
//! containers of Pandoc and its kin (`::: tip`), imports of MDX, bullets written as letters.

use std::borrow::Cow;

use super::callouts;
use super::tags::{near, target, unbracketed};

/// What goes on over several lines.
#[derive(Debug, Default)]
pub(super) struct Open {
    /// Within `%% … %%`.
    comment: bool,
    /// Within a statement of MDX.
    statement: bool,
    /// The text is Chinese: what the program says in it is, too.
    chinese: bool,
}

impl Open {
    /// Nothing open yet, in a text that is Chinese or not.
    pub(super) fn of(chinese: bool) -> Open {
        Open { chinese, ..Open::default() }
    }
}

/// One line outside of code in plain Markdown; `None` if nothing is left of it.
pub(super) fn plain<'l>(line: &'l str, open: &mut Open, is_mdx: bool) -> Option<Cow<'l, str>> {
    let trimmed = line.trim();
    if is_mdx && statement(trimmed, open) {
        return None;
    }
    if matches!(
        trimmed,
        "[TOC]" | "[toc]" | "[[toc]]" | "[[TOC]]" | "[[_TOC_]]" | "@[toc]" | "${toc}"
    ) {
        return None;
    }
    if trimmed.starts_with(":::") {
        return container(trimmed).map(Cow::Owned);
    }
    let mut line = Cow::Borrowed(line);
    if open.comment || line.contains("%%") {
        line = Cow::Owned(without_comments(&line, open)?);
    }
    if let Some(callout) = callouts::title(&line, open.chinese) {
        line = Cow::Owned(callout);
    }
    if line.contains("[[") {
        line = Cow::Owned(linked(&line));
    }
    if line.contains("==") {
        line = Cow::Owned(highlighted(&line));
    }
    if line.contains('^') {
        line = Cow::Owned(without_block_id(&line)?);
    }
    if let Some(meaning) = abbreviation(&line) {
        line = Cow::Owned(meaning);
    }
    if let Some(bullet) = bullet(&line) {
        line = Cow::Owned(bullet);
    }
    Some(line)
}

/// Whether a file is MDX: it begins with imports or exports.
pub(super) fn is_mdx(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("{/*"));
    lines.next().is_some_and(begins_statement)
}

fn begins_statement(line: &str) -> bool {
    let import = line.strip_prefix("import ").is_some_and(|rest| {
        rest.contains(" from '") || rest.contains(" from \"") || rest.starts_with(['\'', '"', '{'])
    });
    let exports =
        ["export const ", "export default ", "export function ", "export let ", "export {"];
    import || exports.iter().any(|export| line.starts_with(export))
}

/// Whether a line belongs to a statement of MDX, or is a comment of it.
fn statement(line: &str, open: &mut Open) -> bool {
    if open.statement {
        open.statement = !line.is_empty() && !line.ends_with(';') && !line.contains(" from ");
        return !line.is_empty();
    }
    if begins_statement(line) {
        let is_whole =
            line.ends_with(';') || line.contains(" from ") || line.ends_with(['\'', '"', '}', ')']);
        open.statement = !is_whole;
        return true;
    }
    line.starts_with("{/*") && line.ends_with("*/}")
}

/// `::: tip 提示` says its title; the rest of a container's fences say nothing.
fn container(line: &str) -> Option<String> {
    let rest = line.trim_start_matches(':').trim();
    let (kind, title) = rest.split_once(char::is_whitespace)?;
    let title = title.trim().trim_matches(['{', '}', '[', ']', '"']);
    let is_name = kind.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let is_class = title.is_empty() || title.starts_with(['.', '#']) || title.contains('=');
    (is_name && !is_class && !title.chars().all(|c| c == ':')).then(|| format!("\n**{title}**\n\n"))
}

/// A line without what stands between `%%` and `%%`; `None` if nothing is left.
fn without_comments(line: &str, open: &mut Open) -> Option<String> {
    let mut kept = String::new();
    for (nth, part) in line.split("%%").enumerate() {
        open.comment ^= nth > 0;
        if !open.comment {
            kept.push_str(part);
        }
    }
    if kept.trim().is_empty() {
        return None;
    }
    if !kept.ends_with('\n') {
        kept.push('\n');
    }
    Some(kept)
}

/// `[[page#part|text]]` and `![[picture|300]]`.
fn linked(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut code = false;
    while let Some((before, after)) = rest.split_once("[[") {
        code ^= before.matches('`').count() % 2 == 1;
        let inner = near(after).split_once("]]").map(|(inner, _)| inner);
        let inner =
            inner.filter(|inner| !code && !inner.trim().is_empty() && !inner.contains(['[', '\n']));
        let Some(inner) = inner else {
            out.push_str(before);
            out.push_str("[[");
            rest = after;
            continue;
        };
        rest = after.get(inner.len() + 2..).unwrap_or_default();
        let is_embedded = before.ends_with('!');
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        out.push_str(&wiki(inner, is_embedded));
    }
    out.push_str(rest);
    out
}

fn wiki(inner: &str, is_embedded: bool) -> String {
    // In a table the bar is escaped.
    let (page, text) =
        inner.split_once('|').map_or((inner, None), |(page, text)| (page, Some(text.trim())));
    let page = page.trim_end_matches('\\').trim();
    let (file, part) = page.split_once('#').map_or((page, ""), |(file, part)| (file, part));
    let suffix = file.rsplit_once('.').map(|(_, suffix)| suffix.to_ascii_lowercase());
    let suffix = suffix
        .filter(|s| (2..=5).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_alphanumeric()));
    let is_picture = suffix.as_deref().is_some_and(|suffix| {
        ["png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp"].contains(&suffix)
    });
    if is_embedded && is_picture {
        let is_size = |text: &&str| text.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let text = text.filter(|text| !is_size(text)).unwrap_or_default();
        return format!("![{}]({})", unbracketed(text), target(file));
    }
    let shown = text.filter(|text| !text.is_empty()).map_or_else(
        || {
            if file.is_empty() {
                part.trim_start_matches('^').to_owned()
            } else {
                page.replace('#', " › ")
            }
        },
        str::to_owned,
    );
    if file.is_empty() {
        return unbracketed(&shown);
    }
    let path = if suffix.is_some() { file.to_owned() } else { format!("{file}.md") };
    // A colon would make a scheme of what is before it.
    let path = if path.contains(':') { format!("./{path}") } else { path };
    format!("[{}]({})", unbracketed(&shown), target(&path))
}

/// `==words==` as marked words.
fn highlighted(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    let mut code = false;
    while let Some((before, after)) = rest.split_once("==") {
        code ^= before.matches('`').count() % 2 == 1;
        out.push_str(before);
        let inner = near(after).split_once("==").map(|(inner, _)| inner).filter(|inner| {
            let tight = !inner.starts_with([' ', '=']) && !inner.ends_with([' ', '=']);
            !code && !inner.is_empty() && tight && !before.ends_with(['=', '!', '<', '>'])
        });
        let Some(inner) = inner else {
            out.push_str("==");
            rest = after;
            continue;
        };
        out.push_str("<mark>");
        out.push_str(inner);
        out.push_str("</mark>");
        rest = after.get(inner.len() + 2..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A line without the name of its block (` ^a1b2c3`); `None` if it is nothing else.
fn without_block_id(line: &str) -> Option<String> {
    let trimmed = line.trim_end();
    let ended = |text: &str| Some(format!("{text}\n"));
    let Some((before, id)) = trimmed.rsplit_once('^') else { return Some(line.to_owned()) };
    let is_id =
        (4..=40).contains(&id.len()) && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    match before {
        "" if is_id => None,
        before if is_id && before.ends_with(' ') => ended(before.trim_end()),
        _ => Some(line.to_owned()),
    }
}

/// `*[HTML]: Hyper Text Markup Language`, which says what letters stand for, as a line of its own.
fn abbreviation(line: &str) -> Option<String> {
    let (short, long) = line.strip_prefix("*[")?.split_once("]:")?;
    let is_one = !short.trim().is_empty() && short.len() <= 60 && !short.contains(['[', ']']);
    (is_one && !long.trim().is_empty()).then(|| format!("\n**{}**: {}\n\n", short.trim(), long.trim()))
}

/// `• item` as an item.
fn bullet(line: &str) -> Option<String> {
    let trimmed = line.trim_start_matches([' ', '\u{3000}', '\t']);
    let rest = trimmed.strip_prefix(['•', '●', '◦', '▪', '‣', '◆', '■'])?;
    let text = rest.trim_start_matches([' ', '\u{3000}', '\u{a0}', '\t']);
    let indent = line.len() - trimmed.len();
    let is_item = text.len() < rest.len() || text.starts_with(|c: char| !c.is_ascii());
    (is_item && !text.trim().is_empty() && indent <= 8)
        .then(|| format!("{}- {text}", if indent >= 2 { "  " } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        plain(text, &mut Open::default(), false).map(Cow::into_owned).unwrap_or_default()
    }

    #[test]
    fn wiki_links_lead_to_files_and_pictures_show() {
        for (written, read) in [
            ("见[[电池]]。", "见[电池](电池.md)。"),
            ("[[a b#part|这里]]", "[这里](<a b.md>)"),
            ("[[#成本]]", "成本"),
            ("![[c d.png|300]]", "![](<c d.png>)"),
            ("![[note]]", "[note](note.md)"),
            ("`[[x]]` [[y.pdf]]", "`[[x]]` [y.pdf](y.pdf)"),
            ("a[[0]] [[", "a[0](0.md) [["),
        ] {
            assert_eq!(line(written), read, "{written}");
        }
    }

    #[test]
    fn callouts_highlights_comments_and_names_of_blocks_are_read() {
        assert_eq!(line("> [!note]- 要点\n"), "> **要点**\n> \n");
        assert_eq!(line("是==重点==吗 a == b"), "是<mark>重点</mark>吗 a == b");
        assert_eq!(line("说 %%只给自己%%完\n"), "说 完\n");
        assert_eq!(line("一句话。 ^a1b2\n"), "一句话。\n");
        assert_eq!(line("x^2 + y^2\n"), "x^2 + y^2\n");
        assert_eq!(line("::: tip 小心\n"), "\n**小心**\n\n");
        assert_eq!(line("::: {.note}\n"), "");
        assert_eq!(line("*[WLO]: World Lamp Office\n"), "\n**WLO**: World Lamp Office\n\n");
        assert_eq!(line("• 一点\n"), "- 一点\n");
        assert_eq!(line("•\n"), "•\n");
    }

    #[test]
    fn comments_and_statements_run_over_lines() {
        let mut open = Open::default();
        let mut read = |text: &'static str| plain(text, &mut open, true).map(Cow::into_owned);
        assert_eq!(read("import { A } from './a'\n"), None);
        assert_eq!(read("export const meta = {\n"), None);
        assert_eq!(read("  a: 1,\n"), None);
        assert_eq!(read("};\n"), None);
        assert_eq!(read("正文 %%藏\n").as_deref(), Some("正文 \n"));
        assert_eq!(read("还藏%% 出\n").as_deref(), Some(" 出\n"));
        assert!(is_mdx("\nimport A from \"a\"\n") && !is_mdx("import duties are high\n"));
    }
}
