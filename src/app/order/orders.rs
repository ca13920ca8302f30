//! The order of each list, as it is remembered from start to start.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::super::{Effect, Shelf};
use crate::model::{EpisodeOrder, ShowOrder};

/// The orders that were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Orders {
    /// Of the shows.
    pub shows: ShowOrder,
    /// Of the episodes, by the names of their shelves; those that are not there have the usual one.
    episodes: BTreeMap<String, EpisodeOrder>,
}

impl Orders {
    /// The name under which the orders are kept.
    pub const KEPT: &'static str = "orders";

    /// The order of this shelf.
    #[must_use]
    pub fn of(&self, shelf: &Shelf) -> EpisodeOrder {
        let usual = match shelf {
            Shelf::InProgress => EpisodeOrder::Heard,
            _ => EpisodeOrder::Newest,
        };
        self.episodes.get(&name(shelf)).copied().unwrap_or(usual)
    }

    /// This shelf is ordered so from now on.
    pub(in crate::app) fn set(&mut self, shelf: &Shelf, order: EpisodeOrder) {
        self.episodes.insert(name(shelf), order);
    }

    /// Keeps the orders across starts.
    pub(super) fn remember(&self) -> Effect {
        let mut value = format!("{}\tshows\n", self.shows.name());
        for (shelf, order) in &self.episodes {
            let _ = writeln!(value, "{}\t{shelf}", order.name());
        }
        Effect::Remember { key: Self::KEPT, value }
    }

    /// The orders of an earlier start; what makes no sense is passed over.
    #[must_use]
    pub fn recall(kept: &str) -> Self {
        let mut orders = Self::default();
        for line in kept.lines() {
            let Some((order, list)) = line.split_once('\t') else { continue };
            if list == "shows" {
                orders.shows = ShowOrder::named(order).unwrap_or_default();
            } else if let Some(order) = EpisodeOrder::named(order) {
                orders.episodes.insert(list.to_owned(), order);
            }
        }
        orders
    }
}

/// What a shelf is called where its order is kept.
fn name(shelf: &Shelf) -> String {
    match shelf {
        Shelf::All => "all".to_owned(),
        Shelf::InProgress => "progress".to_owned(),
        Shelf::Downloaded => "downloaded".to_owned(),
        Shelf::Snipped => "snipped".to_owned(),
        Shelf::Starred => "starred".to_owned(),
        Shelf::Archived => "archived".to_owned(),
        Shelf::Reading => "reading".to_owned(),
        Shelf::Tag(tag) => format!("tag {tag}"),
        Shelf::Kept(name) => format!("kept {name}"),
        Shelf::Show(id) => format!("show {}", id.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ShowId;

    #[test]
    fn each_list_has_its_order_in_the_next_start_too() {
        let mut orders = Orders { shows: ShowOrder::Title, ..Orders::default() };
        let tag = Shelf::Tag("长 访谈".into());
        orders.set(&tag, EpisodeOrder::Longest);
        orders.set(&Shelf::Show(ShowId(7)), EpisodeOrder::Oldest);
        let Effect::Remember { value, .. } = orders.remember() else { unreachable!() };
        let again = Orders::recall(&value);
        assert_eq!(again, orders);
        assert_eq!(again.of(&tag), EpisodeOrder::Longest);
        assert_eq!(again.of(&Shelf::Show(ShowId(8))), EpisodeOrder::Newest);
        assert_eq!(Orders::recall("loud\tall\nno tab\n"), Orders::default());
    }
}
