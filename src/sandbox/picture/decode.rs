//! Bytes of a picture to pixels of the size that is wanted.

use std::io::Cursor;

use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader, Limits};

use super::Raster;
use super::wire::{Answer, Question};
use crate::text::scaled_picture;

/// Decodes what is asked for. Colour profiles are ignored.
pub(super) fn decode(question: &Question) -> Answer {
    match pixels(question) {
        Ok(raster) => Answer::Raster(raster),
        Err(answer) => answer,
    }
}

fn pixels(question: &Question) -> Result<Raster, Answer> {
    let reader = ImageReader::new(Cursor::new(question.bytes.as_slice()));
    let mut reader = reader.with_guessed_format().map_err(|_| Answer::Unknown)?;
    if reader.format().is_none() {
        return Err(Answer::Unknown);
    }
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(question.decoded);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| understand(&error))?;
    let (width, height) = decoder.dimensions();
    let too_many = u64::from(width) * u64::from(height) > question.pixels;
    if too_many || decoder.total_bytes() > question.decoded {
        return Err(Answer::TooLarge);
    }
    // Without one, or with a damaged one, it stands as it is.
    let orientation = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| understand(&error))?;
    if let Some(orientation) = orientation {
        picture.apply_orientation(orientation);
    }
    let original = (picture.width(), picture.height());
    if original.0 == 0 || original.1 == 0 {
        return Err(Answer::Broken);
    }
    let (width, height) = scaled_picture(original, question.fit);
    let picture = scale(picture, width, height).into_rgba8();
    Ok(Raster { original, width, height, rgba: picture.into_raw() })
}

/// Averages what is much too large, which is quick; filters what is nearly right, which is sharp.
fn scale(picture: DynamicImage, width: u32, height: u32) -> DynamicImage {
    if (picture.width(), picture.height()) == (width, height) {
        return picture;
    }
    let (rough_width, rough_height) = (width.saturating_mul(3), height.saturating_mul(3));
    let picture = if picture.width() > rough_width && picture.height() > rough_height {
        picture.thumbnail_exact(rough_width, rough_height)
    } else {
        picture
    };
    picture.resize_exact(width, height, FilterType::CatmullRom)
}

fn understand(error: &ImageError) -> Answer {
    match error {
        ImageError::Limits(_) => Answer::TooLarge,
        ImageError::Unsupported(_) => Answer::Unknown,
        ImageError::Decoding(_)
        | ImageError::Encoding(_)
        | ImageError::Parameter(_)
        | ImageError::IoError(_) => Answer::Broken,
    }
}
