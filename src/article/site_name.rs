//! The name of a site at either end of a title, known by what the page calls its site and by its host.

use crate::text::clean_line;

/// What stands between a title and the names of rubric and site.
const SEPARATORS: [&str; 16] = [
    " | ", " - ", " – ", " — ", " · ", " • ", " » ", " « ", " :: ", " / ", "｜", "_", " |", "|",
    "-", "—",
];
/// What may stand behind a site's name at the beginning besides.
const COLONS: [&str; 2] = [": ", "："];
/// A site may be named at both ends, and twice.
const MOST: usize = 3;
/// More words than these are a sentence that begins with the site's name.
const MAX_WORDS: usize = 5;
/// Parts of a host's name that name no site.
const NO_NAMES: [&str; 12] = [
    "www",
    "blog",
    "blogs",
    "news",
    "com",
    "org",
    "net",
    "example",
    "github",
    "wordpress",
    "mp",
    "docs",
];

/// What a site is called: the names are folded to letters and numbers.
#[derive(Debug, Default)]
pub(super) struct SiteNames(Vec<String>);

impl SiteNames {
    /// The site by the name that it gives itself, and by its host.
    pub(super) fn of(site: Option<&str>, host: Option<&str>) -> SiteNames {
        let mut names = Vec::new();
        if let Some(site) = site {
            names.push(fold(site));
            let initials: String =
                site.split_whitespace().filter_map(|word| word.chars().next()).collect();
            names.push(fold(&initials));
            // `Harbour Weekly | Ships and harbours`: the first part is the name.
            names
                .extend(SEPARATORS.iter().filter_map(|s| site.split_once(s)).map(|(n, _)| fold(n)));
        }
        if let Some(host) = host {
            let parts = host.split('.').filter(|part| !NO_NAMES.contains(part));
            names.push(fold(host.trim_start_matches("www.")));
            names.extend(parts.map(fold));
        }
        names.retain(|name| name.chars().count() >= 3 || name.contains(|c: char| !c.is_ascii()));
        SiteNames(names)
    }

    /// Whether a text is the site's name and nothing else.
    pub(super) fn is(&self, text: &str) -> bool {
        let folded = fold(text);
        let bare = folded.strip_prefix("the").unwrap_or(&folded);
        self.0.iter().any(|name| name == &folded || name == bare)
    }

    /// Whether a text that stands at the end of a title is the site's name, or begins with it, or is the
    /// beginning of it.
    fn is_like(&self, text: &str) -> bool {
        let folded = fold(text);
        let is_short = text.split_whitespace().count() <= MAX_WORDS && folded.chars().count() <= 40;
        let bare = folded.strip_prefix("the").unwrap_or(&folded);
        self.is(text)
            || self.0.iter().any(|name| {
                let is_long = name.chars().count() >= 4 || !name.is_ascii();
                (is_short && is_long && (folded.starts_with(name) || folded.ends_with(name)))
                    || (bare.len() >= 5 && name.starts_with(bare))
            })
    }

    /// Whether a text is the last part of a title whose first part is not the site: a rubric or the site.
    pub(super) fn is_behind(&self, title: &str, text: &str) -> bool {
        SEPARATORS.iter().any(|separator| {
            title.rsplit_once(separator).is_some_and(|(head, tail)| {
                fold(tail) == fold(text) && !self.is_like(head) && head.len() > tail.len()
            })
        })
    }

    /// A title without the site's name at its ends; as it is where nothing would be left.
    pub(super) fn taken_off(&self, title: &str) -> String {
        let mut title = title.trim();
        for _ in 0..MOST {
            let Some(bare) = self.taken_off_once(title) else { break };
            title = bare;
        }
        title.to_owned()
    }

    fn taken_off_once<'t>(&self, title: &'t str) -> Option<&'t str> {
        let behind = SEPARATORS.iter().find_map(|separator| {
            let (head, tail) = title.rsplit_once(separator)?;
            (self.is_like(tail) && !self.is(head)).then(|| head.trim())
        });
        let before = || {
            SEPARATORS.iter().chain(&COLONS).find_map(|separator| {
                let (head, tail) = title.split_once(separator)?;
                let is_site = self.is_like(head) && !self.is_like(tail);
                (is_site && head.len() <= tail.len()).then(|| tail.trim())
            })
        };
        // `Shop` is a rubric, and says more with the site's name.
        let says_much = |bare: &&str| !bare.is_ascii() || bare.len() > 5;
        behind.or_else(before).filter(says_much)
    }
}

/// Letters and numbers alone, in lower case.
pub(super) fn fold(text: &str) -> String {
    clean_line(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_site_goes_from_either_end() {
        let names = SiteNames::of(Some("Harbour Weekly"), Some("www.harbourweekly.example"));
        for (written, bare) in [
            ("How lamps got bright | Harbour Weekly", "How lamps got bright"),
            ("How lamps got bright - harbourweekly.example", "How lamps got bright"),
            ("How lamps got bright | HW News | Harbour Weekly", "How lamps got bright | HW News"),
            ("Harbour Weekly: How lamps got bright", "How lamps got bright"),
            ("Harbour Weekly » How lamps got bright - Harbour Weekly", "How lamps got bright"),
            ("How lamps got bright – The Harbour Weekly", "How lamps got bright"),
            ("State-of-the-art lamps", "State-of-the-art lamps"),
            ("Harbour Weekly", "Harbour Weekly"),
            ("Harbour Weekly | Harbour", "Harbour Weekly | Harbour"),
            ("", ""),
        ] {
            assert_eq!(names.taken_off(written), bare, "{written}");
        }
        let names = SiteNames::of(Some("工业周刊"), None);
        for written in [
            "电池十年_工业周刊",
            "电池十年 - 工业周刊",
            "电池十年｜工业周刊官网",
            "工业周刊：电池十年",
        ] {
            assert_eq!(names.taken_off(written), "电池十年", "{written}");
        }
    }

    #[test]
    fn without_a_name_nothing_goes() {
        assert_eq!(SiteNames::of(None, None).taken_off("甲 | 乙"), "甲 | 乙");
        assert!(!SiteNames::of(Some("A B"), Some("b.example")).is("ab cd"));
    }
}
