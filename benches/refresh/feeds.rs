//! Makes feeds: shows that talk for hours, with notes as such shows have them.

use std::fmt::Write;

/// Where the number of the feed goes.
const HERE: &str = "@@";

/// A feed with `items` episodes, to be filled in for each show with [`of_show`].
pub(crate) fn template(items: usize) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\n\
         <title>灯塔夜谈 {HERE}</title><link>https://tower.example/{HERE}</link>\
         <description>每周一次的长谈：船、潮水和守灯的人。</description>\
         <language>zh-cn</language><itunes:author>林一、周远</itunes:author>\
         <itunes:image href=\"https://tower.example/{HERE}/cover.jpg\"/>\n"
    );
    (0..items).rev().for_each(|item| episode(&mut out, item));
    out.push_str("</channel></rss>\n");
    out
}

/// One more episode at the top of a feed.
pub(crate) fn with_one_more(template: &str, items: usize) -> String {
    let mut fresh = String::new();
    episode(&mut fresh, items);
    template.replacen("<item>", &format!("{fresh}<item>"), 1)
}

/// The feed of one show.
pub(crate) fn of_show(template: &str, show: usize) -> String {
    template.replace(HERE, &show.to_string())
}

fn episode(out: &mut String, item: usize) {
    let (day, month, year) = (1 + item % 28, item / 28 % 12, 2000 + item / 336);
    let months =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.get(month).copied().unwrap_or("Jan");
    let _ = write!(
        out,
        "<item><title>第 {item} 期 守灯人手记：a long conversation</title>\
         <guid isPermaLink=\"false\">tower-{HERE}-{item}</guid>\
         <link>https://tower.example/{HERE}/{item}</link>\
         <pubDate>{day:02} {month} {year} 08:00:00 +0800</pubDate>\
         <itunes:duration>1:47:{:02}</itunes:duration><itunes:episode>{item}</itunes:episode>\
         <enclosure url=\"https://media.tower.example/{HERE}/{item}.mp3\" type=\"audio/mpeg\" \
         length=\"10{item:06}\"/><content:encoded><![CDATA[",
        item % 60
    );
    for part in 0..6 {
        let minute = part * 17 + item % 7;
        let _ = writeln!(
            out,
            "<p>{minute:02}:{:02} 第 {part} 段：潮水退下去以后，礁石间的水洼里还留着昨夜的鱼。\
             守灯的人说，灯不是给看得见的船点的。We talk about lenses, tides and \
             <a href=\"https://tower.example/read/{item}-{part}\">the keeper's log of {item}</a> \
             &amp; more.</p>",
            item % 60
        );
    }
    out.push_str("]]></content:encoded></item>\n");
}
