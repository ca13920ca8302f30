//! The numbers of links, shown behind them: small enough to read past, the same that lists of addresses
//! have. They are no part of the text.

use super::LayoutOptions;
use crate::model::Link;

/// How the numbers of links are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkNumbers {
    /// Not at all.
    #[default]
    Off,
    /// In brackets, `[12]`: what every terminal can show.
    Brackets,
    /// Below the line, `₁₂`: no footnote is marked so, and no more columns are taken than it has
    /// digits. Only where characters of open width take one column.
    Small,
}

/// Whether links to this address have a number: a place within the text itself needs none.
#[must_use]
pub fn is_numbered(url: &str) -> bool {
    !url.starts_with('#')
}

/// Keeps a number on the line of its link (U+2060, WORD JOINER); never shown.
const JOINER: char = '\u{2060}';

/// The numbers that a layout shows: by which form, of which links.
#[derive(Clone, Copy, Default)]
pub(super) struct Numbers<'d> {
    form: LinkNumbers,
    links: &'d [Link],
}

impl<'d> Numbers<'d> {
    /// Those of a document with these links.
    pub(super) fn of(links: &'d [Link], options: LayoutOptions) -> Numbers<'d> {
        let links = if options.numbers == LinkNumbers::Off { &[] } else { links };
        Numbers { form: options.numbers, links }
    }

    /// What stands behind a link: the number, joined to the words before it. `None` if it has none.
    pub(super) fn behind(&self, link: usize) -> Option<String> {
        if !self.links.get(link).is_some_and(|link| is_numbered(&link.url)) {
            return None;
        }
        let number = link + 1;
        match self.form {
            LinkNumbers::Off => None,
            LinkNumbers::Brackets => Some(format!("{JOINER}[{number}]")),
            LinkNumbers::Small => {
                let digits = number.to_string();
                let below =
                    |digit: char| digit.to_digit(10).and_then(|d| char::from_u32(0x2080 + d));
                Some(std::iter::once(JOINER).chain(digits.chars().filter_map(below)).collect())
            }
        }
    }
}

/// A number as it is shown, without what joins it to its link.
pub(super) fn shown(number: &str) -> &str {
    number.trim_start_matches(JOINER)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Layout, Line, RunKind, from_html, layout, width};

    const PAGE: &str = "<p>守灯人留下了<a href='https://a.example/tide'>潮汐<b>手册</b></a>，见\
        <a href='#n1'>[1]</a>和<a href='https://b.example/'>the Logbook</a>。</p>\
        <table><tr><th>灯塔</th><th>年份</th></tr><tr><td><a href='https://c.example/'>北角</a></td>\
        <td><a href='https://a.example/tide'>1903</a></td></tr></table>";

    fn laid(columns: u16, numbers: LinkNumbers) -> Layout {
        let options = LayoutOptions { width: columns, numbers, ..LayoutOptions::default() };
        layout(&from_html(PAGE, None), &options)
    }

    fn shown_lines(page: &Layout) -> Vec<String> {
        let text = |line: &Line| line.runs.iter().map(|run| run.text.as_str()).collect::<String>();
        page.lines.iter().map(text).collect()
    }

    #[test]
    fn links_have_the_number_of_their_address_and_places_in_the_text_have_none() {
        let small = shown_lines(&laid(80, LinkNumbers::Small));
        assert_eq!(small[0], "守灯人留下了潮汐手册₁，见[1]和the Logbook₃。");
        // A column of numbers stays one.
        assert_eq!(small[4], "北角₄ │ 1903₅");
        let brackets = shown_lines(&laid(80, LinkNumbers::Brackets));
        assert_eq!(brackets[0], "守灯人留下了潮汐手册[1]，见[1]和the Logbook[3]。");
        assert_eq!(shown_lines(&laid(80, LinkNumbers::Off))[4], "北角 │ 1903");
    }

    #[test]
    fn a_number_stays_with_its_link_and_moves_no_place_of_the_text() {
        let document = from_html(PAGE, None);
        for numbers in [LinkNumbers::Small, LinkNumbers::Brackets] {
            for columns in 6..60 {
                let page = laid(columns, numbers);
                for line in &page.lines {
                    // But where its link is wider than the line.
                    let first = line.runs.first().filter(|_| columns > 12);
                    assert!(first.is_none_or(|run| run.kind != RunKind::LinkNumber), "{columns}");
                    let plain = document.blocks[line.block].plain_text();
                    for run in line.runs.iter().filter(|run| !run.kind.is_decoration()) {
                        assert!(plain[run.start..].starts_with(&run.text), "{columns}: {run:?}");
                    }
                    for run in line.runs.iter().filter(|run| run.kind == RunKind::LinkNumber) {
                        assert!(run.link.is_some() && !run.text.contains(JOINER));
                        assert!(plain.is_char_boundary(run.start));
                    }
                    let wide: usize =
                        line.runs.iter().map(|run| width(&run.text, Default::default())).sum();
                    assert!(wide <= usize::from(columns).max(8), "{columns}: {line:?}");
                }
            }
        }
    }
}
