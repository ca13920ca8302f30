//! `latetalk`: listen to long podcasts and read what they link to, in a terminal.

pub mod article;
pub mod audio;
pub mod downloads;
pub mod feed;
pub mod fetch;
pub mod kind;
pub mod model;
pub mod sandbox;
pub mod snipd;
pub mod store;
pub mod text;
pub mod timeline;
pub mod transcript;
pub mod welcome;
