//! Pictures of texts: decoded in a process of their own, fetched politely, kept on the disk.
#![cfg(test)]

use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use latetalk::sandbox::{PictureError, PictureLimits, Raster, decode_picture};

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_latetalk"))
}

fn decode(bytes: Vec<u8>, fit: (u32, u32)) -> Result<Raster, PictureError> {
    decode_picture(program(), bytes, fit, PictureLimits::default())
}

/// Red at the left, blue at the right.
fn halves(width: u32, height: u32) -> DynamicImage {
    let picture = RgbaImage::from_fn(width, height, |x, _| {
        if x < width / 2 { Rgba([220, 20, 20, 255]) } else { Rgba([20, 20, 220, 255]) }
    });
    DynamicImage::ImageRgba8(picture)
}

fn written(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let flat = DynamicImage::ImageRgb8(picture.to_rgb8());
    flat.write_to(&mut bytes, format).expect("a picture is written");
    bytes.into_inner()
}

/// The pixel at these percent of the way.
#[track_caller]
fn pixel(raster: &Raster, x: u32, y: u32) -> [u8; 4] {
    let at = (raster.height * y / 100 * raster.width + raster.width * x / 100) as usize * 4;
    raster.rgba[at..at + 4].try_into().unwrap()
}

#[test]
fn pictures_of_every_kind_are_scaled_down_and_never_up() {
    let formats = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::WebP,
        ImageFormat::Bmp,
    ];
    for format in formats {
        let bytes = written(&halves(1200, 600), format);
        let raster = decode(bytes.clone(), (400, 1000)).unwrap();
        assert_eq!((raster.original, raster.width, raster.height), ((1200, 600), 400, 200));
        let (left, right) = (pixel(&raster, 10, 50), pixel(&raster, 90, 50));
        assert!(left[0] > 190 && left[2] < 60, "{format:?}: {left:?}");
        assert!(right[2] > 190 && right[0] < 60, "{format:?}: {right:?}");
        let raster = decode(bytes, (5000, 5000)).unwrap();
        assert_eq!((raster.width, raster.height), (1200, 600), "{format:?}");
    }
}

/// A JPEG whose orientation says: turn it to the right.
fn turned(picture: &DynamicImage) -> Vec<u8> {
    let jpeg = written(picture, ImageFormat::Jpeg);
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    exif.extend_from_slice(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], b"\xff\xe1", &length, &exif, &jpeg[2..]].concat()
}

#[test]
fn a_photograph_stands_upright() {
    let raster = decode(turned(&halves(400, 200)), (1000, 1000)).unwrap();
    assert_eq!(raster.original, (200, 400));
    // What was at the left is at the top now.
    assert!(pixel(&raster, 50, 10)[0] > 190, "{:?}", pixel(&raster, 50, 10));
    assert!(pixel(&raster, 50, 90)[2] > 190, "{:?}", pixel(&raster, 50, 90));
}

/// A PNG that claims a size and holds next to nothing.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut png = written(&halves(4, 4), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    // The checksum of the head, bit by bit.
    let mut sum = u32::MAX;
    for byte in &png[12..29] {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 };
        }
    }
    png[29..33].copy_from_slice(&(!sum).to_be_bytes());
    png
}

#[test]
fn a_bomb_is_too_large_and_costs_no_time() {
    let started = Instant::now();
    for (width, height) in [(30_000, 30_000), (u32::MAX >> 1, 1), (65_535, 65_535)] {
        let error = decode(claiming(width, height), (400, 400)).unwrap_err();
        assert!(matches!(error, PictureError::TooLarge), "{width}x{height}: {error}");
    }
    // Within the bounds of what may be claimed, but without the pixels.
    let error = decode(claiming(6000, 6000), (400, 400)).unwrap_err();
    assert!(matches!(error, PictureError::Broken), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));
    let limits = PictureLimits { memory: 40 << 20, ..PictureLimits::default() };
    let large = written(&halves(4000, 4000), ImageFormat::Png);
    let error = decode_picture(program(), large, (400, 400), limits).unwrap_err();
    assert!(matches!(error, PictureError::TooLarge), "{error}");
}

