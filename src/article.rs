//! Temporary.
#![allow(missing_docs, clippy::pedantic)]
use crate::model::{Article, ArticleOutcome};
use crate::text::Document;
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    Reader,
    Whole,
}
#[derive(Debug, Clone, PartialEq)]
pub struct Extracted {
    pub article: Article,
    pub outcome: ArticleOutcome,
    pub document: Document,
    pub html: String,
    pub kept: (usize, usize),
}
pub fn canonical_url(u: &str) -> String {
    u.to_owned()
}
pub fn fetch_urls(u: &str) -> Vec<String> {
    vec![u.to_owned()]
}
