//! The real program in a pseudo-terminal: keys go in, a screen comes out, nothing is guessed from
//! the clock. The terminal answers what programs ask of it (cursor position, device attributes).

use std::ffi::OsString;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{
    ChildKiller, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system,
};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{Callbacks, Parser};

use super::keys::encode;

/// Lines that are kept after they left the screen (of programs that do not use the whole screen).
const SCROLLBACK: usize = 1000;

type Input = Arc<Mutex<Box<dyn Write + Send>>>;

/// A program in a terminal of its own. Dropped, it is killed.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    input: Input,
    view: Arc<View>,
    pid: Pid,
    killer: Box<dyn ChildKiller + Send + Sync>,
}

#[derive(Default)]
struct View {
    seen: Mutex<Option<Seen>>,
    changed: Condvar,
}

/// The pieces of a frame follow each other faster than this.
const PIECES: Duration = Duration::from_millis(20);

struct Seen {
    parser: Parser<Asked>,
    /// The program and all its children have let go of the terminal.
    closed: bool,
    ended: Option<ExitStatus>,
}

/// What the program asked of the terminal beside drawing.
#[derive(Default)]
struct Asked {
    answers: Vec<u8>,
    title: String,
    clipboard: Option<Vec<u8>>,
}

impl Callbacks for Asked {
    fn set_window_title(&mut self, _: &mut vt100::Screen, title: &[u8]) {
        self.title = String::from_utf8_lossy(title).into_owned();
    }

    fn copy_to_clipboard(&mut self, _: &mut vt100::Screen, _: &[u8], data: &[u8]) {
        self.clipboard = Some(data.to_vec());
    }

    fn unhandled_csi(
        &mut self,
        screen: &mut vt100::Screen,
        i1: Option<u8>,
        _: Option<u8>,
        params: &[&[u16]],
        c: char,
    ) {
        match (i1, params, c) {
            (None, [[6]], 'n') => {
                let (row, column) = screen.cursor_position();
                self.answers.extend(format!("\x1b[{};{}R", row + 1, column + 1).bytes());
            }
            (None, [] | [[0]], 'c') => self.answers.extend(b"\x1b[?62;22c"),
            _ => {}
        }
    }
}

impl Terminal {
    /// Starts `latetalk` in a terminal of `size` (columns, rows). The environment is empty but for
    /// `PATH`, `HOME`, `TERM`, a UTF-8 `LANG`, and `env`.
    #[track_caller]
    pub fn start(size: (u16, u16), args: &[&str], env: &[(String, OsString)]) -> Self {
        Self::run(env!("CARGO_BIN_EXE_latetalk"), size, args, env)
    }

    /// Starts any program, in the same way.
    #[track_caller]
    pub fn run(program: &str, size: (u16, u16), args: &[&str], env: &[(String, OsString)]) -> Self {
        let pair = native_pty_system().openpty(pty_size(size)).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        command.env_clear();
        for name in ["PATH", "HOME"] {
            command.env(name, std::env::var_os(name).unwrap_or_default());
        }
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        for (name, value) in env {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).expect("the program starts");
        let pid = child.process_id().and_then(|id| Pid::from_raw(id as i32)).expect("a process id");
        let killer = child.clone_killer();
        let (columns, rows) = cells(size);
        let view = Arc::new(View::default());
        *view.seen.lock().unwrap() = Some(Seen {
            parser: Parser::new_with_callbacks(rows, columns, SCROLLBACK, Asked::default()),
            closed: false,
            ended: None,
        });
        let output = pair.master.try_clone_reader().expect("the terminal can be read");
        let input = Arc::new(Mutex::new(pair.master.take_writer().expect("and written")));
        let (watched, answers) = (Arc::clone(&view), Arc::clone(&input));
        thread::spawn(move || watch(output, &watched, &answers));
        let waited = Arc::clone(&view);
        thread::spawn(move || {
            let ended = child.wait().unwrap_or_else(|_| ExitStatus::with_exit_code(255));
            waited.change(|seen| seen.ended = Some(ended));
        });
        // The other end is the program's alone, so that its end is seen here.
        drop(pair.slave);
        Self { master: pair.master, input, view, pid, killer }
    }

