//! What stays on the disk: records, new versions, whole files, removal.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};
use std::time::Instant;

use super::error::DownloadError;
use super::job::Job;
use super::names::{Names, suggested};
use super::part::open_part;
use super::place::Kept;
use super::record::Record;
use super::recording::{Inside, Phase, Recording};
use super::sniff::{ENOUGH, Looks, look};

impl Recording {
    /// Writes down what is there. The bytes reach the disk before the record that claims them.
    pub(super) async fn checkpoint(self: &Arc<Self>) -> Result<(), DownloadError> {
        let (file, record, version) = {
            let mut inside = self.lock();
            if inside.unsaved == 0 || inside.removed {
                return Ok(());
            }
            inside.unsaved = 0;
            inside.saved = Instant::now();
            let file = inside.file.as_ref().and_then(|file| file.try_clone().ok());
            (file, inside.record.clone(), inside.version)
        };
        let recording = Arc::clone(self);
        off_the_runtime(move || {
            let path = recording.names.record();
            let failed = |why: &std::io::Error| DownloadError::disk("write", &path, why);
            if let Some(file) = file {
                file.sync_data().map_err(|why| failed(&why))?;
            }
            recording.save(&record, version)
        })
        .await
    }

    fn save(&self, record: &Record, version: u64) -> Result<(), DownloadError> {
        let path = self.names.record();
        let disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let stale = {
            let inside = self.lock();
            inside.removed || inside.version != version || matches!(inside.phase, Phase::Whole(..))
        };
        let saved = if stale { Ok(()) } else { record.save(&path) };
        drop(disk);
        saved.map_err(|why| DownloadError::disk("write", &path, &why))
    }

    /// Drops all bytes for another version of the file, which gets a part file of its own: a stream that
    /// still reads the old one reads no byte of the new. Returns the new version's number.
    pub(super) fn start_again(&self) -> Result<u64, DownloadError> {
        let _disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut inside = self.lock();
        if inside.removed {
            return Err(DownloadError::Cancelled);
        }
        remove_file(&self.names.record())?;
        remove_file(&self.names.part())?;
        remove_file(self.names.memo().path())?;
        inside.file = None;
        inside.version += 1;
        inside.record = Record::new(&self.job.url);
        inside.wanted = None;
        inside.answered = false;
        inside.unsaved = 0;
        inside.file = Some(open_part(&self.names)?);
        let version = inside.version;
        drop(inside);
        self.announce();
        Ok(version)
    }

    /// Makes the part file the whole file: checked, on the disk, and under its own name at once.
    pub(super) async fn promote(self: &Arc<Self>) -> Result<(), DownloadError> {
        let recording = Arc::clone(self);
        off_the_runtime(move || recording.promote_now()).await
    }

    fn promote_now(&self) -> Result<(), DownloadError> {
        let part = self.names.part();
        let failed = |why: &std::io::Error| DownloadError::disk("finish", &part, why);
        let _disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let (file, total) = {
            let inside = self.lock();
            let file = inside.file.as_ref().and_then(|file| file.try_clone().ok());
            (file, inside.record.total)
        };
        let (Some(file), Some(total)) = (file, total) else {
            return Err(DownloadError::Cancelled);
        };
        let length = file.metadata().map_err(|why| failed(&why))?.len();
        if length != total {
            file.set_len(total).map_err(|why| failed(&why))?;
        }
        file.sync_all().map_err(|why| failed(&why))?;
        let suffix = self.suffix(&part)?;
        if self.lock().removed {
            return Err(DownloadError::Cancelled);
        }
        let whole = self.names.stand(&self.job, suffix, total)?;
        let mut inside = self.lock();
        fs::rename(&part, &whole).map_err(|why| failed(&why))?;
        inside.phase = Phase::Whole(whole, total);
        inside.file = None;
        inside.unsaved = 0;
        drop(inside);
        // A record without its part file says nothing to anybody.
        if let Err(error) = remove_file(&self.names.record()) {
            tracing::warn!(%error, "record left behind");
        }
        self.announce();
        if let Err(why) = File::open(self.names.folder()).and_then(|folder| folder.sync_all()) {
            tracing::debug!(%why, "folder not synced");
        }
        Ok(())
    }

