//! The first lines of callouts of Obsidian and GitHub (`> [!warning]- Title`): a strong line that says the
//! title and, where that matters, what kind it is, in the language of the text.

/// What kinds of callouts there are, in Chinese and English, and whether it is said before a title, too:
/// a warning is read in another way than a note.
const KINDS: [(&[&str], &str, &str, bool); 15] = [
    (&["note"], "说明", "Note", false),
    (&["info"], "信息", "Info", false),
    (&["abstract", "summary", "tldr"], "摘要", "Summary", false),
    (&["todo"], "待办", "To do", true),
    (&["tip", "hint"], "提示", "Tip", true),
    (&["important"], "重要", "Important", true),
    (&["success", "check", "done"], "完成", "Done", false),
    (&["question", "help", "faq"], "问题", "Question", false),
    (&["warning", "attention"], "注意", "Warning", true),
    (&["caution"], "小心", "Caution", true),
    (&["failure", "fail", "missing"], "失败", "Failure", true),
    (&["danger", "error"], "危险", "Danger", true),
    (&["bug"], "缺陷", "Bug", true),
    (&["example"], "例子", "Example", false),
    (&["quote", "cite"], "引文", "Quote", false),
];

/// The first line of a callout as a line of its own; `None` if it is none.
pub(super) fn title(line: &str, chinese: bool) -> Option<String> {
    let at = line.find(|c: char| !(c == '>' || c == ' '))?;
    let (quote, rest) = line.split_at_checked(at)?;
    let rest = rest.strip_prefix("[!").filter(|_| quote.contains('>'))?;
    let (kind, title) = rest.split_once(']')?;
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '|' | ' ');
    if kind.is_empty() || kind.len() > 60 || !kind.chars().all(is_name) {
        return None;
    }
    let title = title.trim_start_matches(['-', '+']).trim().trim_matches('*');
    let kind = kind.split('|').next().unwrap_or_default().trim().to_lowercase();
    let words = words(&kind, title, chinese);
    Some(format!("{quote}**{words}**\n{quote}\n", quote = quote.trim_start()))
}

/// What the line says.
fn words(kind: &str, title: &str, chinese: bool) -> String {
    let known = KINDS.iter().find(|(names, ..)| names.contains(&kind));
    let Some((names, zh, en, matters)) = known else {
        let mut letters = kind.chars();
        let first = letters.next().map(char::to_uppercase).into_iter().flatten();
        let named = first.chain(letters.as_str().chars()).collect();
        return if title.is_empty() { named } else { title.to_owned() };
    };
    let said = if chinese { *zh } else { *en };
    let same = |name: &&str| title.eq_ignore_ascii_case(name);
    if title.is_empty() || (chinese && names.iter().any(same)) {
        return said.to_owned();
    }
    let repeats = title.to_lowercase().starts_with(&en.to_lowercase()) || title.starts_with(zh);
    match (matters, chinese) {
        (true, _) if repeats => title.to_owned(),
        (true, true) => format!("{said}：{title}"),
        (true, false) => format!("{said}: {title}"),
        (false, _) => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::title;

    #[test]
    fn a_callout_says_its_title_and_what_kind_it_is() {
        for (line, zh, en) in [
            ("> [!note] 涨潮之前\n", "涨潮之前", "涨潮之前"),
            ("> [!warning]- 涨潮之前\n", "注意：涨潮之前", "Warning: 涨潮之前"),
            ("> [!WARNING]\n", "注意", "Warning"),
            ("> [!tip] Tip\n", "提示", "Tip"),
            ("> [!lamp|wide]+\n", "Lamp", "Lamp"),
            ("> > [!danger] Danger of fog\n", "Danger of fog", "Danger of fog"),
        ] {
            let quote = if line.starts_with("> >") { "> > " } else { "> " };
            let read = |words: &str| Some(format!("{quote}**{words}**\n{quote}\n"));
            assert_eq!((title(line, true), title(line, false)), (read(zh), read(en)), "{line}");
        }
        assert_eq!(title("> [x] done\n", true), None);
        assert_eq!(title("[!note] no quote\n", true), None);
    }
}
