//! The session: one inbox, the loop, frames, signals, leaving in order.

use std::io;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use crossterm::{event, execute, queue};
use ratatui::Frame;
use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGWINCH};

use super::perform::{Leave, Performer, PictureDesk};
use super::showing::Showing;
use super::{Opening, Services, Trouble, make_room, sounding_for_all};
use crate::app::{Command, Effect, Event, Mouse, Msg, Orders, Sleep, State, update};
use crate::keys::{KeyMap, interpret};
use crate::lang::{Notice, Tongue};
use crate::term::Screen;
use crate::theme::{Theme, theme};

/// Shortest time between two frames.
const FRAME: Duration = Duration::from_millis(16);

/// How often an hour it is looked whether a feed is due; most of the time none is.
const TICKS_AN_HOUR: u64 = 6;

/// What reaches the session.
enum Incoming {
    /// From the terminal; what it means depends on the state.
    Terminal(event::Event),
    /// The process goes on after it was stopped from outside.
    Continued,
    /// The terminal has another size.
    Resized,
    /// The process is asked to end.
    End,
}

/// Runs the screen until the user leaves it; returns when all that was kept is on disk.
///
/// # Errors
/// When the terminal cannot be used, or the keys of the configuration are wrong.
pub fn run(
    services: &Services,
    screen: &mut Screen,
    tongue: Tongue,
    opening: Option<String>,
) -> Result<(), Trouble> {
    let keys = KeyMap::new(&services.settings.keys)
        .map_err(|problems| Trouble::new(format!("the configuration: {}", problems.join("; "))))?;
    let (inbox, messages) = mpsc::channel::<Msg>();
    let (outside, arrivals) = mpsc::channel::<Incoming>();
    // Before anybody else reads from the terminal.
    let theme = theme(services.settings.ui.theme);
    let showing = Showing::ask(services.settings.ui.pictures, &theme, screen);
    for event in showing.typed() {
        let _ = outside.send(Incoming::Terminal(event));
        wake(&inbox);
    }
    read_terminal(outside.clone(), inbox.clone());
    watch_signals(outside, inbox.clone())?;
    let size = crossterm::terminal::size().unwrap_or((80, 24));
    let (mut state, mut effects) = State::new(remembered(services), tongue, size);
    state.bindings = keys.rows().to_vec();
    let configured = services.settings.audio.sounding();
    let sounding = services.desk.ask_now(move |store| sounding_for_all(store, configured));
    effects.extend(state.recall(sounding.unwrap_or(configured)));
    recall_sleep(services, &mut state);
    if let Ok(Some(kept)) = services.desk.ask_now(|store| store.meta(Orders::KEPT)) {
        effects.extend(state.recall_orders(Orders::recall(&kept)));
    }
    recall_zoom(services, &mut state);
    if let Some((width, height)) = showing.cell() {
        effects.extend(update(&mut state, Msg::Event(Event::Cell(width, height))));
    }
    state.pictures.shown = pictures_shown(services);
    recall_offline(services, &mut state);
    let pictures = PictureDesk::new(showing.picker().cloned(), showing.ground());
    let mut session = Session {
        performer: Performer::new(services.clone(), inbox.clone(), pictures),
        showing,
        state,
        theme,
        keys,
        messages,
        arrivals,
        held: None,
        started: Instant::now(),
        slept: suspended(),
    };
    session.perform(screen, effects);
    make_room(services);
    services.desk.post(crate::store::Store::forget_left);
    super::watch::watch_library(services, inbox.clone());
    super::backups::look_after(services, inbox.clone());
    super::refolding::refold(services);
    begin(services, inbox, opening);
    session.run(screen)
}

struct Session {
    performer: Performer,
    showing: Showing,
    state: State,
    theme: Theme,
    keys: KeyMap,
    messages: Receiver<Msg>,
    arrivals: Receiver<Incoming>,
    /// The last place of a drag, or the last size, until the next frame or key.
    held: Option<Msg>,
    started: Instant,
    /// How long the machine had slept when this session started.
    slept: Duration,
}