#[test]
fn what_is_no_picture_is_said_so() {
    for bytes in [&b""[..], b"<html>no", b"<svg xmlns='http://www.w3.org/2000/svg'/>", &[0; 64]] {
        let error = decode(bytes.to_vec(), (100, 100)).unwrap_err();
        assert!(matches!(error, PictureError::Unknown), "{error}");
    }
}

#[test]
fn cut_and_changed_pictures_are_survived() {
    let mut state = 7_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize
    };
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let whole = written(&halves(300, 200), format);
        for round in 0..6 {
            let mut bytes = whole.clone();
            if round % 2 == 0 {
                bytes.truncate(whole.len() * (round + 1) / 8);
            } else {
                for _ in 0..20 {
                    let at = 12 + next() % (bytes.len() - 12);
                    bytes[at] = next() as u8;
                }
            }
            match decode(bytes, (100, 100)) {
                Ok(raster) => assert!(raster.width <= 100 && raster.height <= 100),
                Err(PictureError::Sandbox(why)) => panic!("{format:?}: {why}"),
                Err(_) => {}
            }
        }
    }
}

#[path = "servers/loopback.rs"]
mod loopback;

use latetalk::runtime::{Kept, Places, Services, keep_pictures};
use latetalk::text::from_html;
use loopback::{Server, Step, head};

/// Answers with a body.
fn reply(status: u16, headers: &[(&str, &str)], body: &[u8]) -> Vec<Step> {
    let length = body.len().to_string();
    let mut all = headers.to_vec();
    all.push(("Content-Length", &length));
    let mut bytes = head(status, &all);
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

#[test]
fn the_pictures_of_a_page_are_kept_and_asked_for_once() {
    let picture = written(&halves(300, 200), ImageFormat::Png);
    let bytes = picture.len() as u64;
    let server = Server::start(move |heard| match heard.path.as_str() {
        "/moved.png" => reply(302, &[("Location", "/a.png")], b""),
        "/page.png" => reply(200, &[("Content-Type", "image/png")], b"<!doctype html><p>sign in"),
        "/gone.png" => reply(404, &[], b""),
        "/large.png" => reply(200, &[], &vec![0; 9 << 20]),
        _ => reply(200, &[("Content-Type", "image/png")], &picture),
    });
    let names = ["a.png", "moved.png", "a.png", "page.png", "gone.png", "large.png"];
    let passage = |name: &&str| format!("<p>text</p><img src='/{name}'>");
    let html = names.iter().map(passage).collect::<String>();
    let page = server.url("/page");
    let document = from_html(&html, Some(&page));
    let home = tempfile::tempdir().unwrap();
    let executor = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let settings = latetalk::config::load(None).unwrap();
    let places = Places::find(Some(home.path())).unwrap();
    let (services, library) = Services::start(places, settings, executor.handle()).unwrap();
    let kept = executor.block_on(keep_pictures(&services, &document, &page)).unwrap();
    let Kept { pictures, bytes: all, failed } = &kept;
    assert_eq!((*pictures, *all, failed.len()), (2, bytes * 2, 3), "{failed:?}");
    assert!(failed.iter().any(|why| why.contains("not a picture")), "{failed:?}");
    let asked = |path: &str| server.heard().iter().filter(|heard| heard.path == path).count();
    assert_eq!((asked("/moved.png"), asked("/a.png")), (1, 2));
    let accept = server.heard()[0].header("accept").unwrap_or_default().to_owned();
    assert!(accept.starts_with("image/"), "{accept}");
    // From the disk now.
    let before = server.heard().len();
    let good = from_html("<p>t</p><img src='/a.png'><p>t</p><img src='/moved.png'>", Some(&page));
    let again = executor.block_on(keep_pictures(&services, &good, &page)).unwrap();
    assert_eq!((again.pictures, again.failed.len()), (2, 0));
    assert_eq!(server.heard().len(), before);
    // What is public does not lead to this machine.
    let home = tempfile::tempdir().unwrap();
    let places = Places::find(Some(home.path())).unwrap();
    let settings = latetalk::config::load(None).unwrap();
    let (strict, other) = Services::start(places, settings, executor.handle()).unwrap();
    let public =
        executor.block_on(keep_pictures(&strict, &good, "https://a.example/page")).unwrap();
    assert_eq!((public.pictures, public.failed.len()), (0, 2));
    assert_eq!(server.heard().len(), before);
    drop((services, strict));
    library.join().unwrap();
    other.join().unwrap();
}
