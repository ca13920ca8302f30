//! Names and passwords of private feeds, kept beside the library in a file that only its owner reads.
//! The library, exports and logs hold addresses without them.
//!
//! A keyring is not used: the ones of Linux need a session bus, which a terminal often lacks, and may
//! ask in a window that nobody sees.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::{Places, Services, Trouble};
use crate::fetch::Login;

/// Largest file that is read.
const LARGEST: u64 = 4 << 20;

/// Only one at a time changes the file.
static CHANGING: Mutex<()> = Mutex::new(());

/// The logins that are kept in this home; a file that cannot be read is told in the log.
#[must_use]
pub(crate) fn kept(places: &Places) -> Vec<Login> {
    let path = file(places);
    match read(&path) {
        Ok(logins) => logins,
        Err(why) => {
            tracing::error!("{why}");
            Vec::new()
        }
    }
}

/// Takes name and password out of an address, keeps them, and returns the bare address.
///
/// # Errors
/// A sentence, when they cannot be kept.
pub(crate) fn take_out(services: &Services, address: &str) -> Result<String, Trouble> {
    let (bare, login) = Login::split(address);
    match login {
        Some(login) => keep(services, login).map(|()| bare),
        None => Ok(bare),
    }
}

/// Keeps a login and uses it from now on.
///
/// # Errors
/// A sentence, when it cannot be written.
pub fn keep(services: &Services, login: Login) -> Result<(), Trouble> {
    let path = file(&services.places);
    let changing = CHANGING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut logins = read(&path)?;
    services.client.log_in(login.clone());
    if !logins.contains(&login) {
        logins.retain(|known| known.address != login.address);
        logins.push(login);
        write(&path, &logins)?;
    }
    drop(changing);
    Ok(())
}

fn file(places: &Places) -> PathBuf {
    places.library.with_file_name("logins.json")
}

fn read(path: &Path) -> Result<Vec<Login>, Trouble> {
    let doing = || format!("reading the passwords in {}", path.display());
    let about = match std::fs::metadata(path) {
        Ok(about) => about,
        Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(err) => return Err(Trouble::doing(&doing(), &err)),
    };
    if about.len() > LARGEST {
        return Err(Trouble::new(format!("{}: it is too large to be that file", doing())));
    }
    let text = std::fs::read(path).map_err(|err| Trouble::doing(&doing(), &err))?;
    // The error of the parser may quote the text.
    serde_json::from_slice(&text).map_err(|_| {
        Trouble::new(format!("{}: it is damaged; remove it and log in again", doing()))
    })
}

/// Writes a new file beside the old one and puts it in its place; a temporary file is its owner's alone.
fn write(path: &Path, logins: &[Login]) -> Result<(), Trouble> {
    let doing = format!("keeping the password in {}", path.display());
    let failed = |err: &std::io::Error| Trouble::doing(&doing, err);
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).map_err(|err| failed(&err))?;
    let text = serde_json::to_vec_pretty(logins).map_err(|err| Trouble::doing(&doing, &err))?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder).map_err(|err| failed(&err))?;
    fresh.write_all(&text).map_err(|err| failed(&err))?;
    fresh.as_file().sync_all().map_err(|err| failed(&err))?;
    fresh.persist(path).map_err(|err| failed(&err.error))?;
    Ok(())
}
