//! Measures how loud a whole recording is while it plays, so that its gain is known from the first
//! sample the next time: in a thread of its own, a quarter of the time, and only where all bytes are
//! there.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ebur128::{EbuR128, Mode};

use super::block::Block;
use super::chain::sane;
use super::gate::{Gate, SharedMedia};
use super::loudness::Loudness;
use super::media::Media;
use super::track::Reader;

/// It works for so long …
const WORK: Duration = Duration::from_millis(10);
/// … and rests for so long.
const REST: Duration = Duration::from_millis(30);

/// A measurement under way; dropping it ends it.
pub(crate) struct Survey {
    gate: Arc<Gate>,
    found: Arc<Mutex<Option<Loudness>>>,
}

impl Survey {
    /// Begins; `tell` is called from its thread if it gets to the end.
    pub(crate) fn start(
        media: SharedMedia,
        tell: impl FnOnce(Loudness) + Send + 'static,
    ) -> io::Result<Self> {
        let (gate, found) = (Arc::new(Gate::default()), Arc::new(Mutex::new(None)));
        let (to_gate, to_found) = (Arc::clone(&gate), Arc::clone(&found));
        let builder = std::thread::Builder::new().name("sound-survey".into());
        builder.spawn(move || {
            if let Some(loudness) = measure(media, &to_gate) {
                *to_found.lock().unwrap_or_else(PoisonError::into_inner) = Some(loudness);
                tell(loudness);
            }
        })?;
        Ok(Self { gate, found })
    }

    /// What was measured, once it is.
    pub(crate) fn found(&self) -> Option<Loudness> {
        *self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Survey {
    fn drop(&mut self) {
        self.gate.close();
    }
}

/// `None` when the recording cannot be read to its end, or nothing in it can be heard.
fn measure(media: SharedMedia, gate: &Arc<Gate>) -> Option<Loudness> {
    let bytes = media.lock().byte_len()?;
    // A fault here will come again, and be told, when these bytes are played.
    gate.set_patience(Duration::ZERO);
    let guest = Guest { media, place: 0, len: bytes };
    let mut reader = Reader::open(SharedMedia::new(Box::new(guest)), Arc::clone(gate)).ok()?;
    let mut meter: Option<EbuR128> = None;
    let mut begun = Instant::now();
    while let Some(block) = reader.next().ok()? {
        add(&mut meter, block)?;
        if begun.elapsed() >= WORK {
            std::thread::sleep(REST);
            begun = Instant::now();
        }
        if gate.abandoned() {
            return None;
        }
    }
    let meter = meter?;
    let lufs = meter.loudness_global().ok().filter(|lufs| lufs.is_finite())?;
    let peaks = (0..2).filter_map(|channel| meter.true_peak(channel).ok());
    let peak = 20.0 * peaks.fold(1e-6, f64::max).log10();
    Some(Loudness { lufs: lufs as f32, peak: peak as f32, bytes })
}

fn add(meter: &mut Option<EbuR128>, block: Block) -> Option<()> {
    let rate = block.rate;
    if meter.is_none() {
        *meter = EbuR128::new(2, rate, Mode::I | Mode::TRUE_PEAK | Mode::HISTOGRAM).ok();
    }
    let meter = meter.as_mut()?;
    if meter.rate() != rate {
        meter.change_parameters(2, rate).ok()?;
    }
    let samples: Vec<f32> = block.into_stereo().into_iter().map(sane).collect();
    meter.add_frames_f32(&samples).ok()
}

/// Reads a recording that somebody else is reading: leaves it where it was, and never waits.
struct Guest {
    media: SharedMedia,
    place: u64,
    len: u64,
}

impl Read for Guest {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut media = self.media.lock();
        if !media.ready(self.place, out.len() as u64) {
            return Err(io::Error::other("not all of the recording is there"));
        }
        let home = media.stream_position()?;
        let read = media.seek(SeekFrom::Start(self.place)).and_then(|_| media.read(out));
        media.seek(SeekFrom::Start(home))?;
        let count = read?;
        self.place += count as u64;
        Ok(count)
    }
}

impl Seek for Guest {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::End(step) => self.len.checked_add_signed(step),
            SeekFrom::Current(step) => self.place.checked_add_signed(step),
        };
        let before = || io::Error::new(io::ErrorKind::InvalidInput, "a place before the start");
        self.place = place.ok_or_else(before)?;
        Ok(self.place)
    }
}

impl Media for Guest {
    fn byte_len(&self) -> Option<u64> {
        Some(self.len)
    }

    fn ready(&self, from: u64, len: u64) -> bool {
        self.media.lock().ready(from, len)
    }
}
