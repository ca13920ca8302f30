//! A first evening: the program in an empty home, without a network, with keys alone; what is heard
//! is measured at the sound device.

mod support;

use std::time::Duration;

use support::capture::{self, Capture};
use support::home::{self, Home, Sound};
use support::pty::Terminal;
use support::reading::choose_link;
use support::tone;

const SOON: Duration = Duration::from_secs(20);
const SIZE: (u16, u16) = (120, 36);

/// The horn that opens the third chapter of the first episode, in Hz.
const THIRD: u32 = 659;
const FIRST_TITLE: &str = "1: 第一次登船";
const THIRD_TITLE: &str = "跳章节：左右方括号";

#[test]
fn a_first_evening_with_the_welcome_show() {
    let home = Home::new();
    home.configure("[audio]\nsnip_seconds = 2\n");
    let ears = Capture::start();

    let terminal = home.start(SIZE, &[], &Sound::Heard(&ears));
    plays_the_first_episode(&terminal, &ears);
    jumps_to_the_third_chapter(&terminal, &ears);
    reads_the_second_link_beside_the_notes(&terminal);
    keeps_a_snip_and_hears_it_again(&terminal, &ears);
    stops_at_the_third_chapter_and_leaves(&terminal, &ears);

    let again = home.start(SIZE, &[], &Sound::Heard(&ears));
    goes_on_where_it_stopped(&again, &ears);
    leave(&again);
}

fn plays_the_first_episode(terminal: &Terminal, ears: &Capture) {
    terminal.wait_for_text("末班渡轮 Night Ferry", SOON);
    terminal.wait_for_text(FIRST_TITLE, SOON);
    assert!(terminal.vt().alternate_screen());
    assert!(!terminal.is_cooked());
    let from = ears.now();
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains(FIRST_TITLE), SOON);
    let (_, hz) = ears.wait_for_tone(from, tone::WELCOME[0], SOON);
    assert_eq!(hz, 440, "the first chapter opens with its own horn");
}

fn jumps_to_the_third_chapter(terminal: &Terminal, ears: &Capture) {
    let from = ears.now();
    terminal.keys("c");
    terminal.wait_for_text("章节 ", SOON);
    terminal.keys("jj<enter>");
    terminal.wait_for(|screen| home::player(screen).contains(THIRD_TITLE), SOON);
    // The first horn may still sound for a moment; no other may come before the third.
    let others = &tone::WELCOME[0][1..];
    let (_, hz) = ears.wait_for_tone(from, others, SOON);
    assert_eq!(hz, THIRD);
}

fn reads_the_second_link_beside_the_notes(terminal: &Terminal) {
    choose_link(terminal, "welcome:articles/reading.md", SOON);
    terminal.keys("<enter>");
    let words = "做一期访谈的人";
    // The notes stay beside it, and only the article moves.
    let notes = "二、读：链接、文章与离线";
    terminal.wait_for(|screen| screen.contains(words) && screen.contains(notes), SOON);
    terminal.keys("<pgdn>");
    terminal.wait_for(|screen| !screen.contains(words) && screen.contains(notes), SOON);
    terminal.keys("g");
    terminal.wait_for_text(words, SOON);
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains(words), SOON);
}

fn keeps_a_snip_and_hears_it_again(terminal: &Terminal, ears: &Capture) {
    terminal.wait_for(|screen| home::seconds(screen) >= Some(28), SOON);
    terminal.keys("s");
    terminal.wait_for(|screen| home::status(screen).contains("已留下摘录"), SOON);
    terminal.keys("<space>");
    terminal.wait_for(|screen| home::player(screen).contains('‖'), SOON);
    ears.wait_for_silence(Duration::from_millis(400), SOON);
    let from = ears.now();
    terminal.keys("S");
    let of_the_show = "00:27–00:42";
    terminal.wait_for_text(of_the_show, SOON);
    // The new one begins before the two that came with the show.
    terminal.keys("<enter>");
    let (_, hz) = ears.wait_for_tone(from, tone::WELCOME[0], SOON);
    assert_eq!(hz, THIRD, "the snip holds the horn it was kept for");
    terminal.wait_for(|screen| home::player(screen).contains('■'), SOON);
    ears.wait_for_silence(Duration::from_millis(400), SOON);
    let heard = audible_seconds(&ears.since(from));
    assert!((1.7..2.3).contains(&heard), "the snip is 2 s long, {heard} s were heard");
    terminal.keys("<esc>");
    terminal.wait_for(|screen| !screen.contains(of_the_show), SOON);
}

/// From the first to the last sound.
fn audible_seconds(samples: &[f32]) -> f64 {
    let loud = |v: &f32| v.abs() > 0.004;
    let first = samples.iter().position(loud).unwrap_or(0);
    let last = samples.iter().rposition(loud).unwrap_or(0);
    capture::seconds(last - first)
}

fn stops_at_the_third_chapter_and_leaves(terminal: &Terminal, ears: &Capture) {
    let from = ears.now();
    terminal.keys("]");
    let (_, hz) = ears.wait_for_tone(from, tone::WELCOME[0], SOON);
    assert_eq!(hz, 784, "after a snip, the next chapter is one key away");
    terminal.keys("<space>");
    terminal.wait_for(|screen| home::player(screen).contains('‖'), SOON);
    terminal.keys("[");
    terminal.wait_for(|screen| home::player(screen).contains(THIRD_TITLE), SOON);
    leave(terminal);
}

fn goes_on_where_it_stopped(terminal: &Terminal, ears: &Capture) {
    terminal.wait_for_text("◐ 1: 第一次登船", SOON);
    let from = ears.now();
    terminal.keys("<enter>");
    terminal.wait_for(|screen| home::player(screen).contains(THIRD_TITLE), SOON);
    let (_, hz) = ears.wait_for_tone(from, tone::WELCOME[0], SOON);
    assert_eq!(hz, THIRD);
}

fn leave(terminal: &Terminal) {
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
    assert!(terminal.is_cooked());
    assert!(!terminal.vt().alternate_screen());
    assert_eq!(terminal.screen().trim(), "", "nothing was printed beside the screen");
}
