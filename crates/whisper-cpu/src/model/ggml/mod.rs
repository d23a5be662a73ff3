//! whisper.cpp's model files.
//!
//! Layout, all little-endian (`whisper_model_load` in whisper.cpp, `convert-pt-to-ggml.py`): magic; the dimensions; the
//! numbers of rows and columns of the mel filters, and the filters; the number of tokens, and for each its length and
//! bytes; then tensors to the end, each with rank, length of the name, type, dimensions (the fastest first), name and
//! data.

mod read;
mod write;

pub use read::read;
pub use write::write;

/// `ggml`, read as a little-endian number.
const MAGIC: u32 = 0x6767_6d6c;
