//! Temporary.
#![allow(missing_docs, clippy::pedantic)]
use crate::article::*;
#[derive(Debug, Clone, PartialEq)]
pub struct OwnedPage {
    pub url: String,
    pub content_type: Option<String>,
    pub bytes: Vec<u8>,
}
#[derive(Default)]
pub struct Limits;
pub fn extract(
    _p: &std::path::Path,
    page: OwnedPage,
    _v: View,
    _l: Limits,
) -> Result<Extracted, std::io::Error> {
    let t = crate::text::decode(&page.bytes, page.content_type.as_deref()).text;
    let d = crate::text::from_html(&t, Some(&page.url));
    Ok(Extracted {
        article: crate::model::Article { url: page.url, ..Default::default() },
        outcome: Default::default(),
        document: d,
        html: String::new(),
        kept: (0, 0),
    })
}
