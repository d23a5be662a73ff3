//! Microphones: lists them and records from one of them.

mod devices;
mod error;
mod intake;
mod microphone;
mod stream;

/// Why the system refuses a microphone, and the kind of it.
pub use cpal::{Error as DeviceError, ErrorKind as DeviceErrorKind};
pub use devices::{InputDevice, InputFormat, input_devices};
pub use error::CaptureError;
pub use microphone::{InputChoice, Microphone};

/// Prevents ALSA from writing to the terminal on this thread: it comments on every plugin that it cannot use.
pub(super) fn silence_alsa() {
    #[cfg(target_os = "linux")]
    let _ = alsa::Output::local_error_handler();
}
