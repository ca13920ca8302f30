//! Panics: the terminal is given back before the message is printed, and a worker's panic leaves the
//! screen alone. The programs are this test itself, started again in a pseudo-terminal.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod support;

use std::io::{Read, Write};
use std::time::Duration;

use latetalk::term::{self, Screen};
use support::pty::Terminal;

const SOON: Duration = Duration::from_secs(20);
const PROGRAM: &str = "LATETALK_TEST_PROGRAM";

/// Runs one of the ignored tests below as a program with a screen.
fn run(name: &str) -> Terminal {
    let own = std::env::current_exe().expect("this program");
    let args = ["--ignored", "--exact", name, "--nocapture", "--test-threads=1"];
    Terminal::run(&own.to_string_lossy(), (80, 24), &args, &[(PROGRAM.to_owned(), "1".into())])
}

/// Whether this is the program that [`run`] has started.
fn is_program() -> bool {
    std::env::var_os(PROGRAM).is_some()
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_is_printed() {
    let terminal = run("the_screen_panics");
    let screen = terminal.wait_for_text("the sky fell", SOON);
    assert!(!screen.contains("on the screen"), "{screen}");
    assert!(!terminal.exit_status(SOON).success());
    assert!(terminal.is_cooked() && !terminal.vt().alternate_screen());
}

#[test]
fn a_workers_panic_leaves_the_screen_alone() {
    let terminal = run("a_worker_panics");
    let screen = terminal.wait_for_text("still on the screen", SOON);
    assert!(!screen.contains("the cellar fell"), "{screen}");
    assert!(terminal.vt().alternate_screen() && !terminal.is_cooked());
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
    assert!(terminal.is_cooked());
}

#[test]
#[ignore = "the program of a test above"]
fn the_screen_panics() {
    if is_program() {
        let _screen = Screen::take(true).expect("a terminal");
        term::restore_on_panic(None);
        print("on the screen");
        panic!("the sky fell");
    }
}

#[test]
#[ignore = "the program of a test above"]
fn a_worker_panics() {
    if is_program() {
        let _screen = Screen::take(true).expect("a terminal");
        term::restore_on_panic(None);
        let worker = std::thread::spawn(|| panic!("the cellar fell"));
        assert!(worker.join().is_err());
        print("still on the screen");
        std::io::stdin().read_exact(&mut [0]).expect("a key");
    }
}

fn print(words: &str) {
    let mut out = std::io::stdout();
    out.write_all(words.as_bytes()).and_then(|()| out.flush()).expect("a terminal to write to");
}
