//! How much room the disk has.

use std::path::Path;

/// Room that is left to others.
const SPARED: u64 = 16 << 20;

/// Bytes that may be written to `folder`; `None` if the system does not say.
pub(super) fn free(folder: &Path) -> Option<u64> {
    let facts = rustix::fs::statvfs(folder).ok()?;
    Some(facts.f_bavail.saturating_mul(facts.f_frsize).saturating_sub(SPARED))
}
