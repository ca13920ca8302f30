//! The colours of code: what each part of it is, found once, when a text is read, so that showing it
//! costs nothing. By the grammars of Sublime Text that `bat` collects (`two-face`): those of `syntect` itself
//! know neither TypeScript nor TOML, Kotlin, Swift, Dockerfiles.

use std::str::FromStr;
use std::sync::LazyLock;

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::document::{Block, BlockKind, Document, Token, TokenKind};

/// Lines and bytes of code that are coloured in one document; what comes after them stays plain.
const MAX_LINES: usize = 2_000;
const MAX_BYTES: usize = 200 * 1024;
/// A longer line is data, not something that anyone wrote.
const MAX_LINE: usize = 500;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(two_face::syntax::extra_newlines);

/// Names under which code is known that the grammars do not list themselves.
const ALIASES: [(&str, &str); 35] = [
    ("javascript", "js"),
    ("mjs", "js"),
    ("cjs", "js"),
    ("jsx", "js"),
    ("mts", "ts"),
    ("cts", "ts"),
    ("docker", "dockerfile"),
    ("pwsh", "ps1"),
    ("node", "js"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("rust", "rs"),
    ("python", "py"),
    ("python3", "py"),
    ("py3", "py"),
    ("ipython", "py"),
    ("golang", "go"),
    ("c++", "cpp"),
    ("cxx", "cpp"),
    ("csharp", "cs"),
    ("c#", "cs"),
    ("objc", "m"),
    ("objective-c", "m"),
    ("yml", "yaml"),
    ("shell", "sh"),
    ("zsh", "sh"),
    ("console", "sh"),
    ("shellsession", "sh"),
    ("shell-session", "sh"),
    ("vue", "html"),
    ("svelte", "html"),
    ("xhtml", "html"),
    ("svg", "xml"),
    ("markdown", "md"),
    ("patch", "diff"),
];

/// What the scopes of the grammars stand for; of those that fit the longest counts.
static KINDS: LazyLock<Vec<(Scope, TokenKind)>> = LazyLock::new(|| {
    let kinds = [
        ("comment", TokenKind::Comment),
        ("string", TokenKind::String),
        ("constant", TokenKind::Number),
        ("constant.character.escape", TokenKind::String),
        ("keyword", TokenKind::Keyword),
        ("keyword.operator", TokenKind::Plain),
        ("storage", TokenKind::Keyword),
        ("variable.language", TokenKind::Keyword),
        ("entity.name.function", TokenKind::Function),
        ("support.function", TokenKind::Function),
        ("variable.function", TokenKind::Function),
        ("entity.name", TokenKind::Type),
        ("entity.other.attribute-name", TokenKind::Function),
        ("entity.other.inherited-class", TokenKind::Type),
        ("support.type", TokenKind::Type),
        ("support.class", TokenKind::Type),
        ("markup.deleted", TokenKind::Removed),
        ("markup.inserted", TokenKind::Added),
        ("markup.heading", TokenKind::Keyword),
        ("meta.diff.header", TokenKind::Comment),
    ];
    let scopes =
        kinds.into_iter().filter_map(|(name, kind)| Some((Scope::from_str(name).ok()?, kind)));
    scopes.collect()
});

/// Finds what the parts of the document's code are, where its language is named or certain, up to 2,000
/// lines and 200 KB. Changes no text.
pub fn colour(document: &mut Document) {
    let (mut lines, mut bytes) = (0, 0);
    for block in &mut document.blocks {
        let Block { kind: BlockKind::Code { language, text }, tokens, .. } = block else {
            continue;
        };
        tokens.clear();
        let Some(syntax) = syntax(language.as_deref(), text) else { continue };
        lines += text.lines().count();
        bytes += text.len();
        if lines > MAX_LINES || bytes > MAX_BYTES {
            return;
        }
        *tokens = tokens_of(text, syntax);
    }
}

/// The grammar of a language by its name; without a name only that of what tells itself.
fn syntax(language: Option<&str>, text: &str) -> Option<&'static SyntaxReference> {
    let Some(language) = language else { return certain(text) };
    let name = language.to_ascii_lowercase();
    let known = |name: &str| {
        SYNTAXES.find_syntax_by_token(name).filter(|syntax| syntax.name != "Plain Text")
    };
    known(&name).or_else(|| {
        let alias = ALIASES.iter().find(|(alias, _)| *alias == name);
        alias.and_then(|(_, other)| known(other))
    })
}

/// The grammar of a text whose first line says what it is: `#!/bin/sh`, `<?php`, a patch.
fn certain(text: &str) -> Option<&'static SyntaxReference> {
    let first = text.lines().next()?;
    let says = first.starts_with("#!") || first.starts_with("<?");
    if first.starts_with("diff --git ") || (first.starts_with("--- ") && text.contains("\n+++ ")) {
        return SYNTAXES.find_syntax_by_token("diff");
    }
    SYNTAXES.find_syntax_by_first_line(first).filter(|syntax| says && syntax.name != "Plain Text")
}

