//! What a library of a hundred thousand episodes costs: the start, a key, memory, a search, a filter.
//! The program is the real one in a pseudo-terminal; the library is made at the first run and kept
//! under `target/tmp`. Beside `newsboat`, where that is installed.

#![expect(clippy::expect_used, reason = "what cannot be set up ends the benchmark")]
#![expect(clippy::print_stdout, reason = "a benchmark tells what it measured")]

mod made;
mod newsboat;
mod screen;

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use latetalk::store::{EpisodeFilter, HitKind, Store};
use screen::Screen;

/// Where the feeds are, so that a library that was made before has the right addresses.
const PORT: u16 = 38_917;

/// Rises whenever the library is made in another way.
const VERSION: u32 = 1;

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("library-{VERSION}"));
    let made = folder.join("made");
    if !made.exists() {
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(folder.join("data")).expect("a folder");
        let begun = Instant::now();
        made::make(&folder.join("data/library.db"), PORT);
        println!("made in {:.0} s", begun.elapsed().as_secs_f64());
        if newsboat::version().is_some() {
            newsboat::make(&folder.join("newsboat"), PORT);
        }
        std::fs::write(&made, "").expect("a file");
    }
    let path = folder.join("data/library.db");
    let bytes = std::fs::metadata(&path).map_or(0, |file| file.len());
    println!("a library of {} MB", bytes >> 20);
    configure(&folder);
    search(&path);
    filter(&path);
    starts(&folder);
    keys(&folder);
    refreshing(&folder);
}

fn configure(home: &Path) {
    std::fs::create_dir_all(home.join("config")).expect("a folder");
    let text = "[library]\nrefresh_hours = 0\n";
    std::fs::write(home.join("config/config.toml"), text).expect("a file");
}

fn open(home: &Path) -> Screen {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_latetalk"));
    let home = home.to_string_lossy().into_owned();
    let env = [("LATETALK_HOME", home.as_str()), ("LATETALK_OUTPUT", "silent"), ("HOME", &home)];
    Screen::start(&program, &[], &env)
}

fn ms(times: &[Duration]) -> (f64, f64) {
    let mut times: Vec<f64> = times.iter().map(|time| time.as_secs_f64() * 1e3).collect();
    times.sort_by(f64::total_cmp);
    let of = |part: f64| times.get(((times.len() - 1) as f64 * part) as usize).copied();
    (of(0.5).unwrap_or_default(), of(0.99).unwrap_or_default())
}

fn tell(what: &str, times: &[Duration]) {
    if times.is_empty() {
        println!("{what}: nothing measured");
        return;
    }
    let (median, most) = ms(times);
    println!("{what}: median {median:.2} ms, 99 % within {most:.2} ms ({} times)", times.len());
}

fn search(path: &Path) {
    let begun = Instant::now();
    let store = Store::open(path).expect("the library");
    println!("opened: {:.1} ms", begun.elapsed().as_secs_f64() * 1e3);
    let queries = [
        "的",
        "源",
        "开源",
        "開源",
        "芯片",
        "人工智能",
        "d",
        "a",
        "deeps",
        "DeepSeek 开源",
        "AI搜索",
        "5",
        "the",
        "没有这个",
        "\"开源与芯片\"",
    ];
    for query in queries {
        let mut times = Vec::new();
        let mut count = 0;
        for _ in 0..7 {
            let begun = Instant::now();
            count = store.search(query, &[], 60).expect("a search").len();
            times.push(begun.elapsed());
        }
        println!(
            "search {query}: first {:.2} ms, then {:.2} ms ({count} hits)",
            times[0].as_secs_f64() * 1e3,
            ms(&times).0
        );
    }
    let begun = Instant::now();
    let count = store.search("开源", &[HitKind::Transcripts], 60).expect("a search").len();
    println!("search in transcripts: {:.2} ms ({count})", begun.elapsed().as_secs_f64() * 1e3);
}

fn filter(path: &Path) {
    let store = Store::open(path).expect("the library");
    let timed = |what: &str, work: &dyn Fn() -> usize| {
        let begun = Instant::now();
        let count = work();
        println!("{what}: {:.2} ms ({count})", begun.elapsed().as_secs_f64() * 1e3);
    };
    timed("all ids", &|| store.episode_ids(&EpisodeFilter::default()).expect("ids").len());
    timed("shows", &|| store.shows().expect("shows").len());
    for typed in
        ["开", "开", "开源", "开源与芯", "k", "ky", "kyyxp", "a", "ds", "dsk", "xqzvw", "1"]
    {
        let filter = EpisodeFilter { text: Some(typed.into()), ..EpisodeFilter::default() };
        timed(&format!("filter {typed}"), &|| store.episode_ids(&filter).expect("ids").len());
    }
}

