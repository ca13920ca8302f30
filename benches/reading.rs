//! What laying out and searching a long Chinese text costs, against a short one.

use std::hint::black_box;
use std::time::Instant;

use divan::Bencher;
use divan::counter::BytesCount;
use latetalk::text::{
    Ambiguous, Document, LayoutOptions, LinkNumbers, find, from_markdown, from_plain, layout,
};

/// Bytes of a short and of a long text.
const TEXTS: [usize; 2] = [10_000, 1_000_000];
const OPTIONS: LayoutOptions = LayoutOptions {
    width: 72,
    ambiguous: Ambiguous::Narrow,
    spacing: true,
    justify: false,
    line_spacing: 0,
    indent: false,
    sideways: true,
    numbers: LinkNumbers::Small,
};

fn chinese(bytes: usize) -> String {
    repeated("潮水慢慢地退下去，露出「礁石」和 a few shells，守灯的人沿着石阶走下来。", bytes)
}

fn english(bytes: usize) -> String {
    let sentence = "The keeper of the old lamp walks down the stairs at low tide; “so be it”, he says, \
        and writes the hour (04:40) into his log-book. ";
    repeated(sentence, bytes)
}

fn mixed(bytes: usize) -> String {
    let sentence = "守灯人用GPT-4o整理2018年的日志，见https://tide.example/log?id=7 ——共30万字，他说：“该睡了。” \
        Rust写的工具只要3.5 ms。";
    repeated(sentence, bytes)
}

/// Paragraphs of four such sentences, so many bytes or a little more.
fn repeated(sentence: &str, bytes: usize) -> String {
    let paragraph = format!("{}\n\n", sentence.repeat(4));
    paragraph.repeat(bytes.div_ceil(paragraph.len()))
}

fn document(bytes: usize) -> Document {
    from_plain(&chinese(bytes), None)
}

/// A kind of text, made of so many bytes.
type Make = fn(usize) -> String;
const KINDS: [(&str, Make); 3] = [("Chinese", chinese), ("English", english), ("mixed", mixed)];

/// The middle one of several measurements, in milliseconds.
fn median(mut act: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let begun = Instant::now();
            act();
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// A megabyte of each kind laid out, beside `textwrap` in the same run: it breaks the same text by UAX #14
/// into lines, without styles, tables, spaces between scripts and the rules for Chinese.
#[expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]
fn beside_textwrap() {
    for (name, make) in KINDS {
        let text = make(1_000_000);
        let document = from_plain(&text, None);
        let ours = median(|| drop(black_box(layout(&document, &OPTIONS))));
        let even = LayoutOptions { justify: true, ..OPTIONS };
        let evened = median(|| drop(black_box(layout(&document, &even))));
        let peer = textwrap::Options::new(72)
            .word_separator(textwrap::WordSeparator::UnicodeBreakProperties)
            .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
        let theirs = median(|| drop(black_box(textwrap::wrap(&text, &peer))));
        println!(
            "1 MB of {name}: {ours:.1} ms, with even ends {evened:.1} ms; textwrap {theirs:.1} ms; ratio {:.2}",
            ours / theirs
        );
    }
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
    beside_textwrap();
}
