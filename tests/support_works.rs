//! The parts the end-to-end tests stand on, each held to what it promises.

mod support;

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::process::Child;
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use rustix::process::Signal;
use support::ask::ask;
use support::capture::{self, Capture};
use support::clock;
use support::feed::{Episode, Show};
use support::page::{Page, Validator};
use support::pty::Terminal;
use support::server::Server;
use support::tone;

const SOON: Duration = Duration::from_secs(20);

// The terminal

#[test]
fn a_terminal_types_keys_and_shows_what_comes_back() {
    let terminal = shell("read -r line; printf '你好 %s' \"$line\"; read -r line");
    terminal.keys("j<lt>k<enter>");
    assert!(terminal.wait_for_text("你好 j<k", SOON).contains("你好 j<k"));
    terminal.keys("<enter>");
    assert!(terminal.exit_status(SOON).success());
}

#[test]
fn a_terminal_tells_a_new_size() {
    let terminal = shell("trap 'stty size' WINCH; stty size; while :; do read -r line; done");
    terminal.wait_for_text("24 80", SOON);
    terminal.resize((120, 36));
    terminal.wait_for_text("36 120", SOON);
    assert_eq!(terminal.vt().size().1.get(), 120);
}

#[test]
fn a_terminal_answers_where_the_cursor_is() {
    let ask = "stty raw -echo; printf 'ab\\033[6n'; head -c 6 | tr '\\033' E; stty sane";
    let terminal = shell(ask);
    terminal.wait_for_text("abE[1;3R", SOON);
    terminal.exit_status(SOON);
}

#[test]
fn a_terminal_tells_signals_states_and_how_a_program_ended() {
    let terminal = shell("stty -echo -icanon; echo ready; read -r line");
    terminal.wait_for_text("ready", SOON);
    assert!(!terminal.is_cooked());
    terminal.signal(Signal::STOP);
    terminal.wait_for_process_state('T', SOON);
    terminal.signal(Signal::CONT);
    terminal.signal(Signal::TERM);
    assert!(terminal.exit_status(SOON).signal().is_some());
    assert_eq!(shell("exit 3").exit_status(SOON).exit_code(), 3);
}

fn shell(script: &str) -> Terminal {
    Terminal::run("/bin/sh", (80, 24), &["-c", script], &[])
}

// The clock

#[test]
fn every_second_of_the_clock_says_its_own_time() {
    for second in [0, 1, 59, 60, 61, 125, 899, 1799] {
        let sound: Vec<f32> = clock::one_second(second).map(|v| v as f32).collect();
        assert_eq!(clock::second_now(&sound, clock::RATE), Some(second));
    }
    assert_eq!(clock::second_now(&vec![0.0; 16_000], clock::RATE), None);
}

#[test]
fn a_jump_in_the_clock_is_heard_where_it_happens() {
    let recording = recording(130);
    let second = clock::RATE as usize;
    // 0.4 s to 3.4 s, silence for 0.5 s, then 121.75 s to 124.25 s.
    let mut played = recording[second * 2 / 5..second * 17 / 5].to_vec();
    played.extend(vec![0.0; second / 2]);
    played.extend(&recording[second * 487 / 4..second * 497 / 4]);
    let pieces = clock::heard(&played, clock::RATE);
    assert_eq!(pieces.len(), 2, "{pieces:?}");
    assert_near(pieces[0].heard_at_ms, 0, 30);
    assert_near(pieces[0].clock_ms, 400, 30);
    assert_near(pieces[0].lasts_ms, 3000, 60);
    assert_near(pieces[1].heard_at_ms, 3500, 30);
    assert_near(pieces[1].clock_ms, 121_750, 30);
    assert!(pieces.iter().all(|p| p.exact && (p.speed - 1.0).abs() < 0.03), "{pieces:?}");
}

#[test]
fn the_clock_tells_the_speed_it_is_heard_at() {
    // At double speed with kept pitch: of every 40 ms the second half is left out.
    let recording = recording(8);
    let faster: Vec<f32> = recording.chunks(640).flat_map(|c| &c[..320]).copied().collect();
    let pieces = clock::heard(&faster, clock::RATE);
    assert_eq!(pieces.len(), 1, "{pieces:?}");
    assert!((pieces[0].speed - 2.0).abs() < 0.06, "{pieces:?}");
}

/// The recording as samples, read from its WAV file.
fn recording(seconds: u32) -> Vec<f32> {
    let file = clock::wav(seconds);
    let sample = |b: &[u8]| f32::from(i16::from_le_bytes([b[0], b[1]])) / f32::from(i16::MAX);
    file[44..].chunks_exact(2).map(sample).collect()
}