fn starts(home: &Path) {
    let (mut first, mut listed, mut memory) = (Vec::new(), Vec::new(), (0.0, 0.0));
    let newest = made::episode(made::SHOWS - 1, made::LONG_SHOW).title.unwrap_or_default();
    let newest: String = newest.chars().take(9).collect();
    for _ in 0..11 {
        let mut screen = open(home);
        first.extend(
            screen.until_started(|text| text.contains("latetalk") || text.lines().count() > 5),
        );
        listed.extend(screen.until_started(|text| text.contains("电台") || text.contains(&newest)));
        screen.rest(Duration::from_millis(700));
        memory = screen.memory();
    }
    tell("start until the first frame", &first);
    tell("start until the lists are there", &listed);
    println!("memory {:.1} MB, at most {:.1} MB", memory.0, memory.1);
    let Some(version) = newsboat::version() else { return };
    let times: Vec<(Duration, f64)> =
        (0..3).filter_map(|_| newsboat::start(&home.join("newsboat"))).collect();
    tell(&version, &times.iter().map(|(time, _)| *time).collect::<Vec<_>>());
    if let Some((_, memory)) = times.last() {
        println!("its memory: {memory:.1} MB");
    }
}

/// Keys, each after the frame of the one before, and their names.
const KEYS: [(&str, &str); 6] = [
    ("j", "down"),
    ("k", "up"),
    ("\x1b[6~", "page down"),
    ("\x1b[5~", "page up"),
    ("\t", "next pane"),
    ("G", "to the end"),
];

fn press(screen: &mut Screen, times: u32) -> Vec<Duration> {
    let mut all = Vec::new();
    for round in 0..times {
        for (key, _) in KEYS.iter().take(if round % 8 == 7 { 6 } else { 4 }) {
            all.extend(screen.frame_after(key));
            screen.rest(Duration::from_millis(35));
        }
    }
    all
}

fn keys(home: &Path) {
    let mut screen = open(home);
    screen.rest(Duration::from_secs(2));
    tell("key to frame", &press(&mut screen, 40));
    screen.send("/");
    screen.rest(Duration::from_millis(300));
    let mut typed = Vec::new();
    for letters in ["k", "y", "\u{7f}", "\u{7f}", "开", "源", "\u{7f}", "\u{7f}"] {
        typed.extend(screen.frame_after(letters));
        screen.rest(Duration::from_millis(250));
    }
    tell("letter of a filter to frame", &typed);
    screen.send("\x1b");
    screen.rest(Duration::from_millis(300));
    println!("memory after that {:.1} MB, at most {:.1} MB", screen.memory().0, screen.memory().1);
    let before = screen.cpu();
    screen.rest(Duration::from_secs(5));
    println!("idle: {:.2} s of processor time in 5 s", screen.cpu() - before);
}

/// Serves the feeds; every tenth has an episode more, half are unchanged.
fn serve() -> Option<Arc<AtomicUsize>> {
    let listener = TcpListener::bind(("127.0.0.1", PORT)).ok()?;
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&asked);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let counted = Arc::clone(&counted);
            std::thread::spawn(move || {
                counted.fetch_add(answer(stream), Ordering::Relaxed);
            });
        }
    });
    Some(asked)
}

/// Answers all requests of a connection; how many.
fn answer(mut stream: TcpStream) -> usize {
    let mut count = 0;
    let mut buffer = vec![0; 8192];
    while let Ok(length @ 1..) = stream.read(&mut buffer) {
        let text = String::from_utf8_lossy(&buffer[..length]).into_owned();
        let path = text.split_whitespace().nth(1).unwrap_or_default();
        let Ok(show) = path.trim_start_matches('/').parse::<u32>() else { break };
        count += 1;
        let body = made::feed_xml(show, show % 10 == 0);
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        if stream
            .write_all(head.as_bytes())
            .and_then(|()| stream.write_all(body.as_bytes()))
            .is_err()
        {
            break;
        }
    }
    count
}

fn refreshing(home: &Path) {
    // On a copy, so that every run refreshes the same library.
    let copy = home.join("copy");
    let _ = std::fs::remove_dir_all(&copy);
    std::fs::create_dir_all(copy.join("data")).expect("a folder");
    std::fs::copy(home.join("data/library.db"), copy.join("data/library.db")).expect("a copy");
    configure(&copy);
    let Some(asked) = serve() else {
        println!("refresh: port {PORT} is taken");
        return;
    };
    let mut screen = open(&copy);
    screen.rest(Duration::from_secs(2));
    screen.send("R");
    let begun = Instant::now();
    let mut all = Vec::new();
    while begun.elapsed() < Duration::from_secs(25) {
        all.extend(press(&mut screen, 1));
    }
    tell("key to frame while all feeds are refreshed", &all);
    println!("feeds asked for: {}", asked.load(Ordering::Relaxed));
    println!("memory {:.1} MB, at most {:.1} MB", screen.memory().0, screen.memory().1);
    drop(screen);
    let _ = std::fs::remove_dir_all(&copy);
}
