//! Formulas in TeX as readable characters, where that can be done without loss: `\alpha_i^2 \le
//! \frac{a}{b}` becomes `αᵢ² ≤ a/b`. What is not understood is left to be shown as it was written.

mod symbols;

use std::iter::Peekable;
use std::str::Chars;

use unicode_normalization::UnicodeNormalization;

use super::script_forms::{subscript, superscript};
use symbols::{BOARD, FUNCTIONS, LETTERS, RELATIONS};

/// Deeper or longer formulas are not read.
const MAX_DEPTH: usize = 24;
const MAX_LENGTH: usize = 4 * 1024;

/// The formula in readable characters; `None` if there is anything in it that cannot be told so.
pub(super) fn readable(tex: &str) -> Option<String> {
    if tex.len() > MAX_LENGTH {
        return None;
    }
    let tex = tex.trim().trim_matches('$');
    let mut reader = Reader { rest: tex.chars().peekable(), depth: 0 };
    let text = reader.group(true)?;
    let words: Vec<&str> = text.split_whitespace().collect();
    (!words.is_empty()).then(|| words.join(" ").nfc().collect())
}

/// Whether what stands between two dollar signs is meant as a formula, not as prices.
pub(super) fn is_formula(text: &str) -> bool {
    text.contains(['\\', '^', '_', '='])
        || (text.chars().count() <= 3 && text.chars().all(char::is_alphabetic))
}

struct Reader<'t> {
    rest: Peekable<Chars<'t>>,
    depth: usize,
}

impl Reader<'_> {
    /// All up to the end, or up to the `}` that ends this group.
    fn group(&mut self, outermost: bool) -> Option<String> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let mut out = String::new();
        loop {
            match self.rest.next() {
                None if outermost => break,
                Some('}') if !outermost => break,
                None | Some('}' | '&' | '%' | '#') => return None,
                Some('{') => out.push_str(&self.group(false)?),
                Some('\\') => self.command(&mut out)?,
                Some('^') => {
                    let raised = self.argument()?;
                    out.truncate(out.trim_end().len());
                    out.push_str(&raised_form(&raised));
                }
                Some('_') => {
                    let lowered = self.argument()?;
                    out.truncate(out.trim_end().len());
                    out.push_str(&lowered_form(&lowered));
                }
                Some('~') => out.push(' '),
                Some(c) if c.is_whitespace() => {}
                Some(c) => push(&mut out, c),
            }
        }
        self.depth -= 1;
        Some(out)
    }

    /// What a command or `^` applies to: a group, a command, or one character.
    fn argument(&mut self) -> Option<String> {
        while self.rest.next_if(|c| c.is_whitespace()).is_some() {}
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let argument = match self.rest.next()? {
            '{' => self.group(false)?,
            '\\' => {
                let mut out = String::new();
                self.command(&mut out)?;
                out.trim().to_owned()
            }
            '}' | '^' | '_' | '&' => return None,
            c => c.to_string(),
        };
        self.depth -= 1;
        Some(argument)
    }

    fn command(&mut self, out: &mut String) -> Option<()> {
        let mut name = String::new();
        while let Some(c) = self.rest.next_if(char::is_ascii_alphabetic) {
            name.push(c);
        }
        if name.is_empty() {
            match self.rest.next()? {
                ',' | ';' | ':' | ' ' | '>' => out.push(' '),
                '!' | '/' => {}
                c @ ('{' | '}' | '%' | '$' | '&' | '_' | '#') => out.push(c),
                '|' => out.push('‖'),
                _ => return None,
            }
            return Some(());
        }
        match name.as_str() {
            "frac" | "tfrac" | "dfrac" => {
                let (above, below) = (self.argument()?, self.argument()?);
                out.extend([&*bracketed(&above), "/", &*bracketed(&below)]);
            }
            "sqrt" => {
                if self.rest.peek() == Some(&'[') {
                    return None;
                }
                out.push('√');
                out.push_str(&bracketed(&self.argument()?));
            }
            "text" | "mathrm" | "operatorname" | "mathbf" | "mathit" | "mathsf" | "mathtt"
            | "boldsymbol" | "bm" | "mathcal" | "textbf" | "textit" | "textrm" | "mbox"
            | "mathscr" | "displaystyle" | "rm" | "bf" => {
                if !matches!(name.as_str(), "displaystyle" | "rm" | "bf") {
                    let words = if name.starts_with("text") || name == "mbox" {
                        self.words()?
                    } else {
                        self.argument()?
                    };
                    out.push_str(&words);
                }
            }
            "mathbb" => {
                let letter = self.argument()?;
                let (_, open) = BOARD.iter().find(|(plain, _)| *plain == letter)?;
                out.push_str(open);
            }
            "left" | "right" | "big" | "Big" | "bigl" | "bigr" | "Bigl" | "Bigr" | "limits" => {
                self.rest.next_if_eq(&'.');
            }
            "hat" | "bar" | "tilde" | "vec" | "dot" | "overline" | "widehat" | "widetilde" => {
                let inner = self.argument()?;
                let mut letters = inner.chars();
                let (Some(letter), None) = (letters.next(), letters.next()) else { return None };
                out.push(letter);
                out.push(match name.as_str() {
                    "hat" | "widehat" => '\u{302}',
                    "tilde" | "widetilde" => '\u{303}',
                    "vec" => '\u{20D7}',
                    "dot" => '\u{307}',
                    _ => '\u{304}',
                });
            }
            "quad" | "qquad" => out.push_str("  "),
            name => {
                if FUNCTIONS.contains(&name) {
                    if out.ends_with(char::is_alphanumeric) {
                        out.push(' ');
                    }
                    out.push_str(name);
                    if !matches!(self.rest.peek(), Some('(' | '_' | '^' | '{')) {
                        out.push(' ');
                    }
                } else if let Some((_, sign)) = LETTERS.iter().find(|(known, _)| *known == name) {
                    out.push_str(sign);
                } else {
                    let (_, sign) = RELATIONS.iter().find(|(known, _)| *known == name)?;
                    out.extend([" ", sign, " "]);
                }
            }
        }
        Some(())
    }

    /// The words of `\text{…}`, spaces included.
    fn words(&mut self) -> Option<String> {
        self.rest.next_if_eq(&'{')?;
        let mut out = String::new();
        loop {
            match self.rest.next()? {
                '}' => return Some(out),
                '{' | '\\' | '$' => return None,
                c => out.push(c),
            }
        }
    }
}

