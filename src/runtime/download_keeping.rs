//! Recordings go when there is too much of them, and come by themselves where that is wanted.

use super::services::now;
use super::{Services, Trouble, recording};
use crate::model::EpisodeId;

/// What went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tidied {
    /// The episodes.
    pub gone: Vec<EpisodeId>,
    /// Bytes that are free now.
    pub bytes: u64,
}

/// Lets go of the recordings that are over the limits of the settings. What plays stays.
///
/// # Errors
/// When the library cannot be used.
pub async fn tidy(services: &Services, playing: Option<EpisodeId>) -> Result<Tidied, Trouble> {
    let limits = services.settings.library.limits();
    let all = services.desk.ask(crate::store::Store::kept_recordings).await?;
    let mut tidied = Tidied::default();
    if !limits.is_any(&all) {
        return Ok(tidied);
    }
    for id in limits.what_goes(&all, playing, now()) {
        if let Err(why) = services.downloads.remove(&recording::key(id)) {
            tracing::warn!("letting go of a recording: {why}");
            continue;
        }
        let bytes = all.iter().find(|one| one.id == id).map_or(0, |one| one.bytes);
        tidied.bytes = tidied.bytes.saturating_add(bytes);
        tidied.gone.push(id);
    }
    let gone = tidied.gone.clone();
    if !gone.is_empty() {
        tracing::info!("{} recordings of {} bytes made room", gone.len(), tidied.bytes);
        let forget = move |store: &crate::store::Store| {
            gone.iter().try_for_each(|id| store.delete_download(*id))?;
            store.dismiss_downloads(&gone)
        };
        services.desk.ask(forget).await?;
    }
    Ok(tidied)
}

/// Notes which new episodes are to come by themselves now, as far as there is room; in offline mode
/// none.
///
/// # Errors
/// When the library cannot be used.
pub async fn automatic(services: &Services) -> Result<Vec<EpisodeId>, Trouble> {
    if services.client.is_offline() {
        return Ok(Vec::new());
    }
    let library = &services.settings.library;
    let (for_all, per_show, limits) =
        (library.auto_download, library.downloads_per_show, library.limits());
    let candidates =
        services.desk.ask(move |store| store.automatic_candidates(for_all, per_show)).await?;
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let downloads = services.downloads.clone();
    let (here, room) = tokio::task::spawn_blocking(move || downloads.room())
        .await
        .map_err(|err| Trouble::doing("looking over the recordings", &err))?;
    let comes = limits.what_comes(&candidates, here, room);
    let begun = comes.clone();
    services
        .desk
        .ask(move |store| begun.iter().try_for_each(|id| store.begin_download(*id, true)))
        .await?;
    Ok(comes)
}
