//! Where on a page links lie, and where they lead: only to the web and to mail; jumps within the file
//! are text.

use hayro_syntax::object::{Array, Dict, Name, Rect, String as Bytes};
use hayro_syntax::page::Page;

use super::matrix::{Area, Matrix};

/// Most links of a page; no real one comes near it.
const MOST: usize = 400;
/// Most links of a file.
const MOST_OF_FILE: usize = 50_000;

/// The links of a page: their places and the indexes of what they lead to in `targets`, which grows.
pub(super) fn of(page: &Page<'_>, targets: &mut Vec<String>) -> Vec<(Area, usize)> {
    let Some(notes) = page.raw().get::<Array<'_>>("Annots") else { return Vec::new() };
    let matrix = Matrix::new(page.initial_transform(true).as_coeffs());
    let mut found = Vec::new();
    for note in notes.iter::<Dict<'_>>().take(MOST) {
        let Some((rect, target)) = link(&note) else { continue };
        if targets.len() >= MOST_OF_FILE {
            break;
        }
        if targets.last() != Some(&target) {
            targets.push(target);
        }
        let area = Area::around(matrix.point(rect.x0, rect.y0), matrix.point(rect.x1, rect.y1));
        found.push((area, targets.len() - 1));
    }
    found
}

fn link(note: &Dict<'_>) -> Option<(Rect, String)> {
    note.get::<Name<'_>>("Subtype").filter(|kind| kind.as_str() == "Link")?;
    let action = note.get::<Dict<'_>>("A")?;
    let address = action.get::<Bytes<'_>>("URI")?;
    let target = String::from_utf8_lossy(address.as_bytes()).trim().to_owned();
    (target.len() < 4096).then_some((note.get::<Rect>("Rect")?, target))
}
