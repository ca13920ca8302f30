//! Laws of recordings as the player takes them.

use std::sync::Arc;

use latetalk::audio::{self, MemoryMedia};

use super::chapters::embedded;
use super::clean::assert_error;

/// Any bytes as a recording: what it is, its chapters, and its first second of sound.
pub fn recording(data: &[u8]) {
    embedded(data);
    let media = MemoryMedia::new(Arc::<[u8]>::from(data));
    match audio::probe(Box::new(media.clone())) {
        Ok(found) => assert!(found.channels > 0 && found.sample_rate > 0, "{found:?}"),
        Err(why) => assert_error(&why),
    }
    match audio::decode_range(Box::new(media), 0, 1000) {
        Ok(pcm) => assert!(matches!(pcm.channels, 1 | 2)),
        Err(why) => assert_error(&why),
    }
}
