//! Searching everything at once. The index finds whole words of Chinese of any length and beginnings
//! of words elsewhere; how texts are cut is in `tokens`.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, params};

use super::{Result, Store, row, snippet, tokens};
use crate::model::Millis;

/// Hits in one transcript that are shown at most: a word that all of it turns on would push
/// everything else out.
const HITS_PER_TRANSCRIPT: usize = 5;

/// Passages of transcripts that are looked at for each hit, and at most.
const PASSAGES_PER_HIT: usize = 20;
const MOST_PASSAGES: usize = 2000;

/// Of few hits more are looked at than are shown, so that the order among them is right.
const LOOKED_AT: usize = 200;

/// How much more words weigh that stand together as they were typed.
const TOGETHER: f64 = 1.5;

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HitKind {
    /// A show's title, author or description.
    Shows,
    /// An episode's title.
    Episodes,
    /// Show notes.
    Notes,
    /// A transcript.
    Transcripts,
    /// An article.
    Articles,
    /// A snip's title, note, transcript or tags.
    Snips,
}

impl HitKind {
    /// All kinds.
    pub const ALL: [Self; 6] =
        [Self::Shows, Self::Episodes, Self::Notes, Self::Transcripts, Self::Articles, Self::Snips];

    /// Its name on the command line and in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shows => "shows",
            Self::Episodes => "episodes",
            Self::Notes => "notes",
            Self::Transcripts => "transcripts",
            Self::Articles => "articles",
            Self::Snips => "snips",
        }
    }

    /// The kind with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How much a hit of this kind weighs beside others: what a thing is called says more of it than
    /// what is written about it, and that more than what was said in passing.
    fn weight(self) -> f64 {
        match self {
            Self::Shows => 1.6,
            Self::Episodes => 1.5,
            Self::Snips => 1.2,
            Self::Articles => 1.0,
            Self::Notes => 0.9,
            Self::Transcripts => 0.6,
        }
    }

    /// Its number in the tables; never change one.
    pub(super) fn code(self) -> i64 {
        match self {
            Self::Shows => 1,
            Self::Episodes => 2,
            Self::Notes => 3,
            Self::Transcripts => 4,
            Self::Articles => 5,
            Self::Snips => 6,
        }
    }
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What it is.
    pub kind: HitKind,
    /// Its identity: the show's, the snip's, the episode's (for episodes, notes and transcripts), or
    /// the article's canonical address.
    pub id: String,
    /// The title of the show, the episode, the article or the snip (its episode's if it has none).
    pub title: String,
    /// Plain text around the place that was found, one line; the title's if only that was found.
    pub snippet: String,
    /// Where in the recording, for transcripts and snips.
    pub ms: Option<Millis>,
    /// The higher the better; comparable within one search.
    pub score: f64,
}

struct Found {
    kind: HitKind,
    owner: i64,
    title: String,
    body: String,
    marks: Option<String>,
    /// When its episode or page was published, in seconds.
    date: i64,
    score: f64,
}

