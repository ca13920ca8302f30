//! What site generators put into Markdown for themselves: shortcodes of Hugo (`{{< … >}}`, `{{% … %}}`)
//! and Zola (`{{ name(…) }}`), tags and variables of Liquid, Jekyll and Hexo (`{% … %}`,
//! `{{ site.url }}`), attributes of kramdown and Pandoc (`{: … }`, `{#id}`, `{.class}`). Pictures, films
//! and links among them become Markdown; the rest is left out, what stands between a pair stays.

/// A stretch of code that a tag opens, closed by another tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fence {
    /// Code begins; its language.
    Opens(String),
    Closes,
}

const OPEN: [(&str, &str); 5] =
    [("{{<", ">}}"), ("{{%", "%}}"), ("{%", "%}"), ("{{", "}}"), ("{:", "}")];

/// One line without its tags. Tags that run over several lines are left as text.
pub(super) fn replaced(line: &str, out: &mut String) {
    let mut rest = line;
    let mut code = false;
    while let Some(at) = rest.find('{') {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        code ^= before.matches('`').count() % 2 == 1;
        let taken = if code { None } else { taken(tag, out) };
        match taken {
            Some(after) => {
                // A tag that left nothing leaves no second space either.
                rest = if out.ends_with(' ') {
                    after.strip_prefix(' ').unwrap_or(after)
                } else {
                    after
                };
            }
            None => {
                out.push('{');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    out.push_str(rest);
}

/// The longest tag, in bytes; what is not closed within it is text.
const LONGEST: usize = 2048;

/// The beginning of a text, so that looking for an end takes no longer than the text is.
pub(super) fn near(text: &str) -> &str {
    let end = (0..=LONGEST.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Writes what the tag at the beginning of `text` stands for; returns what follows it.
fn taken<'t>(text: &'t str, out: &mut String) -> Option<&'t str> {
    let (open, close) = OPEN.iter().find(|(open, _)| text.starts_with(open))?;
    let inner = text.get(open.len()..)?;
    let end = near(inner).find(close)?;
    let (body, after) = (inner.get(..end)?.trim(), inner.get(end + close.len()..)?);
    let body = body.trim_matches(['-', '/', ' ']);
    match *open {
        "{{" => variable(body, out)?,
        "{:" => {}
        _ => {
            let (name, rest) = body.split_once(char::is_whitespace).unwrap_or((body, ""));
            shown(name, &Arguments::of(rest), out);
        }
    }
    Some(after)
}

/// `{{ site.url }}` and its like are the root of the site; `{{ name(…) }}` is a shortcode of Zola. Any
/// other pair of braces is text.
fn variable(body: &str, out: &mut String) -> Option<()> {
    if let Some((name, arguments)) = body.strip_suffix(')').and_then(|body| body.split_once('(')) {
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        is_name.then_some(())?;
        shown(name, &Arguments::of(&arguments.replace(',', " ")), out);
        return Some(());
    }
    let value = body.split('|').next()?.trim();
    let quoted = value.strip_prefix(['"', '\'']).and_then(|value| value.strip_suffix(['"', '\'']));
    if let Some(path) = quoted.filter(|_| body.contains('|')) {
        out.push_str(path);
        return Some(());
    }
    let known = ["site.", "page.", "post.", "page", "content", ".Site", ".Page", "config."];
    known.iter().any(|known| value.starts_with(known)).then_some(())
}

/// The words of a tag: those with a name and those without.
struct Arguments(Vec<(String, String)>);

impl Arguments {
    /// At most 32 words; quotes hold them together.
    fn of(text: &str) -> Arguments {
        let mut found = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() && found.len() < 32 {
            let name_end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'));
            let (name, value) = match name_end {
                Some(end) if end > 0 => {
                    match rest.get(end..).and_then(|r| r.strip_prefix(['=', ':'])) {
                        Some(value) if !value.starts_with('/') => {
                            (rest.get(..end).unwrap_or_default(), value)
                        }
                        _ => ("", rest),
                    }
                }
                _ => ("", rest),
            };
            let value = value.trim_start();
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
            let (value, after) = match quote {
                Some(quote) => {
                    let inner = value.get(1..).unwrap_or_default();
                    inner.split_once(quote).unwrap_or((inner, ""))
                }
                None => value.split_once(char::is_whitespace).unwrap_or((value, "")),
            };
            found.push((name.to_lowercase(), value.to_owned()));
            rest = after.trim_start();
        }
        Arguments(found)
    }

    fn named(&self, names: &[&str]) -> Option<&str> {
        let found = names.iter().find_map(|name| self.0.iter().find(|(own, _)| own == name));
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The words without a name.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter(|(name, _)| name.is_empty()).map(|(_, value)| value.as_str())
    }

    fn nth(&self, n: usize) -> Option<&str> {
        self.words().nth(n)
    }

    /// The words without a name from the `n`th on, as one text.
    fn words_from(&self, n: usize) -> String {
        self.words().skip(n).collect::<Vec<_>>().join(" ")
    }
}

/// What a reader should see of a tag.
fn shown(name: &str, arguments: &Arguments, out: &mut String) {
    let id = || arguments.named(&["id", "bvid", "vid"]).or_else(|| arguments.nth(0));
    let film = |site: &str, address: &str| id().map(|id| format!("[▶ {site}]({address}{id})"));
    let picture = |src: &str, text: &str| format!("![{}]({})", unbracketed(text), target(src));
    let link = |text: &str, href: &str| format!("[{}]({})", unbracketed(text), target(href));
    let src = arguments.named(&["src", "url", "image", "image_path", "file", "path", "link"]);
    let caption = arguments.named(&["caption", "title", "alt", "description"]).unwrap_or_default();
    let written = match name.to_lowercase().as_str() {
        "figure" | "img" | "image" | "asset_img" | "picture" | "imgproc" | "resize_image"
        | "responsive_image" => {
            let is_path = |word: &&str| word.contains(['.', '/']);
            let src = src.or_else(|| arguments.words().find(is_path));
            let words: Vec<&str> = arguments
                .words()
                .skip_while(|word| Some(*word) != src)
                .skip(1)
                .filter(|w| !is_size(w))
                .collect();
            let words = words.join(" ");
            src.map(|src| picture(src, if caption.is_empty() { &words } else { caption }))
        }
        "include" => src.filter(|src| is_picture(src)).map(|src| picture(src, caption)),
        "youtube" | "youtubelite" => film("YouTube", "https://www.youtube.com/watch?v="),
        "bilibili" => film("Bilibili", "https://www.bilibili.com/video/"),
        "vimeo" => film("Vimeo", "https://vimeo.com/"),
        "gist" => match (arguments.nth(0), arguments.nth(1)) {
            (Some(user), Some(id)) => {
                Some(link("gist", &format!("https://gist.github.com/{user}/{id}")))
            }
            (Some(id), None) => Some(link("gist", &format!("https://gist.github.com/{id}"))),
            _ => None,
        },
        "tweet" | "x" | "twitter" => match (arguments.named(&["user"]), arguments.named(&["id"])) {
            (Some(user), Some(id)) => {
                Some(link("▶ X", &format!("https://x.com/{user}/status/{id}")))
            }
            _ => None,
        },
        // Where a link leads; these stand in the target of one.
        "ref" | "relref" | "link" | "post_link" | "post_url" | "asset_path" | "post_path" => {
            match (arguments.nth(0), arguments.nth(1)) {
                (Some(text), Some(href)) if href.contains("://") => Some(link(text, href)),
                (Some(path), _) if out.ends_with('(') || out.ends_with('"') => {
                    Some(path.to_owned())
                }
                (Some(path), Some(_)) => Some(link(&arguments.words_from(1), path)),
                (Some(path), None) => Some(path.to_owned()),
                _ => None,
            }
        }
        "asset_link" => arguments.nth(0).map(|path| {
            let text = arguments.words_from(1);
            link(if text.is_empty() { path } else { &text }, path)
        }),
        "audio" | "aplayer" | "video" | "bilivideo" | "dplayer" => {
            let src = src.or_else(|| arguments.nth(0)).filter(|src| src.contains(['/', '.']));
            src.map(|src| link(&format!("▶ {}", src.rsplit('/').next().unwrap_or(src)), src))
        }
        _ => None,
    };
    out.push_str(&written.unwrap_or_default());
}

fn is_size(word: &&str) -> bool {
    word.chars().all(|c| c.is_ascii_digit() || matches!(c, '%' | 'x' | 'p'))
}

fn is_picture(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif", ".bmp"]
        .iter()
        .any(|end| path.ends_with(end))
}

pub(super) fn unbracketed(text: &str) -> String {
    text.replace(['[', ']', '\n'], " ")
}

/// A target, held together where it has spaces or brackets.
pub(super) fn target(href: &str) -> String {
    if href.contains([' ', '(', ')']) {
        format!("<{}>", href.replace(['<', '>'], ""))
    } else {
        href.to_owned()
    }
}

/// Whether a line is a tag around code, such as `{% highlight rust %}` or `{{< /highlight >}}`.
pub(super) fn fence(line: &str) -> Option<Fence> {
    let line = line.trim();
    let (open, close) = OPEN.iter().take(3).find(|(open, _)| line.starts_with(open))?;
    let body = line.strip_prefix(open)?.strip_suffix(close)?.trim().trim_matches(['-', ' ']);
    let mut words = body.split_whitespace();
    match words.next()? {
        "highlight" | "codeblock" | "code" | "prism" => {
            let language = words.find(|word| !word.contains(['=', ':', '"'])).unwrap_or_default();
            Some(Fence::Opens(language.to_owned()))
        }
        "endhighlight" | "endcodeblock" | "endcode" | "/highlight" | "/code" | "endprism" => {
            Some(Fence::Closes)
        }
        _ => None,
    }
}

/// A line without the attributes at the end of a heading, a picture or a link: `{#id .class}`,
/// `{width=50%}`.
pub(super) fn without_attributes(line: &str) -> std::borrow::Cow<'_, str> {
    if !line.contains(['{']) {
        return line.into();
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let ends = near(after)
            .find('}')
            .filter(|end| is_attributes(after.get(..*end).unwrap_or_default()));
        let heading = line.starts_with('#');
        let follows = before.ends_with([')', ']']) || (heading && before.ends_with(' '));
        match ends.filter(|_| follows && before.matches('`').count() % 2 == 0) {
            Some(end) => {
                out.push_str(if heading { before.trim_end() } else { before });
                rest = after.get(end + 1..).unwrap_or_default();
            }
            None => {
                out.push_str(before);
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out.into()
}

fn is_attributes(inner: &str) -> bool {
    let inner = inner.trim().trim_start_matches(':');
    !inner.is_empty()
        && inner.len() < 200
        && inner.split_whitespace().all(|word| {
            let named = word.split_once('=').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            });
            named
                || (word.len() > 1 && word.starts_with(['#', '.']))
                || word == "-"
                || word == "target"
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> String {
        let mut out = String::new();
        replaced(text, &mut out);
        out
    }

    #[test]
    fn pictures_films_and_links_of_generators_become_markdown() {
        for (written, read) in [
            ("{{< figure src=\"/a b.png\" caption=\"图一\" >}}", "![图一](</a b.png>)"),
            ("{{< youtube abc123 >}}", "[▶ YouTube](https://www.youtube.com/watch?v=abc123)"),
            ("{{ bilibili(id=\"BV1x\") }}", "[▶ Bilibili](https://www.bilibili.com/video/BV1x)"),
            ("[见]({{< ref \"b.md\" >}})", "[见](b.md)"),
            ("[见]({% post_url 2020-01-01-a %})", "[见](2020-01-01-a)"),
            ("![a]({{ site.baseurl }}/a.png)", "![a](/a.png)"),
            ("[b]({{ '/b' | relative_url }})", "[b](/b)"),
            ("{% asset_img c.png 电池 %}", "![电池](c.png)"),
            ("{% gist lin 12 %}", "[gist](https://gist.github.com/lin/12)"),
            ("a {% note info %} b {% endnote %} c", "a b c"),
            ("{%- include image.html url=\"/d.jpg\" -%}", "![](/d.jpg)"),
            ("{{% notice tip %}}说{{% /notice %}}", "说"),
        ] {
            assert_eq!(line(written), read, "{written}");
        }
    }

    #[test]
    fn other_braces_are_text() {
        for text in
            ["{{ name }} says", "`{% x %}`", "f(x) = {a, b}", "{% never closed", "{{ 1 + 2 }}"]
        {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn attributes_go_and_sets_stay() {
        assert_eq!(without_attributes("## 电池 {#cells .x}"), "## 电池");
        assert_eq!(without_attributes("![a](b.png){width=50%} c"), "![a](b.png) c");
        assert_eq!(without_attributes("the set {a, b} of (x){y}"), "the set {a, b} of (x){y}");
        assert_eq!(fence("{% highlight rust linenos %}"), Some(Fence::Opens("rust".into())));
        assert_eq!(fence("{{< / highlight >}}"), None);
        assert_eq!(fence("{{< /highlight >}}"), Some(Fence::Closes));
    }
}
