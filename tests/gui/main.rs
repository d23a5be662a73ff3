//! The window as a whole, driven by what a screen reader would see.

mod access;
mod audience;
mod desk;
mod editing;
mod files;
mod journey;
mod keys;
mod list;
mod queue;
mod record;
mod recordings;
#[expect(dead_code, reason = "the tests of live sessions play with the rest")]
#[path = "../it/live/stage.rs"]
mod stage;
mod words;
