//! Characters beside which a line may end or not whatever stands around them: the pair, and whether
//! spaces part it, decides by itself.

/// Kinds of such characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Easy {
    /// Ideographs, kana but the small ones.
    Ideograph,
    /// Korean syllables.
    Hangul,
    /// Letters of the alphabets, and signs that break as letters do.
    Letter,
    /// Digits of ASCII.
    Digit,
    /// Full-width marks that open, and quotation marks that open beside East Asian characters.
    Opening,
    /// Brackets of ASCII that open.
    Bracket,
    /// Full-width marks that close or end, their like in quotation marks, `…`, `!`, `?`, `}`.
    Mark,
    /// `：`, which stands in times and ratios too.
    Colon,
    /// What ends words of the alphabets: `,`, `.`, `)`.
    Stop,
    /// `/`.
    Slash,
    /// `-`.
    Hyphen,
    /// `—`.
    Dash,
    /// `"` and `'`, which may open or close.
    Quote,
    /// A quotation mark that opens among letters.
    QuoteOpen,
    /// A quotation mark that closes among letters, an apostrophe.
    QuoteClose,
    /// A space.
    Space,
}

/// What is known of a place between two characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// No line may end there.
    Never,
    /// A line may end there.
    Free,
    /// UAX #14 allows it; whether setting does is to be asked.
    Asked,
}

/// The kind of a character; none for one that has to be seen in its context.
pub(super) fn easy(c: char) -> Option<Easy> {
    if c.is_ascii_alphabetic() {
        return Some(Easy::Letter);
    }
    Some(match c {
        ' ' => Easy::Space,
        '0'..='9' => Easy::Digit,
        _ if is_ideograph(c) => Easy::Ideograph,
        '：' => Easy::Colon,
        '，' | '。' | '、' | '；' | '！' | '？' | '）' | '」' | '』' | '》' | '】' | '〉' | '…'
        | '!' | '?' | '}' => Easy::Mark,
        '（' | '「' | '『' | '《' | '【' | '〈' => Easy::Opening,
        ',' | '.' | ':' | ';' | ')' | ']' => Easy::Stop,
        '/' => Easy::Slash,
        '(' | '[' | '{' => Easy::Bracket,
        '"' | '\'' => Easy::Quote,
        '-' => Easy::Hyphen,
        '—' => Easy::Dash,
        _ if is_letter(c) => Easy::Letter,
        '가'..='힣' => Easy::Hangul,
        _ => return None,
    })
}

/// Letters of the alphabets beyond ASCII, and signs of ASCII that break as they do.
fn is_letter(c: char) -> bool {
    matches!(c, '#' | '&' | '*' | '<' | '=' | '>' | '@' | '^' | '_' | '`' | '~')
        || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ω' | 'Ѐ'..='ҁ')
}

/// Ideographs of Chinese and kana, without the small ones, which begin no line.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}')
        || matches!(c, 'あ' | 'い' | 'う' | 'え' | 'お'..='ぢ' | 'つ'..='も' | 'や' | 'ゆ')
        || matches!(c, 'よ'..='ろ' | 'わ'..='ん')
        || matches!(c, 'ア' | 'イ' | 'ウ' | 'エ' | 'オ'..='ヂ' | 'ツ'..='モ' | 'ヤ' | 'ユ')
        || matches!(c, 'ヨ'..='ロ' | 'ワ'..='ン')
}

/// What is known of the place before `after`, which stands behind `before`, with spaces between them or
/// not. Spaces stand at the end of a line, so the place is behind them.
pub(super) fn place(before: Easy, spaced: bool, after: Easy) -> Place {
    use Easy::{
        Bracket, Colon, Dash, Digit, Hangul, Hyphen, Ideograph, Letter, Mark, Opening, Quote,
        QuoteClose, QuoteOpen, Slash, Space, Stop,
    };
    match (before, after) {
        (_, Mark | Colon | Stop | Slash | QuoteClose | Space)
        | (Opening | Bracket | QuoteOpen, _)
        | (Dash, Dash) => Place::Never,
        // A unit may follow.
        (Digit, _) if spaced => Place::Asked,
        _ if spaced => Place::Free,
        (_, Hyphen | Quote | QuoteOpen)
        | (Quote | QuoteClose, _)
        | (Letter | Digit, Letter | Digit | Bracket)
        | (Stop, Letter | Digit)
        | (Slash | Hyphen, Digit)
        | (Hangul, Hangul) => Place::Never,
        // `12：30`, `2018年`, `GPT-4o`, `and/or`.
        (Colon, Digit) | (Digit, Ideograph) | (Slash | Hyphen, Letter) => Place::Asked,
        _ => Place::Free,
    }
}
