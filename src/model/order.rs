//! In which order lists stand.

macro_rules! orders {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
        pub enum $name { $($(#[$each])* $variant,)+ }

        impl $name {
            /// All of them, in the order in which a key goes through them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Its name where it is kept.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The order of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|order| order.name() == name)
            }

            /// The one after it; behind the last one comes the first.
            #[must_use]
            pub fn next(self) -> Self {
                let at = Self::ALL.iter().position(|order| *order == self).unwrap_or(0);
                Self::ALL.get(at + 1).copied().unwrap_or_default()
            }
        }
    };
}

orders! {
    /// In which order episodes are listed. What an episode lacks (a length, a time of listening) comes
    /// last.
    EpisodeOrder {
        /// The newest first.
        #[default]
        Newest = "newest",
        /// The oldest first.
        Oldest = "oldest",
        /// The longest first.
        Longest = "longest",
        /// The shortest first.
        Shortest = "shortest",
        /// By title.
        Title = "title",
        /// The one listened to last first.
        Heard = "heard",
    }
}

orders! {
    /// In which order shows are listed.
    ShowOrder {
        /// As they were subscribed to.
        #[default]
        Added = "added",
        /// By title.
        Title = "title",
        /// The one with the newest episode first.
        Newest = "newest",
        /// The one with the most unheard episodes first.
        Unplayed = "unplayed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_goes_through_all_orders_and_begins_again() {
        let mut order = EpisodeOrder::default();
        for expected in EpisodeOrder::ALL {
            assert_eq!(order, *expected);
            assert_eq!(EpisodeOrder::named(order.name()), Some(order));
            order = order.next();
        }
        assert_eq!(order, EpisodeOrder::Newest);
        assert_eq!(ShowOrder::Unplayed.next(), ShowOrder::Added);
        assert_eq!(ShowOrder::named("heard"), None);
    }
}
