//! Compressing what is large and rarely read: pages of articles, transcripts. Pages of some sites are
//! megabytes of markup that shrink to a tenth.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::{Result, row};

/// Most bytes that a stored blob may grow to.
const LARGEST: u64 = 256 << 20;

/// Compresses.
pub(super) fn pack(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .map_err(|error| row::unreadable("a text to be kept", &error))
}

/// Undoes [`pack`]; `what` names it where it is damaged.
pub(super) fn unpack(what: &'static str, bytes: &[u8]) -> Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    ZlibDecoder::new(bytes)
        .take(LARGEST)
        .read_to_end(&mut unpacked)
        .map_err(|error| row::unreadable(what, &error))?;
    Ok(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_damage_is_told() {
        let text = "长谈".repeat(5000);
        let packed = pack(text.as_bytes()).unwrap();
        assert!(packed.len() < text.len() / 10);
        assert_eq!(unpack("a text", &packed).unwrap(), text.as_bytes());
        assert!(unpack("a text", packed.get(..20).unwrap()).is_err());
        assert!(unpack("a text", b"no zlib").is_err());
    }
}
