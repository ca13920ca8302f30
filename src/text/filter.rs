//! What is typed above a list, and which entries it means. One way for all lists: words of the text
//! itself, Chinese by its readings (`wdl` for 晚点聊), and letters that come in the right order.

use memchr::memmem::Finder;
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::fold::folded;
use super::pinyin::Spoken;

/// How well an entry fits; the higher the better. Of several words the worst counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Letters in the right order with others between them; how well they hang together.
    Scattered(u16),
    /// Chinese by its readings.
    Spoken,
    /// The words as they stand, within others.
    Within,
    /// From the beginning of a word.
    Word,
    /// From the beginning of the text.
    Start,
}

/// Characters of a text that scattered letters are looked for in: in a long one all are found.
const SHORT: usize = 120;

/// What each letter must at least be worth for scattered letters to mean something: letters that begin
/// words or follow each other count more, gaps take away.
const WORTH: usize = 17;

/// Words that are looked at, at most.
const MOST_WORDS: usize = 12;

/// What is typed above a list.
#[derive(Debug, Clone)]
pub struct Filter {
    words: Vec<Word>,
}

#[derive(Debug, Clone)]
struct Word {
    text: String,
    finder: Finder<'static>,
    chars: Vec<char>,
    spoken: Option<Spoken>,
}

impl Filter {
    /// Reads what was typed: words parted by spaces, all of which must fit.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let typed = folded(typed);
        let words = typed.split_whitespace().take(MOST_WORDS).map(|word| Word {
            finder: Finder::new(word).into_owned(),
            chars: word.chars().collect(),
            spoken: Spoken::new(word),
            text: word.to_owned(),
        });
        Self { words: words.collect() }
    }

    /// Whether nothing was typed; then every text fits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How the words stand in a text; `None` if one of them does not, neither as it is nor by
    /// readings.
    #[must_use]
    pub fn fit(&self, text: &str) -> Option<Fit> {
        if self.is_empty() { Some(Fit::Start) } else { self.fit_folded(&folded(text)) }
    }

    /// The same of a text that [`folded`] has made; for long lists, which keep them.
    #[must_use]
    pub fn fit_folded(&self, text: &str) -> Option<Fit> {
        let mut worst = Fit::Start;
        for word in &self.words {
            worst = worst.min(word.fit(text)?);
        }
        Some(worst)
    }

    /// Which of these texts are meant, by their places, in their order. Scattered letters count only
    /// where nothing else does.
    #[must_use]
    pub fn meant<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> Vec<usize> {
        let mut found = self.fits(texts);
        if found.iter().any(|(_, fit)| !matches!(fit, Fit::Scattered(_))) {
            found.retain(|(_, fit)| !matches!(fit, Fit::Scattered(_)));
        }
        found.into_iter().map(|(place, _)| place).collect()
    }

    /// Which of these entries are meant, by their places, in their order: each has a title and more
    /// words, in which those that were typed must stand as they are. By readings all would be found in
    /// a long text.
    #[must_use]
    pub fn meant_with<T, R>(&self, entries: impl IntoIterator<Item = (T, R)>) -> Vec<usize>
    where
        T: AsRef<str>,
        R: AsRef<str>,
    {
        let mut titles = Vec::new();
        let mut meant = Vec::new();
        for (place, (title, rest)) in entries.into_iter().enumerate() {
            let title = folded(title.as_ref());
            if self.takes(&title, &folded(rest.as_ref())) {
                meant.push(place);
            }
            titles.push(title);
        }
        if meant.is_empty() {
            return self.scattered(titles.iter().map(String::as_str).enumerate());
        }
        meant
    }

    /// Whether each word is meant by a title or stands in the other words of its entry; both as
    /// [`folded`] has made them.
    #[must_use]
    pub fn takes(&self, title: &str, rest: &str) -> bool {
        let stands = |word: &Word| word.finder.find(rest.as_bytes()).is_some();
        self.words.iter().all(|word| word.fit(title).is_some() || stands(word))
    }

    /// Which of these texts are meant, by their places, the best first.
    #[must_use]
    pub fn ranked<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> Vec<usize> {
        let mut found = self.fits(texts);
        found.sort_by(|(_, a), (_, b)| b.cmp(a));
        found.into_iter().map(|(place, _)| place).collect()
    }

    /// Which of these folded texts have the letters of the words in the right order: for where
    /// [`Self::fit_folded`] finds nothing.
    #[must_use]
    pub fn scattered<'a>(&self, texts: impl Iterator<Item = (usize, &'a str)>) -> Vec<usize> {
        let mut scattered = Scattered::default();
        let meant = texts.filter(|(_, text)| scattered.fit(self, text).is_some());
        meant.map(|(place, _)| place).collect()
    }

    fn fits<T: AsRef<str>>(&self, texts: impl IntoIterator<Item = T>) -> Vec<(usize, Fit)> {
        let texts = texts.into_iter().enumerate();
        if self.is_empty() {
            return texts.map(|(place, _)| (place, Fit::Start)).collect();
        }
        let mut scattered = Scattered::default();
        let fits = texts.filter_map(|(place, text)| {
            let text = folded(text.as_ref());
            let fit = self.fit_folded(&text).or_else(|| scattered.fit(self, &text))?;
            Some((place, fit))
        });
        fits.collect()
    }
}

