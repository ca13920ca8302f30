//! Fonts of a PDF: how wide a code is set, which letters it stands for, how it looks.

use std::collections::HashMap;

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as Bytes};

/// How letters look, as far as it matters to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Look {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// All letters are as wide as each other.
    pub(super) mono: bool,
}

/// The letter for a code that no table explains.
pub(super) const UNKNOWN: char = '\u{fffd}';

/// The fonts of one file, each read once.
#[expect(clippy::struct_field_names, reason = "the faces among what finds them")]
pub(super) struct Faces<'a> {
    cache: FontCache<'a>,
    known: HashMap<ObjectIdentifier, usize>,
    faces: Vec<Face<'a>>,
    fonts: FontResolverFn,
    cmaps: CMapResolverFn,
}

/// A font.
pub(super) struct Face<'a> {
    font: Font<'a>,
    pub(super) look: Look,
    letters: HashMap<u32, Box<str>>,
    collection: Option<Collection>,
}

/// The tables that lead from codes to letters by way of a collection of Chinese, Japanese or Korean
/// characters (ISO 32000-1 §9.10.2).
struct Collection {
    to_cid: CMap,
    to_letters: CMap,
}

/// Most inline fonts kept; files name their fonts as objects, and those are found by number.
const MOST: usize = 4096;

impl<'a> Faces<'a> {
    pub(super) fn new() -> Faces<'a> {
        Faces {
            cache: FontCache::new(),
            known: HashMap::new(),
            faces: Vec::new(),
            fonts: std::sync::Arc::new(|query| {
                Some(match query {
                    FontQuery::Standard(font) => font.get_font_data(),
                    FontQuery::Fallback(font) => font.pick_standard_font().get_font_data(),
                })
            }),
            cmaps: std::sync::Arc::new(load_embedded),
        }
    }

    /// The index of the font that `dict` describes, if it can be used.
    pub(super) fn index(&mut self, dict: &Dict<'a>) -> Option<usize> {
        let id = dict.obj_id();
        if let Some(index) = id.and_then(|id| self.known.get(&id)) {
            return Some(*index);
        }
        if self.faces.len() >= MOST {
            return None;
        }
        let font = self.cache.font(dict, &self.fonts, &self.cmaps)?;
        let face = Face {
            font,
            look: look(dict),
            letters: HashMap::new(),
            collection: Collection::of(dict),
        };
        self.faces.push(face);
        let index = self.faces.len() - 1;
        if let Some(id) = id {
            self.known.insert(id, index);
        }
        Some(index)
    }

    pub(super) fn get(&mut self, index: usize) -> Option<&mut Face<'a>> {
        self.faces.get_mut(index)
    }
}

impl Face<'_> {
    /// The code at `at` and how many bytes it takes, at least 1. `at` is within `bytes`.
    pub(super) fn code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    /// How far a code moves on, in thousandths of the size.
    pub(super) fn advance(&self, code: u32) -> f64 {
        if self.font.is_horizontal() { self.font.code_advance(code).x } else { 0.0 }
    }

    /// The letters that a code stands for.
    pub(super) fn letters(&mut self, code: u32, length: usize) -> &str {
        let Face { font, letters, collection, .. } = self;
        letters.entry(code).or_insert_with(|| {
            let told = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let told = told.map(text).filter(|text| is_told(text));
            let told = told.or_else(|| collection.as_ref()?.letters(code, length));
            told.unwrap_or_else(|| UNKNOWN.to_string()).into_boxed_str()
        })
    }
}

fn is_told(text: &str) -> bool {
    !text.is_empty() && !text.contains('\0')
}

fn text(string: BfString) -> String {
    match string {
        BfString::Char(c) => c.to_string(),
        BfString::String(text) => text,
    }
}

impl Collection {
    /// Only for fonts that do not say their letters themselves.
    fn of(dict: &Dict<'_>) -> Option<Collection> {
        if dict.contains_key("ToUnicode") {
            return None;
        }
        let below = dict.get::<Array<'_>>("DescendantFonts")?.iter::<Dict<'_>>().next()?;
        let info = below.get::<Dict<'_>>("CIDSystemInfo")?;
        let part = |key: &str| info.get::<Bytes<'_>>(key).map(|text| text.as_bytes().to_vec());
        let family = CidFamily::from_registry_ordering(&part("Registry")?, &part("Ordering")?);
        let to_letters = CMap::parse(load_embedded(family.ucs2_cmap()?)?, load_embedded)?;
        let to_cid = match dict.get::<Object<'_>>("Encoding")? {
            Object::Name(name) if name.as_str().starts_with("Identity") => CMap::identity_h(),
            Object::Name(name) => CMap::parse(
                load_embedded(CMapName::from_bytes(name.as_str().as_bytes()))?,
                load_embedded,
            )?,
            Object::Stream(stream) => CMap::parse(&stream.decoded_data().ok()?, load_embedded)?,
            _ => return None,
        };
        Some(Collection { to_cid, to_letters })
    }

    fn letters(&self, code: u32, length: usize) -> Option<String> {
        let cid = self.to_cid.lookup_cid_code(code, u8::try_from(length).ok()?)?;
        self.to_letters.lookup_bf_string(cid).map(text).filter(|text| is_told(text))
    }
}

/// Tells by the flags of a font (ISO 32000-1 table 123) and by its name how it looks.
fn look(dict: &Dict<'_>) -> Look {
    let below =
        dict.get::<Array<'_>>("DescendantFonts").and_then(|all| all.iter::<Dict<'_>>().next());
    let described = below.as_ref().unwrap_or(dict);
    let descriptor = described.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
    let flags = descriptor.get::<i64>("Flags").unwrap_or(0);
    let name = dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_ascii_lowercase());
    let name = name.unwrap_or_default();
    let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
    let has = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    let begins = |marks: &[&str]| marks.iter().any(|mark| name.starts_with(mark));
    let heavy = ["bold", "black", "heavy", "semibold", "demi", "-medi", "simhei"];
    Look {
        bold: flags & (1 << 18) != 0 || has(&heavy) || begins(&["cmbx", "cmb1", "sfbx", "ptmb"]),
        italic: flags & (1 << 6) != 0
            || has(&["italic", "oblique"])
            || begins(&["cmti", "cmmi", "sfti"]),
        mono: flags & 1 != 0
            || has(&["courier", "mono", "consol", "typewriter"])
            || begins(&["cmtt", "sftt"]),
    }
}

/// Whether a stream is a form: content that is drawn as part of a page.
pub(super) fn is_form(stream: &Stream<'_>) -> bool {
    stream.dict().get::<Name<'_>>("Subtype").is_some_and(|name| name.as_str() == "Form")
}
