//! What was chosen about the sound: for all shows, and for some of them.

use std::collections::BTreeMap;

use crate::model::{OwnSounding, Show, ShowId, Sounding};

/// What was chosen.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chosen {
    /// For shows without a choice of their own.
    pub all: Sounding,
    /// What the settings say; what was chosen for all goes back to it.
    pub(super) configured: Sounding,
    own: BTreeMap<ShowId, Own>,
}

/// What a show has of its own.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
struct Own {
    sounding: OwnSounding,
    /// It was changed here: what the library says may be from before.
    changed: bool,
}

impl Chosen {
    /// Nothing but what the settings say.
    #[must_use]
    pub fn new(configured: Sounding) -> Self {
        Self { all: configured, configured, own: BTreeMap::new() }
    }

    /// What a show has of its own, as far as it is known.
    #[must_use]
    pub fn of(&self, show: ShowId) -> OwnSounding {
        self.own.get(&show).map(|own| own.sounding).unwrap_or_default()
    }

    /// What applies to a show, or where there is none.
    #[must_use]
    pub fn applies_to(&self, show: Option<ShowId>) -> Sounding {
        show.map(|show| self.of(show)).unwrap_or_default().over(&self.all)
    }

    /// The library says what a show has of its own. What was changed here is newer.
    pub(in crate::app) fn learn(&mut self, show: ShowId, sounding: OwnSounding) {
        let own = self.own.entry(show).or_default();
        if !own.changed {
            own.sounding = sounding;
        }
    }

    /// The same of all shows.
    pub(in crate::app) fn learn_all(&mut self, shows: &[Show]) {
        for show in shows {
            self.learn(show.id, show.sounding);
        }
    }

    /// Changes what a show has of its own.
    pub(super) fn change(
        &mut self,
        show: ShowId,
        change: impl FnOnce(&mut OwnSounding),
    ) -> OwnSounding {
        let own = self.own.entry(show).or_default();
        own.changed = true;
        change(&mut own.sounding);
        own.sounding
    }
}
