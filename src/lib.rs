//! `latetalk`: listen to long podcasts and read what they link to, in a terminal.

pub mod app;
pub mod article;
pub mod audio;
pub mod cli;
pub mod config;
pub mod desktop;
pub mod downloads;
pub mod feed;
pub mod fetch;
pub mod keys;
pub mod kind;
pub mod lang;
pub mod model;
pub mod runtime;
pub mod sandbox;
pub mod snipd;
pub mod store;
pub mod term;
pub mod text;
pub mod theme;
pub mod timeline;
pub mod transcript;
pub mod ui;
pub mod welcome;
