//! Snipd-style Markdown to an episode with its snips and back, without loss.
