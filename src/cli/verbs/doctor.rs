//! `doctor`: what the program depends on, whether it is there, and how to mend it. Only a damaged
//! library or configuration is a failure; a machine without sound or network is not.

use std::fmt::Write as _;
use std::io::IsTerminal;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use clap::Args;
use serde::Serialize;

use super::{Outcome, code};
use crate::audio::{DeviceState, Engine, Event, Output};
use crate::cli::context::Context;
use crate::cli::failure::Failure;
use crate::cli::progress::megabytes;
use crate::cli::quiet::Quiet;
use crate::cli::sheet::Ink;
use crate::fetch::{Accept, Request, Trust};
use crate::model::{Show, UnixSeconds};
use crate::runtime::{Places, Services, last_gaps, now, output, repair};
use crate::store::{Kept, Store};

/// How long the sound device may take to answer.
const DEVICE: Duration = Duration::from_secs(3);
/// So many gaps in one session are heard.
const MANY_GAPS: u32 = 5;
/// How long a feed may take to answer.
const NETWORK: Duration = Duration::from_secs(10);

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Mend a damaged library first: what can be read goes into a new file, the damaged one is set
    /// aside. Close other latetalk programs before.
    #[arg(long)]
    repair: bool,
}

#[derive(Serialize)]
struct Report {
    checks: Vec<Check>,
}

#[derive(Serialize)]
struct Check {
    name: &'static str,
    ok: bool,
    detail: String,
    help: Option<String>,
}

impl Check {
    fn good(name: &'static str, detail: impl Into<String>) -> Self {
        Self { name, ok: true, detail: detail.into(), help: None }
    }

    fn bad(name: &'static str, detail: impl Into<String>, help: &str) -> Self {
        Self { name, ok: false, detail: detail.into(), help: Some(help.to_owned()) }
    }
}

pub(super) fn run(context: &Context, args: &Doctor) -> Outcome {
    let places = context.places()?;
    let mut checks = vec![paths(&places)];
    let mended = args.repair.then(|| repaired(&places));
    let not_mended = mended.as_ref().is_some_and(|check| !check.ok);
    checks.extend(mended);
    let (configuration, settings) = match context.settings() {
        Ok(settings) => {
            let detail = if places.config.exists() { "read" } else { "none, the defaults hold" };
            (Check::good("configuration", detail), settings)
        }
        Err(why) => {
            let help = "mend the lines it names, or move the file away";
            let defaults = crate::config::load(None).map_err(|problems| {
                crate::runtime::Trouble::new(format!("the defaults: {}", problems.join("; ")))
            })?;
            (Check::bad("configuration", why.to_string(), help), defaults)
        }
    };
    checks.push(configuration);
    let damaged = match context.with_settings(settings, library_and_network) {
        Ok((library, others)) => {
            let damaged = !library.ok;
            checks.push(library);
            checks.extend(others);
            damaged
        }
        Err(Failure::Trouble(why)) => {
            let help = "run `latetalk doctor --repair` to save what can be read, or bring back a backup \
                        with `latetalk restore FILE`; nothing was overwritten";
            checks.push(Check::bad("library", why.to_string(), help));
            true
        }
        Err(other) => return Err(other),
    };
    checks.push(backups(&places));
    checks.extend([sound(), terminal(), fonts(), pictures()]);
    let report = Report { checks };
    context.out.print(&report, |sheet| {
        for check in &report.checks {
            let (ink, mark) = if check.ok { (Ink::Good, "ok  ") } else { (Ink::Bad, "no  ") };
            sheet.put(ink, mark).put(Ink::Bold, &format!("{:<14}", check.name)).line(&check.detail);
            if let Some(help) = &check.help {
                sheet.put(Ink::Dim, &format!("                  {help}")).end();
            }
        }
    })?;
    Ok(code(damaged || not_mended))
}

/// Mends the library, and says what became of it.
fn repaired(places: &Places) -> Check {
    let name = "repair";
    let done = match repair(places, now()) {
        Ok(None) => return Check::good(name, "nothing had to be set aside"),
        Ok(Some(done)) => done,
        Err(why) => {
            let help = "bring back a backup with `latetalk restore FILE`";
            return Check::bad(name, why.to_string(), help);
        }
    };
    let mut detail = format!("{} rows saved", done.rows);
    if let Some(from) = &done.filled_from {
        let _ = write!(detail, ", {} more from {}", done.filled, from.display());
    }
    if !done.hurt.is_empty() {
        let _ = write!(detail, "; something may be missing of {}", done.hurt.join(", "));
    }
    let _ = write!(detail, "; the damaged file is {}", done.aside.display());
    Check::good(name, detail)
}

