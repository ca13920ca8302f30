//! Downloads, and which of them are let go of.

use std::collections::BTreeMap;

use super::{EpisodeId, ShowId, UnixSeconds};

/// One entry of the list of downloads.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DownloadEntry {
    /// The episode.
    pub id: EpisodeId,
    /// Its title.
    pub title: String,
    /// Its show's title.
    pub show: String,
    /// Bytes that are here.
    pub bytes: u64,
    /// Bytes of the whole, where known.
    pub total: Option<u64>,
    /// How it stands.
    pub stage: DownloadStage,
    /// Nobody asked for it.
    pub automatic: bool,
}

/// How a download stands when nobody is at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DownloadStage {
    /// Waiting for its turn.
    #[default]
    Waiting,
    /// Held by the user.
    Paused,
    /// It failed; a sentence.
    Failed(String),
    /// The whole recording is here.
    Here,
}

/// An episode that might be downloaded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// The episode.
    pub id: EpisodeId,
    /// Bytes as the feed claims; often wrong.
    pub claimed: Option<u64>,
}

/// A recording that is here, as far as it matters for keeping it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "reasons that do not depend on each other")]
pub struct KeptRecording {
    /// The episode.
    pub id: EpisodeId,
    /// Its show.
    pub show: ShowId,
    /// Its size.
    pub bytes: u64,
    /// Since when it is here; `None`: from before that was kept.
    pub since: Option<UnixSeconds>,
    /// It counts as heard.
    pub heard: bool,
    /// Listening was begun and is not over.
    pub begun: bool,
    /// Starred by the user.
    pub starred: bool,
    /// In the queue.
    pub queued: bool,
    /// A snip was taken from it.
    pub snipped: bool,
    /// All that belongs to it was fetched for the way.
    pub complete: bool,
    /// Nobody asked for it.
    pub automatic: bool,
    /// How many recordings are kept of its show, where that is not as for all.
    pub keep: Option<u32>,
}

/// How much is kept; 0 everywhere for no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeepLimits {
    /// Most bytes of all recordings.
    pub bytes: u64,
    /// Most recordings of one show.
    pub per_show: u32,
    /// Most days.
    pub days: u32,
    /// Recordings go once they were heard.
    pub delete_heard: bool,
}

/// Seconds of a day.
const DAY: i64 = 24 * 3600;

impl KeptRecording {
    /// Whether it stays whatever the limits say: starred, in the queue, with a snip, begun; and one that
    /// was packed for the way until it was heard.
    fn stays(&self, playing: Option<EpisodeId>) -> bool {
        self.starred
            || self.queued
            || self.snipped
            || self.begun
            || playing == Some(self.id)
            || (self.complete && !self.heard)
    }

    /// What goes first: heard before unheard, unasked before asked for, old before new.
    fn rank(&self) -> (bool, bool, UnixSeconds, EpisodeId) {
        (!self.heard, !self.automatic, self.since.unwrap_or(0), self.id)
    }
}

impl KeepLimits {
    /// Whether there is any limit, were it of one show alone.
    #[must_use]
    pub fn is_any(&self, all: &[KeptRecording]) -> bool {
        *self != Self::default() || all.iter().any(|one| one.keep.is_some_and(|keep| keep > 0))
    }

    /// Which recordings go, the first ones first. What stays whatever the limits say counts against them
    /// all the same.
    #[must_use]
    pub fn what_goes(
        &self,
        all: &[KeptRecording],
        playing: Option<EpisodeId>,
        now: UnixSeconds,
    ) -> Vec<EpisodeId> {
        let mut ranked: Vec<&KeptRecording> = all.iter().collect();
        ranked.sort_by_key(|one| one.rank());
        let mut of_show: BTreeMap<ShowId, usize> = BTreeMap::new();
        let mut bytes = 0_u64;
        for one in all {
            *of_show.entry(one.show).or_default() += 1;
            bytes = bytes.saturating_add(one.bytes);
        }
        let mut gone = Vec::new();
        let mut go =
            |one: &KeptRecording, bytes: &mut u64, of_show: &mut BTreeMap<ShowId, usize>| {
                *bytes = bytes.saturating_sub(one.bytes);
                if let Some(count) = of_show.get_mut(&one.show) {
                    *count = count.saturating_sub(1);
                }
                gone.push(one.id);
            };
        ranked.retain(|one| !one.stays(playing));
        let oldest = now.saturating_sub(i64::from(self.days).saturating_mul(DAY));
        ranked.retain(|one| {
            let old = self.days > 0 && one.since.is_some_and(|since| since < oldest);
            let stays = !(old || self.delete_heard && one.heard);
            if !stays {
                go(one, &mut bytes, &mut of_show);
            }
            stays
        });
        ranked.retain(|one| {
            let most = usize::try_from(one.keep.unwrap_or(self.per_show)).unwrap_or(usize::MAX);
            let stays = most == 0 || of_show.get(&one.show).is_none_or(|count| *count <= most);
            if !stays {
                go(one, &mut bytes, &mut of_show);
            }
            stays
        });
        for one in ranked {
            if self.bytes == 0 || bytes <= self.bytes {
                break;
            }
            go(one, &mut bytes, &mut of_show);
        }
        gone
    }

