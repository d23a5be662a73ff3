//! The caption editor: the cues, their sound, their problems, and all changes to them.
//!
//! [`CaptionEditor`](captions::CaptionEditor) owns what is open and changes itself: `files`, `captioning`, `edit`, `go`,
//! `play`, `picture`, `saving`, `spelling`, `clipboard` and `speakers` carry out its commands and handle its news. Panels read the
//! [`EditorState`](state::EditorState), and `views` draws them.

mod act;
pub mod action;
mod captioning;
pub mod captions;
mod checks;
pub mod clip;
mod clipboard;
pub mod cue_list;
pub mod dictionary;
mod doubt;
mod edit;
mod files;
pub mod find;
mod go;
mod hits;
mod left_out;
mod listed;
mod misspelled;
mod news;
mod opened;
pub mod picture;
mod play;
pub mod problems;
mod readings;
pub mod remark;
pub mod retiming;
pub mod rows;
mod saving;
pub mod selection;
pub mod sieve;
pub mod soundtrack;
pub mod speakers;
mod spelling;
pub mod state;
pub mod step;
pub mod transport;
pub mod version;
pub mod views;
pub mod waveform;
pub mod workspace;
