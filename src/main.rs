//! The `latetalk` command; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    latetalk::cli::run()
}