    /// Which of the candidates may come by themselves without going over what may be kept: bytes that
    /// are here or on their way already, and room on the disk. Of unknown size counts as this much.
    #[must_use]
    pub fn what_comes(
        &self,
        candidates: &[Candidate],
        here: u64,
        room: Option<u64>,
    ) -> Vec<EpisodeId> {
        /// A talk of an hour and a half.
        const USUAL: u64 = 90 << 20;
        let mut left = room.unwrap_or(u64::MAX);
        if self.bytes > 0 {
            left = left.min(self.bytes.saturating_sub(here));
        }
        let fits = candidates.iter().filter(|candidate| {
            let size = candidate.claimed.filter(|size| *size > 0).unwrap_or(USUAL);
            let fits = size <= left;
            left = left.saturating_sub(if fits { size } else { 0 });
            fits
        });
        fits.map(|candidate| candidate.id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UnixSeconds = 100 * DAY;

    /// The one with the higher id came later.
    fn kept(id: i64) -> KeptRecording {
        KeptRecording {
            id: EpisodeId(id),
            show: ShowId(1),
            bytes: 10,
            since: Some(NOW - 50 * DAY + id * DAY),
            ..KeptRecording::default()
        }
    }

    fn goes(limits: KeepLimits, all: &[KeptRecording]) -> Vec<i64> {
        limits.what_goes(all, Some(EpisodeId(9)), NOW).into_iter().map(|id| id.0).collect()
    }

    #[test]
    fn without_limits_all_stays() {
        let heard = KeptRecording { heard: true, since: Some(0), ..kept(1) };
        assert!(goes(KeepLimits::default(), &[heard, kept(2)]).is_empty());
    }

    #[test]
    fn each_limit_takes_the_oldest_first() {
        let all = [kept(3), kept(1), kept(2)];
        let none = KeepLimits::default();
        for (limits, gone) in [
            (KeepLimits { bytes: 20, ..none }, &[1][..]),
            (KeepLimits { bytes: 5, ..none }, &[1, 2, 3]),
            (KeepLimits { per_show: 2, ..none }, &[1]),
            (KeepLimits { per_show: 3, ..none }, &[]),
            (KeepLimits { days: 48, ..none }, &[1]),
            (KeepLimits { days: 49, ..none }, &[]),
            (KeepLimits { delete_heard: true, ..none }, &[]),
            (KeepLimits { days: 48, per_show: 2, bytes: 20, ..none }, &[1]),
            (KeepLimits { days: 48, per_show: 1, bytes: 20, ..none }, &[1, 2]),
        ] {
            assert_eq!(goes(limits, &all), gone, "{limits:?}");
        }
    }

    #[test]
    fn heard_goes_before_unheard_and_unasked_before_asked_for() {
        let heard = KeptRecording { heard: true, ..kept(3) };
        let unasked = KeptRecording { automatic: true, ..kept(2) };
        let limits = |bytes| KeepLimits { bytes, ..KeepLimits::default() };
        let all = [kept(1), unasked, heard];
        assert_eq!(goes(limits(20), &all), [3]);
        assert_eq!(goes(limits(10), &all), [3, 2]);
        assert_eq!(goes(limits(1), &all), [3, 2, 1]);
    }

    #[test]
    fn what_the_listener_holds_on_to_stays_under_every_limit() {
        let limits = KeepLimits { bytes: 1, per_show: 1, days: 1, delete_heard: true };
        let heard = KeptRecording { heard: true, ..kept(1) };
        assert_eq!(goes(limits, std::slice::from_ref(&heard)), [1]);
        for stays in [
            KeptRecording { starred: true, ..heard.clone() },
            KeptRecording { queued: true, ..heard.clone() },
            KeptRecording { snipped: true, ..heard.clone() },
            KeptRecording { begun: true, ..kept(1) },
            KeptRecording { complete: true, ..kept(1) },
            KeptRecording { id: EpisodeId(9), ..heard.clone() },
        ] {
            assert!(goes(limits, std::slice::from_ref(&stays)).is_empty(), "{stays:?}");
        }
        let packed = KeptRecording { complete: true, ..heard };
        assert_eq!(goes(limits, &[packed]), [1], "what was packed goes once it was heard");
    }

    #[test]
    fn a_show_has_its_own_number() {
        let own = |id, keep| KeptRecording { keep: Some(keep), ..kept(id) };
        let two = KeepLimits { per_show: 2, ..KeepLimits::default() };
        assert_eq!(goes(two, &[own(1, 1), own(2, 1), own(3, 1)]), [1, 2]);
        assert!(goes(two, &[own(1, 0), own(2, 0), own(3, 0)]).is_empty(), "0 is no limit");
        assert!(KeepLimits::default().is_any(&[own(1, 1)]));
        assert!(!KeepLimits::default().is_any(&[own(1, 0), kept(2)]));
    }

    #[test]
    fn what_stays_counts_against_the_limits() {
        let starred = KeptRecording { starred: true, ..kept(1) };
        let limits = KeepLimits { per_show: 1, ..KeepLimits::default() };
        assert_eq!(goes(limits, &[starred, kept(2)]), [2]);
    }

    #[test]
    fn nothing_comes_by_itself_that_has_no_room() {
        let some = |id, claimed| Candidate { id: EpisodeId(id), claimed };
        let all = [some(1, Some(60)), some(2, Some(50)), some(3, Some(30)), some(4, None)];
        let comes = |bytes, here, room| {
            let limits = KeepLimits { bytes, ..KeepLimits::default() };
            limits.what_comes(&all, here, room).into_iter().map(|id| id.0).collect::<Vec<_>>()
        };
        assert_eq!(comes(0, 0, None), [1, 2, 3, 4]);
        assert_eq!(comes(100, 0, None), [1, 3]);
        assert_eq!(comes(100, 100, None), [0_i64; 0]);
        assert_eq!(comes(0, 0, Some(80)), [1]);
    }
}
