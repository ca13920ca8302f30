//! What the screen and the verbs share: the library, the network, the cache of recordings.

use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::{Desk, Places, Trouble, tongue};
use crate::downloads::{Downloads, Tuning};
use crate::fetch::Client;
use crate::lang::Tongue;
use crate::model::{Language, Settings, UnixSeconds};

/// The workers behind one home. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Where things are.
    pub places: Places,
    /// The settings.
    pub settings: Settings,
    /// The library.
    pub desk: Desk,
    /// The network.
    pub client: Client,
    /// The cache of recordings.
    pub downloads: Downloads,
    /// The executor of network work.
    pub handle: tokio::runtime::Handle,
    /// This program, to run extraction in a child process.
    pub program: PathBuf,
}

impl Services {
    /// Starts the workers. The returned thread ends once every clone of the services is gone.
    ///
    /// # Errors
    /// When the library, the network client or the cache cannot be set up.
    pub fn start(
        places: Places,
        settings: Settings,
        handle: &tokio::runtime::Handle,
    ) -> Result<(Self, JoinHandle<()>), Trouble> {
        let places = places.with_notes(&settings.library.notes_folder)?;
        let client = Client::new(&settings.network)
            .map_err(|err| Trouble::doing("setting up the network", &err))?;
        for login in super::logins::kept(&places) {
            client.log_in(login);
        }
        client.read_in(match tongue(settings.ui.language) {
            Tongue::Chinese => Language::Chinese,
            Tongue::English => Language::English,
        });
        // A read that waits for bytes comes back every second, so that a seek is never held up.
        let tuning = Tuning { stall: Duration::from_secs(1), ..Tuning::default() };
        let folder = places.downloads.clone();
        let downloads = Downloads::with_tuning(folder, client.clone(), handle.clone(), tuning)
            .map_err(|err| Trouble::doing("setting up the downloads", &err))?;
        let program = std::env::current_exe()
            .map_err(|err| Trouble::doing("finding the program itself", &err))?;
        let (desk, thread) = Desk::open(&places.library)?;
        let handle = handle.clone();
        Ok((Self { places, settings, desk, client, downloads, handle, program }, thread))
    }
}

/// The time now.
#[must_use]
pub(crate) fn now() -> UnixSeconds {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
