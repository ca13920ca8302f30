//! Prints timelines in the ways in which shows write them, into the kinds of text that notes come in.

use std::fmt::Write as _;

use latetalk::text::{self, Document, MarkdownOptions};
use latetalk::timeline::from_notes;

/// How a line is written, from its place, its start and its title.
pub(crate) type Form = (&'static str, fn(usize, u64, &str) -> String);

fn ms(s: u64) -> String {
    format!("{:02}:{:02}", s / 60, s % 60)
}

fn hms(s: u64) -> String {
    format!("{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60)
}

/// `MM:SS` below an hour, `H:MM:SS` from there on.
fn mixed(s: u64) -> String {
    if s < 3600 { ms(s) } else { format!("{}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60) }
}

fn chinese(s: u64) -> String {
    match s / 3600 {
        0 => format!("{}分{}秒", s / 60, s % 60),
        h => format!("{h}小时{}分{}秒", s / 60 % 60, s % 60),
    }
}

fn ideograph(place: usize) -> char {
    "一二三四五六七八九十".chars().nth(place).unwrap_or('十')
}

/// The ways of writing a line.
pub(crate) const FORMS: &[Form] = &[
    ("code title", |_, s, t| format!("{} {t}", mixed(s))),
    ("full code title", |_, s, t| format!("{} {t}", hms(s))),
    ("minutes beyond 59", |_, s, t| format!("{} {t}", ms(s))),
    ("code -title", |_, s, t| format!("{} -{t}", mixed(s))),
    ("code - title", |_, s, t| format!("{} - {t}", mixed(s))),
    ("code — title", |_, s, t| format!("{} — {t}", mixed(s))),
    ("code | title", |_, s, t| format!("{} | {t}", mixed(s))),
    ("code: title", |_, s, t| format!("{}: {t}", mixed(s))),
    ("code：title", |_, s, t| format!("{}：{t}", mixed(s))),
    ("code、title", |_, s, t| format!("{}、{t}", mixed(s))),
    ("code，title", |_, s, t| format!("{}，{t}", mixed(s))),
    ("code → title", |_, s, t| format!("{} → {t}", mixed(s))),
    ("code tab title", |_, s, t| format!("{}\t{t}", mixed(s))),
    ("glued", |_, s, t| format!("{}{t}", mixed(s))),
    ("[code] title", |_, s, t| format!("[{}] {t}", mixed(s))),
    ("[code]title", |_, s, t| format!("[{}]{t}", mixed(s))),
    ("(code) title", |_, s, t| format!("({}) {t}", mixed(s))),
    ("(code) – title", |_, s, t| format!("({}) – {t}", mixed(s))),
    ("（code）title", |_, s, t| format!("（{}）{t}", mixed(s))),
    ("【code】title", |_, s, t| format!("【{}】{t}", mixed(s))),
    ("「code」title", |_, s, t| format!("「{}」{t}", mixed(s))),
    ("full-width colons", |_, s, t| format!("{} {t}", mixed(s).replace(':', "："))),
    ("mixed colons", |_, s, t| format!("{} {t}", hms(s).replacen(':', "：", 1))),
    ("full-width digits", |_, s, t| {
        let wide = |c: char| c.to_digit(10).and_then(|d| char::from_u32('０' as u32 + d));
        let code: String =
            mixed(s).chars().map(|c| if c == ':' { '：' } else { wide(c).unwrap_or(c) }).collect();
        format!("{code}　{t}")
    }),
    ("分秒：title", |_, s, t| format!("{}：{t}", chinese(s))),
    ("分秒 title", |_, s, t| format!("{} {t}", chinese(s))),
    ("h m s", |_, s, t| match s / 3600 {
        0 => format!("{}m{:02}s {t}", s / 60, s % 60),
        h => format!("{h}h{:02}m{:02}s {t}", s / 60 % 60, s % 60),
    }),
    ("quotes", |_, s, t| format!("{}‘{:02} {t}", s / 60, s % 60)),
    ("double quotes", |_, s, t| format!("{}'{:02}'' {t}", s / 60, s % 60)),
    ("primes", |_, s, t| format!("{}′{:02}″ {t}", s / 60, s % 60)),
    ("——code title", |_, s, t| format!("——{} {t}", mixed(s))),
    ("1、code title", |i, s, t| format!("{}、{} {t}", i + 1, mixed(s))),
    ("（1）code title", |i, s, t| format!("（{}）{} {t}", i + 1, mixed(s))),
    ("一、code title", |i, s, t| format!("{}、{} {t}", ideograph(i), mixed(s))),
    ("Part 1 code title", |i, s, t| format!("Part {} {} {t}", i + 1, mixed(s))),
    ("· code title", |_, s, t| format!("· {} {t}", mixed(s))),
    ("• code title", |_, s, t| format!("• {} {t}", mixed(s))),
    ("⏰code title", |_, s, t| format!("⏰{} {t}", mixed(s))),
    ("⌨️ (code) title", |_, s, t| format!("⌨️ ({}) {t}", hms(s))),
    ("▶️ code title", |_, s, t| format!("▶️ {} {t}", mixed(s))),
    ("code 📒 title", |_, s, t| format!("{} 📒 {t}", mixed(s))),
    ("【code-code】title", |_, s, t| format!("【{}-{}】{t}", mixed(s), mixed(s + 90))),
    ("code–code title", |_, s, t| format!("{}–{} {t}", mixed(s), mixed(s + 90))),
    ("code ~ code title", |_, s, t| format!("{} ~ {} {t}", hms(s), hms(s + 90))),
    ("with a fraction", |_, s, t| format!("{}.000 {t}", hms(s))),
    ("@code title", |_, s, t| format!("@{} {t}", mixed(s))),
    ("torn code", |_, s, t| format!("{} {t}", hms(s).replace(':', " : "))),
    ("title code", |_, s, t| format!("{t} {}", mixed(s))),
    ("title - code", |_, s, t| format!("{t} - {}", mixed(s))),
    ("title …… code", |_, s, t| format!("{t} …… {}", mixed(s))),
    ("title（code）", |_, s, t| format!("{t}（{}）", mixed(s))),
    ("title [code]", |_, s, t| format!("{t} [{}]", hms(s))),
    ("title - code.", |_, s, t| format!("{t} - {}.", hms(s))),
];

/// A kind of text and what makes it of lines.
pub(crate) type Container = (&'static str, fn(&[String]) -> Document);

fn escaped(line: &str) -> String {
    line.replace('&', "&amp;").replace('<', "&lt;").replace('\t', " ")
}

fn html(lines: &[String], before: &str, after: &str) -> String {
    lines.iter().fold(String::new(), |mut out, line| {
        let _ = write!(out, "{before}{}{after}", escaped(line));
        out
    })
}

fn each(lines: &[String], write: impl Fn(&str) -> String) -> String {
    lines.iter().map(|line| write(line)).collect::<Vec<_>>().concat()
}

fn markdown(source: &str) -> Document {
    text::from_markdown_with(source, None, MarkdownOptions { keep_line_breaks: true })
}

/// A line of text as a writer of Markdown has to write it.
fn marked(line: &str) -> String {
    let mut out = String::new();
    for c in line.chars() {
        if "[]*_<>`~#|".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    // `1、` is no list in Markdown, `- ` and `+ ` are.
    out
}

/// The kinds of text that notes come in.
pub(crate) const CONTAINERS: &[Container] = &[
    ("lines", |l| text::from_plain(&l.join("\n"), None)),
    ("lines of Windows", |l| text::from_plain(&l.join("\r\n"), None)),
    ("lines apart", |l| text::from_plain(&l.join("\n\n"), None)),
    ("br", |l| text::from_html(&format!("<p>{}</p>", html(l, "", "<br />")), None)),
    ("br and line breaks", |l| text::from_html(&format!("<p>{}</p>", html(l, "", "<br>\n")), None)),
    ("p", |l| text::from_html(&html(l, "<p>", "</p>\n"), None)),
    ("p and span", |l| {
        text::from_html(&html(l, "<p style=\"color:#163000\"><span>", "</span></p>"), None)
    }),
    ("div", |l| text::from_html(&html(l, "<div>", "</div>"), None)),
    ("ul", |l| text::from_html(&format!("<ul>{}</ul>", html(l, "<li>", "</li>")), None)),
    ("ol", |l| text::from_html(&format!("<ol>{}</ol>", html(l, "<li><p>", "</p></li>")), None)),
    ("blockquote", |l| {
        text::from_html(&format!("<blockquote>{}</blockquote>", html(l, "<p>", "</p>")), None)
    }),
    ("html without tags", |l| text::from_html(&format!("{}<b></b>", html(l, "", "\n")), None)),
    ("markdown lines", |l| markdown(&l.iter().map(|l| marked(l)).collect::<Vec<_>>().join("\n"))),
    ("markdown items", |l| markdown(&each(l, |l| format!("* {}\n", marked(l))))),
    ("markdown numbers", |l| markdown(&each(l, |l| format!("1. {}\n", marked(l))))),
    ("markdown quote", |l| markdown(&each(l, |l| format!("> {}\n", marked(l))))),
    ("plain quote", |l| text::from_plain(&each(l, |l| format!("> {l}\n")), None)),
];

/// White space folded, punctuation and bullets at both ends gone.
pub(crate) fn folded(title: &str) -> String {
    let words: Vec<&str> = title.split_whitespace().collect();
    words.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Starts in seconds and folded titles.
pub(crate) fn found(document: &Document, duration_s: Option<u64>) -> Vec<(u64, String)> {
    let timeline = from_notes(document, duration_s.map(|s| s * 1000));
    timeline.chapters.iter().map(|c| (c.start_ms / 1000, folded(&c.title))).collect()
}
