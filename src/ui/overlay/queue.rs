//! What plays next.

use ratatui::layout::Rect;

use super::{for_rows, row};
use crate::app::{List, content, queue_length};
use crate::lang::Word;
use crate::model::{EpisodeSummary, clock};
use crate::ui::{Canvas, heading, hollow};

/// Draws the queue.
pub(super) fn draw(canvas: &mut Canvas<'_>, area: Rect, list: &List) {
    let title = canvas.say(Word::Queue);
    let queue: &[EpisodeSummary] = &canvas.state.queue;
    let right = match queue_length(canvas.state) {
        (0, _) => queue.len().to_string(),
        (all, played) if all == played => format!("{} · {}", queue.len(), clock(all)),
        (all, played) => {
            let speed = canvas.state.player.how.speed;
            format!("{} · {} · {speed}× {}", queue.len(), clock(all), clock(played))
        }
    };
    heading(canvas, area, title, &right, true);
    if queue.is_empty() {
        let sentence = canvas.hint(Word::EmptyQueue);
        hollow(canvas, area, &sentence, false);
    }
    for_rows(canvas, content(area), list, 1, |canvas, place, index| {
        if let Some(episode) = queue.get(index) {
            let length = episode.duration_ms.map(clock).unwrap_or_default();
            row(canvas, place, &format!("{}  {}", index + 1, episode.title), &length);
        }
    });
}
