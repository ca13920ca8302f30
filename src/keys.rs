//! Keys to commands: the map is data (the `[keys]` of the configuration), the help is made from the
//! same rows, and two commands never share a key.

mod chord;
mod interpret;

use std::collections::BTreeMap;

pub use chord::Chord;
pub use interpret::interpret;

use crate::app::Command;
use crate::model::KeySettings;

/// Which key gives which command.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyMap {
    chords: BTreeMap<Chord, Command>,
    rows: Vec<(String, Command)>,
}

impl KeyMap {
    /// The map of these settings.
    ///
    /// # Errors
    /// Every problem as a sentence of its own: unknown commands, unknown keys, keys given twice.
    pub fn new(settings: &KeySettings) -> Result<Self, Vec<String>> {
        let mut map = Self::default();
        let mut problems = Vec::new();
        for (name, keys) in settings {
            let Some(command) = Command::named(name) else {
                problems.push(format!("`keys.{name}` is not a command"));
                continue;
            };
            for key in keys {
                let Some(chord) = Chord::parse(key) else {
                    problems.push(format!("`{key}` (of `keys.{name}`) is not a key"));
                    continue;
                };
                if let Some(other) = map.chords.insert(chord, command)
                    && other != command
                {
                    let other = other.name();
                    problems.push(format!("`{key}` is given to both `{other}` and `{name}`"));
                }
            }
        }
        for &command in Command::ALL {
            let keys = settings.get(command.name()).map_or(&[][..], Vec::as_slice);
            map.rows.push((keys.join(" "), command));
        }
        if problems.is_empty() { Ok(map) } else { Err(problems) }
    }

    /// The command of a key.
    #[must_use]
    pub fn command(&self, chord: &Chord) -> Option<Command> {
        self.chords.get(chord).copied()
    }

    /// Rows of the help: keys and command, in the order of the commands.
    #[must_use]
    pub fn rows(&self) -> &[(String, Command)] {
        &self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{self, Tongue};

    #[test]
    fn every_command_has_a_default_key_and_help_in_both_languages() {
        let settings = crate::config::load(None).unwrap();
        let map = KeyMap::new(&settings.keys).unwrap();
        for (keys, command) in map.rows() {
            assert!(!keys.is_empty(), "{} has no key", command.name());
            for tongue in [Tongue::Chinese, Tongue::English] {
                assert!(!lang::command(tongue, command.name()).is_empty(), "{}", command.name());
            }
        }
    }

    #[test]
    fn all_mistakes_in_the_keys_are_named_together() {
        let wrong = [("quit", vec!["q", "qq"]), ("help", vec!["q"]), ("fly", vec!["x"])];
        let settings: KeySettings = wrong
            .into_iter()
            .map(|(name, keys)| (name.to_owned(), keys.into_iter().map(str::to_owned).collect()))
            .collect();
        assert_eq!(KeyMap::new(&settings).unwrap_err().len(), 3);
    }
}
