//! Sizes, speeds and times of downloads.

use super::Tongue;

/// A size as people say it: `34 MB`, `1.2 GB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "KB")];
    match UNITS.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) if bytes / unit < 10 && unit > 1_000 => {
            format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit)
        }
        Some((unit, name)) => format!("{} {name}", bytes / unit),
        None => format!("{bytes} B"),
    }
}

/// How long it still takes: `还要 3 分钟`, `3 min left`.
#[must_use]
pub fn time_left(tongue: Tongue, seconds: u64) -> String {
    let (count, chinese, english) = match seconds {
        0..=89 => (seconds, "秒", "s"),
        90..=5_399 => (seconds.div_ceil(60), "分钟", "min"),
        _ => (seconds.div_ceil(3600), "小时", "h"),
    };
    match tongue {
        Tongue::Chinese => format!("还要 {count} {chinese}"),
        Tongue::English => format!("{count} {english} left"),
    }
}

/// What recordings take and what is free: `占 3.4 GB · 空 120 GB`.
#[must_use]
pub fn room(tongue: Tongue, taken: u64, free: Option<u64>) -> String {
    let (takes, left) = (tongue.pick("占", "takes"), tongue.pick("空余", "free"));
    let taken = format!("{takes} {}", size(taken));
    free.map_or(taken.clone(), |free| match tongue {
        Tongue::Chinese => format!("{taken} · {left} {}", size(free)),
        Tongue::English => format!("{taken} · {} {left}", size(free)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_times_are_short() {
        for (bytes, said) in [
            (0, "0 B"),
            (999, "999 B"),
            (34_567, "34 KB"),
            (1_234_567, "1.2 MB"),
            (34_567_890, "34 MB"),
            (9_960_000_000, "9.9 GB"),
            (120_000_000_000, "120 GB"),
        ] {
            assert_eq!(size(bytes), said);
        }
        assert_eq!(time_left(Tongue::Chinese, 61), "还要 61 秒");
        assert_eq!(time_left(Tongue::English, 121), "3 min left");
        assert_eq!(time_left(Tongue::English, 7_201), "3 h left");
        assert_eq!(
            room(Tongue::Chinese, 5_000_000, Some(2_000_000_000)),
            "占 5.0 MB · 空余 2.0 GB"
        );
    }
}
