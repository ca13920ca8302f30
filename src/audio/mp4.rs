//! What the demuxer does not say of MP4 files: which parts of the sound the edit list or `iTunSMPB`
//! wants to be heard, and where it ends.

use std::io::{self, Read, Seek, SeekFrom};

use super::block::{Nanos, SECOND};

mod edits;
mod fragments;

pub(crate) use edits::{Cut, Edit, End};
use edits::{Entry, cuts, edit_list, itunes_gap};
use fragments::Fragments;

/// Boxes looked at before the file is called a maze.
const MOST_BOXES: usize = 4096;
/// Bytes of a box that is read as a whole.
const LONGEST: u64 = 64 * 1024;

/// Looks through the movie box of a file of `len` bytes, and its fragments if they can be read
/// without waiting (`quick`); files that are no MP4, or have none, give the default.
///
/// # Errors
/// When reading failed for good.
pub(crate) fn edit(
    media: &mut (impl Read + Seek),
    len: Option<u64>,
    quick: bool,
) -> io::Result<Edit> {
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
        fragmented: false,
        durations: Vec::new(),
        len,
    };
    // A box that ends the file early, or points to nowhere, is no reason not to play it.
    let failed = |err: &io::Error| err.kind() == io::ErrorKind::Other;
    if let Err(err) = walk.boxes(0, u64::MAX, 0)
        && failed(&err)
    {
        return Err(err);
    }
    let mut edit = walk.result();
    if walk.fragmented {
        edit.end = match walk.fragments_end(quick) {
            Err(err) if failed(&err) => return Err(err),
            end => end.unwrap_or_default().map_or(End::Unknown, End::Counted),
        };
    }
    Ok(edit)
}

#[derive(Default)]
struct TrackBox {
    id: u32,
    scale: u32,
    sound: bool,
    list: Vec<Entry>,
}

struct Walk<'m, M> {
    media: &'m mut M,
    seen: usize,
    len: Option<u64>,
    movie: bool,
    cut_off: bool,
    fragmented: bool,
    /// Tracks and the usual duration of their samples in fragments.
    durations: Vec<(u32, u32)>,
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
            b"moov" | b"mdia" | b"edts" | b"udta" | b"ilst" | b"mvex" => {
                self.boxes(from, until, depth + 1)
            }
            b"meta" => self.boxes(from + 4, until, depth + 1),
            b"trak" => {
                self.track = Some(TrackBox::default());
                self.boxes(from, until, depth + 1)?;
                let track = self.track.take().filter(|track| track.sound);
                self.found = self.found.take().or(track);
                Ok(())
            }
            b"mvhd" | b"tkhd" | b"mdhd" | b"hdlr" | b"elst" | b"trex" | b"----" => {
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
            (b"trex", _) => {
                self.fragmented = true;
                self.durations.push((number(body.get(4..8)), number(body.get(12..16))));
            }
            (b"tkhd", Some(track)) => track.id = scale(),
            (b"mdhd", Some(track)) => track.scale = scale(),
            (b"hdlr", Some(track)) => track.sound |= body.get(8..12) == Some(b"soun"),
            (b"elst", Some(track)) => track.list = edit_list(body, wide),
            (b"----", _) => self.itunes = self.itunes.or_else(|| itunes_gap(body)),
            _ => {}
        }
    }

    fn result(&self) -> Edit {
        let cut_off = self.cut_off;
        let plain = Edit { cut_off, ..Edit::default() };
        let Some(track) = self.found.as_ref().filter(|track| track.scale > 0) else {
            return plain;
        };
        let cuts = cuts(&track.list, track.scale, self.movie_scale);
        match cuts.as_slice() {
            [Cut { from: Some(skip), length }] if *skip > 0 || self.itunes.is_none() => {
                return Edit { skip: *skip, length: *length, ..plain };
            }
            [] | [Cut { from: Some(_), .. }] => {}
            _ => return Edit { cuts, ..plain },
        }
        let (skip, length) = self.itunes.unwrap_or_default();
        let length = (length > 0).then(|| scaled(length, track.scale));
        Edit { skip: scaled(skip, track.scale), length, ..plain }
    }

    /// When the fragments end; `None` if that cannot be told.
    fn fragments_end(&mut self, quick: bool) -> io::Result<Option<Nanos>> {
        let (Some(track), Some(len)) = (self.found.as_ref().filter(|_| quick), self.len) else {
            return Ok(None);
        };
        let usual = self.durations.iter().find(|(id, _)| *id == track.id);
        let duration = usual.map_or(0, |(_, duration)| *duration);
        let mut fragments = Fragments { media: self.media, track: track.id, duration };
        Ok(fragments.end(len)?.map(|end| scaled(end, track.scale)))
    }
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
        let edit = edit(&mut io::Cursor::new(movie(&[], &list)), None, true).unwrap();
        let silence = Cut { from: None, length: Some(SECOND / 200) };
        let sound = Cut { from: Some(23_219_954), length: Some(10 * SECOND) };
        assert_eq!(edit.cuts, [silence, sound]);
    }

    #[test]
    fn edits_that_follow_each_other_are_one() {
        let entry = |length: u32, time: i32| {
            [length.to_be_bytes(), time.to_be_bytes(), [0, 1, 0, 0]].concat()
        };
        let list = |entries: &[Vec<u8>]| {
            let count = (entries.len() as u32).to_be_bytes();
            let list = atom("elst", &[&[0; 4], &count, &entries.concat()]);
            edit(&mut io::Cursor::new(movie(&[], &list)), None, true).unwrap()
        };
        let one = list(&[entry(1000, 44_100), entry(2000, 88_200)]);
        assert_eq!((one.skip, one.length, one.cuts), (SECOND, Some(3 * SECOND), Vec::new()));
        let two = list(&[entry(1000, 0), entry(0, 441_000), entry(5, 0)]);
        let first = Cut { from: Some(0), length: Some(SECOND) };
        assert_eq!(two.cuts, [first, Cut { from: Some(10 * SECOND), length: None }]);
    }

    #[test]
    fn without_one_the_gapless_note_does() {
        let note = b"xx mean com.apple.iTunes name iTunSMPB data \0\0 00000000 00000840 000001C4 000000000000AC44 00000000";
        let notes =
            atom("udta", &[&atom("meta", &[&[0; 4], &atom("ilst", &[&atom("----", &[note])])])]);
        let edit = edit(&mut io::Cursor::new(movie(&notes, &[])), None, true).unwrap();
        assert_eq!((edit.skip / 1_000_000, edit.length), (47, Some(SECOND)));
    }

    #[test]
    fn nonsense_is_no_edit() {
        let whole = movie(&[], &[]);
        for end in 0..whole.len() {
            let cut = whole.get(..end).unwrap_or_default();
            assert_eq!(edit(&mut io::Cursor::new(cut), Some(9), true).unwrap(), Edit::default());
        }
    }
}
