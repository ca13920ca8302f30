//! The words of the interface in 中文 and English. The state holds keys and values, never sentences.

mod commands;
mod downloads;
mod help;
mod notice;
mod offline;
mod order;
mod page;
mod sleep;
mod sound;
mod words;

pub use commands::command;
pub use downloads::{room, size, time_left};
pub use help::help;
pub use notice::{Notice, say, source_name};
pub use offline::{age, summary};
pub use order::{
    filter_problem, length_name, order_mark, order_name, show_order_mark, show_order_name,
};
pub use order::{state_name, taken_back};
pub use page::{copy_of, found, minutes_left, offer, problem};
pub use sleep::{SleepNotice, sleep_name, sleep_short};
pub use sound::{aspect_about, aspect_name, scope_name, trim_name, value_name};
pub use words::{Word, word};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tongue {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Tongue {
    /// The one of two texts that is in this language.
    pub(crate) fn pick(self, chinese: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Chinese => chinese,
            Self::English => english,
        }
    }
}
