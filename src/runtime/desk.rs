//! The library's thread: every read and write goes over one desk, in order, and is answered. Writes
//! that were put there before leaving are on disk when [`Desk::close`] returns.

use std::path::Path;
use std::sync::mpsc;
use std::thread::JoinHandle;

use super::Trouble;
use crate::store::{Store, StoreError};

type Job = Box<dyn FnOnce(&Store) + Send>;

/// Hands work to the library's thread. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Desk {
    jobs: mpsc::Sender<Job>,
}

impl Desk {
    /// Opens the library and starts its thread. The handle ends once every desk is gone.
    ///
    /// # Errors
    /// When the library cannot be opened; nothing is overwritten then.
    pub fn open(path: &Path) -> Result<(Self, JoinHandle<()>), Trouble> {
        let store = Store::open(path)?;
        let (jobs, inbox) = mpsc::channel::<Job>();
        let thread = std::thread::Builder::new()
            .name("library".into())
            .spawn(move || {
                for job in inbox {
                    job(&store);
                }
            })
            .map_err(|err| Trouble::doing("starting the library's thread", &err))?;
        Ok((Self { jobs }, thread))
    }

    /// Puts work on the desk without waiting for an answer; failures go to the log.
    pub fn post(&self, work: impl FnOnce(&Store) -> Result<(), StoreError> + Send + 'static) {
        let job: Job = Box::new(move |store| {
            if let Err(err) = work(store) {
                tracing::error!("writing to the library: {err}");
            }
        });
        if self.jobs.send(job).is_err() {
            tracing::error!("the library's thread has ended");
        }
    }

    /// Does work on the library's thread and waits for the answer.
    ///
    /// # Errors
    /// What the work failed with.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let job: Job = Box::new(move |store| {
            // Nobody may be waiting any more; that is fine.
            let _ = answer.send(work(store));
        });
        self.jobs.send(job).map_err(|_| gone())?;
        Ok(answered.await.map_err(|_| gone())??)
    }

    /// The same for threads without an executor.
    ///
    /// # Errors
    /// What the work failed with.
    pub fn ask_now<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, Trouble> {
        let (answer, answered) = mpsc::channel();
        let job: Job = Box::new(move |store| {
            let _ = answer.send(work(store));
        });
        self.jobs.send(job).map_err(|_| gone())?;
        Ok(answered.recv().map_err(|_| gone())??)
    }
}

fn gone() -> Trouble {
    Trouble::new("the library's thread has ended: start latetalk again")
}
