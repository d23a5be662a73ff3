//! The integration tests: one binary, so that the library is linked once.

mod architecture;
mod audio;
mod format;
mod models;
mod setup;
mod format_exchange;
