//! What a page says of itself in addresses: the picture that stands for it, the address it wants to be
//! known by.

use dom_query::Document as Tree;
use url::Url;

use super::canonical_url;
use super::facts::{Facts, Metas};
use super::{json_ld, offers};
use crate::text::faceless_host;

/// Where a page names its picture.
const PICTURES: [&str; 7] = [
    "og:image:secure_url",
    "og:image",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "thumbnailurl",
    "image",
];
/// Longer addresses are data.
const MAX_ADDRESS: usize = 2048;

/// The facts that are addresses, made whole against `base`. `address` is where the page was found.
pub(super) fn of(tree: &Tree, base: Option<&str>, address: Option<&Url>) -> Facts {
    let base = base.and_then(|base| Url::parse(base).ok());
    let metas = Metas::of(tree);
    Facts {
        lead_image: picture(tree, &metas, base.as_ref()),
        canonical: address.and_then(|address| canonical(tree, &metas, address)),
        offers: offers::of(tree, &metas, base.as_ref(), address),
        ..Facts::default()
    }
}

/// An address of the web, made whole.
pub(super) fn whole(written: &str, base: Option<&Url>) -> Option<String> {
    let written = written.trim();
    if written.is_empty() || written.len() > MAX_ADDRESS {
        return None;
    }
    let mut url = match base {
        Some(base) => base.join(written).ok()?,
        None => Url::parse(written).ok()?,
    };
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    // A name and a password in an address that a page gives out are never the reader's own.
    let is_bare = url.set_username("").is_ok() && url.set_password(None).is_ok();
    (is_web && is_bare).then(|| url.into())
}

fn picture(tree: &Tree, metas: &Metas, base: Option<&Url>) -> Option<String> {
    let named = metas.every(&PICTURES);
    let linked = tree.select_single("link[rel~=image_src]").attr("href");
    let described = json_ld::find(tree, |object| {
        json_ld::address_in(object.get("image")?, ["url", "contentUrl"])
    });
    named
        .chain(linked.map(|href| href.to_string()))
        .chain(described)
        .find_map(|written| whole(&written, base))
}

/// `rel=canonical`, else `og:url`, if it is on the same site and names a page: templates put the front
/// page there.
fn canonical(tree: &Tree, metas: &Metas, address: &Url) -> Option<String> {
    let linked = tree.select_single("link[rel~=canonical]").attr("href");
    let named = linked.map(|href| href.to_string()).into_iter().chain(metas.every(&["og:url"]));
    named.filter_map(|written| whole(&written, Some(address))).find_map(|written| {
        let found = Url::parse(&written).ok()?;
        let is_page = found.path().len() > 1 || address.path().len() <= 1;
        (same_site(&found, address) && is_page).then(|| canonical_url(&written))
    })
}

/// Whether two addresses are of one site, whichever face it shows.
fn same_site(one: &Url, other: &Url) -> bool {
    // Neighbours under one domain may be other people: `li.example.net`, `zhou.example.net`.
    faceless_host(one).is_some_and(|host| Some(host) == faceless_host(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(address: &str, head: &str) -> Facts {
        of(&Tree::from(head), Some(address), Url::parse(address).ok().as_ref())
    }

    #[test]
    fn the_picture_is_found_in_every_place_that_pages_put_it() {
        let image = |head: &str| facts("https://a.example/x/1", head).lead_image;
        let whole = Some("https://a.example/p.jpg");
        for head in [
            "<meta property=og:image content='/p.jpg'>",
            "<meta name=twitter:image content='//a.example/p.jpg'>",
            "<link rel=image_src href='../p.jpg'>",
            "<script type='application/ld+json'>{\"@type\":\"Article\",\"image\":[{\"url\":\
             \"https://me:secret@a.example/p.jpg\"}]}</script>",
        ] {
            assert_eq!(image(head).as_deref(), whole, "{head}");
        }
        assert_eq!(image("<meta property=og:image content='data:image/png;base64,A'>"), None);
    }

    #[test]
    fn a_page_is_known_by_the_address_it_names_on_its_own_site_only() {
        let page = "https://m.a.example/x/1?from=feed";
        let canonical =
            |href: &str| facts(page, &format!("<link rel=canonical href='{href}'>")).canonical;
        let named = canonical("https://www.a.example/x/1?utm_source=b").unwrap();
        assert_eq!(named, "https://www.a.example/x/1");
        assert_eq!(canonical("/x/1").as_deref(), Some("https://m.a.example/x/1"));
        assert_eq!(canonical("https://evil.example/x/1"), None);
        assert_eq!(canonical("https://www.a.example/"), None);
        assert_eq!(canonical("javascript:alert(1)"), None);
        let shared = "<meta property=og:url content='https://a.example/x/1'>";
        assert_eq!(facts(page, shared).canonical.as_deref(), Some("https://a.example/x/1"));
    }
}
