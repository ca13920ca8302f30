//! Pages that stand where an article should: checks for robots, and notices that it is gone.

use dom_query::Document as Tree;
use url::Url;

use crate::model::ArticleOutcome;
use crate::text::Document;

/// A check or a notice has little text of its own; an article that speaks of captchas has more.
const SHORT: usize = 1200;

/// Marks in the source that only the checks themselves have.
const CHECKS_IN_SOURCE: [&str; 16] = [
    "zh-zse-ck",
    "_cf_chl_opt",
    "cf-browser-verification",
    "/cdn-cgi/challenge-platform/",
    "cf-turnstile",
    "acw_sc__v2",
    "aliyun_waf",
    "px-captcha",
    "captcha-delivery.com",
    "_Incapsula_Resource",
    "ddos-guard",
    "secitptpage/verify",
    "g-recaptcha",
    "h-captcha",
    "wappoc_appmsgcaptcha",
    "geetest",
];
/// Words that a reader sees on them.
const CHECKS_IN_TEXT: [&str; 20] = [
    "环境异常",
    "完成验证后即可继续访问",
    "安全验证",
    "请完成验证",
    "访问过于频繁",
    "访问验证",
    "人机验证",
    "系统检测到您",
    "Just a moment",
    "Checking your browser",
    "Verifying you are human",
    "Verify you are human",
    "verify you are a human",
    "Attention Required!",
    "Enable JavaScript and cookies to continue",
    "unusual traffic",
    "Are you a robot",
    "Access Denied",
    "Access denied",
    "DDoS protection by",
];
const DELETED_IN_TEXT: [&str; 20] = [
    "此内容因违规无法查看",
    "此内容被投诉且经审核涉嫌侵权",
    "该内容已无法查看",
    "内容审核中",
    "此账号已注销",
    "原作者已将该内容删除",
    "已被发布者删除",
    "内容已被删除",
    "内容因违规无法查看",
    "此内容发送失败无法查看",
    "该内容暂时无法查看",
    "该公众号已注销",
    "链接已过期",
    "文章已被删除",
    "文章不存在",
    "内容不存在",
    "你似乎来到了没有知识存在的荒原",
    "页面不存在",
    "该内容已被作者删除",
    "此帐号已被屏蔽",
];

/// What a page is, by its address, its source, its tree and all its text.
pub(super) fn told_by(url: &str, html: &str, tree: &Tree, whole: &Document) -> ArticleOutcome {
    let text = whole.plain_text();
    let is_short = text.chars().count() < SHORT;
    let path = Url::parse(url).map(|url| url.path().to_ascii_lowercase()).unwrap_or_default();
    if is_short && path.contains("captcha") {
        return ArticleOutcome::Blocked;
    }
    if !is_short || has_article(tree) {
        return ArticleOutcome::Readable;
    }
    let title = tree.select_single("title").text();
    let seen =
        |marks: &[&str]| marks.iter().any(|mark| text.contains(mark) || title.contains(mark));
    if seen(&DELETED_IN_TEXT) {
        return ArticleOutcome::Deleted;
    }
    // A form at the foot of a real page may load a captcha too, so next to no text must remain.
    let hardly_any = text.chars().count() < SHORT / 4;
    let in_source = hardly_any && CHECKS_IN_SOURCE.iter().any(|mark| html.contains(mark));
    if in_source || seen(&CHECKS_IN_TEXT) {
        return ArticleOutcome::Blocked;
    }
    ArticleOutcome::Readable
}

/// Whether there are paragraphs of an article all the same: a short note about a check is readable.
fn has_article(tree: &Tree) -> bool {
    let text = |selector: &str| {
        tree.select(selector).text().chars().filter(|c| !c.is_whitespace()).count()
    };
    text("#js_content, article p, [itemprop=articleBody]") > 120
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    fn outcome(url: &str, html: &str) -> ArticleOutcome {
        told_by(url, html, &Tree::from(html), &from_html(html, None))
    }

    #[test]
    fn checks_are_no_articles() {
        for html in [
            "<title>Weixin</title><h2>环境异常</h2><p>当前环境异常，完成验证后即可继续访问。<a>去验证</a>",
            "<html><head><meta id='zh-zse-ck' content='x'></head><body><script src=a></script></body>",
            "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
        ] {
            assert_eq!(outcome("https://a.example/x", html), ArticleOutcome::Blocked, "{html}");
        }
        let captcha = "https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x";
        assert_eq!(outcome(captcha, "<p>验证"), ArticleOutcome::Blocked);
    }

    #[test]
    fn a_deleted_page_says_so() {
        let html = "<div class=weui-msg><p>该内容已被发布者删除</p></div>";
        assert_eq!(outcome("https://mp.weixin.qq.com/s/x", html), ArticleOutcome::Deleted);
    }

    #[test]
    fn an_article_about_checks_is_an_article() {
        let html = format!(
            "<article><p>环境异常是什么意思？{}</p></article>",
            "网站在防范程序。".repeat(30)
        );
        assert_eq!(outcome("https://a.example/x", &html), ArticleOutcome::Readable);
        let long =
            format!("<p>Access Denied, a history. {}</p>", "It began long ago. ".repeat(100));
        assert_eq!(outcome("https://a.example/captcha-history", &long), ArticleOutcome::Readable);
        assert_eq!(outcome("https://a.example", "<p>短短一句。"), ArticleOutcome::Readable);
    }
}
