//! Watches the library for what other programs do with it (verbs, another screen), so that this screen
//! shows it. It is woken up by the system and sleeps while nothing is written.

use std::sync::mpsc::Sender;
use std::time::Duration;

use super::{Services, Trouble};
use crate::app::{Event, Msg};
use crate::store::Store;

/// What is written within this time is looked at together.
const TOGETHER: Duration = Duration::from_millis(150);
/// After the screen was told it is left alone for so long, however much is being written.
const PAUSE: Duration = Duration::from_millis(350);
/// How often is looked where the system does not tell of changes.
#[cfg(not(target_os = "linux"))]
const LOOK: Duration = Duration::from_secs(1);

/// Begins to watch; each change by another program is an event. Ends with the session.
pub(super) fn watch_library(services: &Services, inbox: Sender<Msg>) {
    let services = services.clone();
    let handle = services.handle.clone();
    handle.spawn(async move {
        if let Err(why) = watch(&services, &inbox).await {
            tracing::warn!("what other programs change is not seen: {why}");
        }
    });
}

async fn watch(services: &Services, inbox: &Sender<Msg>) -> Result<(), Trouble> {
    let written = Written::begin(services)?;
    let mut seen = services.desk.ask(Store::changes_of_others).await?;
    loop {
        written.wait().await;
        tokio::time::sleep(TOGETHER).await;
        let now = services.desk.ask(Store::changes_of_others).await?;
        if now != seen {
            seen = now;
            if inbox.send(Msg::Event(Event::LibraryChanged)).is_err() {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

/// Tells that somebody, perhaps this program itself, has written to the library.
#[cfg(target_os = "linux")]
struct Written(std::sync::Arc<tokio::sync::Notify>);

#[cfg(target_os = "linux")]
impl Written {
    fn begin(services: &Services) -> Result<Self, Trouble> {
        use rustix::fs::inotify::{CreateFlags, WatchFlags, add_watch, init};
        let fail = |err: std::io::Error| Trouble::doing("watching the library", &err);
        let told = init(CreateFlags::CLOEXEC).map_err(|err| fail(err.into()))?;
        // All that is written goes through the log beside the library, which is there as long as
        // somebody has it open.
        let mut log = services.places.library.clone().into_os_string();
        log.push("-wal");
        add_watch(&told, log, WatchFlags::MODIFY).map_err(|err| fail(err.into()))?;
        let written = std::sync::Arc::new(tokio::sync::Notify::new());
        let wake = std::sync::Arc::downgrade(&written);
        // What it waits for may never come: nobody waits for its end.
        let listen = move || {
            let mut what = [0_u8; 4096];
            while rustix::io::retry_on_intr(|| rustix::io::read(&told, &mut what)).is_ok() {
                let Some(written) = wake.upgrade() else { break };
                written.notify_one();
            }
        };
        std::thread::Builder::new().name("watch".into()).spawn(listen).map_err(fail)?;
        Ok(Self(written))
    }

    async fn wait(&self) {
        self.0.notified().await;
    }
}

/// Elsewhere a look at times has to do.
#[cfg(not(target_os = "linux"))]
struct Written;

#[cfg(not(target_os = "linux"))]
impl Written {
    #[expect(clippy::unnecessary_wraps, reason = "as where the system tells")]
    fn begin(_services: &Services) -> Result<Self, Trouble> {
        Ok(Self)
    }

    async fn wait(&self) {
        tokio::time::sleep(LOOK).await;
    }
}
