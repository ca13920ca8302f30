//! Character references and named entities, as leniently as people write them.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// The longest name of an entity that is looked up.
const MAX_NAME: usize = 40;

/// What a reference (without `&` and `;`) stands for. Numbers in 128–159 are read as Windows-1252,
/// as browsers do; numbers that are no character give an empty text. `None` for unknown names.
pub(super) fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    Some(match code.ok()? {
        code @ 128..=159 => {
            let byte = [code as u8];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            Cow::Owned(text.into_owned())
        }
        code => Cow::Owned(
            char::from_u32(code)
                .filter(|c| *c >= ' ' || matches!(c, '\t' | '\n' | '\r'))
                .map(String::from)
                .unwrap_or_default(),
        ),
    })
}

/// Replaces all references that are known; a bare `&` and unknown names stay as they are.
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // Only as far as a name may reach: a text of bare `&` must not be searched again and again.
        let end = after.bytes().take(MAX_NAME).position(|byte| byte == b';');
        let name = end.and_then(|end| after.split_at_checked(end));
        let known = name.and_then(|(name, behind)| Some((resolve(name)?, behind.get(1..)?)));
        if let Some((resolved, behind)) = known {
            out.push_str(&resolved);
            rest = behind;
        } else {
            out.push('&');
            rest = after;
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_and_bare_ampersands_stay() {
        assert_eq!(unescape("R&D &amp; A&hellip;&nbsp;&#x4e2d;&#25991;"), "R&D & A…\u{a0}中文");
        assert_eq!(unescape("&unknown; &#0; &#150; & ;"), "&unknown;  – & ;");
        assert_eq!(unescape("&#99999999; &#x; &"), " &#x; &");
    }
}