fn tokens_of(text: &str, syntax: &SyntaxReference) -> Vec<Token> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut tokens: Vec<Token> = Vec::new();
    for line in text.split_inclusive('\n') {
        if line.len() > MAX_LINE {
            push(&mut tokens, line.len(), TokenKind::Plain);
            continue;
        }
        let Ok(parsed) = state.parse_line(line, &SYNTAXES) else {
            // A grammar that fails on a text: what was found so far stands.
            return tokens;
        };
        let mut at = 0;
        for (until, change) in parsed {
            push(&mut tokens, until.saturating_sub(at), kind(&stack));
            at = at.max(until);
            if stack.apply(&change).is_err() {
                return tokens;
            }
        }
        push(&mut tokens, line.len().saturating_sub(at), kind(&stack));
    }
    while tokens.pop_if(|token| token.kind == TokenKind::Plain).is_some() {}
    tokens
}

fn push(tokens: &mut Vec<Token>, len: usize, kind: TokenKind) {
    match tokens.last_mut() {
        _ if len == 0 => {}
        Some(last) if last.kind == kind => last.len += len,
        _ => tokens.push(Token { len, kind }),
    }
}

/// What the innermost scope with a meaning stands for.
fn kind(stack: &ScopeStack) -> TokenKind {
    let meaning = |scope: &Scope| {
        let fitting = KINDS.iter().filter(|(prefix, _)| prefix.is_prefix_of(*scope));
        fitting.max_by_key(|(prefix, _)| prefix.len()).map(|(_, kind)| *kind)
    };
    stack.as_slice().iter().rev().find_map(meaning).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_markdown;

    fn kinds(markdown: &str) -> Vec<(String, TokenKind)> {
        let mut document = from_markdown(markdown, None);
        colour(&mut document);
        let block = &document.blocks[0];
        let text = block.plain_text();
        let mut at = 0;
        let piece = |token: &Token| {
            let words = text[at..at + token.len].to_owned();
            at += token.len;
            (words, token.kind)
        };
        block.tokens.iter().map(piece).collect()
    }

    #[test]
    fn words_texts_and_comments_are_told_apart() {
        let found = kinds("```rust\nlet 灯 = \"亮\"; // 夜里\n```\n");
        assert!(found.contains(&("let".into(), TokenKind::Keyword)), "{found:?}");
        assert!(found.contains(&("\"亮\"".into(), TokenKind::String)), "{found:?}");
        assert!(found.iter().any(|(t, k)| t.contains("夜里") && *k == TokenKind::Comment));
        for name in
            ["ts", "py", "zsh", "yml", "golang", "c++", "html", "vue", "JavaScript", "bash", "sql"]
        {
            let code = format!("```{name}\nif x: return \"a\"; <a b=\"c\"> # 1\nfor\n```\n");
            assert!(!kinds(&code).is_empty(), "{name}");
        }
    }

    #[test]
    fn the_languages_of_today_have_grammars_of_their_own() {
        for (name, code, word, kind) in [
            ("ts", "interface Lamp { lit: boolean }", "interface", TokenKind::Keyword),
            ("tsx", "const a: Lamp = <b/>; type X = string", "type", TokenKind::Keyword),
            ("toml", "[lamp]\nrange = 18 # miles", "18", TokenKind::Number),
            ("kotlin", "fun main() { val lamp = 1 }", "val", TokenKind::Keyword),
            ("swift", "func light() -> Bool { return true }", "return", TokenKind::Keyword),
            ("Dockerfile", "FROM debian\nRUN ls", "FROM", TokenKind::Keyword),
            ("zig", "const a = 1;", "const", TokenKind::Keyword),
            ("nix", "let a = 1; in a", "let", TokenKind::Keyword),
            ("elixir", "def light, do: :on", "def", TokenKind::Keyword),
            ("graphql", "type Lamp { lit: Boolean }", "type", TokenKind::Keyword),
        ] {
            let found = kinds(&format!("```{name}\n{code}\n```\n"));
            let is_it = |(text, is): &(String, TokenKind)| text.trim() == word && *is == kind;
            assert!(found.iter().any(is_it), "{name}: {found:?}");
        }
    }

    #[test]
    fn code_of_no_language_is_not_guessed() {
        assert!(kinds("```\nlet a = \"b\";\n```\n").is_empty());
        assert!(kinds("```unheard-of\nlet a = \"b\";\n```\n").is_empty());
        assert!(!kinds("```\n#!/bin/sh\necho \"a\"\n```\n").is_empty());
    }

    #[test]
    fn long_texts_and_lines_stay_plain() {
        assert!(kinds(&format!("```rs\n{}\n```\n", "let a = 1;\n".repeat(2_100))).is_empty());
        assert!(kinds(&format!("```rs\n{}\n```\n", "let a = 1; ".repeat(100))).is_empty());
    }
}
