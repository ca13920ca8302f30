//! What the file of an episode's recording is called: `夜航/2025-02-25 102 潮汐与灯.mp3`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::note_name::stem_within;
use crate::downloads::Place;
use crate::model::EpisodeSummary;

/// Longest name in bytes: with ` (99)` and its suffix it stays under 180.
const LONGEST: usize = 168;

/// Most signs before a number that a title may begin with, as in `第102期`, `Vol. 102`, `#102`.
const BEFORE_NUMBER: usize = 5;

/// Where the recording of an episode stands: a folder for its show; date, number and title.
pub(super) fn place(episode: &EpisodeSummary) -> Place {
    let folder = stem_within(&episode.show_title, LONGEST);
    // What is not whole yet has names like this.
    let reserved = ["episode-", "url-"].iter().any(|start| folder.starts_with(start));
    let folder = if reserved { format!("_{folder}") } else { folder };
    Place { folder, stem: stem_within(&words(episode), LONGEST) }
}

fn words(episode: &EpisodeSummary) -> String {
    let published = episode.published.and_then(|at| Timestamp::from_second(at).ok());
    let day = published.map(|at| at.to_zoned(TimeZone::system()).date().to_string());
    let number = episode.number.filter(|number| begins_with(&episode.title) != Some(*number));
    let number = number.map(|number| number.to_string());
    let parts = [day, number, Some(episode.title.clone())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The number that a title begins with.
fn begins_with(title: &str) -> Option<u32> {
    let start = title.char_indices().take(BEFORE_NUMBER + 1).find(|(_, c)| c.is_ascii_digit())?.0;
    let rest = title.get(start..)?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(title: &str, number: Option<u32>) -> String {
        let published = Some(1_740_484_800); // 2025-02-25, noon in UTC.
        let episode = EpisodeSummary {
            title: title.into(),
            show_title: "夜航".into(),
            published,
            number,
            ..EpisodeSummary::default()
        };
        place(&episode).stem
    }

    #[test]
    fn a_recording_is_named_by_date_number_and_title() {
        assert_eq!(named("潮汐与灯", Some(102)), "2025-02-25 102 潮汐与灯");
        assert_eq!(named("潮汐与灯", None), "2025-02-25 潮汐与灯");
        for title in ["102: 潮汐", "第102期 潮汐", "Vol. 102 潮汐", "#102 潮汐"] {
            let name = named(title, Some(102));
            assert_eq!(name.matches("102").count(), 1, "{name}");
        }
        assert_eq!(named("2024 的潮汐", Some(102)), "2025-02-25 102 2024 的潮汐");
    }

    #[test]
    fn a_name_fits_every_file_system() {
        for title in [&"长".repeat(300), "a/b\\c:d*e?f\"g<h>i|j\u{202e}\u{0}", "...  ", "e\u{301}"]
        {
            let name = named(title, Some(7));
            assert!(name.len() <= LONGEST && !name.ends_with(['.', ' ']), "{name}");
            assert!(
                !name.contains(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\u{202e}', '\0'])
            );
        }
        let show = |title: &str| {
            let show_title = title.to_owned();
            place(&EpisodeSummary { show_title, ..EpisodeSummary::default() }).folder
        };
        assert_eq!(show("NUL"), "_NUL");
        assert_eq!(show(".kept"), "kept");
        assert_eq!(show("episode-3.part"), "_episode-3.part");
        assert_eq!(show(""), "untitled");
        assert!(show(&"长".repeat(300)).len() <= LONGEST);
    }
}
