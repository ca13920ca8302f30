//! The two things about MP4 files that the demuxer does not say: what the edit list or
//! `iTunSMPB` wants skipped at the start, and where the sound ends.

use std::io::{self, Read, Seek, SeekFrom};

use super::block::{Nanos, SECOND};

/// Boxes looked at before the file is called a maze.
const MOST_BOXES: usize = 4096;
/// Bytes of a box that is read as a whole.
const LONGEST: u64 = 64 * 1024;

/// What to take off the media time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Edit {
    /// Time of the first sample that should be heard.
    pub(crate) skip: Nanos,
    /// How long it sounds from there.
    pub(crate) length: Option<Nanos>,
    /// The media is said to go on behind the end of the file.
    pub(crate) cut_off: bool,
}

/// Looks through the movie box of a file of `len` bytes; files that are no MP4, or have none, give
/// the default.
///
/// # Errors
/// When reading failed for good.
pub(crate) fn edit(media: &mut (impl Read + Seek), len: Option<u64>) -> io::Result<Edit> {
    let mut head = Vec::new();
    media.rewind()?;
    media.take(8).read_to_end(&mut head)?;
    let known = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"];
    if !known.iter().any(|kind| head.get(4..8) == Some(kind.as_slice())) {
        return Ok(Edit::default());
    }
    let mut walk = Walk {
        media,
        seen: 0,
        movie_scale: 0,
        found: None,
        itunes: None,
        track: None,
        movie: false,
        cut_off: false,
        len,
    };
    match walk.boxes(0, u64::MAX, 0) {
        // A box that ends the file early, or points to nowhere, is no reason not to play it.
        Err(err) if err.kind() == io::ErrorKind::Other => Err(err),
        _ => Ok(walk.result()),
    }
}

#[derive(Default)]
struct TrackBox {
    scale: u32,
    sound: bool,
    /// Media time, and duration in the movie's scale.
    list: Option<(i64, u64)>,
}

struct Walk<'m, M> {
    media: &'m mut M,
    seen: usize,
    len: Option<u64>,
    movie: bool,
    cut_off: bool,
    movie_scale: u32,
    track: Option<TrackBox>,
    found: Option<TrackBox>,
    itunes: Option<(u64, u64)>,
}

