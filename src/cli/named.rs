//! What the user means by SHOW and EPISODE; ambiguity is an error that lists the candidates.

use crate::model::{EpisodeSummary, Show};
use crate::runtime::{Desk, Trouble};
use crate::text::truncate;

/// Candidates that an error lists.
const LISTED: usize = 8;

/// The one show that `name` means.
pub(super) async fn show(desk: &Desk, name: &str) -> Result<Show, Trouble> {
    let asked = name.to_owned();
    let mut found = desk.ask(move |store| store.find_shows(&asked)).await?;
    if found.len() > 1 && found.iter().filter(|show| show.subscribed).count() == 1 {
        // What was unsubscribed does not stand in the way of what is there.
        found.retain(|show| show.subscribed);
    }
    if found.len() > 1 {
        let listed = found.iter().map(|show| (show.id.0, show.title.as_str()));
        return Err(ambiguous(name, "shows", listed));
    }
    let none = || {
        Trouble::new(format!(
            "there is no show “{name}”: `latetalk shows` lists what is subscribed"
        ))
    };
    found.pop().ok_or_else(none)
}

/// The one episode that `name` means.
pub(super) async fn episode(desk: &Desk, name: &str) -> Result<EpisodeSummary, Trouble> {
    let asked = name.to_owned();
    let mut found = desk.ask(move |store| store.find_episodes(&asked)).await?;
    if found.len() > 1 {
        let listed = found.iter().map(|episode| (episode.id.0, episode.title.as_str()));
        return Err(ambiguous(name, "episodes", listed));
    }
    let none = || {
        Trouble::new(format!(
            "there is no episode “{name}”, and no such file: `latetalk episodes` lists what is there"
        ))
    };
    found.pop().ok_or_else(none)
}

fn ambiguous<'a>(
    name: &str,
    what: &str,
    found: impl ExactSizeIterator<Item = (i64, &'a str)>,
) -> Trouble {
    let more = found.len().saturating_sub(LISTED);
    let mut listed: Vec<String> = found
        .take(LISTED)
        .map(|(id, title)| {
            format!("{id} “{}”", truncate(title, 60, crate::text::Ambiguous::Narrow))
        })
        .collect();
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    Trouble::new(format!(
        "“{name}” may mean several {what}: {}; name one by its id",
        listed.join(", ")
    ))
}
