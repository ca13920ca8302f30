//! What was chosen about the sound, as the library keeps it.

use crate::model::{ShowId, SoundAspect, SoundValue, Sounding};
use crate::store::{Store, StoreError};

/// What applies to shows without a choice of their own: what was chosen on the screen, else what the
/// settings say.
///
/// # Errors
/// When the library cannot be read.
pub(crate) fn sounding_for_all(
    store: &Store,
    configured: Sounding,
) -> Result<Sounding, StoreError> {
    let mut all = configured;
    for aspect in SoundAspect::ALL {
        let kept = store.meta(aspect.name())?;
        // Empty where the choice was taken back.
        if let Some(value) = kept.and_then(|text| SoundValue::read(aspect, &text)) {
            all.set(value);
        }
    }
    Ok(all)
}

/// What applies to a show: its own choices, else those for all.
///
/// # Errors
/// When the library cannot be read.
pub(crate) fn sounding_of(
    store: &Store,
    show: ShowId,
    configured: Sounding,
) -> Result<Sounding, StoreError> {
    Ok(store.sounding(show)?.over(&sounding_for_all(store, configured)?))
}
