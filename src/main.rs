//! The program: for now only the process that reads pages.

use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == latetalk::sandbox::CHILD_ARGUMENT) {
        return latetalk::sandbox::child_main(std::io::stdin().lock(), std::io::stdout().lock());
    }
    ExitCode::SUCCESS
}
