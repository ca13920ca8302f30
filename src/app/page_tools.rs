//! What can be done with the page in front besides reading it: its headings, a paragraph to the clipboard, a
//! file of it, its copy in a web archive.

use std::sync::Arc;

use super::{Command, Effect, LinkedFrom, Page, Pane, State, articles, hints, outline, transcript};
use crate::lang::Notice;

/// A paragraph that was just copied; it is marked for a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flash {
    /// The pane that it stands in.
    pub pane: Pane,
    /// Its block.
    pub block: usize,
    /// The mark goes at this tick (ms).
    pub until: u64,
}

/// How long a copied paragraph is marked, in ms.
const FLASH_MS: u64 = 700;

/// Where a web archive has its newest copy of a page, before the page's own address.
const ARCHIVE: &str = "https://web.archive.org/web/2/";

/// Does what the user means.
pub(super) fn give(state: &mut State, command: Command) -> Vec<Effect> {
    match command {
        Command::CopyParagraph => copy_paragraph(state),
        Command::Outline => outline::show(state),
        Command::SaveArticle => save(state),
        Command::Archived => archived(state),
        _ => Vec::new(),
    }
}

/// Copies the paragraph that is meant, of a transcript what is selected or pointed at.
fn copy_paragraph(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = transcript::copy(state) {
        return effects;
    }
    let pane = match state.focus {
        Pane::Article => Pane::Article,
        _ => Pane::Notes,
    };
    let found = hints::reader_mut(state, pane).and_then(|reader| {
        let block = reader.paragraph()?;
        let text = reader.document.blocks.get(block)?.plain_text();
        Some((block, text.trim().to_owned()))
    });
    let Some((block, text)) = found.filter(|(_, text)| !text.is_empty()) else {
        state.say(Notice::NoParagraph);
        return Vec::new();
    };
    state.flash = Some(Flash { pane, block, until: state.now.saturating_add(FLASH_MS) });
    state.say(Notice::ParagraphCopied(text.chars().count()));
    vec![Effect::Copy(text)]
}

/// Writes the page in front as Markdown.
fn save(state: &mut State) -> Vec<Effect> {
    let front = state.articles.front().map(|view| &view.page);
    let Some(Page::Ready { article, reader, .. }) = front else {
        state.say(Notice::NoArticle);
        return Vec::new();
    };
    let document = Arc::clone(&reader.document);
    vec![Effect::SaveArticle { article: article.clone(), document }]
}

/// Opens the page in front, or the chosen link, as a web archive has it.
fn archived(state: &mut State) -> Vec<Effect> {
    let chosen = hints::goal(state, state.focus).and_then(|(_, url)| url);
    let front = state.articles.front().filter(|_| state.focus == Pane::Article);
    let from = front.map(|view| view.from.clone());
    let title = front.filter(|_| chosen.is_none()).map(|view| view.name().to_owned());
    let own = front.map(|view| view.url.clone());
    if let Some(url) = chosen.or(own).filter(|url| may_be_archived(url)) {
        let from = from.unwrap_or(LinkedFrom::User);
        articles::open_titled(state, format!("{ARCHIVE}{url}"), from, title)
    } else {
        state.say(Notice::NotArchived);
        Vec::new()
    }
}

/// Whether an address may be shown to an archive: public ones on the web, and not the archive's own.
fn may_be_archived(url: &str) -> bool {
    let Ok(parsed) = url::Url::parse(url) else { return false };
    let own = parsed.username().is_empty() && parsed.password().is_none();
    let public = match parsed.host() {
        Some(url::Host::Domain(name)) => {
            // Hosts are in lower case once they were parsed.
            let at_home = name.rsplit('.').next() == Some("local");
            name.contains('.') && !at_home && name != "web.archive.org"
        }
        // Addresses by number are rarely a page's own, and often at home.
        Some(url::Host::Ipv4(_) | url::Host::Ipv6(_)) | None => false,
    };
    matches!(parsed.scheme(), "http" | "https") && own && public
}

impl State {
    pub(super) fn expire_flash(&mut self) {
        if self.flash.is_some_and(|flash| flash.until <= self.now) {
            self.flash = None;
        }
    }
}
