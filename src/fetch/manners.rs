//! What is said to servers besides what is asked for: who reads, in which language, where a picture is
//! shown.

use reqwest::header::{
    ACCEPT_LANGUAGE, COOKIE, HeaderMap, HeaderValue, REFERER, UPGRADE_INSECURE_REQUESTS, USER_AGENT,
};
use url::Url;

use super::cookies::Cookies;
use super::request::Accept;

/// What the program calls itself to sites: honestly, in the form that their gates know. Feeds and
/// recordings are asked for under the bare name.
const READER: HeaderValue = HeaderValue::from_static(concat!(
    "Mozilla/5.0 (compatible; latetalk/",
    env!("CARGO_PKG_VERSION"),
    "; terminal reader)"
));

/// Hosts of pictures that only answer to readers of their own site, and what they want to hear.
const SHOWN_ON: [(&str, &str); 9] = [
    ("qpic.cn", "https://mp.weixin.qq.com/"),
    ("qlogo.cn", "https://mp.weixin.qq.com/"),
    ("sinaimg.cn", "https://weibo.com/"),
    ("zhimg.com", "https://www.zhihu.com/"),
    ("doubanio.com", "https://www.douban.com/"),
    ("hdslb.com", "https://www.bilibili.com/"),
    ("sspai.com", "https://sspai.com/"),
    ("cnblogs.com", "https://www.cnblogs.com/"),
    ("pximg.net", "https://www.pixiv.net/"),
];

/// The languages a reader of Chinese and one of English like to read, best first.
pub(super) const CHINESE_FIRST: &str = "zh-CN,zh;q=0.9,en;q=0.7";
pub(super) const ENGLISH_FIRST: &str = "en,zh-CN;q=0.7,zh;q=0.6";

/// Adds what one hop of a request says besides its own headers.
pub(super) fn add(
    headers: &mut HeaderMap,
    accept: Accept,
    url: &Url,
    languages: &'static str,
    cookies: &Cookies,
) {
    if let Some(site) = shown_on(url) {
        headers.insert(REFERER, HeaderValue::from_static(site));
    }
    if accept != Accept::Page {
        return;
    }
    headers.insert(USER_AGENT, READER);
    headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(languages));
    headers.insert(UPGRADE_INSECURE_REQUESTS, HeaderValue::from_static("1"));
    if let Some(cookie) = cookies.header(url) {
        headers.insert(COOKIE, cookie);
    }
}

fn shown_on(url: &Url) -> Option<&'static str> {
    let host = url.host_str()?;
    let is_on = |domain: &str| {
        host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
    };
    SHOWN_ON.iter().find(|(domain, _)| is_on(domain)).map(|(_, site)| *site)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(accept: Accept, url: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let url = Url::parse(url).unwrap();
        add(&mut headers, accept, &url, ENGLISH_FIRST, &Cookies::default());
        headers
    }

    #[test]
    fn a_picture_is_asked_for_from_the_site_that_shows_it() {
        let referer = |url| said(Accept::Any, url).get(REFERER).cloned();
        let wechat = referer("https://mmbiz.qpic.cn/sz_mmbiz_jpg/x/640").unwrap();
        assert_eq!(wechat, "https://mp.weixin.qq.com/");
        assert!(referer("https://wx3.sinaimg.cn/large/x.jpg").is_some());
        assert_eq!(referer("https://notqpic.cn/x"), None);
        assert_eq!(referer("https://a.example/x.jpg"), None);
    }

    #[test]
    fn only_sites_hear_which_languages_are_read() {
        let page = said(Accept::Page, "https://a.example/");
        assert_eq!(page.get(ACCEPT_LANGUAGE).unwrap(), ENGLISH_FIRST);
        assert!(page.get(USER_AGENT).unwrap().to_str().unwrap().contains("latetalk/"));
        assert!(said(Accept::Feed, "https://a.example/").is_empty());
    }
}
