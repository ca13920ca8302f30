//! Where one recording ends and the next begins in an Ogg file: radio captures and stitched
//! episodes are chains of them (RFC 3533 § 4), and demuxers stop after the first.

use std::io;

use super::gate::Gated;
use super::mp3::Window;

/// The largest page (RFC 3533 § 6).
const LARGEST_PAGE: usize = 65_307;
/// Bytes of a page's header without its table.
const HEADER_LEN: usize = 27;
/// Recordings looked for in a chain; what follows belongs to the last.
const MOST_LINKS: usize = 500;
/// Recordings of different sounds that may start together.
const MOST_STREAMS: usize = 64;
/// Places looked at to see whether pages are numbered from one end to the other.
const PROBES: u64 = 8;

/// What a page says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    place: u64,
    len: u64,
    /// The first of its stream.
    first: bool,
    serial: u32,
    number: u32,
}

impl Page {
    fn end(&self) -> u64 {
        self.place + self.len
    }

    fn parse(bytes: &[u8], place: u64) -> Option<Self> {
        let head = bytes.get(..HEADER_LEN)?;
        if !head.starts_with(b"OggS\0") {
            return None;
        }
        let number = |at: usize| Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?));
        let segments = usize::from(*head.get(26)?);
        let table = bytes.get(HEADER_LEN..HEADER_LEN + segments)?;
        let body: u64 = table.iter().map(|&len| u64::from(len)).sum();
        Some(Self {
            place,
            len: (HEADER_LEN + segments) as u64 + body,
            first: head.get(5)? & 2 != 0,
            serial: number(14)?,
            number: number(18)?,
        })
    }
}

/// The byte ranges of the recordings in an Ogg file, at least one.
///
/// # Errors
/// When reading failed for good.
pub(crate) fn links(media: &mut Gated) -> io::Result<Vec<(u64, u64)>> {
    let Some(len) = media.len() else { return Ok(vec![(0, u64::MAX)]) };
    let mut pages = Pages { media, window: Window::default(), len };
    let mut links = Vec::new();
    let mut begin = 0;
    while begin < len && links.len() < MOST_LINKS {
        let streams = pages.streams(begin)?;
        let end = if streams.is_empty() { len } else { pages.end_of(&streams, begin)? };
        links.push((begin, end));
        begin = end;
    }
    if let Some(last) = links.last_mut() {
        last.1 = len;
    }
    Ok(if links.is_empty() { vec![(0, len)] } else { links })
}

struct Pages<'m> {
    media: &'m mut Gated,
    window: Window,
    len: u64,
}

impl Pages<'_> {
    /// The page that begins here.
    fn at(&mut self, place: u64) -> io::Result<Option<Page>> {
        let bytes = self.window.at(self.media, place, HEADER_LEN + 255)?;
        Ok(Page::parse(bytes, place))
    }

    /// The first page from here on, within the length of one.
    fn after(&mut self, place: u64) -> io::Result<Option<Page>> {
        let bytes = self.window.at(self.media, place, LARGEST_PAGE + HEADER_LEN + 255)?;
        let found = (0..bytes.len()).filter(|&at| bytes.get(at) == Some(&b'O'));
        let mut pages = found.filter_map(|at| {
            let page = Page::parse(bytes.get(at..)?, place + at as u64)?;
            // What only looks like a page has none behind it.
            let behind = usize::try_from(page.end() - place).ok()?;
            let next = bytes.get(behind..).unwrap_or_default();
            (next.len() < 4 || next.starts_with(b"OggS")).then_some(page)
        });
        Ok(pages.next())
    }

    /// The last page of the file.
    fn last(&mut self) -> io::Result<Option<Page>> {
        let mut place = self.len.saturating_sub(2 * LARGEST_PAGE as u64);
        let mut last = None;
        while let Some(page) = self.after(place)? {
            place = page.end();
            last = Some(page);
        }
        Ok(last)
    }

    /// The streams that start here.
    fn streams(&mut self, mut place: u64) -> io::Result<Vec<u32>> {
        let mut streams = Vec::new();
        while let Some(page) = self.at(place)?.filter(|page| page.first)
            && streams.len() < MOST_STREAMS
        {
            streams.push(page.serial);
            place = page.end();
        }
        Ok(streams)
    }

    /// Where other streams than those that start at `begin` go on.
    fn end_of(&mut self, streams: &[u32], begin: u64) -> io::Result<u64> {
        if self.last()?.is_none_or(|page| streams.contains(&page.serial)) {
            // Somebody may have put the same recording behind itself.
            let twice = self.media.ready(0, self.len) && self.starts_again(begin)?;
            return if twice { self.next_start(begin) } else { Ok(self.len) };
        }
        let (mut low, mut high) = (begin, self.len);
        while high - low > 2 * LARGEST_PAGE as u64 {
            let middle = low + (high - low) / 2;
            match self.after(middle)? {
                Some(page) if streams.contains(&page.serial) => low = page.place.max(middle),
                _ => high = middle,
            }
        }
        let from = self.after(low)?.map_or(low, |page| page.place);
        self.next_start(from)
    }

    /// Whether pages are numbered anew somewhere.
    fn starts_again(&mut self, begin: u64) -> io::Result<bool> {
        let mut last: Option<Page> = None;
        for probe in 1..=PROBES {
            let place = begin + (self.len - begin) / PROBES * probe;
            let page = if probe == PROBES { self.last()? } else { self.after(place)? };
            let Some(page) = page else { continue };
            if last.is_some_and(|last| page.number <= last.number && page.place > last.place) {
                return Ok(true);
            }
            last = Some(page);
        }
        Ok(false)
    }

    /// The next place where streams start, from a page on that is no start itself, or the end.
    fn next_start(&mut self, from: u64) -> io::Result<u64> {
        let (mut place, mut inside) = (from, false);
        while place < self.len {
            let Some(page) = self.at(place)? else {
                match self.after(place + 1)? {
                    Some(page) => place = page.place,
                    None => return Ok(self.len),
                }
                continue;
            };
            if page.first
                && (inside || page.place > from && !self.at(from)?.is_some_and(|one| one.first))
            {
                return Ok(page.place);
            }
            inside |= !page.first;
            place = page.end();
        }
        Ok(self.len)
    }
}
