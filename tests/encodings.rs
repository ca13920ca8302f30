//! Pages in the encodings of the web, with labels, without, and with labels that lie.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use encoding_rs::Encoding;
use latetalk::article::{Page, View, extract};
use latetalk::text::decode;

/// A label, and a text that people would write in it.
const WRITTEN: [(&str, &str); 17] = [
    (
        "gb2312",
        "林夏说，电池的价格在十年里降了九成，没有人在一开始想到会这样快，连做电池的人也没有。",
    ),
    (
        "gbk",
        "周野喆说：這些镕、堃字不在国标里，但人名里有，所以网页里也有。价格仍然在降，工厂还在建。",
    ),
    (
        "gb18030",
        "林夏说，电池的价格在十年里降了九成㐀，没有人在一开始想到会这样快，连做电池的人也没有。",
    ),
    (
        "big5",
        "林夏說，電池的價格在十年裡降了九成，沒有人在一開始想到會這樣快，連做電池的人也沒有。",
    ),
    (
        "big5-hkscs",
        "林夏說，香港的電池在十年裡便宜了九成，沒有人在一開始想到會這樣快，連做電池的人也沒有。",
    ),
    (
        "shift_jis",
        "電池の値段は十年で九割も下がった。最初にこんなに早いと思った人はいなかったという。",
    ),
    (
        "euc-jp",
        "電池の値段は十年で九割も下がった。最初にこんなに早いと思った人はいなかったという。",
    ),
    (
        "iso-2022-jp",
        "電池の値段は十年で九割も下がった。最初にこんなに早いと思った人はいなかったという。",
    ),
    (
        "euc-kr",
        "배터리 가격은 십 년 만에 구십 퍼센트나 떨어졌다. 이렇게 빠를 줄은 아무도 몰랐다고 한다.",
    ),
    (
        "windows-1251",
        "Цена батарей за десять лет упала на девяносто процентов, и никто этого не ожидал.",
    ),
    ("koi8-r", "Цена батарей за десять лет упала на девяносто процентов, и никто этого не ожидал."),
    (
        "iso-8859-5",
        "Цена батарей за десять лет упала на девяносто процентов, и никто этого не ожидал.",
    ),
    (
        "windows-1252",
        "Le prix des batteries a chuté de neuf dixièmes en dix ans, et personne ne l’avait prévu.",
    ),
    (
        "windows-1250",
        "Cena baterií klesla za deset let o devadesát procent a nikdo to nečekal, říká Žofie.",
    ),
    (
        "windows-1253",
        "Η τιμή των μπαταριών έπεσε κατά ενενήντα τοις εκατό σε δέκα χρόνια και κανείς δεν το περίμενε.",
    ),
    ("windows-1256", "انخفض سعر البطاريات بنسبة تسعين في المئة خلال عشر سنوات ولم يتوقع أحد ذلك."),
    ("windows-1255", "מחיר הסוללות ירד בתשעים אחוזים בתוך עשר שנים ואיש לא ציפה לכך."),
];

fn bytes(label: &str, text: &str) -> Vec<u8> {
    let encoding = Encoding::for_label(label.as_bytes()).unwrap();
    let (bytes, _, lost) = encoding.encode(text);
    assert!(!lost, "{label} cannot write its text");
    bytes.into_owned()
}

fn page(head: &str, text: &str) -> String {
    format!(
        "<html><head>{head}<title>t</title></head><body><p>{text}</p><p>{text}</p></body></html>"
    )
}

#[test]
fn the_label_of_the_header_is_heard_in_every_spelling() {
    for (label, text) in WRITTEN {
        let html = page("", text);
        let bytes = bytes(label, &html);
        for label in [label.to_owned(), label.to_uppercase(), format!("\"{label}\"")] {
            assert_eq!(decode(&bytes, Some(&label)).text, html, "{label}");
        }
    }
}

#[test]
fn the_declaration_of_the_page_is_found_wherever_it_stands() {
    for (label, text) in WRITTEN {
        let long = format!("<!--{}-->", "x".repeat(5000));
        for head in [
            format!("<meta charset={label}>"),
            format!("<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset={label}'>"),
            format!("{long}<meta charset=\"{label}\">"),
        ] {
            let html = page(&head, text);
            assert_eq!(decode(&bytes(label, &html), None).text, html, "{head:.40}");
        }
    }
}

#[test]
fn valid_utf8_beats_every_label() {
    for (label, text) in WRITTEN.iter().filter(|(label, _)| *label != "iso-2022-jp") {
        let html = page(&format!("<meta charset={label}>"), text);
        assert_eq!(decode(html.as_bytes(), Some(label)).text, html, "{label}");
        let marked = format!("\u{feff}{html}");
        assert_eq!(decode(marked.as_bytes(), Some(label)).text, html, "{label} with a mark");
    }
}

#[test]
fn a_label_that_lies_does_no_harm() {
    let mut wrong = Vec::new();
    for (label, text) in WRITTEN {
        // What a label can be found out by: it leaves bytes without a meaning, or says next to nothing.
        let html = page("", text);
        for lie in ["utf-8", "utf-16", "iso-8859-1", "nonsense", ""] {
            // These two hold no byte that tells them from Latin-1, or from each other.
            let unknowable = label == "windows-1252" && lie == "iso-8859-1";
            if decode(&bytes(label, &html), Some(lie)).text != html && !unknowable {
                wrong.push(format!(
                    "{label} as {lie}: {}",
                    decode(&bytes(label, &html), Some(lie)).encoding
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn without_any_label_the_bytes_tell() {
    let mut wrong = Vec::new();
    for (label, text) in WRITTEN {
        let html = page("", text);
        let read = decode(&bytes(label, &html), None);
        if read.text != html {
            wrong.push(format!("{label}: {}", read.encoding));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_characters_of_hong_kong_are_read_under_both_labels() {
    // 嘅冇咗, which no encoder of the web writes any more.
    let bytes = b"\x9d\xef\xc9\x4e\x9d\xf7";
    for label in ["big5", "big5-hkscs"] {
        assert_eq!(decode(bytes, Some(label)).text, "嘅冇咗", "{label}");
    }
}

#[test]
fn utf16_is_read_with_a_mark_and_without() {
    let html = page("<meta charset=utf-8>", WRITTEN[0].1);
    let little: Vec<u8> = html.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = html.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for bytes in [&little, &big] {
        assert_eq!(decode(bytes, Some("utf-8")).text, html);
    }
    assert_eq!(decode(&[b"\xff\xfe".as_slice(), &little].concat(), Some("gbk")).text, html);
    assert_eq!(decode(&[b"\xfe\xff".as_slice(), &big].concat(), None).text, html);
}

#[test]
fn an_article_is_read_in_the_encoding_of_its_site() {
    for (label, text) in WRITTEN {
        let paragraphs = format!("<p>{text}</p>").repeat(8);
        let html = format!("<title>{text:.30}</title><article>{paragraphs}</article>");
        let bytes = bytes(label, &html);
        let content_type = format!("text/html; charset={label}");
        let page =
            Page { url: "https://a.example/1", content_type: Some(&content_type), bytes: &bytes };
        let read = extract(&page, View::Reader).unwrap();
        assert!(read.document.plain_text().contains(text), "{label}");
    }
}
