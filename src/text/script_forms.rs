//! Superscripts and subscripts in plain characters: `x²`, `H₂O`, and `x^(a+b)` where Unicode has none.

const SUPER: &[(char, char)] = &[
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('=', '⁼'),
    ('(', '⁽'),
    (')', '⁾'),
    ('n', 'ⁿ'),
    ('i', 'ⁱ'),
    ('T', 'ᵀ'),
];
const SUB: &[(char, char)] = &[
    ('0', '₀'),
    ('1', '₁'),
    ('2', '₂'),
    ('3', '₃'),
    ('4', '₄'),
    ('5', '₅'),
    ('6', '₆'),
    ('7', '₇'),
    ('8', '₈'),
    ('9', '₉'),
    ('+', '₊'),
    ('-', '₋'),
    ('−', '₋'),
    ('=', '₌'),
    ('(', '₍'),
    (')', '₎'),
    ('i', 'ᵢ'),
    ('j', 'ⱼ'),
    ('k', 'ₖ'),
    ('m', 'ₘ'),
    ('n', 'ₙ'),
    ('t', 'ₜ'),
    ('x', 'ₓ'),
];
/// What is raised for looks only.
const PLAIN: &[&str] =
    &["st", "nd", "rd", "th", "™", "®", "©", "TM", "*", "†", "‡", "°", "er", "e"];

/// Raised text; ordinals and marks as they stand, references `[1]` too.
pub(super) fn superscript(text: &str) -> String {
    if PLAIN.contains(&text) || (text.starts_with(['[', '〔', '［']) && text.chars().count() <= 8)
    {
        return text.to_owned();
    }
    mapped(text, SUPER).unwrap_or_else(|| marked('^', text))
}

/// Lowered text.
pub(super) fn subscript(text: &str) -> String {
    mapped(text, SUB).unwrap_or_else(|| marked('_', text))
}

fn mapped(text: &str, forms: &[(char, char)]) -> Option<String> {
    text.chars()
        .map(|c| forms.iter().find(|(plain, _)| *plain == c).map(|(_, form)| *form))
        .collect()
}

fn marked(mark: char, text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        // A single letter or a whole sentence needs no brackets; a sentence is no exponent at all.
        (Some(_), None) => format!("{mark}{text}"),
        _ if text.chars().count() > 40 => format!(" {text}"),
        _ => format!("{mark}({text})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_have_forms_of_their_own_and_words_get_brackets() {
        assert_eq!(superscript("2"), "²");
        assert_eq!(superscript("-10"), "⁻¹⁰");
        assert_eq!(superscript("a+b"), "^(a+b)");
        assert_eq!(superscript("x"), "^x");
        assert_eq!(superscript("th"), "th");
        assert_eq!(superscript("[12]"), "[12]");
        assert_eq!(subscript("2"), "₂");
        assert_eq!(subscript("max"), "_(max)");
    }
}
