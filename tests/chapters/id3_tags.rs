//! ID3 tags as the `id3` crate writes them.

use id3::frame::{Chapter, ExtendedLink, Picture, PictureType, TableOfContents};
use id3::{Encoder, Frame, Tag, TagLike, Version};
use latetalk::model::ChapterSource;

use super::{read, shown};

pub(crate) fn id3_chapter(id: &str, start: u32, end: u32, title: &str) -> Chapter {
    Chapter {
        element_id: id.into(),
        start_time: start,
        end_time: end,
        start_offset: u32::MAX,
        end_offset: u32::MAX,
        frames: vec![Frame::text("TIT2", title)],
    }
}

pub(crate) fn contents(
    id: &str,
    top_level: bool,
    elements: &[&str],
    frames: Vec<Frame>,
) -> TableOfContents {
    let elements = elements.iter().map(|e| (*e).to_owned()).collect();
    TableOfContents { element_id: id.into(), top_level, ordered: true, elements, frames }
}

pub(crate) fn mp3(tag: &Tag, version: Version, unsynchronisation: bool) -> Vec<u8> {
    let mut out = Vec::new();
    Encoder::new()
        .version(version)
        .unsynchronisation(unsynchronisation)
        .encode(tag, &mut out)
        .expect("encodes");
    out.extend([0xff, 0xfb, 0x90, 0x00].repeat(50));
    out
}

#[test]
fn chapters_of_id3_are_read_in_both_versions_and_made_safe_or_not() {
    let mut tag = Tag::new();
    let mut first = id3_chapter("c0", 0, 61_500, "开场 ÿþ");
    let link = ExtendedLink { description: "网页 ÿ".into(), link: "https://a.example/1".into() };
    first.frames.push(link.into());
    let cover = Picture {
        mime_type: "-->".into(),
        picture_type: PictureType::Other,
        description: "ÿ".into(),
        data: b"https://a.example/1.png".to_vec(),
    };
    first.frames.push(cover.into());
    let photo = Picture {
        mime_type: "image/png".into(),
        picture_type: PictureType::Other,
        description: String::new(),
        data: [0xff, 0x00, 0xff, 0xe0].repeat(200),
    };
    let mut second = id3_chapter("c1", 61_500, 0x00ff_e0ff, "Гости & 嘉宾");
    second.frames.push(photo.into());
    tag.add_frame(first);
    tag.add_frame(second);
    tag.add_frame(contents("toc", true, &["c0", "c1"], Vec::new()));
    tag.set_title("Episode");
    for version in [Version::Id3v23, Version::Id3v24] {
        for safe in [false, true] {
            let found = read(&mp3(&tag, version, safe)).expect("chapters");
            assert_eq!(found.source, ChapterSource::Id3);
            assert_eq!(
                shown(&found),
                [(0, Some(61_500), "开场 ÿþ"), (61_500, Some(0x00ff_e0ff), "Гости & 嘉宾"),],
                "{version} {safe}"
            );
            assert_eq!(found.list[0].url.as_deref(), Some("https://a.example/1"));
            assert_eq!(found.list[0].image.as_deref(), Some("https://a.example/1.png"));
        }
    }
}

#[test]
fn the_table_of_contents_hides_and_groups() {
    let mut tag = Tag::new();
    for (id, start) in [("a", 0), ("b", 10), ("ad", 20), ("c", 30)] {
        tag.add_frame(id3_chapter(id, start, start + 10, id));
    }
    tag.add_frame(contents("top", true, &["a", "inner"], Vec::new()));
    tag.add_frame(contents("inner", false, &["b", "c"], vec![Frame::text("TIT2", "第二部分")]));
    let found = read(&mp3(&tag, Version::Id3v24, false)).expect("chapters");
    let all: Vec<_> = found.list.iter().map(|c| (c.title.as_str(), c.section.as_deref())).collect();
    assert_eq!(all, [("a", None), ("b", Some("第二部分")), ("c", Some("第二部分"))]);
}

#[test]
fn tables_that_contain_each_other_end() {
    let mut tag = Tag::new();
    tag.add_frame(id3_chapter("a", 0, 10, "甲"));
    tag.add_frame(contents("x", true, &["y", "a"], Vec::new()));
    tag.add_frame(contents("y", false, &["x", "y"], Vec::new()));
    let found = read(&mp3(&tag, Version::Id3v23, false)).expect("chapters");
    assert_eq!(shown(&found), [(0, Some(10), "甲")]);
}
