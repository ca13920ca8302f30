//! A picture looked at alone, as large as the screen allows.

use super::address;
use crate::app::{Effect, LinkedFrom, Overlay, Pane, Reader, State, hints};
use crate::text::{Block, Document, Span};

/// Shows the picture of this block of a pane's text alone. Where the terminal shows none, it is opened
/// in the browser.
pub(in crate::app) fn zoom(state: &mut State, pane: Pane, block: usize) -> Vec<Effect> {
    let from = match pane {
        Pane::Article => state.articles.front().map(|view| LinkedFrom::Page(view.url.clone())),
        _ => state.notes.id().map(LinkedFrom::Notes),
    };
    let Some(reader) = hints::reader_mut(state, pane) else { return Vec::new() };
    let document = &reader.document;
    let (Some(found), Some(src), Some(from)) =
        (document.blocks.get(block), address(document, block), from)
    else {
        return Vec::new();
    };
    let src = src.to_owned();
    let words = found.plain_text();
    let span = Span { text: words, ..Span::default() };
    let alone = Block { kind: found.kind.clone(), spans: vec![span], ..Block::default() };
    if state.pictures.cell.is_none() {
        return vec![Effect::Browser(src)];
    }
    // Who asks to see it wants to see it.
    state.pictures.shown = true;
    let document = Document { blocks: vec![alone], links: Vec::new() };
    state.overlay = Some(Overlay::Picture(Box::new(Reader::new(document.into())), from));
    Vec::new()
}

/// A click on this line of a pane's text: whether it is a picture or its caption, and what comes of it.
pub(in crate::app) fn click(state: &mut State, pane: Pane, line: usize) -> Option<Vec<Effect>> {
    let reader = hints::reader_mut(state, pane)?;
    let line = reader.layout.lines.get(line)?;
    let block = line.block;
    let on_picture = line.picture.is_some()
        || (reader.images.binary_search(&block).is_ok() && !line.runs.is_empty());
    on_picture.then(|| zoom(state, pane, block))
}
