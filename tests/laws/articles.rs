//! Laws of articles.

use std::thread;

use latetalk::article::{self, Page, View};

use super::clean::{assert_error, assert_line, assert_lines, assert_text};
use super::documents::assert_document;

/// As much as the reading process has.
const STACK: usize = 64 << 20;

/// A page under one of several addresses, by the first byte, as an article or whole, by the last.
pub fn article(data: &[u8]) {
    let url = match data.first().map(|b| b % 5) {
        Some(0) => "https://a.example/2024/05/page.html",
        Some(1) => "https://mp.weixin.qq.com/s/abc",
        Some(2) => "https://a.example/notes.md",
        Some(3) => "https://zhuanlan.zhihu.com/p/1",
        _ => "file:///tmp/a.txt",
    };
    let view = if data.last().is_some_and(|b| b % 4 == 1) { View::Whole } else { View::Reader };
    let work = || extract(&Page { url, content_type: None, bytes: data }, view);
    let done = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        thread.map(thread::ScopedJoinHandle::join)
    });
    if let Ok(Err(panic)) = done {
        std::panic::resume_unwind(panic);
    }
}

fn extract(page: &Page<'_>, view: View) {
    let found = match article::extract(page, view) {
        Ok(found) => found,
        Err(why) => return assert_error(&why),
    };
    let article = &found.article;
    assert_lines(article.title.iter().chain(&article.byline).chain(&article.site));
    assert_lines(article.published.iter().chain(&article.language));
    assert_line(&article.url);
    assert_text(&found.html);
    assert_document(&found.document, 60);
    assert!(found.kept.0 <= found.kept.1, "{:?}", found.kept);
}
