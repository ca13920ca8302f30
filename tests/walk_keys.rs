//! Keys without sense: whatever is pressed, clicked and resized in whatever order, the program goes on
//! and leaves in order. The order is random but the same in every run.

#![expect(clippy::expect_used, reason = "a part that cannot go on must fail its test loudly")]

mod support;

use std::fs;
use std::time::Duration;

use support::dice::Dice;
use support::home::{Home, Sound};
use support::pty::Terminal;

const SOON: Duration = Duration::from_secs(30);
const FIRST: &str = "1: 第一次登船";

/// Presses, clicks and sizes in a walk.
const STEPS: usize = 400;
/// After so many of them the program has to show that it is there.
const STRIDE: usize = 50;

/// What a terminal sends for every key of the key map but those that quit.
fn keys() -> Vec<Vec<u8>> {
    let config: toml::Table = include_str!("../config.example.toml").parse().expect("TOML");
    let map = config.get("keys").and_then(toml::Value::as_table).expect("keys");
    let keys = map.iter().filter(|(command, _)| *command != "quit");
    let names = keys.filter_map(|(_, keys)| keys.as_array()).flatten().filter_map(|k| k.as_str());
    let all: Vec<Vec<u8>> = names.map(bytes).collect();
    assert!(all.len() > 60, "the key map has {} keys", all.len());
    all
}

fn bytes(name: &str) -> Vec<u8> {
    if let Some([letter]) = name.strip_prefix("ctrl-").map(str::as_bytes) {
        return vec![letter & 0x1f];
    }
    if let Some([letter]) = name.strip_prefix("alt-").map(str::as_bytes) {
        return vec![0x1b, *letter];
    }
    let sent = match name {
        "space" => " ",
        "enter" => "\r",
        "esc" => "\x1b",
        "tab" => "\t",
        "shift-tab" => "\x1b[Z",
        "backspace" => "\x7f",
        "delete" => "\x1b[3~",
        "insert" => "\x1b[2~",
        "up" => "\x1b[A",
        "down" => "\x1b[B",
        "right" => "\x1b[C",
        "left" => "\x1b[D",
        "shift-right" => "\x1b[1;2C",
        "shift-left" => "\x1b[1;2D",
        "alt-up" => "\x1b[1;3A",
        "alt-down" => "\x1b[1;3B",
        "alt-right" => "\x1b[1;3C",
        "alt-left" => "\x1b[1;3D",
        "ctrl-right" => "\x1b[1;5C",
        "ctrl-left" => "\x1b[1;5D",
        "home" => "\x1b[H",
        "end" => "\x1b[F",
        "pageup" => "\x1b[5~",
        "pagedown" => "\x1b[6~",
        "f1" => "\x1bOP",
        sign => {
            assert_eq!(sign.chars().count(), 1, "how is {sign} typed?");
            sign
        }
    };
    sent.as_bytes().to_vec()
}

/// A click, a drag or a turn of the wheel, as xterm tells it (SGR).
fn mouse(dice: &mut Dice) -> Vec<u8> {
    let (column, row) = (dice.roll(125) + 1, dice.roll(40) + 1);
    let (button, end) = *dice.pick(&[(0, 'M'), (0, 'm'), (32, 'M'), (64, 'M'), (65, 'M')]);
    format!("\x1b[<{button};{column};{row}{end}").into_bytes()
}

fn walk(seed: u64) {
    let home = Home::new();
    // No browser is found, whatever is pressed.
    let mut env = home.env(&Sound::Silent);
    env.push(("PATH".into(), home.path("bin").into()));
    let terminal = Terminal::start((120, 36), &[], &env);
    terminal.wait_for_text(FIRST, SOON);
    let keys = keys();
    let mut dice = Dice(seed);
    for step in 1..=STEPS {
        match dice.roll(20) {
            0 => terminal.resize(*dice.pick(&[(120, 36), (40, 12), (200, 50), (61, 9), (90, 30)])),
            1..=3 => terminal.send(&mouse(&mut dice)),
            4 => terminal.send("钟 x/\u{301}".as_bytes()),
            _ => terminal.send(dice.pick(keys.as_slice()).as_slice()),
        }
        if step % STRIDE == 0 {
            is_there(&terminal, step);
        }
    }
    leaves(&terminal);
    let log = fs::read_to_string(home.path("cache/latetalk.log")).expect("a log");
    assert!(!log.contains("panic"), "seed {seed}: {log}");
}

/// After what was sent so far, a window of a size that it never had is drawn anew.
fn is_there(terminal: &Terminal, step: usize) {
    let mark = "\u{2588}";
    terminal.scribble(&format!("\x1b[H{}", mark.repeat(30)));
    terminal.resize((100 + (step / STRIDE) as u16, 33));
    terminal.wait_for(|screen| !screen.contains(mark) && !screen.trim().is_empty(), SOON);
}

/// Leaves what is being typed, if anything is, and then the program.
fn leaves(terminal: &Terminal) {
    terminal.keys("<c-c>");
    if !terminal.ends_within(Duration::from_secs(2)) {
        terminal.keys("<c-c>");
    }
    assert!(terminal.exit_status(SOON).success());
    assert!(terminal.is_cooked());
    assert!(!terminal.vt().alternate_screen());
    assert_eq!(terminal.screen().trim(), "", "nothing was printed beside the screen");
}

#[test]
fn a_first_walk_of_random_keys_ends_in_order() {
    walk(0x5eed_0001);
}

#[test]
fn a_second_walk_of_random_keys_ends_in_order() {
    walk(0x0bad_cafe_1234);
}

#[test]
fn a_third_walk_of_random_keys_ends_in_order() {
    walk(0x2026_1122_0815);
}
