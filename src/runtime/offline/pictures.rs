//! Keeping pictures: those of a page, and the cover.

use crate::model::{Episode, Part};
use crate::runtime::Services;
use crate::text::{Block, BlockKind, Document};

/// Keeps the pictures of a text: how many are here, and how many are not.
pub(super) async fn keep(
    _services: &Services,
    _document: &Document,
    _from: Option<String>,
) -> (usize, usize) {
    std::future::ready((0, 0)).await
}

/// Keeps the cover of an episode, else that of its show.
pub(super) async fn cover(services: &Services, episode: &Episode, feed: Option<String>) -> Part {
    let show = episode.summary.show;
    let of_show = services.desk.ask(move |store| store.show(show)).await;
    let of_show = of_show.ok().flatten().and_then(|show| show.image);
    let Some(src) = episode.image.clone().or(of_show) else { return Part::Absent };
    let kind = BlockKind::Image { src: src.clone(), alt: String::new() };
    let document =
        Document { blocks: vec![Block { kind, ..Block::default() }], ..Document::default() };
    match keep(services, &document, feed).await {
        (0, 0) => Part::Absent,
        (_, 0) => Part::Kept,
        _ => Part::Failed(format!("the cover {src} could not be fetched")),
    }
}
