//! `latetalk`: listen to long podcasts and read what they link to, in a terminal, Chinese first.
//!
//! # Map
//!
//! Keys and workers put messages into one inbox; a pure `update` changes one `State` and returns a
//! list of `Effect`s; one runtime performs them on workers that know nothing of each other; `draw`
//! turns the state into a frame. **Command** = what the user means; **event** = a fact that has
//! already happened outside; **effect** = work asked for, as plain data.
//!
//! ```text
//!             keys                            app (pure)                       runtime
//!  KeyEvent ─────────▶ Command ┐                                    ┌──▶ store      one thread, SQLite
//!  Mouse                       ├─▶ Msg ─▶ update(&mut State, Msg) ──┼──▶ fetch      tokio, bounded
//!  workers  ─────────▶ Event ──┘              │   -> Vec<Effect>    ├──▶ audio      threads of its own
//!     ▲                                       ▼                     ├──▶ sandbox    a child process
//!     │                            ui::draw(&State, &mut Frame)     └──▶ desktop …
//!     └──────────────────────────── Event { ticket, … } ◀────────────────┘
//! ```
//!
//! Understanding, pure (what comes in is hostile, what goes out is bounded and clean):
//! - `model` – the nouns as plain data: show, episode, chapter, snip, transcript, settings
//! - `text` – the one `Document` for all that is read, from HTML, Markdown, plain text; its layout
//! - `kind` – what some bytes are, told by their content
//! - `feed` – RSS, Atom, RSS 1.0, JSON Feed, OPML; feeds that a page points to
//! - `timeline` – chapters from notes, JSON, tags of recordings; which source wins
//! - `transcript` – SRT, WebVTT, JSON, HTML, text to cues
//! - `snipd` – Snipd-style Markdown to an episode with snips and back
//! - `article` – bytes of a page to an article
//!
//! Deciding, pure:
//! - `lang` – the words of the interface, 中文 and English
//! - `app` – `State`, `Msg`, `update`, `Effect`; a file per concern
//! - `keys` – keys to commands; `config` – the settings; `theme` – colours
//! - `ui` – `draw(&State, …)`, a function per pane
//!
//! Doing:
//! - `store` – all SQL; `fetch` – the one HTTP client; `downloads` – the cache of recordings
//! - `audio` – decode, seek, stretch, output; hears nothing of HTTP
//! - `sandbox` – `article`, and the decoding of pictures, in a child process with limits
//! - `welcome` – the embedded show; `desktop` – browser, clipboard; `term` – the terminal, given back
//!   whatever happens
//! - `runtime` – the services that the screen and the verbs share, and the screen's session
//! - `cli` – the verbs
//!
//! Arrows run one way; `tests/architecture.rs` holds the table. Differences from the usual picture:
//! `kind` and `sandbox` are rooms of their own because both the screen and the verbs need them;
//! `ratatui`'s `Rect` is used in `app` as plain data, so that layout is one function for drawing,
//! paging and the mouse; `store` uses `text` so that a search of the library, a filter above a list
//! and a search within a page fold texts in one and the same way.

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
