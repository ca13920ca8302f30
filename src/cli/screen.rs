//! Opening the screen: log, terminal, workers, and everything given back in the end.

use std::io::IsTerminal;
use std::process::ExitCode;

use super::log::{self, Log};
use crate::model::Settings;
use crate::runtime::{self, Places, Services, Trouble};
use crate::term::{self, Screen, Stderr};

/// Opens the screen and runs it until the user leaves.
pub(super) fn open(
    places: &Places,
    settings: Settings,
    opening: Option<String>,
) -> Result<ExitCode, Trouble> {
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Err(Trouble::new(
            "opening the screen: this is not a terminal; `latetalk --help` lists what works without one",
        ));
    }
    if let Some(source) = &opening {
        runtime::Opening::check(source)?;
    }
    log::start(places, Log::Anew)?;
    let tongue = runtime::tongue(settings.ui.language);
    let mouse = settings.ui.mouse;
    let executor = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|err| Trouble::doing("starting the executor", &err))?;
    let (services, library) = Services::start(places.clone(), settings, executor.handle())?;
    let stderr = Stderr::redirect(&places.log)
        .map_err(|err| Trouble::doing("sending noise to the log", &err))?;
    term::restore_on_panic(stderr.try_clone().ok());
    let ended = {
        let screen = Screen::take(mouse);
        let mut screen = screen.map_err(|err| Trouble::doing("taking the terminal", &err))?;
        runtime::run(&services, &mut screen, tongue, opening)
    };
    drop(services);
    // Work under way is let go; what it had put on the library's desk is still done.
    executor.shutdown_timeout(std::time::Duration::from_secs(2));
    if library.join().is_err() {
        tracing::error!("the library's thread panicked");
    }
    drop(stderr);
    ended.map(|()| ExitCode::SUCCESS)
}
