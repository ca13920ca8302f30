//! All that is read on the screen is one [`Document`]: show notes, articles, transcripts, snips and
//! help. Built from HTML, Markdown or plain text; laid out once per width with line breaking that is
//! right for Chinese; drawn, searched and linked by one piece of code.

mod document;

pub use document::{Block, BlockKind, Document, Marker, Span, SpanStyle, Table};
