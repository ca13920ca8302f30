//! Addresses that a show repeats under every episode: its home, where to subscribe, profiles. They are
//! listed last and never offered for reading along.

use url::Url;

/// Pages of apps and directories where shows are subscribed to, groups are joined and money is given:
/// host (also of its subdomains) and how the path begins.
const PLATFORMS: &[(&str, &str)] = &[
    ("podcasts.apple.com", ""),
    ("itunes.apple.com", ""),
    ("podcasts.google.com", ""),
    ("open.spotify.com", "/show"),
    ("xiaoyuzhoufm.com", "/podcast/"),
    ("xiaoyuzhou.fm", "/podcast/"),
    ("ximalaya.com", ""),
    ("music.163.com", ""),
    ("y.music.163.com", ""),
    ("y.qq.com", ""),
    ("qingting.fm", ""),
    ("lizhi.fm", ""),
    ("castbox.fm", "/channel"),
    ("overcast.fm", "/itunes"),
    ("pca.st", ""),
    ("pocketcasts.com", ""),
    ("castro.fm", ""),
    ("stitcher.com", ""),
    ("tunein.com", ""),
    ("deezer.com", ""),
    ("music.amazon.com", ""),
    ("podcastaddict.com", ""),
    ("player.fm", ""),
    ("music.youtube.com", "/playlist"),
    ("youtube.com", "/@"),
    ("youtube.com", "/channel/"),
    ("youtube.com", "/c/"),
    ("youtube.com", "/user/"),
    ("space.bilibili.com", ""),
    ("mp.weixin.qq.com", "/mp/profile_ext"),
    ("weibo.com", "/u/"),
    ("weibo.com", "/n/"),
    ("xiaohongshu.com", "/user/"),
    ("xhslink.com", ""),
    ("zhihu.com", "/people/"),
    ("douyin.com", "/user/"),
    ("douban.com", "/people/"),
    ("okjk.co", ""),
    ("okjike.com", "/u"),
    ("jike.city", ""),
    ("linkedin.com", "/in/"),
    ("linkedin.com", "/company/"),
    ("bsky.app", "/profile/"),
    ("t.me", ""),
    ("discord.gg", ""),
    ("discord.com", "/invite"),
    ("patreon.com", ""),
    ("afdian.com", ""),
    ("afdian.net", ""),
    ("ko-fi.com", ""),
    ("buymeacoffee.com", ""),
    ("paypal.me", ""),
    ("wa.me", ""),
    ("linktr.ee", ""),
];

/// Networks where an address of one word is somebody's profile.
const NETWORKS: &[&str] = &[
    "twitter.com",
    "x.com",
    "instagram.com",
    "facebook.com",
    "threads.net",
    "threads.com",
    "tiktok.com",
    "weibo.com",
    "m.weibo.cn",
    "medium.com",
    "mastodon.social",
    "github.com",
];

/// Pages where a link is only shared on.
const SHARES: &[(&str, &str)] = &[
    ("twitter.com", "/intent/"),
    ("twitter.com", "/share"),
    ("x.com", "/intent/"),
    ("facebook.com", "/sharer"),
    ("linkedin.com", "/sharing"),
    ("linkedin.com", "/shareArticle"),
    ("service.weibo.com", "/share"),
    ("connect.qq.com", ""),
    ("reddit.com", "/submit"),
    ("t.me", "/share"),
];

/// Whether every episode could name this address as well as this one, as far as the address tells.
pub(super) fn is_usual(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    let Some(host) = url.host_str() else { return false };
    let host = host.strip_prefix("www.").unwrap_or(host);
    let path = url.path();
    let among = |list: &[(&str, &str)]| {
        list.iter().any(|(of, begins)| is_at(host, of) && path.starts_with(begins))
    };
    if among(PLATFORMS) || among(SHARES) {
        return true;
    }
    let words = path.split('/').filter(|word| !word.is_empty()).count();
    NETWORKS.iter().any(|network| is_at(host, network)) && words <= 1
}

fn is_at(host: &str, of: &str) -> bool {
    host.strip_suffix(of).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_directories_and_shares_are_usual_and_pages_are_not() {
        for usual in [
            "https://podcasts.apple.com/cn/podcast/id1",
            "https://www.xiaoyuzhoufm.com/podcast/5f1",
            "https://x.com/haibian",
            "https://m.weibo.com/u/12",
            "https://twitter.com/intent/tweet?url=https://a.example",
            "https://github.com/somebody",
        ] {
            assert!(is_usual(usual), "{usual}");
        }
        for page in [
            "https://www.xiaoyuzhoufm.com/episode/5f1",
            "https://x.com/haibian/status/12",
            "https://github.com/somebody/tide",
            "https://notx.com/haibian",
            "https://mp.weixin.qq.com/s/AbC",
            "welcome:articles/keys.html",
            "file:///home/li/a.md",
            "",
        ] {
            assert!(!is_usual(page), "{page}");
        }
    }
}
