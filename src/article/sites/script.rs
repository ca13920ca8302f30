//! Values that scripts in a page assign, found without running them.

/// Escapes of JavaScript, and of HTML within them, as titles and addresses have them.
const ESCAPES: [(&str, &str); 16] = [
    ("\\x26lt;", "<"),
    ("\\x26gt;", ">"),
    ("\\x26quot;", "\""),
    ("\\x26#39;", "'"),
    ("\\x26nbsp;", " "),
    ("\\x26amp;", "&"),
    ("\\x26", "&"),
    ("\\x0d", ""),
    ("\\x0a", "\n"),
    ("\\x22", "\""),
    ("\\x27", "'"),
    ("\\x3c", "<"),
    ("\\x3e", ">"),
    ("\\/", "/"),
    ("\\n", "\n"),
    ("&amp;", "&"),
];
/// The longest name of a function around a value, as in `htmlDecode("…")`.
const MAX_CALL: usize = 24;

/// The string that is assigned to `name`: `name = "…"`, `name: '…'`, perhaps through one call. The
/// first that is not empty.
pub(super) fn assigned(html: &str, name: &str) -> Option<String> {
    html.match_indices(name).find_map(|(at, _)| {
        let rest = html.get(at + name.len()..)?.trim_start();
        let rest = rest.strip_prefix(['=', ':'])?.trim_start();
        let open = rest.find(['"', '\''])?;
        let call = rest.get(..open)?;
        let is_call = call.ends_with('(') && call.len() < MAX_CALL;
        if !(call.is_empty() || is_call) {
            return None;
        }
        let quote = rest.get(open..)?.chars().next()?;
        let value = rest.get(open + 1..)?;
        let value = unescaped(value.get(..value.find(quote)?)?);
        (!value.is_empty()).then_some(value)
    })
}

fn unescaped(value: &str) -> String {
    ESCAPES.iter().fold(value.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_with_and_without_a_call() {
        let script =
            r#"var ct = ""; var ct="1714523400"; x: htmlDecode("甲\x26amp;乙"), y = f(1, "z")"#;
        assert_eq!(assigned(script, "var ct").as_deref(), Some("1714523400"));
        assert_eq!(assigned(script, "x").as_deref(), Some("甲&乙"));
        assert_eq!(assigned(script, "y"), None);
        assert_eq!(assigned("a = '", "a"), None);
    }
}
