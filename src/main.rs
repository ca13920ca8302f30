//! The `latetalk` command; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    // A page or a picture is read in a process of its own, because a hostile one can kill it.
    let first = std::env::args_os().nth(1);
    if first.as_ref().is_some_and(|first| first == latetalk::sandbox::CHILD_ARGUMENT) {
        return latetalk::sandbox::child_main(std::io::stdin().lock(), std::io::stdout().lock());
    }
    if first.is_some_and(|first| first == latetalk::sandbox::PICTURE_ARGUMENT) {
        let (input, output) = (std::io::stdin().lock(), std::io::stdout().lock());
        return latetalk::sandbox::picture_child_main(input, output);
    }
    latetalk::cli::run()
}
