//! Live sessions on a scripted source, a manual clock and a recognizer that needs no model.

mod memory;
mod sessions;
mod speakers;
mod stage;
mod troubles;