/// The backups that can be brought back.
fn backups(places: &Places) -> Check {
    let name = "backups";
    let folder = crate::store::backups_of(&places.library);
    let found = crate::store::backups(&folder);
    let Some(newest) = found.first() else {
        let detail = "none yet; the screen makes one every week, `latetalk backup FILE` at once";
        return Check::good(name, detail);
    };
    let day = super::day(Some(newest.made));
    let path = newest.path.display();
    let detail = format!(
        "{}, the newest of {day}; `latetalk restore {path}` brings it back, `latetalk restore` lists all",
        found.len()
    );
    Check::good(name, detail)
}

fn paths(places: &Places) -> Check {
    let shown = [&places.config, &places.library, &places.downloads, &places.log]
        .map(|path| path.display().to_string());
    let folders = [Some(places.downloads.as_path()), places.log.parent(), places.config.parent()];
    for folder in folders.into_iter().flatten() {
        let written = std::fs::create_dir_all(folder)
            .and_then(|()| tempfile::NamedTempFile::new_in(folder).map(|_| ()));
        if let Err(err) = written {
            let detail = format!("{} cannot be written: {err}", folder.display());
            let help = "give yourself the right to write there, or name another folder with --home";
            return Check::bad("paths", detail, help);
        }
    }
    Check::good("paths", shown.join(", "))
}

/// The library, and what it tells of the rest.
async fn library_and_network(services: Services) -> Result<(Check, [Check; 3]), Failure> {
    let found = services.desk.ask(Store::check).await?;
    let shows = services.desk.ask(Store::shows).await?;
    let library = if found.is_empty() {
        Check::good("library", format!("whole, {} shows", shows.len()))
    } else {
        let help = "run `latetalk doctor --repair`; what can be read is saved";
        Check::bad("library", found.join("; "), help)
    };
    let feed = shows.into_iter().find(|show| show.url.starts_with("http"));
    let network = match feed {
        None => Check::good("network", "not checked: no show is on the network"),
        Some(show) => network(&services, show).await,
    };
    let playing = playing(last_gaps(&services.desk).await?);
    let kept = services.desk.ask(Store::kept).await?;
    let offline = offline(&services, &kept);
    Ok((library, [network, offline, playing]))
}

/// What is here without a network, and how much room it takes.
fn offline(services: &Services, kept: &Kept) -> Check {
    let name = "offline";
    let (count, bytes) = files_in(&services.places.pictures);
    let detail = format!(
        "{} complete episodes; {} recordings {}, {} articles {}, {count} pictures {}, {} \
         transcripts {}",
        kept.complete,
        kept.recordings,
        megabytes(kept.recording_bytes),
        kept.articles,
        megabytes(kept.article_bytes),
        megabytes(bytes),
        kept.transcripts,
        megabytes(kept.transcript_bytes),
    );
    let limit = u64::from(services.settings.library.articles_mb) << 20;
    if limit > 0 && kept.article_bytes > limit {
        let help = "downloaded episodes link to more articles than `library.articles_mb` allows: \
                    raise it, or remove downloads";
        return Check::bad(name, detail, help);
    }
    Check::good(name, detail)
}

/// How many files a folder holds, and their bytes; none where it is not there.
fn files_in(folder: &std::path::Path) -> (usize, u64) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let files =
        entries.filter_map(|entry| entry.metadata().ok()).filter(std::fs::Metadata::is_file);
    files.fold((0, 0), |(count, bytes), file| (count + 1, bytes + file.len()))
}

/// What is known of the sound from the last session.
fn playing(gaps: Option<(u32, UnixSeconds)>) -> Check {
    let name = "playing";
    let Some((count, when)) = gaps else {
        return Check::good(name, "not known: nothing has been played here");
    };
    let day = jiff::Timestamp::from_second(when)
        .map(|when| when.to_zoned(jiff::tz::TimeZone::system()).date().to_string())
        .unwrap_or_default();
    let detail = match count {
        0 => format!("in the last session ({day}) the sound never broke off"),
        1 => format!("in the last session ({day}) the sound broke off once"),
        _ => format!("in the last session ({day}) the sound broke off {count} times"),
    };
    if count < MANY_GAPS {
        return Check::good(name, detail);
    }
    let help = "the machine was too busy: close what keeps it busy, play at a lower speed, or \
                switch off trim_silence, loudness and voice_boost";
    Check::bad(name, detail, help)
}

