//! Pictures in the real program, on a terminal that shows none of its own accord: half blocks, and
//! nothing left of them where they are not.
#![cfg(test)]

mod support;

use std::io::Cursor;
use std::time::Duration;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use support::home::{Home, Sound};
use support::pty::Terminal;

const SOON: Duration = Duration::from_secs(30);

fn is_block(screen: &str) -> bool {
    screen.contains(['▀', '▄'])
}

fn striped() -> Vec<u8> {
    let picture = RgbImage::from_fn(400, 200, |x, y| {
        Rgb([(x / 2) as u8, (y * 13 % 251) as u8, if y / 15 % 2 == 0 { 30 } else { 220 }])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture)
        .write_to(&mut bytes, ImageFormat::Png)
        .expect("a picture is written");
    bytes.into_inner()
}

#[test]
fn a_picture_beside_a_local_text_is_seen_switched_off_and_looked_at_alone() {
    let home = Home::new();
    home.write("texts/coast.png", striped());
    let text = format!("# 海岸线\n\n![岬角的清晨](coast.png)\n\n{}", "潮水退了。\n\n".repeat(40));
    let text = home.write("texts/coast.md", text);
    let terminal = Terminal::start((100, 30), &[&text], &home.env(&Sound::Silent));
    terminal.wait_for(|screen| is_block(screen) && screen.contains("▣ 岬角的清晨"), SOON);
    terminal.keys("<c-p>");
    terminal.wait_for(|screen| !is_block(screen) && screen.contains("▣ 岬角的清晨"), SOON);
    terminal.keys("<c-p>");
    terminal.wait_for(is_block, SOON);
    terminal.keys("n");
    terminal.wait_for_text("coast.png", SOON);
    terminal.keys("<enter>");
    terminal.wait_for(|screen| is_block(screen) && !screen.contains("潮水退了"), SOON);
    terminal.keys("<esc>");
    terminal.wait_for(|screen| is_block(screen) && screen.contains("潮水退了"), SOON);
    terminal.resize((60, 20));
    terminal.wait_for(|screen| is_block(screen) && screen.contains("岬角"), SOON);
    terminal.keys("q");
    assert!(terminal.exit_status(SOON).success());
    assert!(!is_block(&terminal.screen()) && !terminal.vt().alternate_screen());
}

#[test]
fn keys_that_are_typed_while_the_terminal_is_asked_are_not_lost() {
    let home = Home::new();
    let terminal = Terminal::start((100, 30), &[], &home.env(&Sound::Silent));
    // Before the first frame.
    terminal.keys("?");
    terminal.wait_for(|screen| screen.contains("按键") && screen.contains("Esc"), SOON);
    terminal.keys("qq");
    assert!(terminal.ends_within(SOON));
}
