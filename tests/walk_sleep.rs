//! A night with the sleep timer: it stops with the chapter, a key before the end goes on, and in the
//! morning, in another start, one key goes back. What is heard is measured at the sound device.

mod support;

use std::time::Duration;

use support::capture::{Capture, RATE};
use support::home::{self, Home, Sound};
use support::pty::Terminal;
use support::tone;

const SOON: Duration = Duration::from_secs(25);
const SIZE: (u16, u16) = (120, 36);

/// The horns that open the chapters of the first episode, in Hz.
const HORNS: &[u32] = tone::WELCOME[0];

#[test]
fn the_timer_stops_goes_on_and_is_remembered() {
    let home = Home::new();
    let ears = Capture::start();
    let terminal = home.start(SIZE, &[], &Sound::Heard(&ears));
    terminal.wait_for_text("1: 第一次登船", SOON);
    // At twice the speed the first chapter of fourteen seconds is soon over.
    terminal.keys("++++++++++");
    let from = ears.now();
    terminal.keys("<enter>");
    let (began, _) = ears.wait_for_tone(from, &HORNS[..1], SOON);

    stops_with_the_chapter(&terminal, &ears, began);
    a_key_goes_on(&terminal, &ears);
    leave(&terminal);

    let again = home.start(SIZE, &[], &Sound::Heard(&ears));
    again.wait_for_text("1: 第一次登船", SOON);
    again.keys("`");
    let status = again.wait_for(|screen| home::status(screen).contains("开始变轻"), SOON);
    assert!(home::player(&status).contains("第一次登船"), "{}", home::player(&status));
    assert!(status.contains('☾'), "the mark stands in the progress line");
    leave(&again);
}

fn stops_with_the_chapter(terminal: &Terminal, ears: &Capture, began: usize) {
    terminal.keys("Z");
    terminal.wait_for_text("这一章听完", SOON);
    // From the 30 minutes that are offered first to the chapter.
    terminal.keys("jjjj<enter>");
    let stopped = terminal.wait_for(|screen| home::status(screen).contains("停在 00:14"), SOON);
    assert!(home::player(&stopped).contains("00:14 / "), "{}", home::player(&stopped));
    assert!(home::player(&stopped).contains('‖'));
    ears.wait_for_silence(Duration::from_millis(300), SOON);
    let heard = ears.since(began);
    let window = RATE as usize / 5;
    let second = |part: &[f32]| tone::which_tone(part, RATE, &HORNS[1..2]);
    assert!(heard.chunks_exact(window).all(|part| second(part).is_none()), "nothing of the next");
    let loud = |part: &[f32]| part.iter().map(|s| s.abs()).fold(0.0, f32::max);
    let last = heard.iter().rposition(|s| s.abs() > 1e-5).unwrap_or_default();
    let (first, end) = (loud(&heard[..window]), loud(&heard[last.saturating_sub(window)..]));
    assert!(end < first / 20.0, "it did not fade: {first} and then {end}");

    // It goes on as loud as before with the next chapter, and says what had happened.
    let from = ears.now();
    terminal.keys("<space>");
    let (at, _) = ears.wait_for_tone(from, &HORNS[1..2], SOON);
    assert!(loud(&ears.since(at)) > first / 3.0);
    terminal.wait_for(|screen| home::status(screen).contains("睡眠定时在 00:14 停下"), SOON);
}

fn a_key_goes_on(terminal: &Terminal, ears: &Capture) {
    terminal.keys("Z0:04<enter>");
    let near = |screen: &str| home::status(screen).contains("按任意键再听");
    let before = terminal.wait_for(near, SOON);
    // It would jump back; now it only says that somebody is there.
    terminal.keys("H");
    let status = terminal.wait_for(|screen| home::status(screen).contains("再听 4 秒"), SOON);
    assert!(home::seconds(&status) >= home::seconds(&before), "{status}");
    assert!(home::player(&status).contains("☾ 00:0"), "{}", home::player(&status));
    terminal.wait_for(|screen| home::status(screen).contains("睡眠定时到了"), SOON);
    ears.wait_for_silence(Duration::from_millis(300), SOON);
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
}
