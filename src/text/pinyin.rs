//! Chinese found by how it is spoken: `wdl`, `wandl` and `wandianliao` all mean 晚点聊; a character
//! with several readings is found by each of them.

use std::collections::HashMap;
use std::sync::LazyLock;

use pinyin::{Pinyin, ToPinyinMulti};

/// The characters that readings are known of here, as in the table of scripts.
const FIRST: u32 = 0x3400;
const LAST: u32 = 0x9fff;

/// Longest word that is looked for, in letters: a bit each, and one for its end.
const LONGEST: usize = 60;

/// Which readings characters have. Thousands of characters share some hundred sets of readings, so
/// that preparing a word costs the sets and not the characters.
struct Readings {
    /// For each character the set of its readings; 0 where none are known.
    set_of: Vec<u16>,
    sets: Vec<Vec<String>>,
}

static READINGS: LazyLock<Readings> = LazyLock::new(|| {
    let mut sets = vec![Vec::new()];
    let mut known: HashMap<Vec<String>, u16> = HashMap::new();
    let set_of = (FIRST..=LAST).map(|code| {
        let Some(readings) = char::from_u32(code).and_then(|c| c.to_pinyin_multi()) else {
            return 0;
        };
        let mut readings: Vec<String> = readings.into_iter().map(plain).collect();
        readings.retain(|reading| !reading.is_empty());
        readings.sort_unstable();
        readings.dedup();
        *known.entry(readings).or_insert_with_key(|readings| {
            sets.push(readings.clone());
            u16::try_from(sets.len() - 1).unwrap_or(0)
        })
    });
    let set_of = set_of.collect();
    Readings { set_of, sets }
});

/// A reading as it is typed: `ü` as `v`, no other marks.
fn plain(reading: Pinyin) -> String {
    let letters = reading.plain().chars().map(|c| match c {
        'ü' => 'v',
        'ê' => 'e',
        c => c,
    });
    letters.filter(char::is_ascii_lowercase).collect()
}

/// How the characters of one set of readings take a word on: bit `n` says that `n` letters of it have
/// been found before.
#[derive(Debug, Clone, Default)]
struct Step {
    /// Where the first letter of a reading comes next.
    initial: u64,
    /// Where a reading comes whole, or its `zh`, `ch`, `sh`; and how many letters that is.
    longer: Vec<(u64, u32)>,
    /// Where all that is left of the word begins a reading.
    ends: u64,
}

/// A word of letters that Chinese is looked for by.
#[derive(Debug, Clone)]
pub(super) struct Spoken {
    /// By set of readings.
    steps: Vec<Step>,
    /// Where each ASCII character comes next in the word.
    letters: [u64; 128],
    /// The same for its other characters.
    others: Vec<(char, u64)>,
    /// The bit of the whole word.
    whole: u64,
    /// It must stand at the beginning: a single letter is in nearly every text.
    at_start: bool,
}

impl Spoken {
    /// Prepares a folded word; `None` if it has no letters that could be a reading.
    pub(super) fn new(word: &str) -> Option<Self> {
        let chars: Vec<char> = word.chars().collect();
        if chars.len() > LONGEST || !word.contains(|c: char| c.is_ascii_lowercase()) {
            return None;
        }
        let mut letters = [0; 128];
        let mut others: Vec<(char, u64)> = Vec::new();
        for (place, c) in chars.iter().enumerate() {
            let bit = 1_u64 << place;
            match letters.get_mut(*c as usize) {
                Some(mask) => *mask |= bit,
                None => match others.iter_mut().find(|(other, _)| other == c) {
                    Some((_, mask)) => *mask |= bit,
                    None => others.push((*c, bit)),
                },
            }
        }
        let steps = READINGS.sets.iter().map(|set| step(&chars, set)).collect();
        Some(Self { steps, letters, others, whole: 1 << chars.len(), at_start: chars.len() == 1 })
    }

