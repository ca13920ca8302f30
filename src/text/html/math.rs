//! Formulas in `MathML`: as their authors wrote them in TeX if that is there, else in one line.

/// Longer formulas are cut.
const MAX_FORMULA: usize = 8 * 1024;
/// Deeper structure is read as plain text.
const MAX_DEPTH: usize = 64;

/// An open `<math>`.
#[derive(Debug, Default)]
pub(super) struct Math {
    /// `alttext`, which `LaTeXML` writes.
    alternative: Option<String>,
    /// `<annotation encoding="application/x-tex">`, which `KaTeX` and `MediaWiki` write.
    tex: Option<String>,
    in_annotation: bool,
    /// The formula in one line, from its structure.
    text: String,
    open: Vec<Element>,
    /// Elements deeper than are tracked.
    uncounted: usize,
}

#[derive(Debug)]
struct Element {
    name: String,
    children: usize,
    /// Whether it was put in brackets.
    bracketed: bool,
}

impl Math {
    pub(super) fn new(alternative: Option<&str>) -> Math {
        Math { alternative: alternative.map(str::to_owned), ..Math::default() }
    }

    pub(super) fn text(&mut self, text: &str) {
        let text = text.trim();
        if self.in_annotation {
            if let Some(tex) = self.tex.as_mut().filter(|tex| tex.len() < MAX_FORMULA) {
                tex.push_str(text);
            }
        } else if !text.is_empty() && self.text.len() < MAX_FORMULA {
            let is_operator = self.open.last().is_some_and(|element| element.name == "mo");
            let spaced = text.chars().any(char::is_alphanumeric) && text.chars().count() > 1;
            // Function application and invisible times (U+2061–2064) are for machines.
            let shown: String =
                text.chars().filter(|c| !('\u{2061}'..='\u{2064}').contains(c)).collect();
            let brackets = |c: char| "()[]{}|,;.!′".contains(c);
            if is_operator && !shown.chars().all(brackets) {
                self.text.push(' ');
                self.text.push_str(&shown);
                self.text.push(' ');
            } else if spaced && !shown.chars().all(|c| c.is_numeric() || c == '.') {
                // `sin x` is not `sinx`.
                self.text.push_str(&shown);
                self.text.push(' ');
            } else {
                self.text.push_str(&shown);
            }
        }
    }

    /// A start tag within; `encoding` is that of an annotation.
    pub(super) fn open(&mut self, name: &str, encoding: Option<&str>) {
        if name == "annotation" || name == "annotation-xml" {
            self.in_annotation = true;
            if encoding.is_some_and(|encoding| encoding.ends_with("x-tex")) {
                self.tex = Some(String::new());
            }
        }
        if self.open.len() >= MAX_DEPTH || self.text.len() >= MAX_FORMULA {
            self.uncounted += 1;
            return;
        }
        let mut bracketed = false;
        if let Some(parent) = self.open.last_mut() {
            parent.children += 1;
            let joint = match (parent.name.as_str(), parent.children) {
                ("msup" | "mover", 2) | ("msubsup" | "munderover", 3) => "^",
                ("msub" | "munder" | "msubsup" | "munderover", 2) => "_",
                ("mfrac", 2) => "/",
                ("mtable", 2..) => "; ",
                ("mtr", 2..) => " ",
                _ => "",
            };
            self.text.push_str(joint);
            let compound = matches!(name, "mrow" | "mfrac" | "msqrt");
            let tight = matches!(
                parent.name.as_str(),
                "mfrac" | "msup" | "msub" | "msubsup" | "munder" | "munderover" | "mroot"
            );
            bracketed = compound && tight;
        }
        if name == "msqrt" || name == "mroot" {
            self.text.push('√');
            bracketed = name == "msqrt";
        }
        if bracketed {
            self.text.push('(');
        }
        self.open.push(Element { name: name.to_owned(), children: 0, bracketed });
    }

    /// An end tag within.
    pub(super) fn close(&mut self, name: &str) {
        if name == "annotation" || name == "annotation-xml" {
            self.in_annotation = false;
        }
        if self.uncounted > 0 {
            self.uncounted -= 1;
            return;
        }
        // Forgotten end tags close with their parent.
        let Some(at) = self.open.iter().rposition(|element| element.name == name) else { return };
        for element in self.open.drain(at..).rev() {
            if element.bracketed {
                self.text.truncate(self.text.trim_end().len());
                self.text.push(')');
            }
        }
    }

    /// The formula, if there is anything in it, and whether it is TeX.
    pub(super) fn formula(self) -> Option<(String, bool)> {
        let forms = [(self.alternative, true), (self.tex, true), (Some(self.text), false)];
        let written = forms.into_iter().filter_map(|(text, is_tex)| Some((text?, is_tex)));
        let mut written = written.filter(|(text, _)| !text.trim().is_empty());
        written.next()
    }
}

#[cfg(test)]
mod tests {
    use crate::text::from_html;

    fn formula(mathml: &str) -> String {
        from_html(&format!("<p><math>{mathml}</math></p>"), None).plain_text()
    }

    #[test]
    fn structure_is_written_in_one_line() {
        let power = "<msup><mi>x</mi><mn>2</mn></msup>";
        assert_eq!(formula(&format!("<mi> a </mi>{power}<mo>+</mo><mi>b</mi>")), "ax^2 + b");
        let fraction = "<mfrac><mrow><mi>a</mi><mo>−</mo><mn>1</mn></mrow><mn>2</mn></mfrac>";
        assert_eq!(formula(fraction), "(a − 1)/2");
        assert_eq!(formula("<msqrt><mn>5</mn></msqrt><mi>sin</mi><mi>x</mi>"), "√(5)sin x");
        let sum = "<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>";
        assert_eq!(formula(sum), "∑ _(k = 1)^n");
    }

    #[test]
    fn tex_wins_over_structure() {
        let tex = "<annotation encoding=\"application/x-tex\">\\frac{a}{b}</annotation>";
        assert_eq!(formula(&format!("<semantics><mrow><mi>a</mi></mrow>{tex}</semantics>")), "a/b");
        let odd = tex.replace("frac", "oddity");
        assert_eq!(formula(&format!("<semantics>{odd}</semantics>")), "\\oddity{a}{b}");
    }

    #[test]
    fn nesting_without_end_is_read() {
        let html = format!("<math>{}x</math>后", "<mfrac>".repeat(50_000));
        assert!(from_html(&html, None).plain_text().ends_with('后'));
        assert_eq!(
            from_html("<p>甲<math><mi>x</mi><p>乙</p>丙", None).plain_text(),
            "甲x\n\n乙\n\n丙"
        );
    }
}