impl Session {
    /// Receive, update, perform, drain, draw.
    fn run(&mut self, screen: &mut Screen) -> Result<(), Trouble> {
        let failed = |err: &io::Error| Trouble::doing("drawing on the terminal", err);
        let mut drawn = Instant::now();
        let mut dirty = true;
        loop {
            if dirty && drawn.elapsed() >= FRAME {
                if self.take_held(screen) {
                    return Ok(());
                }
                self.draw(screen).map_err(|err| failed(&err))?;
                drawn = Instant::now();
                dirty = false;
            }
            let wait = if dirty {
                FRAME.saturating_sub(drawn.elapsed())
            } else if self.state.wants_ticks() {
                Duration::from_millis(self.state.tick_ms())
            } else {
                Duration::from_hours(1)
            };
            let mut next = match self.messages.recv_timeout(wait) {
                Ok(msg) => Some(msg),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            };
            // First the time: while something plays there is no lull in which it would come by itself.
            dirty = true;
            let tick = self.tick();
            let effects = update(&mut self.state, tick);
            if self.perform(screen, effects) {
                return Ok(());
            }
            while let Some(msg) = next {
                let effects = update(&mut self.state, msg);
                if self.perform(screen, effects) {
                    return Ok(());
                }
                next = self.messages.try_recv().ok();
            }
            if self.take_arrivals(screen) {
                return Ok(());
            }
        }
    }

    fn tick(&self) -> Msg {
        let passed = self.started.elapsed().saturating_add(suspended().saturating_sub(self.slept));
        Msg::Tick(u64::try_from(passed.as_millis()).unwrap_or(u64::MAX))
    }

    /// What came from the terminal and from signals. Whether to leave.
    fn take_arrivals(&mut self, screen: &mut Screen) -> bool {
        while let Ok(incoming) = self.arrivals.try_recv() {
            let msg = match incoming {
                Incoming::Terminal(event) => interpret(&self.state, &self.keys, &event),
                Incoming::Continued => {
                    screen.release();
                    self.retake(screen);
                    None
                }
                Incoming::Resized => crossterm::terminal::size()
                    .ok()
                    .map(|(width, height)| Msg::Resize(width, height)),
                Incoming::End => Some(Msg::Command(Command::Quit)),
            };
            let Some(msg) = msg else { continue };
            if matches!(msg, Msg::Mouse(Mouse::Drag(..)) | Msg::Resize(..)) {
                // Each place and size lays texts out anew: only the last one before a frame counts.
                let other =
                    |held: &Msg| std::mem::discriminant(held) != std::mem::discriminant(&msg);
                if self.held.as_ref().is_some_and(other) && self.take_held(screen) {
                    return true;
                }
                self.held = Some(msg);
                continue;
            }
            if self.take_held(screen) {
                return true;
            }
            let effects = update(&mut self.state, msg);
            if self.perform(screen, effects) {
                return true;
            }
        }
        false
    }

    /// Tells the state of the place or size that was held back. Whether to leave.
    fn take_held(&mut self, screen: &mut Screen) -> bool {
        let Some(msg) = self.held.take() else { return false };
        let resized = matches!(msg, Msg::Resize(..));
        let mut effects = update(&mut self.state, msg);
        if resized {
            // A new size clears the screen.
            self.showing.cleared();
            effects.extend(self.measure_cells());
        }
        self.perform(screen, effects)
    }

