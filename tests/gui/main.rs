//! The window as a whole, driven by what a screen reader would see.

mod access;
mod audience;
mod desk;
mod editing;
mod files;
mod heard;
mod help;
mod journey;
mod keys;
mod left_out;
mod list;
mod models;
mod picture;
mod queue;
mod record;
mod recordings;
#[expect(dead_code, reason = "the tests of downloads do more wrong")]
#[path = "../it/models/server.rs"]
mod server;
mod speakers;
mod spelling;
#[expect(dead_code, reason = "the tests of live sessions play with the rest")]
#[path = "../it/live/stage.rs"]
mod stage;
mod terms;
mod waveform;
mod words;
