//! Deciding: one [`State`], one inbox of [`Msg`]s, and [`update`], which changes the state and says
//! what is to be done as [`Effect`]s. Pure: no clock, no thread, no file, so that every transition is
//! a plain test.

mod along;
mod articles;
mod chapters;
mod command;
mod commands;
mod downloading;
mod effect;
mod events;
mod failure;
mod hints;
mod jobs;
mod layout;
mod library;
mod line;
mod link;
mod list;
mod message;
mod mouse;
mod notes;
mod offers;
mod offline;
mod order;
mod outline;
mod outside;
mod overlay;
mod page_tools;
mod pictures;
mod player;
mod prompt;
mod queue;
mod reader;
mod reading_list;
mod search;
mod sleep;
mod snips;
mod sounding;
mod state;
mod tabs;
mod ticket;
mod transcript;
mod typesetting;
mod typing;
mod undo;

#[cfg(test)]
mod tests;

pub use along::{Along, EpisodeLink, EpisodePages, LinkSources, links_by_chapter};
pub use along::{pages_of, place as page_place, readable};
pub use articles::{ArticleView, Articles, Page};
pub use chapters::{ChapterList, ChapterRow};
pub use command::Command;
pub use downloading::{DownloadList, DownloadNews, DownloadWork, Going, Pace, going};
pub use effect::{Effect, LinkedFrom, Sound};
pub use failure::{FailureRow, failure_rows, ways_out};
pub use hints::{Hint, numbered_pane, typed_number};
pub use jobs::Jobs;
pub use layout::{
    Panes, SoundColumns, chapter_rows, column_of, content, hit_row, overlay_of, panes, progress,
    sound_columns, strip as strip_area, text_area, time_of,
};
pub use library::{Library, Shelf};
pub use line::Line;
pub use link::shown_host;
pub use list::List;
pub use message::{
    Audio, Checked, Completing, DownloadState, Event, Found, FoundTarget, Mouse, Msg,
    OpenedArticle, OpenedEpisode, OrderNews, PageFailure, RefreshFailure, Typed,
};
pub use mouse::Border;
pub use notes::{Notes, Opened};
pub use order::{FilterRow, Orders, ShelfFacts, filter_rows};
pub use outline::{Outline, OutlineRow};
pub use overlay::{Overlay, SearchState};
pub use page_tools::Flash;
pub use pictures::{Picture, Pictures, TerminalImage};
pub use player::{Device, Playback, Player, Playing};
pub use prompt::{Prompt, PromptKind};
pub use queue::queue_length;
pub use reader::{Finding, Goal, Reader, Target};
pub use reading_list::{ReadingList, ReadingNews, ReadingView, ReadingWork};
pub use sleep::{Sleep, SleepList, SleepRow, SleepTimer};
pub use snips::{Adjusting, Passage, RangeProblem, Run, Side, SnipList, SnipRow, Snips};
pub use sounding::{Chosen, SoundTable};
pub use state::{Pane, SPINNER_MS, State, Toast};
pub use tabs::{TextTabs, text_tabs};
pub use ticket::{Ticket, Tickets};
pub use transcript::TranscriptView;
pub use typesetting::TYPESETTING_KEPT;
pub use undo::{Edit, QueueEdit, Undo};

/// Takes one message in and says what is to be done.
pub fn update(state: &mut State, msg: Msg) -> Vec<Effect> {
    if state.sleep_is_near() && means_awake(&msg) {
        sleep::extend(state);
        return sleep::tend(state);
    }
    if means_awake(&msg) {
        sleep::keep_awake(state);
    }
    let mut effects = match msg {
        Msg::Command(command) => commands::give(state, command),
        Msg::Type(typed) => typing::typed(state, typed),
        Msg::Mouse(mouse) => mouse::moved(state, mouse),
        Msg::Paste(text) => typing::pasted(state, &text),
        Msg::Resize(width, height) => {
            state.size = (width, height);
            Vec::new()
        }
        Msg::Tick(now) => {
            sleep::count(state, now);
            player::listen(state, now);
            state.now = now;
            state.expire_toast();
            state.expire_flash();
            Vec::new()
        }
        Msg::Event(event) => events::happened(state, event),
        Msg::Wake | Msg::OtherKey => Vec::new(),
    };
    state.relayout();
    effects.extend(sounding::tune(state));
    effects.extend(sleep::tend(state));
    effects.extend(player::plan(state));
    effects.extend(library::missing_rows(state));
    effects.extend(pictures::plan(state));
    along::tend(state);
    effects.extend(reading_list::tend(state));
    effects.extend(reading_list::missing_rows(state));
    effects
}

/// Whether somebody has just done something. Leaving is always what it is.
fn means_awake(msg: &Msg) -> bool {
    match msg {
        Msg::Command(command) => !matches!(command, Command::Quit | Command::Suspend),
        Msg::Type(_) | Msg::Mouse(_) | Msg::Paste(_) | Msg::OtherKey => true,
        Msg::Resize(..) | Msg::Tick(_) | Msg::Event(_) | Msg::Wake => false,
    }
}
