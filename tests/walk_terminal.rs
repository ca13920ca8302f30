//! The program and its terminal: sizes, stops, signals, mistakes in the configuration, files named at
//! the start, a machine without sound.

mod support;

use std::time::Duration;

use rustix::process::Signal;
use support::capture::{self, Capture};
use support::clock;
use support::home::{self, Home, Sound};
use support::pty::{Terminal, wait_for_state};

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);
const FIRST: &str = "1: 第一次登船";

/// The program on the welcome show.
fn started(home: &Home) -> Terminal {
    let terminal = home.start(SIZE, &[], &Sound::Silent);
    terminal.wait_for_text(FIRST, SOON);
    terminal
}

/// The first episode plays.
fn playing(home: &Home) -> Terminal {
    let terminal = started(home);
    terminal.keys("<enter>");
    terminal.wait_for(plays, SOON);
    terminal
}

fn plays(screen: &str) -> bool {
    let player = home::player(screen);
    player.contains('▶') && player.contains("1: ")
}

fn assert_given_back(terminal: &Terminal) {
    assert!(terminal.is_cooked());
    assert!(!terminal.vt().alternate_screen());
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
    assert_given_back(terminal);
}

// Sizes

#[test]
fn a_window_of_any_size_is_filled() {
    let home = Home::new();
    let terminal = playing(&home);
    for size in [(40, 12), (200, 50), (60, 8), (24, 6), (110, 14), (40, 40)] {
        terminal.resize(size);
        // The lowest line of the new window is drawn, and where playback stands above it.
        let whole = |screen: &str| {
            !home::status(screen).trim().is_empty() && home::seconds(screen).is_some()
        };
        terminal.wait_for(whole, SOON);
    }
    for size in [(3, 2), (1, 1), (2, 30), (300, 1)] {
        terminal.resize(size);
        terminal.keys("cjk");
    }
    terminal.resize(SIZE);
    // The list of chapters was opened and closed as often; here it is open again.
    terminal.keys("c");
    terminal.wait_for(|screen| plays(screen) && screen.contains("章节 "), SOON);
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains("章节 ") && screen.contains(FIRST), SOON);
    leave(&terminal);
}

// Stops

#[test]
fn ctrl_z_gives_the_terminal_to_the_shell_until_fg() {
    let home = Home::new();
    let script = "set -m; \"$0\"; echo \"in the shell\"; read -r line; fg >/dev/null; echo left $?";
    let args = ["-c", script, env!("CARGO_BIN_EXE_latetalk")];
    let shell = Terminal::run("/bin/sh", SIZE, &args, &home.env(&Sound::Silent));
    shell.wait_for_text(FIRST, SOON);
    let program = shell.child();
    shell.keys("<c-z>");
    let screen = shell.wait_for_text("in the shell", SOON);
    wait_for_state(program, 'T', SOON);
    assert!(!screen.contains(FIRST), "the shell has its own screen back:\n{screen}");
    assert_given_back(&shell);
    shell.keys("<enter>");
    shell.wait_for_text(FIRST, SOON);
    assert!(shell.vt().alternate_screen());
    assert!(!shell.is_cooked());
    // It hears keys again.
    shell.keys("?");
    shell.wait_for_text("按键 ", SOON);
    shell.keys("q");
    shell.wait_for_text("left 0", SOON);
    assert!(shell.exit_status(SOON).success());
    assert_given_back(&shell);
}

#[test]
fn a_program_stopped_from_outside_draws_itself_anew() {
    let home = Home::new();
    let terminal = started(&home);
    terminal.signal(Signal::STOP);
    terminal.wait_for_process_state('T', SOON);
    terminal.scribble("\x1b[2J\x1b[5;5Hsomething of the shell");
    assert!(!terminal.screen().contains(FIRST));
    terminal.signal(Signal::CONT);
    let whole = |screen: &str| screen.contains(FIRST) && !screen.contains("something of the shell");
    terminal.wait_for(whole, SOON);
    assert!(terminal.vt().alternate_screen());
    leave(&terminal);
}

// Leaving

#[test]
fn whatever_ends_the_program_the_place_is_kept_and_the_terminal_given_back() {
    let ends: [&dyn Fn(&Terminal); 4] = [
        &|terminal| terminal.keys("q"),
        &|terminal| terminal.keys("<c-c>"),
        &|terminal| terminal.signal(Signal::TERM),
        &|terminal| terminal.signal(Signal::HUP),
    ];
    let home = Home::new();
    // Every start goes on where the one before was ended, while it played.
    let mut reached = 0;
    for end in ends {
        let terminal = playing(&home);
        let screen = terminal.wait_for(|screen| home::seconds(screen).is_some(), SOON);
        let began = home::seconds(&screen).unwrap_or_default();
        assert!((reached..reached + 5).contains(&began), "began at {began}, not at {reached} s");
        terminal.keys("]");
        let screen = terminal.wait_for(|s| home::seconds(s) > Some(began + 8), SOON);
        reached = home::seconds(&screen).unwrap_or_default();
        end(&terminal);
        assert!(terminal.exit_status(SOON).success());
        assert_given_back(&terminal);
        assert_eq!(terminal.screen().trim(), "", "nothing is left behind");
    }
}

// Mistakes

