//! Live sessions on a scripted source, a manual clock and a recognizer that needs no model.

mod memory;
mod page;
mod sessions;
mod stage;
mod troubles;
