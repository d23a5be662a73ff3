//! The window as a whole, driven by what a screen reader would see.

mod desk;
mod editing;
mod files;
mod keys;
mod list;
mod recordings;
