//! Lectern turns lectures into captions on the lecturer's own computer.
//!
//! See `ARCHITECTURE.md` for the map of this crate and the rules that it keeps.

pub mod asr;
pub mod audio;
pub mod batch;
pub mod caption;
pub mod cli;
pub mod console;
pub mod document;
pub mod eval;
pub mod exchange;
pub mod files;
pub mod format;
#[cfg(feature = "gui")]
pub mod gui;
pub mod live;
pub mod log;
pub mod machine;
pub mod models;
pub mod project;
pub mod recognize;
pub mod settings;
pub mod time;
pub mod transcript;
pub mod vad;
