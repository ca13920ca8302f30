//! Orders of kitty's graphics protocol that put parts of an image over cells of the screen. The library
//! only knows images that cells name, which kitty understands since 0.28; these are understood by all
//! versions, and by other terminals too.
//!
//! <https://sw.kovidgoyal.net/kitty/graphics-protocol/>

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::RgbaImage;

use super::Trouble;
use crate::app::TerminalImage;
use crate::ui::Placed;

/// Bytes of base64 in one order at most.
const CHUNK: usize = 4096;

/// An image with the order that gives it to the terminal, compressed; `row` is the height of a row of
/// cells in pixels.
///
/// # Errors
/// When it cannot be compressed.
pub(crate) fn image(id: u32, pixels: &RgbaImage, row: u32) -> Result<TerminalImage, Trouble> {
    let failed = |err: &std::io::Error| Trouble::doing("showing a picture", err);
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(pixels.as_raw()).map_err(|err| failed(&err))?;
    let packed = packed.finish().map_err(|err| failed(&err))?;
    let coded = base64_simd::STANDARD.encode_to_string(&packed);
    let (width, height) = pixels.dimensions();
    let mut transmit = String::with_capacity(coded.len() + coded.len() / 64 + 64);
    let mut rest = coded.as_str();
    let mut head = format!("a=t,i={id},f=32,o=z,s={width},v={height},");
    loop {
        let (chunk, after) = rest.split_at_checked(CHUNK).unwrap_or((rest, ""));
        let more = u8::from(!after.is_empty());
        // Writing into a string does not fail.
        let _ = write!(transmit, "\x1b_G{head}q=2,m={more};{chunk}\x1b\\");
        head.clear();
        rest = after;
        if rest.is_empty() {
            break;
        }
    }
    Ok(TerminalImage { id, transmit, placed: Some((width, row)) })
}

/// Puts a part of an image where it belongs; one of the same number moves there. (Not under the text:
/// there older versions leave remains of frames behind.)
pub(crate) fn put(place: &Placed, number: u32) -> String {
    let Placed { id, x, y, columns, rows, first, pixels: (width, row) } = *place;
    let (top, tall) = (u32::from(first) * row, u32::from(rows) * row);
    format!(
        "\x1b[{};{}H\x1b_Ga=p,i={id},p={number},x=0,y={top},w={width},h={tall},c={columns},r={rows},\
         C=1,q=2\x1b\\",
        u32::from(y) + 1,
        u32::from(x) + 1,
    )
}

/// Takes an image away from the screen; the terminal keeps it.
pub(crate) fn take_away(id: u32, number: u32) -> String {
    format!("\x1b_Ga=d,d=i,i={id},p={number},q=2\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_goes_to_the_terminal_in_pieces_and_comes_out_whole() {
        let pixels = RgbaImage::from_fn(90, 70, |x, y| {
            let mixed = x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503);
            image::Rgba(mixed.to_be_bytes())
        });
        let made = image(7, &pixels, 20).unwrap();
        assert_eq!((made.id, made.placed), (7, Some((90, 20))));
        let mut coded = String::new();
        let orders: Vec<&str> = made.transmit.split("\x1b\\").filter(|o| !o.is_empty()).collect();
        for (index, order) in orders.iter().enumerate() {
            let (head, chunk) = order.strip_prefix("\x1b_G").unwrap().split_once(';').unwrap();
            assert_eq!(head.contains("a=t,i=7,f=32,o=z,s=90,v=70"), index == 0);
            assert_eq!(head.ends_with("m=0"), index + 1 == orders.len());
            assert!(chunk.len() <= CHUNK);
            coded.push_str(chunk);
        }
        assert!(orders.len() > 2);
        let packed = base64_simd::STANDARD.decode_to_vec(coded).unwrap();
        let mut plain = Vec::new();
        let mut unpacked = flate2::read::ZlibDecoder::new(packed.as_slice());
        std::io::Read::read_to_end(&mut unpacked, &mut plain).unwrap();
        assert_eq!(&plain, pixels.as_raw());
    }

    #[test]
    fn a_part_of_an_image_is_put_where_it_is_seen() {
        let place =
            Placed { id: 7, x: 4, y: 2, columns: 30, rows: 5, first: 10, pixels: (300, 20) };
        let order = put(&place, 2);
        assert!(order.starts_with("\x1b[3;5H\x1b_Ga=p,i=7,p=2,x=0,y=200,w=300,h=100,c=30,r=5,"));
    }
}
