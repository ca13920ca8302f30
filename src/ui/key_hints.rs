//! Hints that name keys: in the words of the screen a command stands in braces, on the screen the key
//! that it is bound to now.

use crate::app::{Command, State};
use crate::text::{Ambiguous, width};

/// What parts the hints of a line from each other.
const PART: &str = "   ";

/// Puts keys in the place of commands. Of a line of several hints those are left out whose command
/// has no key; elsewhere such a command stands as it is typed in the palette.
pub(super) fn fill(state: &State, words: &str) -> String {
    if !words.contains('{') {
        return words.to_owned();
    }
    let parts: Vec<&str> = words.split(PART).collect();
    let line = parts.len() > 1;
    let filled = parts.iter().filter_map(|part| fill_part(state, part, line));
    filled.collect::<Vec<_>>().join(PART)
}

/// A line of hints in so many columns: what does not fit goes, the last one (how to leave, or where to
/// find the rest) as the last of all.
pub(super) fn fit(line: &str, room: u16, ambiguous: Ambiguous) -> String {
    let mut parts: Vec<&str> = line.split(PART).collect();
    while parts.len() > 1 && width(&parts.join(PART), ambiguous) > usize::from(room) {
        parts.remove(parts.len().saturating_sub(2));
    }
    parts.join(PART)
}

/// One hint; `None` if it names only commands without keys and may be left out.
fn fill_part(state: &State, part: &str, optional: bool) -> Option<String> {
    let mut out = String::new();
    let (mut named, mut known) = (0, 0);
    let mut rest = part;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, after)| Some((before, after.split_once('}')?)))
    {
        named += 1;
        out.push_str(before);
        match key(state, name) {
            Some(key) => {
                known += 1;
                out.push_str(&key);
            }
            None if optional => {}
            None => {
                out.push(':');
                out.push_str(name);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    let out = out.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    (!optional || named == 0 || known > 0).then_some(out)
}

/// The first key of a command as it is printed on keyboards.
pub(super) fn key(state: &State, name: &str) -> Option<String> {
    let command = Command::named(name)?;
    let keys = &state.bindings.iter().find(|(_, bound)| *bound == command)?.0;
    keys.split_whitespace().next().map(printed)
}

fn printed(key: &str) -> String {
    let sign = match key {
        "up" => "↑",
        "down" => "↓",
        "left" => "←",
        "right" => "→",
        _ if key.chars().count() == 1 => key,
        _ => {
            let parts = key.split('-').filter(|part| !part.is_empty());
            let named = parts.map(|part| match part.chars().count() {
                1 => part.to_owned(),
                _ => capital(part),
            });
            return named.collect::<Vec<_>>().join("-");
        }
    };
    sign.to_owned()
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{self, Notice, Tongue, Word, word};

    fn state(bindings: &[(&str, Command)]) -> State {
        let settings = crate::config::load(None).unwrap();
        let (mut state, _) = State::new(settings, Tongue::English, (80, 24));
        state.bindings =
            bindings.iter().map(|(keys, command)| ((*keys).to_owned(), *command)).collect();
        state
    }

    #[test]
    fn hints_name_the_keys_that_are_bound_now() {
        let state = state(&[
            ("enter ctrl-j", Command::Open),
            ("w", Command::Down),
            ("", Command::Up),
            ("", Command::Delete),
        ]);
        let hint = "{down} {up} choose   {open} open   {delete} delete   type to find";
        assert_eq!(fill(&state, hint), "w choose   Enter open   type to find");
        assert_eq!(fill(&state, "Press {open} or {delete}."), "Press Enter or :delete.");
        assert_eq!(fill(&state, "a {brace"), "a {brace");
    }

    #[test]
    fn where_there_is_little_room_the_way_out_stays() {
        let line = "Enter 播放   / 筛选   x 跳过   Esc 关闭";
        let fitted = |room| fit(line, room, Ambiguous::Narrow);
        assert_eq!(fitted(60), line);
        assert_eq!(fitted(34), "Enter 播放   / 筛选   Esc 关闭");
        assert_eq!((fitted(12), fitted(0)), ("Esc 关闭".to_owned(), "Esc 关闭".to_owned()));
    }

    #[test]
    fn keys_are_named_as_on_keyboards() {
        for (key, named) in [("f1", "F1"), ("ctrl-s", "Ctrl-s"), ("shift-tab", "Shift-Tab")] {
            assert_eq!(printed(key), named);
        }
        assert_eq!(
            (printed("-"), printed("up"), printed("S")),
            ("-".into(), "↑".into(), "S".into())
        );
    }

    #[test]
    fn messages_name_the_keys_that_are_bound_now() {
        let state = state(&[("w", Command::Snip), ("ctrl-n", Command::NextLink)]);
        let said = |notice: &Notice| {
            assert!(notice.names_keys());
            fill(&state, &lang::say(Tongue::English, notice))
        };
        assert_eq!(said(&Notice::NoSnip), "there is no snip yet: w keeps what was just heard");
        let article = "open an article first: Ctrl-n chooses a link, :open opens";
        assert_eq!(said(&Notice::NoArticle), article);
        for notice in [Notice::Seeking, Notice::OnlyEstimated] {
            assert!(!said(&notice).contains('{'), "{notice:?}");
        }
        let title = Notice::Downloaded("{snip}".to_owned());
        assert!(!title.names_keys(), "a title stays as it is");
    }

    #[test]
    fn every_command_in_the_words_is_one() {
        for &which in Word::ALL {
            for tongue in [Tongue::Chinese, Tongue::English] {
                for part in word(tongue, which).split('{').skip(1) {
                    let name = part.split('}').next().unwrap();
                    assert!(Command::named(name).is_some(), "{which:?}: {name}");
                }
            }
        }
    }
}
