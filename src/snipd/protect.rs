//! Words of a note that look like a part of its form: a backslash keeps them what they are, which is
//! also what Markdown makes of it.

use std::borrow::Cow;

use super::{block, callout, line, snip::opens_said, split::section};

/// Whether a line of a note would be read as something else and must be protected by a backslash.
fn is_structure(text: &str) -> bool {
    let trimmed = text.trim_start();
    line::is_play(trimmed)
        || line::is_audio(trimmed)
        || line::is_embed(trimmed)
        || line::is_footer(trimmed)
        || line::is_rule(trimmed)
        || line::tag_line(trimmed).is_some()
        || line::is_tag_heading(trimmed)
        || line::head(trimmed).is_some()
        || matches!(line::heading(trimmed), Some((1 | 2, _)))
        || section(trimmed).is_some()
        || opens_said(trimmed, None).is_some()
        || (trimmed.starts_with("<summary>") && trimmed.to_lowercase().contains("transcript"))
}

/// Whether a line is such, or can be with what follows it.
pub(super) fn is_part_of_form(text: &str) -> bool {
    is_structure(text) || line::heading(text).is_some() || callout::opens(text)
}

/// A heading of the listener's own words, which is what a note is.
pub(super) fn is_own_words(text: &str) -> bool {
    let own = ["private note", "note", "my note"];
    line::heading(text).is_some_and(|(_, words)| own.contains(&line::plain_heading(words).as_str()))
}

/// A note for writing, line by line.
pub(super) fn protected(note: &str) -> Vec<String> {
    let lines = line::lines_of_part(note);
    // One rule between words can be nothing else.
    let mut rules =
        (0..lines.len()).filter(|at| lines.get(*at).is_some_and(|l| line::is_rule(&l.text)));
    let last = note.lines().count().saturating_sub(1);
    let lone_rule = match (rules.next(), rules.next()) {
        (Some(only), None) if only > 0 && only < last => only,
        _ => usize::MAX,
    };
    let first = note.lines().position(|line| !line.trim().is_empty());
    note.lines()
        .enumerate()
        .map(|(at, text)| {
            let bare = text.trim_start().trim_start_matches('\\');
            let was = text.trim_start().len() > bare.len() && is_part_of_form(bare);
            // A callout is seen as what it would be opened to.
            let whole = !bare.starts_with('>') || callout::opens(bare);
            let opened = lines.get(at).filter(|_| whole).map_or(bare, |line| line.text.as_ref());
            if at == lone_rule {
                return text.to_owned();
            }
            let stands = is_structure(bare)
                || is_structure(opened)
                || (whole && block::starts(&lines, at))
                || (Some(at) == first && is_own_words(bare));
            if !was && !stands {
                return text.to_owned();
            }
            let indent = text.len() - text.trim_start().len();
            let (before, rest) = text.split_at_checked(indent).unwrap_or(("", text));
            format!("{before}\\{rest}")
        })
        .collect()
}

/// Undoes [`protected`], except for what counts only at the ends of a note.
pub(super) fn unprotected(text: &str) -> Cow<'_, str> {
    without_backslash(text, |bare| is_part_of_form(bare) && !counts_at_ends(bare))
}

/// Undoes [`protected`] for rules and headings of own words, once the note is trimmed.
pub(super) fn unprotected_at_ends(text: &str) -> Cow<'_, str> {
    without_backslash(text, counts_at_ends)
}

/// Rules around a note are none of it, nor is a heading that says that it is one.
fn counts_at_ends(text: &str) -> bool {
    line::is_rule(text) || is_own_words(text)
}

fn without_backslash(text: &str, protects: impl Fn(&str) -> bool) -> Cow<'_, str> {
    let trimmed = text.trim_start();
    match trimmed.strip_prefix('\\') {
        Some(rest) if protects(rest.trim_start_matches('\\')) => {
            let indent = text.len() - trimmed.len();
            Cow::Owned(format!("{}{rest}", text.get(..indent).unwrap_or_default()))
        }
        _ => Cow::Borrowed(text),
    }
}

/// A title for writing: a star at its front is no star of the snip.
pub(super) fn protected_title(title: &str) -> String {
    let bare = title.trim_start_matches('\\');
    if line::star(bare).0 { format!("\\{title}") } else { title.to_owned() }
}

pub(super) fn unprotected_title(title: &str) -> String {
    let bare = title.trim_start_matches('\\');
    let protected = bare.len() < title.len() && line::star(bare).0;
    if protected { title.get(1..).unwrap_or_default().to_owned() } else { title.to_owned() }
}