impl<M: Read + Seek> Walk<'_, M> {
    fn boxes(&mut self, from: u64, until: u64, depth: u8) -> io::Result<()> {
        let mut place = from;
        while until.saturating_sub(place) >= 8 && self.seen < MOST_BOXES && depth < 8 {
            self.seen += 1;
            self.media.seek(SeekFrom::Start(place))?;
            let mut head = [0; 16];
            let (short, long) = head.split_at_mut(8);
            self.media.read_exact(short)?;
            let mut size = u64::from(number(short.get(..4)));
            let mut inside = 8;
            if size == 1 {
                self.media.read_exact(long)?;
                size = u64::from(number(long.get(..4))) << 32 | u64::from(number(long.get(4..)));
                inside = 16;
            }
            let kind: [u8; 4] = [short[4], short[5], short[6], short[7]];
            let end = place.saturating_add(size).min(until);
            if size != 0 && size < inside {
                return Ok(());
            }
            let end = if size == 0 { until } else { end };
            self.enter(kind, place + inside, end, depth)?;
            self.movie |= &kind == b"moov";
            if &kind == b"mdat" && self.movie {
                self.cut_off = self.len.is_some_and(|len| end > len);
                return Ok(());
            }
            if size == 0 {
                return Ok(());
            }
            place = end;
        }
        Ok(())
    }

    fn enter(&mut self, kind: [u8; 4], from: u64, until: u64, depth: u8) -> io::Result<()> {
        match &kind {
            b"moov" | b"mdia" | b"edts" | b"udta" | b"ilst" => self.boxes(from, until, depth + 1),
            b"meta" => self.boxes(from + 4, until, depth + 1),
            b"trak" => {
                self.track = Some(TrackBox::default());
                self.boxes(from, until, depth + 1)?;
                let track = self.track.take().filter(|track| track.sound);
                self.found = self.found.take().or(track);
                Ok(())
            }
            b"mvhd" | b"mdhd" | b"hdlr" | b"elst" | b"----" => {
                let body = self.body(from, until)?;
                self.leaf(kind, &body);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn body(&mut self, from: u64, until: u64) -> io::Result<Vec<u8>> {
        self.media.seek(SeekFrom::Start(from))?;
        let mut body = Vec::new();
        let len = until.saturating_sub(from).min(LONGEST);
        (&mut *self.media).take(len).read_to_end(&mut body)?;
        Ok(body)
    }

    fn leaf(&mut self, kind: [u8; 4], body: &[u8]) {
        let wide = body.first() == Some(&1);
        let scale = || number(body.get(if wide { 20..24 } else { 12..16 }));
        match (&kind, self.track.as_mut()) {
            (b"mvhd", _) => self.movie_scale = scale(),
            (b"mdhd", Some(track)) => track.scale = scale(),
            (b"hdlr", Some(track)) => track.sound |= body.get(8..12) == Some(b"soun"),
            (b"elst", Some(track)) => track.list = edit_list(body, wide),
            (b"----", _) => self.itunes = self.itunes.or_else(|| itunes_gap(body)),
            _ => {}
        }
    }

    fn result(&self) -> Edit {
        let Some(track) = self.found.as_ref().filter(|track| track.scale > 0) else {
            return Edit { cut_off: self.cut_off, ..Edit::default() };
        };
        let cut_off = self.cut_off;
        if let Some((skip, length)) = track.list.filter(|(skip, _)| *skip > 0) {
            let length = (self.movie_scale > 0 && length > 0)
                .then(|| scaled(length, self.movie_scale))
                .filter(|length| *length > 0);
            return Edit { skip: scaled(skip.unsigned_abs(), track.scale), length, cut_off };
        }
        let (skip, length) = self.itunes.unwrap_or_default();
        let length = (length > 0).then(|| scaled(length, track.scale));
        Edit { skip: scaled(skip, track.scale), length, cut_off }
    }
}

/// The first edit that shows media (ISO/IEC 14496-12 § 8.6.6); several edits of the same media
/// in a row are not cut together, the length is then left open.
fn edit_list(body: &[u8], wide: bool) -> Option<(i64, u64)> {
    let count = number(body.get(4..8));
    let entries = body.get(8..)?.chunks_exact(if wide { 20 } else { 12 }).take(count as usize);
    let mut shown = entries.filter_map(|entry| {
        let (length, time) = if wide {
            let word =
                |at: usize| Some(i64::from_be_bytes(entry.get(at..at + 8)?.try_into().ok()?));
            (word(0)? as u64, word(8)?)
        } else {
            (u64::from(number(entry.get(..4))), i64::from(number(entry.get(4..8)) as i32))
        };
        (time >= 0).then_some((time, length))
    });
    let (time, length) = shown.next()?;
    Some((time, if shown.next().is_some() { 0 } else { length }))
}

/// Priming and length in samples from Apple's gapless note: ` 00000000 00000840 000001C4 …`.
fn itunes_gap(body: &[u8]) -> Option<(u64, u64)> {
    let text = String::from_utf8_lossy(body);
    let (_, rest) = text.split_once("iTunSMPB")?;
    let (_, rest) = rest.split_once("data")?;
    let mut fields = rest
        .split(|letter: char| !letter.is_ascii_hexdigit())
        .filter(|field| field.len() >= 8)
        .map(|field| u64::from_str_radix(field, 16).unwrap_or(0));
    let (_, priming, _, length) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    (priming < 1 << 20).then_some((priming, length))
}

fn scaled(count: u64, scale: u32) -> Nanos {
    let nanos = u128::from(count) * SECOND as u128 / u128::from(scale.max(1));
    i64::try_from(nanos).unwrap_or(0)
}

fn number(bytes: Option<&[u8]>) -> u32 {
    bytes.and_then(|bytes| bytes.try_into().ok()).map_or(0, u32::from_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn atom(kind: &str, parts: &[&[u8]]) -> Vec<u8> {
        let body = parts.concat();
        [&(body.len() as u32 + 8).to_be_bytes(), kind.as_bytes(), &body].concat()
    }

    fn movie(extra: &[u8], list: &[u8]) -> Vec<u8> {
        let scale = |scale: u32| [[0; 12].as_slice(), &scale.to_be_bytes(), &[0; 8]].concat();
        let sound = atom("hdlr", &[&[0; 8], b"soun", &[0; 12]]);
        let media = atom("mdia", &[&atom("mdhd", &[&scale(44_100)]), &sound]);
        let track = atom("trak", &[&atom("edts", &[list]), &media]);
        let movie = atom("moov", &[&atom("mvhd", &[&scale(1000)]), &track, extra]);
        [atom("ftyp", &[b"M4A "]), atom("mdat", &[&[7; 99]]), movie].concat()
    }

    #[test]
    fn the_edit_list_says_where_sound_begins() {
        let empty = [0, 0, 0, 5, 0xff, 0xff, 0xff, 0xff, 0, 1, 0, 0];
        let entry = [0, 0, 0x27, 0x10, 0, 0, 4, 0, 0, 1, 0, 0];
        let list = atom("elst", &[&[0, 0, 0, 0, 0, 0, 0, 2], &empty, &entry]);
        let edit = edit(&mut io::Cursor::new(movie(&[], &list)), None).unwrap();
        assert_eq!((edit.skip, edit.length), (23_219_954, Some(10 * SECOND)));
    }

    #[test]
    fn without_one_the_gapless_note_does() {
        let note = b"xx mean com.apple.iTunes name iTunSMPB data \0\0 00000000 00000840 000001C4 000000000000AC44 00000000";
        let notes =
            atom("udta", &[&atom("meta", &[&[0; 4], &atom("ilst", &[&atom("----", &[note])])])]);
        let edit = edit(&mut io::Cursor::new(movie(&notes, &[])), None).unwrap();
        assert_eq!((edit.skip / 1_000_000, edit.length), (47, Some(SECOND)));
    }

    #[test]
    fn nonsense_is_no_edit() {
        let whole = movie(&[], &[]);
        for end in 0..whole.len() {
            let cut = whole.get(..end).unwrap_or_default();
            assert_eq!(edit(&mut io::Cursor::new(cut), Some(9)).unwrap(), Edit::default());
        }
    }
}
