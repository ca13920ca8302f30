//! A small writer of PDF files, so that the tests make their own.

use std::fmt::Write as _;

/// Text at a place: points from the lower left corner.
#[derive(Clone)]
pub struct Put {
    pub x: f64,
    pub y: f64,
    pub size: f64,
    /// `F1` Helvetica, `F2` bold, `F3` Courier, `F4` characters by `ToUnicode`, `F5` by Adobe-GB1.
    pub font: &'static str,
    pub text: String,
}

pub fn put(x: f64, y: f64, size: f64, font: &'static str, text: &str) -> Put {
    Put { x, y, size, font, text: text.to_owned() }
}

/// Lines below each other, 1.25 sizes apart.
pub fn lines(x: f64, y: f64, size: f64, font: &'static str, lines: &[&str]) -> Vec<Put> {
    let at = |(nth, line): (usize, &&str)| put(x, y - nth as f64 * size * 1.25, size, font, line);
    lines.iter().enumerate().map(at).collect()
}

/// A file.
#[derive(Clone, Default)]
pub struct Book {
    pub pages: Vec<Vec<Put>>,
    pub title: Option<String>,
    pub author: Option<String>,
    pub rotate: i32,
    /// Left, bottom, right, top and where it leads; on every page.
    pub links: Vec<([i32; 4], String)>,
    pub media_box: Option<[i64; 4]>,
    /// Objects in a stream of objects, with a table that is a stream too.
    pub packed: bool,
}

impl Book {
    pub fn of(pages: Vec<Vec<Put>>) -> Book {
        Book { pages, ..Book::default() }
    }

    /// The objects of the file; the first is the catalog, the second the tree of pages.
    pub fn objects(&self) -> Vec<Vec<u8>> {
        let mut objects: Vec<Vec<u8>> = vec![Vec::new(); 13];
        let set =
            |objects: &mut Vec<Vec<u8>>, at: usize, text: String| objects[at] = text.into_bytes();
        set(&mut objects, 0, "<</Type/Catalog/Pages 2 0 R>>".into());
        let simple = |name: &str| {
            format!("<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
        };
        set(&mut objects, 2, simple("Helvetica"));
        set(&mut objects, 3, simple("Helvetica-Bold"));
        set(&mut objects, 4, simple("Courier"));
        set(&mut objects, 5, "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-H/DescendantFonts[8 0 R]/ToUnicode 9 0 R>>".into());
        set(&mut objects, 6, "<</Type/Font/Subtype/Type0/BaseFont/Kai/Encoding/UniGB-UCS2-H/DescendantFonts[10 0 R]>>".into());
        let below = |collection: &str| {
            format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering({collection})/Supplement 0>>/FontDescriptor 11 0 R>>"
            )
        };
        set(&mut objects, 7, below("Identity"));
        let cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange <0000> <FFFF> endcodespacerange\n1 beginbfrange <0000> <FFFF> <0000> endbfrange\nendcmap end end";
        objects[8] = stream("", cmap.as_bytes());
        set(&mut objects, 9, below("GB1"));
        set(&mut objects, 10, "<</Type/FontDescriptor/FontName/Song/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>".into());
        let named = |key: &str, value: &Option<String>| {
            value.as_ref().map_or(String::new(), |value| format!("/{key}<FEFF{}>", hex(value)))
        };
        set(
            &mut objects,
            11,
            format!("<<{}{}>>", named("Title", &self.title), named("Author", &self.author)),
        );
        let mut notes = String::new();
        for (area, url) in &self.links {
            let [a, b, c, d] = area;
            let _ = write!(
                notes,
                "<</Type/Annot/Subtype/Link/Rect[{a} {b} {c} {d}]/A<</S/URI/URI({url})>>>>"
            );
        }
        objects[12] = format!("[{notes}]").into_bytes();
        let mut kids = String::new();
        let [a, b, c, d] = self.media_box.unwrap_or([0, 0, 612, 792]);
        for page in &self.pages {
            objects.push(stream("", content(page).as_bytes()));
            let number = objects.len();
            objects.push(format!("<</Type/Page/Parent 2 0 R/MediaBox[{a} {b} {c} {d}]/Rotate {}/Annots 13 0 R/Contents {number} 0 R/Resources<</Font<</F1 3 0 R/F2 4 0 R/F3 5 0 R/F4 6 0 R/F5 7 0 R>>>>>>", self.rotate).into_bytes());
            let _ = write!(kids, "{} 0 R ", number + 1);
        }
        set(&mut objects, 1, format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.pages.len()));
        objects
    }

    pub fn bytes(&self) -> Vec<u8> {
        if self.packed { packed(&self.objects()) } else { written(&self.objects()) }
    }
}

/// A stream with its dictionary.
pub fn stream(more: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<</Length {}{more}>>stream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

fn content(page: &[Put]) -> String {
    let mut out = String::new();
    for Put { x, y, size, font, text } in page {
        let shown = match *font {
            "F4" | "F5" => format!("<{}>", hex(text)),
            _ => {
                format!("({})", text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)"))
            }
        };
        let _ = writeln!(out, "BT /{font} {size} Tf {x} {y} Td {shown} Tj ET");
    }
    out
}

fn hex(text: &str) -> String {
    let mut out = String::new();
    for unit in text.encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out
}

/// Objects as a file with a table of places.
pub fn written(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (nth, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", nth + 1).into_bytes());
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    let size = objects.len() + 1;
    out.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R/Info 12 0 R>>\nstartxref\n{start}\n%%EOF\n")
            .into_bytes(),
    );
    out
}

/// Objects that are no streams in one stream, and the table of places in another.
fn packed(objects: &[Vec<u8>]) -> Vec<u8> {
    let is_stream = |object: &[u8]| object.windows(7).any(|part| part == b"stream\n");
    let mut out = b"%PDF-1.7\n".to_vec();
    let (mut heads, mut bodies, mut inside) = (String::new(), Vec::new(), Vec::new());
    let mut rows: Vec<(u8, usize, usize)> = vec![(0, 0, 0); objects.len() + 3];
    for (nth, object) in objects.iter().enumerate() {
        let number = nth + 1;
        if is_stream(object) {
            rows[number] = (1, out.len(), 0);
            out.extend(format!("{number} 0 obj\n").into_bytes());
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        } else {
            let _ = write!(heads, "{number} {} ", bodies.len());
            bodies.extend_from_slice(object);
            bodies.push(b' ');
            inside.push(number);
        }
    }
    let (box_number, table_number) = (objects.len() + 1, objects.len() + 2);
    for (index, number) in inside.iter().enumerate() {
        rows[*number] = (2, box_number, index);
    }
    rows[box_number] = (1, out.len(), 0);
    let mut data = heads.clone().into_bytes();
    data.extend_from_slice(&bodies);
    out.extend(format!("{box_number} 0 obj\n").into_bytes());
    out.extend(stream(&format!("/Type/ObjStm/N {}/First {}", inside.len(), heads.len()), &data));
    out.extend_from_slice(b"\nendobj\n");
    let start = out.len();
    rows[table_number] = (1, start, 0);
    let mut table = Vec::new();
    for (kind, place, index) in &rows {
        table.push(*kind);
        table.extend((*place as u32).to_be_bytes());
        table.extend((*index as u16).to_be_bytes());
    }
    out.extend(format!("{table_number} 0 obj\n").into_bytes());
    let about = format!("/Type/XRef/Size {}/W[1 4 2]/Root 1 0 R/Info 12 0 R", rows.len());
    out.extend(stream(&about, &table));
    out.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").into_bytes());
    out
}
