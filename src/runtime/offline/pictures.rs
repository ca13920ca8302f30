//! Keeping pictures: those of a page, and the cover.

use crate::model::{Episode, Part};
use crate::runtime::{Services, keep_pictures};
use crate::text::{Block, BlockKind, Document};

/// Keeps the pictures of a page found at `from`: how many are here, and how many are not.
pub(super) async fn keep(services: &Services, document: &Document, from: &str) -> (usize, usize) {
    match keep_pictures(services, document, from).await {
        Ok(kept) => {
            kept.failed.iter().for_each(|why| tracing::info!("a picture of {from}: {why}"));
            (kept.pictures, kept.failed.len())
        }
        Err(why) => {
            tracing::error!("keeping the pictures of {from}: {why}");
            let of = document.blocks.iter();
            (0, of.filter(|block| matches!(block.kind, BlockKind::Image { .. })).count())
        }
    }
}

/// Keeps the cover of an episode, else that of its show.
pub(super) async fn cover(services: &Services, episode: &Episode, feed: Option<String>) -> Part {
    let show = episode.summary.show;
    let of_show = services.desk.ask(move |store| store.show(show)).await;
    let of_show = of_show.ok().flatten().and_then(|show| show.image);
    let Some(src) = episode.image.clone().or(of_show) else { return Part::Absent };
    if src.starts_with("welcome:") {
        // It is part of the program.
        return Part::Kept;
    }
    let kind = BlockKind::Image { src: src.clone(), alt: String::new() };
    let document =
        Document { blocks: vec![Block { kind, ..Block::default() }], ..Document::default() };
    match keep_pictures(services, &document, feed.as_deref().unwrap_or(&src)).await {
        Ok(kept) => match kept.failed.into_iter().next() {
            Some(why) => Part::Failed(why),
            None if kept.pictures > 0 => Part::Kept,
            None => Part::Absent,
        },
        Err(why) => Part::Failed(why.to_string()),
    }
}
