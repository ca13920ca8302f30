//! What every verb is given: where the home is, how to print, the services when they are needed.

use std::path::PathBuf;
use std::time::Duration;

use super::failure::Failure;
use super::log::{self, Log};
use super::output::Output;
use crate::config;
use crate::model::Settings;
use crate::runtime::{Places, Services, Trouble};

/// One call of the program.
#[derive(Debug)]
pub(super) struct Context {
    home: Option<PathBuf>,
    /// How to print.
    pub(super) out: Output,
}

impl Context {
    /// `home` as given by `--home`; without it `LATETALK_HOME` counts, unless it is empty.
    pub(super) fn new(home: Option<PathBuf>, json: bool) -> Self {
        let named = || std::env::var_os("LATETALK_HOME").filter(|name| !name.is_empty());
        let home = home.or_else(|| named().map(PathBuf::from));
        // Paths that are printed lead there from everywhere.
        let home = home.map(|home| std::path::absolute(&home).unwrap_or(home));
        Self { home, out: Output::new(json) }
    }

    /// The folders.
    pub(super) fn places(&self) -> Result<Places, Trouble> {
        Places::find(self.home.as_deref())
    }

    /// The settings of this home.
    pub(super) fn settings(&self) -> Result<Settings, Trouble> {
        settings(&self.places()?)
    }

    /// Does `work` with the library and the network. When this returns, everything that was written
    /// is on disk.
    pub(super) fn with_services<T>(
        &self,
        work: impl AsyncFnOnce(Services) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        self.with_settings(self.settings()?, work)
    }

    /// The same with settings of the caller's choice.
    pub(super) fn with_settings<T>(
        &self,
        settings: Settings,
        work: impl AsyncFnOnce(Services) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let executor = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|err| Trouble::doing("starting the executor", &err))?;
        let places = self.places()?;
        // A verb does its work also where no log can be written.
        let _ = log::start(&places, Log::Added);
        let (services, library) = Services::start(places, settings, executor.handle())?;
        let done = executor.block_on(work(services));
        // What still runs there is not waited for: nobody would see what comes of it.
        executor.shutdown_timeout(Duration::from_secs(2));
        if library.join().is_err() {
            return Err(Trouble::new("writing the library: its thread broke down").into());
        }
        done
    }
}

/// The settings of a home.
fn settings(places: &Places) -> Result<Settings, Trouble> {
    let user = match std::fs::read_to_string(&places.config) {
        Ok(text) => Some(text),
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => None,
        Err(err) => {
            let doing = format!("reading {}", places.config.display());
            return Err(Trouble::doing(&doing, &err));
        }
    };
    config::load(user.as_deref()).map_err(|problems| {
        let path = places.config.display();
        Trouble::new(format!("the configuration {path} has mistakes: {}", problems.join("; ")))
    })
}
