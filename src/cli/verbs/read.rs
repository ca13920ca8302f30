//! `read URL|FILE`: a page as a clean article. What an address brings is kept for reading offline;
//! what a file holds is not.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Outcome, code};
use crate::article::View;
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::input::{Input, Named, called};
use crate::cli::output::{Output, complain};
use crate::cli::page;
use crate::cli::sheet::{Ink, Sheet};
use crate::kind::Kind;
use crate::lang::Tongue;
use crate::model::{Article, ArticleOutcome, Link, Offer};
use crate::runtime::{Trouble, body_of, read_article};
use crate::sandbox::{self, OwnedPage};
use crate::text::{Block, BlockKind, Document, to_html, to_markdown};

/// Arguments of `read`.
#[derive(Debug, Args)]
pub(crate) struct Read {
    /// The page; `-` for standard input.
    #[arg(value_name = "URL|FILE")]
    source: String,
    /// The address that relative links of a file belong to.
    #[arg(long, value_name = "URL", value_parser = address)]
    base: Option<String>,
    /// What to print.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Columns to fill; what JSON holds is never wrapped.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    width: Option<u16>,
}

fn address(text: &str) -> Result<String, String> {
    let parsed = url::Url::parse(text).map_err(|err| format!("it is no address: {err}"))?;
    Ok(parsed.into())
}

/// What to print for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Wrapped text with its links below.
    Text,
    /// Markdown.
    Markdown,
    /// Sanitised HTML.
    Html,
}

#[derive(Serialize)]
struct Report<'a> {
    url: Option<&'a str>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    site: Option<&'a str>,
    published: Option<String>,
    language: Option<&'a str>,
    updated: Option<String>,
    lead_image: Option<&'a str>,
    canonical: Option<&'a str>,
    preview: bool,
    offers: &'a [Offer],
    text: String,
    html: &'a str,
    links: &'a [Link],
    images: Vec<Picture<'a>>,
    /// When the page was fetched; `null` for a file.
    fetched: Option<String>,
    /// Why this is the copy from before; `null` if it is not, or the page was read in the last day.
    offline: Option<&'a str>,
}

#[derive(Serialize)]
struct Picture<'a> {
    url: &'a str,
    alt: &'a str,
}

/// An article whose document is the body alone.
struct Body {
    article: Article,
    document: Document,
    html: String,
    /// Why this is the copy from before, where it is.
    offline: Option<String>,
}

pub(super) fn run(context: &Context, args: &Read) -> Outcome {
    let body = match Named::of(&args.source) {
        Named::File(name) => of_file(&name, args.base.as_deref())?,
        Named::Url(url) => of_url(context, &url)?,
        Named::Episode(name) => {
            let why = format!("reading {name}: there is no such file, and it is no address");
            return Err(Trouble::new(why).into());
        }
    };
    if context.out.json {
        Output::document(&report(&body))?;
        return Ok(code(false));
    }
    match args.format {
        Format::Text => context.out.print(&(), |sheet| {
            draw_head(sheet, &body.article);
            page::draw(sheet, &body.document, Output::columns(args.width));
        })?,
        Format::Markdown => {
            let title = body.article.title.as_deref().map(crate::text::clean_line);
            let title = title.filter(|title| !title.is_empty());
            let head = title.map(|title| format!("# {title}\n\n")).unwrap_or_default();
            let text = format!("{head}{}", to_markdown(&body.document));
            Output::text(&ended(&text))?;
        }
        Format::Html => Output::text(&ended(&body.html))?,
    }
    Ok(code(false))
}

/// Clean, and ending in one line break.
fn ended(text: &str) -> String {
    format!("{}\n", crate::text::clean(text).trim_end())
}

