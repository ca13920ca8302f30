//! One name for a page with several addresses: over `http` and `https`, for telephones, as AMP.

use url::{Host, Url};

use super::canonical_url;

/// Parts of a host's name under which a site shows itself to other screens.
const FACES: [&str; 7] = ["www", "m", "amp", "mobile", "wap", "3g", "touch"];
/// Caches of AMP pages: what stands before the address of the page itself.
const CACHES: [&str; 4] = ["/c/s/", "/v/s/", "/c/", "/amp/s/"];
/// What servers show where a path ends with `/`.
const INDEXES: [&str; 4] = ["/index.html", "/index.htm", "/index.php", "/index.shtml"];

/// The name of the page at a web address; `None` for other addresses. Two addresses with one name are
/// taken for one page where there is a copy under either of them. It is no address.
#[must_use]
pub fn page_name(address: &str) -> Option<String> {
    let url = Url::parse(&canonical_url(address)).ok()?;
    let url = out_of_cache(&url).unwrap_or(url);
    let host = faceless_host(&url)?;
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query: Vec<&str> = url
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !matches!(*pair, "" | "amp" | "amp=1" | "amp=true" | "outputType=amp"))
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    Some(format!("{host}{port}{}{mark}{}", plain_path(url.path()), query.join("&")))
}

/// The name of the host of a web address without the parts that say for which screen it is; `None` for
/// other addresses.
#[must_use]
pub fn faceless_host(url: &Url) -> Option<String> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    let Host::Domain(name) = url.host()? else { return url.host_str().map(str::to_owned) };
    let name = name.to_ascii_lowercase();
    let parts: Vec<&str> = name.trim_end_matches('.').split('.').collect();
    // The last two are the site's own: `m.example` is no face of `example`.
    let own = parts.len().saturating_sub(2);
    let kept = parts.iter().enumerate().filter(|(at, part)| *at >= own || !FACES.contains(part));
    Some(kept.map(|(_, part)| *part).collect::<Vec<_>>().join("."))
}

fn plain_path(path: &str) -> &str {
    let path = path.strip_prefix("/amp/").and_then(|_| path.get(4..)).unwrap_or(path);
    let path = INDEXES.iter().find_map(|index| path.strip_suffix(index)).unwrap_or(path);
    let path = path.trim_end_matches('/');
    path.strip_suffix("/amp").or_else(|| path.strip_suffix(".amp")).unwrap_or(path)
}

/// The address of a page whose copy a cache for AMP shows: `a-example.cdn.ampproject.org/c/s/a.example/x`.
fn out_of_cache(url: &Url) -> Option<Url> {
    let host = url.host_str()?;
    if !host.ends_with(".cdn.ampproject.org") && !matches!(host, "www.google.com" | "google.com") {
        return None;
    }
    let rest = CACHES.iter().find_map(|before| url.path().strip_prefix(before))?;
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let inner = Url::parse(&format!("https://{rest}{query}")).ok()?;
    inner.host_str().is_some_and(|host| host.contains('.')).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_page_have_one_name() {
        for address in [
            "https://a.example.org/x",
            "http://a.example.org/x/",
            "https://www.a.example.org/x?utm_source=b#top",
            "https://m.a.example.org/x",
            "https://a.m.example.org/x",
            "https://amp.a.example.org/x/amp/",
            "https://a.example.org/x.amp",
            "https://a.example.org/amp/x",
            "https://a.example.org/x?amp=1",
            "https://a.example.org/x/index.html",
            "https://a-example-org.cdn.ampproject.org/c/s/a.example.org/x?amp=1",
            "https://www.google.com/amp/s/a.example.org/x",
        ] {
            assert_eq!(page_name(address).as_deref(), Some("a.example.org/x"), "{address}");
        }
    }

    #[test]
    fn addresses_of_different_pages_have_different_names() {
        let names = [
            "https://a.example.org/x",
            "https://b.example.org/x",
            "https://example.org/x",
            "https://a.example.org/X",
            "https://a.example.org/x?id=1",
            "https://a.example.org/x?id=2",
            "https://a.example.org:8080/x",
            "https://a.example.org/xamp",
            "https://m.example/x",
            "https://example/x",
            "http://127.0.0.1/x",
        ]
        .map(page_name);
        for (at, name) in names.iter().enumerate() {
            assert!(name.is_some());
            assert!(!names.iter().skip(at + 1).any(|other| other == name), "{name:?}");
        }
        for address in ["file:///a", "mailto:a@b.example", "", "https://"] {
            assert_eq!(page_name(address), None, "{address}");
        }
    }
}
