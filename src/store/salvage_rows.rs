//! Reading the rows of a damaged library: each table from its start, from its end, and one by one in
//! between.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, Statement, params_from_iter};

use super::Result;

/// Most rows that are looked for one by one where a table cannot be read in order.
const ONE_BY_ONE: i64 = 2_000_000;

/// What was taken of a table.
pub(super) struct Taken {
    pub(super) name: String,
    pub(super) rows: u64,
    /// Nothing went wrong.
    pub(super) whole: bool,
}

/// A table, with the columns that the old and the new library both have.
struct Table {
    name: String,
    columns: Vec<String>,
    /// What its rows are in order of; a single `rowid` where it has one.
    key: Vec<String>,
}

/// Copies the rows of these tables (of all: empty) that the new library does not have yet. Their order is
/// that of the schema, so that owners come first.
pub(super) fn take_rows(new: &Connection, old: &Connection, only: &[String]) -> Result<Vec<Taken>> {
    let mut taken = Vec::new();
    for name in tables(new)? {
        if !only.is_empty() && !only.contains(&name) {
            continue;
        }
        let mine = columns(new, &name)?;
        let theirs = columns(old, &name).unwrap_or_default();
        let both: Vec<_> = mine.iter().filter(|(column, _)| has(&theirs, column)).collect();
        if both.is_empty() {
            // A version without that table, or a schema that cannot be read.
            taken.push(Taken { name, rows: 0, whole: is_told(old) });
            continue;
        }
        let table = Table {
            columns: both.iter().map(|(column, _)| column.clone()).collect(),
            key: if without_rowid(new, &name)? {
                let mut key: Vec<_> = mine.iter().filter(|(_, place)| *place > 0).collect();
                key.sort_by_key(|(_, place)| *place);
                key.into_iter().map(|(column, _)| column.clone()).collect()
            } else {
                vec!["rowid".to_owned()]
            },
            name,
        };
        taken.push(table.take(new, old)?);
    }
    Ok(taken)
}

/// What is taken of a file of which nothing can be read.
pub(super) fn none_of(new: &Connection) -> Result<Vec<Taken>> {
    let none = |name| Taken { name, rows: 0, whole: false };
    Ok(tables(new)?.into_iter().map(none).collect())
}

fn tables(new: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'
        AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'words%' ORDER BY rowid";
    let mut statement = new.prepare(sql)?;
    Ok(statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The columns of a table, and their places in its primary key.
fn columns(conn: &Connection, table: &str) -> Result<Vec<(String, i64)>> {
    let mut statement = conn.prepare("SELECT name, pk FROM pragma_table_info(?1)")?;
    let rows = statement.query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn has(columns: &[(String, i64)], name: &str) -> bool {
    columns.iter().any(|(column, _)| column == name)
}

fn without_rowid(conn: &Connection, table: &str) -> Result<bool> {
    let sql = "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?1";
    Ok(conn.query_row(sql, [table], |row| row.get(0))?)
}

/// Whether the schema itself reads: then a table that is not there never was.
fn is_told(old: &Connection) -> bool {
    columns(old, "meta").is_ok_and(|columns| !columns.is_empty())
        && old.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0)).is_ok()
}

impl Table {
    fn take(self, new: &Connection, old: &Connection) -> Result<Taken> {
        let names: Vec<String> = self.columns.iter().map(|name| format!("\"{name}\"")).collect();
        let (names, marks) = (names.join(", "), vec!["?"; self.columns.len()].join(", "));
        let rowid = self.key == ["rowid"];
        let name = self.name;
        let mut walk = Walk {
            old,
            insert: new
                .prepare(&format!("INSERT OR IGNORE INTO \"{name}\" ({names}) VALUES ({marks})"))?,
            columns: self.columns.len(),
            rows: 0,
            whole: true,
        };
        let first = if rowid { "rowid" } else { "0" };
        let select = format!("SELECT {first}, {names} FROM \"{name}\" NOT INDEXED");
        let order = |way: &str| {
            let key: Vec<String> = self.key.iter().map(|key| format!("\"{key}\" {way}")).collect();
            format!("{select} ORDER BY {}", key.join(", "))
        };
        let up_to = walk.along(&order("ASC"));
        if !walk.whole {
            let down_to = walk.along(&order("DESC"));
            if rowid {
                let sequence = "SELECT seq FROM sqlite_sequence WHERE name = ?1";
                let most = old.query_row(sequence, [&name], |row| row.get::<_, i64>(0));
                let from = up_to.unwrap_or(0);
                let to = down_to.or(most.ok()).unwrap_or(from.saturating_add(ONE_BY_ONE / 20));
                walk.between(&format!("{select} WHERE rowid = ?1"), from, to);
            }
        }
        Ok(Taken { name, rows: walk.rows, whole: walk.whole })
    }
}

/// Takes rows of one table.
struct Walk<'a> {
    old: &'a Connection,
    insert: Statement<'a>,
    columns: usize,
    rows: u64,
    whole: bool,
}

impl Walk<'_> {
    /// Takes rows until one cannot be read; the last one's id.
    fn along(&mut self, sql: &str) -> Option<i64> {
        let mut last = None;
        let old = self.old;
        let mut went = || -> rusqlite::Result<()> {
            let mut statement = old.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                last = Some(row.get(0)?);
                self.put(row);
            }
            Ok(())
        };
        if went().is_err() {
            self.whole = false;
        }
        last
    }

    /// Takes what can be read between two ids, one by one.
    fn between(&mut self, sql: &str, from: i64, to: i64) {
        let Ok(mut statement) = self.old.prepare(sql) else { return };
        let ids = from.saturating_add(1)..to;
        for id in ids.take(usize::try_from(ONE_BY_ONE).unwrap_or(usize::MAX)) {
            let Ok(mut rows) = statement.query([id]) else { continue };
            if let Ok(Some(row)) = rows.next() {
                self.put(row);
            }
        }
    }

    /// A row that breaks a rule of its table is none.
    fn put(&mut self, row: &Row<'_>) {
        let values = (1..=self.columns).map(|at| row.get_ref(at).map(value));
        let put = values
            .collect::<rusqlite::Result<Vec<Value>>>()
            .and_then(|values| self.insert.execute(params_from_iter(values)));
        match put {
            Ok(done) => self.rows += done as u64,
            Err(_) => self.whole = false,
        }
    }
}

/// A value as it stands; letters that are none are taken out.
fn value(kept: ValueRef<'_>) -> Value {
    match kept {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
