//! Layers from the tensors of a model file, which are there and of the right shape: the reader checked that.

use super::{CrossAttention, Decoder, DecoderBlock, Embedding, Encoder, EncoderBlock, Mlp, SelfAttention};
use crate::kernels::elementwise::Norm;
use crate::kernels::matmul::Linear;
use crate::level::Level;
use crate::model::Weights;

/// Taps of a convolution.
const TAPS: usize = 3;

pub(super) struct Builder<'a> {
    pub weights: &'a Weights<'a>,
    pub level: Level,
}

impl Builder<'_> {
    pub fn encoder(&self) -> Encoder {
        let block = |i| {
            let prefix = format!("encoder.blocks.{i}");
            EncoderBlock { attention: self.self_attention(&prefix), mlp: self.mlp(&prefix) }
        };
        Encoder {
            convolutions: [self.convolution("encoder.conv1"), self.convolution("encoder.conv2")],
            positions: self.floats("encoder.positional_embedding"),
            blocks: (0..self.weights.dimensions.encoder_layers).map(block).collect(),
            norm: self.norm("encoder.ln_post"),
        }
    }

    pub fn decoder(&self) -> Decoder {
        let block = |i| {
            let prefix = format!("decoder.blocks.{i}");
            DecoderBlock {
                attention: self.self_attention(&prefix),
                cross: self.cross_attention(&prefix),
                mlp: self.mlp(&prefix),
            }
        };
        let (embedding, text_logits, special_logits) = self.tokens();
        Decoder {
            embedding,
            positions: self.floats("decoder.positional_embedding"),
            blocks: (0..self.weights.dimensions.decoder_layers).map(block).collect(),
            norm: self.norm("decoder.ln"),
            text_logits,
            special_logits,
        }
    }

    fn self_attention(&self, prefix: &str) -> SelfAttention {
        SelfAttention {
            norm: self.norm(&format!("{prefix}.attn_ln")),
            qkv: self.linear(&format!("{prefix}.attn"), &["query", "key", "value"]),
            out: self.linear(&format!("{prefix}.attn"), &["out"]),
        }
    }

    fn cross_attention(&self, prefix: &str) -> CrossAttention {
        CrossAttention {
            norm: self.norm(&format!("{prefix}.cross_attn_ln")),
            query: self.linear(&format!("{prefix}.cross_attn"), &["query"]),
            kv: self.linear(&format!("{prefix}.cross_attn"), &["key", "value"]),
            out: self.linear(&format!("{prefix}.cross_attn"), &["out"]),
        }
    }

    fn mlp(&self, prefix: &str) -> Mlp {
        Mlp {
            norm: self.norm(&format!("{prefix}.mlp_ln")),
            up: self.linear(prefix, &["mlp.0"]),
            down: self.linear(prefix, &["mlp.2"]),
        }
    }

    fn norm(&self, name: &str) -> Norm {
        Norm { gain: self.floats(&format!("{name}.weight")), bias: self.floats(&format!("{name}.bias")) }
    }

    /// Several layers of the same inputs as one. Keys have no bias.
    fn linear(&self, prefix: &str, names: &[&str]) -> Linear {
        let weight = |name: &str| self.weights.tensor(&format!("{prefix}.{name}.weight"));
        let outputs = names.iter().map(|name| weight(name).rows()).sum();
        let inputs = weight(names[0]).len() / weight(names[0]).rows();
        let mut linear = Linear::new(self.level, inputs, outputs);
        let (mut row, mut output) = (vec![0.0; inputs], 0);
        for name in names {
            let (weight, bias) = (weight(name), format!("{prefix}.{name}.bias"));
            let bias = if *name == "key" { vec![0.0; weight.rows()] } else { self.floats(&bias) };
            for (i, bias) in bias.into_iter().enumerate() {
                weight.row(i, &mut row);
                linear.set_row(output, &row, bias);
                output += 1;
            }
        }
        linear
    }

    /// A convolution as a layer over the three frames that lie one after the other.
    fn convolution(&self, name: &str) -> Linear {
        let (weight, bias) =
            (self.weights.tensor(&format!("{name}.weight")), self.floats(&format!("{name}.bias")));
        let inputs = weight.len() / weight.rows();
        let channels = inputs / TAPS;
        let mut linear = Linear::new(self.level, inputs, weight.rows());
        let (mut row, mut turned) = (vec![0.0; inputs], vec![0.0; inputs]);
        for (output, bias) in bias.into_iter().enumerate() {
            weight.row(output, &mut row);
            for (place, value) in row.iter().enumerate() {
                turned[place % TAPS * channels + place / TAPS] = *value;
            }
            linear.set_row(output, &turned, bias);
        }
        linear
    }

    /// The embedding of tokens, and the same weights as what scores them.
    fn tokens(&self) -> (Embedding, Linear, Linear) {
        let weight = self.weights.tensor("decoder.token_embedding.weight");
        let (tokens, width) = (weight.rows(), weight.len() / weight.rows());
        let text = self.weights.vocabulary.end_of_text() as usize + 1;
        let mut embedding = Embedding::with_capacity(tokens, width);
        let mut text_logits = Linear::new(self.level, width, text);
        let mut special_logits = Linear::new(self.level, width, tokens - text);
        let mut row = vec![0.0; width];
        for token in 0..tokens {
            weight.row(token, &mut row);
            embedding.push(self.level, &row);
            match token.checked_sub(text) {
                None => text_logits.set_row(token, &row, 0.0),
                Some(special) => special_logits.set_row(special, &row, 0.0),
            }
        }
        (embedding, text_logits, special_logits)
    }

    fn floats(&self, name: &str) -> Vec<f32> {
        self.weights.tensor(name).to_f32()
    }
}
