//! What pictures the terminal can show: asked of it before anything else reads from it. Own code,
//! because the library's question leaves a thread behind that eats keys where a terminal is silent.

mod answers;

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use ratatui_image::picker::{Picker, ProtocolType};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use self::answers::{Answers, read_answers};

/// How pictures are to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// As well as the terminal can.
    Best,
    /// In this way, whatever the terminal says.
    By(ProtocolType),
}

/// What the terminal can.
#[derive(Debug, Clone)]
pub struct Graphics {
    /// The way in which it shows pictures, and the size of its cells.
    pub picker: Picker,
    /// Its ground, where it told: red, green, blue.
    pub ground: Option<(u8, u8, u8)>,
    /// What was typed while it was asked.
    pub typed: Vec<crossterm::event::Event>,
}

/// How long a terminal may take to answer. All of them answer within a few ms; one that does not is
/// waited for only once.
const PATIENCE: Duration = Duration::from_millis(150);
/// The same where the answer comes from afar, or through another program.
const PATIENCE_AFAR: Duration = Duration::from_millis(800);
/// Cells of terminals that do not tell: twice as tall as wide.
const USUAL_CELL: (u16, u16) = (10, 20);

/// Asks the terminal, which must be in raw mode and have no other reader. Returns within a second
/// whatever it answers.
#[must_use]
pub fn ask(wish: Wish) -> Graphics {
    // This also lets tmux pass on what is meant for the terminal around it.
    let in_tmux = Picker::halfblocks().tmux_detected();
    let silent = std::env::var("TERM").is_ok_and(|term| matches!(term.as_str(), "dumb" | "linux"));
    let wanted = wish == Wish::Best || cell_of_window().is_none();
    let (answers, typed) = if silent || !wanted || wish == Wish::By(ProtocolType::Halfblocks) {
        (Answers::default(), Vec::new())
    } else {
        converse(in_tmux)
    };
    let cell = answers.cell.or_else(cell_of_window);
    let mut picker = picker(cell.unwrap_or(USUAL_CELL));
    picker.set_protocol_type(match wish {
        Wish::By(protocol) => protocol,
        Wish::Best => best(&answers, cell.is_some(), picker.protocol_type()),
    });
    Graphics { picker, ground: answers.ground, typed }
}

/// The same picker for cells of another size, as after a change of the font.
#[must_use]
pub fn resized(picker: &Picker, cell: (u16, u16)) -> Picker {
    let mut resized = self::picker(cell);
    resized.set_protocol_type(picker.protocol_type());
    resized
}

/// A picker that has guessed by the environment whether the terminal shows images as iTerm2 does.
fn picker(cell: (u16, u16)) -> Picker {
    #[expect(deprecated, reason = "its successor is the question that eats keys")]
    Picker::from_fontsize(cell.into())
}

/// The best way of those that the terminal knows. Konsole and `WezTerm` know kitty's images, but not
/// where cells name them; Konsole's sixels leave gaps.
fn best(answers: &Answers, measured: bool, guessed: ProtocolType) -> ProtocolType {
    let has = |name| std::env::var(name).is_ok_and(|value| !value.is_empty());
    let half = has("WEZTERM_EXECUTABLE") || has("KONSOLE_VERSION");
    match answers {
        Answers { kitty: true, .. } if !half => ProtocolType::Kitty,
        // What is drawn by pixels needs to know how many there are.
        _ if !measured => ProtocolType::Halfblocks,
        Answers { sixel: true, .. } if !half => ProtocolType::Sixel,
        _ => guessed,
    }
}

/// Width and height of a cell, as the kernel knows them from the terminal.
#[must_use]
pub fn cell_of_window() -> Option<(u16, u16)> {
    let window = crossterm::terminal::window_size().ok()?;
    let width = window.width.checked_div(window.columns)?;
    let height = window.height.checked_div(window.rows)?;
    (width > 0 && height > 0).then_some((width, height))
}

/// Asks for kitty's images, the ground, the size of a cell, and last for what every terminal tells:
/// its attributes. What else comes was typed.
fn converse(in_tmux: bool) -> (Answers, Vec<crossterm::event::Event>) {
    let nothing = (Answers::default(), Vec::new());
    let input = io::stdin();
    if !input.is_terminal() {
        return nothing;
    }
    let question = "\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b]11;?\x1b\\\x1b[16t\x1b[c";
    let question = if in_tmux {
        format!("\x1bPtmux;{}\x1b\\", question.replace('\x1b', "\x1b\x1b"))
    } else {
        question.to_owned()
    };
    let mut out = io::stdout().lock();
    if out.write_all(question.as_bytes()).and_then(|()| out.flush()).is_err() {
        return nothing;
    }
    let afar = in_tmux || std::env::var_os("SSH_CONNECTION").is_some();
    let end = Instant::now() + if afar { PATIENCE_AFAR } else { PATIENCE };
    let mut heard = Vec::new();
    loop {
        let (answers, typed) = read_answers(&heard, false);
        let left = end.saturating_duration_since(Instant::now());
        if answers.over {
            return (answers, typed);
        }
        if left.is_zero() || !more(&input, left, &mut heard) {
            return read_answers(&heard, true);
        }
    }
}

/// Reads what comes within this time; whether anything did.
fn more(input: &io::Stdin, within: Duration, heard: &mut Vec<u8>) -> bool {
    let Ok(within) = Timespec::try_from(within) else { return false };
    let mut polled = [PollFd::new(input, PollFlags::IN)];
    if !matches!(poll(&mut polled, Some(&within)), Ok(1..)) {
        return false;
    }
    // Past the buffer of the standard library, which would keep what others are to read.
    let mut buffer = [0; 256];
    match rustix::io::read(input, &mut buffer) {
        Ok(read @ 1..) => {
            heard.extend_from_slice(buffer.get(..read).unwrap_or_default());
            true
        }
        _ => false,
    }
}

/// What was given to the terminal: nothing, images, images through tmux.
static GIVEN: AtomicU8 = AtomicU8::new(0);

/// Says that the terminal was given images, so that they are taken back in the end.
pub fn has_images(in_tmux: bool) {
    GIVEN.store(1 + u8::from(in_tmux), Ordering::SeqCst);
}

/// Takes all images back, if any were given.
pub(super) fn forget_images(out: &mut impl Write) {
    let all = match GIVEN.swap(0, Ordering::SeqCst) {
        0 => return,
        1 => "\x1b_Ga=d,d=A,q=2\x1b\\",
        _ => "\x1bPtmux;\x1b\x1b_Ga=d,d=A,q=2\x1b\x1b\\\x1b\\",
    };
    // Errors have nowhere to go here.
    let _ = out.write_all(all.as_bytes());
}

/// The order that takes one image back.
#[must_use]
pub fn forget_image(id: u32, in_tmux: bool) -> String {
    if in_tmux {
        format!("\x1bPtmux;\x1b\x1b_Ga=d,d=I,i={id},q=2\x1b\x1b\\\x1b\\")
    } else {
        format!("\x1b_Ga=d,d=I,i={id},q=2\x1b\\")
    }
}
