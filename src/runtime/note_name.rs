//! Titles as names of files that every system takes: Windows, macOS, Linux, phones, Obsidian.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Longest name without its ending, in characters.
const MOST_CHARACTERS: usize = 150;

/// Longest name without its ending, in bytes: file systems stop at 255, and ` (2025-01-09)` and `.md`
/// have to fit in.
const MOST_BYTES: usize = 230;

/// What Windows keeps for its devices, whatever follows the first dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// A title as the name of a file or folder, without an ending: composed characters (NFC), what file
/// systems or Obsidian refuse as `_`, no dots or spaces at its ends, never empty.
pub(super) fn stem(title: &str) -> String {
    stem_within(title, MOST_BYTES)
}

/// The same in at most so many bytes.
pub(super) fn stem_within(title: &str, bytes: usize) -> String {
    let composed: String = crate::text::clean_line(title).nfc().collect();
    let refused = |c: char| c.is_control() || "[]#^|:\\/<>\"?*".contains(c);
    let safe: String = composed.chars().map(|c| if refused(c) { '_' } else { c }).collect();
    let name = cut(trimmed(&safe), bytes);
    let name = trimmed(&name);
    if name.is_empty() {
        return "untitled".to_owned();
    }
    if is_device(name) { format!("_{name}") } else { name.to_owned() }
}

fn trimmed(name: &str) -> &str {
    name.trim_matches(|c: char| c == '.' || c.is_whitespace())
}

/// Cuts between what people see as characters.
fn cut(name: &str, bytes: usize) -> String {
    let mut out = String::new();
    for (count, cluster) in name.graphemes(true).enumerate() {
        if count >= MOST_CHARACTERS || out.len() + cluster.len() > bytes {
            break;
        }
        out.push_str(cluster);
    }
    out
}

fn is_device(name: &str) -> bool {
    let base = name.split('.').next().unwrap_or(name).trim_end().to_lowercase();
    let numbered = |port: &str| {
        let number = base.strip_prefix(port).unwrap_or_default();
        number.chars().count() == 1 && number.contains(|c: char| c.is_numeric())
    };
    DEVICES.contains(&base.as_str()) || numbered("com") || numbered("lpt")
}

/// The form in which names are compared: many file systems do not tell capitals from small letters.
pub(super) fn folded(name: &str) -> String {
    name.nfkc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_becomes_a_name_that_every_file_system_takes() {
        for (title, name) in [
            ("102: 开源周，在开什么？", "102_ 开源周，在开什么？"),
            ("../../etc/passwd", "_.._etc_passwd"),
            ("a/b\\c\u{1b}\u{202e}", "a_b_c"),
            ("  ... ", "untitled"),
            ("", "untitled"),
            ("?", "_"),
            ("\u{65}\u{301}té 结尾. . ", "été 结尾"),
            ("NUL", "_NUL"),
            ("con.txt", "_con.txt"),
            ("Com7", "_Com7"),
            ("lpt¹", "_lpt¹"),
            ("Console", "Console"),
            ("com10", "com10"),
            ("一\n二\t三", "一 二 三"),
        ] {
            assert_eq!(stem(title), name, "{title:?}");
        }
    }

    #[test]
    fn long_titles_are_cut_between_characters() {
        assert_eq!(stem(&"a".repeat(400)).chars().count(), MOST_CHARACTERS);
        let chinese = stem(&"长".repeat(400));
        assert!(chinese.len() <= MOST_BYTES && chinese.len() + 3 > MOST_BYTES);
        let family = "👩‍👩‍👧‍👦".repeat(40);
        let cut = stem(&family);
        assert_eq!(cut.len() % "👩‍👩‍👧‍👦".len(), 0);
        let ends = format!("{}. {}", "a".repeat(149), "b".repeat(20));
        assert_eq!(stem(&ends), "a".repeat(149));
    }
}
