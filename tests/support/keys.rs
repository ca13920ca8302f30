//! Keys by name, as tests write them, and the bytes a terminal sends for them (xterm, normal mode).

/// The bytes a terminal sends for `keys`. A name that is not known fails the test.
#[track_caller]
pub fn encode(keys: &str) -> Vec<u8> {
    let mut sent = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '<' {
            sent.extend(c.encode_utf8(&mut [0; 4]).bytes());
            continue;
        }
        let (name, after) = rest.split_once('>').expect("a named key ends with >; < is <lt>");
        rest = after;
        assert!(name != "esc" || rest.is_empty(), "<esc> only at the end: {keys}");
        sent.extend(named(name));
    }
    sent
}

#[track_caller]
fn named(name: &str) -> Vec<u8> {
    let bytes: &[u8] = match name {
        "enter" => b"\r",
        "esc" => b"\x1b",
        "tab" => b"\t",
        "s-tab" => b"\x1b[Z",
        "space" => b" ",
        "bs" => b"\x7f",
        "up" => b"\x1b[A",
        "down" => b"\x1b[B",
        "right" => b"\x1b[C",
        "left" => b"\x1b[D",
        "home" => b"\x1b[H",
        "end" => b"\x1b[F",
        "del" => b"\x1b[3~",
        "pgup" => b"\x1b[5~",
        "pgdn" => b"\x1b[6~",
        "lt" => b"<",
        "gt" => b">",
        _ => match (name.as_bytes().split_at_checked(2), name.len()) {
            (Some((b"c-", [letter @ b'a'..=b'z'])), 3) => return vec![letter - b'a' + 1],
            (Some((b"a-", letter)), 3) => return vec![0x1b, letter[0]],
            _ => panic!("no key is called <{name}>"),
        },
    };
    bytes.to_vec()
}
