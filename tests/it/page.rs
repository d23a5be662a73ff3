//! The page of live captions, asked over the loopback as browsers do, and worse.

mod address;
mod browser;
#[cfg(feature = "whisper")]
mod command;
mod script;
mod serving;
