//! Which language the reader reads.

use crate::lang::Tongue;
use crate::model::Language;

/// The language of the interface, which sites are told as well; `auto` follows the environment as POSIX says, Chinese by default.
#[must_use]
pub fn tongue(language: Language) -> Tongue {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    match (language, named) {
        (Language::English, _) => Tongue::English,
        (Language::Auto, Some(locale)) if locale.starts_with("en") => Tongue::English,
        _ => Tongue::Chinese,
    }
}
