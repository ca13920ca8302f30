//! One address for one page: without the marks that sharing and advertising leave on it.

use url::Url;

/// Parameters that say where a reader came from and never what is shown.
const TRACKING: [&str; 34] = [
    "fbclid",
    "gclid",
    "dclid",
    "gclsrc",
    "msclkid",
    "yclid",
    "twclid",
    "igshid",
    "igsh",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "_ga",
    "_gl",
    "ref_src",
    "ref_url",
    "spm",
    "spm_id_from",
    "vd_source",
    "share_source",
    "share_medium",
    "share_token",
    "share_from",
    "share_id",
    "sharer_shareid",
    "sharer_sharetime",
    "share_times",
    "is_from_webapp",
    "isappinstalled",
    "wechat_redirect",
    "wxshare_count",
    "from_isappinstalled",
];
/// What names one article of a WeChat account, in the order in which it is kept.
const WECHAT: [&str; 4] = ["__biz", "mid", "idx", "sn"];

/// The address under which a page is kept: web addresses lose their fragment and the parameters that
/// only track; a WeChat article keeps nothing but what names it. Escapes that survived from HTML
/// (`&amp;`) or scripts (`\x26amp;`) are undone. Other addresses come back as they are, trimmed.
#[must_use]
pub fn canonical_url(address: &str) -> String {
    let address = address.trim();
    // Parsing drops these wherever they stand.
    let unescaped = unescape(&address.replace(['\t', '\n', '\r'], ""));
    let Ok(mut url) = Url::parse(&unescaped) else { return address.to_owned() };
    if !matches!(url.scheme(), "http" | "https") {
        return address.to_owned();
    }
    url.set_fragment(None);
    if url.host_str() == Some("mp.weixin.qq.com") {
        wechat(&mut url);
    } else {
        keep(&mut url, |name| !is_tracking(name));
    }
    url.into()
}

/// `&amp;` and what scripts make of it, however often it was escaped and however it is written; so a
/// second time changes nothing.
fn unescape(address: &str) -> String {
    let ampersands = ["&", "\\x26", "\\u0026"];
    let is = |rest: &str, what: &str| {
        rest.get(..what.len()).is_some_and(|head| head.eq_ignore_ascii_case(what))
    };
    let (mut plain, mut rest) = (String::with_capacity(address.len()), address);
    while let Some(c) = rest.chars().next() {
        let Some(written) = ampersands.iter().find(|written| is(rest, written)) else {
            plain.push(c);
            rest = rest.get(c.len_utf8()..).unwrap_or_default();
            continue;
        };
        plain.push('&');
        rest = rest.get(written.len()..).unwrap_or_default();
        while is(rest, "amp;") {
            rest = rest.get(4..).unwrap_or_default();
        }
    }
    plain
}

fn is_tracking(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_") || TRACKING.contains(&name.as_str())
}

/// Keeps the parameters that `wanted` names, as they are written.
fn keep(url: &mut Url, wanted: impl Fn(&str) -> bool) {
    let Some(query) = url.query() else { return };
    let name = |pair: &str| pair.split('=').next().unwrap_or_default().to_owned();
    let kept: Vec<&str> = query.split('&').filter(|p| !p.is_empty() && wanted(&name(p))).collect();
    let query = (!kept.is_empty()).then(|| kept.join("&"));
    url.set_query(query.as_deref());
}

fn wechat(url: &mut Url) {
    // The site itself redirects to https; a failure to set it leaves a working address.
    let _ = url.set_scheme("https");
    if url.path().starts_with("/s/") {
        url.set_query(None);
        return;
    }
    let query = url.query().unwrap_or_default();
    let find = |name: &&str| query.split('&').find(|pair| pair.split('=').next() == Some(name));
    let kept: Vec<&str> = WECHAT.iter().filter_map(find).collect();
    if url.path() == "/s" && kept.len() > 1 {
        let query = kept.join("&");
        url.set_query(Some(&query));
    } else {
        keep(url, |name| !is_tracking(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tracking_and_fragments_go_and_the_rest_stays_as_written() {
        for (given, kept) in [
            (
                "https://A.example/x?utm_source=a&id=%E4%BD%A0#top",
                "https://a.example/x?id=%E4%BD%A0",
            ),
            ("https://a.example/x?utm_source=a&UTM_medium=b", "https://a.example/x"),
            ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
            ("  https://a.example/x?flag&fbclid=1 ", "https://a.example/x?flag"),
            ("https://a.example/?q=", "https://a.example/?q="),
            ("https://a.example/?a=1\\x26Amp;b=2", "https://a.example/?a=1&b=2"),
            ("https://a.example/?a=1&amp;AMP;b=2", "https://a.example/?a=1&b=2"),
            ("https://a.example/?a=1\\U0026b=2&a\tmp;c", "https://a.example/?a=1&b=2&c"),
        ] {
            assert_eq!(canonical_url(given), kept);
            assert_eq!(canonical_url(kept), kept);
        }
    }

    #[test]
    fn a_wechat_article_has_one_address() {
        let long = "http://mp.weixin.qq.com/s?sn=ab&amp;__biz=Mz==&mid=22\\x26amp;idx=1&scene=21#wechat_redirect";
        let kept = "https://mp.weixin.qq.com/s?__biz=Mz==&mid=22&idx=1&sn=ab";
        assert_eq!(canonical_url(long), kept);
        assert_eq!(canonical_url(kept), kept);
        let short = "https://mp.weixin.qq.com/s/AbC_d-e?scene=1&poc_token=x";
        assert_eq!(canonical_url(short), "https://mp.weixin.qq.com/s/AbC_d-e");
    }

    #[test]
    fn what_is_no_web_address_is_left_alone() {
        for address in ["file:///a/b.md#x", "mailto:a@b.example?utm_source=1", "not an address", ""]
        {
            assert_eq!(canonical_url(address), address);
        }
    }
}
