//! Articles: pages that were read once, kept whole for reading without a network.

use rusqlite::{Connection, OptionalExtension, params};

use super::{
    HitKind, PageNames, Result, Store, StoreError, index, pack, page_names, reading_progress, row,
};
use crate::model::{Article, EpisodeId, UnixSeconds};

/// An article with all that was kept of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StoredArticle {
    /// Its facts.
    pub article: Article,
    /// The text as the caller wrote it (JSON of a document).
    pub tree: Vec<u8>,
    /// The page as it came, to read it anew when extraction has become better.
    pub raw: Vec<u8>,
    /// The `Content-Type` it came with.
    pub content_type: Option<String>,
    /// Where reading stopped: block and byte offset in it.
    pub position: Option<(u32, u32)>,
    /// How the page came here.
    pub stamp: PageStamp,
    /// What else it is found by. It is written and not read back.
    pub names: PageNames,
}

/// What a page is revalidated by, and who has read it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PageStamp {
    /// `ETag` of the answer.
    pub etag: Option<String>,
    /// `Last-Modified` of the answer.
    pub last_modified: Option<String>,
    /// Version of the extraction that made the text of the page; 0 where it is not known.
    pub reader: u32,
}

/// The text of an article without its page, which is larger and rarely wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeptText {
    /// The address under which the library has it.
    pub canonical: String,
    /// Its facts.
    pub article: Article,
    /// The text as the caller wrote it (JSON of a document); empty where it or the facts are damaged.
    pub tree: Vec<u8>,
    /// Where reading stopped: block and byte offset in it.
    pub position: Option<(u32, u32)>,
    /// How the paragraph begins in which reading stopped: it is found again by these words when the
    /// text has become another.
    pub words: Option<String>,
    /// How the page came here.
    pub stamp: PageStamp,
}

/// Of two articles, the one at the canonical address comes first, then the newest that was found at
/// it in the end.
const AT: &str = "FROM articles a JOIN article_bodies b ON b.article = a.id
    WHERE a.canonical = ?1 OR a.url = ?1
    ORDER BY a.canonical = ?1 DESC, a.fetched DESC LIMIT 1";

impl Store {
    /// The article at this canonical address, else the newest one that was found at it in the end
    /// ([`Article::url`]).
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn article(&self, canonical: &str) -> Result<Option<StoredArticle>> {
        type Row = (Vec<u8>, Vec<u8>, Option<String>);
        let Some(kept) = self.kept_text(canonical)? else { return Ok(None) };
        let sql = format!("SELECT b.tree, b.raw, b.content_type {AT}");
        let (tree, raw, content_type): Row = self
            .conn
            .prepare_cached(&sql)?
            .query_row([canonical], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        Ok(Some(StoredArticle {
            article: kept.article,
            tree: pack::unpack("the text of an article", &tree)?,
            raw: pack::unpack("the page of an article", &raw)?,
            content_type,
            position: kept.position,
            stamp: kept.stamp,
            names: PageNames::default(),
        }))
    }

    /// The text alone of what [`Self::article`] finds. Facts or a text that cannot be read are no
    /// error: the text is empty then, and the page may be read again.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn kept_text(&self, canonical: &str) -> Result<Option<KeptText>> {
        let sql = format!(
            "SELECT a.canonical, a.facts, b.tree, a.block, a.byte, a.words, b.etag,
                b.last_modified, b.reader, a.url, a.fetched {AT}"
        );
        let found = self.conn.prepare_cached(&sql)?.query_row([canonical], |row| {
            let place: (Option<u32>, Option<u32>) = (row.get(3)?, row.get(4)?);
            let stamp =
                PageStamp { etag: row.get(6)?, last_modified: row.get(7)?, reader: row.get(8)? };
            let (url, fetched) = (row.get(9)?, row.get(10)?);
            let facts: String = row.get(1)?;
            let facts = facts_of(&facts).ok();
            let tree: Vec<u8> = row.get(2)?;
            // Without its facts a text is not whole either.
            let tree =
                facts.as_ref().and_then(|_| pack::unpack("the text of an article", &tree).ok());
            let kept = KeptText {
                canonical: row.get(0)?,
                article: facts.unwrap_or(Article { url, fetched, ..Article::default() }),
                tree: tree.unwrap_or_default(),
                position: place.0.zip(place.1),
                words: row.get(5)?,
                stamp,
            };
            Ok(kept)
        });
        Ok(found.optional()?)
    }

