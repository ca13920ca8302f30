//! Transcripts in their many forms (SRT, WebVTT, JSON, HTML, plain text) to cues.
