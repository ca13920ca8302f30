//! The `latetalk` command; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A page is read in a process of its own, because a hostile one can kill it.
    if std::env::args_os().nth(1).is_some_and(|first| first == latetalk::sandbox::CHILD_ARGUMENT) {
        return latetalk::sandbox::child_main(std::io::stdin().lock(), std::io::stdout().lock());
    }
    latetalk::cli::run()
}
