//! How shows sound that do not sound as all others do.

use rusqlite::{Connection, Row, params};

use super::{Result, Store, StoreError};
use crate::model::{OwnSounding, ShowId, Speed, Trim};

impl Store {
    /// What a show has of its own; nothing for a show that is not there.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn sounding(&self, show: ShowId) -> Result<OwnSounding> {
        Ok(self.show(show)?.map(|show| show.sounding).unwrap_or_default())
    }

    /// Keeps what a show has of its own, in the place of what it had. It stays when the show is
    /// unsubscribed.
    ///
    /// # Errors
    /// When there is no such show or the library cannot be written.
    pub fn set_sounding(&self, show: ShowId, own: &OwnSounding) -> Result<()> {
        self.keep(|conn| {
            let done = conn
                .prepare_cached(
                    "UPDATE shows SET speed = ?2, trim = ?3, loudness = ?4, voice_boost = ?5,
                        skip_intro = ?6, skip_outro = ?7 WHERE id = ?1",
                )?
                .execute(params![
                    show.0,
                    own.speed.map(Speed::hundredths),
                    own.trim.map(strength),
                    own.loudness,
                    own.voice_boost,
                    own.skip_intro,
                    own.skip_outro,
                ])?;
            if done == 0 { Err(StoreError::NoShow(show.0)) } else { Ok(()) }
        })
    }
}

/// How much pauses are shortened, as the library keeps it.
fn strength(trim: Trim) -> i64 {
    match trim {
        Trim::Off => 0,
        Trim::Gentle => 1,
        Trim::Medium => 2,
        Trim::Strong => 3,
    }
}

/// Reads what a show has of its own from six columns, beginning with this one: speed, pauses,
/// loudness, voices, beginning, end. What makes no sense counts as nothing.
pub(super) fn own(row: &Row<'_>, first: usize) -> rusqlite::Result<OwnSounding> {
    let number = |at: usize| row.get::<_, Option<i64>>(first + at);
    let small = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let trim = number(1)?;
    let trim = Trim::ALL.into_iter().find(|&one| Some(strength(one)) == trim);
    Ok(OwnSounding {
        speed: number(0)?.map(Speed::of_hundredths),
        trim,
        loudness: number(2)?.map(|on| on != 0),
        voice_boost: number(3)?.map(|on| on != 0),
        skip_intro: small(number(4)?),
        skip_outro: small(number(5)?),
    })
}

/// Gives `into` what `from` has of its own, where it has nothing itself.
pub(super) fn merge(conn: &Connection, from: ShowId, into: ShowId) -> Result<()> {
    conn.prepare_cached(
        "UPDATE shows AS s SET
            speed = coalesce(s.speed, f.speed), trim = coalesce(s.trim, f.trim),
            loudness = coalesce(s.loudness, f.loudness),
            voice_boost = coalesce(s.voice_boost, f.voice_boost),
            skip_intro = coalesce(s.skip_intro, f.skip_intro),
            skip_outro = coalesce(s.skip_outro, f.skip_outro)
         FROM (SELECT * FROM shows WHERE id = ?1) AS f WHERE s.id = ?2",
    )?
    .execute([from.0, into.0])?;
    Ok(())
}
