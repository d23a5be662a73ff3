//! The parts of the window. Each reads the state and asks for what it wants.

pub mod cue_list;
pub mod find;
pub mod menu;
pub mod notices;
pub mod problems;
pub mod progress;
pub mod start;
pub mod status;
pub mod toolbar;
pub mod transport;
pub mod waveform;
