//! The integration tests: one binary, so that the library is linked once.

mod architecture;
mod audio;
mod caption;
mod format;
mod format_exchange;
mod models;
mod setup;