#[track_caller]
fn assert_near(value: u64, wanted: u64, within: u64) {
    assert!(value.abs_diff(wanted) <= within, "{value} is not within {within} of {wanted}");
}

// Tones

#[test]
fn a_tone_is_told_from_its_neighbours_from_noise_and_from_silence() {
    let all = tone::WELCOME.concat();
    for &hz in &all {
        let sound = sine(hz, 0.2);
        assert_eq!(tone::which_tone(&sound, capture::RATE, &all), Some(hz));
    }
    let chord: Vec<f32> = sine(440, 0.2).iter().zip(sine(554, 0.2)).map(|(a, b)| a + b).collect();
    assert_eq!(tone::which_tone(&chord, capture::RATE, &all), None);
    assert_eq!(tone::which_tone(&vec![0.0; 9600], capture::RATE, &all), None);
}

fn sine(hz: u32, seconds: f64) -> Vec<f32> {
    let rate = f64::from(capture::RATE);
    (0..(seconds * rate) as u32)
        .map(|i| (0.3 * (std::f64::consts::TAU * f64::from(hz) * f64::from(i) / rate).sin()) as f32)
        .collect()
}

// The ears

#[test]
fn a_capture_hears_tone_and_silence_at_the_pace_of_a_sound_card() {
    let capture = Capture::start();
    let begun = std::time::Instant::now();
    let mut player = player(&capture).expect("the player starts");
    let (at, hz) = capture.wait_for_tone(0, &[440, 880], SOON);
    assert_eq!(hz, 440);
    let (later, hz) = capture.wait_for_tone(at, &[880], SOON);
    assert_eq!(hz, 880);
    assert!((capture::seconds(later - at) - 1.0).abs() < 0.06, "{at} {later}");
    assert!(begun.elapsed() > Duration::from_secs(1), "faster than real time");
    capture.wait_for_silence(Duration::from_millis(300), SOON);
    player.stdin.take().expect("piped").write_all(b"end\n").expect("the player listens");
    assert!(player.wait().expect("it ends").success());
    // A second opening of the device goes on where the first ended.
    let before = capture.now();
    let mut again = self::player(&capture).expect("it starts again");
    assert_eq!(capture.wait_for_tone(before, &[440, 880], SOON).1, 440);
    again.kill().and_then(|()| again.wait()).expect("it ends");
}

fn player(capture: &Capture) -> io::Result<Child> {
    capture.own_test("the_player_of_the_capture_test", PLAYER)
}

const PLAYER: &str = "LATETALK_TEST_PLAYER";

#[test]
#[ignore = "started by the capture test, in a process of its own with its own sound output"]
fn the_player_of_the_capture_test() {
    if std::env::var_os(PLAYER).is_none() {
        return;
    }
    let device = cpal::default_host().default_output_device().expect("an output");
    let config = device.default_output_config().expect("a configuration");
    let (rate, channels) = (f64::from(config.sample_rate()), usize::from(config.channels()));
    let mut frame = 0_u32;
    let stream = device
        .build_output_stream(
            config.config(),
            move |out: &mut [f32], _: &cpal::OutputCallbackInfo| {
                for samples in out.chunks_mut(channels) {
                    let t = f64::from(frame) / rate;
                    let hz = if t < 1.0 { 440.0 } else { 880.0 };
                    let v = 0.3 * (std::f64::consts::TAU * hz * t).sin();
                    samples.fill(if t < 2.0 { v as f32 } else { 0.0 });
                    frame += 1;
                }
            },
            |_| {},
            None,
        )
        .expect("the output opens");
    stream.play().expect("the output plays");
    // Plays until the other test has heard enough.
    let mut line = String::new();
    io::stdin().read_line(&mut line).expect("standard input");
    assert_eq!(line, "end\n");
}

// The web

#[test]
fn a_page_is_revalidated_until_it_changes() {
    let server = Server::start();
    for (path, validator, sent, asked) in [
        ("/a", Validator::ETag, "etag", "if-none-match"),
        ("/b", Validator::LastModified, "last-modified", "if-modified-since"),
    ] {
        let mut page = Page::new("text/plain", "one");
        page.validator = validator;
        server.put(path, page.clone());
        let first = ask(&server, path, "");
        let known = first.header(sent);
        let condition = format!("{asked}: {known}\r\n");
        assert_eq!(ask(&server, path, &condition).status, 304);
        server.put(path, page);
        assert_eq!(ask(&server, path, &condition).status, 200);
        let hits = server.wait_for_hits(path, 3, SOON);
        assert_eq!(hits.iter().map(|h| h.status).collect::<Vec<_>>(), [200, 304, 200]);
        assert_eq!(hits[1].header(asked), Some(known.as_str()));
    }
    server.remove("/a");
    assert_eq!(ask(&server, "/a", "").status, 404);
}

