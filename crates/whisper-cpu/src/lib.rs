//! Whisper on a CPU.
#![deny(unsafe_code)]

pub mod model;
