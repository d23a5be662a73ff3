//! A model that was read and checked.

use std::collections::HashMap;

use super::{Dimensions, Tensor, Vocabulary};

/// The contents of a model's files. The tensors borrow the files' bytes.
#[derive(Clone, Debug)]
pub struct Weights<'a> {
    /// The model's sizes, within the limits that [`Dimensions`] names.
    pub dimensions: Dimensions,
    /// Weights of frequencies in mel bands: a row of [`FREQUENCIES`](super::FREQUENCIES) for each of
    /// [`Dimensions::mel_bands`].
    pub mel_filters: Vec<f32>,
    /// The model's tokens.
    pub vocabulary: Vocabulary,
    /// The cross-attention heads of the decoder that follow the audio, as (layer, head), both within the
    /// dimensions and at least one.
    pub alignment_heads: Vec<(usize, usize)>,
    tensors: HashMap<String, Tensor<'a>>,
}

impl<'a> Weights<'a> {
    /// Combines the contents of the files; the tensors come from [`Collection`](super::inventory::Collection).
    pub(super) fn new(
        dimensions: Dimensions,
        mel_filters: Vec<f32>,
        vocabulary: Vocabulary,
        alignment_heads: Vec<(usize, usize)>,
        tensors: HashMap<String, Tensor<'a>>,
    ) -> Self {
        Self { dimensions, mel_filters, vocabulary, alignment_heads, tensors }
    }

    /// All tensors by their names, in the order of these.
    pub fn tensors(&self) -> impl Iterator<Item = (&str, &Tensor<'a>)> {
        let mut tensors: Vec<_> = self.tensors.iter().map(|(name, tensor)| (name.as_str(), tensor)).collect();
        tensors.sort_unstable_by_key(|&(name, _)| name);
        tensors.into_iter()
    }

    /// A tensor by its name in OpenAI's checkpoints, such as `decoder.blocks.0.cross_attn.query.weight`. Matrices
    /// are `[outputs, inputs]`, convolutions `[outputs, inputs, 3]`, embeddings `[positions, state]`.
    ///
    /// # Panics
    /// If models of these dimensions have no tensor of that name. All tensors that they have are there.
    pub fn tensor(&self, name: &str) -> &Tensor<'a> {
        self.tensors.get(name).unwrap_or_else(|| panic!("Whisper has no tensor {name:?}"))
    }
}
