//! The parts of the window. Each reads the state and asks for what it wants.

pub mod menu;
pub mod notices;
pub mod progress;
pub mod start;
pub mod status;
pub mod toolbar;
