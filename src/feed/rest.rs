//! How long a feed asks to be left alone: `ttl` of RSS, `sy:updatePeriod` of RSS 1.0.

use super::element::Element;

/// Seconds between two changes, as the head of a feed tells them; the longer one where it tells two.
pub(super) fn rest(head: &Element) -> Option<u64> {
    ttl(head).max(period(head))
}

/// `ttl` is in minutes (RSS 2.0).
fn ttl(head: &Element) -> Option<u64> {
    let minutes: u64 = head.child("ttl")?.text().trim().parse().ok()?;
    minutes.checked_mul(60).filter(|seconds| *seconds > 0)
}

/// `updatePeriod` is cut into `updateFrequency` parts (purl.org/rss/1.0/modules/syndication).
fn period(head: &Element) -> Option<u64> {
    let period: u64 = match head.child("sy:updateperiod")?.text().trim().to_lowercase().as_str() {
        "hourly" => 3600,
        "daily" => 86_400,
        "weekly" => 7 * 86_400,
        "monthly" => 30 * 86_400,
        "yearly" => 365 * 86_400,
        _ => return None,
    };
    let times = head.child("sy:updatefrequency").and_then(|times| times.text().trim().parse().ok());
    Some(period / times.filter(|times| *times > 0).unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use crate::feed::parse;

    fn rest(head: &str) -> Option<u64> {
        let feed = format!(
            "<rss xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\"><channel>{head}\
             <title>x</title><item><title>y</title></item></channel></rss>"
        );
        parse(feed.as_bytes(), None, None).expect("a feed").rest_s
    }

    #[test]
    fn a_feed_says_how_often_it_changes() {
        for (head, seconds) in [
            ("", None),
            ("<ttl>60</ttl>", Some(3600)),
            ("<ttl> 0 </ttl>", None),
            ("<ttl>99999999999999999999</ttl>", None),
            ("<ttl>18446744073709551615</ttl>", None),
            ("<sy:updatePeriod>\n hourly </sy:updatePeriod>", Some(3600)),
            (
                "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
                Some(21_600),
            ),
            (
                "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
                Some(86_400),
            ),
            ("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>120</ttl>", Some(7200)),
            ("<sy:updatePeriod>sometimes</sy:updatePeriod>", None),
        ] {
            assert_eq!(rest(head), seconds, "{head}");
        }
    }
}
