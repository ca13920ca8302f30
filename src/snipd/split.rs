//! One file, many episodes: where each begins.

use super::{
    front_matter,
    line::{self, Line},
};

/// How far a title is followed to see whether an episode stands under it, in lines.
const LOOK_AHEAD: usize = 80;

/// Cuts the file before the front matter or the title of each episode.
pub(super) fn episodes<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<&'b [Line<'a>]> {
    let mut starts = vec![0];
    let mut titled = false;
    let mut has_body = false;
    let mut fenced = false;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = line.text.as_ref();
        if text.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if !fenced && let Some(fields) = front_matter::range(lines, at) {
            if at > 0 && (has_body || titled) && front_matter::is_episode(lines, &fields) {
                starts.push(at);
                (titled, has_body) = (false, false);
            }
            if at == 0 || starts.last() == Some(&at) {
                at = fields.end + 1;
                continue;
            }
        }
        if !fenced && is_title(text) {
            if !titled && !has_body {
                titled = true;
            } else if heads_an_episode(lines, at) {
                starts.push(at);
                (titled, has_body) = (true, false);
            }
        } else if line::head(text).is_some() || section(text).is_some() {
            has_body = true;
        }
        at += 1;
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| lines.get(*start..end)).collect()
}

fn is_title(text: &str) -> bool {
    line::heading(text).is_some_and(|(level, _)| level == 1)
}

/// Whether an episode's head follows, before the next title.
fn heads_an_episode(lines: &[Line], at: usize) -> bool {
    lines
        .iter()
        .skip(at + 1)
        .take(LOOK_AHEAD)
        .map(|line| line.text.as_ref())
        .take_while(|text| !is_title(text))
        .any(|text| {
            section(text).is_some()
                || line::head(text).is_some()
                || text.contains("share.snipd.com/episode/")
                || text.starts_with("![Cover")
        })
}

/// The passages of an episode that a heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    Metadata,
    ShowNotes,
    Snips,
    Highlights,
}

/// The section that a line opens.
pub(super) fn section(text: &str) -> Option<Section> {
    let (level, words) = line::heading(text)?;
    if !(2..=4).contains(&level) {
        return None;
    }
    match line::plain_heading(words).as_str() {
        "episode metadata" | "metadata" => Some(Section::Metadata),
        "show notes" | "shownotes" | "episode show notes" | "节目笔记" | "节目简介"
        | "单集简介" => Some(Section::ShowNotes),
        "snips" | "my snips" | "摘录" | "片段" => Some(Section::Snips),
        "highlights" => Some(Section::Highlights),
        other if other.starts_with("new highlights added") => Some(Section::Highlights),
        _ => None,
    }
}
