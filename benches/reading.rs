//! What laying out and searching a long Chinese text costs, against a short one.

use divan::Bencher;
use divan::counter::BytesCount;
use latetalk::text::{Ambiguous, Document, LayoutOptions, find, from_markdown, from_plain, layout};

/// Bytes of a short and of a long text.
const TEXTS: [usize; 2] = [10_000, 1_000_000];
const OPTIONS: LayoutOptions = LayoutOptions { width: 72, ambiguous: Ambiguous::Narrow };

fn chinese(bytes: usize) -> String {
    let paragraph =
        "潮水慢慢地退下去，露出「礁石」和 a few shells，守灯的人沿着石阶走下来。".repeat(4);
    let mut text = String::with_capacity(bytes + paragraph.len());
    while text.len() < bytes {
        text.push_str(&paragraph);
        text.push_str("\n\n");
    }
    text
}

fn document(bytes: usize) -> Document {
    from_plain(&chinese(bytes), None)
}

#[divan::bench(args = TEXTS, sample_count = 20)]
fn laying_out(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    bencher.counter(BytesCount::new(bytes)).bench(|| layout(&document, &OPTIONS));
}

#[divan::bench(args = TEXTS, sample_count = 20)]
fn finding(bencher: Bencher<'_, '_>, bytes: usize) {
    let document = document(bytes);
    bencher.counter(BytesCount::new(bytes)).bench(|| find(&document, "守灯的人"));
}

#[divan::bench(args = TEXTS, sample_count = 20)]
fn reading_markdown(bencher: Bencher<'_, '_>, bytes: usize) {
    let text = chinese(bytes);
    bencher.counter(BytesCount::new(bytes)).bench(|| from_markdown(&text, None));
}

fn main() {
    divan::main();
}
