//! Converts the files that Whisper models are published as to the one ggml file that the engines load.

use std::io::{self, BufWriter, Write};

use thiserror::Error;
use whisper_cpu::model::{ggml, safetensors};

pub use whisper_cpu::model::ReadError;

/// Why files were not converted.
#[derive(Debug, Error)]
pub enum ConvertError {
    /// They are not those of a Whisper model, or are damaged.
    #[error(transparent)]
    Flawed(ReadError),
    /// The ggml file cannot be written.
    #[error(transparent)]
    Unwritable(io::Error),
}

/// The files of a published model, in memory.
#[derive(Clone, Debug)]
pub struct PublishedFiles {
    /// `model.safetensors`, in one or more parts.
    pub weights: Vec<Vec<u8>>,
    /// `config.json`.
    pub config: Vec<u8>,
    /// `tokenizer.json`.
    pub tokenizer: Vec<u8>,
    /// `generation_config.json`, which not every model has.
    pub generation: Option<Vec<u8>>,
}

/// Writes a model as a ggml file in q8_0.
///
/// # Errors
/// Every variant of [`ConvertError`].
pub fn convert(files: &PublishedFiles, to: impl Write) -> Result<(), ConvertError> {
    let PublishedFiles { weights, config, tokenizer, generation } = files;
    let parts: Vec<&[u8]> = weights.iter().map(Vec::as_slice).collect();
    let model =
        safetensors::read(&parts, config, tokenizer, generation.as_deref()).map_err(ConvertError::Flawed)?;
    let mut to = BufWriter::new(to);
    ggml::write(&model, &mut to).and_then(|()| to.flush()).map_err(ConvertError::Unwritable)
}
