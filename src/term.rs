//! The terminal: raw mode, alternate screen, mouse and paste are switched on by a guard and switched
//! off again whatever happens: at the end, on an error, a panic or a signal.

pub mod graphics;

use std::fs::File;
use std::io::{self, Stdout, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::Show;
use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, DisableMouseCapture, EnableBracketedPaste,
    EnableFocusChange, EnableMouseCapture,
};
use crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, SetTitle, disable_raw_mode,
    enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

/// Whether the terminal is ours now; the panic hook and the guard ask.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, taken over. Dropping it gives it back.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn take(mouse: bool) -> io::Result<Self> {
        enter(mouse)?;
        let backend = CrosstermBackend::new(io::stdout());
        let terminal = Terminal::new(backend).inspect_err(|_| leave())?;
        Ok(Self { terminal, mouse })
    }

    /// The terminal to draw on.
    pub fn terminal(&mut self) -> &mut Terminal<CrosstermBackend<Stdout>> {
        &mut self.terminal
    }

    /// Gives the terminal back for a while.
    pub fn release(&mut self) {
        leave();
    }

    /// Takes it again after [`Self::release`]; everything is drawn anew.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn retake(&mut self) -> io::Result<()> {
        enter(self.mouse)?;
        // A new one knows nothing of what is on the screen. (`Terminal::clear` would ask the terminal
        // where the cursor is, and the answer would go to the thread that reads keys.)
        self.terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
        execute!(io::stdout(), Clear(ClearType::All))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        leave();
    }
}

fn enter(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = io::stdout();
    let entered = queue!(
        out,
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange,
        SetTitle("latetalk")
    )
    .and_then(|()| if mouse { queue!(out, EnableMouseCapture) } else { Ok(()) })
    .and_then(|()| out.flush());
    entered.inspect_err(|_| leave())
}

/// Gives the terminal back; does nothing if it is not ours. Errors have nowhere to go here: the
/// terminal may be the thing that is gone.
pub fn leave() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let mut out = io::stdout();
        graphics::forget_images(&mut out);
        let _ = execute!(
            out,
            DisableMouseCapture,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            Show
        );
        let _ = disable_raw_mode();
    }
}

/// Before a panic's message is printed, the terminal and standard error are given back. The message
/// also goes to the log. A panic of a worker goes to the log alone: the screen runs on, and whoever
/// waits for that worker hears that it failed.
pub fn restore_on_panic(stderr: Option<Stderr>) {
    let before = std::panic::take_hook();
    let screen = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        tracing::error!("panic: {info}");
        if std::thread::current().id() != screen {
            return;
        }
        leave();
        if let Some(stderr) = &stderr {
            stderr.give_back();
        }
        before(info);
    }));
}

/// Standard error, sent to the log while the screen is ours: libraries such as ALSA's write there
/// without asking, right over the picture.
#[derive(Debug)]
pub struct Stderr {
    original: File,
}

impl Stderr {
    /// Sends standard error to this file from now on.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub fn redirect(log: &Path) -> io::Result<Self> {
        let original = File::from(rustix::io::dup(rustix::stdio::stderr())?);
        let file = File::options().create(true).append(true).open(log)?;
        rustix::stdio::dup2_stderr(&file)?;
        Ok(Self { original })
    }

    /// Lets it go where it went before.
    pub fn give_back(&self) {
        let _ = rustix::stdio::dup2_stderr(&self.original);
    }

    /// Another handle on where it went before.
    ///
    /// # Errors
    /// When there are no more file descriptors.
    pub fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { original: self.original.try_clone()? })
    }
}

impl Drop for Stderr {
    fn drop(&mut self) {
        self.give_back();
    }
}
