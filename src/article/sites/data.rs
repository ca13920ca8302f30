//! Data that pages carry for their own scripts: JSON in elements and in assignments.

use dom_query::Document as Tree;
use serde_json::Value;

/// Larger data is not about one page.
const MAX_DATA: usize = 8 << 20;
/// How many values are looked through.
const MAX_VALUES: usize = 200_000;

/// The JSON in the elements that a selector finds.
pub(super) fn in_elements(tree: &Tree, selector: &str) -> Vec<Value> {
    let texts = tree.select(selector);
    let texts = texts.nodes().iter().take(64).map(dom_query::NodeRef::text);
    texts
        .filter(|text| text.len() <= MAX_DATA)
        .filter_map(|text| serde_json::from_str(text.trim()).ok())
        .collect()
}

/// The object that a script assigns to `name`: `name = {…}`, `window["name"] = {…}`.
pub(super) fn assigned(html: &str, name: &str) -> Option<Value> {
    html.match_indices(name).take(16).find_map(|(at, _)| {
        let rest = html.get(at + name.len()..)?;
        let rest = rest.trim_start_matches(['"', '\'', ']', ' ']).strip_prefix('=')?.trim_start();
        let rest = rest.get(..rest.len().min(floor(rest, MAX_DATA)))?;
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        values.next()?.ok().filter(Value::is_object)
    })
}

/// The last boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

/// All values that `wanted` takes something from; those of a list in its order. What was taken from is
/// not looked into.
pub(super) fn all<'v, T>(root: &'v Value, wanted: impl Fn(&'v Value) -> Option<T>) -> Vec<T> {
    let (mut found, mut open, mut seen) = (Vec::new(), vec![root], 0);
    while let Some(value) = open.pop() {
        seen += 1;
        if seen > MAX_VALUES {
            break;
        }
        if let Some(taken) = wanted(value) {
            found.push(taken);
            continue;
        }
        // The last on the stack is looked at first.
        match value {
            Value::Array(all) => open.extend(all.iter().rev()),
            Value::Object(map) => open.extend(map.values().rev()),
            _ => {}
        }
    }
    found
}

/// The text at a path, if it says something.
pub(super) fn text<'v>(value: &'v Value, path: &str) -> Option<&'v str> {
    value.pointer(path)?.as_str().filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_assigned_object_is_read_up_to_its_end() {
        let html = r#"<script>var a = null; window["a"] = {"b":[{"c":"甲;"},{"c":"乙"}]};(function(){})()"#;
        let data = assigned(html, "a").unwrap();
        let found = all(&data, |value| text(value, "/c"));
        assert_eq!(found, ["甲;", "乙"]);
        assert_eq!(assigned("a = {", "a"), None);
        assert_eq!(assigned("a = [1]", "a"), None);
        let deep = format!("a = {}", "[".repeat(100_000));
        assert_eq!(assigned(&deep, "a"), None);
    }
}
