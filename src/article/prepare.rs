//! What is mended in a page before anything is chosen from it: text that a script would show,
//! pictures that a script would load, copies that nobody sees.

use dom_query::{Document as Tree, NodeRef, Selection};

/// Containers that are served invisible and shown by script.
const HIDDEN_AT_FIRST: &str = "#js_content, .rich_media_content, #img-content, \
    [itemprop=articleBody], article, main, .article-content, .post-content, .entry-content";
/// Numbers of lines that stand within code.
const LINE_NUMBERS: &str = ".ln, .lnt, .lineno, .linenos, .line-number, .line-numbers-rows, \
    .hljs-ln-numbers, .react-syntax-highlighter-line-number";
/// Where lazily loaded pages keep the true address of a picture, in this order.
const TRUE_SOURCES: [&str; 6] =
    ["data-src", "data-original", "data-actualsrc", "data-lazy-src", "data-croporisrc", "data-url"];

/// Mends the tree in place. One walk finds what may need it: selectors that ask every element of a page
/// cost more than all the rest.
pub(super) fn mend(tree: &Tree) {
    let elements: Vec<NodeRef<'_>> = tree.root().descendants_it().collect();
    for node in elements {
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else { continue };
        match &*name {
            "template" => node.remove_from_parent(),
            "pre" => drop_line_numbers(&node),
            "img" => load_picture(&node),
            "iframe" => {
                if let Some(source) = node.attr("data-src") {
                    node.set_attr("src", &source);
                }
            }
            _ => show(&node),
        }
    }
}

/// Numbers of lines within code, by their class or because they cannot be selected.
fn drop_line_numbers(code: &NodeRef<'_>) {
    let code = Selection::from(*code);
    code.select(LINE_NUMBERS).remove();
    for node in code.select("span[style*='user-select']").nodes() {
        let style = node.attr_or("style", "").replace(' ', "");
        let text = node.text();
        let is_number = text.trim().bytes().all(|byte| byte.is_ascii_digit());
        if style.contains("user-select:none") && is_number {
            node.remove_from_parent();
        }
    }
}

/// Shows a container that a script would show.
fn show(node: &NodeRef<'_>) {
    let Some(style) = node.attr("style") else { return };
    if style.split(';').any(hides) && node.is(HIDDEN_AT_FIRST) {
        let shown: Vec<&str> = style.split(';').filter(|rule| !hides(rule)).collect();
        node.set_attr("style", &shown.join(";"));
    }
}

/// Whether a rule makes its element invisible until a script says otherwise. `display: none` is
/// another matter: what is served so is mostly not meant to be read.
fn hides(rule: &str) -> bool {
    let (name, value) = rule.split_once(':').unwrap_or_default();
    let value = value.trim();
    (name.trim().eq_ignore_ascii_case("visibility") && value.starts_with("hidden"))
        || (name.trim().eq_ignore_ascii_case("opacity") && value.starts_with('0'))
}

fn load_picture(picture: &NodeRef<'_>) {
    let is_address = |value: &str| {
        let value = value.trim();
        !value.is_empty() && !value.starts_with("data:") && !value.contains(char::is_whitespace)
    };
    let source = TRUE_SOURCES.iter().filter_map(|name| picture.attr(name));
    if let Some(source) = source.into_iter().find(|value| is_address(value)) {
        picture.set_attr("src", source.trim());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_text_is_shown_and_lazy_pictures_are_loaded() {
        let tree = Tree::from(
            "<div id=js_content style='visibility: hidden; opacity: 0; color: red'>文\
             <img src='data:image/gif;base64,R0' data-src='https://a.example/1.png'>\
             <img src='b.png' data-original=' '></div><template>模板</template>",
        );
        mend(&tree);
        assert_eq!(tree.select("#js_content").attr_or("style", "").trim(), "color: red");
        let sources: Vec<String> =
            tree.select("img").iter().map(|img| img.attr_or("src", "").to_string()).collect();
        assert_eq!(sources, ["https://a.example/1.png", "b.png"]);
        assert!(!tree.html().contains("模板"));
    }

    #[test]
    fn numbers_of_lines_are_no_code() {
        let tree = Tree::from(
            "<pre><span class=ln>1</span>a = 1\n<span style='user-select: none'> 2</span>b\n\
             <span style='color:red'>3</span></pre>",
        );
        mend(&tree);
        assert_eq!(&*tree.select("pre").text(), "a = 1\nb\n3");
    }
}
