//! Small sound inputs for every law, all invented: what mutations start from.

mod pages;
mod recordings;
mod words;

use super::ALL;

/// Inputs of a law, by its name; at least one for each.
pub fn of(law: &str) -> Vec<Vec<u8>> {
    let bytes = |texts: &[&str]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
    match law {
        "timeline" => bytes(&words::TIMELINES),
        "snipd" => bytes(&words::SNIPD),
        "chapters_json" => bytes(&words::CHAPTERS),
        "transcript" => bytes(&words::TRANSCRIPTS),
        "times" => bytes(&words::TIMES),
        "id3" => recordings::id3(),
        "mp4" => recordings::mp4(),
        "ogg" => recordings::ogg(),
        "matroska" => recordings::matroska(),
        "recording" => recordings::all(),
        "feed" => bytes(&pages::FEEDS),
        "opml" => bytes(&pages::LISTS),
        "html" | "article" => bytes(&pages::PAGES),
        "markdown" => bytes(&words::MARKDOWN),
        "directory" => bytes(&pages::DIRECTORIES),
        _ => everything(),
    }
}

/// A little of every kind.
fn everything() -> Vec<Vec<u8>> {
    let others = ALL.iter().map(|(name, _)| *name).filter(|name| *name != "kind");
    others.flat_map(|name| of(name).into_iter().take(2)).collect()
}
