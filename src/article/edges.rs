//! Lines at the edges of an article that are none of it, in elements that no name gives away: a
//! byline and a date above it, lists of other articles and appeals below, `Read more: …` between two
//! paragraphs, the credit of a picture. Told by their words, where they stand and how they are linked.

use crate::text::{Block, BlockKind, Document, Span};

use super::listing::{letters, weights};

/// A paragraph of an article has so many letters.
const PARAGRAPH: usize = 80;
/// How many blocks may stand above the first paragraph.
const HEAD: usize = 8;
/// The longest line that is looked at, in letters.
const LINE: usize = 150;
/// How much of the text must stand above a line that ends it, in hundredths.
const ENDS_AFTER: usize = 55;

/// Lines under which there is nothing more of the article.
const ENDS: [&str; 34] = [
    "related",
    "related articles",
    "related posts",
    "related stories",
    "related content",
    "related reading",
    "related news",
    "related topics",
    "you may also like",
    "you might also like",
    "you may also be interested in",
    "read next",
    "up next",
    "what to read next",
    "keep reading",
    "recommended for you",
    "recommended reading",
    "more stories",
    "more articles",
    "more like this",
    "most popular",
    "most read",
    "trending now",
    "latest news",
    "latest posts",
    "recent posts",
    "leave a comment",
    "leave a reply",
    "comments",
    "相关文章",
    "相关推荐",
    "猜你喜欢",
    "热门文章",
    "推荐文章",
];
/// Beginnings of such lines; a name follows.
const ENDS_WITH_A_NAME: [&str; 3] = ["more from ", "more on ", "discover more from "];
/// Lines that are the words of buttons, wherever they stand.
const BUTTONS: [&str; 22] = [
    "share",
    "share this",
    "share this post",
    "share this article",
    "share this story",
    "share on",
    "copy link",
    "the link has been copied!",
    "print",
    "email",
    "save",
    "advertisement",
    "advertising",
    "table of contents",
    "skip to main content",
    "skip to content",
    "back to top",
    "sign up",
    "subscribe",
    "subscribe now",
    "read more",
    "jump to recipe",
];
/// Beginnings of lines that lead to another article; the link follows.
const LEADS: [&str; 21] = [
    "read more",
    "read also",
    "also read",
    "also see",
    "see also",
    "read next",
    "related",
    "related story",
    "related article",
    "related reading",
    "more",
    "more info",
    "don't miss",
    "watch",
    "recommended",
    "must read",
    "you may also like",
    "相关阅读",
    "延伸阅读",
    "推荐阅读",
    "点击阅读",
];
/// Beginnings of the credit of a picture.
const CREDITS: [&str; 17] = [
    "photo credit",
    "photo credits",
    "photo by",
    "photo courtesy",
    "photograph by",
    "photo",
    "photos",
    "credit",
    "image credit",
    "image source",
    "image",
    "image courtesy",
    "picture",
    "courtesy of",
    "图源",
    "图片来源",
    "图",
];

/// Takes them off a document; `byline` is shown above it anyway.
pub(super) fn trim(document: &mut Document, byline: Option<&str>) {
    credit_pictures(document);
    let body = document.blocks.iter().position(is_paragraph).unwrap_or(0).min(HEAD);
    let mut at = 0;
    document.blocks.retain(|block| {
        at += 1;
        let gone = is_button(block) || leads_away(block) || (at <= body && is_about(block, byline));
        !gone
    });
    cut_end(document);
    while document.blocks.len() > 1 && document.blocks.last().is_some_and(dangles) {
        document.blocks.pop();
    }
}

fn is_paragraph(block: &Block) -> bool {
    let (linked, rest) = weights(block);
    rest >= PARAGRAPH && rest > linked
}

/// The words of a short line in lower case, without the marks around them; `None` for all others.
fn line(block: &Block) -> Option<String> {
    let is_text = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_));
    let text = block.plain_text();
    let is_short = text.len() < 4 * LINE && letters(&text) <= LINE;
    let folded = || {
        let words: Vec<&str> = text.split_whitespace().collect();
        let marks = |c: char| !c.is_alphanumeric() && c != '!';
        words.join(" ").to_lowercase().replace('’', "'").trim_matches(marks).to_owned()
    };
    (is_text && is_short).then(folded)
}

fn is_button(block: &Block) -> bool {
    block.list == 0 && line(block).is_some_and(|line| BUTTONS.contains(&line.as_str()))
}

/// `See also: How to …`, all of it a link but for the first words.
fn leads_away(block: &Block) -> bool {
    let (linked, rest) = weights(block);
    let Some(line) = line(block).filter(|_| linked > 0 && block.list == 0) else { return false };
    let leads = LEADS.iter().any(|lead| {
        let after = line.strip_prefix(lead).map(str::trim_start);
        after.is_some_and(|after| after.starts_with([':', '：', '|', '>', '›', '→', '»']))
    });
    leads && rest < 24
}

/// Above the text: who wrote it, when, how long it takes to read.
fn is_about(block: &Block, byline: Option<&str>) -> bool {
    if matches!(block.kind, BlockKind::Heading(_)) {
        return false;
    }
    let Some(line) = line(block) else { return false };
    let byline = byline.map(str::to_lowercase).filter(|name| name.len() > 2);
    let rest = byline.map_or(line.clone(), |name| line.replacen(&name, "", 1));
    let is_named = rest.len() < line.len() && letters(&rest) < 24;
    let is_timed = line.ends_with("min read") || line.ends_with("minute read");
    let is_dated = ["published", "updated", "last updated", "posted on", "posted"]
        .iter()
        .any(|word| line.starts_with(word) && line.bytes().any(|byte| byte.is_ascii_digit()));
    let date = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    is_named || is_timed || (is_dated && letters(&line) < 60) || super::date::is_date(date)
}

