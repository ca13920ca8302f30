//! Feeds of `YouTube`: a channel's or playlist's address names its feed; a handle's page holds the
//! channel's number.

use url::Url;

/// How much of a page is looked through for the channel's number.
const LOOKED_AT: usize = 4 << 20;

const FEEDS: &str = "https://www.youtube.com/feeds/videos.xml";

/// The feed that an address of `YouTube` names by itself: a channel with its number, a playlist.
#[must_use]
pub fn youtube_feed(address: &str) -> Option<String> {
    let url = Url::parse(address.trim()).ok().filter(is_youtube)?;
    let mut parts = url.path_segments()?;
    match (parts.next(), parts.next()) {
        (Some("channel"), Some(id)) if is_id(id) => Some(format!("{FEEDS}?channel_id={id}")),
        (Some("playlist"), _) => {
            let id = url.query_pairs().find(|(name, _)| name == "list")?.1.into_owned();
            is_id(&id).then(|| format!("{FEEDS}?playlist_id={id}"))
        }
        _ => None,
    }
}

/// The feed of the channel that a page of `YouTube` at `base` is of.
pub(super) fn of_page(html: &str, base: &str) -> Option<String> {
    Url::parse(base).ok().filter(is_youtube)?;
    let html = super::notes::cut(html, LOOKED_AT);
    let marks = [
        "feeds/videos.xml?channel_id=",
        "itemprop=\"identifier\" content=\"",
        "\"externalId\":\"",
        "\"channelId\":\"",
    ];
    marks.iter().find_map(|mark| {
        let rest = html.split_once(mark)?.1;
        let id = rest.split(|c: char| !is_id_char(c)).next()?;
        (id.starts_with("UC") && is_id(id)).then(|| format!("{FEEDS}?channel_id={id}"))
    })
}

fn is_youtube(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    matches!(url.scheme(), "http" | "https")
        && matches!(host.trim_start_matches("www.").trim_start_matches("m."), "youtube.com")
}

fn is_id(id: &str) -> bool {
    (10..=64).contains(&id.len()) && id.chars().all(is_id_char)
}

fn is_id_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "UCabcdefghijklmnopqrstuv";

    #[test]
    fn a_channel_and_a_playlist_name_their_feeds() {
        let channel = format!("{FEEDS}?channel_id={ID}");
        for address in ["https://www.youtube.com/channel/", "http://m.youtube.com/channel/"] {
            assert_eq!(youtube_feed(&format!("{address}{ID}/videos")), Some(channel.clone()));
        }
        let list = "https://youtube.com/playlist?list=PLabcdefghijkl&x=1";
        assert_eq!(youtube_feed(list), Some(format!("{FEEDS}?playlist_id=PLabcdefghijkl")));
        for other in [
            "https://www.youtube.com/@lighthouse",
            "https://www.youtube.com/watch?v=abc",
            "https://youtube.com.evil.example/channel/UCabcdefghijklmnopqrstuv",
            "https://www.youtube.com/channel/short",
        ] {
            assert_eq!(youtube_feed(other), None, "{other}");
        }
    }

    #[test]
    fn the_page_of_a_handle_holds_the_number_of_its_channel() {
        let page = format!("<script>{{\"metadata\":{{\"externalId\":\"{ID}\"}}}}</script>");
        let found = of_page(&page, "https://www.youtube.com/@lighthouse");
        assert_eq!(found, Some(format!("{FEEDS}?channel_id={ID}")));
        assert_eq!(of_page(&page, "https://radio.example/"), None);
        assert_eq!(of_page("<html></html>", "https://www.youtube.com/@lighthouse"), None);
    }
}
