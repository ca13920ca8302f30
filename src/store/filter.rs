//! Lists of episodes: which ones, in which order, and which page of them.

mod conditions;

use rusqlite::Connection;
use rusqlite::types::Value;

use self::conditions::Conditions;
use super::{Result, Store, row};
use crate::model::{EpisodeId, EpisodeOrder, EpisodeSummary, ShowId, Wanted};

/// Which episodes a list shows. All of them, if nothing is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EpisodeFilter {
    /// Only those of this show.
    pub show: Option<ShowId>,
    /// Only those in this state.
    pub state: Option<EpisodeState>,
    /// Only those whose title is meant by this text, as in [`crate::text::Filter`].
    pub text: Option<String>,
    /// Only those that meet these conditions.
    pub wanted: Wanted,
    /// Only those that were put away, themselves or with their show; or only the others.
    pub archived: Option<bool>,
    /// Only those of shows with exactly this tag.
    pub tag: Option<String>,
    /// In which order; the queue has its own.
    pub order: EpisodeOrder,
    /// Only these.
    pub among: Option<Vec<EpisodeId>>,
    /// At most so many.
    pub limit: Option<u32>,
    /// Without the first so many.
    pub offset: u32,
}

/// A state that lists can be limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EpisodeState {
    /// Not heard to the end.
    Unplayed,
    /// The whole file is on this machine.
    Downloaded,
    /// Begun and not heard to the end.
    InProgress,
    /// In the queue; listed in its order.
    Queued,
    /// Those that a snip was taken from.
    Snipped,
    /// Those with a star.
    Starred,
}

impl Store {
    /// A page of episodes, newest first (the queue in its own order). A page costs what the page
    /// holds, however large the library is, unless there is a text, a condition or another order.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn episodes(&self, filter: &EpisodeFilter) -> Result<Vec<EpisodeSummary>> {
        let Some(filter) = &self.by_title(filter)? else {
            let among = Some(self.by_title_among_all(filter)?);
            let page = EpisodeFilter {
                state: filter.state,
                order: filter.order,
                among,
                ..EpisodeFilter::default()
            };
            return self.episodes(&page);
        };
        let (ids, values) = ids_sql(&self.conn, filter)?;
        let order = order_of(filter);
        let sql = format!(
            "SELECT {} FROM episodes e JOIN shows s ON s.id = e.show {} WHERE e.id IN ({ids})
             ORDER BY {order}",
            row::SUMMARY,
            queue_join(filter.state),
        );
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement.query_map(rusqlite::params_from_iter(values), row::summary)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The same list as ids alone, from an index alone: for windows on long lists.
    ///
    /// # Errors
    /// When the library cannot be read.
    pub fn episode_ids(&self, filter: &EpisodeFilter) -> Result<Vec<EpisodeId>> {
        let Some(filter) = &self.by_title(filter)? else {
            return self.by_title_among_all(filter);
        };
        let (sql, values) = ids_sql(&self.conn, filter)?;
        let mut statement = self.conn.prepare_cached(&sql)?;
        let rows = statement
            .query_map(rusqlite::params_from_iter(values), |row| Ok(EpisodeId(row.get(0)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

/// The query for the ids of a page. Only fixed pieces of SQL are put together; what the user wrote
/// goes in as values.
fn ids_sql(conn: &Connection, filter: &EpisodeFilter) -> Result<(String, Vec<Value>)> {
    let (wheres, mut values) = Conditions::of(conn, filter)?.into_sql();
    values.push(Value::Integer(filter.limit.map_or(-1, i64::from)));
    values.push(Value::Integer(i64::from(filter.offset)));
    let sql = format!(
        "SELECT e.id FROM episodes e {} {wheres} ORDER BY {} LIMIT ? OFFSET ?",
        queue_join(filter.state),
        order_of(filter),
    );
    Ok((sql, values))
}

fn queue_join(state: Option<EpisodeState>) -> &'static str {
    match state {
        Some(EpisodeState::Queued) => "JOIN queue q ON q.episode = e.id",
        _ => "",
    }
}

fn order_of(filter: &EpisodeFilter) -> &'static str {
    if filter.state == Some(EpisodeState::Queued) {
        return "q.place, q.episode";
    }
    match filter.order {
        EpisodeOrder::Newest => "e.sort_at DESC, e.id DESC",
        EpisodeOrder::Oldest => "e.sort_at, e.id",
        EpisodeOrder::Longest => {
            "coalesce(e.measured_ms, e.claimed_ms) DESC NULLS LAST, e.sort_at DESC, e.id DESC"
        }
        EpisodeOrder::Shortest => {
            "coalesce(e.measured_ms, e.claimed_ms) NULLS LAST, e.sort_at DESC, e.id DESC"
        }
        EpisodeOrder::Title => "e.title_key, e.sort_at DESC, e.id DESC",
        EpisodeOrder::Heard => "e.heard_at DESC NULLS LAST, e.sort_at DESC, e.id DESC",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What SQLite says it will do for a list.
    fn plan(filter: &EpisodeFilter) -> String {
        let store = Store::in_memory().unwrap();
        let fill = "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n LIMIT 20000)
            INSERT INTO episodes (show, guid, title, title_key, sort_at, played)
            SELECT 1 + n % 3, n, n, n, n, n % 2 FROM n";
        for n in 0..3 {
            store.add_show(&format!("https://{n}.example/feed"), None, 0).unwrap();
        }
        store.conn.execute_batch(fill).unwrap();
        let (sql, values) = ids_sql(&store.conn, filter).unwrap();
        let mut statement = store.conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let rows = statement.query_map(rusqlite::params_from_iter(values), |row| row.get(3));
        rows.unwrap().collect::<rusqlite::Result<Vec<String>>>().unwrap().join("; ")
    }

    #[test]
    fn a_page_is_read_from_an_index_without_sorting() {
        let page = EpisodeFilter { limit: Some(50), offset: 100, ..EpisodeFilter::default() };
        let of = |show: Option<i64>, state| EpisodeFilter {
            show: show.map(ShowId),
            state,
            ..page.clone()
        };
        for (filter, index) in [
            (of(None, None), "episodes_newest"),
            (of(Some(1), None), "episodes_of_show"),
            (of(None, Some(EpisodeState::Unplayed)), "episodes_unplayed"),
            (of(Some(1), Some(EpisodeState::Unplayed)), "episodes_unplayed_of_show"),
            (of(None, Some(EpisodeState::InProgress)), "episodes_started"),
            (of(None, Some(EpisodeState::Downloaded)), "episodes_downloaded"),
            (of(None, Some(EpisodeState::Starred)), "episodes_starred"),
        ] {
            let plan = plan(&filter);
            assert!(plan.contains(&format!("INDEX {index}")), "{filter:?}: {plan}");
            assert!(!plan.contains("TEMP B-TREE"), "{filter:?}: {plan}");
        }
        let queue = plan(&of(None, Some(EpisodeState::Queued)));
        assert!(queue.contains("queue_place") && !queue.contains("TEMP B-TREE"), "{queue}");
    }

    #[test]
    fn what_is_not_put_away_is_listed_from_an_index_alone() {
        let listed = EpisodeFilter { archived: Some(false), ..EpisodeFilter::default() };
        let plan = plan(&listed);
        assert!(plan.contains("COVERING INDEX episodes_listed"), "{plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{plan}");
    }
}
