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
    Some(match c {
        'a'..='z' | 'A'..='Z' => Easy::Letter,
        ' ' => Easy::Space,
        '0'..='9' => Easy::Digit,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' => Easy::Ideograph,
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
        '#' | '&' | '*' | '<' | '=' | '>' | '@' | '^' | '_' | '`' | '~' => Easy::Letter,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ω' | 'Ѐ'..='я' | 'ѐ'..='ҁ' => {
            Easy::Letter
        }
        'あ' | 'い' | 'う' | 'え' | 'お'..='ぢ' | 'つ'..='も' | 'や' | 'ゆ' | 'よ'..='ろ' => {
            Easy::Ideograph
        }
        'ア' | 'イ' | 'ウ' | 'エ' | 'オ'..='ヂ' | 'ツ'..='モ' | 'ヤ' | 'ユ' | 'ヨ'..='ロ' => {
            Easy::Ideograph
        }
        'わ'..='ん' | 'ワ'..='ン' => Easy::Ideograph,
        '가'..='힣' => Easy::Hangul,
        _ => return None,
    })
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