#[test]
fn mistakes_in_the_configuration_are_named_together_before_anything_is_drawn() {
    let home = Home::new();
    home.configure("[ui]\nmeasur = 60\n[audio]\nspeed = \"fast\"\n[keys]\nfly = [\"x\"]\n");
    let terminal = home.start((200, 24), &[], &Sound::Silent);
    assert_eq!(terminal.exit_status(SOON).exit_code(), 1);
    assert_given_back(&terminal);
    let said = terminal.screen();
    let said = said.trim();
    assert!(said.starts_with("latetalk: the configuration"), "{said}");
    for mistake in ["config.toml", "ui.measur", "audio.speed", "fly"] {
        assert!(said.replace('\n', "").contains(mistake), "{mistake} is not named: {said}");
    }
    assert_eq!(said.matches("latetalk: ").count(), 1, "one message: {said}");
}

// Files named at the start

#[test]
fn a_markdown_file_named_at_the_start_is_read() {
    let home = Home::new();
    let text = "# 钟的来历\n\n先有水钟，后有**摆钟**。\n\n[再往后](https://clock.example/next)\n";
    let file = home.write("notes/clock.md", text);
    let terminal = home.start(SIZE, &[&file], &Sound::Silent);
    let screen = terminal.wait_for_text("先有水钟，后有摆钟。", SOON);
    assert!(screen.contains("钟的来历"), "{screen}");
    leave(&terminal);
}

const NOTE: &str = "---\ntitle: '7: 沉默的钟'\nshow: 钟楼夜谈\ntype: podcast-episode\n---\n\n\
    ## Show notes\n> 白芷谈她修过的最老的一只钟。\n> \n> 00:00 开场  \n> 01:30 打开表壳\n\n\
    ## Snips\n### [01:40] 表壳里有一张字条\n\
    [🎧 Play snip - 20sec️ (01:30 - 01:50)](https://clock.example/7.mp3#t=01:30,01:50)\n\n\
    写字条的人已经不在了。\n";

#[test]
fn a_snipd_note_named_at_the_start_is_an_episode_with_its_snips() {
    let home = Home::new();
    let file = home.write("notes/seven.md", NOTE);
    let terminal = home.start(SIZE, &[&file], &Sound::Silent);
    terminal.wait_for_text("白芷谈她修过的最老的一只钟。", SOON);
    terminal.keys("S");
    terminal.wait_for_text("表壳里有一张字条", SOON);
    leave(&terminal);
}

#[test]
fn a_recording_named_at_the_start_plays_at_one_key() {
    let home = Home::new();
    let ears = Capture::start();
    let file = home.write("music/报时.wav", clock::wav(30));
    let terminal = home.start(SIZE, &[&file], &Sound::Heard(&ears));
    terminal.wait_for(|screen| screen.contains("报时") && screen.contains("本机文件"), SOON);
    let from = ears.now();
    terminal.keys("<space>");
    terminal.wait_for(|screen| home::player(screen).contains("报时"), SOON);
    let begins = ears.wait_for(from, SOON, |heard| clock::begins(heard, capture::RATE, 0..5));
    assert!(begins < 50, "it begins at {begins} ms");
    leave(&terminal);
}

#[test]
fn a_file_that_is_not_there_is_named_before_anything_is_drawn() {
    let home = Home::new();
    let terminal = home.start(SIZE, &["no-such-file.md"], &Sound::Silent);
    assert_eq!(terminal.exit_status(SOON).exit_code(), 1);
    let said = terminal.screen();
    assert!(said.starts_with("latetalk: ") && said.contains("no-such-file.md"), "{said}");
    assert_given_back(&terminal);
}

// No sound

#[test]
fn without_a_sound_device_the_program_says_so_and_goes_on() {
    let home = Home::new();
    let broken = home.write("asound.conf", "pcm.!default { type hw card 31 }\n");
    let mut env = home.env(&Sound::Silent);
    env.retain(|(name, _)| name != "LATETALK_OUTPUT");
    env.push(("ALSA_CONFIG_PATH".into(), broken.into()));
    env.push(("XDG_RUNTIME_DIR".into(), home.path("run").into()));
    let terminal = Terminal::start(SIZE, &[], &env);
    terminal.wait_for_text(FIRST, SOON);
    terminal.keys("<enter>");
    let screen = terminal.wait_for(|screen| home::player(screen).contains("没有声音设备"), SOON);
    assert!(!screen.contains("ALSA"), "a library has written over the screen:\n{screen}");
    // Everything else goes on: a link of the notes is read.
    terminal.keys("c");
    terminal.wait_for_text("00:42", SOON);
    terminal.keys("jj<enter>");
    let screen = terminal.wait_for(|screen| home::seconds(screen) >= Some(27), SOON);
    assert!(!screen.contains("ALSA"), "{screen}");
    leave(&terminal);
}

#[test]
fn a_message_goes_away_while_something_plays() {
    let home = Home::new();
    let terminal = playing(&home);
    terminal.keys("a");
    terminal.wait_for(|screen| home::status(screen).contains("已加入队列"), SOON);
    // Whatever else was said meanwhile, in the end the line names keys again.
    terminal.wait_for(|screen| home::status(screen).contains("? 按键"), SOON);
    assert!(plays(&terminal.screen()));
    leave(&terminal);
}
