//! The corpus of real feeds, notes and pages: beside the checkout, or where `LATETALK_CORPUS` says. It is
//! not part of the project; tests that use it are skipped, visibly, where it is absent.

use std::path::{Path, PathBuf};

/// The corpus' folder. Says so if there is none.
#[expect(clippy::print_stdout, reason = "a skipped test says so")]
pub(crate) fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let root = std::env::var_os("LATETALK_CORPUS").map_or(beside, PathBuf::from);
    if root.is_dir() {
        return Some(root);
    }
    println!("skipped: no corpus");
    None
}
