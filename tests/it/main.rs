//! The integration tests: one binary, so that the library is linked once.

mod amazon;
mod amazon_command;
mod architecture;
mod audio;
mod batch;
mod bench;
mod caption;
#[cfg(feature = "whisper")]
mod command;
mod command_captions;
mod document;
mod events;
mod format;
mod format_exchange;
mod heard_command;
mod hide;
mod live;
#[cfg(feature = "whisper")]
mod live_command;
mod manual;
mod material;
mod models;
mod notify;
#[cfg(feature = "whisper")]
mod outputs;
mod package;
mod page;
#[cfg(feature = "whisper")]
mod parity;
mod picture;
mod project;
mod recognize;
mod setup;
#[cfg(all(unix, feature = "whisper"))]
mod speakers;
mod streams;
mod vad;
