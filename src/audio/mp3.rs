//! MP3 with an index of our own: a demuxer that trusts no header further than it can see.
//!
//! Podcasts are stitched together from pieces with their own headers, so neither the first
//! Xing header nor the first bit rate says anything about the whole. Every frame is looked at
//! once, as far as needed, and its byte offset kept; then every seek is exact.

mod guess;
mod header;
mod index;
mod island;
mod memo;
mod tags;
mod track;
mod window;

pub(crate) use index::followed;
pub(crate) use tags::tag_len;
pub(crate) use track::Mp3Track;
pub(crate) use window::Window;