    /// Types keys: characters as they are, others by name: `jj<enter>`, `<c-c>`, `<lt>` for `<`.
    /// `<esc>` can only come last, since what follows it at once would be read as Alt.
    #[track_caller]
    pub fn keys(&self, keys: &str) {
        let mut input = self.input.lock().unwrap();
        input.write_all(&encode(keys)).expect("the terminal takes keys");
        input.flush().expect("the terminal takes keys");
    }

    /// Sends bytes as they are, as for the mouse.
    #[track_caller]
    pub fn send(&self, bytes: &[u8]) {
        let mut input = self.input.lock().unwrap();
        let sent = input.write_all(bytes).and_then(|()| input.flush());
        sent.expect("the terminal takes bytes");
    }

    /// Something else writes on the terminal, past the program.
    pub fn scribble(&self, words: &str) {
        self.view.change(|seen| seen.parser.process(words.as_bytes()));
    }

    /// The text on the screen, a line per row, without trailing blanks.
    pub fn screen(&self) -> String {
        text(self.view.seen().parser.screen())
    }

    /// The screen with its styles, cursor and modes.
    pub fn vt(&self) -> vt100::Screen {
        self.view.seen().parser.screen().clone()
    }

    /// The window title the program set last.
    pub fn title(&self) -> String {
        self.view.seen().parser.callbacks().title.clone()
    }

    /// What the program put on the clipboard last (OSC 52), as the base64 it sent.
    pub fn clipboard(&self) -> Option<Vec<u8>> {
        self.view.seen().parser.callbacks().clipboard.clone()
    }

    /// Waits until the text on the screen satisfies `wanted` and returns it.
    #[track_caller]
    pub fn wait_for(&self, wanted: impl Fn(&str) -> bool, timeout: Duration) -> String {
        let (found, seen) = self.view.wait(timeout, |seen| {
            let screen = text(seen.parser.screen());
            wanted(&screen).then_some(screen)
        });
        let Some(screen) = found else {
            panic!(
                "the screen did not become what was wanted within {timeout:?}; ended: {:?}; it shows:\n{}",
                seen.ended,
                text(seen.parser.screen())
            )
        };
        self.view.whole(seen).filter(|whole| wanted(whole)).unwrap_or(screen)
    }

    /// Waits until `words` stand on the screen.
    #[track_caller]
    pub fn wait_for_text(&self, words: &str, timeout: Duration) -> String {
        self.wait_for(|screen| screen.contains(words), timeout)
    }

    /// Gives the terminal a new size (columns, rows), which the program is told by `SIGWINCH`.
    pub fn resize(&self, size: (u16, u16)) {
        let (columns, rows) = cells(size);
        self.view.change(|seen| seen.parser.set_size(rows, columns));
        self.master.resize(pty_size(size)).expect("the terminal changes its size");
    }

    /// The program's process.
    pub fn pid(&self) -> Pid {
        self.pid
    }

    /// Sends the program a signal.
    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).expect("the program is there");
    }

    /// Waits until the program has ended and all its output is on the screen.
    #[track_caller]
    pub fn exit_status(&self, timeout: Duration) -> ExitStatus {
        let (ended, seen) =
            self.view.wait(timeout, |seen| seen.ended.clone().filter(|_| seen.closed));
        ended.unwrap_or_else(|| {
            panic!("still running after {timeout:?}:\n{}", text(seen.parser.screen()))
        })
    }

    /// Whether the program ends within this time.
    pub fn ends_within(&self, time: Duration) -> bool {
        self.view.wait(time, |seen| seen.ended.clone()).0.is_some()
    }

    /// Waits until the kernel says that the program is in `state`: `T` is stopped, `S` sleeps.
    #[track_caller]
    pub fn wait_for_process_state(&self, state: char, timeout: Duration) {
        wait_for_state(self.pid, state, timeout);
    }

    /// The process that a shell in this terminal has started.
    #[track_caller]
    pub fn child(&self) -> Pid {
        let pid = self.pid;
        let path = format!("/proc/{pid}/task/{pid}/children");
        let children = std::fs::read_to_string(path).expect("the kernel tells of children");
        let child = children.split_whitespace().next().and_then(|id| id.parse().ok());
        child.and_then(Pid::from_raw).expect("the shell has a child")
    }

    /// Whether lines are edited and echoed by the terminal, as a shell needs it.
    pub fn is_cooked(&self) -> bool {
        // ICANON and ECHO of <asm-generic/termbits.h>.
        const COOKED: u32 = 0o2 | 0o10;
        let modes = self.master.get_termios().expect("the terminal tells its modes");
        modes.local_flags.bits() & COOKED == COOKED
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.view.seen().ended.is_none() {
            let _ = self.killer.kill();
        }
    }
}

