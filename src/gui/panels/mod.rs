//! The parts of the window. Each reads the state and requests actions.

pub mod menu;
pub mod menu_keys;
pub mod notices;
pub mod progress;
pub mod start;
pub mod status;
pub mod toolbar;
