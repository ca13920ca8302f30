//! Copies of the library: weekly ones by themselves, and one file that carries everything but media to
//! another machine.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use super::services::now;
use super::{Places, Services, Trouble};
use crate::app::{Event, Msg};
use crate::lang::Notice;
use crate::model::UnixSeconds;
use crate::store::{Copied, Salvaged, Store, StoreError, backups, backups_of, prune_backups};

/// A backup is made when the newest one is older.
const WEEK: u64 = 7 * 86_400;
/// The screen has been there for so long before a backup is made.
const LATER: Duration = Duration::from_secs(5);

/// What `restore` brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brought {
    /// What the library holds now.
    pub holds: Copied,
    /// Where the library from before is.
    pub before: Option<PathBuf>,
    /// The settings came along.
    pub settings: bool,
    /// Where the settings from before are, if they were others.
    pub settings_before: Option<PathBuf>,
}

/// Looks after the library once the screen is there: mends what can be made again, makes the weekly backup.
/// What fails is told and changes nothing else.
pub(super) fn look_after(services: &Services, inbox: Sender<Msg>) {
    let services = services.clone();
    let handle = services.handle.clone();
    handle.spawn(async move {
        tokio::time::sleep(LATER).await;
        let (library, keep) = (services.places.library.clone(), services.settings.library.backups);
        let work = move || keep_weekly(&library, keep, now());
        let done = tokio::task::spawn_blocking(work).await;
        let why = match done {
            Ok(Ok(())) => return,
            Ok(Err(why)) => Trouble::from(why),
            Err(err) => Trouble::doing("making the weekly backup", &err),
        };
        tracing::warn!("the weekly backup: {why}");
        // The session may have ended already.
        let _ = inbox.send(Msg::Event(Event::Notice(Notice::Failed(why.to_string()))));
    });
}

/// Makes a backup if none of this week is there, and mends on the way what can be made again.
fn keep_weekly(library: &Path, keep: u32, now: UnixSeconds) -> Result<(), StoreError> {
    let folder = backups_of(library);
    let newest = backups(&folder).first().map(|backup| backup.made);
    // The clock may have been wrong when the newest one was made.
    if keep == 0 || newest.is_some_and(|made| now.abs_diff(made) < WEEK) {
        return Ok(());
    }
    let store = Store::open(library)?;
    if let Some(why) = store.quick_check()? {
        return Err(StoreError::Broken(why));
    }
    let mended = store.mend()?;
    if mended != crate::store::Mended::default() {
        tracing::info!("mended in the library: {mended:?}");
    }
    drop(store);
    Store::back_up(library, &folder, now)?;
    prune_backups(&folder, usize::try_from(keep).unwrap_or(usize::MAX));
    Ok(())
}

/// Writes everything but media to a file; what it holds, and its size.
///
/// # Errors
/// When the library is damaged, or the file cannot be written.
pub fn pack_up(places: &Places, file: &Path) -> Result<(Copied, u64), Trouble> {
    // An older library is brought up to date first; one that is not there yet is an empty one.
    drop(Store::open(&places.library)?);
    let settings = std::fs::read_to_string(&places.config).ok();
    let holds = Store::pack_up(&places.library, file, settings.as_deref())?;
    let bytes = std::fs::metadata(file).map_or(0, |file| file.len());
    Ok((holds, bytes))
}

/// Brings back what a file holds. Settings that are here already are kept beside those that come.
///
/// # Errors
/// When the file is no library or one of a newer version, or nothing can be written.
pub fn bring_back(places: &Places, file: &Path, now: UnixSeconds) -> Result<Brought, Trouble> {
    let downloads = places.downloads.clone();
    let is_here = move |name: &str| {
        let plain = !name.is_empty() && !name.contains(['/', '\\']) && name != "..";
        plain && downloads.join(name).is_file()
    };
    let restored = Store::restore(&places.library, file, now, is_here)?;
    let mut brought = Brought {
        holds: restored.holds,
        before: restored.before,
        settings: false,
        settings_before: None,
    };
    let Some(settings) = restored.settings else { return Ok(brought) };
    let fail = |err: std::io::Error| {
        let doing = format!("the library is restored; writing {}", places.config.display());
        Trouble::doing(&doing, &err)
    };
    match std::fs::read_to_string(&places.config) {
        Ok(own) if own == settings => return Ok(brought),
        Ok(_) => {
            let aside = places.config.with_file_name(format!("config.before-restore-{now}.toml"));
            std::fs::rename(&places.config, &aside).map_err(fail)?;
            brought.settings_before = Some(aside);
        }
        Err(_) => {}
    }
    if let Some(folder) = places.config.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    std::fs::write(&places.config, settings).map_err(fail)?;
    brought.settings = true;
    Ok(brought)
}

/// Mends the library: what can be made again in place, a damaged file by salvaging it. `None` if it was
/// whole.
///
/// # Errors
/// When nothing can be read or written.
pub fn repair(places: &Places, now: UnixSeconds) -> Result<Option<Salvaged>, Trouble> {
    let damaged = match Store::open(&places.library) {
        Ok(store) => match store.check() {
            Ok(found) if found.is_empty() => return Ok(None),
            Ok(_) if store.quick_check().is_ok_and(|found| found.is_none()) => {
                store.mend()?;
                store.check().map_or(true, |found| !found.is_empty())
            }
            _ => true,
        },
        Err(StoreError::Damaged { .. } | StoreError::Broken(_)) => true,
        Err(other) => return Err(other.into()),
    };
    if !damaged {
        return Ok(None);
    }
    Ok(Some(Store::salvage(&places.library, now)?))
}