/// Adds a character; signs between two terms stand apart.
fn push(out: &mut String, c: char) {
    // Behind a sign that stands between two terms there is a space.
    let after_term =
        out.ends_with(|c: char| c.is_alphanumeric() || ")]}′!".contains(c) || !c.is_ascii());
    match c {
        '=' | '<' | '>' => out.extend([' ', c, ' ']),
        '+' if after_term => out.push_str(" + "),
        '-' if after_term => out.push_str(" − "),
        '-' => out.push('−'),
        '\'' => out.push('′'),
        ',' => out.push_str(", "),
        c => out.push(c),
    }
}

fn raised_form(raised: &str) -> String {
    match raised.trim() {
        "∘" | "°" => "°".into(),
        "′" | "'" => "′".into(),
        "∗" | "*" => "*".into(),
        raised => tight(raised, superscript, "^("),
    }
}

fn lowered_form(lowered: &str) -> String {
    tight(lowered.trim(), subscript, "_(")
}

/// A small form without spaces where all of it has one; else in brackets as it was.
fn tight(text: &str, small: fn(&str) -> String, bracket: &str) -> String {
    let without = small(&text.replace(' ', ""));
    if without.starts_with(bracket) { small(text) } else { without }
}

/// A part of a fraction or a root: in brackets where it has several terms.
fn bracketed(part: &str) -> String {
    let part = part.trim();
    let simple = part.chars().all(|c| c.is_alphanumeric() || ".′".contains(c)) && !part.is_empty()
        || part.chars().count() == 1;
    if simple { part.to_owned() } else { format!("({part})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn simple_formulas_become_readable() {
        for (tex, expected) in [
            (r"\alpha_i^2 \le \frac{a}{b}", "αᵢ² ≤ a/b"),
            (r"E = mc^2", "E = mc²"),
            (r"\frac{a+b}{2}", "(a + b)/2"),
            (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿxᵢ"),
            (r"\sqrt{2} \times \sqrt{x+1}", "√2 × √(x + 1)"),
            (r"O(n \log n)", "O(n log n)"),
            (r"x \in \mathbb{R}^d", "x ∈ ℝ^d"),
            (r"30^\circ", "30°"),
            (r"\text{loss for } x", "loss for x"),
            (r"-1 \to -x", "−1 → −x"),
            (r"\hat{y} = W^T x", "ŷ = Wᵀx"),
        ] {
            assert_eq!(readable(tex).as_deref(), Some(expected), "{tex}");
        }
    }

    #[test]
    fn what_is_not_understood_stays_as_it_is() {
        for tex in
            [r"\begin{matrix}a&b\end{matrix}", r"\oddity{a}", "{a", "a}", r"\frac{a}", "", "^"]
        {
            assert_eq!(readable(tex), None, "{tex}");
        }
        assert_eq!(readable(&"{".repeat(10_000)), None);
        assert_eq!(readable(&r"\sqrt".repeat(500)), None);
        assert!(!is_formula("5,") && !is_formula("5 and ") && is_formula("x") && is_formula("a=b"));
    }
}
