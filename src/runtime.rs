//! The only impure glue: the services (library, network, cache) that the screen and the verbs share,
//! and the session that runs the screen: inbox, effects, frames, orderly shutdown.

mod article;
mod chapters;
mod desk;
mod download;
mod episode;
mod first_start;
mod note;
mod note_folder;
mod note_name;
mod opening;
mod perform;
mod places;
mod recording;
mod refresh;
mod services;
mod session;
mod sound;
mod source;
mod subscribe;
mod tags;
mod transcript;
mod trouble;

pub use article::{Read, body_of, read_article};
pub use chapters::{FoundChapters, Reach, chapters_of, find_chapters};
pub use desk::Desk;
pub(crate) use download::with_feed;
pub use download::{download, remove_download};
pub use episode::{notes_document, open_episode};
pub(crate) use note::write_whole;
pub use note::{Imported, export_note, import_text};
pub use note_folder::{NoteFolder, NoteStatus, WrittenNote, write_note};
pub use opening::Opening;
pub use places::Places;
pub use recording::{Complain, media, media_of_file, media_of_url};
pub use refresh::{Refreshed, ShowRefresh, refresh};
pub use services::Services;
pub(crate) use services::now;
pub use session::run;
pub(crate) use sound::{output, strength};
pub use source::{Fetched, read_source};
pub(crate) use source::{as_url, path_of, read_file};
pub use subscribe::{Subscription, subscribe};
pub use tags::embedded_chapters;
pub use transcript::{transcript_beside, transcript_of};
pub use trouble::Trouble;
