//! The tensors that a model of given dimensions has.

use std::collections::HashMap;

use super::{Dimensions, ReadError, Tensor};

/// The tensors of a model that is being read. Each is checked when it is added, so a file with endless tensors is
/// refused at the first one that does not belong there.
pub struct Collection<'a> {
    /// Names and shapes of the tensors that are still missing.
    missing: HashMap<String, Vec<usize>>,
    found: HashMap<String, Tensor<'a>>,
}

impl<'a> Collection<'a> {
    /// An empty collection for a model of these dimensions.
    pub fn of(dimensions: &Dimensions) -> Self {
        let missing: HashMap<_, _> = tensors(dimensions).into_iter().collect();
        Self { found: HashMap::with_capacity(missing.len()), missing }
    }

    /// Adds a tensor, called `name` in the file and `openai` in OpenAI's checkpoints.
    pub fn take(&mut self, name: &str, openai: &str, tensor: Tensor<'a>) -> Result<(), ReadError> {
        let Some((openai, shape)) = self.missing.remove_entry(openai) else {
            let error = if self.found.contains_key(openai) {
                ReadError::DuplicateTensor
            } else {
                ReadError::UnknownTensor
            };
            return Err(error(name.to_owned()));
        };
        if !fits(&tensor, &shape) {
            let (name, found) = (name.to_owned(), tensor.shape().to_vec());
            return Err(ReadError::TensorShape { name, found, expected: shape });
        }
        if !tensor.is_finite() {
            return Err(ReadError::NotFinite(name.to_owned()));
        }
        self.found.insert(openai, tensor.with_shape(shape));
        Ok(())
    }

    /// All tensors by OpenAI's names.
    pub fn whole(self) -> Result<HashMap<String, Tensor<'a>>, ReadError> {
        match self.missing.into_keys().min() {
            Some(name) => Err(ReadError::MissingTensor(name)),
            None => Ok(self.found),
        }
    }
}

/// Names as in OpenAI's checkpoints, with shapes, rows first.
fn tensors(dimensions: &Dimensions) -> Vec<(String, Vec<usize>)> {
    let &Dimensions { state, mel_bands, .. } = dimensions;
    let mut list = Inventory(Vec::new());
    list.add("encoder.conv1.weight", &[state, mel_bands, 3]);
    list.add("encoder.conv1.bias", &[state]);
    list.add("encoder.conv2.weight", &[state, state, 3]);
    list.add("encoder.conv2.bias", &[state]);
    list.add("encoder.positional_embedding", &[dimensions.audio_positions, state]);
    for layer in 0..dimensions.encoder_layers {
        list.add_block(&format!("encoder.blocks.{layer}"), state);
    }
    list.add_norm("encoder.ln_post", state);
    list.add("decoder.token_embedding.weight", &[dimensions.vocabulary, state]);
    list.add("decoder.positional_embedding", &[dimensions.text_positions, state]);
    for layer in 0..dimensions.decoder_layers {
        let block = format!("decoder.blocks.{layer}");
        list.add_block(&block, state);
        list.add_attention(&format!("{block}.cross_attn"), state);
    }
    list.add_norm("decoder.ln", state);
    list.0
}

struct Inventory(Vec<(String, Vec<usize>)>);

impl Inventory {
    fn add(&mut self, name: &str, shape: &[usize]) {
        self.0.push((name.to_owned(), shape.to_vec()));
    }

    fn add_norm(&mut self, name: &str, state: usize) {
        self.add(&format!("{name}.weight"), &[state]);
        self.add(&format!("{name}.bias"), &[state]);
    }

    fn add_linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.add(&format!("{name}.weight"), &[outputs, inputs]);
        self.add(&format!("{name}.bias"), &[outputs]);
    }

    /// An attention and the norm before it. Keys have no bias.
    fn add_attention(&mut self, name: &str, state: usize) {
        self.add_norm(&format!("{name}_ln"), state);
        for part in ["query", "value", "out"] {
            self.add_linear(&format!("{name}.{part}"), state, state);
        }
        self.add(&format!("{name}.key.weight"), &[state, state]);
    }

    fn add_block(&mut self, name: &str, state: usize) {
        self.add_attention(&format!("{name}.attn"), state);
        self.add_norm(&format!("{name}.mlp_ln"), state);
        self.add_linear(&format!("{name}.mlp.0"), 4 * state, state);
        self.add_linear(&format!("{name}.mlp.2"), state, 4 * state);
    }
}

/// Whether a tensor has the shape, ignoring further dimensions of 1 (in ggml files the biases of convolutions are
/// columns).
fn fits(tensor: &Tensor, shape: &[usize]) -> bool {
    tensor
        .shape()
        .split_at_checked(shape.len())
        .is_some_and(|(same, rest)| same == shape && rest.iter().all(|&n| n == 1))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn base_has_as_many_tensors_as_its_file() {
        let dimensions = Dimensions {
            vocabulary: 51_865,
            audio_positions: 1500,
            state: 512,
            encoder_heads: 8,
            encoder_layers: 6,
            text_positions: 448,
            decoder_heads: 8,
            decoder_layers: 6,
            mel_bands: 80,
        };
        let names: HashSet<_> = tensors(&dimensions).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), 245);
    }
}
