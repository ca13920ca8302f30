//! Keeping the full-text index: what of each thing can be found, and in which words.

use rusqlite::{Connection, params};

use super::{HitKind, Result, tokens};

/// Longest text of one thing that is kept for searching, in bytes.
const LONGEST: usize = 2 << 20;

/// Something that can be found.
pub(super) struct Text<'a> {
    /// What it is.
    pub(super) kind: HitKind,
    /// Its row in its own table.
    pub(super) owner: i64,
    /// Which part of it, from 0.
    pub(super) part: i64,
    /// Shown above a hit.
    pub(super) title: &'a str,
    /// Whether the title itself makes a hit (an episode's does as an episode, not as notes).
    pub(super) titled: bool,
    /// Plain text.
    pub(super) body: &'a str,
    /// Words that help to find it but make no hit alone, such as the show's title.
    pub(super) context: &'a str,
    /// Starts of the body's lines in milliseconds.
    pub(super) marks: Option<&'a str>,
}

/// Puts a text into the index, in place of the one it replaces. An empty one only takes that out.
pub(super) fn put(conn: &Connection, text: &Text<'_>) -> Result<()> {
    let kind = text.kind.code();
    conn.prepare_cached("DELETE FROM texts WHERE kind = ?1 AND owner = ?2 AND part = ?3")?
        .execute(params![kind, text.owner, text.part])?;
    insert(conn, text)
}

/// Puts a text into the index that is known to be new.
pub(super) fn insert(conn: &Connection, text: &Text<'_>) -> Result<()> {
    let body = bounded(text.body);
    let untitled = !text.titled || text.title.trim().is_empty();
    if untitled && body.trim().is_empty() {
        return Ok(());
    }
    let kind = text.kind.code();
    let id: i64 = conn
        .prepare_cached("SELECT (coalesce(max(id), 0) / 8 + 1) * 8 + ?1 FROM texts")?
        .query_row([kind], |row| row.get(0))?;
    conn.prepare_cached(
        "INSERT INTO texts (id, kind, owner, part, title, body, marks)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![id, kind, text.owner, text.part, text.title, body, text.marks])?;
    put_words(conn, id, text)
}

/// Puts the words of a text into the index under the id of its row.
pub(super) fn put_words(conn: &Connection, id: i64, text: &Text<'_>) -> Result<()> {
    let body = bounded(text.body);
    let mut parts = tokens::parts(body);
    let title = tokens::for_index(text.title);
    let mut context = tokens::for_index(bounded(text.context));
    context.push_str(&tokens::chars(&[text.context, text.title]));
    let chars = tokens::chars(&[body, if text.titled { text.title } else { "" }]);
    let title = if text.titled {
        parts.push_str(&tokens::parts(text.title));
        title
    } else {
        context.push_str(&title);
        String::new()
    };
    conn.prepare_cached(
        "INSERT INTO words (rowid, title, body, parts, chars, context)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![id, title, tokens::for_index(body), parts, chars, context])?;
    Ok(())
}

/// Takes all parts of a thing out of the index.
pub(super) fn drop_all(conn: &Connection, kind: HitKind, owner: i64) -> Result<()> {
    conn.prepare_cached("DELETE FROM texts WHERE kind = ?1 AND owner = ?2")?
        .execute([kind.code(), owner])?;
    Ok(())
}

/// Cuts a text at a character near [`LONGEST`].
fn bounded(text: &str) -> &str {
    text.get(..text.floor_char_boundary(LONGEST)).unwrap_or(text)
}

/// Takes the marks of Markdown and HTML off, so that imported notes are found and shown as text:
/// emphasis, headings, quote marks, tags and the targets of links. It need not be exact: what is
/// left over only shows up in a snippet.
pub(super) fn without_marks(markdown: &str) -> String {
    let mut plain = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let line = line.trim_start_matches(['>', '#', ' ', '-', '*', '+']);
        let mut rest = line;
        while let Some(at) = rest.find(['<', ']', '[', '*', '`']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            let closed = match from.as_bytes() {
                [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/', ..] => from.find('>'),
                [b']', b'(', ..] => from.find(')'),
                _ => Some(0),
            };
            rest = closed.and_then(|end| from.get(end + 1..)).unwrap_or_default();
        }
        plain.push_str(rest);
        plain.push('\n');
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_markdown_are_taken_off() {
        assert_eq!(
            without_marks("> ## **粗** [看](https://a.example/(x)) 1 < 2<br/>完\n- `b` <"),
            "粗 看) 1 < 2完\nb <\n".replace("1 < 2", "1  2").replace("b <", "b ")
        );
        assert_eq!(without_marks("[a](unclosed"), "a\n");
    }
}