/// Cuts at the first line that ends the article, if most of it stands above.
fn cut_end(document: &mut Document) {
    let weigh = |blocks: &[Block]| -> usize {
        blocks.iter().map(weights).map(|(linked, rest)| linked + rest).sum()
    };
    let all = weigh(&document.blocks);
    let end = document.blocks.iter().enumerate().position(|(at, block)| {
        let above = document.blocks.get(..at).unwrap_or_default();
        let below = document.blocks.get(at..).unwrap_or_default();
        ends(block) && weigh(above) * 100 >= all * ENDS_AFTER && !goes_on(below)
    });
    if let Some(end) = end.filter(|end| *end > 0) {
        document.blocks.truncate(end);
    }
}

fn ends(block: &Block) -> bool {
    line(block).filter(|_| block.list == 0).is_some_and(|line| {
        ENDS.contains(&line.as_str())
            || (ENDS_WITH_A_NAME.iter().any(|end| line.starts_with(end)) && letters(&line) < 40)
    })
}

/// Whether an article goes on below a line: more paragraphs than an appeal has.
fn goes_on(below: &[Block]) -> bool {
    below.iter().filter(|block| is_paragraph(block)).count() > 2
}

/// What hangs below the last paragraph: a heading of nothing, a line that is a link.
fn dangles(block: &Block) -> bool {
    let (linked, rest) = weights(block);
    // A film or a recording at the end is part of the article.
    let is_player = block.plain_text().starts_with('▶');
    let is_link = linked > 0 && rest < 8 && block.list == 0 && !is_player;
    let is_bare = matches!(block.kind, BlockKind::Heading(_) | BlockKind::Rule);
    is_bare || (is_link && line(block).is_some())
}

/// Lines that name the source of the picture above them become its caption.
fn credit_pictures(document: &mut Document) {
    let mut at = 1;
    while at < document.blocks.len() {
        let is_credit = document.blocks.get(at).is_some_and(is_credit);
        let above = document.blocks.get_mut(at - 1);
        let above = above.filter(|above| matches!(above.kind, BlockKind::Image { .. }));
        if !is_credit || above.is_none() {
            at += 1;
            continue;
        }
        let credit = document.blocks.remove(at);
        if let Some(picture) = document.blocks.get_mut(at - 1) {
            if !picture.spans.is_empty() {
                picture.spans.push(Span { text: " ".to_owned(), ..Span::default() });
            }
            picture.spans.extend(credit.spans);
        }
    }
}

fn is_credit(block: &Block) -> bool {
    let Some(line) = line(block).filter(|_| block.kind == BlockKind::Paragraph) else {
        return false;
    };
    letters(&line) < 80
        && CREDITS.iter().any(|credit| {
            line.strip_prefix(credit).is_some_and(|rest| {
                rest.starts_with([':', '：', '/', '|', '｜'])
                    || (credit.contains(' ') && rest.starts_with(' '))
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::from_html;

    const TEXT: &str = "<p>Lin Xia says that the price of batteries fell by nine tenths within ten \
        years, and that nobody who made them had thought it would go that fast.</p>";

    fn trimmed(html: &str) -> String {
        let mut document = from_html(html, Some("https://a.example/"));
        trim(&mut document, Some("Lin Xia"));
        document.plain_text()
    }

    #[test]
    fn lines_above_and_below_an_article_go() {
        let t = TEXT;
        let html = format!(
            "<p>By Lin Xia</p><p>May 1, 2024</p><p>5 min read</p>{t}{t}<p>See also: <a href=/b>Ten \
             more batteries</a></p><p>Share this post</p>{t}{t}<h2>Related articles</h2>\
             <p><a href=/c>Another battery</a></p><p>What it is like to own one of them.</p>"
        );
        let text = trimmed(&html);
        assert_eq!(text.matches("nine tenths").count(), 4);
        assert_eq!(text.matches("\n\n").count(), 3, "{text}");
    }

    #[test]
    fn what_an_article_says_under_such_a_line_stays() {
        let early = format!("{TEXT}<h2>Related</h2>{}", TEXT.repeat(3));
        assert!(trimmed(&early).contains("Related"));
        let long = format!("{}<h2>Comments</h2>{}", TEXT.repeat(9), TEXT.repeat(6));
        assert!(trimmed(&long).contains("Comments"));
        let more =
            format!("{TEXT}<p>See also the <a href=/b>ten batteries</a> of last year.</p>{TEXT}");
        assert!(trimmed(&more).contains("ten batteries"));
    }

    #[test]
    fn the_credit_of_a_picture_is_its_caption() {
        let mut document = from_html(
            &format!("{TEXT}<p><img src=/a.png alt=Cells></p><p>Photo credit: Zhou Ye</p>{TEXT}"),
            Some("https://a.example/"),
        );
        trim(&mut document, None);
        let picture = &document.blocks[1];
        assert!(matches!(picture.kind, BlockKind::Image { .. }));
        assert!(picture.plain_text().ends_with("Photo credit: Zhou Ye"));
        assert_eq!(document.blocks.len(), 3);
    }
}
