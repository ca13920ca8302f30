//! Pictures of texts: from the disk where they were looked at before, else from the network.

use std::collections::BTreeSet;

use futures_util::StreamExt;

use super::picture_store::PictureStore;
use super::source::path_of;
use super::{Services, Trouble};
use crate::fetch::{Accept, Request, Trust};
use crate::kind::{self, Kind};
use crate::text::{BlockKind, Document};

/// Most bytes of one picture.
const LARGEST: u64 = 8 << 20;

/// Pictures that are asked for at once.
pub(crate) const AT_ONCE: usize = 3;

/// What was kept of the pictures of a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// How many are on the disk now, those that were there before included.
    pub pictures: usize,
    /// Their bytes together.
    pub bytes: u64,
    /// Why others are not, a sentence each.
    pub failed: Vec<String>,
}

/// Keeps all pictures of a text on the disk, for reading without a network. `from` is the address of
/// the page (or the feed) that the text is of.
///
/// # Errors
/// Never for a single picture: those are told of in [`Kept::failed`]. When the disk cannot be written.
pub async fn keep_pictures(
    services: &Services,
    document: &Document,
    from: &str,
) -> Result<Kept, Trouble> {
    // Owned: a stream of borrowed ones could not be spawned.
    let addresses: BTreeSet<String> = document
        .blocks
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::Image { src, .. } if is_web(src) => Some(src.clone()),
            _ => None,
        })
        .collect();
    let found = futures_util::stream::iter(addresses)
        .map(|src| async move { found(services, &src, Some(from)).await })
        .buffer_unordered(AT_ONCE);
    let found: Vec<Result<Found, Trouble>> = found.collect().await;
    let mut kept = Kept::default();
    for picture in found {
        match picture {
            Ok(Found { unkept: Some(why), .. }) => return Err(why),
            Ok(Found { bytes, .. }) => {
                kept.pictures += 1;
                kept.bytes += bytes.len() as u64;
            }
            Err(why) => kept.failed.push(why.to_string()),
        }
    }
    Ok(kept)
}

/// The file of a picture that stands in a text, not yet decoded. `from` is the address of the page (or
/// the feed) that the text is of; what it names may lead where its host may lead.
///
/// # Errors
/// A sentence that says why it is not there.
pub(crate) async fn picture(
    services: &Services,
    src: &str,
    from: Option<&str>,
) -> Result<Vec<u8>, Trouble> {
    if !is_web(src) {
        return local(src, from).await;
    }
    let found = found(services, src, from).await?;
    if let Some(why) = &found.unkept {
        // It can be seen all the same.
        tracing::warn!("{why}");
    }
    Ok(found.bytes)
}

/// A picture of the web.
struct Found {
    bytes: Vec<u8>,
    /// Why it could not be kept.
    unkept: Option<Trouble>,
}

async fn found(services: &Services, src: &str, from: Option<&str>) -> Result<Found, Trouble> {
    let store = store_of(services);
    let (kept, url) = (store.clone(), src.to_owned());
    if let Some(bytes) = blocking(move || kept.get(&url)).await? {
        return Ok(Found { bytes, unkept: None });
    }
    let request = Request {
        url: src.to_owned(),
        accept: Accept::Picture,
        etag: None,
        last_modified: None,
        limit: LARGEST,
        trust: Trust::FromContent { of: from.map(str::to_owned) },
    };
    let reply = services.client.get(request).await?;
    let (found, claimed) = (reply.final_url, reply.content_type);
    if kind::of(&reply.body, Some(&found), claimed.as_deref()) != Kind::Image {
        return Err(Trouble::new(format!("{src} is not a picture")));
    }
    let (url, bytes) = (src.to_owned(), reply.body);
    blocking(move || {
        let unkept = store.put(&url, &bytes).err();
        Found { bytes, unkept }
    })
    .await
}

/// The pictures on the disk of these services.
pub(crate) fn store_of(services: &Services) -> PictureStore {
    let most = u64::from(services.settings.library.pictures_mb) << 20;
    PictureStore::new(&services.places.pictures, most)
}

fn is_web(src: &str) -> bool {
    src.starts_with("http://") || src.starts_with("https://")
}

/// A file beside a text on this machine.
async fn local(src: &str, from: Option<&str>) -> Result<Vec<u8>, Trouble> {
    if !src.starts_with("file:") || !from.is_some_and(|from| from.starts_with("file:")) {
        let what = crate::text::clean_line(src);
        return Err(Trouble::new(format!("{what} is not an address of a picture")));
    }
    let path = path_of(src);
    blocking(move || {
        let failed = |err: &std::io::Error| {
            Trouble::doing(&format!("reading the picture {}", path.display()), err)
        };
        let about = std::fs::metadata(&path).map_err(|err| failed(&err))?;
        // What is no plain file may never end.
        if !about.is_file() || about.len() > LARGEST {
            let shown = path.display();
            return Err(Trouble::new(format!(
                "{shown} is no file of at most {} MB",
                LARGEST >> 20
            )));
        }
        std::fs::read(&path).map_err(|err| failed(&err))
    })
    .await?
}

/// Does work that blocks.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Trouble> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|err| Trouble::doing("reading a picture", &err))
}
