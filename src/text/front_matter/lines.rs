//! Heads that no parser understands, read line by line.

use serde_json::Value;

use super::{Fields, MAX_FIELDS};

/// The fallback: one `key: value` per line, `- item` lines and indented lines below a key. Most lines
/// must be such, or it is a text between two rules.
pub(super) fn lines(raw: &str, separator: char) -> Option<Fields> {
    let mut fields = Fields::new();
    let (mut understood, mut all) = (0, 0);
    let mut key = String::new();
    for line in raw.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        all += 1;
        if let Some(item) = trimmed.strip_prefix("- ")
            && let Some(value) = fields.get_mut(&key)
        {
            understood += 1;
            append(value, unquote(item));
        } else if let Some((name, value)) = pair(line, separator) {
            understood += 1;
            if fields.len() < MAX_FIELDS {
                name.clone_into(&mut key);
                fields.insert(key.clone(), value);
            }
        } else if line.starts_with([' ', '\t']) && !key.is_empty() {
            understood += 1;
        }
    }
    (understood > 0 && understood * 2 > all).then_some(fields)
}

fn pair(line: &str, separator: char) -> Option<(&str, Value)> {
    if line.starts_with([' ', '\t']) {
        return None;
    }
    let (name, value) = line.split_once(separator)?;
    let name = name.trim().trim_matches(['"', '\'']);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' ');
    let fits = !name.is_empty() && name.len() <= 64 && name.chars().all(is_name);
    let spaced = value.is_empty() || value.starts_with([' ', '\t', '\r']) || separator == '=';
    let value = value.trim();
    let listed = value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let value = match listed {
        Some(items) => {
            items.split(',').map(unquote).filter(|v| !v.is_empty()).map(Value::from).collect()
        }
        None => Value::from(unquote(value)),
    };
    (fits && spaced).then_some((name, value))
}

fn append(value: &mut Value, item: &str) {
    match value {
        Value::Array(items) => items.push(Value::from(item)),
        _ => *value = Value::Array(vec![Value::from(item)]),
    }
}

fn unquote(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}
