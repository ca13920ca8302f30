//! The small language of filters on episodes: `is:unplayed tag:科技 <60m 开源`. All terms must hold.

use super::Millis;

/// What a filter asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// All of these must hold.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// It must not hold.
    pub not: bool,
    /// What is asked for.
    pub what: What,
}

/// What one condition asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The episode is in this state.
    Is(Is),
    /// Its show has this tag, or one that begins so.
    Tag(String),
    /// The title of its show has these words.
    Show(String),
    /// It is longer than this.
    Longer(Millis),
    /// It is shorter than this.
    Shorter(Millis),
    /// Its title, or that of its show, has this.
    Text(String),
}

/// States of an episode that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Is {
    /// Not begun.
    New,
    /// Not heard to the end.
    Unplayed,
    /// Heard to the end.
    Played,
    /// Begun and not heard to the end.
    InProgress,
    /// The recording is on this machine.
    Downloaded,
    /// A snip was taken from it.
    Snipped,
    /// Starred.
    Starred,
    /// Put away, or its show was.
    Archived,
    /// In the queue.
    Queued,
}

/// Why a filter is not understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilterProblem {
    /// `is:` with a word that is no state, or with none.
    NoState(String),
    /// `<` or `>` with something that is no length.
    NoLength(String),
    /// A condition without its value: its name.
    NoValue(String),
}

/// The words for states, the ones that are shown first.
const STATES: &[(&str, Is)] = &[
    ("new", Is::New),
    ("unplayed", Is::Unplayed),
    ("heard", Is::Played),
    ("progress", Is::InProgress),
    ("downloaded", Is::Downloaded),
    ("snips", Is::Snipped),
    ("starred", Is::Starred),
    ("archived", Is::Archived),
    ("queued", Is::Queued),
    ("unheard", Is::Unplayed),
    ("played", Is::Played),
    ("started", Is::InProgress),
    ("snipped", Is::Snipped),
    ("新", Is::New),
    ("未听", Is::Unplayed),
    ("没听", Is::Unplayed),
    ("已听", Is::Played),
    ("听过", Is::Played),
    ("在听", Is::InProgress),
    ("已下载", Is::Downloaded),
    ("下载", Is::Downloaded),
    ("摘录", Is::Snipped),
    ("有摘录", Is::Snipped),
    ("星", Is::Starred),
    ("加星", Is::Starred),
    ("收起", Is::Archived),
    ("队列", Is::Queued),
];

impl Is {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::New,
        Self::Unplayed,
        Self::Played,
        Self::InProgress,
        Self::Downloaded,
        Self::Snipped,
        Self::Starred,
        Self::Archived,
        Self::Queued,
    ];

    /// The word that asks for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        STATES.iter().find(|(_, is)| *is == self).map_or("", |(word, _)| word)
    }

    fn named(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        STATES.iter().find(|(name, _)| *name == word).map(|(_, is)| *is)
    }
}

impl Wanted {
    /// Reads a filter: `is:unplayed`, `tag:科技` or `#科技`, `show:晚点`, `<60m`, `>2h`, `*` for starred
    /// ones; `-` before any of them turns it round; all else is text. Values with spaces stand in
    /// quotation marks.
    ///
    /// # Errors
    /// The first condition that makes no sense.
    pub fn read(text: &str) -> Result<Self, FilterProblem> {
        let terms = pieces(text).into_iter().map(|piece| term(&piece));
        Ok(Self { terms: terms.collect::<Result<_, _>>()? })
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether this state is asked for, or asked to be left out.
    #[must_use]
    pub fn speaks_of(&self, is: Is) -> bool {
        self.terms.iter().any(|term| term.what == What::Is(is))
    }
}

/// A tag as a filter asks for it.
#[must_use]
pub fn asks_for_tag(tag: &str) -> String {
    let tag = tag.replace('"', "");
    if tag.contains(char::is_whitespace) { format!("tag:\"{tag}\"") } else { format!("tag:{tag}") }
}

/// Parts a filter at white space that does not stand between quotation marks.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    for letter in text.chars() {
        match letter {
            '"' | '“' | '”' => quoted = !quoted,
            _ if letter.is_whitespace() && !quoted => pieces.push(String::new()),
            _ => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(letter);
                }
            }
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn term(piece: &str) -> Result<Term, FilterProblem> {
    let bare = piece.strip_prefix('-').filter(|rest| !rest.is_empty());
    Ok(Term { not: bare.is_some(), what: what(bare.unwrap_or(piece))? })
}

fn what(piece: &str) -> Result<What, FilterProblem> {
    if matches!(piece, "*" | "★" | "＊") {
        return Ok(What::Is(Is::Starred));
    }
    if let Some(tag) = piece.strip_prefix(['#', '＃']) {
        return valued(tag, "#").map(What::Tag);
    }
    if let Some(length) = piece.strip_prefix(['<', '＜']) {
        return length_of(length).map(What::Shorter);
    }
    if let Some(length) = piece.strip_prefix(['>', '＞']) {
        return length_of(length).map(What::Longer);
    }
    let Some((name, value)) = piece.split_once([':', '：']) else {
        return Ok(What::Text(piece.to_owned()));
    };
    match name.to_lowercase().as_str() {
        "is" | "状态" => {
            Is::named(value).map(What::Is).ok_or_else(|| FilterProblem::NoState(value.to_owned()))
        }
        "tag" | "标签" => valued(value, name).map(What::Tag),
        "show" | "节目" => valued(value, name).map(What::Show),
        _ => Ok(What::Text(piece.to_owned())),
    }
}

