//! What other programs do with the same library (a verb, another screen) is shown here too, without
//! moving what is being looked at.

use super::{Effect, Overlay, State, library, reading_list};
use crate::app::ReadingNews;
use crate::model::EpisodeSummary;

/// Another program has changed the library: what is shown of it is asked for again. Rows stay until
/// the new ones are there, so nothing flickers.
pub(super) fn changed(state: &mut State) -> Vec<Effect> {
    let mut rows = library::keep_only_seen(state);
    let opened = state.notes.opened.as_ref().map(|opened| opened.episode.summary.id);
    rows.extend(opened.filter(|id| !rows.contains(id)));
    let mut effects = vec![Effect::LoadShows];
    // A list that is on its way already will be new enough only if it is asked for again.
    effects.push(library::load_shelf(state));
    if !rows.is_empty() {
        effects.push(Effect::LoadRows(rows));
    }
    effects.push(Effect::LoadQueue);
    effects.extend(opened.map(|id| Effect::LoadSnips(Some(id))));
    if let Some(Overlay::Snips(shown)) = &state.overlay
        && (shown.episode.is_none() || shown.episode != opened)
    {
        effects.push(Effect::LoadSnips(shown.episode));
    }
    effects.extend(reading_list::happened(state, ReadingNews::Changed));
    effects
}

/// What is known of episodes has come: the one whose notes are open is among them.
pub(super) fn rows_came(state: &mut State, rows: &[EpisodeSummary]) {
    let Some(opened) = &mut state.notes.opened else { return };
    let id = opened.episode.summary.id;
    if let Some(row) = rows.iter().find(|row| row.id == id) {
        opened.episode.summary = row.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::{Event, Msg, update};
    use crate::lang::Tongue;
    use crate::model::{EpisodeId, Position};

    #[test]
    fn what_another_program_does_is_asked_for_and_rows_stay_until_it_has_come() {
        let settings = crate::config::load(None).expect("the example is sound");
        let (mut state, first) = State::new(settings, Tongue::Chinese, (120, 36));
        let ticket = first.iter().find_map(|effect| match effect {
            Effect::LoadEpisodes { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let ids: Vec<EpisodeId> = (1..=300).map(EpisodeId).collect();
        let _ =
            update(&mut state, Msg::Event(Event::Episodes(ticket.expect("asked"), ids.clone())));
        let rows = |ids: &[EpisodeId], ms| -> Vec<EpisodeSummary> {
            let position = Position { ms, played: false };
            let row = |id: &EpisodeId| EpisodeSummary { id: *id, position, ..Default::default() };
            ids.iter().map(row).collect()
        };
        let _ = update(&mut state, Msg::Event(Event::Rows(rows(&ids, 0))));
        state.library.list.select(40);
        state.library.keep_in_view(10, 20);

        let effects = update(&mut state, Msg::Event(Event::LibraryChanged));
        let asked = effects.iter().find_map(|effect| match effect {
            Effect::LoadRows(ids) => Some(ids.clone()),
            _ => None,
        });
        let asked = asked.expect("rows are asked for");
        assert!(asked.contains(&EpisodeId(41)) && asked.len() < 100, "{asked:?}");
        for wanted in [Effect::LoadShows, Effect::LoadQueue] {
            assert!(effects.contains(&wanted), "{effects:?}");
        }
        assert!(state.library.rows.contains_key(&EpisodeId(41)), "nothing flickers");
        assert!(!state.library.rows.contains_key(&EpisodeId(299)), "it may be another by now");
        assert_eq!(effects.iter().filter(|e| matches!(e, Effect::LoadRows(_))).count(), 1);
        let _ = update(&mut state, Msg::Event(Event::Rows(rows(&asked, 7))));
        assert_eq!(state.library.rows[&EpisodeId(41)].position.ms, 7);
        assert_eq!(state.library.list.selected, 40);
    }
}
