//! What must not begin a line and what must not end one (GB/T 15834, JIS X 4051).

/// Whether no line may begin with this character: marks that end or close, and signs behind a number.
pub(super) fn closes(c: char) -> bool {
    matches!(
        c,
        '、' | '。'
            | '，'
            | '：'
            | '；'
            | '？'
            | '！'
            | '．'
            | '）'
            | '》'
            | '」'
            | '』'
            | '”'
            | '’'
            | '…'
            | '‥'
            | '】'
            | '〕'
            | '〉'
            | '］'
            | '｝'
            | '〗'
            | '〙'
            | '〛'
            | '｠'
            | '｣'
            | '｡'
            | '､'
            | '·'
            | '‧'
            | '・'
            | '･'
            | '～'
            | '／'
            | '％'
            | '%'
            | '‰'
            | '℃'
            | '℉'
            | '°'
            | '′'
            | '″'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
    )
}

/// Whether no line may end with this character: marks that open.
pub(super) fn opens(c: char) -> bool {
    matches!(
        c,
        '（' | '《'
            | '「'
            | '『'
            | '“'
            | '‘'
            | '【'
            | '〔'
            | '〈'
            | '［'
            | '｛'
            | '〖'
            | '〘'
            | '〚'
            | '｟'
            | '｢'
    )
}