impl Word {
    fn fit(&self, text: &str) -> Option<Fit> {
        // Prepared once: this is asked of a hundred thousand titles for every letter.
        let mut places = self.finder.find_iter(text.as_bytes());
        let Some(first) = places.next() else {
            let spoken = self.spoken.as_ref().is_some_and(|spoken| spoken.is_in(text));
            return spoken.then_some(Fit::Spoken);
        };
        if first == 0 {
            return Some(Fit::Start);
        }
        // Of a word that is in a text a thousand times the first places tell enough.
        let begins = |at: usize| {
            let before = text.get(..at).and_then(|text| text.chars().next_back());
            before.is_none_or(|c| !c.is_alphanumeric())
        };
        let word = begins(first) || places.take(8).any(begins);
        Some(if word { Fit::Word } else { Fit::Within })
    }
}

/// Looks for scattered letters; made when they are first needed, for it takes some memory.
#[derive(Default)]
struct Scattered {
    matcher: Option<Matcher>,
    buffer: Vec<char>,
}

impl Scattered {
    fn fit(&mut self, filter: &Filter, text: &str) -> Option<Fit> {
        let text = text.get(..text.char_indices().nth(SHORT).map_or(text.len(), |(at, _)| at))?;
        let matcher = self.matcher.get_or_insert_with(|| Matcher::new(Config::DEFAULT));
        let mut worst = u16::MAX;
        for word in &filter.words {
            if word.chars.len() < 2 {
                return None;
            }
            let needle = if word.text.is_ascii() {
                Utf32Str::Ascii(word.text.as_bytes())
            } else {
                Utf32Str::Unicode(&word.chars)
            };
            let text = Utf32Str::new(text, &mut self.buffer);
            let score = matcher.fuzzy_match(text, needle)?;
            if usize::from(score) < word.chars.len() * WORTH {
                return None;
            }
            worst = worst.min(score);
        }
        Some(Fit::Scattered(worst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHOWS: [&str; 7] = [
        "晚点聊 LateTalk",
        "硅谷早知道",
        "開源與人",
        "重庆森林",
        "Deep Sea Stories",
        "聊晚点",
        "Café Society",
    ];

    fn meant(typed: &str) -> Vec<&'static str> {
        let filter = Filter::new(typed);
        filter.meant(SHOWS).into_iter().map(|place| SHOWS[place]).collect()
    }

    #[test]
    fn words_are_found_as_they_stand_whatever_the_script_width_and_case() {
        assert_eq!(meant("晚点"), ["晚点聊 LateTalk", "聊晚点"]);
        assert_eq!(meant("开源"), ["開源與人"]);
        assert_eq!(meant("與人"), ["開源與人"]);
        assert_eq!(meant("ＬＡＴＥ 晚"), ["晚点聊 LateTalk"]);
        assert_eq!(meant("cafe"), ["Café Society"]);
        assert_eq!(meant(""), SHOWS);
        assert!(meant("没有").is_empty());
    }

    #[test]
    fn chinese_is_found_by_its_readings() {
        assert_eq!(meant("wdl"), ["晚点聊 LateTalk"]);
        assert_eq!(meant("wandian"), ["晚点聊 LateTalk", "聊晚点"]);
        assert_eq!(meant("kyyr"), ["開源與人"]);
        assert_eq!(meant("chongqing"), ["重庆森林"]);
        assert_eq!(meant("wdl late"), ["晚点聊 LateTalk"]);
    }

    #[test]
    fn scattered_letters_count_only_where_nothing_else_does() {
        assert_eq!(meant("dss"), ["Deep Sea Stories"]);
        assert_eq!(meant("dpsea"), ["Deep Sea Stories"]);
        assert_eq!(meant("lt"), ["晚点聊 LateTalk"], "a bend in a word counts as its beginning");
        assert!(meant("eeoe").is_empty(), "letters that are everywhere mean nothing");
        assert_eq!(Filter::new("s").meant(["a b", "soc", "x s"]), [1, 2]);
    }

    #[test]
    fn the_best_come_first_and_equal_ones_stay_in_order() {
        let texts = ["x聊晚点", "a晚", "晚点聊", "wan", "好 晚点", "一晚点"];
        assert_eq!(Filter::new("晚点").ranked(texts), [2, 4, 0, 5]);
        assert_eq!(Filter::new("wan").ranked(texts), [3, 0, 1, 2, 4, 5]);
        assert_eq!(Filter::new("").ranked(texts), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn nothing_that_can_be_typed_does_harm() {
        for typed in ["\"", "*", "AND", "😀", "\0", "\u{202e}", " \u{3000} ", "，。", "%_", "[("]
        {
            let filter = Filter::new(typed);
            assert!(filter.meant(["", "abc", "一二"]).len() <= 3, "{typed:?}");
        }
        let long = "长a".repeat(10_000);
        assert!(Filter::new(&long).meant(SHOWS).is_empty());
        assert_eq!(Filter::new(&long).meant([&long]), [0]);
    }
}