fn valued(value: &str, name: &str) -> Result<String, FilterProblem> {
    if value.is_empty() {
        Err(FilterProblem::NoValue(name.to_owned()))
    } else {
        Ok(value.to_owned())
    }
}

/// `30m`, `2h`, `1h30m`, `90` (minutes), `1:30:00`, `30分钟`, `2小时`.
fn length_of(text: &str) -> Result<Millis, FilterProblem> {
    let problem = || FilterProblem::NoLength(text.to_owned());
    if text.contains(':') {
        return super::parse_time(text).ok_or_else(problem);
    }
    let (mut all, mut number, mut parts) = (0_u64, String::new(), 0);
    let mut rest = text.trim_end_matches("钟").chars().peekable();
    while let Some(letter) = rest.next() {
        if letter.is_ascii_digit() || letter == '.' {
            number.push(letter);
            continue;
        }
        let unit = match letter.to_ascii_lowercase() {
            'h' | '时' => 3_600_000.0,
            '小' if rest.next_if_eq(&'时').is_some() => 3_600_000.0,
            'm' | '分' => 60_000.0,
            's' | '秒' => 1_000.0,
            _ => return Err(problem()),
        };
        all = all.saturating_add(part(&std::mem::take(&mut number), unit).ok_or_else(problem)?);
        parts += 1;
    }
    if !number.is_empty() {
        all = all.saturating_add(part(&number, 60_000.0).ok_or_else(problem)?);
        parts += 1;
    }
    if parts == 0 { Err(problem()) } else { Ok(all) }
}

/// So many of a unit in ms; at most a year, which is more than any recording.
fn part(number: &str, unit: f64) -> Option<Millis> {
    const YEAR: f64 = 365.0 * 86_400_000.0;
    let count: f64 = number.parse().ok()?;
    Some((count * unit).clamp(0.0, YEAR) as Millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Term> {
        Wanted::read(text).unwrap().terms
    }

    fn one(text: &str) -> What {
        let terms = read(text);
        assert_eq!(terms.len(), 1, "{text}");
        terms.into_iter().next().unwrap().what
    }

    #[test]
    fn conditions_and_words_stand_side_by_side() {
        let terms = read("is:unplayed  tag:科技 <60m 开源 -show:\"Slow Trains\" ");
        let what: Vec<_> = terms.iter().map(|term| (term.not, term.what.clone())).collect();
        let text = |text: &str| text.to_owned();
        let expected = [
            (false, What::Is(Is::Unplayed)),
            (false, What::Tag(text("科技"))),
            (false, What::Shorter(3_600_000)),
            (false, What::Text(text("开源"))),
            (true, What::Show(text("Slow Trains"))),
        ];
        assert_eq!(what, expected);
        assert!(Wanted::read(" \t ").unwrap().is_empty());
    }

    #[test]
    fn lengths_are_written_as_people_write_them() {
        for (text, minutes) in [
            (">90", 90),
            (">2h", 120),
            (">1h30m", 90),
            (">1:30:00", 90),
            (">45分钟", 45),
            (">2小时", 120),
            ("＞1.5h", 90),
            (">0", 0),
        ] {
            assert_eq!(one(text), What::Longer(minutes * 60_000), "{text}");
        }
        for text in ["<", "<soon", ">h", "<1.2.3m", "<5x", ">::"] {
            assert!(matches!(Wanted::read(text), Err(FilterProblem::NoLength(_))), "{text}");
        }
        assert!(matches!(one(">99999999999999999999h"), What::Longer(ms) if ms > 0));
    }

    #[test]
    fn every_state_has_its_word_in_both_languages() {
        for is in Is::ALL {
            assert_eq!(one(&format!("is:{}", is.word())), What::Is(is));
            let chinese = STATES.iter().any(|(word, other)| *other == is && !word.is_ascii());
            assert!(chinese, "{is:?}");
        }
        assert_eq!(one("IS：已听"), What::Is(Is::Played));
        assert_eq!(one("*"), What::Is(Is::Starred));
    }

    #[test]
    fn what_makes_no_sense_is_named_and_all_else_is_text() {
        let problem = |text: &str| Wanted::read(text).unwrap_err();
        assert_eq!(problem("is:loud"), FilterProblem::NoState("loud".to_owned()));
        assert_eq!(problem("is:"), FilterProblem::NoState(String::new()));
        assert_eq!(problem("tag:"), FilterProblem::NoValue("tag".to_owned()));
        assert_eq!(problem("x #"), FilterProblem::NoValue("#".to_owned()));
        for text in ["-", "12:30", "Q&A:", "%_'", "issue"] {
            assert_eq!(one(text), What::Text(text.to_owned()));
        }
    }

    #[test]
    fn a_tag_with_spaces_is_asked_for_in_quotation_marks() {
        for tag in ["科技", "long talks"] {
            assert_eq!(one(&asks_for_tag(tag)), What::Tag(tag.to_owned()));
        }
    }
}