#[test]
fn ranges_are_served_refused_and_ignored_as_asked() {
    let server = Server::start();
    let mut page = Page::new("audio/x-wav", "0123456789");
    server.put("/s", page.clone());
    for (range, body) in [("2-4", "234"), ("7-", "789"), ("-3", "789"), ("8-99", "89")] {
        let answer = ask(&server, "/s", &format!("Range: bytes={range}\r\n"));
        assert_eq!((answer.status, answer.text().as_str()), (206, body), "{range}");
    }
    assert_eq!(ask(&server, "/s", "Range: bytes=2-4\r\n").header("content-range"), "bytes 2-4/10");
    assert_eq!(ask(&server, "/s", "Range: bytes=10-\r\n").status, 416);
    let stale = "Range: bytes=2-4\r\nIf-Range: \"other\"\r\n";
    assert_eq!(ask(&server, "/s", stale).text(), "0123456789");
    page.ranges = false;
    server.put("/s", page);
    assert_eq!(ask(&server, "/s", "Range: bytes=2-4\r\n").status, 200);
}

#[test]
fn a_page_can_be_compressed_cut_off_and_a_server_can_go_and_come_back() {
    let mut server = Server::start();
    let text = "钟".repeat(9000);
    let mut page = Page::new("text/plain", text.clone());
    page.gzip = true;
    server.put("/z", page.clone());
    let packed = ask(&server, "/z", "Accept-Encoding: gzip\r\n");
    assert_eq!(packed.header("content-encoding"), "gzip");
    let mut unpacked = String::new();
    let mut decoder = flate2::read::GzDecoder::new(packed.body.as_slice());
    decoder.read_to_string(&mut unpacked).expect("gzip");
    assert_eq!(unpacked, text);
    page.cut_after = Some(10_000);
    server.put("/z", page);
    let cut = ask(&server, "/z", "");
    assert_eq!(cut.header("content-length"), "27000");
    assert_eq!(cut.body.len(), 10_000);
    server.stop();
    let address = server.url("").replace("http://", "");
    assert!(TcpStream::connect(address).is_err());
    server.restart();
    assert_eq!(ask(&server, "/z", "").status, 200);
}

#[test]
fn a_page_can_be_slow_lead_away_or_never_come() {
    let server = Server::start();
    let mut page = Page::new("text/plain", "x".repeat(3000));
    page.bytes_per_second = Some(10_000);
    server.put("/slow", page.clone());
    let begun = std::time::Instant::now();
    assert_eq!(ask(&server, "/slow", "").body.len(), 3000);
    assert!(begun.elapsed() > Duration::from_millis(290), "{:?}", begun.elapsed());
    server.put("/old", Page::redirect(301, "/slow"));
    let moved = ask(&server, "/old", "");
    assert_eq!((moved.status, moved.header("location").as_str()), (301, "/slow"));
    page.hangs = true;
    server.put("/never", page);
    let mut stream = TcpStream::connect(server.url("").replace("http://", "")).expect("a server");
    write!(stream, "GET /never?a=1 HTTP/1.1\r\nHost: test\r\n\r\n").expect("a request");
    let hit = &server.wait_for_hits("/never", 1, SOON)[0];
    assert_eq!((hit.status, hit.path.as_str()), (0, "/never?a=1"));
    // It was taken, and nothing comes back until the server goes.
    stream.set_nonblocking(true).expect("a socket");
    let nothing = stream.read(&mut [0; 1]).expect_err("nothing was sent");
    assert_eq!(nothing.kind(), io::ErrorKind::WouldBlock);
}

#[test]
fn a_published_show_has_a_feed_and_sound() {
    let server = Server::start();
    let show = Show::new("钟楼 <夜>").episode(Episode::new(1, "旧钟", 2)).episode(
        Episode::new(2, "新钟 & 长针", 3)
            .section("上半")
            .chapter(0, "开场")
            .chapter(3723, "尾声")
            .point("要点")
            .link("文章", &server.url("/a?b=1&c=2")),
    );
    let url = show.publish(&server, "/show");
    assert_eq!(url, server.url("/show/feed.xml"));
    let feed = ask(&server, "/show/feed.xml", "").text();
    assert!(feed.find("2: 新钟 &amp; 长针") < feed.find("1: 旧钟"), "newest first");
    assert!(feed.contains("<p>-上半<br>\n00:00 开场<br>\n1:02:03 尾声<br>\n·要点</p>"), "{feed}");
    assert!(feed.contains("/a?b=1&amp;c=2\">文章</a>"), "{feed}");
    let sound = ask(&server, "/show/2.wav", "");
    assert_eq!(sound.body, clock::wav(3));
    assert!(feed.contains(&format!("length=\"{}\"", sound.body.len())));
}
