//! The whole state, plain data: no sender, lock, handle or clock in it.

use super::layout::{content, panes, text_width};
use super::{Articles, Effect, Jobs, Library, Notes, Overlay, Player, Prompt, Ticket, Tickets};
use crate::lang::{Notice, Tongue};
use crate::model::{EpisodeSummary, Settings, Sounding, Split};
use crate::text::{Ambiguous, LayoutOptions, LinkNumbers};

/// A part of the screen that can have the focus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    /// The shelves and shows.
    #[default]
    Shows,
    /// The episodes of the shelf.
    Episodes,
    /// The notes of an episode.
    Notes,
    /// An article or a transcript beside the notes.
    Article,
}

/// A short message in the last line.
#[derive(Debug, Clone, PartialEq)]
pub struct Toast {
    /// What it says.
    pub notice: Notice,
    /// It goes away at this tick (ms).
    pub until: u64,
}

/// How long a toast stays, in ms.
const TOAST_MS: u64 = 6_000;

/// How long a message or a clock may be late, in ms.
const TICK_MS: u64 = 500;

/// How long each picture of a spinner stands, in ms.
pub const SPINNER_MS: u64 = 120;

/// Everything the screen shows and the keys change.
#[derive(Debug, Clone, PartialEq)]
pub struct State {
    /// Columns and rows of the terminal.
    pub size: (u16, u16),
    /// The settings, as loaded at the start.
    pub settings: Settings,
    /// The language of the interface.
    pub tongue: Tongue,
    /// The pane that keys go to.
    pub focus: Pane,
    /// Only the focused pane is shown.
    pub zoom: bool,
    /// How the width is shared; the user may move it.
    pub split: Split,
    /// The border that the mouse holds.
    pub dragging: Option<super::mouse::Border>,
    /// Shows and episodes.
    pub library: Library,
    /// The opened episode.
    pub notes: Notes,
    /// Articles beside it.
    pub articles: Articles,
    /// Pictures in texts.
    pub pictures: super::Pictures,
    /// What has been read along.
    pub along: super::Along,
    /// The pages kept for later.
    pub reading: super::ReadingList,
    /// What plays.
    pub player: Player,
    /// What is going on with snips.
    pub snips: super::Snips,
    /// When playback stops by itself, and where it did.
    pub sleep: super::Sleep,
    /// What plays next.
    pub queue: Vec<EpisodeSummary>,
    /// What can be taken back.
    pub undo: super::Undo,
    /// Downloads and refreshes under way.
    pub jobs: Jobs,
    /// The list of downloads.
    pub downloads: super::DownloadList,
    /// What lies over the panes.
    pub overlay: Option<Overlay>,
    /// What is typed in the last line.
    pub prompt: Option<Prompt>,
    /// The message in the last line.
    pub toast: Option<Toast>,
    /// A paragraph that was just copied.
    pub flash: Option<super::Flash>,
    /// Key rows for the help screen: keys, command.
    pub bindings: Vec<(String, super::Command)>,
    /// Milliseconds since the start, as the last tick said.
    pub now: u64,
    /// Gives requests their identity.
    pub tickets: Tickets,
}

impl State {
    /// The state of a program that has just started, and what it asks for first.
    #[must_use]
    pub fn new(settings: Settings, tongue: Tongue, size: (u16, u16)) -> (Self, Vec<Effect>) {
        let player = Player::new(&settings.audio);
        let mut state = Self {
            size,
            tongue,
            focus: Pane::Episodes,
            zoom: false,
            split: settings.ui.split,
            dragging: None,
            library: Library::default(),
            notes: Notes::default(),
            articles: Articles::default(),
            pictures: super::Pictures::default(),
            along: super::Along::default(),
            reading: super::ReadingList::default(),
            player,
            snips: super::Snips::default(),
            sleep: super::Sleep::default(),
            queue: Vec::new(),
            undo: super::Undo::default(),
            jobs: Jobs::default(),
            downloads: super::DownloadList::default(),
            overlay: None,
            prompt: None,
            toast: None,
            flash: None,
            bindings: Vec::new(),
            now: 0,
            tickets: Tickets::default(),
            settings,
        };
        let mut effects = vec![
            Effect::LoadShows,
            Effect::LoadQueue,
            super::library::load_shelf(&mut state),
            Effect::Sound(super::Sound::Volume(state.player.volume)),
        ];
        effects.extend(super::sounding::tell_all(&state, &state.player.how));
        (state, effects)
    }

    /// What was chosen about the sound of all shows in an earlier start, in the place of what the
    /// settings say.
    pub fn recall(&mut self, all: Sounding) -> Vec<Effect> {
        self.player.chosen.all = all;
        super::sounding::tune(self)
    }

