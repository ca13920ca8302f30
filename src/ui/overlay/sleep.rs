//! When to stop by itself.

use ratatui::layout::Rect;

use super::{for_rows, row};
use crate::app::{SleepList, SleepRow, content};
use crate::lang::{Word, sleep_name};
use crate::model::{Millis, SleepAfter, clock};
use crate::ui::player::sleep_label;
use crate::ui::{Canvas, heading, hollow};

/// A minute, in ms.
const MINUTE: Millis = 60_000;

/// Draws the list.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, shown: &SleepList) {
    let title = canvas.say(Word::SleepTimer);
    let right = if shown.typed.is_empty() {
        sleep_label(canvas).unwrap_or_default()
    } else {
        format!("{}▏", shown.typed)
    };
    heading(canvas, area, title, &right, true);
    if shown.rows.is_empty() {
        let sentence = canvas.say(Word::SleepTyped);
        hollow(canvas, area, sentence, false);
    }
    for_rows(canvas, content(area), &shown.list, 1, |canvas, place, index| {
        let Some(entry) = shown.rows.get(index) else { return };
        let (name, left) = match *entry {
            SleepRow::Off => (canvas.say(Word::SleepOff).to_owned(), None),
            SleepRow::After(after) => {
                let name = sleep_name(after, canvas.state.tongue);
                // Numbers below ten stand under the ones of others.
                let indent =
                    matches!(after, SleepAfter::Time(ms) if (MINUTE..10 * MINUTE).contains(&ms));
                (format!("{}{name}", if indent { " " } else { "" }), left(canvas, after))
            }
        };
        let left = left.map(|ms| format!("{} {}", canvas.say(Word::SleepIn), clock(ms)));
        row(canvas, place, &name, &left.unwrap_or_default());
    });
}

/// How long it is until then, where a choice does not say so itself.
fn left(canvas: &Canvas<'_>, after: SleepAfter) -> Option<Millis> {
    let player = &canvas.state.player;
    let end = match after {
        SleepAfter::Chapter => player.chapter_end(),
        SleepAfter::Episodes(1) => player.over_at(),
        SleepAfter::Episodes(_) | SleepAfter::Time(_) => None,
    };
    let recorded = end?.saturating_sub(player.ms);
    Some((recorded as f32 / player.how.speed.factor()) as Millis)
}
