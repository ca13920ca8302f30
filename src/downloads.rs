//! The offline cache of recordings: one file that is stream, download and cache, resumed and
//! verified.
//!
//! Until a recording is whole it is `KEY.part`, with holes, beside `KEY.json`, which says which bytes are
//! there and of which version. Whole it is `SHOW/DATE TITLE.EXT`, and `.kept/KEY.json` says so, or
//! `KEY.EXT` where nobody has a name for it. Downloads and streams of the
//! same recording share one filler, which asks for what the play head needs first and for the rest
//! afterwards. Bytes of two versions are never mixed: whatever comes twice is compared.

mod answer;
mod asking;
mod cancel;
mod error;
mod fill;
mod folder;
mod intervals;
mod inventory;
mod job;
mod keeping;
mod memo;
mod names;
mod pace;
mod part;
mod place;
mod record;
mod recording;
mod sniff;
mod space;
mod stream;
mod tuning;
mod turn;
mod writing;

pub use cancel::CancelFlag;
pub use error::DownloadError;
pub use folder::Downloads;
pub use inventory::{Held, Swept};
pub use job::{Finished, Job, Progress};
pub use memo::Memo;
pub use place::Place;
pub use stream::{Canceller, Stream};
pub use tuning::Tuning;
