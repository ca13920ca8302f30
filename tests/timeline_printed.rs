//! Random timelines, printed in a random form into a random kind of text, are read back exactly.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

#[path = "support/timeline_print.rs"]
mod timeline_print;

use timeline_print::{CONTAINERS, FORMS, folded, found};

/// What titles begin with: also digits, Latin letters, quotes.
const FIRST: &[&str] = &[
    "远山",
    "为什么",
    "如何",
    "第一次",
    "她",
    "80后",
    "2024年的",
    "3个",
    "AI",
    "QQ",
    "GPT-4 与",
    "“对”与",
    "《海》里的",
    "Q&A：",
    "十年",
    "我们的",
    "100 days of",
    "The",
    "What is",
    "C++ 与",
    "a16z 的",
];

/// What stands in the middle: numbers that are no times, too.
const MIDDLE: &[&str] = &[
    "",
    "的",
    "、",
    " 16:9 的",
    " 3.5 倍的",
    "，",
    " and ",
    " / ",
    "（二）",
    " 2:8 ",
    "🚀",
    " 50% 的",
    "——",
];

/// What titles end in: words, so that a code behind them is set off from numbers.
const LAST: &[&str] = &[
    "夜校",
    "小城",
    "咖啡",
    "铁路",
    "图书馆",
    "letters",
    "coffee",
    "问题？",
    "“再见”",
    "《远山》",
    "来信！",
    "☕ 时间",
    "故事（上）",
];

fn title() -> impl Strategy<Value = String> {
    (select(FIRST), select(MIDDLE), select(LAST))
        .prop_map(|(first, middle, last)| format!("{first}{middle}{last}"))
}

/// A list of starts and titles; steps from some seconds to a quarter of an hour.
fn list() -> impl Strategy<Value = Vec<(u64, String)>> {
    (0..200_u64, vec((7..900_u64, title()), 4..11)).prop_map(|(first, steps)| {
        let mut at = first;
        let next = |(step, title): (u64, String)| {
            let start = at;
            at += step;
            (start, title)
        };
        steps.into_iter().map(next).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_printed_is_read_back(
        list in list(),
        form in select(FORMS),
        container in select(CONTAINERS),
        known in any::<bool>(),
    ) {
        let lines: Vec<String> =
            list.iter().enumerate().map(|(place, (start, title))| form.1(place, *start, title)).collect();
        let last = list.last().map_or(0, |(start, _)| *start);
        let duration = known.then_some(last + 600);
        let expected: Vec<(u64, String)> =
            list.iter().map(|(start, title)| (*start, folded(title))).collect();
        let got = found(&container.1(&lines), duration);
        prop_assert_eq!(got, expected, "{} in {}: {:?}", form.0, container.0, lines);
    }

    #[test]
    fn a_list_in_one_line_is_read_back(list in list(), mark in select(&["；", " / ", "  ", "。 ", " | "][..])) {
        let lines: Vec<String> =
            list.iter().map(|(start, title)| format!("{:02}:{:02} {title}", start / 60, start % 60)).collect();
        let document = latetalk::text::from_plain(&lines.join(mark), None);
        let expected: Vec<(u64, String)> =
            list.iter().map(|(start, title)| (*start, folded(title))).collect();
        prop_assert_eq!(found(&document, None), expected, "{:?}", lines.join(mark));
    }
}