impl Store {
    /// Finds what holds all words of `query` (quotes hold words together), best first, at most
    /// `limit`: titles before notes before transcripts, words that stand together before words apart,
    /// of equal ones the newer. `kinds` says where to look; none means everywhere. Width, case, accents
    /// and script (開 or 开) make no difference. No query is an error; one without letters or digits finds nothing.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn search(&self, query: &str, kinds: &[HitKind], limit: usize) -> Result<Vec<Hit>> {
        let terms = tokens::terms(query);
        let Some(expression) = expression(&terms) else { return Ok(Vec::new()) };
        let limit = limit.min(10_000);
        let mut hits = Vec::new();
        let mut in_transcript: HashMap<i64, Vec<Option<Millis>>> = HashMap::new();
        for found in self.best(&expression, &terms, kinds, limit)? {
            if hits.len() >= limit {
                break;
            }
            let seen = match found.kind {
                HitKind::Transcripts => Some(in_transcript.entry(found.owner).or_default()),
                _ => None,
            };
            if seen.as_ref().is_some_and(|seen| seen.len() >= HITS_PER_TRANSCRIPT) {
                continue;
            }
            let Some(hit) = self.hit(&found, &terms)? else { continue };
            if let Some(seen) = seen {
                // Passages overlap by a line.
                if seen.contains(&hit.ms) {
                    continue;
                }
                seen.push(hit.ms);
            }
            hits.push(hit);
        }
        Ok(hits)
    }

    /// The matches of all kinds, best first. Transcripts are asked for apart, and for more than will
    /// be shown, so that the many passages of one do not take the places of everything else.
    fn best(
        &self,
        expression: &str,
        terms: &[String],
        kinds: &[HitKind],
        limit: usize,
    ) -> Result<Vec<Found>> {
        let kinds = if kinds.is_empty() { &HitKind::ALL[..] } else { kinds };
        let (transcripts, others): (Vec<_>, Vec<_>) =
            kinds.iter().copied().partition(|kind| *kind == HitKind::Transcripts);
        let mut found = Vec::new();
        if !others.is_empty() {
            let many = limit.max(LOOKED_AT);
            found = self.matches(expression, &others, many)?;
        }
        if !transcripts.is_empty() {
            let many = limit.saturating_mul(PASSAGES_PER_HIT).min(MOST_PASSAGES.max(limit));
            found.extend(self.matches(expression, &transcripts, many)?);
        }
        for found in &mut found {
            found.score *= found.kind.weight();
            if terms.len() > 1 && snippet::together(&found.title, &found.body, terms) {
                found.score *= TOGETHER;
            }
        }
        found.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.date.cmp(&a.date)));
        Ok(found)
    }

    fn matches(&self, expression: &str, kinds: &[HitKind], limit: usize) -> Result<Vec<Found>> {
        let codes = kinds.iter().map(|kind| kind.code().to_string()).collect::<Vec<_>>().join(",");
        let sql = format!(
            "SELECT t.kind, t.owner, t.title, t.body, t.marks, m.score,
                coalesce(CASE WHEN t.kind IN (2, 3, 4)
                    THEN (SELECT sort_at FROM episodes WHERE id = t.owner)
                    WHEN t.kind = 5 THEN (SELECT fetched FROM articles WHERE id = t.owner) END, 0)
             FROM
                (SELECT rowid AS id, rank AS score FROM words
                 WHERE words MATCH ?1 AND (rowid & 7) IN ({codes}) ORDER BY rank LIMIT ?2) m
             JOIN texts t ON t.id = m.id ORDER BY m.score, t.id DESC"
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(params![expression, row::int(limit as u64)], |row| {
            let code: i64 = row.get(0)?;
            let kind = HitKind::ALL.into_iter().find(|kind| kind.code() == code);
            Ok(Found {
                kind: kind.unwrap_or(HitKind::Notes),
                owner: row.get(1)?,
                title: row.get(2)?,
                body: row.get(3)?,
                marks: row.get(4)?,
                score: -row.get::<_, f64>(5)?,
                date: row.get(6)?,
            })
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn hit(&self, found: &Found, terms: &[String]) -> Result<Option<Hit>> {
        let (snippet, line) = match snippet::around(&found.body, terms) {
            Some((snippet, line)) => (snippet, line),
            None => match snippet::around(&found.title, terms) {
                Some((snippet, _)) => (snippet, 0),
                None => (snippet::beginning(&found.body), 0),
            },
        };
        let ms = match found.kind {
            HitKind::Transcripts => {
                let mark = found.marks.as_deref().and_then(|marks| marks.split(',').nth(line));
                mark.and_then(|mark| mark.parse().ok())
            }
            HitKind::Snips => self.one("SELECT start_ms FROM snips WHERE id = ?1", found.owner)?,
            _ => None,
        };
        let id = match found.kind {
            // A page on the reading list whose text is not here yet.
            HitKind::Articles if found.owner < 0 => {
                self.one("SELECT key FROM reading WHERE id = -?1", found.owner)?
            }
            HitKind::Articles => {
                self.one("SELECT canonical FROM articles WHERE id = ?1", found.owner)?
            }
            _ => Some(found.owner.to_string()),
        };
        let ms = ms.map(row::uint);
        let (kind, title, score) = (found.kind, found.title.clone(), found.score);
        Ok(id.map(|id| Hit { kind, id, title, snippet, ms, score }))
    }

    fn one<T: rusqlite::types::FromSql>(&self, sql: &str, id: i64) -> Result<Option<T>> {
        Ok(self.conn.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional()?)
    }
}

/// The query as FTS5 writes it. All terms must be there, at least one of them in the thing itself
/// and not only in what it belongs to. Terms without letters or digits are passed over.
fn expression(terms: &[String]) -> Option<String> {
    let phrases: Vec<String> = terms.iter().filter_map(|term| tokens::for_query(term)).collect();
    match phrases.as_slice() {
        [] => None,
        [phrase] => Some(format!("{{title body parts chars}} : {phrase}")),
        phrases => Some(format!(
            "({}) AND ({{title body parts chars}} : ({}))",
            phrases.join(" AND "),
            phrases.join(" OR ")
        )),
    }
}
