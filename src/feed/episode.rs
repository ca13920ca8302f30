//! What every episode must have in the end, whatever format it came from.

use super::notes::{cut, plain};
use crate::model::ParsedEpisode;

/// Longest guid in bytes; longer ones are cut.
const MAX_GUID: usize = 2048;

/// Gives the episode its identity: guid, else enclosure address, else link, else title, else the
/// beginning of its notes, else whatever it says. `None` for one that has none of these.
pub(super) fn finish(mut episode: ParsedEpisode) -> Option<ParsedEpisode> {
    let guid = crate::text::clean_line(&episode.guid);
    let enclosure = episode.enclosure.as_ref().map(|enclosure| enclosure.url.clone());
    let choices = [
        Some(guid),
        enclosure,
        episode.link.clone(),
        episode.title.clone(),
        plain(cut(&episode.notes_html, 200)),
        Some(crate::text::clean_line(cut(&episode.notes_html, 200))),
        episode.published.map(|seconds| seconds.to_string()),
        episode.author.clone(),
        episode.duration_ms.map(|ms| ms.to_string()),
    ];
    let identity = choices.into_iter().flatten().find(|text| !text.is_empty())?;
    cut(&identity, MAX_GUID).clone_into(&mut episode.guid);
    Some(episode)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Enclosure;

    #[test]
    fn the_identity_is_the_best_that_there_is() {
        let with = |guid: &str, url: Option<&str>, title: Option<&str>| {
            let enclosure =
                url.map(|url| Enclosure { url: url.to_owned(), ..Enclosure::default() });
            let guid = guid.to_owned();
            let title = title.map(str::to_owned);
            let episode = ParsedEpisode { guid, title, enclosure, ..ParsedEpisode::default() };
            finish(episode).map(|episode| episode.guid)
        };
        assert_eq!(with(" g ", Some("https://a.example/1"), None).as_deref(), Some("g"));
        let url = Some("https://a.example/1");
        assert_eq!(with("", url, Some("t")).as_deref(), url);
        assert_eq!(with(" ", None, Some("t")).as_deref(), Some("t"));
        assert_eq!(with("", None, None), None);
    }
}
