//! The contents of config.json and generation_config.json.

use serde::Deserialize;

use super::super::{Dimensions, ReadError, alignment};

/// The part of transformers' `WhisperConfig` that matters here. Settings that may be missing have its
/// defaults.
#[derive(Deserialize)]
pub struct Config {
    vocab_size: usize,
    num_mel_bins: usize,
    d_model: usize,
    encoder_layers: usize,
    encoder_attention_heads: usize,
    encoder_ffn_dim: usize,
    decoder_layers: usize,
    decoder_attention_heads: usize,
    decoder_ffn_dim: usize,
    max_source_positions: usize,
    max_target_positions: usize,
    #[serde(default = "gelu")]
    activation_function: String,
    #[serde(default)]
    scale_embedding: bool,
    #[serde(default = "yes")]
    tie_word_embeddings: bool,
}

fn gelu() -> String {
    "gelu".to_owned()
}

fn yes() -> bool {
    true
}

impl Config {
    /// The model's dimensions, checked.
    pub fn dimensions(&self) -> Result<Dimensions, ReadError> {
        let dimensions = Dimensions {
            vocabulary: self.vocab_size,
            audio_positions: self.max_source_positions,
            state: self.d_model,
            encoder_heads: self.encoder_attention_heads,
            encoder_layers: self.encoder_layers,
            text_positions: self.max_target_positions,
            decoder_heads: self.decoder_attention_heads,
            decoder_layers: self.decoder_layers,
            mel_bands: self.num_mel_bins,
        }
        .check()?;
        self.check_settings(4 * dimensions.state)?;
        Ok(dimensions)
    }

    /// Checks the settings that the engine assumes, as OpenAI's code does.
    fn check_settings(&self, mlp: usize) -> Result<(), ReadError> {
        let expect = |name, fits: bool, value: String| match fits {
            true => Ok(()),
            false => Err(ReadError::Setting { name, value }),
        };
        expect("encoder_ffn_dim", self.encoder_ffn_dim == mlp, self.encoder_ffn_dim.to_string())?;
        expect("decoder_ffn_dim", self.decoder_ffn_dim == mlp, self.decoder_ffn_dim.to_string())?;
        expect("activation_function", self.activation_function == gelu(), self.activation_function.clone())?;
        expect("scale_embedding", !self.scale_embedding, self.scale_embedding.to_string())?;
        expect("tie_word_embeddings", self.tie_word_embeddings, self.tie_word_embeddings.to_string())
    }
}

/// The part of transformers' `GenerationConfig` that matters here.
#[derive(Deserialize)]
pub struct Generation {
    alignment_heads: Option<Vec<(usize, usize)>>,
}

impl Generation {
    /// The heads, if there are any and the model has all of them.
    pub fn alignment_heads(self, dimensions: &Dimensions) -> Option<Vec<(usize, usize)>> {
        let mut heads = self.alignment_heads?;
        heads.sort_unstable();
        heads.dedup();
        let fit = !heads.is_empty() && heads.iter().all(|head| alignment::is_inside(dimensions, head));
        fit.then_some(heads)
    }
}
