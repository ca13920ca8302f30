//! The question and the answer about a picture: numbers (big endian) and then bytes, because JSON would
//! make pixels four times as long.

use std::io::{self, Read, Write};

use super::{PictureLimits, Raster};

/// Most bytes of a file that is decoded.
const MAX_FILE: u64 = 64 << 20;
/// Numbers before the file.
const NUMBERS: usize = 7;
/// Bytes before the pixels.
pub(super) const HEAD: u64 = 1 + 4 * 4;

/// A question as the child gets it.
pub(super) struct Question {
    pub(super) bytes: Vec<u8>,
    pub(super) fit: (u32, u32),
    pub(super) decoded: u64,
    pub(super) pixels: u64,
}

/// What the child says.
pub(in crate::sandbox) enum Answer {
    Raster(Raster),
    Unknown,
    TooLarge,
    Broken,
}

/// Writes a question.
pub(super) fn ask(
    out: &mut impl Write,
    bytes: &[u8],
    fit: (u32, u32),
    limits: &PictureLimits,
) -> io::Result<()> {
    let numbers: [u64; NUMBERS] = [
        limits.memory,
        limits.cpu_seconds,
        limits.decoded,
        limits.pixels,
        fit.0.into(),
        fit.1.into(),
        bytes.len() as u64,
    ];
    for number in numbers {
        out.write_all(&number.to_be_bytes())?;
    }
    out.write_all(bytes)?;
    out.flush()
}

/// Reads a question. `limit` is called with memory and seconds before the file itself is read.
pub(super) fn hear(
    input: &mut impl Read,
    limit: impl FnOnce(u64, u64) -> io::Result<()>,
) -> io::Result<Question> {
    let mut numbers = [0_u64; NUMBERS];
    for number in &mut numbers {
        let mut bytes = [0; 8];
        input.read_exact(&mut bytes)?;
        *number = u64::from_be_bytes(bytes);
    }
    let [memory, seconds, decoded, pixels, width, height, length] = numbers;
    limit(memory, seconds)?;
    let side = |side: u64| u32::try_from(side).map_err(|_| invalid("a side is too long"));
    if length > MAX_FILE {
        return Err(invalid("the picture is too large"));
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(invalid("the picture is cut short"));
    }
    Ok(Question { bytes, fit: (side(width)?, side(height)?), decoded, pixels })
}

/// Writes an answer.
pub(super) fn tell(mut out: impl Write, answer: &Answer) -> io::Result<()> {
    let (sign, raster) = match answer {
        Answer::Raster(raster) => (0, Some(raster)),
        Answer::Unknown => (1, None),
        Answer::TooLarge => (2, None),
        Answer::Broken => (3, None),
    };
    out.write_all(&[sign])?;
    if let Some(raster) = raster {
        let (width, height) = raster.original;
        for number in [width, height, raster.width, raster.height] {
            out.write_all(&number.to_be_bytes())?;
        }
        out.write_all(&raster.rgba)?;
    }
    out.flush()
}

/// Understands an answer; `None` if it is none, or pixels are missing.
pub(super) fn understand(mut answer: Vec<u8>) -> Option<Answer> {
    match answer.first()? {
        0 => {}
        1 => return Some(Answer::Unknown),
        2 => return Some(Answer::TooLarge),
        3 => return Some(Answer::Broken),
        _ => return None,
    }
    let number = |at: usize| {
        let bytes = answer.get(1 + at * 4..5 + at * 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    let original = (number(0)?, number(1)?);
    let (width, height) = (number(2)?, number(3)?);
    let wanted = u64::from(width) * u64::from(height) * 4;
    let rgba = answer.split_off(HEAD as usize);
    (width > 0 && height > 0 && rgba.len() as u64 == wanted).then_some(Answer::Raster(Raster {
        original,
        width,
        height,
        rgba,
    }))
}

fn invalid(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn question_and_answer_arrive_as_they_were_sent() {
        let mut sent = Vec::new();
        ask(&mut sent, b"\0\xff\x89PNG", (640, 400), &PictureLimits::default()).unwrap();
        let mut limits = None;
        let heard = hear(&mut sent.as_slice(), |memory, seconds| {
            limits = Some((memory, seconds));
            Ok(())
        })
        .unwrap();
        assert_eq!((heard.bytes.as_slice(), heard.fit), (&b"\0\xff\x89PNG"[..], (640, 400)));
        assert_eq!(limits, Some((1 << 30, 10)));
        let raster = Raster { original: (9, 8), width: 2, height: 1, rgba: vec![7; 8] };
        let mut told = Vec::new();
        tell(&mut told, &Answer::Raster(raster.clone())).unwrap();
        let Some(Answer::Raster(understood)) = understand(told.clone()) else {
            panic!("no pixels");
        };
        assert_eq!(understood, raster);
        for end in 0..told.len() {
            assert!(understand(told.get(..end).unwrap().to_vec()).is_none());
        }
    }

    #[test]
    fn what_is_cut_short_is_refused() {
        let mut sent = Vec::new();
        ask(&mut sent, &[1; 10], (1, 1), &PictureLimits::default()).unwrap();
        for end in 0..sent.len() {
            assert!(hear(&mut sent.get(..end).unwrap(), |_, _| Ok(())).is_err());
        }
        assert!(hear(&mut [0xff; 80].as_slice(), |_, _| Ok(())).is_err());
    }
}
