//! What editors for WeChat say with styles alone, said with elements: headings, quotes, code, strong
//! words; and what they make invisible.

use dom_query::{NodeRef, Selection};

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 12] =
    ["p", "section", "div", "ul", "ol", "table", "img", "pre", "h1", "h2", "h3", "blockquote"];
/// Fonts of code.
const CODE_FONTS: [&str; 5] = ["menlo", "monaco", "consolas", "courier", "monospace"];
/// A heading has at most so many letters.
const HEADING: usize = 40;
/// Code of more letters than this was drawn by other means.
const MAX_CODE: usize = 20_000;

/// Rewrites the body in place.
pub(super) fn to_elements(body: &Selection<'_>) {
    drop_unseen(body);
    join_lines_of_code(body);
    draw_code(body);
    for node in body.select("section[style], p[style]").nodes() {
        block(node);
    }
    for node in body.select("span[style]").nodes() {
        inline(node);
    }
}

/// Text that nobody sees: transparent, or no larger than a point.
fn drop_unseen(body: &Selection<'_>) {
    for node in body.select("span[style], p[style], section[style]").nodes() {
        let style = node.attr_or("style", "");
        let holds_others = node.descendants_it().any(|inner| is_one_of(&inner, &BLOCKS));
        let unseen = property(&style, "color").is_some_and(|color| is_transparent(&color))
            || property(&style, "font-size").and_then(|size| pixels(&size)) == Some(1.0);
        if unseen && !holds_others {
            node.remove_from_parent();
        }
    }
}

fn is_transparent(color: &str) -> bool {
    let alpha = || {
        let inner = color.strip_prefix("rgba(")?.strip_suffix(')')?;
        inner.rsplit(',').next()?.trim().parse::<f32>().ok()
    };
    color == "transparent" || alpha().is_some_and(|alpha| alpha < 0.05)
}

/// The site's own blocks of code hold an element for each line.
fn join_lines_of_code(body: &Selection<'_>) {
    for pre in body.select("pre").nodes() {
        let lines: Vec<_> = pre.children_it(false).filter(|child| child.has_name("code")).collect();
        if lines.len() > 1 {
            for line in lines.iter().skip(1) {
                line.before_html("\n");
            }
        }
    }
}

/// Code that is drawn as boxes with a font of code, a box for each line.
fn draw_code(body: &Selection<'_>) {
    for node in body.select("section[style]").nodes() {
        let style = node.attr_or("style", "");
        let is_code = property(&style, "font-family").is_some_and(|fonts| is_code_font(&fonts));
        let holds_others = node
            .descendants_it()
            .any(|inner| is_one_of(&inner, &["img", "table", "pre", "ul", "ol", "iframe"]));
        let lines = lines_of(node);
        let letters: usize = lines.iter().map(String::len).sum();
        if !is_code || holds_others || lines.len() < 2 || letters > MAX_CODE {
            continue;
        }
        let text = lines.join("\n").replace('&', "&amp;").replace('<', "&lt;");
        node.rename("pre");
        node.set_html(format!("<code>{text}</code>"));
    }
}

/// The text of each innermost block, spaces kept.
fn lines_of(node: &NodeRef<'_>) -> Vec<String> {
    let blocks = ["p", "section", "div"];
    let leaf = |node: &NodeRef<'_>| {
        is_one_of(node, &blocks) && !node.descendants_it().any(|inner| is_one_of(&inner, &blocks))
    };
    let line = |node: NodeRef<'_>| node.text().replace('\u{a0}', " ").trim_end().to_owned();
    node.descendants_it().filter(leaf).map(line).collect()
}

/// A line that is larger and bold is a heading, a box with a line at its left is a quote.
fn block(node: &NodeRef<'_>) {
    let style = node.attr_or("style", "");
    let size = property(&style, "font-size").and_then(|size| pixels(&size)).unwrap_or(0.0);
    let letters = node.text().chars().filter(|c| !c.is_whitespace()).count();
    let holds_blocks = node.descendants_it().any(|inner| is_one_of(&inner, &BLOCKS));
    let is_marked = is_marked(&style);
    let smallest = if is_marked { 17.0 } else { 20.0 };
    if is_bold(&style) && size >= smallest && (1..=HEADING).contains(&letters) && !holds_blocks {
        node.rename(if size >= 26.0 { "h2" } else { "h3" });
    } else if is_marked && letters > 0 && !is_bold(&style) {
        node.rename("blockquote");
    }
}