    /// The page itself of what [`Self::article`] finds, with its `Content-Type`, to be read anew.
    ///
    /// # Errors
    /// When the library cannot be read, or the page is damaged.
    pub fn kept_page(&self, canonical: &str) -> Result<Option<(Vec<u8>, Option<String>)>> {
        let sql = format!("SELECT b.raw, b.content_type {AT}");
        let found: Option<(Vec<u8>, Option<String>)> = self
            .conn
            .prepare_cached(&sql)?
            .query_row([canonical], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((raw, content_type)) = found else { return Ok(None) };
        Ok(Some((pack::unpack("the page of an article", &raw)?, content_type)))
    }

    /// Keeps an article, in place of the one at the same address. `plain_text` is what the search
    /// finds. The date is the article's own `fetched`, else `now`. Where reading stopped is kept from
    /// before unless `stored` says it.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn put_article(
        &self,
        canonical: &str,
        stored: &StoredArticle,
        plain_text: &str,
        from_episode: Option<EpisodeId>,
        now: UnixSeconds,
    ) -> Result<()> {
        let facts = serde_json::to_string(&stored.article)
            .map_err(|error| row::unreadable("the article", &error))?;
        let (tree, raw) = (pack::pack(&stored.tree)?, pack::pack(&stored.raw)?);
        self.write(|conn| {
            let id: i64 = conn
                .prepare_cached(
                    "INSERT INTO articles (canonical, facts, fetched, block, byte, url)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                     ON CONFLICT (canonical) DO UPDATE SET facts = excluded.facts,
                        url = excluded.url, fetched = excluded.fetched, block = coalesce(excluded.block, block),
                        byte = coalesce(excluded.byte, byte)
                     RETURNING id",
                )?
                .query_row(
                    params![
                        canonical,
                        facts,
                        stored.article.fetched.unwrap_or(now),
                        stored.position.map(|(block, _)| block),
                        stored.position.map(|(_, byte)| byte),
                        stored.article.url,
                    ],
                    |row| row.get(0),
                )?;
            conn.prepare_cached(
                "INSERT OR REPLACE INTO article_bodies
                    (article, tree, raw, content_type, etag, last_modified, reader)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                id,
                tree,
                raw,
                stored.content_type,
                stored.stamp.etag,
                stored.stamp.last_modified,
                stored.stamp.reader,
            ])?;
            page_names::put(conn, id, &stored.names)?;
            conn.execute("DELETE FROM refused_pages WHERE canonical = ?1", [canonical])?;
            if let Some(episode) = from_episode {
                // The episode may be gone by the time its article arrives; that is no error.
                conn.execute(
                    "INSERT OR IGNORE INTO article_sources (article, episode)
                     SELECT ?1, id FROM episodes WHERE id = ?2",
                    [id, episode.0],
                )?;
            }
            let article = &stored.article;
            let context = context_of(article, &reading_progress::context_of(conn, canonical)?);
            let text = index::Text {
                kind: HitKind::Articles,
                owner: id,
                part: 0,
                title: article.title.as_deref().unwrap_or(canonical),
                titled: true,
                body: plain_text,
                context: &context,
                marks: None,
            };
            index::put(conn, &text)?;
            let (title, site) = (article.title.as_deref(), article.site.as_deref());
            reading_progress::came(conn, canonical, title, site, plain_text)
        })
    }

    /// The facts of the articles, last fetched first, at most `limit`.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn articles(&self, limit: u32) -> Result<Vec<Article>> {
        let mut statement = self
            .conn
            .prepare_cached("SELECT facts FROM articles ORDER BY fetched DESC, id DESC LIMIT ?1")?;
        let rows = statement.query_map([limit], |row| row.get::<_, String>(0))?;
        rows.map(|facts| facts_of(&facts?)).collect()
    }

    /// Canonical addresses of the articles that were opened from an episode, oldest first.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn articles_of(&self, episode: EpisodeId) -> Result<Vec<String>> {
        let mut statement = self.conn.prepare_cached(
            "SELECT a.canonical FROM article_sources s JOIN articles a ON a.id = s.article
             WHERE s.episode = ?1 ORDER BY a.id",
        )?;
        Ok(statement.query_map([episode.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    }

    /// Keeps where reading stopped: block and byte offset in it, and how that paragraph begins.
    ///
    /// # Errors
    /// When the article is not in the library or the library cannot be written.
    pub fn set_article_position(
        &self,
        canonical: &str,
        (block, byte): (u32, u32),
        words: &str,
    ) -> Result<()> {
        self.keep(|conn| {
            let sql = "UPDATE articles SET block = ?2, byte = ?3, words = ?4 WHERE canonical = ?1";
            let done = conn.prepare_cached(sql)?.execute(params![canonical, block, byte, words])?;
            if done == 0 { Err(StoreError::NoArticle(canonical.to_owned())) } else { Ok(()) }
        })
    }

    /// Forgets an article; nothing happens if it is not there.
    ///
    /// # Errors
    /// When the library cannot be written.
    pub fn delete_article(&self, canonical: &str) -> Result<()> {
        self.write(|conn| {
            conn.execute("DELETE FROM articles WHERE canonical = ?1", [canonical])?;
            Ok(())
        })
    }
}

/// Words that help to find an article: who wrote it, where it stands and where it was linked.
pub(super) fn context_of(article: &Article, linked: &str) -> String {
    let parts = [article.byline.as_deref(), article.site.as_deref(), Some(linked)];
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The same for what the index has of an article or, under its negative id, of a page on the reading
/// list whose text is not here.
pub(super) fn context_in_index(conn: &Connection, owner: i64) -> Result<String> {
    if owner < 0 {
        let sql =
            "SELECT concat_ws(' ', site, episode_title, show_title) FROM reading WHERE id = -?1";
        let context = conn.prepare_cached(sql)?.query_row([owner], |row| row.get(0)).optional()?;
        return Ok(context.unwrap_or_default());
    }
    let kept: Option<(String, String)> = conn
        .prepare_cached("SELECT canonical, facts FROM articles WHERE id = ?1")?
        .query_row([owner], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((canonical, facts)) = kept else { return Ok(String::new()) };
    Ok(context_of(&facts_of(&facts)?, &reading_progress::context_of(conn, &canonical)?))
}

pub(super) fn facts_of(facts: &str) -> Result<Article> {
    serde_json::from_str(facts).map_err(|error| row::unreadable("the facts of an article", &error))
}