    /// The suffix by content, else by hint. The start of the file is looked at again: it may have come
    /// in the middle of an answer.
    fn suffix(&self, part: &Path) -> Result<&'static str, DownloadError> {
        let mut first = Vec::new();
        File::open(part)
            .and_then(|file| file.take(ENOUGH as u64).read_to_end(&mut first))
            .map_err(|why| DownloadError::disk("read", part, &why))?;
        let hint = suggested(self.job.mime.as_deref(), &self.job.url);
        match look(&first) {
            // Audio in an MP4 of no particular brand.
            Looks::Media("mp4") => Ok(hint
                .filter(|hint| matches!(*hint, "m4a" | "m4b" | "mov" | "m4v"))
                .unwrap_or("mp4")),
            Looks::Media(suffix) => Ok(suffix),
            Looks::Binary => Ok(hint.unwrap_or("audio")),
            Looks::Text(what) => Err(DownloadError::NotAudio { url: self.shown(), what }),
        }
    }

    /// Ends the filler with an error. A recording of which nothing came leaves no file.
    pub(super) fn fail(&self, error: DownloadError) {
        let _disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut inside = self.lock();
        if !inside.removed {
            tracing::warn!(%error, "recording not filled");
            self.drop_empty(&mut inside);
            inside.phase = Phase::Failed(error);
            inside.failures += 1;
        }
        drop(inside);
        self.announce();
    }

    /// Removes the files of a recording of which nothing is there.
    pub(super) fn drop_empty(&self, inside: &mut Inside) {
        if inside.record.have.covered() > 0 || inside.file.take().is_none() {
            return;
        }
        let gone = remove_file(&self.names.part()).and_then(|()| remove_file(&self.names.record()));
        if let Err(error) = gone.and_then(|()| remove_file(self.names.memo().path())) {
            tracing::warn!(%error, "empty file left behind");
        }
    }

    /// Removes everything, whoever is at it; streams end with an error.
    pub(super) fn remove(&self) -> Result<(), DownloadError> {
        let _disk = self.disk.lock().unwrap_or_else(PoisonError::into_inner);
        let mut inside = self.lock();
        inside.removed = true;
        inside.version += 1;
        inside.file = None;
        inside.phase = Phase::Failed(DownloadError::Cancelled);
        inside.failures += 1;
        drop(inside);
        self.announce();
        self.attention.notify_one();
        remove_file(&self.names.part())?;
        remove_file(&self.names.record())
    }
}

impl Drop for Recording {
    /// Leaves nothing behind of a recording that never began, and the record of one that was
    /// interrupted by the end of the program.
    fn drop(&mut self) {
        let inside = self.lock();
        // Without the locked file it is whole, removed, or somebody else's by now.
        if inside.file.is_none() || matches!(inside.phase, Phase::Whole(..)) {
            return;
        }
        let outcome = if inside.record.have.covered() == 0 {
            remove_file(&self.names.part()).and_then(|()| remove_file(&self.names.record()))
        } else if inside.unsaved > 0 {
            let path = self.names.record();
            inside.record.save(&path).map_err(|why| DownloadError::disk("write", &path, &why))
        } else {
            Ok(())
        };
        if let Err(error) = outcome {
            tracing::warn!(%error, "record not kept");
        }
    }
}

impl Names {
    /// Takes the name under which a recording of so many bytes is to stand. What says so is written
    /// first: until the file is there, it is not believed.
    pub(super) fn stand(
        &self,
        job: &Job,
        suffix: &str,
        bytes: u64,
    ) -> Result<PathBuf, DownloadError> {
        let before = Kept::read(&self.kept());
        let Some(place) = &job.place else {
            remove_file(&self.kept())?;
            return Ok(self.whole(suffix));
        };
        let path = place.take(self.folder(), suffix, before.as_ref())?;
        let file = path.strip_prefix(self.folder()).ok().and_then(Path::to_str);
        let Some(file) = file else { return Ok(self.whole(suffix)) };
        Kept::new(file.to_owned(), bytes, &job.url).save(&self.kept())?;
        Ok(path)
    }

    /// Removes the whole file, and its folder with the last one.
    pub(super) fn remove_whole(&self) -> Result<(), DownloadError> {
        if let Some(kept) = Kept::read(&self.kept()) {
            let path = self.folder().join(&kept.file);
            remove_file(&path)?;
            if let Some(folder) = path.parent().filter(|folder| *folder != self.folder()) {
                // Only an empty folder can be removed so.
                let _ = fs::remove_dir(folder);
            }
        }
        remove_file(&self.kept())?;
        self.wholes().try_for_each(|path| remove_file(&path))
    }
}

/// Removes a file; one that is not there is fine.
pub(super) fn remove_file(path: &Path) -> Result<(), DownloadError> {
    match fs::remove_file(path) {
        Err(why) if why.kind() != std::io::ErrorKind::NotFound => {
            Err(DownloadError::disk("remove", path, &why))
        }
        _ => Ok(()),
    }
}

/// Runs work that waits for the disk where it holds up nobody.
async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, DownloadError> + Send + 'static,
) -> Result<T, DownloadError> {
    // The task only fails to finish when the program ends.
    tokio::task::spawn_blocking(work).await.unwrap_or(Err(DownloadError::Cancelled))
}
