//! What a terminal answers, parted from what was typed meanwhile.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// What a terminal has told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Answers {
    /// It knows kitty's images.
    pub(super) kitty: bool,
    /// It knows sixels.
    pub(super) sixel: bool,
    /// Width and height of a cell, in pixels.
    pub(super) cell: Option<(u16, u16)>,
    /// Its ground.
    pub(super) ground: Option<(u8, u8, u8)>,
    /// The last answer has come.
    pub(super) over: bool,
}

/// Parts all that was heard into answers and keys. Where nothing more will come, a lone escape is a key.
pub(super) fn read_answers(heard: &[u8], over: bool) -> (Answers, Vec<Event>) {
    let mut answers = Answers::default();
    let mut typed = Vec::new();
    let mut rest = heard;
    while let Some(first) = rest.first() {
        let (length, key) = match (first, rest.get(1)) {
            (0x1b, Some(b'[')) => match sequence(rest) {
                Some(sequence) => (sequence.len(), told(&mut answers, sequence)),
                None => break,
            },
            (0x1b, Some(b'_' | b']' | b'P')) => match string(rest) {
                Some(string) => {
                    tell(&mut answers, string);
                    (string.len(), None)
                }
                None => break,
            },
            (0x1b, None) if !over => break,
            (0x1b, _) => (1, Some(KeyEvent::from(KeyCode::Esc))),
            _ => match character(rest) {
                Some((c, length)) => (length, key_of(c)),
                None => (1, None),
            },
        };
        typed.extend(key.map(Event::Key));
        rest = rest.get(length..).unwrap_or_default();
    }
    (answers, typed)
}

/// A control sequence up to its last byte.
fn sequence(bytes: &[u8]) -> Option<&[u8]> {
    let last = bytes.iter().skip(2).position(|byte| (0x40..=0x7e).contains(byte))?;
    bytes.get(..last + 3)
}

/// A string up to its terminator.
fn string(bytes: &[u8]) -> Option<&[u8]> {
    let end = (2..bytes.len()).find(|&at| {
        bytes.get(at) == Some(&7)
            || (bytes.get(at) == Some(&b'\\') && bytes.get(at - 1) == Some(&0x1b))
    });
    bytes.get(..=end?)
}

/// A control sequence is an answer, or an arrow key.
fn told(answers: &mut Answers, sequence: &[u8]) -> Option<KeyEvent> {
    let text = std::str::from_utf8(sequence).ok()?.get(2..)?;
    let key = match text {
        "A" => KeyCode::Up,
        "B" => KeyCode::Down,
        "C" => KeyCode::Right,
        "D" => KeyCode::Left,
        "H" => KeyCode::Home,
        "F" => KeyCode::End,
        "5~" => KeyCode::PageUp,
        "6~" => KeyCode::PageDown,
        _ => {
            if let Some(attributes) = text.strip_prefix('?').and_then(|t| t.strip_suffix('c')) {
                answers.sixel |= attributes.split(';').any(|attribute| attribute == "4");
                answers.over = true;
            } else if let Some(size) = text.strip_prefix("6;").and_then(|t| t.strip_suffix('t')) {
                answers.cell = size.split_once(';').and_then(|(height, width)| {
                    let cell = (width.parse().ok()?, height.parse().ok()?);
                    (cell.0 > 0 && cell.1 > 0).then_some(cell)
                });
            }
            return None;
        }
    };
    Some(key.into())
}

fn tell(answers: &mut Answers, string: &[u8]) {
    let Ok(text) = std::str::from_utf8(string) else { return };
    if text.starts_with("\u{1b}_Gi=31") && text.contains(";OK") {
        answers.kitty = true;
    }
    if let Some((_, color)) = text.split_once("]11;rgb:") {
        let mut parts = color.split(|c: char| !c.is_ascii_hexdigit());
        let mut part = || {
            let digits = parts.next()?;
            u8::from_str_radix(digits.get(..2)?, 16).ok()
        };
        if let (Some(red), Some(green), Some(blue)) = (part(), part(), part()) {
            answers.ground = Some((red, green, blue));
        }
    }
}

/// The first character of some bytes and its length.
fn character(bytes: &[u8]) -> Option<(char, usize)> {
    let whole = (1..=4).find_map(|length| std::str::from_utf8(bytes.get(..length)?).ok())?;
    whole.chars().next().map(|c| (c, whole.len()))
}

fn key_of(c: char) -> Option<KeyEvent> {
    Some(match c {
        '\r' | '\n' => KeyCode::Enter.into(),
        '\t' => KeyCode::Tab.into(),
        '\u{7f}' => KeyCode::Backspace.into(),
        '\u{1}'..='\u{1a}' => {
            let letter = char::from(b'a' + u8::try_from(u32::from(c)).ok()?.checked_sub(1)?);
            KeyEvent::new(KeyCode::Char(letter), KeyModifiers::CONTROL)
        }
        c if c.is_control() => return None,
        c => KeyCode::Char(c).into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_understood_and_keys_are_kept() {
        let heard =
            b"j\x1b_Gi=31;OK\x1b\\G\x1b]11;rgb:1b1b/1a1a/1919\x1b\\\x1b[6;20;10t\x1b[I\x1b[B\
                      \xe5\xa5\xbd\x06\x1b[?62;4;22c\x1b";
        let (answers, typed) = read_answers(heard, true);
        let told = Answers {
            kitty: true,
            sixel: true,
            cell: Some((10, 20)),
            ground: Some((0x1b, 0x1a, 0x19)),
            over: true,
        };
        assert_eq!(answers, told);
        let plain = |code: KeyCode| Event::Key(code.into());
        let keys = vec![
            plain(KeyCode::Char('j')),
            plain(KeyCode::Char('G')),
            plain(KeyCode::Down),
            plain(KeyCode::Char('好')),
            Event::Key(KeyEvent::new(KeyCode::Char('f'), KeyModifiers::CONTROL)),
            plain(KeyCode::Esc),
        ];
        assert_eq!(typed, keys);
    }

    #[test]
    fn half_an_answer_waits_for_its_rest_and_is_never_a_key() {
        let whole = b"\x1b_Gi=31;OK\x1b\\\x1b]11;rgb:ffff/ffff/ffff\x07\x1b[6;17;8t\x1b[?6c";
        for end in 0..whole.len() {
            let (answers, typed) = read_answers(&whole[..end], false);
            assert!(!answers.over, "{end}");
            assert_eq!(typed, [], "{end}");
        }
        let (answers, typed) = read_answers(whole, false);
        assert!(answers.over && answers.kitty && !answers.sixel);
        assert_eq!((answers.cell, typed.len()), (Some((8, 17)), 0));
        assert_eq!(answers.ground, Some((255, 255, 255)));
    }

    #[test]
    fn nonsense_is_survived() {
        for heard in [&b"\xff\xfe\x1b[\x1b]"[..], b"\x1b[6;0;0t\x1b[?c", b"\x1b]11;rgb:zz/\x07"] {
            let (answers, _) = read_answers(heard, true);
            assert_eq!((answers.cell, answers.ground), (None, None));
        }
    }
}
