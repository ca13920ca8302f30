//! Small words at the right of the bar: how it sounds, and what is not as it should be. Where there is
//! little room, those that matter less are left out.

use crate::app::{self, Command, Device, Playback};
use crate::lang::{Word, trim_name};
use crate::model::{Speed, Trim, clock};
use crate::ui::Canvas;

/// Where the bar is narrower than this, only what is not as usual is said.
const NARROW: u16 = 60;

/// Columns of the sign at the left of the bar, with those that part it from what follows.
const SIGN: u16 = 3;

/// How much a mark matters, from the least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Nice to know.
    Extra,
    /// As it nearly always is.
    Usual,
    /// Chosen by the user.
    Chosen,
    /// The first thing to know of how it sounds.
    First,
    /// There is something to read along.
    Readable,
    /// It will stop by itself.
    Soon,
    /// Something keeps it from sounding.
    Trouble,
}

struct Mark {
    text: String,
    weight: Weight,
}

/// The marks, each after two spaces, in a third of these columns, which the time leaves; the sleep
/// timer may take half of them, trouble all but the sign's.
/// `width` is that of the whole bar.
pub(super) fn fitting(canvas: &Canvas<'_>, width: u16, room: u16) -> String {
    let mut marks = all(canvas, width < NARROW);
    let text = |marks: &[Mark]| -> String {
        marks.iter().flat_map(|mark| ["  ", mark.text.as_str()]).collect()
    };
    let columns = |text: &str| crate::text::width(text, canvas.ambiguous());
    let most = |least| match least {
        Weight::Trouble => usize::from(room.saturating_sub(SIGN)),
        Weight::Soon | Weight::Readable => usize::from(room / 2),
        _ => usize::from(room / 3),
    };
    // Of several that matter as little, the last one goes.
    while let Some(least) = marks.iter().map(|mark| mark.weight).min()
        && columns(&text(&marks)) > most(least)
    {
        let at = marks.iter().rposition(|mark| mark.weight == least);
        at.map(|at| marks.remove(at));
    }
    text(&marks)
}

/// How many pages the chapter that plays has to read along, and the key: `❐ 2 篇可读 J`.
fn readable(canvas: &Canvas<'_>, narrow: bool) -> Option<String> {
    let count = app::readable(canvas.state);
    let words = if narrow { String::new() } else { canvas.say(Word::ToRead).to_owned() };
    let key = canvas.key(Command::ReadAlong).map(|key| format!(" {key}")).unwrap_or_default();
    (count > 0).then(|| format!("❐ {count}{words}{key}"))
}

/// All marks, in the order in which they stand.
fn all(canvas: &Canvas<'_>, narrow: bool) -> Vec<Mark> {
    let player = &canvas.state.player;
    let how = &player.how;
    let mut marks = Vec::new();
    let mut put = |weight, text: String| marks.push(Mark { text, weight });
    match player.playback {
        Playback::Failed(_) | Playback::Ended | Playback::Idle => {}
        _ if player.looking.is_some() => {
            let percent = player.looking.unwrap_or_default();
            put(Weight::Trouble, format!("{}… {percent}%", canvas.say(Word::Seeking)));
        }
        Playback::Buffering => put(Weight::Trouble, canvas.say(Word::Buffering).to_owned()),
        Playback::Loading => put(Weight::Trouble, canvas.say(Word::Opening).to_owned()),
        _ => {}
    }
    if let Some(readable) = readable(canvas, narrow) {
        put(Weight::Readable, readable);
    }
    if let Some(sleep) = super::sleep_label(canvas) {
        put(Weight::Soon, sleep);
    }
    if matches!(player.device, Device::Missing(_)) {
        put(Weight::Trouble, canvas.say(Word::NoDevice).to_owned());
    }
    if how.speed != Speed::NORMAL {
        put(Weight::First, format!("{}×", how.speed));
    } else if !narrow {
        put(Weight::Usual, format!("{}×", how.speed));
    }
    if how.trim != Trim::Off {
        let name = trim_name(how.trim, canvas.state.tongue);
        put(Weight::Chosen, format!("{}{name}", canvas.say(Word::TrimMark)));
        if player.saved_ms >= 1000 {
            let saved = canvas.say(Word::SavedTime);
            put(Weight::Extra, format!("{saved} {}", clock(player.saved_ms)));
        }
    }
    if how.loudness {
        put(Weight::Chosen, canvas.say(Word::LoudnessMark).to_owned());
    }
    if how.voice_boost {
        put(Weight::Chosen, canvas.say(Word::VoiceMark).to_owned());
    }
    if player.volume == 0 {
        put(Weight::First, "0%".to_owned());
    } else if !narrow {
        put(Weight::Usual, format!("{}%", player.volume));
    }
    marks
}
