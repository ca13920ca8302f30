//! What the pages of the corpus say of themselves, measured against what people say of them: titles,
//! bylines and days. Half of the pages (by their names) is the one that misses are looked up in;
//! the other half shows that nothing was fitted to them.

#![expect(clippy::print_stdout, reason = "the measured numbers are what the test is for")]

use latetalk::article::{Page, View, extract};
use latetalk::model::Article;

#[path = "support/corpus.rs"]
mod corpus;

#[path = "support/extraction.rs"]
mod extraction;

use corpus::corpus;
use extraction::{Labelled, bytes, sets};

/// Right and labelled.
type Count = (usize, usize);

/// Titles, bylines and days.
const FACTS: [&str; 3] = ["title", "byline", "day"];

/// How many of each set are right at least. Measured when they were written: 160, 112, 120;
/// 40, 12, 10; 6, 0, 5; 9, 3, 3.
const LEAST: [(&str, [usize; 3]); 4] = [
    ("wcxb articles", [158, 110, 118]),
    ("wcxb others", [39, 12, 10]),
    ("chinese", [6, 0, 5]),
    ("wceb", [9, 3, 3]),
];

/// Case, quotation marks, spaces and other marks do not count.
fn fold(text: &str) -> String {
    text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `2024-05-01` of whatever form of date is in numbers.
fn day(date: &str) -> String {
    let digits = date.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    digits.take(3).map(|part| format!("{part:0>2}")).collect::<Vec<_>>().join("-")
}

/// Which half of a set a page is in.
fn is_looked_into(name: &str) -> bool {
    name.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % 2
        == 0
}

fn facts(page: &Labelled) -> Article {
    let content = bytes(&page.path);
    let page = Page { url: &page.url, content_type: Some("text/html"), bytes: &content };
    extract(&page, View::Whole).map(|read| read.article).unwrap_or_default()
}

/// Whether each fact is right; `None` where there is no label.
fn judged(page: &Labelled, found: &Article) -> [Option<bool>; 3] {
    let shown = [&found.title, &found.byline, &found.published];
    let verbose = std::env::var_os("LATETALK_VERBOSE").is_some() && is_looked_into(&page.name);
    std::array::from_fn(|at| {
        let (found, gold) = (shown.get(at)?.as_deref().unwrap_or_default(), page.facts.get(at)?);
        let is_right = if at == 2 { day(found) == day(gold) } else { fold(found) == fold(gold) };
        if verbose && !is_right && !gold.is_empty() {
            println!("  {} {}: «{found}» for «{gold}»", FACTS.get(at)?, page.name);
        }
        (!gold.is_empty()).then_some(is_right)
    })
}

#[test]
fn pages_say_who_wrote_what_and_when() {
    let Some(root) = corpus() else { return };
    for (set, pages) in sets(&root) {
        let mut halves = [[(0, 0); 3]; 2];
        for page in pages.iter().filter(|page| page.facts.iter().any(|fact| !fact.is_empty())) {
            let half: &mut [Count; 3] = &mut halves[usize::from(is_looked_into(&page.name))];
            for (count, is_right) in half.iter_mut().zip(judged(page, &facts(page))) {
                count.0 += usize::from(is_right == Some(true));
                count.1 += usize::from(is_right.is_some());
            }
        }
        let [other, looked] = halves;
        println!("{set}: {FACTS:?}: looked into {looked:?}, not looked into {other:?}");
        let least = LEAST.iter().find(|(name, _)| *name == set).map_or([0; 3], |(_, least)| *least);
        for (at, least) in least.into_iter().enumerate() {
            let halves = [looked, other];
            let right = halves.iter().filter_map(|half| half.get(at)).map(|count| count.0);
            assert!(
                right.sum::<usize>() >= least,
                "{set}: fewer than {least} of {:?}",
                FACTS.get(at)
            );
        }
    }
}
