//! All that is read on the screen is one [`Document`]: show notes, articles, transcripts, snips and
//! help. Built from HTML, Markdown or plain text; laid out once per width with line breaking that is
//! right for Chinese; drawn, searched and linked by one piece of code.

mod address;
mod anchors;
mod builder;
mod canonical;
mod clean;
mod colour;
mod composer;
mod decode;
mod document;
mod filter;
mod find;
mod fold;
mod front_matter;
mod html;
mod layout;
mod letters;
mod markdown;
mod page_name;
mod pinyin;
mod place;
mod plain;
mod reading_time;
mod script_forms;
mod tex;
mod to_html;
mod to_markdown;
mod width;

pub use anchors::{fragment, is_named};
pub use canonical::canonical_url;
pub use clean::{clean, clean_line};
pub use colour::colour;
pub use composer::Composer;
pub use decode::{Decoded, decode};
pub use document::{
    Align, Block, BlockKind, Document, Marker, Span, SpanStyle, Table, Token, TokenKind, lines_of,
};
pub use filter::{Filter, Fit};
pub use find::{Match, find, find_words};
pub use fold::{fold_char, fold_width, folded, one_script, plain_mark};
pub use front_matter::{FrontMatter, split_front_matter};
pub use html::{HtmlEvents, from_html};
pub use layout::{
    Layout, LayoutOptions, Line, LinkNumbers, PictureRows, Run, RunKind, Wide, is_numbered, layout,
    layout_folded, picture_cells, picture_pixels, scaled_picture,
};
pub use letters::letters;
pub use markdown::{MarkdownOptions, from_markdown, from_markdown_with};
pub use page_name::{faceless_host, page_name};
pub use place::same_place;
pub use plain::from_plain;
pub use reading_time::ReadingTime;
pub use to_html::to_html;
pub use to_markdown::to_markdown;
pub use width::{Ambiguous, fit, pad, truncate, width};