    /// The orders of lists that were chosen in an earlier start.
    pub fn recall_orders(&mut self, orders: super::Orders) -> Vec<Effect> {
        let before = self.library.order();
        self.library.orders = orders;
        if self.library.order() == before {
            return Vec::new();
        }
        vec![super::library::load_shelf(self)]
    }

    /// Whether anything on the screen changes by time alone.
    #[must_use]
    pub fn wants_ticks(&self) -> bool {
        self.toast.is_some() || self.tick_ms() < TICK_MS
    }

    /// How long the screen may stand still, in ms, while something on it changes by time.
    #[must_use]
    pub fn tick_ms(&self) -> u64 {
        let waits = self.articles.front().is_some_and(super::ArticleView::is_waiting);
        match (waits, self.flash) {
            (true, _) => SPINNER_MS,
            (_, Some(flash)) => flash.until.saturating_sub(self.now).clamp(1, TICK_MS - 1),
            _ => TICK_MS,
        }
    }

    /// Shows a message for a while. News in the background never covers what went wrong.
    pub(super) fn say(&mut self, notice: Notice) {
        let covers_trouble = self.toast.as_ref().is_some_and(|toast| toast.notice.is_bad());
        if covers_trouble && notice.is_background() {
            return;
        }
        self.toast = Some(Toast { notice, until: self.now + TOAST_MS });
    }

    pub(super) fn expire_toast(&mut self) {
        if self.toast.as_ref().is_some_and(|toast| toast.until <= self.now) {
            self.toast = None;
        }
    }

    /// A ticket for a new request.
    pub(super) fn ticket(&mut self) -> Ticket {
        self.tickets.open()
    }

    /// How texts are laid out in a pane of this width.
    #[must_use]
    pub fn layout_options(&self, width: u16) -> LayoutOptions {
        LayoutOptions { width, ambiguous: self.ambiguous(), ..LayoutOptions::default() }
    }

    /// How what is read is laid out in a pane of this width: with all that the reader chose.
    #[must_use]
    pub fn reading_options(&self, width: u16) -> LayoutOptions {
        let ui = &self.settings.ui;
        LayoutOptions {
            spacing: ui.cjk_spacing,
            justify: ui.justify,
            line_spacing: ui.line_spacing,
            indent: ui.indent,
            sideways: true,
            numbers: self.link_numbers(),
            ..self.layout_options(width)
        }
    }

    /// How links are numbered: small digits where they take one column.
    fn link_numbers(&self) -> LinkNumbers {
        match (self.settings.ui.link_numbers, self.ambiguous()) {
            (false, _) => LinkNumbers::Off,
            (true, Ambiguous::Narrow) => LinkNumbers::Small,
            (true, Ambiguous::Wide) => LinkNumbers::Brackets,
        }
    }

    /// How many columns characters of ambiguous width take.
    #[must_use]
    pub fn ambiguous(&self) -> Ambiguous {
        if self.settings.ui.ambiguous_width == 2 { Ambiguous::Wide } else { Ambiguous::Narrow }
    }

    /// Lays texts out again where a pane's width has changed, and keeps lists and texts in view.
    pub(super) fn relayout(&mut self) {
        let shown = panes(self);
        let measure = self.settings.ui.measure;
        if shown.notes.width > 0 {
            let options = self.reading_options(text_width(shown.notes, measure));
            let rows = usize::from(content(shown.notes).height);
            if self.notes.relayout(options, rows, &self.pictures) {
                super::notes::follow(self);
            }
        }
        if shown.article.width > 0 {
            let options = self.reading_options(text_width(shown.article, measure));
            let rows = usize::from(content(shown.article).height);
            self.articles.relayout(options, rows, &self.pictures);
        }
        let overlay = super::layout::overlay_of(self);
        let options = self.layout_options(text_width(overlay, measure));
        let rows = usize::from(content(overlay).height);
        let room = super::pictures::zoomed(self);
        match &mut self.overlay {
            Some(Overlay::Picture(reader, _)) => {
                let pictures = self.pictures.rows(reader, room);
                let options = LayoutOptions { width: room.columns, ..options };
                reader.relayout_with(options, rows, pictures);
            }
            Some(overlay) => overlay.relayout(options, rows),
            None => {}
        }
        self.library.keep_in_view(
            usize::from(content(shown.shows).height),
            usize::from(content(shown.episodes).height),
        );
        // A pane that is no longer there cannot keep the focus.
        if self.focus == Pane::Article && !self.articles.is_open() {
            self.focus = Pane::Notes;
        }
    }
}
