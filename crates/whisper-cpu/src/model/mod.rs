//! Models as they are published: whisper.cpp's ggml files, and safetensors with their JSON files.
//!
//! [`ggml::read`] and [`safetensors::read`] check the whole file and return [`Weights`], which borrow the file's
//! bytes; numbers are decoded on request, row by row. Files may come from anywhere: the sizes in a file are compared
//! with its length before memory is allocated, and a damaged file is an error, never a panic.

mod alignment;
mod dimensions;
mod error;
pub mod ggml;
mod inventory;
mod mel_filters;
pub mod safetensors;
mod tensor;
pub mod vocabulary;
mod weights;

pub use dimensions::Dimensions;
pub use error::{Foreign, Part, ReadError};
pub use tensor::{Element, Tensor};
pub use vocabulary::Vocabulary;
pub use weights::Weights;

/// The number of frequencies that the mel filters weight: a transform over 400 samples gives half as many, plus one
/// (`N_FFT` in OpenAI's audio.py).
pub const FREQUENCIES: usize = 201;