    /// Draws a frame and puts its images over it; terminals that can wait show both at once
    /// (<https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036>).
    fn draw(&mut self, screen: &mut Screen) -> std::io::Result<()> {
        self.showing.give(screen, &self.state)?;
        queue!(screen.terminal().backend_mut(), BeginSynchronizedUpdate)?;
        let (state, theme) = (&self.state, &self.theme);
        let mut placed = Vec::new();
        let draw = |frame: &mut Frame<'_>| {
            placed = crate::ui::draw_with_images(state, theme, frame);
        };
        screen.terminal().draw(draw)?;
        self.showing.place(screen, &placed)?;
        execute!(screen.terminal().backend_mut(), EndSynchronizedUpdate)
    }

    /// Performs effects; whether to leave.
    fn perform(&mut self, screen: &mut Screen, effects: Vec<Effect>) -> bool {
        for effect in effects {
            match self.performer.perform(effect) {
                Some(Leave::ForGood) => return true,
                Some(Leave::ForAWhile) => self.suspend(screen),
                None => {}
            }
        }
        false
    }

    /// Takes the terminal again, which has forgotten all images.
    fn retake(&mut self, screen: &mut Screen) {
        if let Err(err) = screen.retake() {
            tracing::error!("taking the terminal back: {err}");
        }
        self.showing.forgotten();
    }

    /// Cells may have another size once the terminal has one.
    fn measure_cells(&mut self) -> Vec<Effect> {
        let Some((width, height)) = self.showing.measure() else { return Vec::new() };
        self.performer.pictures.picker = self.showing.picker().cloned();
        update(&mut self.state, Msg::Event(Event::Cell(width, height)))
    }

    /// Gives the terminal to the shell; goes on when the shell says `fg`.
    fn suspend(&mut self, screen: &mut Screen) {
        screen.release();
        let own = rustix::process::getpid();
        if let Err(err) = rustix::process::kill_process(own, rustix::process::Signal::TSTP) {
            tracing::error!("stopping for a while: {err}");
        }
        // The process stands still here until it is continued.
        self.retake(screen);
        if let Ok(size) = crossterm::terminal::size() {
            let _ = update(&mut self.state, Msg::Resize(size.0, size.1));
        }
    }
}

/// The settings with what the screen remembers across starts: split, volume.
fn remembered(services: &Services) -> crate::model::Settings {
    let mut settings = services.settings.clone();
    let meta = services.desk.ask_now(|store| Ok((store.meta("split")?, store.meta("volume")?)));
    let Ok((split, volume)) = meta else { return settings };
    let split = split.and_then(|text| {
        let (lists, article) = text.split_once(' ')?;
        Some((lists.parse::<u16>().ok()?, article.parse::<u16>().ok()?))
    });
    if let Some((lists, article)) = split {
        settings.ui.split.lists = lists.clamp(10, 60);
        settings.ui.split.article = article.clamp(20, 80);
    }
    recall_typesetting(services, &mut settings.ui);
    if let Some(volume) = volume.and_then(|text| text.parse::<u8>().ok()) {
        settings.audio.volume = volume.min(100);
    }
    settings
}

/// How texts were set at last, in the place of what the settings say.
fn recall_typesetting(services: &Services, ui: &mut crate::model::UiSettings) {
    let [justify, spacing] = crate::app::TYPESETTING_KEPT;
    let kept = services.desk.ask_now(move |store| Ok((store.meta(justify)?, store.meta(spacing)?)));
    let Ok((justify, spacing)) = kept else { return };
    ui.justify = justify.map_or(ui.justify, |kept| kept == "true");
    let rows = spacing.and_then(|kept| kept.parse::<u8>().ok()).filter(|rows| *rows <= 2);
    ui.line_spacing = rows.unwrap_or(ui.line_spacing);
}

/// Whether pictures were shown when the screen was left.
fn pictures_shown(services: &Services) -> bool {
    let kept = services.desk.ask_now(|store| store.meta("pictures"));
    kept.map_or(true, |kept| kept.as_deref() != Some("captions"))
}

/// How long the machine has slept since it was switched on: a pause with the lid closed is a long one,
/// but the usual clock stands still meanwhile.
#[cfg(target_os = "linux")]
fn suspended() -> Duration {
    use rustix::time::{ClockId, clock_gettime};
    let since_boot = |clock| Duration::try_from(clock_gettime(clock)).unwrap_or_default();
    since_boot(ClockId::Boottime).saturating_sub(since_boot(ClockId::Monotonic))
}

/// Elsewhere that is not known.
#[cfg(not(target_os = "linux"))]
fn suspended() -> Duration {
    Duration::ZERO
}

/// What was chosen of the sleep timer, and where it stopped, in other starts.
fn recall_sleep(services: &Services, state: &mut State) {
    let [last, marks] = Sleep::KEPT;
    let kept = services.desk.ask_now(move |store| Ok((store.meta(last)?, store.meta(marks)?)));
    match kept {
        Ok((last, marks)) => state.sleep.recall(last.as_deref(), marks.as_deref()),
        Err(why) => tracing::error!("reading what the sleep timer did: {why}"),
    }
}

