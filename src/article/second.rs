//! A second opinion: the scores choose one branch of a page. Where an article is spread over several
//! (a card for each thing that is compared, a section for each question), they bring one of them. The
//! main part of the page, without what stands around it, then holds several times the prose.

use super::listing::{letters, weights};
use crate::text::Document;

/// A paragraph of prose has so many letters beside its links.
const PARAGRAPH: usize = 80;
/// Less prose than this is not worth a second opinion.
const WORTH: usize = 500;
/// A linked line of so many letters is the headline of something else.
const HEADLINE: usize = 12;
/// How many blocks under such a headline tell of what it links to.
const TEASER: usize = 2;

/// Whether the page says that it is an article. One that does is rarely made of several parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Declared {
    /// It has a date, or data for machines that describe an article.
    Article,
    /// It has the type `article`, as many systems write it on any page.
    Perhaps,
    Nothing,
}

impl Declared {
    /// More prose than this, in letters, is an article; what else is there belongs to it less.
    fn enough_prose(self) -> usize {
        match self {
            Declared::Article => 2000,
            Declared::Perhaps | Declared::Nothing => usize::MAX,
        }
    }

    /// Of the prose of the main part, how much the chosen part must have, in hundredths.
    fn least_prose(self) -> usize {
        match self {
            Declared::Article => 36,
            Declared::Perhaps | Declared::Nothing => 78,
        }
    }
}

/// Whether the chosen part has so little of all the page that the main part should be looked at.
pub(super) fn is_doubtful(chosen: &Document, whole: &Document, declared: Declared) -> bool {
    is_fuller(whole, chosen, declared)
}

/// Whether the main part holds what the chosen part lost.
pub(super) fn is_fuller(main: &Document, chosen: &Document, declared: Declared) -> bool {
    let (all, kept) = (prose(main, true), prose(chosen, false));
    let is_share = all > kept + WORTH && kept * 100 < all * declared.least_prose();
    if is_share && kept < declared.enough_prose() {
        return true;
    }
    // Pages of shops and services have hardly a paragraph.
    let says = |document: &Document| letters(&document.plain_text());
    declared == Declared::Nothing && says(main) > WORTH && says(chosen) * 2 < says(main)
}

/// The letters of paragraphs, without those that tell of something else if `is_page`.
fn prose(document: &Document, is_page: bool) -> usize {
    let (mut sum, mut teaser) = (0, 0_usize);
    for block in &document.blocks {
        let (linked, rest) = weights(block);
        if is_page && linked > HEADLINE && linked >= rest {
            teaser = TEASER;
        } else if rest >= PARAGRAPH {
            sum += if teaser == 0 { rest } else { 0 };
            teaser = 0;
        } else {
            teaser = teaser.saturating_sub(1);
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    const PARAGRAPH: &str = "<p>林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有想到。</p>";

    fn read(html: &str) -> Document {
        from_html(html, Some("https://a.example/"))
    }

    #[test]
    fn an_article_that_was_cut_to_one_of_its_parts_is_noticed() {
        let (main, chosen) = (read(&PARAGRAPH.repeat(9)), read(&PARAGRAPH.repeat(2)));
        assert!(is_fuller(&main, &chosen, Declared::Article));
        let half = read(&PARAGRAPH.repeat(5));
        assert!(!is_fuller(&main, &half, Declared::Article));
        assert!(is_fuller(&main, &half, Declared::Nothing));
        assert!(!is_fuller(&main, &main, Declared::Nothing));
    }

    #[test]
    fn what_other_articles_say_in_short_counts_for_nothing() {
        let teaser = format!("<h3><a href=/b>又一篇：储能的下一个十年</a></h3>{PARAGRAPH}");
        let main = read(&format!("{PARAGRAPH}{}", teaser.repeat(9)));
        assert!(!is_fuller(&main, &read(PARAGRAPH), Declared::Article));
    }
}