    /// Whether a folded text has the word in it, some of it by readings. Marks and spaces between do
    /// not count.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let mut found = 1_u64;
        for c in text.chars() {
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    found = (found & self.letter(c)) << 1;
                } else {
                    continue;
                }
            } else {
                match self.step_of(c) {
                    Some(step) => {
                        if found & step.ends != 0 {
                            return true;
                        }
                        let mut next = (found & (step.initial | self.other(c))) << 1;
                        for (mask, length) in &step.longer {
                            next |= (found & mask) << length;
                        }
                        found = next;
                    }
                    None if c.is_alphanumeric() => found = (found & self.other(c)) << 1,
                    None => continue,
                }
            }
            if found & self.whole != 0 {
                return true;
            }
            if !self.at_start {
                found |= 1;
            } else if found == 0 {
                return false;
            }
        }
        false
    }

    fn letter(&self, c: char) -> u64 {
        self.letters.get(c as usize).copied().unwrap_or(0)
    }

    fn other(&self, c: char) -> u64 {
        self.others.iter().find(|(other, _)| *other == c).map_or(0, |(_, mask)| *mask)
    }

    fn step_of(&self, c: char) -> Option<&Step> {
        let place = u32::from(c).wrapping_sub(FIRST) as usize;
        match READINGS.set_of.get(place).copied() {
            None | Some(0) => None,
            Some(set) => self.steps.get(usize::from(set)),
        }
    }
}

/// How characters with these readings take a word on.
fn step(word: &[char], readings: &[String]) -> Step {
    let mut step = Step::default();
    for place in 0..word.len() {
        let (bit, rest) = (1_u64 << place, word.get(place..).unwrap_or_default());
        for reading in readings {
            let same = reading.chars().zip(rest).take_while(|(a, b)| fits(*a, **b)).count();
            if same == 0 {
                continue;
            }
            step.initial |= bit;
            if same == rest.len() {
                step.ends |= bit;
            }
            if same >= 2 && ["zh", "ch", "sh"].iter().any(|two| reading.starts_with(two)) {
                put(&mut step.longer, bit, 2);
            }
            if same == reading.len() && same >= 2 {
                put(&mut step.longer, bit, same as u32);
            }
        }
    }
    step
}

fn put(longer: &mut Vec<(u64, u32)>, bit: u64, length: u32) {
    match longer.iter_mut().find(|(_, known)| *known == length) {
        Some((mask, _)) => *mask |= bit,
        None => longer.push((bit, length)),
    }
}

/// Whether a letter of a reading is meant by a typed one: `lv` and `lu` both mean lü.
fn fits(of_reading: char, typed: char) -> bool {
    of_reading == typed || (of_reading == 'v' && typed == 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(word: &str, text: &str) -> bool {
        Spoken::new(word).is_some_and(|spoken| spoken.is_in(text))
    }

    #[test]
    fn initials_whole_readings_and_begun_ones_find_chinese() {
        for word in
            ["wdl", "wandian", "wandianliao", "wdian", "wandl", "dianl", "wdli", "w点l", "liao"]
        {
            assert!(finds(word, "vol.3 晚点聊 latetalk"), "{word}");
        }
        for word in ["wld", "wandain", "ldl", "wdlx", "andian", ""] {
            assert!(!finds(word, "vol.3 晚点聊 latetalk"), "{word}");
        }
    }

    #[test]
    fn a_character_is_found_by_each_of_its_readings() {
        for word in ["cq", "zhongqing", "chongqing", "chq", "zq"] {
            assert!(finds(word, "重庆森林"), "{word}");
        }
        assert!(finds("lvxing", "旅行") && finds("luxing", "旅行") && finds("lx", "旅行"));
    }

    #[test]
    fn letters_and_chinese_mix_and_marks_between_do_not_count() {
        assert!(finds("aiss", "用 ai 搜索") && finds("yai", "用 ai 搜索"));
        assert!(finds("wdl", "晚·点 聊"));
        assert!(!finds("123", "一二三") && !finds("晚点", "晚点聊"));
    }

    #[test]
    fn a_single_letter_must_begin_the_text() {
        assert!(finds("w", "晚点聊") && finds("w", "《晚点聊》") && !finds("d", "晚点聊"));
    }

    #[test]
    fn long_words_are_no_readings() {
        assert!(!finds(&"a".repeat(61), &"啊".repeat(80)));
        assert!(finds(&"a".repeat(60), &"啊".repeat(80)));
    }
}
