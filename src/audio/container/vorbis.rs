//! Vorbis in more than two channels as `symphonia` decodes it rightly. Channels that share their
//! sound are to be separated in the opposite order of the one they are listed in (Vorbis I § 4.3.5);
//! the decoder goes from first to last, so the list it is given is turned round.

/// Bytes of the first header, which stands in front of the other.
const FIRST_LEN: usize = 30;
/// Bytes of a header's name.
const NAME_LEN: usize = 7;

/// The headers with all lists of shared channels turned round; `None` if they make no sense.
pub(super) fn turned_round(headers: &[u8]) -> Option<Vec<u8>> {
    let channels = u32::from(*headers.get(11)?);
    let mut bits = Bits { bytes: headers.to_vec(), at: (FIRST_LEN + NAME_LEN) * 8 };
    let named = headers.get(FIRST_LEN..FIRST_LEN + NAME_LEN)?;
    (named == b"\x05vorbis").then_some(())?;
    bits.each(8, Bits::codebook)?;
    bits.each(6, |bits| bits.skip(16))?;
    bits.each(6, Bits::floor)?;
    bits.each(6, Bits::residue)?;
    bits.each(6, |bits| bits.mapping(channels))?;
    Some(bits.bytes)
}

/// Bits from the lowest of each byte up (§ 2).
struct Bits {
    bytes: Vec<u8>,
    at: usize,
}

impl Bits {
    fn take(&mut self, count: usize) -> Option<u32> {
        let mut value = 0;
        for bit in 0..count {
            let byte = self.bytes.get(self.at / 8)?;
            value |= u32::from(byte >> (self.at % 8) & 1) << bit;
            self.at += 1;
        }
        Some(value)
    }

    fn put(&mut self, count: usize, value: u32) -> Option<()> {
        for bit in 0..count {
            let byte = self.bytes.get_mut(self.at / 8)?;
            let mask = 1 << (self.at % 8);
            *byte = if value >> bit & 1 == 1 { *byte | mask } else { *byte & !mask };
            self.at += 1;
        }
        Some(())
    }

    fn flag(&mut self) -> Option<bool> {
        self.take(1).map(|bit| bit == 1)
    }

    fn skip(&mut self, count: usize) -> Option<()> {
        self.at = self.at.checked_add(count)?;
        (self.at <= self.bytes.len() * 8).then_some(())
    }

    /// A number of things, less one, and the things.
    fn each(&mut self, size: usize, one: impl Fn(&mut Self) -> Option<()>) -> Option<()> {
        (0..=self.take(size)?).try_for_each(|_| one(self))
    }

    /// § 3.2.1.
    fn codebook(&mut self) -> Option<()> {
        (self.take(24)? == 0x0056_4342).then_some(())?;
        let (dimensions, entries) = (self.take(16)?, self.take(24)?);
        let ordered = self.flag()?;
        if ordered {
            self.skip(5)?;
            let mut known = 0;
            while known < entries {
                // Lengths grow with each number, so there are never more than 32.
                known += self.take(width(entries - known))?;
            }
        } else {
            let sparse = self.flag()?;
            for _ in 0..entries {
                let used = !sparse || self.flag()?;
                self.skip(if used { 5 } else { 0 })?;
            }
        }
        let lookup = self.take(4)?;
        if lookup == 0 {
            return Some(());
        }
        self.skip(64)?;
        let size = self.take(4)? as usize + 1;
        self.skip(1)?;
        let values = match lookup {
            1 => root(entries, dimensions),
            2 => (entries as usize).checked_mul(dimensions as usize)?,
            _ => return None,
        };
        self.skip(values.checked_mul(size)?)
    }

    /// § 6.2.1 and 7.2.2.
    fn floor(&mut self) -> Option<()> {
        if self.take(16)? == 0 {
            self.skip(54)?;
            return self.each(4, |bits| bits.skip(8));
        }
        let parts = self.take(5)? as usize;
        let classes = (0..parts).map(|_| self.take(4)).collect::<Option<Vec<u32>>>()?;
        let last = classes.iter().max().map_or(0, |last| last + 1);
        let mut sizes = Vec::new();
        for _ in 0..last {
            sizes.push(self.take(3)? as usize + 1);
            let subclasses = self.take(2)?;
            self.skip(if subclasses > 0 { 8 } else { 0 } + (8 << subclasses))?;
        }
        self.skip(2)?;
        let range = self.take(4)? as usize;
        let points = classes.iter().filter_map(|class| sizes.get(*class as usize)).sum::<usize>();
        self.skip(points * range)
    }

    /// § 8.6.1.
    fn residue(&mut self) -> Option<()> {
        self.skip(16 + 3 * 24)?;
        let classes = self.take(6)? + 1;
        self.skip(8)?;
        let mut books = 0;
        for _ in 0..classes {
            books += self.take(3)?.count_ones();
            if self.flag()? {
                books += self.take(5)?.count_ones();
            }
        }
        self.skip(books as usize * 8)
    }

    /// § 4.2.4.
    fn mapping(&mut self, channels: u32) -> Option<()> {
        (self.take(16)? == 0).then_some(())?;
        let submaps = if self.flag()? { self.take(4)? as usize + 1 } else { 1 };
        if self.flag()? {
            let size = width(channels.checked_sub(1)?);
            let steps = self.take(8)? + 1;
            let begin = self.at;
            let pairs = (0..steps).map(|_| Some((self.take(size)?, self.take(size)?)));
            let pairs = pairs.collect::<Option<Vec<(u32, u32)>>>()?;
            self.at = begin;
            for (one, other) in pairs.into_iter().rev() {
                self.put(size, one)?;
                self.put(size, other)?;
            }
        }
        self.skip(2 + if submaps > 1 { 4 * channels as usize } else { 0 } + 24 * submaps)
    }
}

/// Bits that a number takes.
fn width(number: u32) -> usize {
    (u32::BITS - number.leading_zeros()) as usize
}

/// The largest number whose power is not above `entries`.
fn root(entries: u32, power: u32) -> usize {
    let fits = |number: &u64| number.checked_pow(power).is_some_and(|all| all <= entries.into());
    if power == 0 { 0 } else { (1..=u64::from(entries)).take_while(fits).count() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_whole() {
        assert_eq!((root(81, 4), root(80, 4), root(625, 2), root(7, 1)), (3, 2, 25, 7));
        assert_eq!((root(0, 3), root(9, 0), root(1 << 24, 65_535)), (0, 0, 1));
    }

    #[test]
    fn nonsense_is_left_alone() {
        assert_eq!(turned_round(&[]), None);
        let mut headers = vec![6; FIRST_LEN];
        headers.extend(b"\x05vorbis");
        assert_eq!(turned_round(&headers), None);
        headers.extend([0xff; 500]);
        assert_eq!(turned_round(&headers), None);
    }
}