/// Whether the screen was left in offline mode; where nobody ever chose, the settings say.
fn recall_offline(services: &Services, state: &mut State) {
    match services.desk.ask_now(|store| store.meta("offline")) {
        Ok(Some(kept)) => state.downloads.offline = kept == "1",
        Ok(None) => state.downloads.offline = services.settings.network.offline,
        Err(why) => tracing::error!("reading whether offline mode was on: {why}"),
    }
    services.client.set_offline(state.downloads.offline);
}

/// Whether pages were read with the whole screen for them.
fn recall_zoom(services: &Services, state: &mut State) {
    match services.desk.ask_now(|store| store.meta("zoom")) {
        Ok(zoomed) => state.articles.zoomed = zoomed.as_deref() == Some("1"),
        Err(why) => tracing::error!("reading how pages are read: {why}"),
    }
}

/// Reads the terminal on a thread of its own. While the shell has the terminal the whole process
/// stands still, so the thread needs not be told.
fn read_terminal(outside: Sender<Incoming>, inbox: Sender<Msg>) {
    std::thread::spawn(move || {
        while let Ok(event) = event::read() {
            if outside.send(Incoming::Terminal(event)).is_err() {
                break;
            }
            wake(&inbox);
        }
        // The terminal is gone.
        let _ = outside.send(Incoming::End);
        wake(&inbox);
    });
}

/// Makes the session look at what has arrived.
fn wake(inbox: &Sender<Msg>) {
    let _ = inbox.send(Msg::Wake);
}

/// Sizes are listened for here too: the terminal's reader loses one that comes together with a key.
fn watch_signals(outside: Sender<Incoming>, inbox: Sender<Msg>) -> Result<(), Trouble> {
    let wanted = [SIGTERM, SIGHUP, SIGINT, SIGCONT, SIGWINCH];
    let mut signals = signal_hook::iterator::Signals::new(wanted)
        .map_err(|err| Trouble::doing("listening for signals", &err))?;
    std::thread::spawn(move || {
        for signal in signals.forever() {
            let incoming = match signal {
                SIGCONT => Incoming::Continued,
                SIGWINCH => Incoming::Resized,
                _ => Incoming::End,
            };
            if outside.send(incoming).is_err() {
                break;
            }
            wake(&inbox);
        }
    });
    Ok(())
}

/// What happens at the start: the first start's shows, what the user wants opened, a refresh.
fn begin(services: &Services, inbox: Sender<Msg>, opening: Option<String>) {
    let services = services.clone();
    let handle = services.handle.clone();
    handle.spawn(async move {
        let tell = |msg: Msg| {
            let _ = inbox.send(msg);
        };
        let fail = |why: Trouble| {
            tell(Msg::Event(Event::Notice(Notice::Failed(why.to_string()))));
        };
        match super::first_start::fill_if_empty(&services).await {
            Ok(None) => {}
            Ok(Some(_)) => {
                tell(Msg::Event(Event::FirstStart));
            }
            Err(why) => fail(why),
        }
        super::download_check::at_start(&services, &inbox);
        if let Some(source) = opening {
            match Opening::find(&services, &source).await {
                Ok(opening) => tell(Msg::Event(Event::Open(opening_event(opening)))),
                Err(why) => fail(why),
            }
        }
        let hours = u64::from(services.settings.library.refresh_hours);
        for tick in 0_u64.. {
            tell(Msg::Event(Event::RefreshDue));
            if tick.is_multiple_of(hours * TICKS_AN_HOUR) {
                super::reading_later::fetch_again(&services, &inbox);
            }
            if hours == 0 {
                break;
            }
            tokio::time::sleep(Duration::from_secs(3600 / TICKS_AN_HOUR)).await;
        }
    });
}

fn opening_event(opening: Opening) -> crate::app::FoundTarget {
    match opening {
        Opening::Episode(id) => crate::app::FoundTarget::Episode(id),
        Opening::Show(id) => crate::app::FoundTarget::Show(id),
        Opening::Article(url) => crate::app::FoundTarget::Article(url),
    }
}
