//! What a filter asks for, as fixed pieces of SQL with values.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::{EpisodeFilter, EpisodeState};
use crate::model::{Is, Term, What};
use crate::store::undo::LEFT;
use crate::store::{Result, fold, row};

/// Conditions on `episodes e`; all must hold.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    wheres: Vec<String>,
    values: Vec<Value>,
}

impl Conditions {
    /// What this filter asks for.
    pub(super) fn of(conn: &Connection, filter: &EpisodeFilter) -> Result<Self> {
        let mut all = Self::default();
        if let Some(show) = filter.show {
            all.and("e.show = ?", [Value::Integer(show.0)]);
        }
        if let Some(sql) = filter.state.and_then(state) {
            all.and(sql, []);
        }
        if let Some(sql) = away(conn, filter)? {
            all.and(&sql, []);
        }
        if let Some(among) = &filter.among {
            let ids: Vec<String> = among.iter().map(|id| id.0.to_string()).collect();
            let list = Value::Text(format!("[{}]", ids.join(",")));
            all.and("e.id IN (SELECT value FROM json_each(?))", [list]);
        }
        if let Some(tag) = &filter.tag {
            let shows = shows_tagged(conn, tag, false)?;
            all.and(OF_SHOWS, [Value::Text(shows)]);
        }
        for term in &filter.wanted.terms {
            all.term(conn, term, filter.show.is_some())?;
        }
        Ok(all)
    }

    /// `WHERE …` and its values.
    pub(super) fn into_sql(self) -> (String, Vec<Value>) {
        if self.wheres.is_empty() {
            return (String::new(), self.values);
        }
        (format!("WHERE {}", self.wheres.join(" AND ")), self.values)
    }

    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        self.wheres.push(sql.to_owned());
        self.values.extend(values);
    }

    fn term(&mut self, conn: &Connection, term: &Term, of_one_show: bool) -> Result<()> {
        let (sql, values) = match &term.what {
            What::Is(is) => (is_in(*is).to_owned(), Vec::new()),
            What::Longer(ms) => (format!("{LENGTH} > ?"), vec![Value::Integer(row::int(*ms))]),
            What::Shorter(ms) => (format!("{LENGTH} < ?"), vec![Value::Integer(row::int(*ms))]),
            What::Tag(tag) => {
                (OF_SHOWS.to_owned(), vec![Value::Text(shows_tagged(conn, tag, true)?)])
            }
            What::Show(words) => (SHOW_CALLED.to_owned(), vec![Value::Text(fold::key(words))]),
            What::Text(text) if of_one_show => {
                ("instr(e.title_key, ?) > 0".to_owned(), vec![Value::Text(fold::key(text))])
            }
            What::Text(text) => {
                let text = Value::Text(fold::key(text));
                (format!("(instr(e.title_key, ?) > 0 OR {SHOW_CALLED})"), vec![text.clone(), text])
            }
        };
        // What is not known (a length) does not hold, and its opposite does not either.
        let sql = if term.not { format!("NOT ({sql})") } else { sql };
        self.and(&sql, values);
        Ok(())
    }
}

const LENGTH: &str = "coalesce(e.measured_ms, e.claimed_ms)";
const OF_SHOWS: &str = "e.show IN (SELECT value FROM json_each(?))";
const SHOW_CALLED: &str = "e.show IN (SELECT id FROM shows WHERE instr(title_key, ?) > 0)";
const OF_ARCHIVED: &str = "e.show IN (SELECT id FROM shows WHERE archived = 1)";

fn state(state: EpisodeState) -> Option<&'static str> {
    match state {
        EpisodeState::Unplayed => Some("e.played = 0"),
        EpisodeState::Downloaded => Some("e.downloaded = 1"),
        EpisodeState::InProgress => Some("e.played = 0 AND e.position_ms > 0"),
        EpisodeState::Snipped => Some("e.id IN (SELECT DISTINCT episode FROM snips)"),
        EpisodeState::Starred => Some("e.starred = 1"),
        EpisodeState::Queued => None,
    }
}

fn is_in(is: Is) -> &'static str {
    match is {
        Is::New => "e.played = 0 AND e.position_ms = 0",
        Is::Unplayed => "e.played = 0",
        Is::Played => "e.played = 1",
        Is::InProgress => "e.played = 0 AND e.position_ms > 0",
        Is::Downloaded => "e.downloaded = 1",
        Is::Snipped => "e.id IN (SELECT episode FROM snips)",
        Is::Starred => "e.starred = 1",
        Is::Archived => "(e.archived = 1 OR e.show IN (SELECT id FROM shows WHERE archived = 1))",
        Is::Queued => "e.id IN (SELECT episode FROM queue)",
    }
}

/// What was put away, what was not, or what unsubscribing has left. Without archived shows an index
/// alone answers.
fn away(conn: &Connection, filter: &EpisodeFilter) -> Result<Option<String>> {
    let shows = |conn: &Connection| -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM shows WHERE archived = 1)";
        Ok(conn.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    };
    Ok(match filter.archived {
        // The episodes of a show that was put away are listed where that show is.
        Some(false) if filter.show.is_none() && shows(conn)? => {
            Some(format!("e.archived = 0 AND NOT {OF_ARCHIVED}"))
        }
        Some(false) => Some("e.archived = 0".to_owned()),
        Some(true) => Some(format!("(e.archived = 1 OR ({OF_ARCHIVED} AND e.archived = 0))")),
        None if left(conn)? => Some(format!("e.archived < {LEFT}")),
        None => None,
    })
}

/// Whether unsubscribing has left episodes that wait to be deleted.
fn left(conn: &Connection) -> Result<bool> {
    let sql =
        format!("SELECT EXISTS (SELECT 1 FROM episodes WHERE archived > 0 AND archived = {LEFT})");
    Ok(conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?)
}

/// The ids of the shows with this tag, or else with one that begins so, as a JSON list.
fn shows_tagged(conn: &Connection, tag: &str, beginning: bool) -> Result<String> {
    let tag = fold::key(tag);
    let mut statement =
        conn.prepare_cached("SELECT id, tags FROM shows WHERE tags IS NOT NULL ORDER BY id")?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))?;
    let (mut exactly, mut roughly) = (Vec::new(), Vec::new());
    for found in rows {
        let (id, tags): (i64, Option<String>) = found?;
        let tags: Vec<String> = row::from_json("the tags of a show", tags).unwrap_or_default();
        let keys: Vec<String> = tags.iter().map(|tag| fold::key(tag)).collect();
        if keys.contains(&tag) {
            exactly.push(id);
        } else if keys.iter().any(|key| key.starts_with(&tag)) {
            roughly.push(id);
        }
    }
    let ids = if exactly.is_empty() && beginning { roughly } else { exactly };
    Ok(row::to_json(&ids)?.unwrap_or_else(|| "[]".to_owned()))
}
