//! Where configuration, library, recordings and log are.

use std::path::{Path, PathBuf};

use super::Trouble;

/// The folders of one home. They are made when something is first put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    /// `config.toml`.
    pub config: PathBuf,
    /// The library (`library.db`).
    pub library: PathBuf,
    /// Recordings kept for offline use.
    pub downloads: PathBuf,
    /// What was learned of recordings elsewhere on the disk; may be removed at any time.
    pub indexes: PathBuf,
    /// Pictures of texts; may be removed at any time.
    pub pictures: PathBuf,
    /// The log.
    pub log: PathBuf,
    /// Notes written by the export key.
    pub notes: PathBuf,
    /// Pages written as Markdown.
    pub articles: PathBuf,
}

impl Places {
    /// The places under `home` (portable use, tests), or those of the platform (XDG on Linux).
    ///
    /// # Errors
    /// When neither is known, as without `$HOME`.
    pub fn find(home: Option<&Path>) -> Result<Self, Trouble> {
        if let Some(home) = home {
            let data = home.join("data");
            return Ok(Self::under(&home.join("config"), &data, &home.join("cache")));
        }
        let dirs = directories::ProjectDirs::from("", "", "latetalk").ok_or_else(|| {
            Trouble::new("no home folder is known: set HOME, or name a folder with --home")
        })?;
        Ok(Self::under(dirs.config_dir(), dirs.data_dir(), dirs.cache_dir()))
    }

    /// The same with notes and articles in the folder of the settings; empty changes nothing, `~` is the user's
    /// home.
    ///
    /// # Errors
    /// When `~` is used and no home is known.
    pub(super) fn with_notes(mut self, folder: &str) -> Result<Self, Trouble> {
        let under_home = folder.strip_prefix("~/").or((folder == "~").then_some(""));
        match under_home {
            Some(rest) => {
                let dirs = directories::BaseDirs::new().ok_or_else(|| {
                    Trouble::new("no home folder is known for `library.notes_folder`: set HOME")
                })?;
                self.notes = dirs.home_dir().join(rest);
            }
            None if folder.is_empty() => return Ok(self),
            None => self.notes = PathBuf::from(folder),
        }
        self.articles.clone_from(&self.notes);
        Ok(self)
    }

    fn under(config: &Path, data: &Path, cache: &Path) -> Self {
        Self {
            config: config.join("config.toml"),
            library: data.join("library.db"),
            downloads: data.join("downloads"),
            notes: data.join("notes"),
            articles: data.join("articles"),
            indexes: cache.join("indexes"),
            pictures: cache.join("pictures"),
            log: cache.join("latetalk.log"),
        }
    }
}