fn report(body: &Body) -> Report<'_> {
    let article = &body.article;
    Report {
        url: Some(article.url.as_str()).filter(|url| !matches!(*url, "" | "file:///dev/stdin")),
        title: article.title.as_deref(),
        byline: article.byline.as_deref(),
        site: article.site.as_deref(),
        published: article.published.as_deref().map(in_utc),
        language: article.language.as_deref(),
        updated: article.updated.as_deref().map(in_utc),
        lead_image: article.lead_image.as_deref(),
        canonical: article.canonical.as_deref(),
        preview: article.preview,
        offers: &article.offers,
        text: body.document.plain_text(),
        html: &body.html,
        links: &body.document.links,
        images: body.document.blocks.iter().filter_map(picture).collect(),
        fetched: article
            .fetched
            .and_then(|at| jiff::Timestamp::from_second(at).ok())
            .map(|at| at.to_string()),
        offline: body.offline.as_deref(),
    }
}

/// A point in time in UTC; what is only a day, or cannot be read, stays as it is.
fn in_utc(published: &str) -> String {
    let moment = published.parse::<jiff::Timestamp>();
    moment.map_or_else(|_| published.to_owned(), |moment| moment.to_string())
}

fn picture(block: &Block) -> Option<Picture<'_>> {
    match &block.kind {
        BlockKind::Image { src, alt } => Some(Picture { url: src, alt }),
        _ => None,
    }
}

fn draw_head(sheet: &mut Sheet, article: &Article) {
    let facts = [&article.byline, &article.site, &article.published];
    let facts: Vec<&str> = facts.into_iter().flatten().map(String::as_str).collect();
    let title = article.title.as_deref().unwrap_or_default();
    for (ink, line) in [(Ink::Bold, title), (Ink::Dim, &facts.join(" · "))] {
        let line = crate::text::clean_line(line);
        if !line.is_empty() {
            sheet.put(ink, &line).end();
        }
    }
    if !title.is_empty() || !facts.is_empty() {
        sheet.end();
    }
}

fn of_url(context: &Context, url: &str) -> Result<Body, Failure> {
    let read = context.with_services(async |services| {
        Ok(read_article(&services, url, None, None, false).await?)
    })?;
    if let Some(why) = &read.offline {
        let age = read.age.map(|age| crate::lang::age(Tongue::English, age));
        let age = age.map(|age| format!(" ({age})")).unwrap_or_default();
        complain(&format!("reading {url}: this is the copy kept from before{age}, because {why}"));
    }
    let document = body_of(read.document, &read.article);
    let html = to_html(&document);
    Ok(Body { article: read.article, document, html, offline: read.offline })
}

fn of_file(name: &str, base: Option<&str>) -> Result<Body, Trouble> {
    let wrong =
        |kind| Trouble::new(format!("reading {name} as an article: it is {}", called(kind)));
    let file = match Input::open(name)? {
        Input::Recording(_) => return Err(wrong(Kind::Audio)),
        Input::Whole(file) => file,
    };
    let empty = file.bytes.is_empty();
    if matches!(file.kind, Kind::Feed | Kind::Opml) || (file.kind == Kind::Unknown && !empty) {
        return Err(wrong(file.kind));
    }
    let url = base.map_or(file.url, str::to_owned);
    let page = OwnedPage { url, content_type: None, bytes: file.bytes };
    let program = std::env::current_exe()
        .map_err(|err| Trouble::doing("finding the program itself", &err))?;
    let extracted = sandbox::extract(&program, page, View::Reader, sandbox::Limits::default())
        .map_err(|err| Trouble::doing(&format!("reading {name}"), &err))?;
    let why = match extracted.outcome {
        ArticleOutcome::Readable => {
            let (article, html) = (extracted.article, extracted.html);
            return Ok(Body { article, document: extracted.document, html, offline: None });
        }
        ArticleOutcome::Blocked => "it is a check for robots instead of the page",
        ArticleOutcome::Deleted => "it says that the page was deleted",
    };
    Err(Trouble::new(format!("reading {name}: {why}")))
}
