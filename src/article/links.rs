//! Links that lead through a site's own exit page are made to lead straight to their target.

use url::Url;

use crate::text::Document;

/// Exit pages: host, path and the parameter that holds the target.
const EXITS: [(&str, &str, &str); 14] = [
    ("link.zhihu.com", "/", "target"),
    ("link.juejin.cn", "/", "target"),
    ("link.jianshu.com", "/", "t"),
    ("link.csdn.net", "/", "target"),
    ("link.segmentfault.com", "/", "url"),
    ("sspai.com", "/link", "target"),
    ("www.oschina.net", "/action/GoToLink", "url"),
    ("developers.weixin.qq.com", "/community/middlepage/href", "href"),
    ("gitee.com", "/link", "target"),
    ("www.google.com", "/url", "q"),
    ("l.facebook.com", "/l.php", "u"),
    ("l.instagram.com", "/", "u"),
    ("www.youtube.com", "/redirect", "q"),
    ("out.reddit.com", "/", "url"),
];

/// Replaces the targets in place. Only whole web addresses are put in.
pub(super) fn straighten(document: &mut Document) {
    for link in &mut document.links {
        if let Some(target) = target(&link.url) {
            if link.text == link.url {
                link.text.clone_from(&target);
            }
            link.url = target;
        }
    }
}

fn target(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let (host, path) = (url.host_str()?, url.path());
    let exit = EXITS.iter().find(|exit| exit.0 == host && exit.1 == path)?;
    let (_, value) = url.query_pairs().find(|(name, _)| name == exit.2)?;
    let target = Url::parse(&value).ok()?;
    matches!(target.scheme(), "http" | "https").then(|| target.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    #[test]
    fn an_exit_page_is_stepped_over_and_a_trap_is_not() {
        let mut document = from_html(
            "<a href='https://link.zhihu.com/?target=https%3A//a.example/x%3Fy%3D1'>甲</a>\
             <a href='https://link.zhihu.com/?target=javascript:alert(1)'>乙</a>\
             <a href='https://www.google.com/search?q=https://a.example'>丙</a>",
            None,
        );
        straighten(&mut document);
        let urls: Vec<&str> = document.links.iter().map(|link| link.url.as_str()).collect();
        assert_eq!(
            urls,
            [
                "https://a.example/x?y=1",
                "https://link.zhihu.com/?target=javascript:alert(1)",
                "https://www.google.com/search?q=https://a.example"
            ]
        );
    }
}
