//! Links that lead to something else than a page to be read, told by their addresses alone.

use url::Url;

/// Shops and other places where nothing is to be read, whatever the path.
const SHOPS: [&str; 7] = [
    "apps.apple.com",
    "itunes.apple.com",
    "play.google.com",
    "appgallery.huawei.com",
    "apps.microsoft.com",
    "testflight.apple.com",
    "f-droid.org",
];
/// Places to listen.
const PLAYERS: [&str; 8] = [
    "open.spotify.com",
    "ximalaya.com",
    "lizhi.fm",
    "castbox.fm",
    "overcast.fm",
    "pca.st",
    "music.163.com",
    "y.qq.com",
];
/// Platforms on which the first part of the path is somebody's name.
const NAMES: [&str; 12] = [
    "x.com",
    "twitter.com",
    "weibo.com",
    "instagram.com",
    "facebook.com",
    "tiktok.com",
    "threads.net",
    "t.me",
    "patreon.com",
    "medium.com",
    "github.com",
    "youtube.com",
];
/// Beginnings of host and path where people and groups are at home.
const HOMES: [&str; 20] = [
    "space.bilibili.com/",
    "weibo.com/u/",
    "weibo.com/n/",
    "zhihu.com/people/",
    "zhihu.com/org/",
    "youtube.com/channel/",
    "youtube.com/c/",
    "youtube.com/user/",
    "linkedin.com/in/",
    "linkedin.com/company/",
    "okjike.com/u/",
    "okjike.com/users/",
    "m.okjike.com/users/",
    "web.okjike.com/u/",
    "xiaohongshu.com/user/",
    "douyin.com/user/",
    "discord.gg/",
    "discord.com/invite/",
    "afdian.com/a/",
    "xiaoyuzhoufm.com/podcast/",
];

/// What a link leads to if that is not a page to be read.
pub(super) fn no_article(address: &str) -> Option<&'static str> {
    if address.starts_with("welcome:") {
        return None;
    }
    let Ok(url) = Url::parse(address) else { return Some("no address") };
    match url.scheme() {
        "http" | "https" => {}
        "mailto" => return Some("a mail address"),
        "tel" | "sms" => return Some("a telephone number"),
        _ => return Some("no web address"),
    }
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.").to_ascii_lowercase();
    let host = host.strip_prefix("m.").filter(|bare| PLAYERS.contains(bare)).unwrap_or(&host);
    let parts: Vec<&str> = url.path().split('/').filter(|part| !part.is_empty()).collect();
    if SHOPS.contains(&host) {
        return Some("a shop for apps");
    }
    let show = host == "podcasts.apple.com" && !url.query().is_some_and(|q| q.contains("i="));
    if PLAYERS.contains(&host) || show {
        return Some("a place to listen");
    }
    let whole = format!("{host}/{}", parts.join("/"));
    let platform = NAMES.contains(&host) && parts.len() == 1 && url.query().is_none();
    if platform || HOMES.iter().any(|home| whole.starts_with(home)) {
        return Some("somebody's home on a platform");
    }
    by_name(parts.last().copied().unwrap_or_default())
}

/// What the last part of a path says.
fn by_name(name: &str) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let suffix = name.rsplit_once('.').map(|(_, suffix)| suffix).unwrap_or_default();
    match suffix {
        "mp3" | "m4a" | "wav" | "ogg" | "opus" | "flac" | "aac" | "m3u8" => Some("a recording"),
        "mp4" | "mov" | "webm" | "mkv" | "avi" => Some("a film"),
        "rss" | "opml" | "atom" => Some("a feed"),
        "zip" | "gz" | "dmg" | "exe" | "apk" | "ipa" => Some("a file to download"),
        _ if matches!(name.as_str(), "feed.xml" | "rss.xml" | "atom.xml" | "rss" | "feed") => {
            Some("a feed")
        }
        _ => None,
    }
}

/// Whether an address is that of a whole site.
pub(super) fn is_home_page(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| matches!(url.path(), "" | "/") && url.query().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_page_to_be_read_is_told_by_its_address() {
        for (address, what) in [
            ("mailto:hi@tide.example", "a mail address"),
            ("https://apps.apple.com/cn/app/x/id1", "a shop for apps"),
            ("https://open.spotify.com/show/1", "a place to listen"),
            ("https://m.ximalaya.com/album/1", "a place to listen"),
            ("https://podcasts.apple.com/cn/podcast/id1", "a place to listen"),
            ("https://weibo.com/u/1", "somebody's home on a platform"),
            ("https://twitter.com/keeper", "somebody's home on a platform"),
            ("https://www.youtube.com/@keeper", "somebody's home on a platform"),
            ("https://space.bilibili.com/7", "somebody's home on a platform"),
            ("https://pod.example/7.MP3?x=1", "a recording"),
            ("https://pod.example/feed.xml", "a feed"),
            ("https://pod.example/rss/", "a feed"),
        ] {
            assert_eq!(no_article(address), Some(what), "{address}");
        }
    }

    #[test]
    fn pages_are_pages_on_platforms_too() {
        for address in [
            "https://mp.weixin.qq.com/s/abc",
            "https://x.com/keeper/status/7",
            "https://github.com/keeper/lamp",
            "https://www.youtube.com/watch?v=7",
            "https://zhuanlan.zhihu.com/p/7",
            "https://www.xiaoyuzhoufm.com/episode/7",
            "https://podcasts.apple.com/cn/podcast/id1?i=7",
            "https://tide.example/",
            "https://tide.example/rss-explained",
            "welcome:articles/keys.html",
        ] {
            assert_eq!(no_article(address), None, "{address}");
        }
        assert!(is_home_page("https://tide.example") && !is_home_page("https://tide.example/a"));
    }
}
