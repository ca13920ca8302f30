//! A listener's home: the program in it, without a network, and what its lowest lines say.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::capture::Capture;
use super::pty::Terminal;

/// A home of its own for one walk. What the program keeps there stays from start to start.
pub struct Home {
    dir: TempDir,
}

/// Where the sound of a start goes.
pub enum Sound<'a> {
    /// To the listener.
    Heard(&'a Capture),
    /// Nowhere, at the pace of a sound card.
    Silent,
}

impl Home {
    /// An empty home.
    pub fn new() -> Self {
        Self { dir: TempDir::new().expect("a temporary folder") }
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes its `config.toml`.
    pub fn configure(&self, toml: &str) {
        self.write("config/config.toml", toml);
    }

    /// Writes a file into it; its path.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, bytes).expect("a file");
        path.to_str().expect("a plain path").to_owned()
    }

    /// The variables of a start: this home, and a proxy that is not there, so that only this
    /// machine is ever asked.
    pub fn env(&self, sound: &Sound<'_>) -> Vec<(String, OsString)> {
        let nowhere = "http://127.0.0.1:9";
        let mut env: Vec<(String, OsString)> = vec![
            ("LATETALK_HOME".into(), self.dir.path().into()),
            ("http_proxy".into(), nowhere.into()),
            ("https_proxy".into(), nowhere.into()),
        ];
        match sound {
            Sound::Heard(capture) => env.extend(capture.env()),
            Sound::Silent => env.push(("LATETALK_OUTPUT".into(), "silent".into())),
        }
        env
    }

    /// Starts the program here.
    #[track_caller]
    pub fn start(&self, size: (u16, u16), args: &[&str], sound: &Sound<'_>) -> Terminal {
        Terminal::start(size, args, &self.env(sound))
    }
}

/// The line that says what plays: the third from below.
pub fn player(screen: &str) -> &str {
    screen.rsplit('\n').nth(2).unwrap_or_default()
}

/// The last line: a message, or what is being typed.
pub fn status(screen: &str) -> &str {
    screen.rsplit('\n').next().unwrap_or_default()
}

/// Where playback stands, in whole seconds, as `MM:SS / MM:SS` says it.
pub fn seconds(screen: &str) -> Option<u64> {
    let (before, _) = player(screen).split_once(" / ")?;
    let clock = before.rsplit(' ').next()?;
    clock.split(':').try_fold(0, |all, part| Some(all * 60 + part.parse::<u64>().ok()?))
}