/// Asks one feed, conditionally, so that little is fetched.
async fn network(services: &Services, show: Show) -> Check {
    let host = url::Url::parse(&show.url).ok().and_then(|url| url.host_str().map(str::to_owned));
    let host = host.unwrap_or_default();
    let request = Request {
        url: show.url,
        accept: Accept::Feed,
        etag: show.etag,
        last_modified: show.last_modified,
        limit: 64 << 20,
        trust: Trust::Named,
    };
    let help = "check the connection and the proxy (HTTPS_PROXY); what was kept works without";
    let started = Instant::now();
    match tokio::time::timeout(NETWORK, services.client.get(request)).await {
        Ok(Ok(_)) => {
            let took = started.elapsed().as_millis();
            Check::good("network", format!("{host} answered in {took} ms"))
        }
        Ok(Err(why)) => Check::bad("network", why.to_string(), help),
        Err(_) => Check::bad("network", format!("{host} does not answer"), help),
    }
}

fn sound() -> Check {
    if output() != Output::Device {
        return Check::good("audio output", "LATETALK_OUTPUT sends the sound elsewhere");
    }
    let _quiet = Quiet::new();
    let (inbox, events) = mpsc::channel();
    let engine = Engine::start(Output::Device, move |event| {
        // The check may be over.
        let _ = inbox.send(event);
    });
    engine.send(crate::audio::Order::RetryDevice);
    let help =
        "install or start PipeWire, PulseAudio or ALSA; in a container pass the sound socket in";
    let end = Instant::now() + DEVICE;
    let mut why = "no device answered".to_owned();
    while let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) {
        match event {
            Event::Device(DeviceState::Ready { name }) => return Check::good("audio output", name),
            Event::Device(DeviceState::Missing { why: said } | DeviceState::Lost { why: said }) => {
                why = said;
                break;
            }
            _ => {}
        }
    }
    Check::bad("audio output", why, help)
}

fn terminal() -> Check {
    let term = std::env::var("TERM").unwrap_or_default();
    if !std::io::stdout().is_terminal() {
        return Check::good("terminal", "not checked: the output is not a terminal");
    }
    let (columns, rows) = crossterm::terminal::size().unwrap_or_default();
    let detail = format!("{term}, {columns}×{rows}");
    if term.is_empty() || term == "dumb" {
        return Check::bad(
            "terminal",
            detail,
            "use a terminal that can place the cursor; set TERM",
        );
    }
    if columns < 40 || rows < 12 {
        return Check::bad("terminal", detail, "make the window at least 40×12");
    }
    Check::good("terminal", detail)
}

/// Whether text is UTF-8 can be told; which glyphs the font has cannot.
fn fonts() -> Check {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let locale = named.unwrap_or_else(|| "C".to_owned());
    let upper = locale.to_ascii_uppercase();
    if upper.contains("UTF-8") || upper.contains("UTF8") {
        return Check::good(
            "fonts",
            format!("{locale}; this should be four columns wide: 晚点“”…—"),
        );
    }
    let help = "set LANG to a UTF-8 locale (zh_CN.UTF-8, en_US.UTF-8, C.UTF-8)";
    Check::bad("fonts", format!("the locale {locale} does not say UTF-8"), help)
}

fn pictures() -> Check {
    let env = |name: &str| std::env::var(name).unwrap_or_default();
    let (term, program) = (env("TERM"), env("TERM_PROGRAM"));
    let known = [
        (
            term.contains("kitty")
                || term.contains("ghostty")
                || !env("KITTY_WINDOW_ID").is_empty(),
            "kitty graphics",
        ),
        (matches!(program.as_str(), "iTerm.app" | "WezTerm" | "vscode"), "iTerm2 pictures"),
        (term.contains("foot") || term.contains("mlterm") || term.contains("sixel"), "sixel"),
    ];
    let found = known.iter().find_map(|(is, name)| is.then_some(*name));
    let detail = found.map_or_else(
        || "the terminal is not known to show pictures; they are opened in the browser".to_owned(),
        |name| format!("the terminal can show {name}"),
    );
    Check::good("pictures", detail)
}
