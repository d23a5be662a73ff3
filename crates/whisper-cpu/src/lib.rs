//! Whisper on a CPU.
#![allow(missing_docs)]

mod align;
mod cancel;
mod decoder;
mod encoder;
mod engine;
mod kernels;
mod level;
mod mel;
pub mod model;
mod network;
mod search;
mod simd;

pub use cancel::{Cancel, Cancelled};
pub use engine::{Options, SAMPLE_RATE, StageTimes, Task, Token, TranscribeError, Transcriber, Transcript};
pub use level::{Level, UnknownLevel};
pub use network::Model;
pub use search::{Doubt, Hypothesis, SearchOptions, TokenBias, repeats_itself};
