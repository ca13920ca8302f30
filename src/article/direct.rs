//! Links that lead to a file instead of a page: a recording that can be played, a picture.

use std::io::Cursor;

use image::{ImageFormat, ImageReader};
use url::Url;

use super::facts::Facts;
use super::{Extracted, web};
use crate::model::{ArticleOutcome, Offer};
use crate::text::{BlockKind, Composer, SpanStyle, clean_line};

/// A link to a recording, told by the end of its address, as something that can be played: nothing is
/// fetched, because a recording may be large and may be played without.
#[must_use]
pub fn recording(address: &str) -> Option<Extracted> {
    const SUFFIXES: [&str; 10] =
        ["mp3", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac", "wav", "aiff"];
    let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
    let suffix = url.path().rsplit_once('.')?.1.to_ascii_lowercase();
    if !SUFFIXES.contains(&suffix.as_str()) {
        return None;
    }
    let mut composer = Composer::new(None);
    composer.paragraph();
    let host = url.host_str().unwrap_or_default();
    composer.text(
        &format!("▶ {} · {host}", suffix.to_uppercase()),
        SpanStyle::default(),
        Some(address),
    );
    let offers = vec![Offer::Recording { url: address.to_owned() }];
    let facts = Facts { title: name(&url), offers, ..Facts::default() };
    let document = composer.finish();
    let mut extracted = web::finish(address, facts, ArticleOutcome::Readable, document, 1);
    extracted.html = crate::text::to_html(&extracted.document);
    Some(extracted)
}

/// A picture as a page that shows it, with its kind and its size.
pub(super) fn picture(address: &str, bytes: &[u8]) -> Extracted {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok();
    let format = reader.as_ref().and_then(ImageReader::format);
    let size = reader.and_then(|reader| reader.into_dimensions().ok());
    let kind = match format {
        Some(ImageFormat::Jpeg) => "JPEG",
        Some(ImageFormat::Png) => "PNG",
        Some(ImageFormat::Gif) => "GIF",
        Some(ImageFormat::WebP) => "WebP",
        _ if bytes.starts_with(b"<") => "SVG",
        _ => "",
    };
    let size = size.map(|(wide, high)| format!("{wide} × {high}"));
    let weight = format!("{} KB", bytes.len().div_ceil(1024));
    let parts = [kind.to_owned(), size.unwrap_or_default(), weight];
    let said: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let title = Url::parse(address).ok().as_ref().and_then(name);
    let mut composer = Composer::new(Some(address));
    let src = composer.source(address);
    composer.block(BlockKind::Image { src, alt: title.clone().unwrap_or_default() });
    composer.paragraph();
    composer.text(&said.join(" · "), SpanStyle::default(), None);
    let facts = Facts { title, ..Facts::default() };
    web::finish(address, facts, ArticleOutcome::Readable, composer.finish(), 1)
}

/// The name of the file that an address leads to.
fn name(url: &Url) -> Option<String> {
    let last = url.path_segments()?.next_back()?;
    let pair = format!("n={}", last.replace('+', "%2B"));
    let decoded = url::form_urlencoded::parse(pair.as_bytes()).next()?.1.into_owned();
    let name = clean_line(&decoded);
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_is_offered_to_be_played_and_nothing_is_fetched() {
        let read = recording("https://a.example/x/%E7%94%B5%E6%B1%A0%20a+b.mp3?t=1").unwrap();
        assert_eq!(read.article.title.as_deref(), Some("电池 a+b.mp3"));
        assert_eq!(
            read.article.offers,
            [Offer::Recording {
                url: "https://a.example/x/%E7%94%B5%E6%B1%A0%20a+b.mp3?t=1".into()
            }]
        );
        assert_eq!(read.document.plain_text(), "▶ MP3 · a.example");
        assert!(recording("https://a.example/mp3").is_none());
        assert!(recording("file:///etc/a.mp3").is_none());
    }

    #[test]
    fn a_picture_is_shown_with_its_size() {
        let mut bytes = Cursor::new(Vec::new());
        image::RgbImage::new(3, 2).write_to(&mut bytes, ImageFormat::Png).unwrap();
        let read = picture("https://a.example/a.png", bytes.get_ref());
        let BlockKind::Image { src, alt } = &read.document.blocks[0].kind else { panic!() };
        assert_eq!((src.as_str(), alt.as_str()), ("https://a.example/a.png", "a.png"));
        assert_eq!(read.document.plain_text(), "PNG · 3 × 2 · 1 KB");
    }
}
