//! Whisper speech recognition on a CPU, in Rust: 16 kHz sound in, tokens with times and probabilities out.
//!
//! ```no_run
//! use std::sync::Arc;
//! use whisper_cpu::{Cancel, Level, Model, Options, Transcriber, model::ggml};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let weights = std::fs::read("ggml-base-q8_0.bin")?;
//! let model = Arc::new(Model::new(ggml::read(&weights)?, Level::best()));
//! let samples: Vec<f32> = vec![0.0; 16_000]; // 16 kHz, mono, from -1 to 1, up to 30 s
//! let found = Transcriber::new(Arc::clone(&model)).transcribe(&samples, &Options::default(), Cancel::never())?;
//! for token in &found.tokens {
//!     println!("{:.2} s: {}", token.start, String::from_utf8_lossy(&token.bytes));
//! }
//! # Ok(())
//! # }
//! ```
//!
//! * [`model`] reads whisper.cpp's ggml files and the safetensors that OpenAI's and distilled models are published as.
//! * [`Model`] has the weights in 8 bits, packed for a [`Level`] of instructions, and is shared by threads.
//! * [`Transcriber`] belongs to a thread. [`Transcriber::transcribe_each`] takes windows as they come and decodes
//!   several together, which is fast because the weights are read once for all of them.
//!
//! # Windows and threads
//! A window is up to 30 s of audio; the caller decides where to cut a longer recording, preferably in pauses. To use
//! all cores, give each thread a [`Transcriber`] and let all take windows from one queue. [`Model::new`] packs on all
//! cores; nothing else starts threads.
//!
//! # Times
//! Each [`Token`] has its start, found in the decoder's attention to the audio. [`Options::timestamps`] asks the model
//! itself when each [`Segment`] starts and ends.
//!
//! # Names and terms
//! [`Options::terms`] takes a list of [`Terms`] that the search prefers where the sound supports them, and
//! [`Terms::matches`] finds them in a text. [`Options::prompt`] is read by the model itself, and is short.
//!
//! # Files from anywhere
//! Reading any file gives weights or an error, and using weights that were read never panics. The sizes in a file are
//! compared with its length before memory is allocated.
//!
//! # The same everywhere
//! The same model, window and options give the same tokens, probabilities and times, to the bit: on every processor,
//! for any number of threads and for any other windows in the batch. Sums of 8-bit products are exact integers; float
//! operations have the same order on all instruction sets; logarithms, powers and transforms are the crate's own. This
//! holds within one version of the crate.
//!
//! # Reading the code
//! `engine` is where to start: windows in, texts out. A window goes through `mel`, `encoder` and `decoder`, whose
//! layers are in `network` and whose arithmetic is in `kernels`, on the vectors of `simd`. `search` finds the text, helped
//! by `terms`, and `align` the times.
#![warn(missing_docs)]

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
mod segments;
mod simd;
mod stopwatch;
mod terms;
mod threads;

pub use cancel::{Cancel, Cancelled};
pub use engine::{
    Options, SAMPLE_RATE, Score, StageTimes, Task, Token, TranscribeError, Transcriber, Transcript,
};
pub use kernels::float;
pub use level::{Level, UnknownLevel};
pub use network::Model;
pub use search::{Doubt, Hypothesis, SearchOptions, Timestamps, repeats_itself};
pub use segments::Segment;
pub use stopwatch::TimeSpent;
pub use terms::{Term, TermMatch, TermRules, Terms};
