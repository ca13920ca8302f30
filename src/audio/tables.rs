//! Where an MP4 keeps its tables, so that they are fetched in one go: before the sound or behind it.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

use super::gate::Gated;

/// Boxes that are looked at before the tables.
const MOST: usize = 32;

/// Finds the tables and says that they will be read; other files are left alone.
///
/// # Errors
/// When reading failed for good.
pub(crate) fn expect_tables(media: &mut Gated) -> io::Result<()> {
    let mut place = 0_u64;
    for count in 0..MOST {
        let mut head = [0; 16];
        media.seek(SeekFrom::Start(place))?;
        match media.read_exact(&mut head) {
            Err(err) if err.kind() == ErrorKind::UnexpectedEof => return Ok(()),
            other => other?,
        }
        let [a, b, c, d, kind @ .., _, _, _, _, _, _, _, _] = head;
        let [_, _, _, _, _, _, _, _, long @ ..] = head;
        let size = match u32::from_be_bytes([a, b, c, d]) {
            0 => return Ok(()),
            1 => u64::from_be_bytes(long),
            size => u64::from(size),
        };
        if count == 0 && &kind != b"ftyp" || size < 8 {
            return Ok(());
        }
        if &kind == b"moov" {
            media.expect(place, size);
            return Ok(());
        }
        place = place.saturating_add(size);
        if &kind == b"mdat" {
            let rest = media.len().and_then(|len| len.checked_sub(place));
            if let Some(rest) = rest.filter(|rest| *rest > 0) {
                media.expect(place, rest);
            }
            return Ok(());
        }
    }
    Ok(())
}
