//! The caption editor: the cues, their sound, their problems, and all changes to them.
//!
//! [`Workspace`](workspace::Workspace) holds what is open. `edit`, `go`, `play` and `saving` carry out commands on it;
//! the rest draws it.

mod captioning;
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
mod opened;
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
pub mod step;
pub mod transport;
pub mod version;
pub mod waveform;
pub mod workspace;
