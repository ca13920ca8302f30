//! Runs extraction in a child process with limits, because a hostile page can kill a process.