impl View {
    fn seen(&self) -> Held<'_> {
        Held(self.seen.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn change(&self, change: impl FnOnce(&mut Seen)) {
        change(&mut self.seen());
        self.changed.notify_all();
    }

    /// Asks again at every change until `find` finds or the time is over.
    fn wait<T>(
        &self,
        timeout: Duration,
        mut find: impl FnMut(&Seen) -> Option<T>,
    ) -> (Option<T>, Held<'_>) {
        let end = Instant::now() + timeout;
        let mut held = self.seen();
        loop {
            let found = find(&held);
            let left = end.saturating_duration_since(Instant::now());
            if found.is_some() || left.is_zero() {
                return (found, held);
            }
            held = Held(self.changed.wait_timeout(held.0, left).unwrap().0);
        }
    }

    /// The text on the screen when nothing has changed for a moment: a frame comes in pieces, and what
    /// was waited for may stand in its first. `None` where it never stands still.
    fn whole(&self, mut held: Held<'_>) -> Option<String> {
        for _ in 0..20 {
            let (next, still) = self.changed.wait_timeout(held.0, PIECES).unwrap();
            held = Held(next);
            if still.timed_out() {
                return Some(text(held.parser.screen()));
            }
        }
        None
    }
}

/// What is seen, while nothing changes it.
struct Held<'a>(MutexGuard<'a, Option<Seen>>);

impl std::ops::Deref for Held<'_> {
    type Target = Seen;

    fn deref(&self) -> &Seen {
        self.0.as_ref().expect("set before the threads start")
    }
}

impl std::ops::DerefMut for Held<'_> {
    fn deref_mut(&mut self) -> &mut Seen {
        self.0.as_mut().expect("set before the threads start")
    }
}

/// Waits until the kernel says that a process is in `state`.
#[track_caller]
pub fn wait_for_state(pid: Pid, state: char, timeout: Duration) {
    let end = Instant::now() + timeout;
    let now = || {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit(')').next()?.trim_start().chars().next()
    };
    while now() != Some(state) {
        assert!(Instant::now() < end, "in state {:?}, not {state}", now());
        thread::sleep(Duration::from_millis(5));
    }
}

/// Takes the program's output to the screen and answers its questions, until the terminal closes.
fn watch(mut output: Box<dyn Read + Send>, view: &View, input: &Input) {
    let mut buffer = [0; 16 * 1024];
    // The kernel reports a closed pseudo-terminal as an error (EIO).
    while let Ok(n @ 1..) = output.read(&mut buffer) {
        let mut answers = Vec::new();
        view.change(|seen| {
            seen.parser.process(&buffer[..n]);
            answers = std::mem::take(&mut seen.parser.callbacks_mut().answers);
        });
        if !answers.is_empty() {
            let mut input = input.lock().unwrap();
            let _ = input.write_all(&answers).and_then(|()| input.flush());
        }
    }
    view.change(|seen| seen.closed = true);
}

fn text(screen: &vt100::Screen) -> String {
    let (_, columns) = screen.size();
    let rows: Vec<String> =
        screen.rows(0, columns.get()).map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n")
}

fn cells((columns, rows): (u16, u16)) -> (NonZeroU16, NonZeroU16) {
    let some = |n| NonZeroU16::new(n).expect("a terminal has a size");
    (some(columns), some(rows))
}

fn pty_size((cols, rows): (u16, u16)) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}
