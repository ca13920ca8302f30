//! A real sound server that dies, starts again, suspends and stands still, with the engine playing
//! into it. Skipped where there is no `PulseAudio`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a rig that fails fails its test")]
#![allow(clippy::print_stdout, reason = "the playing process tells its events")]

#[path = "audio_rig/rig.rs"]
mod rig;

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use latetalk::audio::{Engine, Order, Output};
use rustix::process::{Pid, Signal, kill_process};

const PATIENCE: Duration = Duration::from_secs(20);

fn send(child: &Child, signal: Signal) {
    let pid = Pid::from_raw(child.id() as i32).unwrap();
    kill_process(pid, signal).unwrap();
}

/// A `PulseAudio` with one sink that leads nowhere. Dropped, it is killed.
struct Server {
    child: Child,
}

impl Server {
    fn start(folder: &Path) -> Option<Self> {
        let socket = folder.join("pulse.sock");
        let _ = std::fs::remove_file(&socket);
        let protocol =
            format!("module-native-protocol-unix socket={} auth-anonymous=1", socket.display());
        let child = Command::new("pulseaudio")
            .args(["-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no"])
            .args(["--log-level=error", "-L"])
            .arg("module-null-sink sink_name=nowhere rate=48000 channels=2")
            .arg("-L")
            .arg(protocol)
            .envs([("XDG_RUNTIME_DIR", folder), ("HOME", folder)])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(child) = child else {
            println!("skipped: no pulseaudio");
            return None;
        };
        let until = Instant::now() + PATIENCE;
        while !socket.exists() {
            assert!(Instant::now() < until, "the sound server does not start");
            std::thread::sleep(Duration::from_millis(10));
        }
        Some(Self { child })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process that plays into the server.
struct Player {
    child: Child,
    orders: ChildStdin,
    events: Receiver<String>,
    seen: Vec<String>,
}

impl Player {
    fn start(folder: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "the_process_that_plays", "--ignored", "--nocapture"])
            .env("PULSE_SERVER", format!("unix:{}", folder.join("pulse.sock").display()))
            .env("XDG_RUNTIME_DIR", folder)
            .env("LATETALK_TEST_PLAYS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let orders = child.stdin.take().unwrap();
        let told = BufReader::new(child.stdout.take().unwrap());
        let (inbox, events) = channel();
        std::thread::spawn(move || {
            for line in told.lines().map_while(Result::ok) {
                if let Some((_, event)) = line.split_once("event: ") {
                    let _ = inbox.send(event.to_owned());
                }
            }
        });
        Self { child, orders, events, seen: Vec::new() }
    }

    fn order(&mut self, word: &str) {
        writeln!(self.orders, "{word}").unwrap();
    }

    #[track_caller]
    fn wait_for(&mut self, words: &str) -> String {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    self.seen.push(event.clone());
                    if event.contains(words) {
                        return event;
                    }
                }
                Err(err) => panic!("{err}, no {words:?} in {:#?}", self.seen),
            }
        }
    }

    /// The place that was told last.
    fn place(&self) -> u64 {
        let told = self.seen.iter().rev().find_map(|event| {
            event.strip_prefix("Position { ticket: 1, ms: ")?.split_once(',')?.0.parse().ok()
        });
        told.unwrap()
    }

    /// Waits until it has come a good way on; where it was told to go on.
    #[track_caller]
    fn plays_on(&mut self) -> u64 {
        self.wait_for("Position");
        let from = self.place();
        while self.place() < from + 600 {
            self.wait_for("Position");
        }
        from
    }
}

impl Drop for Player {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The other side: plays a minute, obeys words, tells events.
#[test]
#[ignore = "started by the other tests"]
fn the_process_that_plays() {
    if std::env::var_os("LATETALK_TEST_PLAYS").is_none() {
        return;
    }
    let engine = Engine::start(Output::Device, |event| println!("event: {event:?}"));
    engine.send(rig::whole(rig::wav(48_000, &rig::signal(48_000, 60))));
    for line in std::io::stdin().lines().map_while(Result::ok) {
        match line.as_str() {
            "play" => engine.send(Order::Play),
            "pause" => engine.send(Order::Pause),
            _ => break,
        }
    }
}

#[test]
fn a_server_that_starts_again_is_played_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = Server::start(folder.path()) else { return };
    let mut player = Player::start(folder.path());
    player.plays_on();
    drop(server);
    player.wait_for("Lost");
    let place = player.place();
    assert_eq!(player.seen.iter().rev().nth(1).unwrap(), "State { ticket: 1, state: Paused }");
    let _server = Server::start(folder.path()).unwrap();
    player.wait_for("Ready");
    let on = player.plays_on();
    // The first position after that is told up to a little later.
    assert!((place..place + 700).contains(&on), "was at {place}, plays on at {on} ms");
}

#[test]
fn a_process_that_was_stopped_plays_on_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let Some(_server) = Server::start(folder.path()) else { return };
    let mut player = Player::start(folder.path());
    player.plays_on();
    let place = player.place();
    send(&player.child, Signal::STOP);
    std::thread::sleep(Duration::from_millis(2600));
    send(&player.child, Signal::CONT);
    // The server may have given it up meanwhile; then it has come back by itself.
    let on = player.plays_on();
    assert!((place..place + 1500).contains(&on), "was at {place}, plays on at {on} ms");
}

#[test]
fn a_server_that_stands_still_is_lost_and_a_key_goes_on_when_it_is_back() {
    let folder = tempfile::tempdir().unwrap();
    let Some(server) = Server::start(folder.path()) else { return };
    let mut player = Player::start(folder.path());
    player.plays_on();
    send(&server.child, Signal::STOP);
    player.wait_for("Lost");
    let place = player.place();
    std::thread::sleep(Duration::from_secs(6));
    send(&server.child, Signal::CONT);
    player.wait_for("Ready");
    player.order("play");
    let on = player.plays_on();
    assert!((place..place + 700).contains(&on), "was at {place}, plays on at {on} ms");
}
