//! What refreshing costs, beside `newsboat`: many feeds from a server on this machine, never seen
//! before, unchanged, and one in ten changed. Prints a table; without `newsboat` its rows are missing.
//!
//! `cargo bench --bench refresh` asks 200 feeds of 50 items, then 200 of 500.

#![expect(clippy::expect_used, reason = "a benchmark that cannot go on says why and stops")]
#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod child;
mod feeds;
mod server;

use std::path::Path;
use std::process::Command;

use child::Cost;
use server::{Served, Server};

/// Feeds of a library.
const FEEDS: usize = 200;

/// How often the refreshes that find nothing are repeated: one alone is too short for the clock.
const UNCHANGED_RUNS: u32 = 5;

fn main() {
    // `cargo bench` hands its own flags on; `cargo test --benches` must not measure.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let sizes: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![50, 500] } else { sizes };
    println!(
        "feeds × items  program   refresh      CPU s   wall s  peak MB  requests    304  sent MB"
    );
    for items in sizes {
        measure("latetalk", items, latetalk);
        if Command::new("newsboat").arg("-v").output().is_ok() {
            measure("newsboat", items, newsboat);
        } else {
            println!("{FEEDS} × {items:<9} newsboat  skipped: not installed");
        }
    }
}

/// Sets a home up for these feeds and returns the command that refreshes all of them.
type SetUp = fn(&Path, &[String]) -> Command;

fn measure(program: &str, items: usize, set_up: SetUp) {
    let home = tempfile::tempdir().expect("a folder");
    let server = Server::start(items);
    let addresses: Vec<String> = (0..FEEDS).map(|feed| server.url(feed)).collect();
    let show = |how: &str, cost: &Cost, served: &Served, runs: u32| {
        println!(
            "{FEEDS} × {items:<9} {program}  {how:<11} {:7.3} {:8.3} {:8.1} {:9} {:6} {:8.1}",
            cost.cpu.as_secs_f64() / f64::from(runs),
            cost.wall.as_secs_f64() / f64::from(runs),
            cost.peak_kb as f64 / 1024.0,
            served.requests / u64::from(runs),
            served.unchanged / u64::from(runs),
            served.bytes as f64 / 1e6 / f64::from(runs),
        );
    };
    let run = || child::run(set_up(home.path(), &addresses));
    let cold = run();
    show("cold", &cold, &server.served(), 1);
    let mut unchanged = Cost::default();
    (0..UNCHANGED_RUNS).for_each(|_| unchanged.add(&run()));
    show("unchanged", &unchanged, &server.served(), UNCHANGED_RUNS);
    server.change_one_in_ten();
    let changed = run();
    show("1 in 10 new", &changed, &server.served(), 1);
}

fn latetalk(home: &Path, addresses: &[String]) -> Command {
    let program = env!("CARGO_BIN_EXE_latetalk");
    if !home.join("list.opml").exists() {
        let outlines = addresses.iter().map(|url| format!("<outline xmlUrl=\"{url}\"/>\n"));
        let list = format!("<opml><body>{}</body></opml>", outlines.collect::<String>());
        std::fs::write(home.join("list.opml"), list).expect("a list");
        let mut import = Command::new(program);
        import.arg("--home").arg(home).arg("import").arg(home.join("list.opml"));
        child::run(import);
    }
    let mut command = Command::new(program);
    command.arg("--home").arg(home).arg("refresh");
    command
}

fn newsboat(home: &Path, addresses: &[String]) -> Command {
    std::fs::write(home.join("urls"), addresses.join("\n")).expect("a list");
    std::fs::write(home.join("config"), "reload-threads 8\n").expect("a configuration");
    let mut command = Command::new("newsboat");
    command.arg("-u").arg(home.join("urls")).arg("-c").arg(home.join("cache.db"));
    command.arg("-C").arg(home.join("config")).args(["-x", "reload"]).env("HOME", home);
    command
}