/// Whether there is a line at the left, as beside a quote.
fn is_marked(style: &str) -> bool {
    let line = property(style, "border-left");
    line.is_some_and(|line| {
        let width = line.split_whitespace().find_map(pixels).unwrap_or(0.0);
        width >= 2.0 && !line.contains("none") && !line.contains("transparent")
    })
}

fn inline(node: &NodeRef<'_>) {
    let style = node.attr_or("style", "");
    let holds_blocks = node.descendants_it().any(|inner| is_one_of(&inner, &BLOCKS));
    let in_heading = node
        .ancestors(Some(8))
        .iter()
        .any(|outer| is_one_of(outer, &["h1", "h2", "h3", "h4", "strong", "b", "pre", "code"]));
    if holds_blocks || in_heading || node.text().trim().is_empty() {
        return;
    }
    if property(&style, "font-family").is_some_and(|fonts| is_code_font(&fonts)) {
        node.rename("code");
    } else if is_bold(&style) {
        node.rename("strong");
    }
}

fn is_bold(style: &str) -> bool {
    let weight = property(style, "font-weight").unwrap_or_default();
    weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
}

fn is_code_font(fonts: &str) -> bool {
    let first = fonts.split(',').next().unwrap_or_default();
    let first = first.trim_matches(|c: char| c.is_whitespace() || "\"'".contains(c));
    CODE_FONTS.iter().any(|font| first.contains(font)) || first == "operator mono"
}

fn is_one_of(node: &NodeRef<'_>, names: &[&str]) -> bool {
    names.iter().any(|name| node.has_name(name))
}

fn pixels(size: &str) -> Option<f32> {
    size.trim().trim_end_matches("!important").trim().strip_suffix("px")?.parse().ok()
}

/// The value of a property in a `style` attribute, in lower case.
fn property(style: &str, name: &str) -> Option<String> {
    style.split(';').find_map(|rule| {
        let (key, value) = rule.split_once(':')?;
        key.trim().eq_ignore_ascii_case(name).then(|| value.trim().to_ascii_lowercase())
    })
}

#[cfg(test)]
mod tests {
    use dom_query::Document as Tree;

    fn rewritten(html: &str) -> String {
        let tree = Tree::from(format!("<div id=b>{html}</div>"));
        super::to_elements(&tree.select("#b"));
        crate::text::to_markdown(&crate::text::from_html(&tree.select("#b").html(), None))
    }

    #[test]
    fn headings_quotes_code_and_strong_words_are_told_by_their_styles() {
        let read = rewritten(
            "<section style='font-size:26px;font-weight:700'><span leaf>从前</span></section>\
             <p>一位<span style='color:red;font-weight:600'>工程师</span>写下\
             <span style=\"font-family: 'Menlo', Monaco\">cargo run</span>。</p>\
             <section style='border-left: 4px solid #ccc'><p>价格降了九成。</p></section>\
             <p style='border-left:3px solid red;font-size:18px;font-weight:bold'>后来</p>\
             <section style='font-family:Consolas,monospace;background:#222'>\
             <section>fn main() {</section><section>&nbsp; &nbsp; run();</section><section>}</section></section>",
        );
        for part in [
            "## 从前",
            "**工程师**",
            "`cargo run`",
            "> 价格降了九成。",
            "### 后来",
            "```\nfn main() {\n    run();\n}\n```",
        ] {
            assert!(read.contains(part), "{part} in {read}");
        }
    }

    #[test]
    fn what_nobody_sees_is_not_read_and_lines_of_code_stay_apart() {
        let read = rewritten(
            "<p>看得见<span style='color:rgba(1,2,3,0.01)'>壹</span></p>\
             <section class=code-snippet__fix><pre><code>let a = 1;</code><code>let b = 2;</code></pre></section>",
        );
        assert!(read.contains("看得见") && !read.contains('壹'), "{read}");
        assert!(read.contains("let a = 1;\nlet b = 2;"), "{read}");
    }
}
