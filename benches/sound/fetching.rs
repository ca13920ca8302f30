//! Jumps to nine tenths of a recording of three hours that is not there yet: bytes that a server sent, and
//! the requests for them, until the first tenth of a second is there.

use std::process::{Command, Stdio};
use std::sync::Arc;

use latetalk::audio::decode_range;

use crate::files::{Files, Made};
use crate::loopback::{Server, Step, good};
use crate::say;
use crate::streamed::Cache;

/// Where it is jumped to, in s.
const PLACE: u64 = 9720;

pub(crate) fn table(files: &Files) {
    say(&format!(
        "{:<20} {:>9} {:>9} {:>11} {:>9} {:>9}",
        "a jump in a stream", "file, MB", "requests", "latetalk, KB", "mpv, KB", "ffmpeg, KB"
    ));
    for made in &files.all {
        row(made).unwrap_or_else(|| say(&format!("{:<20} could not be measured", made.name)));
    }
    say("");
}

fn row(made: &Made) -> Option<()> {
    let file: Arc<[u8]> = std::fs::read(&made.long).ok()?.into();
    let server = serve(&file);
    let cache = Cache::new();
    let media = cache.media(&server.url("/a"));
    decode_range(media, PLACE * 1000, PLACE * 1000 + 100).ok()?;
    let (requests, own) = (server.heard().len(), server.sent());
    drop(cache);
    say(&format!(
        "{:<20} {:>9} {:>9} {:>11} {:>9} {:>9}",
        made.name,
        file.len() / 1_000_000,
        requests,
        own / 1000,
        shown(mpv(&file)),
        shown(ffmpeg(&file)),
    ));
    Some(())
}

fn shown(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "–".to_owned(), |bytes| (bytes / 1000).to_string())
}

fn serve(file: &Arc<[u8]>) -> Server {
    let file = Arc::clone(file);
    Server::start(move |heard| vec![Step::Send(good(heard, &file, "\"v1\""))])
}

fn mpv(file: &Arc<[u8]>) -> Option<u64> {
    let server = serve(file);
    let mut mpv = Command::new("mpv");
    mpv.args(["--no-config", "--no-video", "--ao=null", "--ao-null-untimed", "--hr-seek=yes"])
        .arg(format!("--start={PLACE}"))
        .arg("--length=0.1")
        .arg(server.url("/a"));
    run(mpv)?;
    Some(server.sent())
}

fn ffmpeg(file: &Arc<[u8]>) -> Option<u64> {
    let server = serve(file);
    let mut ffmpeg = Command::new("ffmpeg");
    ffmpeg
        .args(["-nostdin", "-v", "error", "-ss", &PLACE.to_string(), "-t", "0.1", "-i"])
        .arg(server.url("/a"))
        .args(["-f", "null", "-"]);
    run(ffmpeg)?;
    Some(server.sent())
}

fn run(mut program: Command) -> Option<()> {
    let quiet = program.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().ok()?.success().then_some(())
}
