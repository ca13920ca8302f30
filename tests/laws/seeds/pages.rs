//! Feeds, subscription lists, pages.

pub(super) const FEEDS: [&str; 6] = [
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" \
     xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\" \
     xmlns:podcast=\"https://podcastindex.org/namespace/1.0\" \
     xmlns:psc=\"http://podlove.org/simple-chapters\" \
     xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
     xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel><title>晚风</title><link>https://a.example/</link>\
     <atom:link rel=\"next\" href=\"?p=2\"/><language>zh-cn</language><itunes:author>林晚</itunes:author>\
     <image><url>https://a.example/c.png</url></image><item><guid isPermaLink=\"false\">1</guid>\
     <title>一 &amp; 二</title><pubDate>Thu, 09 Jan 2025 08:00:00 +0800</pubDate>\
     <enclosure url=\"https://a.example/1.mp3\" length=\"123\" type=\"audio/mpeg\"/>\
     <itunes:duration>1:02:03</itunes:duration><itunes:episode>1</itunes:episode>\
     <content:encoded><![CDATA[<p>00:00 开场<br>02:20 正题</p>]]></content:encoded>\
     <podcast:chapters url=\"https://a.example/1.json\" type=\"application/json+chapters\"/>\
     <podcast:transcript url=\"https://a.example/1.srt\" type=\"application/srt\"/>\
     <podcast:soundbite startTime=\"73.0\" duration=\"60.0\">好</podcast:soundbite>\
     <podcast:person role=\"guest\">周南</podcast:person><psc:chapters version=\"1.2\">\
     <psc:chapter start=\"00:00:01.5\" title=\"开场\" href=\"https://a.example/\"/></psc:chapters>\
     </item></channel></rss>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title type=\"html\">&lt;b&gt;t&lt;/b&gt;</title>\
     <link href=\"/\"/><entry><id>tag:a,2025:1</id><title>一</title><updated>2025-01-09T08:00:00Z\
     </updated><link rel=\"enclosure\" href=\"1.m4a\" type=\"audio/mp4\" length=\"9\"/>\
     <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>好</p></div></content>\
     </entry></feed>",
    "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
     xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
     <channel rdf:about=\"a\"><title>t</title></channel><item rdf:about=\"https://a.example/1\">\
     <title>一</title><dc:date>2025-01-09</dc:date><description>&lt;p&gt;好</description></item></rdf:RDF>",
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"晚风\",\"items\":[{\"id\":1,\
     \"title\":\"一\",\"content_html\":\"<p>好</p>\",\"date_published\":\"2025-01-09T08:00:00Z\",\
     \"attachments\":[{\"url\":\"1.mp3\",\"mime_type\":\"audio/mpeg\",\"duration_in_seconds\":1e9}]}]}",
    "<!DOCTYPE rss [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><rss version=2.0><channel><title>&b;&nbsp;\
     </title><item><title>x</item><item><description><![CDATA[ <a href=x>]]</description></channel>",
    "<rss version='0.91'><channel><item><title>&#0;&#x1b;&#xD800;&amp;lt;</title><link>javascript:1</link>\
     </item></channel></rss>",
];

pub(super) const LISTS: [&str; 3] = [
    "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>我的</title></head><body>\
     <outline text=\"播客\"><outline text=\"晚风 &amp; 雨\" type=\"rss\" xmlUrl=\"https://a.example/f\"/>\
     </outline><outline title=\"b\" xmlUrl=\"feed://b.example/f\"/></body></opml>",
    "<opml><body><outline text='c' xmlurl='exec:rm'/><outline xmlUrl='https://c.example/?a=1&b=2'/>\
     <outline text='d' xmlUrl='welcome:show'></body>",
    "<opml version=\"1.0\"><body><outline text=\"&lt;b&gt;\u{202e}x\"><outline><outline text=\"/\" \
     xmlUrl=\" HTTPS://D.example \"/></outline></outline></body></opml>",
];

pub(super) const PAGES: [&str; 6] = [
    "<!DOCTYPE html><html lang=\"zh\"><head><meta charset=\"utf-8\"><title>慢的理由 - 晚风</title>\
     <meta property=\"og:title\" content=\"慢的理由\"><meta name=\"author\" content=\"林晚\">\
     <script type=\"application/ld+json\">{\"@type\":\"Article\",\"headline\":\"慢的理由\",\
     \"datePublished\":\"2025-01-09\",\"author\":[{\"name\":\"林晚\"}]}</script></head><body><nav>首页</nav>\
     <article><h1>慢的理由</h1><p>慢不是目的，而是为了看清楚一件事情的样子，我们常常忘了这一点。</p>\
     <p>第二段也要有足够多的字，才会被当作正文的一部分，所以这里再写一些。</p><ul><li>一<ol><li>二</ol></ul>\
     <blockquote>引<blockquote>再引</blockquote></blockquote><pre>a\n\tb</pre><figure><img src=\"1.png\" \
     data-src=\"2.png\"><figcaption>图</figcaption></figure></article><footer>©</footer></body></html>",
    "<p>a<br>b<wbr>c&shy;d&nbsp;e <b>f<i>g</b>h</i> <a href=\"?q=1#t=10\">00:10</a> <code>k</code></p>",
    "<table><thead><tr><th>甲<th>乙</thead><tr><td rowspan=2>1<td><p>x<p>y<tr><td colspan=3>z</table><hr>",
    "<div id=\"js_content\" style=\"visibility: hidden;\"><section><span>微信的文章正文写在这里，要写得长一点。\
     </span></section></div><h1 id=\"activity-name\">题</h1><script>var ct = \"1736380800\";</script>",
    "---\ntitle: t\n---\n# 一\n\n正文\n",
    "<svg><math><mi><style><img title=\"</style><script>1</script>\"></svg><template><p>x</template>\
     <iframe srcdoc=\"<p>\"></iframe><a href=\"javascript:1\">x</a><details><summary>s</summary>d</details>",
];

pub(super) const DIRECTORIES: [&str; 4] = [
    "{\"resultCount\":1,\"results\":[{\"collectionName\":\"晚风\",\"feedUrl\":\"https://a.example/f\"}]}",
    "{\"props\":{\"pageProps\":{\"podcast\":{\"pid\":\"0123456789abcdef01234567\",\"title\":\"晚风\",\
     \"author\":\"林晚\",\"episodes\":[{\"eid\":\"1\",\"title\":\"一\",\"duration\":3600,\"shownotes\":\"<p>好\",\
     \"pubDate\":\"2025-01-09T08:00:00.000Z\",\"enclosure\":{\"url\":\"https://a.example/1.m4a\"}}]}}}}",
    "<base href=\"/c/\"><link rel=\"alternate\" type=\"application/rss+xml\" title=\"晚风\" href=\"f.xml\">\
     <a href=\"/rss\">RSS</a>",
    "https://podcasts.apple.com/cn/podcast/x/id123456?i=1",
];
