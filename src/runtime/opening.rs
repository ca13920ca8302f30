//! `latetalk FILE|URL`: what to open the screen on.

use super::source::{self, file_url};
use super::{Services, Trouble, import_text, subscribe};
use crate::fetch::Accept;
use crate::kind::Kind;
use crate::model::{EpisodeId, Note, ShowId};

/// What the screen opens on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// An episode: an imported note, a local recording.
    Episode(EpisodeId),
    /// A show that was subscribed.
    Show(ShowId),
    /// A page, or a file that is read as one.
    Article(String),
}

impl Opening {
    /// Says at once if `source` is a file that is not there, before the screen opens.
    ///
    /// # Errors
    /// A sentence that names the file.
    pub fn check(source: &str) -> Result<(), Trouble> {
        if source::as_url(source).is_some() || source == "-" {
            return Ok(());
        }
        let path = source::path_of(source);
        std::fs::metadata(&path)
            .map(|_| ())
            .map_err(|err| Trouble::doing(&format!("opening {}", path.display()), &err))
    }

    /// Looks at what the user named, and takes it into the library where it belongs there.
    ///
    /// # Errors
    /// A sentence that says why it cannot be opened.
    pub async fn find(services: &Services, source: &str) -> Result<Self, Trouble> {
        if source::as_url(source).is_none() && !source.starts_with("file:") {
            let path = std::path::Path::new(source);
            if is_recording(path) {
                return local_recording(services, path).await;
            }
        }
        let fetched = source::read_source(services, source, Accept::Page).await?;
        match crate::kind::of(&fetched.bytes, Some(&fetched.url), fetched.mime.as_deref()) {
            Kind::SnipdNote => {
                let text = crate::text::decode(&fetched.bytes, None).text;
                let imported = import_text(services, text).await?;
                let first = imported.about.first().copied();
                let none = || Trouble::new(format!("{source} holds no episode"));
                Ok(Self::Episode(first.ok_or_else(none)?))
            }
            Kind::Feed | Kind::Opml => {
                let added = subscribe(services, source).await?;
                let first = added.first().map(|added| added.id);
                let none = || Trouble::new(format!("{source} names no feed"));
                Ok(Self::Show(first.ok_or_else(none)?))
            }
            Kind::Unknown | Kind::Video => {
                Err(Trouble::new(format!("{source} is nothing that can be read or played here")))
            }
            _ => Ok(Self::Article(fetched.url)),
        }
    }
}

/// Whether a local file is a recording, told by its first bytes.
fn is_recording(path: &std::path::Path) -> bool {
    use std::io::Read;
    let mut head = Vec::new();
    let read =
        std::fs::File::open(path).and_then(|file| file.take(64 << 10).read_to_end(&mut head));
    let name = path.to_string_lossy();
    read.is_ok() && crate::kind::of(&head, Some(&name), None) == Kind::Audio
}

/// A local recording as an episode of the library, so that its position and snips are kept.
async fn local_recording(services: &Services, path: &std::path::Path) -> Result<Opening, Trouble> {
    let url = file_url(path);
    let title = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let note = Note {
        title: crate::text::clean_line(&title.unwrap_or_default()),
        show: Some("本机文件 Local files".to_owned()),
        enclosure: Some(url),
        ..Note::default()
    };
    let work = move |store: &crate::store::Store| store.import_note(&note, super::services::now());
    let taken = services.desk.ask(work).await?;
    Ok(Opening::Episode(taken.episode))
}
