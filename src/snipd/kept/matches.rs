//! Which snip of today stands in which block of a text.

use std::{collections::HashMap, hash::Hash};

use super::super::{identity, write};
use crate::model::{NewSnip, Note};

/// Whether two snips say the same.
pub(super) fn same(one: &NewSnip, other: &NewSnip) -> bool {
    let tapped = |snip: &NewSnip| snip.tapped_ms.filter(|tapped| *tapped != snip.end_ms);
    (one.start_ms, one.end_ms, tapped(one)) == (other.start_ms, other.end_ms, tapped(other))
        && (&one.title, &one.note, &one.transcript)
            == (&other.title, &other.note, &other.transcript)
        && (&one.tags, one.favorite, &one.url) == (&other.tags, other.favorite, &other.url)
}

/// Which of the snips of today stands in which block of the text.
pub(super) struct Matches<'a> {
    /// For each block, the snip that is in it today.
    pub(super) of: Vec<Option<&'a NewSnip>>,
    /// The snips that have no block, in order of time.
    pub(super) new: Vec<&'a NewSnip>,
}

impl<'a> Matches<'a> {
    /// First those that say the same find each other, then those with one address, then those with
    /// one range. A block that repeats an earlier one comes last, though it may say all that the two
    /// were read as: what was read as one snip stands where it stood first.
    pub(super) fn of(was: &[NewSnip], is: &'a [NewSnip]) -> Self {
        let copies = identity::copies(was);
        let mut pairs =
            Pairs { was, is, copies, of: vec![None; was.len()], free: vec![true; is.len()] };
        let range = |snip: &NewSnip| Some((snip.start_ms, snip.end_ms));
        for copied in [false, true] {
            pairs.find(copied, range, same);
            pairs.find(copied, |snip| snip.url.clone(), |_, _| true);
            pairs.find(copied, range, |_, _| true);
        }
        let of = pairs.of.iter().map(|at| at.and_then(|at| is.get(at))).collect();
        let free = is.iter().zip(&pairs.free).filter(|(_, free)| **free);
        let mut new: Vec<&NewSnip> = free.map(|(snip, _)| snip).collect();
        new.sort_by_key(|snip| (snip.start_ms, snip.end_ms));
        Self { of, new }
    }

    /// Writes the new snips that begin before `start`.
    pub(super) fn put_before(&mut self, out: &mut String, start: u64, note: &Note) {
        let count = self.new.iter().take_while(|snip| snip.start_ms < start).count();
        for snip in self.new.drain(..count) {
            end_line(out);
            out.push_str(&write::block(snip, note.enclosure.as_deref()));
        }
    }
}

/// Snips that look for each other.
struct Pairs<'a> {
    was: &'a [NewSnip],
    is: &'a [NewSnip],
    /// For each of `was`, whether it repeats an earlier one.
    copies: Vec<bool>,
    /// For each of `was`, its place in `is`.
    of: Vec<Option<usize>>,
    /// For each of `is`, whether it has found none yet.
    free: Vec<bool>,
}

impl Pairs<'_> {
    /// Pairs those that have one key and are alike, the earlier ones first; of `was`, only those that
    /// are copies or only those that are none.
    fn find<K: Hash + Eq>(
        &mut self,
        copied: bool,
        key: impl Fn(&NewSnip) -> Option<K>,
        alike: impl Fn(&NewSnip, &NewSnip) -> bool,
    ) {
        let mut places: HashMap<K, Vec<usize>> = HashMap::new();
        for (at, snip) in self.is.iter().enumerate() {
            if let Some(key) = key(snip).filter(|_| self.free.get(at) == Some(&true)) {
                places.entry(key).or_default().push(at);
            }
        }
        let blocks = self.was.iter().zip(&mut self.of).zip(&self.copies);
        for ((was, slot), _) in
            blocks.filter(|((_, slot), copy)| slot.is_none() && **copy == copied)
        {
            let Some(there) = key(was).and_then(|key| places.get_mut(&key)) else { continue };
            let fits = |at: &usize| self.is.get(*at).is_some_and(|is| alike(was, is));
            let Some(found) = there.iter().position(fits) else { continue };
            let at = there.remove(found);
            *slot = Some(at);
            if let Some(free) = self.free.get_mut(at) {
                *free = false;
            }
        }
    }
}

fn end_line(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}
