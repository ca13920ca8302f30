//! What is asked for and what is let go: pictures from one view above to two views below what is read.

use std::collections::BTreeSet;

use super::{AGAIN, Asked, Known, MOST, Pictures, Room, address};
use crate::app::layout::{content, overlay_of, text_width};
use crate::app::{Effect, LinkedFrom, Overlay, Page, Reader, State, panes};
use crate::text::{PictureRows, picture_cells};

/// Views below what is read whose pictures are wanted.
const AHEAD: usize = 2;
/// Most pictures that are on their way at once.
const ON_THEIR_WAY: usize = 12;

/// A picture that is near the view.
struct Want {
    src: String,
    from: LinkedFrom,
    /// Columns and rows that it has to fit into.
    fit: (u16, u16),
    /// Its size, where it is known.
    size: Option<(u16, u16)>,
}

/// Asks for what is near and not here, and forgets what is far.
pub(in crate::app) fn plan(state: &mut State) -> Vec<Effect> {
    let wants = wants(state);
    let now = state.now;
    let mut effects = cancel(&mut state.pictures, &wants);
    for want in &wants {
        if state.pictures.asked.len() >= ON_THEIR_WAY {
            break;
        }
        if is_missing(&state.pictures, want, now) {
            let ticket = state.ticket();
            let asked = Asked { src: want.src.clone(), fit: want.fit };
            state.pictures.asked.insert(ticket, asked);
            effects.push(Effect::LoadPicture {
                ticket,
                src: want.src.clone(),
                from: want.from.clone(),
                fit: want.fit,
                cell: state.pictures.cell.unwrap_or((1, 1)),
            });
        }
    }
    let near: BTreeSet<(&str, (u16, u16))> =
        wants.iter().filter_map(|want| Some((want.src.as_str(), want.size?))).collect();
    let mut weight: usize = state.pictures.here.iter().map(|held| held.weight).sum();
    state.pictures.here.retain(|held| {
        let picture = &held.picture;
        let is_near = near.contains(&(picture.src.as_str(), (picture.columns, picture.rows)));
        let stays = is_near || weight <= MOST;
        if !stays {
            weight -= held.weight;
        }
        stays
    });
    effects
}

/// Calls off what nobody is near any more.
fn cancel(pictures: &mut Pictures, wants: &[Want]) -> Vec<Effect> {
    let wanted = |asked: &Asked| wants.iter().any(|w| w.fit == asked.fit && w.src == asked.src);
    let far: Vec<_> =
        pictures.asked.iter().filter(|(_, asked)| !wanted(asked)).map(|(t, _)| *t).collect();
    for ticket in &far {
        pictures.asked.remove(ticket);
    }
    if far.is_empty() { Vec::new() } else { vec![Effect::CancelPictures(far)] }
}

fn is_missing(pictures: &Pictures, want: &Want, now: u64) -> bool {
    let asked = |asked: &Asked| asked.fit == want.fit && asked.src == want.src;
    if pictures.asked.values().any(asked) {
        return false;
    }
    match (pictures.known.get(&want.src), want.size) {
        (Some(Known::Small), _) => false,
        (Some(Known::Failed(at)), _) => now.saturating_sub(*at) >= AGAIN,
        (Some(Known::Size(..)), Some((columns, rows))) => {
            pictures.find(&want.src, columns, rows).is_none()
        }
        (Some(Known::Size(..)) | None, _) => true,
    }
}

/// All pictures near the views of the texts on the screen, nearest first.
fn wants(state: &State) -> Vec<Want> {
    let mut wants = Vec::new();
    let pictures = &state.pictures;
    if pictures.seen().is_none() {
        return wants;
    }
    if let Some(Overlay::Picture(reader, from)) = &state.overlay {
        collect(&mut wants, pictures, reader, from, zoomed(state));
    }
    let shown = panes(state);
    let measure = state.settings.ui.measure;
    let room = |pane| Room {
        columns: text_width(pane, measure),
        rows: content(pane).height,
        alone: false,
    };
    if let Some(opened) = state.notes.opened.as_ref().filter(|_| shown.notes.width > 0) {
        let from = LinkedFrom::Notes(opened.episode.summary.id);
        collect(&mut wants, pictures, &opened.reader, &from, room(shown.notes));
    }
    if let Some(view) = state.articles.front().filter(|_| shown.article.width > 0)
        && let Page::Ready { reader, .. } = &view.page
    {
        let from = LinkedFrom::Page(view.url.clone());
        collect(&mut wants, pictures, reader, &from, room(shown.article));
    }
    wants
}

/// The room of a picture that is looked at alone.
pub(in crate::app) fn zoomed(state: &State) -> Room {
    let inner = content(overlay_of(state));
    Room { columns: inner.width.saturating_sub(3).max(1), rows: inner.height, alone: true }
}

fn collect(
    wants: &mut Vec<Want>,
    pictures: &Pictures,
    reader: &Reader,
    from: &LinkedFrom,
    room: Room,
) {
    let Some(cell) = pictures.seen().filter(|_| !reader.images.is_empty()) else { return };
    let rows = usize::from(room.rows.max(1));
    let (above, below) = (reader.top.saturating_sub(rows), reader.top + rows * (1 + AHEAD));
    let lines = |block: usize| {
        let first = reader.layout.first_line.get(block).copied().unwrap_or(0);
        first..first + 1 + usize::from(reader.picture(block).map_or(0, |p: PictureRows| p.rows))
    };
    let first = reader.images.partition_point(|block| lines(*block).end <= above);
    let near = reader.images.get(first..).unwrap_or_default().iter();
    let near: Vec<usize> = near.copied().take_while(|block| lines(*block).start < below).collect();
    let (before, from_here): (Vec<usize>, Vec<usize>) =
        near.into_iter().partition(|block| lines(*block).end <= reader.top);
    for block in from_here.into_iter().chain(before.into_iter().rev()) {
        let Some(src) = address(&reader.document, block) else { continue };
        let fit = pictures.fit(reader, block, room);
        let size = match pictures.known.get(src) {
            Some(Known::Size(width, height)) => Some(picture_cells((*width, *height), fit, cell)),
            _ => None,
        };
        wants.push(Want { src: src.to_owned(), from: from.clone(), fit, size });
    }
}
