//! A sound device that is not there: looked for again and again for a while, then given up.

use std::time::{Duration, Instant};

/// How long a device is looked for that was never there.
const PATIENCE: Duration = Duration::from_secs(3);
/// The same for one that was lost: long enough for a sound server to start again.
const PATIENCE_AFTER_LOSS: Duration = Duration::from_secs(8);
/// How often it is looked for.
const LOOK: Duration = Duration::from_millis(500);

/// Since when there is no device, when it was last looked for, and why it is not there.
#[derive(Debug, Default)]
pub(super) struct Device {
    missing: Option<(Instant, Instant, String)>,
    /// There was one.
    known: bool,
    /// It went away while it played, and nothing has played since.
    pub(super) lost: bool,
}

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Nothing.
    Nothing,
    /// Look for it.
    Look,
    /// Give up, because of this.
    GiveUp(String),
}

impl Device {
    /// It is there; whether it was not before.
    pub(super) fn came(&mut self) -> bool {
        self.known = true;
        self.missing.take().is_some()
    }

    /// It is not there.
    pub(super) fn went(&mut self, why: String, now: Instant) {
        let since = self.missing.as_ref().map_or(now, |(since, ..)| *since);
        self.missing = Some((since, now, why));
    }

    /// How long there is nothing to do, if there is anything.
    pub(super) fn pause(&self) -> Option<Duration> {
        self.missing.as_ref().map(|_| LOOK)
    }

    /// What is to be done at this moment.
    pub(super) fn next(&mut self, now: Instant) -> Next {
        let Some((since, looked, why)) = &mut self.missing else { return Next::Nothing };
        let patience = if self.known { PATIENCE_AFTER_LOSS } else { PATIENCE };
        if now.duration_since(*since) >= patience {
            return Next::GiveUp(why.clone());
        }
        if now.duration_since(*looked) < LOOK {
            return Next::Nothing;
        }
        *looked = now;
        Next::Look
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_looked_for_and_given_up_after_a_while() {
        let (mut device, start) = (Device::default(), Instant::now());
        let at = |ms| start + Duration::from_millis(ms);
        assert_eq!(device.next(start), Next::Nothing);
        device.went("unplugged".into(), start);
        assert_eq!(device.next(at(400)), Next::Nothing);
        assert_eq!(device.next(at(600)), Next::Look);
        assert_eq!(device.next(at(700)), Next::Nothing);
        device.went("still unplugged".into(), at(2000));
        assert_eq!(device.pause(), Some(LOOK));
        assert_eq!(device.next(at(3000)), Next::GiveUp("still unplugged".into()));
        assert!(device.came() && !device.came());
        assert_eq!((device.next(at(9000)), device.pause()), (Next::Nothing, None));
        device.went("the server died".into(), at(10_000));
        assert_eq!(device.next(at(17_000)), Next::Look);
        assert_eq!(device.next(at(18_000)), Next::GiveUp("the server died".into()));
    }
}
