//! Older pages of a feed (RFC 5005): what they add, and where the next one is.

use rusqlite::OptionalExtension;

use super::take::{Intake, Plain};
use super::{Result, Store, shows};
use crate::model::{ParsedFeed, ShowId, UnixSeconds};

/// Where a feed's older episodes are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OlderPage {
    /// The feed was not seen to name a further page.
    Unknown,
    /// At this address.
    At(String),
    /// All pages were asked for.
    End,
}

impl Store {
    /// Where the next page of older episodes is.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn older_page(&self, id: ShowId) -> Result<OlderPage> {
        let page: Option<String> = self
            .conn
            .prepare_cached("SELECT next_page FROM shows WHERE id = ?1")?
            .query_row([id.0], |row| row.get(0))
            .optional()?
            .flatten();
        Ok(match page {
            None => OlderPage::Unknown,
            Some(page) if page.is_empty() => OlderPage::End,
            Some(page) => OlderPage::At(page),
        })
    }

    /// Takes in a page of older episodes: those that the library does not have yet. The show itself
    /// and the episodes that are known are not touched. The page after it is remembered as `next`.
    /// Returns how many episodes were new.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn take_older(
        &self,
        id: ShowId,
        page: &ParsedFeed,
        next: Option<&str>,
        now: UnixSeconds,
        plain: Plain<'_>,
    ) -> Result<usize> {
        self.write(|conn| {
            shows::exists(conn, id)?;
            let show: String =
                conn.query_row("SELECT title FROM shows WHERE id = ?1", [id.0], |r| r.get(0))?;
            // What has no date stands below all that is known.
            let oldest: Option<UnixSeconds> = conn
                .prepare_cached("SELECT min(sort_at) FROM episodes WHERE show = ?1")?
                .query_row([id.0], |row| row.get(0))?;
            let intake = Intake {
                conn,
                id,
                show: &show,
                base: page.link.as_deref(),
                now,
                undated: oldest.map_or(now, |oldest| oldest.saturating_sub(1)),
                renamed: false,
                only_new: true,
                plain,
            };
            let taken = intake.all(&page.episodes)?;
            conn.prepare_cached("UPDATE shows SET next_page = ?2 WHERE id = ?1")?
                .execute((id.0, next.unwrap_or_default()))?;
            Ok(taken.new)
        })
    }
}
