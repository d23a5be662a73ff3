//! Batches: many recordings, killed and taken up again, on one machine or more.

#[cfg(all(feature = "whisper", unix))]
mod command;
mod jobs;
#[cfg(unix)]
mod process;
mod scripted;
mod together;
