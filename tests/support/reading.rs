//! Going from link to link with keys, as a reader does.

use std::time::Duration;

use super::home;
use super::pty::Terminal;

/// More links and times than any notes of a walk have.
const MANY: usize = 40;

/// Steps from link to link until the last line says that this address is chosen.
#[track_caller]
pub fn choose_link(terminal: &Terminal, address: &str, timeout: Duration) {
    let mut before = home::status(&terminal.screen()).to_owned();
    for _ in 0..MANY {
        terminal.keys("n");
        let next = |screen: &str| names_a_goal(screen) && home::status(screen) != before;
        let screen = terminal.wait_for(next, timeout);
        home::status(&screen).clone_into(&mut before);
        if before.contains(address) {
            return;
        }
    }
    panic!("{address} was not reached; the last one was {before}");
}

/// Whether the last line says where a chosen link or time leads.
fn names_a_goal(screen: &str) -> bool {
    let status = home::status(screen).trim_start();
    status.starts_with('→') || status.starts_with('▶')
}
