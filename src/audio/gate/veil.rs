//! Parts of a recording that are hidden from demuxers, or read as something else.

/// What a demuxer does not see of a recording.
#[derive(Debug, Default)]
pub(crate) struct Veil {
    /// Bytes at the start.
    pub(crate) front: u64,
    /// All from this byte on, if there is anything to hide.
    pub(crate) until: Option<u64>,
    /// What four bytes at a place in the whole recording are read as.
    pub(crate) patches: Vec<(u64, [u8; 4])>,
}

impl Veil {
    /// Draws itself over bytes that were read at a place.
    pub(super) fn draw(&self, place: u64, bytes: &mut [u8]) {
        for (index, byte) in self.patches.iter().flat_map(|&(at, patch)| (at..).zip(patch)) {
            let at = index.checked_sub(place).and_then(|at| usize::try_from(at).ok());
            if let Some(seen) = at.and_then(|at| bytes.get_mut(at)) {
                *seen = byte;
            }
        }
    }
}
