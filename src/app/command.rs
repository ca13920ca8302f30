//! Commands: what the user means, whatever key, flag or click said it. A command's `snake_case` name
//! is its name in the configuration and in the palette; its help stands in `lang`.

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        /// What the user means.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $($(#[$doc])* $variant,)+ }

        impl Command {
            /// Every command, in the order of the help screen.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name in the configuration and the palette.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The command of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

commands! {
    /// Play or pause; starts the opened episode where nothing is loaded.
    TogglePlay = "toggle_play",
    /// Jump ahead a little.
    SeekForward = "seek_forward",
    /// Jump back a little.
    SeekBack = "seek_back",
    /// Jump ahead a lot.
    SeekForwardLong = "seek_forward_long",
    /// Jump back a lot.
    SeekBackLong = "seek_back_long",
    /// To the next chapter.
    NextChapter = "next_chapter",
    /// To the start of this chapter, or to the one before.
    PreviousChapter = "previous_chapter",
    /// The list of chapters.
    Chapters = "chapters",
    /// Chapters from the next source that has some.
    ChapterSource = "chapter_source",
    /// Notes and transcript follow what plays again.
    Follow = "follow",
    /// Faster, pitch kept.
    Faster = "faster",
    /// Slower, pitch kept.
    Slower = "slower",
    /// Back to normal speed.
    NormalSpeed = "normal_speed",
    /// Louder.
    Louder = "louder",
    /// Quieter.
    Quieter = "quieter",
    /// Shorten pauses, or not.
    TrimSilence = "trim_silence",
    /// Even out loudness, or not.
    Loudness = "loudness",
    /// Voices stand out, or not.
    VoiceBoost = "voice_boost",
    /// How it sounds: what applies, for this show and for all.
    SoundSettings = "sound_settings",
    /// While a place is looked for: at once to where it probably is.
    JumpNow = "jump_now",
    /// The next episode of the queue.
    NextInQueue = "next_in_queue",
    /// When to stop by itself.
    SleepTimer = "sleep_timer",
    /// Back to where the sleep timer stopped.
    SleepMark = "sleep_mark",
    /// Keep the last minute as a snip.
    Snip = "snip",
    /// Keep a snip of typed times.
    SnipRange = "snip_range",
    /// Move the ends of the selected snip, or of the one kept last, while it loops.
    AdjustSnip = "adjust_snip",
    /// The snips of this episode, or all.
    Snips = "snips",
    /// Play all listed snips one after another.
    PlayAll = "play_all",
    /// Star the selected snip, or the one kept last.
    Star = "star",
    /// Write its tags.
    EditTags = "edit_tags",
    /// Write its title.
    EditTitle = "edit_title",
    /// Write a note to the selected snip, or to the one kept last.
    EditNote = "edit_note",
    /// Delete the selected snip, take the selected episode from the queue, or always skip the selected
    /// chapter.
    Delete = "delete",
    /// Write this episode's notes and snips as Markdown.
    ExportNote = "export_note",
    /// One line down, or the next entry.
    Down = "down",
    /// One line up, or the entry before.
    Up = "up",
    /// A page down.
    PageDown = "page_down",
    /// A page up.
    PageUp = "page_up",
    /// To the top.
    Top = "top",
    /// To the bottom.
    Bottom = "bottom",
    /// The next pane.
    NextPane = "next_pane",
    /// The pane before.
    PreviousPane = "previous_pane",
    /// Open or play what is selected.
    Open = "open",
    /// Away with what is in front: overlay, search, article.
    Back = "back",
    /// Back to the article before.
    ArticleBack = "article_back",
    /// Forward again to the page that was left by going back.
    ArticleForward = "article_forward",
    /// The next link or time in the text; the next match while a search is on.
    NextLink = "next_link",
    /// The link, time or match before.
    PreviousLink = "previous_link",
    /// A letter on every visible link and time.
    Hints = "hints",
    /// Open the link in the browser.
    Browser = "browser",
    /// Copy the link.
    CopyLink = "copy_link",
    /// Copy the paragraph.
    CopyParagraph = "copy_paragraph",
    /// The article without its surroundings, or the whole page.
    WholePage = "whole_page",
    /// The headings of the text, to go to one.
    Outline = "outline",
    /// The next page that the episode links to, in place of this one.
    NextArticle = "next_article",
    /// The page before it.
    PreviousArticle = "previous_article",
    /// The next page that the chapter that plays links to: reading along.
    ReadAlong = "read_along",
    /// Keep the page in front, or the chosen link, for reading later, or not.
    ReadLater = "read_later",
    /// What is kept for reading.
    ReadingList = "reading_list",
    /// Everything of the episode for the train: recording, cover, transcript, linked pages, pictures.
    MakeOffline = "make_offline",
    /// Write the page as Markdown.
    SaveArticle = "save_article",
    /// The page as a web archive keeps it.
    Archived = "archived",
    /// Show pictures, or only their captions.
    Pictures = "pictures",
    /// More or fewer empty lines in the text.
    LineSpacing = "line_spacing",
    /// Even line ends, or ragged ones.
    Justify = "justify",
    /// Tables and code that are wider than the pane: further right.
    SidewaysRight = "sideways_right",
    /// Back to the left.
    SidewaysLeft = "sideways_left",
    /// The transcript beside the notes.
    Transcript = "transcript",
    /// Begin to select passages of the transcript, or end it.
    Select = "select",
    /// This pane alone, or all again.
    Zoom = "zoom",
    /// The right pane wider.
    Wider = "wider",
    /// The right pane narrower.
    Narrower = "narrower",
    /// Filter the list, or search in the text.
    Find = "find",
    /// Search everything in the library.
    Search = "search",
    /// Subscribe to a show.
    Subscribe = "subscribe",
    /// Unsubscribe from the selected show.
    Unsubscribe = "unsubscribe",
    /// Ask for this show's new episodes.
    Refresh = "refresh",
    /// Ask for new episodes of all shows.
    RefreshAll = "refresh_all",
    /// Download, or stop or remove the download.
    Download = "download",
    /// Add to the queue, or take from it.
    Enqueue = "enqueue",
    /// The queue.
    Queue = "queue",
    /// Mark as heard, or as not heard.
    MarkPlayed = "mark_played",
    /// Mark all up to the selected one as heard, as the list is ordered.
    PlayedToHere = "played_to_here",
    /// Put the selected episode or show away, or take it back.
    Archive = "archive",
    /// Order the list in front in the next way.
    Sort = "sort",
    /// Filters that are kept: choose one, keep the present one.
    Filters = "filters",
    /// Play next: to the front of the queue.
    EnqueueNext = "enqueue_next",
    /// The selected entry of the queue further up.
    MoveUp = "move_up",
    /// The selected entry of the queue further down.
    MoveDown = "move_down",
    /// Take all out of the queue.
    ClearQueue = "clear_queue",
    /// Older episodes that the feed keeps on further pages.
    OlderEpisodes = "older_episodes",
    /// What is being downloaded, and what is here.
    Downloads = "downloads",
    /// Ask no network for anything, or again.
    OfflineMode = "offline_mode",
    /// Take back what was changed last.
    Undo = "undo",
    /// Look for the sound device again.
    RetryDevice = "retry_device",
    /// All commands by name.
    Palette = "palette",
    /// The keys.
    Help = "help",
    /// Back to the shell for a while.
    Suspend = "suspend",
    /// Quit.
    Quit = "quit",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_found_by_its_name() {
        for &command in Command::ALL {
            assert_eq!(Command::named(command.name()), Some(command));
        }
        assert_eq!(Command::named("no_such_command"), None);
    }
}
