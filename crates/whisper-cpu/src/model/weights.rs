//! A model that was read and found whole.

use std::collections::HashMap;

use super::{Dimensions, Tensor, Vocabulary};

/// Everything that a model's files say. The tensors borrow the files' bytes.
#[derive(Clone, Debug)]
pub struct Weights<'a> {
    /// The model's sizes, within the limits that [`Dimensions`] names.
    pub dimensions: Dimensions,
    /// Weights of frequencies in mel bands: a row of [`FREQUENCIES`](super::FREQUENCIES) for each of
    /// [`Dimensions::mel_bands`].
    pub mel_filters: Vec<f32>,
    /// The model's tokens.
    pub vocabulary: Vocabulary,
    /// The cross-attention heads of the decoder that follow the sound, as (layer, head), both within the
    /// dimensions and at least one.
    pub alignment_heads: Vec<(usize, usize)>,
    tensors: HashMap<String, Tensor<'a>>,
}

impl<'a> Weights<'a> {
    /// Puts together what the files say; [`Collection`](super::inventory::Collection) gives the tensors.
    pub(super) fn new(
        dimensions: Dimensions,
        mel_filters: Vec<f32>,
        vocabulary: Vocabulary,
        alignment_heads: Vec<(usize, usize)>,
        tensors: HashMap<String, Tensor<'a>>,
    ) -> Self {
        Self { dimensions, mel_filters, vocabulary, alignment_heads, tensors }
    }

    /// A tensor by its name in OpenAI's checkpoints, as `decoder.blocks.0.cross_attn.query.weight`. Matrices
    /// are `[outputs, inputs]`, convolutions `[outputs, inputs, 3]`, embeddings `[positions, state]`.
    ///
    /// # Panics
    /// When no model of these dimensions has a tensor of that name. All that such models have are there.
    pub fn tensor(&self, name: &str) -> &Tensor<'a> {
        self.tensors.get(name).unwrap_or_else(|| panic!("Whisper has no tensor {name:?}"))
    }
}
